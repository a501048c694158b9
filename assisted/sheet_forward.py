# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Send on instead of refuse (S04, Awb 2:3): who takes it over, why, and the letter that says so.

The citizen keeps one point of contact: us. How often a case was sent on before is counted and shown.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.legible_text import LegibleText, NoteField
from assisted.sheet_form import SheetForm, line
from domain.case_act import ActKind, KeptAct
from domain.promise import due_date
from domain.service import Term
from i18n.dates import format_date

_HERE = ZoneInfo("Europe/Amsterdam")
_HEARS_WITHIN = Term(working_days=5)


class ForwardSheet(SheetForm):
    """To whom, why, and what the citizen reads."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        tr = self.tr_sheet
        self._hops = 0
        self._before = self.add_text("", "warn")
        self._before.hide()
        self.to = line(tr("forward.to"), tr("forward.to.example"), 100)
        self._to_field = self.add_field(tr("forward.to"), self.to, tr("forward.to.says"))
        self.why = NoteField(tr("forward.why"), 3)
        self._why_field = self.add_field(tr("forward.why"), self.why, tr("note.says"))
        self.letter = LegibleText(hand.office.texts, tr("forward.letter"), 8)
        self._letter_field = self.add_field(tr("forward.letter"), self.letter, tr("forward.letter.says"))
        self._wording = ""
        self.to.textChanged.connect(lambda _text: self._word_anew())
        self.add_foot(tr("forward.send"), self._on_send)
        acts, reference = hand.acts, hand.case.item.reference
        hand.office.progress.run(tr("looking"), lambda: tuple(acts.acts(reference)), self._on_acts)

    def _on_acts(self, acts: tuple[KeptAct, ...]) -> None:
        if self.is_left:
            return
        self._hops = sum(act.header.kind is ActKind.FORWARD for act in acts)
        self._before.setText(self.hand.office.texts.tr_number("desk.sheet.forward.before", self._hops))
        self._before.setVisible(self._hops > 0)

    def _word_anew(self) -> None:
        """Word the letter by the owner that is typed; what somebody changed in it stays."""
        if self.letter.text != self._wording:
            return
        office, case, to = self.hand.office, self.hand.case, self.to.text().strip()
        tr, settings = office.texts.dutch.tr, office.settings
        day = format_date(due_date(_HEARS_WITHIN, office.clock.now().astimezone(_HERE).date()), with_weekday=True)
        pieces = (
            tr("desk.ask.dear", name=case.initiator.name) if case.initiator.name else tr("desk.ask.dear_nobody"),
            tr("desk.ask.about", title=case.item.title),
            tr("desk.ask.forward", to=to, day=day),
            tr("desk.ask.forward.us", phone=settings.kiosk.help.phone),
            tr("desk.ask.reference", reference=case.item.reference),
            tr("desk.ask.bye", name=office.member.name, municipality=settings.device.municipality),
        )
        self._wording = "\n\n".join(pieces) if to else ""
        self.letter.put(self._wording)
        self._was[self.letter.field] = self._wording

    def _on_send(self) -> None:
        tr, to, why = self.tr_sheet, self.to.text().strip(), self.why.toPlainText().strip()
        problems = {}
        if len(to) < 2:
            problems[self._to_field] = tr("forward.problem.to")
        elif wrong := self.wrong_in_note(to):
            problems[self._to_field] = wrong
        if wrong := self.wrong_in_note(why) if why else tr("forward.problem.why"):
            problems[self._why_field] = wrong
        if to and (wrong := self.wrong_in_message(self.letter.text) if self.letter.text else tr("ask.problem.text")):
            problems[self._letter_field] = wrong
        if not self.refuse(problems):
            given = {"to": to, "letter": self.letter.text, "hop": str(self._hops + 1)}
            self.record(ActKind.FORWARD, why, given)


FORWARD = CaseSheet(
    "forward",
    "desk.sheet.forward",
    "share-outline",
    "Ctrl+S",
    OPEN,
    ForwardSheet,
)
