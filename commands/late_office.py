# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visit asks of the store and the printer, made when first asked for: the first screen waits for no import."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.settings import Settings

if TYPE_CHECKING:
    from commands.office import KioskOffice
    from domain.draft import DraftReply, KeptDraft
    from domain.receipt import Receipt
    from domain.status_check import StatusReply
    from domain.understanding import Reply, TextVersion
    from kiosk.effects import AddToCase, AskStatus, ForgetDraft, KeepDraft, OpenDraft, Order, Sheet


class LateOffice:
    """Stands in for the office until its heavy imports are made, in the lane that uses it (`kiosk.visit.Office`)."""

    def __init__(self, make: Callable[[], KioskOffice]) -> None:
        self._make = make
        self._made: KioskOffice | None = None

    @property
    def office(self) -> KioskOffice:
        """Give the real office, made when first asked for."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def file(self, order: Order) -> Receipt:
        """Keep a case durably."""
        return self.office.file(order)

    def keep_copies(self) -> None:
        """Write the second copy of what was kept."""
        self.office.keep_copies()

    def print_receipt(self, receipt: Receipt) -> str:
        """Print the receipt."""
        return self.office.print_receipt(receipt)

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        """Print the paper for the counter."""
        return self.office.print_paper_road(order, is_haste=is_haste)

    def print_sheet(self, sheet: Sheet) -> str:
        """Print a letter, the strip of a result or a phone card."""
        return self.office.print_sheet(sheet)

    def status(self, asked: AskStatus) -> StatusReply:
        """Tell how far a case is."""
        return self.office.status(asked)

    def add_to_case(self, added: AddToCase) -> None:
        """Keep durably what a citizen adds to a case."""
        self.office.add_to_case(added)

    def keep_draft(self, asked: KeepDraft) -> KeptDraft:
        """Keep answers under a code."""
        return self.office.keep_draft(asked)

    def open_draft(self, asked: OpenDraft) -> DraftReply:
        """Answer a code."""
        return self.office.open_draft(asked)

    def forget_draft(self, asked: ForgetDraft) -> None:
        """Take away what was kept under a code."""
        self.office.forget_draft(asked)


class LateUnderstanding:
    """Counts whether texts are understood, in the lane of the store (`domain.ports.UnderstandingLog`)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def count(self, text: TextVersion, reply: Reply) -> None:
        """Count one reply."""
        from commands.joining import data_dir
        from sync.understanding_file import FILE_NAME, UnderstandingFile

        UnderstandingFile(data_dir(self._settings) / FILE_NAME).count(text, reply)
