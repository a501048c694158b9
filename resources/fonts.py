# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which fonts Loket writes in: Noto Sans, one family for every script we speak (Debian: fonts-noto-core).

Asks nothing of the font database: listing families costs tens of milliseconds before the first paint.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Sans Hebrew", "Noto Sans Symbols2")


@cache
def text_font(px: int, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
