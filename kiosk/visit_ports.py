# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visit asks of its surroundings: a screen, an ear, an office; and an ear for where nothing can be heard."""

from __future__ import annotations

from typing import Protocol

from domain.receipt import Receipt
from domain.service import Privacy
from kiosk.effects import Order, Sheet
from kiosk.speech.volume import USUAL_VOLUME
from kiosk.view import View


class Screen(Protocol):
    """Shows views; `kiosk.window.KioskWindow` is the real one."""

    def show_view(self, view: View) -> None:
        """Show this view."""
        ...


class Ear(Protocol):
    """Reads views aloud; `kiosk.ear.ScreenEar` is the real one."""

    @property
    def is_speaking(self) -> bool:
        """Tell whether something is being said."""
        ...

    def read(self, view: View, only: tuple[str, ...] = (), first: str = "") -> None:
        """Read a view from the top, or only some of its parts; `first` is said before it."""
        ...

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        """Say a word that is no part of a view; in the hall nothing that is private."""
        ...

    def repeat(self, by: int = 0) -> None:
        """Say the last piece of the screen once more, or go on from the piece before (-1) or after (1) it."""
        ...

    def set_rate(self, rate: int) -> None:
        """Speak at this speed from now on, 1 to 5."""
        ...

    @property
    def volume(self) -> int:
        """Give how loud it is."""
        ...

    def louder(self) -> int:
        """Go a step up; give how loud it is."""
        ...

    def softer(self) -> int:
        """Go a step down; give how loud it is."""
        ...

    def stop(self) -> None:
        """Fall silent at once."""
        ...


class NoEar:
    """Says nothing: before the voice is ready, and where there is none."""

    is_speaking = False
    volume = USUAL_VOLUME

    def read(self, view: View, only: tuple[str, ...] = (), first: str = "") -> None:
        """Say nothing."""

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        """Say nothing."""

    def repeat(self, by: int = 0) -> None:
        """Say nothing."""

    def set_rate(self, rate: int) -> None:
        """Nothing is said at any speed."""

    def louder(self) -> int:
        """Nothing can be louder."""
        return self.volume

    def softer(self) -> int:
        """Nothing can be softer."""
        return self.volume

    def stop(self) -> None:
        """Go on saying nothing."""


class Office(Protocol):
    """Keeps and prints; joined by `commands` so that no window imports the store. Called off the UI thread."""

    def file(self, order: Order) -> Receipt:
        """Keep a case durably; raises StoreError or SealingError when nothing was kept."""
        ...

    def keep_copies(self) -> None:
        """Do for the kept case what the citizen need not wait for; never raises."""
        ...

    def print_receipt(self, receipt: Receipt) -> str:
        """Print; give "printed", "no_printer", "paper_out" or "print_failed"."""
        ...

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        """Print the answers for the counter; outcomes as above."""
        ...

    def print_sheet(self, sheet: Sheet) -> str:
        """Print a letter, the strip of a result or a phone card; outcomes as above."""
        ...
