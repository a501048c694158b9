# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts a paper of the desk on the printer, off the UI thread, and says truthfully whether it came out."""

from __future__ import annotations

from assisted.pages import DeskOffice
from kiosk.background import Lane
from kiosk.paper.paper_size import Paper
from kiosk.paper.take_along import TakeAlong, take_along_pdf
from kiosk.printing import Printer, PrintResult


class PaperOut:
    """One for a page. Nothing of what is printed stays."""

    def __init__(self, office: DeskOffice, printer: Printer, paper: Paper) -> None:
        self._office, self._printer, self._paper = office, printer, paper

    def print(self, page: TakeAlong) -> None:
        """Print, and say at the foot of the window what became of it."""
        printer, paper = self._printer, self._paper
        self._office.say(self._office.tr("desk.print.busy"))
        self._office.progress.run(
            self._office.tr("desk.print.busy"),
            lambda: printer.print_pdf(take_along_pdf(page, paper), paper),
            self._on_done,
            lane=Lane.DEVICES,
        )

    def _on_done(self, result: PrintResult) -> None:
        self._office.say(self._office.tr("desk.print.done" if result.is_done else "desk.print.failed"))
