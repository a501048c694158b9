# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calling a citizen: the number, what to say, what was tried, and one of two large buttons for how it went (S05, S13).

Each press keeps one attempt. What an answered call was about is for the sheet around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText, dress
from assisted.pages import DeskOffice
from domain.call_attempts import CallAttempt, CallAttemptBook, DayPart, new_attempt_id, still_needed
from domain.submission import Initiator
from i18n.dates import format_date
from i18n.language_names import dutch_name_of
from i18n.phones import readable_phone
from i18n.texts import Texts

HERE = ZoneInfo("Europe/Amsterdam")
_LARGE = 64


def day_words(day: date, today: date, texts: Texts) -> str:
    """Write a day without its year where that is this one: "dinsdag 24 november"."""
    said = format_date(day, texts.language, with_weekday=True)
    return said.removesuffix(f" {day.year}") if day.year == today.year else said


def attempt_line(attempt: CallAttempt, today: date, texts: Texts) -> str:
    """Say when it was and how it went."""
    return texts.tr(
        "desk.sheet.call.attempt",
        day=day_words(attempt.day, today, texts),
        time=f"{attempt.at.astimezone(HERE):%H.%M}",
        how=texts.tr("desk.sheet.call.reached" if attempt.was_reached else "desk.sheet.call.missed"),
    )


def still_line(attempts: Sequence[CallAttempt], texts: Texts) -> str:
    """Say what is left to try."""
    needed = still_needed(attempts)
    if any(attempt.was_reached for attempt in attempts):
        return texts.tr("desk.sheet.call.was_reached")
    if needed.is_nothing:
        return texts.tr("desk.sheet.call.enough")
    said = []
    if needed.attempts:
        said.append(texts.tr_number("desk.sheet.call.more", needed.attempts))
    if needed.another_day:
        said.append(texts.tr("desk.sheet.call.another_day"))
    if needed.another_part:
        said.append(texts.tr("desk.sheet.call.another_part"))
    return " ".join(said)


def greeting(office: DeskOffice) -> str:
    """Give the greeting of this hour."""
    now = CallAttempt("", "", office.clock.now(), was_reached=False)
    return office.tr(f"desk.sheet.greeting.{now.day_part.value}")


class LargeButton(DeskButton):
    """One of two that are pressed with a telephone in the other hand."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, _LARGE))


class CallPanel(QWidget):
    """The number, the words and the two buttons. Lives in the UI thread."""

    logged = Signal(object)  # Emitted when an attempt was kept, with the CallAttempt.
    looked = Signal()  # Emitted when the attempts so far are known.

    def __init__(
        self,
        office: DeskOffice,
        calls: CallAttemptBook,
        reference: str,
        initiator: Initiator,
        say: str,
        heading: str = "",
    ) -> None:
        super().__init__()
        self._office, self._calls, self._reference = office, calls, reference
        self._is_left = self._is_keeping = False
        self._today = office.clock.now().astimezone(HERE).date()
        self.attempts: tuple[CallAttempt, ...] = ()
        tr = office.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        phone = DeskText(readable_phone(initiator.phone), "number")
        phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        phone.setAccessibleName(tr("desk.sheet.call.number", phone=readable_phone(initiator.phone)))
        if heading:
            column.addWidget(DeskHeading(heading, "section"))
        column.addWidget(phone)
        if initiator.language != "nl":
            language = dutch_name_of(initiator.language)
            column.addWidget(DeskText(tr("desk.sheet.call.language", language=language), "warn"))
        column.addWidget(DeskText(tr("desk.sheet.call.say"), "strong"))
        self._words = DeskText("", "human")
        column.addWidget(self._words)
        self.say(say)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.reached = self._large("desk.sheet.call.reached", True, row)
        self.missed = self._large("desk.sheet.call.missed", False, row)
        column.addWidget(buttons)
        self._problem = DeskText("", "danger")
        self._problem.hide()
        column.addWidget(self._problem)
        self._past = Card()
        self._past.hide()
        column.addWidget(self._past)
        self._still = DeskText("", "notice")
        self._still.hide()
        column.addWidget(self._still)
        self.look()

    def say(self, words: str) -> None:
        """Show what can be said."""
        self._words.setText(f"“{words}”")

    def refuse(self, says: str) -> None:
        """Say beside the buttons what must happen first; an empty text takes it away."""
        self._problem.setText(says)
        self._problem.setVisible(bool(says))
        for button in (self.reached, self.missed):
            button.setAccessibleDescription(says)

    def leave(self) -> None:
        """Hear no more of the store."""
        self._is_left = True

    def look(self) -> None:
        """Ask what was tried."""
        calls, reference = self._calls, self._reference
        says = self._office.tr("desk.sheet.looking")
        self._office.progress.run(says, lambda: tuple(calls.attempts(reference)), self._on_looked)

    def _large(self, key: str, was_reached: bool, row: QHBoxLayout) -> DeskButton:
        button = LargeButton(self._office.tr(key))
        button.clicked.connect(lambda _on=False: self._keep(was_reached))
        row.addWidget(button, 1)
        return button

    def _keep(self, was_reached: bool) -> None:
        if self._is_keeping:
            return
        self._is_keeping = True
        attempt = CallAttempt(new_attempt_id(), self._reference, self._office.clock.now(), was_reached)
        calls = self._calls
        self._office.progress.run(
            self._office.tr("desk.sheet.keeping"),
            lambda: calls.record(attempt),
            lambda _is_new: self._on_kept(attempt),
            self._on_failed,
        )

    def _on_kept(self, attempt: CallAttempt) -> None:
        self._is_keeping = False
        if self._is_left:
            return
        self.attempts = (*self.attempts, attempt)
        self.refuse("")
        self._tell()
        self._office.say(attempt_line(attempt, self._today, self._office.texts))
        self.logged.emit(attempt)

    def _on_failed(self, error: Exception) -> None:
        self._is_keeping = False
        self._office.failed(error)

    def _on_looked(self, attempts: tuple[CallAttempt, ...]) -> None:
        if self._is_left:
            return
        self.attempts = attempts
        self._tell()
        self.looked.emit()

    def _tell(self) -> None:
        texts = self._office.texts
        while (item := self._past.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for attempt in self.attempts:
            self._past.column.addWidget(DeskText(attempt_line(attempt, self._today, texts)))
        self._past.setVisible(bool(self.attempts))
        self._still.setText(still_line(self.attempts, texts))
        dress(self._still, "good" if still_needed(self.attempts).is_nothing else "notice")
        self._still.setVisible(bool(self.attempts))
        for button in (self.reached, self.missed):
            button.setAccessibleDescription(self._still.text() if self.attempts else "")


def day_part_words(office: DeskOffice) -> tuple[tuple[str, str], ...]:
    """Give the parts of a day to choose from."""
    return tuple((part.value, office.tr(f"desk.sheet.part.{part.value}")) for part in DayPart)
