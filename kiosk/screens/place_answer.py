# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place outside: a street, a square of the map, or a description; one of the three is enough."""

from __future__ import annotations

from kiosk.screens.asked import Asked, field_of
from kiosk.view import FieldRow, Keyboard, Part


def place_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the parts."""
    street = field_of(asked, "street", "street", keyboard=Keyboard.NAME, width=28)
    number = field_of(asked, "number", "number", keyboard=Keyboard.DIGITS, width=6)
    return (FieldRow("answer", (street, number)), field_of(asked, "near", "near", lines=2, width=48))
