# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a telephone number: Dutch with or without +31, foreign with its country; given as E.164."""

from __future__ import annotations

import re

from domain.answers import Phone
from domain.lenient.characters import LONGEST, fold
from domain.lenient.faults import Fault

_NETHERLANDS = "31"
_AREA_AND_NUMBER = 9  # digits of a Dutch number without its leading 0
_SHORTEST, _LONGEST = 8, 15  # E.164, with the country
_WORDS = re.compile(r"\b(?:telefoonnummer|telefoon|tel|mobiel|mob|nummer|nr|thuis|werk|phone|no|t|m)\b")


def read_phone(text: str) -> Phone | Fault:
    """Read a telephone number however it is spaced."""
    text = text.strip()
    if not text:
        return Fault("empty")
    if len(text) > LONGEST:
        return Fault("phone-too-long")
    typed = _WORDS.sub(" ", fold(text)).replace("(0)", "")
    if any(character.isalpha() for character in typed):
        return Fault("phone-letters")
    digits = "".join(character for character in typed if character.isdecimal())
    if not digits:
        return Fault("phone-unclear")
    return _with_country(digits, typed.lstrip(" (:.-").startswith("+"))


def _with_country(digits: str, has_plus: bool) -> Phone | Fault:
    if digits.startswith("00"):
        return _abroad(digits[2:])
    if digits.startswith("0"):
        return _national(digits[1:])
    if digits.startswith("6") and len(digits) == _AREA_AND_NUMBER and not has_plus:
        return Phone(f"+{_NETHERLANDS}{digits}")  # 06 without its 0
    # More digits than a Dutch number has: the country without its +.
    is_abroad = has_plus or len(digits) > _AREA_AND_NUMBER + 1
    return _abroad(digits) if is_abroad else Fault("phone-too-short")


def _abroad(digits: str) -> Phone | Fault:
    if digits.startswith(_NETHERLANDS):
        return _national(digits[2:].removeprefix("0"))
    if digits.startswith("0"):
        return Fault("phone-unclear")
    if len(digits) < _SHORTEST:
        return Fault("phone-too-short")
    if len(digits) > _LONGEST:
        return Fault("phone-too-long")
    return Phone(f"+{digits}")


def _national(digits: str) -> Phone | Fault:
    if digits.startswith("0"):
        return Fault("phone-unclear")
    if digits[:3] in ("800", "900", "906", "909") and len(digits) in (7, 10):
        return Phone(f"+{_NETHERLANDS}{digits}")  # 0800 and 0900 have four or seven digits after them
    if len(digits) < _AREA_AND_NUMBER:
        return Fault("phone-too-short")
    if len(digits) > _AREA_AND_NUMBER:
        return Fault("phone-too-long")
    return Phone(f"+{_NETHERLANDS}{digits}")
