# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of the papers a visitor can ask for beside the receipt: letters, a result's strip, the phone card."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.effects import Effect, PrintDraftCode, PrintLetter, PrintPhoneCard, PrintStrip, Sheet
from kiosk.screens import letters, rehearsal

PRINTING = "printing"
CODE_PAPER = "later"  # the paper with the code to go on later


class SheetDesk:
    """Remembers, for one case or result, which papers are being printed and how that ended."""

    def __init__(self, states: Mapping[str, str] | None = None) -> None:
        self._states = dict(states or {})

    @property
    def states(self) -> Mapping[str, str]:
        """Give what became of each paper, by its name on the screens."""
        return dict(self._states)

    def ask(self, sheet: Sheet) -> tuple[Effect, ...]:
        """Ask for a paper."""
        self._states[_name(sheet)] = PRINTING
        return (sheet,)

    def printed(self, sheet: Sheet, state: str) -> None:
        """Take the outcome: "printed", "no_printer", "paper_out" or "print_failed"."""
        self._states[_name(sheet)] = state


def _name(sheet: Sheet) -> str:
    match sheet:
        case PrintLetter():
            return letters.LETTER + sheet.letter_id
        case PrintStrip():
            return "strip"
        case PrintPhoneCard():
            return rehearsal.CARD
        case PrintDraftCode():
            return CODE_PAPER
