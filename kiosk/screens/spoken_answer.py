# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message in the visitor's own voice, or typed instead."""

from __future__ import annotations

from kiosk.screens.asked import Asked, field_of
from kiosk.view import Part


def spoken_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the parts."""
    return (field_of(asked, "text", "spoken_text", width=56, lines=4),)
