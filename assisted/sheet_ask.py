# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ask for what is missing (S05): choose what, call first, and only then the message, in plain words with a day.

When it may go is `domain.kind_request`'s; the words are `desk.ask.*`.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assisted.call_panel import CallPanel, greeting
from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.desk_parts import DeskText
from assisted.legible_text import LegibleText
from assisted.sheet_form import SheetForm, line
from domain.call_attempts import CallAttempt, CallAttemptBook
from domain.case_act import ActKind
from domain.kind_request import (
    USUAL_WORKING_DAYS,
    WORKING_DAYS,
    Calling,
    Missing,
    answer_by,
    calling_so_far,
    can_be_called,
    may_be_written,
)
from i18n.dates import format_date

_HERE = ZoneInfo("Europe/Amsterdam")


class AskSheet(SheetForm):
    """What, call, write."""

    def __init__(self, hand: SheetHand, calls: CallAttemptBook) -> None:
        super().__init__(hand)
        tr, office = self.tr_sheet, hand.office
        self._today = office.clock.now().astimezone(_HERE).date()
        words = [(missing.value, tr(f"missing.{missing.value}")) for missing in Missing]
        self._what_field, self.what = self.add_picks(tr("ask.what"), words)
        self.what.picked = lambda _word: self._on_what_picked()
        self.thing = line(tr("ask.thing"), tr("ask.thing.example"), 80)
        self._thing_field = self.add_field(tr("ask.thing"), self.thing)
        self.thing.textChanged.connect(lambda _text: self._word_anew())
        self.call: CallPanel | None = None
        if can_be_called(hand.case.initiator):
            reference, who = hand.case.item.reference, hand.case.initiator
            self.call = CallPanel(office, calls, reference, who, self._spoken(), tr("call.first"))
            self.call.logged.connect(self._on_call_logged)
            self.call.looked.connect(self._word_anew)
            self.column.addWidget(self.call)
        else:
            self.add_text(tr("ask.no_call"), "notice")
        terms = [(str(number), tr("ask.days", number=str(number))) for number in WORKING_DAYS]
        _, self.term = self.add_picks(tr("ask.term"), terms, str(USUAL_WORKING_DAYS))
        self.term.picked = lambda _word: self._word_anew()
        self.day = DeskText("", "strong")
        self.column.addWidget(self.day)
        self.message = LegibleText(office.texts, tr("ask.message"), 8)
        self._message_field = self.add_field(tr("ask.message"), self.message, tr("ask.message.says"))
        self._wording = ""
        self.add_foot(tr("ask.send"), self._on_send)
        self._word_anew()

    def left(self) -> None:
        super().left()
        if self.call is not None:
            self.call.leave()

    # -- words ---------------------------------------------------------------------------------------------------------

    @property
    def calling(self) -> Calling:
        """Say what the calls came to."""
        attempts = self.call.attempts if self.call is not None else ()
        return calling_so_far(self.hand.case.initiator, attempts, self._today)

    def _thing(self) -> str:
        said = self.thing.text().strip()
        return said or self.hand.office.tr(f"desk.ask.{self.what.value or Missing.OTHER.value}.thing")

    def _spoken(self) -> str:
        office = self.hand.office
        where, name = office.settings.device.municipality, office.member.name
        words = office.tr("desk.ask.spoken", greeting=greeting(office), name=name, municipality=where)
        if not self.what.value:
            return words
        how = office.tr(f"desk.ask.{self.what.value}.how")
        return f"{words} {office.tr('desk.ask.one_thing', thing=self._thing())} {how}"

    def _by(self) -> str:
        return format_date(answer_by(self._today, int(self.term.value or USUAL_WORKING_DAYS)), with_weekday=True)

    def _written(self) -> str:
        office, case = self.hand.office, self.hand.case
        tr, settings = office.texts.dutch.tr, office.settings
        what = self.what.value or Missing.OTHER.value
        name = case.initiator.name
        was_called = self.calling in (Calling.REACHED, Calling.MISSED)
        first = tr(f"desk.ask.called.{self.calling.value}") if was_called else ""
        pieces = (
            tr("desk.ask.dear", name=name) if name else tr("desk.ask.dear_nobody"),
            " ".join(filter(None, (tr("desk.ask.about", title=case.item.title), tr("desk.ask.help")))),
            " ".join(filter(None, (first, tr("desk.ask.one_thing", thing=self._thing())))),
            f"{tr(f'desk.ask.{what}.how')} {tr('desk.ask.by', day=self._by())}",
            tr("desk.ask.cannot", phone=settings.kiosk.help.phone),
            tr("desk.ask.reference", reference=case.item.reference),
            tr("desk.ask.bye", name=office.member.name, municipality=settings.device.municipality),
        )
        return "\n\n".join(pieces)

    def _word_anew(self) -> None:
        """Word the message and the call by what is chosen now; what somebody typed in the message stays."""
        self.day.setText(self.tr_sheet("ask.by", day=self._by()))
        if self.call is not None:
            self.call.say(self._spoken())
        if self.message.text == self._wording:
            self._wording = self._written() if self.what.value else ""
            self.message.put(self._wording)
            self._was[self.message.field] = self._wording

    def _on_what_picked(self) -> None:
        self._what_field.refuse("")
        self._word_anew()

    def _on_call_logged(self, _attempt: CallAttempt) -> None:
        self._word_anew()
        self.go_to(self.message.field, self._message_field)

    def _ask_to_call(self, call: CallPanel) -> None:
        self.refuse({})
        said = self.tr_sheet("ask.problem.call")
        call.refuse(said)
        self.go_to(call.reached, call)
        self.hand.office.say(said)

    # -- sending -------------------------------------------------------------------------------------------------------

    def _on_send(self) -> None:
        tr, text = self.tr_sheet, self.message.text
        problems = {}
        if not self.what.value:
            problems[self._what_field] = tr("ask.problem.what")
        elif self.call is not None and not may_be_written(self.calling):
            self._ask_to_call(self.call)
            return
        elif not text:
            problems[self._message_field] = tr("ask.problem.text")
        elif wrong := self.wrong_in_message(text):
            problems[self._message_field] = wrong
        if self.refuse(problems):
            return
        number = int(self.term.value or USUAL_WORKING_DAYS)
        given = {
            "what": self._thing(),
            "kind": self.what.value or "",
            "working_days": str(number),
            "answer_by": answer_by(self._today, number).isoformat(),
            "called": "yes" if self.calling in (Calling.REACHED, Calling.MISSED) else "no",
        }
        self.record(ActKind.ASK_MISSING, text, given)


def ask_sheet(calls: CallAttemptBook) -> CaseSheet:
    """Give the sheet that logs its calls in this book."""
    return CaseSheet(
        "ask",
        "desk.sheet.ask",
        "email-edit-outline",
        "Ctrl+M",
        OPEN,
        lambda hand: AskSheet(hand, calls),
    )
