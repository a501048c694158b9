# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two small forms of a fault: who it is given to; and the answer for the citizens, beside it how plain it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.pages import DeskOffice
from domain.note_check import problems_in
from domain.system_fault import FaultGroup, FaultOwner
from i18n import plain_dutch

_SHORTEST, _LONGEST = 20, 1000
_LONGEST_NAME = 80


class PlainEdit(QPlainTextEdit):
    """Running text; Tab goes on, since nobody writes tabs to a citizen."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class GiveForm(QWidget):
    """Choose a member of staff or a department, or type one."""

    given = Signal(object)  # Emitted with the FaultOwner that was chosen.

    def __init__(self, office: DeskOffice) -> None:
        super().__init__()
        self._office = office
        self._people: Sequence[FaultOwner] = ()
        self.who = QComboBox()
        self.who.setEditable(True)
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.who.setAccessibleName(office.tr("desk.faults.give.who"))
        line = self.who.lineEdit()
        if line is not None:
            line.setMaxLength(_LONGEST_NAME)
            line.setAccessibleName(office.tr("desk.faults.give.who"))
            line.returnPressed.connect(self._on_given)
        self._problem = DeskText("", "danger")
        self._problem.hide()
        button = DeskButton(office.tr("desk.faults.give.do"), "primary")
        button.clicked.connect(self._on_given)
        row = QHBoxLayout()
        row.addWidget(self.who, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(DeskText(office.tr("desk.faults.give.who"), "strong"))
        column.addLayout(row)
        column.addWidget(self._problem)

    def begin(self, people: Sequence[FaultOwner]) -> None:
        """Begin with these to choose from."""
        self._people = people
        self.who.clear()
        self.who.addItems([person.name for person in people])
        self.who.setCurrentIndex(-1)
        self.who.setEditText("")
        self._problem.hide()
        self.who.setFocus()

    def _on_given(self) -> None:
        name = " ".join(self.who.currentText().split())
        found = next((person for person in self._people if person.name.casefold() == name.casefold()), None)
        said = "" if found is not None else _wrong(self._office, name, 1, "desk.faults.give.nobody")
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        if said:
            self._office.say(said)
            self.who.setFocus()
            return
        self.given.emit(found or FaultOwner(name))


class AnswerForm(QWidget):
    """What was done, in plain words; whether it is the whole answer, where the cases are ours to close."""

    answered = Signal(str, bool)  # Emitted with the text, and whether it closes the cases.

    def __init__(self, office: DeskOffice) -> None:
        super().__init__()
        self._office = office
        self.group: FaultGroup | None = None  # whose answer it is
        self.text = PlainEdit()
        self.text.setAccessibleName(office.tr("desk.faults.answer.text"))
        self.text.textChanged.connect(self._on_changed)
        self.text.setMinimumHeight(96)
        self.plain = DeskText("", "small")
        self._problem = DeskText("", "danger")
        self._problem.hide()
        self.closes = QCheckBox(office.tr("desk.faults.answer.closes"))
        button = DeskButton(office.tr("desk.faults.answer.do"), "primary")
        button.clicked.connect(self._on_answered)
        self._help = DeskText("", "small")
        foot = QHBoxLayout()
        foot.addWidget(self.closes, 1)
        foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(DeskText(office.tr("desk.faults.answer.text"), "strong"))
        column.addWidget(self._help)
        column.addWidget(self.text, 1)
        column.addWidget(self.plain)
        column.addWidget(self._problem)
        column.addLayout(foot)

    def begin(self, group: FaultGroup) -> None:
        """Begin an answer, or go on with it; of our own mistake the first sentences are there already."""
        if self.group is not None and self.group.number == group.number:
            self.text.setFocus()
            return
        self.group = group
        office, is_heard = self._office, bool(group.citizens)
        start = (
            f"{office.texts.dutch.tr('desk.faults.answer.our_fault')} " if group.key.is_our_mistake and is_heard else ""
        )
        self.text.setPlainText(start)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.closes.setVisible(group.key.is_ours_to_answer and is_heard)
        self.closes.setChecked(group.key.is_ours_to_answer)
        goes_to = office.texts.tr_number("desk.faults.answer.goes_to", group.citizens)
        self._help.setText(goes_to if is_heard else office.tr("desk.faults.answer.for_us"))
        self._problem.hide()
        self.text.setFocus()

    @property
    def is_begun(self) -> bool:
        """Tell whether somebody wrote anything."""
        return self.isVisible() and bool(self.text.toPlainText().strip())

    def _on_changed(self) -> None:
        self.plain.setText(how_plain(self._office, self.text.toPlainText()))
        if self._problem.isVisible():
            self._tell()

    def _on_answered(self) -> None:
        said = self._tell()
        if said:
            self._office.say(said)
            self.text.setFocus()
            return
        self.answered.emit(self.text.toPlainText().strip(), self.closes.isVisible() and self.closes.isChecked())

    def _tell(self) -> str:
        text = self.text.toPlainText()
        said = _wrong(self._office, text, _SHORTEST, "desk.faults.answer.short")
        if not said and len(text) > _LONGEST:
            said = self._office.tr("desk.faults.answer.long")
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        return said


def how_plain(office: DeskOffice, text: str) -> str:
    """Say how plain a Dutch text is: its longest sentence, and words that offices use."""
    longest, hard = plain_dutch.longest_sentence(text), plain_dutch.refused_words(text)
    if not longest:
        return ""
    is_fine = longest <= plain_dutch.LONGEST_SENTENCE
    said = [office.tr(f"desk.faults.plain.{'fine' if is_fine else 'long'}", number=str(longest))]
    if hard:
        said.append(office.tr("desk.faults.plain.hard", words=", ".join(hard)))
    return " ".join(said)


def _wrong(office: DeskOffice, text: str, shortest: int, too_short: str) -> str:
    """Say what may not stand there; nothing where it is fine."""
    found = problems_in(text, office.clock.now().year)
    if found:
        return office.tr(f"desk.note.{found[0].fault.value}")
    return office.tr(too_short) if len(" ".join(text.split())) < shortest else ""
