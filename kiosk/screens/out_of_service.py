# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screen of a device that is out of service: calm, without a reason, with who helps instead."""

from __future__ import annotations

from kiosk.screens.frame import tools
from kiosk.screens.start import person
from kiosk.screens.words import Words
from kiosk.view import LEAVE, READ, Heading, Paragraph, View

SPOT = "out-of-service"


def out_of_service_view(words: Words) -> View:
    """Say that this device rests and where help is; nothing can be begun from here."""
    title = words.tr("out_of_service.title")
    return View(
        name=SPOT,
        title=title,
        parts=(Heading("title", title), Paragraph("text", words.tr("out_of_service.text")), person(words)),
        tools=tuple(tool for tool in tools(words) if tool.id != LEAVE),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=READ,
        is_practice=words.place.is_practice,
    )
