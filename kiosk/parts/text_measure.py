# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How wide and how high words come out, remembered: the same few words are measured on every screen."""

from __future__ import annotations

from functools import lru_cache

from kiosk.parts.look import Look
from kiosk.parts.text_shape import TextShape

_MOST = 4096


@lru_cache(_MOST)
def width_of(text: str, look: Look, style: str, is_rtl: bool) -> int:
    """Give the width of the text on one line."""
    return TextShape(text, look.font(style), look.line(style), is_rtl).natural_width


@lru_cache(_MOST)
def height_of(text: str, look: Look, style: str, is_rtl: bool, width: int) -> int:
    """Give the height of the text, wrapped to a width."""
    return TextShape(text, look.font(style), look.line(style), is_rtl).lay_out(width)
