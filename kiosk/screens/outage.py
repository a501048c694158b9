# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a service that the municipality closed for now: what is the matter, since when known, and the other road.

Nothing can be begun here. Whether a service is closed is for `kiosk.showing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.journey import Journey
from domain.outage import SOURCE, Closure, Outage
from domain.service import ServiceDefinition
from i18n.pseudo import PSEUDO
from i18n.stretches import only_dutch
from kiosk.screens.deal import bring
from kiosk.screens.frame import page, passing_name
from kiosk.screens.rehearsal import phone_card_parts
from kiosk.screens.service_page import CHANNEL_ICONS, FOLDS, PHONE_CARD
from kiosk.screens.start import call_back_row, person
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Card, CardLine, Columns, Heading, Notice, Paragraph, Part, View, Where

HERE = ZoneInfo("Europe/Amsterdam")


def outage_view(
    words: Words,
    journey: Journey,
    outage: Outage,
    call_back: ServiceDefinition | None,
    unfolded: str = "",
    sheets: Mapping[str, str] = MappingProxyType({}),
) -> View:
    """Say calmly that this cannot be done now, and how it can."""
    service = journey.definition
    privacy = service.title_privacy
    there = _where(words, outage.closure)
    heard = words.tr("outage.heard", date=words.day(outage.heard_at.astimezone(HERE).date()))
    is_card = unfolded == PHONE_CARD
    parts: list[Part] = [
        Where("where", passing_name(words, service)),
        Heading("title", words.tr("outage.title")),
        # The municipality's own sentence names what it is about: in the hall it stays as private as the title.
        Notice("outage", closure_text(words, outage.closure), icon="mdi6.information-outline", privacy=privacy),
        Paragraph("heard", heard, is_soft=True),
        person(there),
        _roads(there, service, outage.closure),
        *bring(words, journey),
        ButtonRow("folds", (Button(PHONE_CARD, words.tr(PHONE_CARD), icon=FOLDS[PHONE_CARD], is_on=is_card),)),
        *(phone_card_parts(words, service, sheets) if is_card else ()),
        *call_back_row(words, call_back),
        Paragraph("rest", words.tr("outage.rest"), is_soft=True),
    ]
    return page(
        words,
        f"{service.id}.outage",
        tuple(parts),
        title=words.tr("outage.title"),
        has_stop=False,
        is_wide=True,
    )


def closure_text(words: Words, closure: Closure) -> str:
    """Give the municipality's sentence in the visitor's language; marked Dutch where it has none."""
    own = closure.texts.get(words.language)
    if own is not None:
        return own
    dutch = closure.texts[SOURCE]
    return dutch if words.language == PSEUDO else only_dutch(dutch)


def _where(words: Words, closure: Closure) -> Words:
    """Give the words with the number and the desk of this closure, where it names them."""
    place = words.place
    return replace(words, place=replace(place, phone=closure.phone or place.phone, desk=closure.desk or place.desk))


def _roads(words: Words, service: ServiceDefinition, closure: Closure) -> Columns:
    lines = []
    for channel in service.channels:
        phone = closure.phone or channel.phone
        values = {"phone": phone} if phone else {}
        text = words.service(service, f"channel.{channel.kind.value}", **values)
        lines.append(CardLine(text, icon=CHANNEL_ICONS[channel.kind.value], privacy=service.title_privacy))
    return Columns("roads", (Card("roads.card", words.tr("outage.roads"), "mdi6.sign-direction", tuple(lines)),))
