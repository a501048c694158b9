# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers as people read them: Dutch ones with their area code apart, others with their country in front."""

from __future__ import annotations

# Dutch area codes of three digits; all others have four.
_SHORT_AREAS = frozenset(
    (
        *("010", "013", "015", "020", "023", "024", "026", "030", "033", "035", "036", "038", "040", "043", "045"),
        *("046", "050", "053", "055", "058", "070", "071", "072", "073", "074", "075", "076", "077", "078", "079"),
        *("085", "088"),
    )
)
_TWO_DIGIT_COUNTRIES = frozenset(
    (
        *("20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49"),
        *("51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66"),
        *("81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"),
    )
)


def readable_phone(e164: str) -> str:
    """Write `+31612345678` as "06 12345678" and `+4915112345678` as "+49 151 123 456 78"; anything else as it is."""
    if not e164.startswith("+") or not e164[1:].isdecimal():
        return e164
    if e164.startswith("+31"):
        number = "0" + e164[3:]
        if number.startswith("06"):
            return f"06 {number[2:]}"
        cut = 3 if number[:3] in _SHORT_AREAS else 4
        return f"{number[:cut]} {number[cut:]}"
    digits = e164[1:]
    cut = 1 if digits[0] in "17" else 2 if digits[:2] in _TWO_DIGIT_COUNTRIES else 3
    return " ".join(("+" + digits[:cut], *_in_threes(digits[cut:])))


def _in_threes(digits: str) -> list[str]:
    return [digits[start : start + 3] for start in range(0, len(digits), 3)]
