# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be marked while it is read aloud; the ids are those of `kiosk.speech.reading`."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


class Readable(Protocol):
    """A text, or a button that is marked as a whole."""

    def mark(self, sentence: tuple[int, int], word: tuple[int, int]) -> QRect:
        """Mark what is being read; gives where it stands in its own widget."""
        ...

    def unmark(self) -> None:
        """Mark nothing any more."""
        ...


class MarkedWhole:
    """Stands before a Qt button in the list of parents: the whole box is marked."""

    is_read = False

    def mark(self, sentence: tuple[int, int], word: tuple[int, int]) -> QRect:
        self.is_read = True
        if not isinstance(self, QWidget):
            return QRect()
        self.update()
        return self.rect()

    def unmark(self) -> None:
        self.is_read = False
        if isinstance(self, QWidget):
            self.update()
