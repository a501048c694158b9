# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A language that nobody speaks, made from Dutch: longer, accented, and laid out from right to left.

It shows untranslated text, clipped text and screens that do not mirror, with no translator and no direction marks.
"""

from __future__ import annotations

import re

PSEUDO = "qps"
_KEPT = re.compile(r"(\{[^{}]*\})")
_SIGNS = str.maketrans(
    "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ",
    "äÄƀƁçÇđĐëËƒƑğĞħĦïÏĵĴķĶłŁɱṀñÑöÖþÞɋɊřŘšŠţŢüÜṽṼŵŴẋẊÿŸžŽ",
)
_VOWELS = re.compile(r"([aeiouAEIOU])(?=\w)")


def pseudo(text: str) -> str:
    """Give the pseudo text: accented letters, about a third longer, with placeholders left whole."""
    if not text:
        return ""
    pieces = [piece if _KEPT.fullmatch(piece) else _accented(piece) for piece in _KEPT.split(text)]
    return "[" + "".join(pieces) + "]"


def _accented(piece: str) -> str:
    return _VOWELS.sub(r"\1\1", piece).translate(_SIGNS)
