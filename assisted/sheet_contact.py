# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody called, came or wrote about this case (S03)."""

from __future__ import annotations

from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.contact_form import add_contact_fields, wrong_in_contact
from assisted.sheet_form import SheetForm
from domain.case_act import ActKind


class ContactSheet(SheetForm):
    """One contact moment."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.contact = add_contact_fields(self)
        self.add_foot(self.tr_sheet("contact.keep"), self._on_keep)

    def _on_keep(self) -> None:
        if not self.refuse(wrong_in_contact(self, self.contact)):
            self.record(ActKind.CONTACT, self.contact.text(), self.contact.given())


CONTACT = CaseSheet("contact", "desk.sheet.contact", "account-voice", "Ctrl+N", OPEN, ContactSheet)
