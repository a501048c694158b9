# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A photo or a paper as an answer: what was added, and how to add more."""

from __future__ import annotations

from kiosk.screens.asked import Asked
from kiosk.view import Paragraph, Part


def photo_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the parts."""
    return (Paragraph("photo.none", asked.words.tr("photo.not_here")),)
