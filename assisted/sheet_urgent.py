# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""This cannot wait (H18): one press says why, and by when somebody helps; where home is not safe, words first.

An urgent case stays on top of the list; `domain.haste` has the days.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.desk_parts import DeskButton, DeskText
from assisted.sheet_form import SheetForm
from domain.case_act import ActKind
from domain.counter import CounterCase
from domain.haste import Haste, due_on
from domain.staff import StaffMember
from i18n.dates import format_date

_HERE = ZoneInfo("Europe/Amsterdam")
_SAY_FIRST = frozenset({Haste.VIOLENCE, Haste.SUICIDE})


class UrgentSheet(SheetForm):
    """Buttons; the two that need words first show them before they are kept."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self._due = due_on(hand.office.clock.now().astimezone(_HERE).date())
        self.add_text(self.tr_sheet("urgent.says", day=format_date(self._due, with_weekday=True)), "notice")
        self._picking = QWidget()
        column = QVBoxLayout(self._picking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.flags: dict[Haste, DeskButton] = {}
        for haste in Haste:
            button = DeskButton(self.tr_sheet(f"urgent.{haste.value}"), "choice")
            button.clicked.connect(lambda _on=False, picked=haste: self._on_picked(picked))
            self.flags[haste] = button
            column.addWidget(button)
        self.column.addWidget(self._picking)
        self._picked: Haste | None = None
        self._care = DeskText("", "danger")
        self._care.hide()
        self.column.addWidget(self._care)
        self.add_foot(self.tr_sheet("urgent.keep"), self._on_keep)
        self.send_button.hide()

    def first(self) -> QWidget:
        return self.flags[Haste.EVICTION] if self._picked is None else self.send_button

    def _on_picked(self, haste: Haste) -> None:
        self._picked = haste
        if haste not in _SAY_FIRST:
            self._on_keep()
            return
        said = self.tr_sheet(f"urgent.{haste.value}.care")
        self._care.setText(said)
        self._care.show()
        self._picking.hide()
        self.send_button.show()
        self.go_to(self.send_button, self._care)
        self.send_button.setAccessibleDescription(said)

    def _on_keep(self) -> None:
        haste = self._picked
        if haste is None:
            return
        tr = self.hand.office.texts.dutch.tr
        said = tr(f"desk.sheet.urgent.{haste.value}")
        care = tr(f"desk.sheet.urgent.{haste.value}.care") if haste.is_unsafe_at_home else ""
        self.record(ActKind.URGENT, care, {"flag": said, "kind": haste.value, "due_on": self._due.isoformat()})


def _fits(case: CounterCase, _member: StaffMember) -> bool:
    return not case.item.is_urgent


URGENT = CaseSheet("urgent", "desk.sheet.urgent", "alert-outline", "Ctrl+H", OPEN, UrgentSheet, _fits)
