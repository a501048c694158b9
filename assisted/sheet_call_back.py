# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calling back (S13): what was promised, what was tried, what is left to try; after three tries a card or a mail."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assisted.call_panel import CallPanel, day_words, greeting
from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.legible_text import LegibleText, NoteField
from assisted.sheet_form import Field, SheetForm
from domain.call_attempts import CallAttempt, CallAttemptBook, may_be_closed
from domain.case_act import ActKind
from domain.counter import CounterCase, WorkItem
from domain.kind_request import can_be_called
from domain.staff import StaffMember
from i18n.texts import Texts

_HERE = ZoneInfo("Europe/Amsterdam")


def promise_line(item: WorkItem, today: date, texts: Texts) -> str:
    """Say what was promised; nothing where nobody said a day."""
    days = [day for day in (item.due_on, item.planned_on) if day is not None]
    if not days:
        return texts.tr("desk.sheet.call.no_promise")
    day = day_words(min(days), today, texts)
    return texts.tr("desk.sheet.call.late" if item.is_late(today) else "desk.sheet.call.promised", day=day)


class CallBackSheet(SheetForm):
    """Call; then what it was about, or a card after three tries."""

    def __init__(self, hand: SheetHand, calls: CallAttemptBook) -> None:
        super().__init__(hand)
        tr, office, item = self.tr_sheet, hand.office, hand.case.item
        today = office.clock.now().astimezone(_HERE).date()
        self.add_text(promise_line(item, today, office.texts), "danger" if item.is_late(today) else "notice")
        spoken = office.tr(
            "desk.ask.call_back",
            greeting=greeting(office),
            name=office.member.name,
            municipality=office.settings.device.municipality,
        )
        self.call = CallPanel(office, calls, item.reference, hand.case.initiator, spoken)
        self.call.logged.connect(self._on_logged)
        self.call.looked.connect(self._tell)
        self.column.addWidget(self.call)
        self._talk = QWidget()
        talk = QVBoxLayout(self._talk)
        talk.setContentsMargins(0, 0, 0, 0)
        self.note = NoteField(tr("call.about"), 4)
        self.note_field = Field(tr("call.about"), self.note, tr("note.says"))
        talk.addWidget(self.note_field)
        self._talk.hide()
        self.column.addWidget(self._talk)
        self._card = QWidget()
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        label = tr("call.mail" if hand.case.initiator.email else "call.card")
        self.card = LegibleText(office.texts, label, 6)
        self.card_field = Field(label, self.card)
        card.addWidget(self.card_field)
        self._card.hide()
        self.column.addWidget(self._card)
        self.fields += [self.note_field, self.card_field]
        self.add_foot(tr("call.keep"), self._on_keep)
        self.card.put(self._card_words())
        self.remember()

    def first(self) -> QWidget:
        return self.call.reached

    def left(self) -> None:
        super().left()
        self.call.leave()

    def _card_words(self) -> str:
        office, case = self.hand.office, self.hand.case
        tr, settings = office.texts.dutch.tr, office.settings
        return "\n\n".join(
            (
                tr("desk.ask.dear", name=case.initiator.name) if case.initiator.name else tr("desk.ask.dear_nobody"),
                tr("desk.ask.card", title=case.item.title, phone=settings.kiosk.help.phone),
                tr("desk.ask.reference", reference=case.item.reference),
                tr("desk.ask.bye", name=office.member.name, municipality=settings.device.municipality),
            )
        )

    def _on_logged(self, attempt: CallAttempt) -> None:
        self._tell()
        if attempt.was_reached:
            self.go_to(self.note, self._talk)
        elif self._card.isVisible():
            self.go_to(self.card.field, self._card)

    def _tell(self) -> None:
        """Show what comes next: nothing yet, the talk, or the card."""
        was_reached = any(attempt.was_reached for attempt in self.call.attempts)
        self._talk.setVisible(was_reached)
        self._card.setVisible(not was_reached and may_be_closed(self.call.attempts))

    def _on_keep(self) -> None:
        tr = self.tr_sheet
        if self._talk.isVisible():
            text = self.note.toPlainText().strip()
            wrong = self.wrong_in_note(text) if text else tr("contact.problem.note")
            if not self.refuse({self.note_field: wrong} if wrong else {}):
                self.record(ActKind.CONTACT, text, {"channel": "phone", "questions": "1", "anonymous": "no"})
        elif self._card.isVisible():
            text = self.card.text
            wrong = self.wrong_in_message(text) if text else tr("ask.problem.text")
            if not self.refuse({self.card_field: wrong} if wrong else {}):
                channel = "mail" if self.hand.case.initiator.email else "post"
                self.record(ActKind.CONTACT, text, {"channel": channel, "questions": "1", "anonymous": "no"})
        else:
            said = tr("call.problem")
            self.call.refuse(said)
            self.hand.office.say(said)
            self.go_to(self.call.reached, self.call)


def _fits(case: CounterCase, _member: StaffMember) -> bool:
    return can_be_called(case.initiator)


def call_back_sheet(calls: CallAttemptBook) -> CaseSheet:
    """Give the sheet that logs its calls in this book."""
    return CaseSheet(
        "call_back",
        "desk.sheet.call",
        "phone-outgoing-outline",
        "Ctrl+B",
        OPEN,
        lambda hand: CallBackSheet(hand, calls),
        _fits,
    )
