# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a mistake that a citizen reported himself is treated (U07): kindly, unless somebody says why not."""

from __future__ import annotations

from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.legible_text import NoteField
from assisted.sheet_form import SheetForm
from domain.case_act import ActKind
from domain.correction_route import ReasonMissingError, Route, choose_route
from domain.counter import CounterCase
from domain.staff import StaffMember


class CorrectionSheet(SheetForm):
    """The lenient road is chosen already; the strict one asks why."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        tr = self.tr_sheet
        for event in (event for event in hand.case.history if event.kind == "correction"):
            self.add_text(event.text, "notice")
        words = [(route.value, tr(f"correction.{route.value}")) for route in Route]
        _, self.route = self.add_picks(tr("correction.route"), words, Route.LENIENT.value)
        self.route.picked = lambda _word: self._on_route_picked()
        self.reason = NoteField(tr("correction.reason"), 3)
        self._reason_field = self.add_field(tr("correction.reason"), self.reason, tr("correction.reason.says"))
        self._reason_field.hide()
        self.add_foot(tr("correction.keep"), self._on_keep)

    def _on_route_picked(self) -> None:
        self._reason_field.setVisible(self.route.value == Route.STRICT.value)

    def _on_keep(self) -> None:
        route = Route(self.route.value or Route.LENIENT.value)
        said = self.reason.toPlainText() if route is Route.STRICT else ""
        wrong = self.wrong_in_note(said)
        try:
            choice = choose_route(route, said)
        except ReasonMissingError:
            self.refuse({self._reason_field: self.tr_sheet("correction.problem.reason")})
            return
        if not self.refuse({self._reason_field: wrong} if wrong else {}):
            self.record(ActKind.CORRECTION, choice.reason, {"route": choice.route.value})


def _fits(case: CounterCase, _member: StaffMember) -> bool:
    return any(event.kind == "correction" for event in case.history)


CORRECTION = CaseSheet(
    "correction", "desk.sheet.correction", "pencil-outline", "Ctrl+Shift+V", OPEN, CorrectionSheet, _fits
)
