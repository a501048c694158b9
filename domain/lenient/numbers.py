# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a whole number: "3", "drie", "3.0", "ongeveer 3", "1.200", "geen", "3 kinderen"."""

from __future__ import annotations

import re

from domain.answers import Number
from domain.lenient.characters import LONGEST, fold
from domain.lenient.faults import Fault
from domain.lenient.words import spoken_number

_UNCLEAR = Fault("count-unclear", "number")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3}){1,3}")
_PLAIN = re.compile(r"-?\d{1,12}")
_ZEROS = re.compile(r"(?<=\d)[.,]0{1,2}$")
_FOUND = re.compile(r"-?\d+(?:[.,/]\d+)*|[^\W\d_]+")
_NONE = frozenset({"geen", "niks", "niets", "none", "no"})
_LARGE = {"honderd": 100, "duizend": 1000}


def read_number(text: str) -> Number | Fault:
    """Read one whole number; words around it do no harm, a second number does."""
    folded = fold(text) if len(text) <= LONGEST else ""
    whole = _value(folded)
    if whole is not None:
        return Number(whole)
    values = [value for value in map(_value, _FOUND.findall(folded)) if value is not None]
    has_stray_digits = sum(c.isdigit() for c in folded) > sum(len(str(abs(value))) for value in values) + 3
    return Number(values[0]) if len(values) == 1 and not has_stray_digits else _UNCLEAR


def _value(word: str) -> int | None:
    plain = _ZEROS.sub("", word)
    if _GROUPED.fullmatch(plain):
        return int(re.sub(r"[. ]", "", plain))
    if _PLAIN.fullmatch(plain):
        return int(plain)
    if word in _NONE:
        return 0
    return _LARGE.get(word, spoken_number(word))
