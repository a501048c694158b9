# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document was seen (S08): which kind, in one press. There is no field: no number and no picture can be kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.desk_parts import DeskButton
from assisted.sheet_form import SheetForm
from domain.case_act import ActKind
from domain.staff import Role

_ROLES = {Role.HELPER: "vrijwilliger", Role.COUNTER: "balie", Role.IT: "beheer"}
KINDS = ("id_card", "passport", "residence_permit", "driving_licence", "other")


class SeenSheet(SheetForm):
    """Buttons, each of which keeps the act."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.add_text(self.tr_sheet("seen.says"))
        self.kinds: dict[str, DeskButton] = {}
        for kind in KINDS:
            button = DeskButton(self.tr_sheet(f"seen.{kind}"), "choice")
            button.clicked.connect(lambda _on=False, picked=kind: self._on_picked(picked))
            self.kinds[kind] = button
            self.column.addWidget(button)
        self.add_foot("", lambda: None)
        self.send_button.hide()
        self.send_button.setShortcut("")

    def first(self) -> QWidget:
        return self.kinds[KINDS[0]]

    def _on_picked(self, kind: str) -> None:
        self.record(ActKind.DOCUMENT_SEEN, "", {"document": kind, "role": _ROLES[self.hand.office.member.role]})


SEEN = CaseSheet("seen", "desk.sheet.seen", "card-account-details-outline", "Ctrl+I", OPEN, SeenSheet)
