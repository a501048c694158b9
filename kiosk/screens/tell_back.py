# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
""""Wat gebeurt er nu?": one picture question after the receipt, to learn whether our words are clear (feature U11).

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
from kiosk.view import Choices, Heading, Notice, Option, Paragraph, Part, Tone, View

PART = "tell_back"
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
    title = words.tr("tell_back.title")
    options = tuple(_option(words, journey, duty, option_id) for option_id in options_of(journey))
    parts: list[Part] = [
        Heading("title", title),
        Paragraph("about", words.tr("tell_back.about"), is_soft=True),
        Choices(PART, options, frozenset({chosen} if chosen else ()), label=title),
    ]
    if chosen:
        parts.append(_told(words, journey, chosen))
    return page(
        words,
        f"{journey.definition.id}.tell-back",
        tuple(parts),
        title=title,
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_stop=False,
        focus=PART,
    )


def _option(words: Words, journey: Journey, duty: Duty, option_id: str) -> Option:
    if option_id != _TRUE:
        return Option(option_id, words.tr(f"tell_back.{option_id}"), _OTHERS[option_id])
    text, _ = duty_text(words, journey, duty)
    return Option(option_id, text, "mdi6.office-building-outline", privacy=of_text(journey.definition, duty.term))


def _told(words: Words, journey: Journey, chosen: str) -> Notice:
    if reply_of(chosen) is Reply.RIGHT:
        return Notice("told", words.tr("tell_back.right"), tone=Tone.GOOD, icon="mdi6.check-circle-outline")
    service = journey.definition
    again = " ".join(words.service(service, "what_happens").splitlines())
    return Notice(
        "told", words.tr("tell_back.again"), again, icon="mdi6.chat-question-outline", privacy=service.title_privacy
    )
