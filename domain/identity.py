# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two Dutch numbers that pass the eleven test: of a person (BSN) and of a legal person (RSIN)."""

from __future__ import annotations

from typing import NewType

Bsn = NewType("Bsn", str)
"""Nine digits that pass the eleven test; never in a log, an error text or a file name."""

Rsin = NewType("Rsin", str)
"""Nine digits that pass the eleven test; names a municipality in the case system."""

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(digits: str) -> bool:
    """Tell whether nine digits pass the eleven test; all zeros is no number."""
    if len(digits) != len(_WEIGHTS) or not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def bsn(digits: str) -> Bsn | None:
    """Give a BSN, or None when the digits cannot be one."""
    return Bsn(digits) if passes_eleven_test(digits) else None


def rsin(digits: str) -> Rsin | None:
    """Give an RSIN, or None when the digits cannot be one."""
    return Rsin(digits) if passes_eleven_test(digits) else None
