# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows one of its parts, and is as high as that part alone; a QStackedWidget is as high as its highest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneOf(QWidget):
    """Begins with the first part."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self.number = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in self._parts:
            column.addWidget(part)
        self.show_part(0)

    def show_part(self, number: int) -> None:
        """Show this part and no other."""
        self.number = number
        for place, part in enumerate(self._parts):
            part.setVisible(place == number)
