# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ask "Wat gebeurt er nu?": one picture question after the receipt, to learn whether our words are clear (feature U11).

The picture that is true comes from the first thing we promised. Nobody has to answer; another choice is no mistake but
a reason to explain again, in other words. What is counted is `domain.understanding`'s.
"""

from __future__ import annotations

import zlib

from domain.journey import Journey
from domain.service import Duty, Side
from domain.text_privacy import of_text
from domain.understanding import Reply
from kiosk.screens.deal import duty_text
from kiosk.screens.frame import forward, page
from kiosk.screens.words import Words
from kiosk.view import NEXT, Heading, Paragraph, Part, Tile, Tiles, View

PART = "tell_back"
CHOICE = "tell_back:"  # + option
_OFFICE = "mdi6.office-building-outline"
_TRUE = "promise"
_OTHERS = {"ready": "mdi6.check-all", "nothing": "mdi6.sleep"}


def promised(journey: Journey) -> Duty | None:
    """Give what we promised first; None where there is nothing to ask about.

    Who cannot wait has heard whom to call, and is not kept any longer.
    """
    if journey.hastes:
        return None
    return next((duty for duty in journey.duties if duty.side is Side.GOVERNMENT), None)


def reply_of(option_id: str) -> Reply:
    """Tell what a choice means."""
    return Reply.RIGHT if option_id == _TRUE else Reply.OTHER


def options_of(journey: Journey) -> tuple[str, ...]:
    """Give the options in their order; what is true does not always stand in the same place."""
    service = journey.definition
    place = zlib.crc32(f"{service.id} {service.version}".encode()) % (len(_OTHERS) + 1)
    options = list(_OTHERS)
    options.insert(place, _TRUE)
    return tuple(options)


def tell_back_view(words: Words, journey: Journey, duty: Duty, chosen: str = "") -> View:
    """Ask, and once something was chosen say what is true."""
    promise, _ = duty_text(words, journey, duty)
    privacy = of_text(journey.definition, duty.term)
    if chosen:
        return _told_view(words, journey, Paragraph("promise", promise, is_strong=True, privacy=privacy), chosen)
    tiles = tuple(
        Tile(CHOICE + option_id, promise, _OFFICE, privacy=privacy)
        if option_id == _TRUE
        else Tile(CHOICE + option_id, words.tr(f"tell_back.{option_id}"), _OTHERS[option_id])
        for option_id in options_of(journey)
    )
    parts = (Paragraph("about", words.tr("tell_back.about"), is_soft=True), Tiles(PART, tiles))
    return _page(words, f"{journey.definition.id}.tell-back", words.tr("tell_back.title"), parts, PART)


def _told_view(words: Words, journey: Journey, promise: Paragraph, chosen: str) -> View:
    service = journey.definition
    is_right = reply_of(chosen) is Reply.RIGHT
    again = " ".join(words.service(service, "what_happens").splitlines())
    explained = () if is_right else (Paragraph("again", again, privacy=service.title_privacy),)
    title = words.tr("tell_back.right" if is_right else "tell_back.again")
    return _page(words, f"{service.id}.told-back", title, (promise, *explained), NEXT)


def _page(words: Words, name: str, title: str, parts: tuple[Part, ...], focus: str) -> View:
    return page(
        words,
        name,
        (Heading("title", title), *parts),
        title=title,
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_stop=False,
        is_wide=True,
        focus=focus,
    )
