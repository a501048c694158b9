# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What takes one press and asks nothing: take a case on, give it back, note that what was missing came in."""

from __future__ import annotations

from assisted.case_sheets import CaseSheet, CaseSheetWidget, SheetHand
from assisted.sheet_form import SheetForm
from domain.case_act import ActKind
from domain.counter import CounterCase, Stage
from domain.staff import StaffMember

_TAKEN = frozenset({Stage.HERE, Stage.TAKEN, Stage.ASKED})
"""Where somebody may have taken a case on: what is still here stays here, whoever did."""


def is_mine(case: CounterCase, member: StaffMember) -> bool:
    """Tell whether this member took the case on."""
    return case.item.owner == str(member.number)


def _is_of_another(case: CounterCase, member: StaffMember) -> bool:
    return bool(case.item.owner) and not is_mine(case, member)


def _is_nobodys(case: CounterCase, _member: StaffMember) -> bool:
    return not case.item.owner


class TakeOverSheet(SheetForm):
    """Somebody else has it: say who, so that two people do not do the same work."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.add_text(self.tr_sheet("take_over.says", name=hand.case.item.owner_name or hand.case.item.owner), "warn")
        self.add_foot(self.tr_sheet("take_over.do"), lambda: self.record(ActKind.TAKE_ON))


def _take_on(hand: SheetHand) -> CaseSheetWidget | None:
    hand.record(ActKind.TAKE_ON)
    return None


def _give_back(hand: SheetHand) -> CaseSheetWidget | None:
    hand.record(ActKind.GIVE_BACK)
    return None


def _resume(hand: SheetHand) -> CaseSheetWidget | None:
    hand.record(ActKind.RESUME, hand.office.tr("desk.sheet.resume.text"))
    return None


TAKE_ON = CaseSheet(
    "take_on",
    "desk.sheet.take_on",
    "hand-back-right-outline",
    "Ctrl+O",
    frozenset({Stage.HERE, Stage.NEW}),
    _take_on,
    _is_nobodys,
    is_first=True,
)
TAKE_OVER = CaseSheet(
    "take_over",
    "desk.sheet.take_over",
    "account-switch-outline",
    "Ctrl+O",
    _TAKEN,
    TakeOverSheet,
    _is_of_another,
)
GIVE_BACK = CaseSheet(
    "give_back",
    "desk.sheet.give_back",
    "undo-variant",
    "Ctrl+G",
    _TAKEN,
    _give_back,
    is_mine,
)
RESUME = CaseSheet(
    "resume", "desk.sheet.resume", "tray-arrow-down", "Ctrl+R", frozenset({Stage.ASKED}), _resume, is_first=True
)
