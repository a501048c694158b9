# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every part gets from the window: the look, the direction, and where to send what a person does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.parts.look import Look
from kiosk.view import Event


@dataclass(slots=True)
class Stage:
    """Changes with the view; the parts read it when they are laid out or painted."""

    look: Look
    is_rtl: bool = False
    is_portrait: bool = False
    is_tight: bool = False  # the page would just not fit: parts may do with less air
    room: int = 10_000  # height of the content area, for fields that would not fit above the keyboard
    words: Mapping[str, str] = field(default_factory=dict)  # the window's own words by text key
    send: Callable[[Event], None] = lambda event: None
    relayout: Callable[[], None] = lambda: None
    field_touched: Callable[[QWidget], None] = lambda editor: None
    may_press: Callable[[QWidget], bool] = lambda widget: True

    def place(self, child: QWidget, left: int, top: int, width: int, height: int, whole: int) -> None:
        """Put a child into a parent that is `whole` wide, mirrored where the language runs from right to left."""
        child.setGeometry(self.rect(left, top, width, height, whole))

    def rect(self, left: int, top: int, width: int, height: int, whole: int) -> QRect:
        return QRect(whole - left - width if self.is_rtl else left, top, width, height)
