# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a licence plate: a Dutch one however its dashes were typed, any other as it was typed."""

from __future__ import annotations

import re

from domain.answers import LicencePlate
from domain.lenient.characters import LONGEST, fold, squeeze
from domain.lenient.faults import Fault

# The fourteen forms of the RDW (sidecodes): X a letter, 9 a digit.
_DUTCH_FORMS = frozenset(
    {
        "XX-99-99",
        "99-99-XX",
        "99-XX-99",
        "XX-99-XX",
        "XX-XX-99",
        "99-XX-XX",
        "99-XXX-9",
        "9-XXX-99",
        "XX-999-X",
        "X-999-XX",
        "XXX-99-X",
        "X-99-XXX",
        "9-XX-999",
        "999-XX-9",
    }
)
_GROUPS = {form.replace("-", ""): tuple(map(len, form.split("-"))) for form in _DUTCH_FORMS}
_BETWEEN = re.compile(r"[\s.\-_/*]+")
_LONGEST_PLATE = 16
_UNCLEAR = Fault("plate-unclear", "plate")


def read_licence_plate(text: str) -> LicencePlate | Fault:
    """Read a licence plate; a foreign one is kept as typed, for every country has its own forms."""
    if len(text) > LONGEST:
        return _UNCLEAR
    bare = _BETWEEN.sub("", fold(text)).upper()
    groups = _GROUPS.get("".join("9" if c in "0123456789" else "X" if "A" <= c <= "Z" else "?" for c in bare))
    if groups is not None:
        first, second, _ = groups
        return LicencePlate("-".join((bare[:first], bare[first : first + second], bare[first + second :])), True)
    typed = squeeze(text)
    is_plate = sum(c.isalnum() for c in typed) >= 2 and len(typed) <= _LONGEST_PLATE and any(map(str.isdigit, typed))
    return LicencePlate(typed, False) if is_plate else _UNCLEAR
