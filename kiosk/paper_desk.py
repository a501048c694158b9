# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a press does that asks for paper: the receipt, what cannot wait, letters and the strip of a result.

Who prints and how it looks is `kiosk.printing`'s and `kiosk.paper`'s; the card for a call is `kiosk.phone_desk`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from domain.receipt import Receipt
from i18n.texts import DUTCH, Texts
from kiosk.case_desk import CaseDesk
from kiosk.effects import Effect, Order, PrintLetter, PrintPaperRoad, PrintReceipt, PrintStrip
from kiosk.guide import Guide
from kiosk.screens import ending, letters, pauses, result
from kiosk.screens.words import Words
from kiosk.sheet_desk import PRINTING
from kiosk.spots import Spot


class PaperAsker(Protocol):
    """For whom the paper is; `kiosk.navigator.Navigator` is the real one."""

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...

    def new_order(self) -> Order:
        """Make the order of the answers as they are now."""
        ...


class PaperDesk:
    """Takes the presses and the news about the paper of one visit."""

    def __init__(self, asker: PaperAsker, case: CaseDesk, guide: Guide, texts_of: Callable[[str], Texts]) -> None:
        self._asker = asker
        self._case = case
        self._guide = guide
        self._texts_of = texts_of

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a button that asks for paper; None when it is another button."""
        case = self._case
        if button.startswith(letters.PRINT_LETTER):
            return self._print_letter(button.removeprefix(letters.PRINT_LETTER))
        if button == result.PRINT_STRIP:
            return case.sheets.ask(PrintStrip(case.order or self._asker.new_order()))
        if button == pauses.PRINT_PAPER_ROAD:
            case.print_state = PRINTING
            return (PrintPaperRoad(self._asker.new_order(), is_haste=True),)
        if button == ending.PRINT_ANSWERS and case.order is not None:
            return (PrintPaperRoad(case.order, is_haste=False),)
        if button == ending.PRINT and case.receipt is not None:
            case.print_state = PRINTING
            return (PrintReceipt(self._as_it_is_now(case.receipt)),)
        return None

    def printed(self, state: str) -> None:
        """Take the outcome: "printed", "no_printer", "paper_out" or "print_failed"."""
        self._case.print_state = state
        if state != "printed" and self._case.receipt is not None and self._guide.spot.name == "confirmation":
            self._guide.go_aside(Spot("large-number"))

    def _print_letter(self, letter_id: str) -> tuple[Effect, ...]:
        case = self._case
        if all(letter.id != letter_id for letter in case.journey.letters):
            return ()
        return case.sheets.ask(PrintLetter(case.order or self._asker.new_order(), letter_id))

    def _as_it_is_now(self, receipt: Receipt) -> Receipt:
        """Give the receipt with the status of this moment: paper and screen say the same."""
        own = replace(receipt.texts, status=self._status_in(receipt.language))
        dutch = replace(receipt.dutch, status=self._status_in(DUTCH))
        return replace(receipt, state=self._case.state, texts=own, dutch=dutch)

    def _status_in(self, language: str) -> str:
        words = replace(self._asker.words, texts=self._texts_of(language))
        return " ".join(words.tr(f"status.{self._case.state.value}.{part}") for part in ("title", "text"))
