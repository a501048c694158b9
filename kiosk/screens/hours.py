# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screens about opening hours (feature I13): a calm one when it is closed, and a warning before it closes.

When that is, `domain.opening_hours` tells; moments are local.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from i18n.pseudo import PSEUDO
from i18n.texts import DUTCH
from kiosk.screens import ending
from kiosk.screens.frame import page, tools
from kiosk.screens.start import person
from kiosk.screens.words import Words
from kiosk.view import LEAVE, READ, Button, ButtonRow, Heading, Notice, Paragraph, Part, Tone, View, Weight

SPOT = "closed-now"
GO_ON = "closing.go_on"
SAID = ("title", "text")  # of the warning, to who has the screen read aloud and to who has not
_SHELTER = ("geen-huis", "shelter_phone")


def closed_now_view(words: Words, now: datetime) -> View:
    """Say that it is closed, when it opens, and who can be called meanwhile; nothing can be begun from here."""
    title = words.tr("closed_now.title")
    parts: list[Part] = [
        Heading("title", title),
        Paragraph("opens", _opens(words, now), is_strong=True),
        Paragraph("kept", words.tr("closed_now.kept"), is_soft=True),
        person(words),
        Notice(
            "danger",
            words.tr("closed_now.danger"),
            words.tr("closed_now.thoughts"),
            tone=Tone.DANGER,
            icon="mdi6.phone-alert-outline",
        ),
    ]
    service, setting = _SHELTER
    if shelter := words.place.service_settings.get(service, {}).get(setting, "").strip():
        parts.append(
            Notice("shelter", words.tr("closed_now.shelter", number=shelter), tone=Tone.HUMAN, icon="mdi6.bed-outline")
        )
    return View(
        name=SPOT,
        title=title,
        parts=tuple(parts),
        tools=tuple(tool for tool in tools(words) if tool.id != LEAVE),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=READ,
        is_practice=words.place.is_practice,
    )


def closing_view(words: Words, closes_at: datetime, *, can_keep: bool, is_kept: bool) -> View:
    """Say that it closes soon and that nothing is cut off; stands over the screen, which comes back as it was."""
    title = words.tr("closing.title", time=time_of_day(words, closes_at))
    key = "closing.text_kept" if is_kept else "closing.text_keep" if can_keep else "closing.text"
    later = (Button(ending.LATER, words.tr("stop.later"), icon="mdi6.key-outline"),) if can_keep and not is_kept else ()
    choice = (Button(GO_ON, words.tr("closing.go_on"), icon="mdi6.arrow-right", weight=Weight.PRIMARY), *later)
    view = page(
        words,
        "closing",
        (
            Heading("title", title),
            Paragraph("text", words.tr(key)),
            ButtonRow("choice", choice, fills=True),
        ),
        title=title,
        has_back=False,
        has_stop=False,
        focus=GO_ON,
    )
    return replace(view, is_over=True)


def time_of_day(words: Words, moment: datetime) -> str:
    """Write a time as the language says it: "9" or "9.30" before the Dutch "uur", "09:30" elsewhere."""
    if words.language in (DUTCH, PSEUDO):
        return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)
    return f"{moment:%H:%M}"


def _opens(words: Words, now: datetime) -> str:
    opens_at = words.place.opens_at
    if opens_at is None:
        return words.tr("closed_now.unknown")
    time = time_of_day(words, opens_at)
    if opens_at.date() == now.date():
        return words.tr("closed_now.today", time=time)
    if opens_at.date() == now.date() + timedelta(days=1):
        return words.tr("closed_now.tomorrow", time=time)
    return words.tr("closed_now.day", day=words.day(opens_at.date()), time=time)
