# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same text in the plainest characters: what all readers of typed text do first."""

from __future__ import annotations

import unicodedata

LONGEST = 400
"""More characters than any date, number or address has; longer text is not read at all, so that reading stays quick."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´"), "'")
_WHOLE_LETTERS = {
    ord("ı"): "i",
    ord("ł"): "l",
    ord("Ł"): "l",
    ord("ø"): "o",
    ord("đ"): "d",
}  # their accent does not come off
_PLAINER = {**_DASHES, **_QUOTES, **_WHOLE_LETTERS}


def fold(text: str) -> str:
    """Give the text in lower case, with Western digits, single spaces, and no accents or invisible characters."""
    plain: list[str] = []
    for character in unicodedata.normalize("NFKD", text).translate(_PLAINER):
        category = unicodedata.category(character)
        if category == "Nd":
            plain.append(str(unicodedata.decimal(character)))
        elif category in ("Cc", "Zs", "Zl", "Zp"):
            plain.append(" ")
        elif category not in ("Mn", "Me", "Cf", "Cs", "Co", "Cn"):
            plain.append(character)
    return " ".join("".join(plain).casefold().split())


def is_blank(text: str) -> bool:
    """Tell whether there is nothing to see: empty, or only spaces, control and direction characters."""
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


def squeeze(text: str) -> str:
    """Give the text as typed, without control and direction characters and with single spaces."""
    kept = (" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs")).split())
