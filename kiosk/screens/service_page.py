# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a service is, before anything is asked.

The deal, what to bring, the other roads. Looking writes nothing (C32).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.journey import Journey
from domain.service import LegalEffect, Privacy, ServiceDefinition
from kiosk.screens.deadlines import line_with_dutch
from kiosk.screens.deal import bring, clock_notice, deal
from kiosk.screens.frame import forward, hall_name, page
from kiosk.screens.rehearsal import phone_card_parts
from kiosk.screens.words import Words
from kiosk.view import (
    NEXT,
    Button,
    ButtonRow,
    Card,
    CardLine,
    Columns,
    Heading,
    Notice,
    Paragraph,
    Part,
    Tone,
    View,
    Where,
)

OTHER_ROADS = "service.other_roads"
WHAT_HAPPENS = "service.what_happens"
PHONE_CARD = "service.phone_card"
FOLDS = {
    OTHER_ROADS: "mdi6.sign-direction",
    WHAT_HAPPENS: "mdi6.format-list-numbered",
    PHONE_CARD: "mdi6.message-text-outline",
}
CHANNEL_ICONS = {"phone": "mdi6.phone-outline", "desk": "mdi6.map-marker-outline", "post": "mdi6.email-outline"}


def service_view(
    words: Words, journey: Journey, unfolded: str = "", sheets: Mapping[str, str] = MappingProxyType({})
) -> View:
    """Show the service page; one of `FOLDS` may be unfolded."""
    service = journey.definition
    parts: list[Part] = [
        Where("where", words.tr("where.service")),
        Heading("title", words.title(service), service.title_privacy, hall_name(words, service)),
        Paragraph("event", words.service(service, "event"), privacy=service.title_privacy),
        *clock_notice(words),
        deal(words, journey),
    ]
    if service.legal_effect is not LegalEffect.NONE:
        effect = words.service(service, "effect")
        privacy = service.title_privacy
        parts.append(Notice("effect", effect, tone=Tone.WARN, icon="mdi6.information-outline", privacy=privacy))
    parts.extend(bring(words, journey))
    folds = tuple(Button(fold, words.tr(fold), icon=icon, is_on=fold == unfolded) for fold, icon in FOLDS.items())
    parts.append(ButtonRow("folds", folds))
    if unfolded == PHONE_CARD:
        parts.extend(phone_card_parts(words, service, sheets))
    elif unfolded:
        parts.append(_unfolded(words, service, unfolded))
    return page(
        words,
        f"{service.id}.service",
        tuple(parts),
        title=words.title(service) if service.title_privacy is Privacy.OPEN else hall_name(words, service),
        primary=forward(words, "bar.start"),
        has_stop=False,
        is_wide=True,
        focus=NEXT,
    )


def _unfolded(words: Words, service: ServiceDefinition, fold: str) -> Columns:
    if fold == OTHER_ROADS:
        lines = [
            CardLine(
                words.service(
                    service, f"channel.{channel.kind.value}", **({"phone": channel.phone} if channel.phone else {})
                ),
                icon=CHANNEL_ICONS[channel.kind.value],
            )
            for channel in service.channels
        ]
    else:
        lines = [CardLine(line, icon="mdi6.check") for line in words.service(service, "what_happens").splitlines()]
        how_long = line_with_dutch(words, service, "how_long", lambda asked: asked.service(service, "how_long"))
        lines.append(CardLine(how_long, icon="mdi6.clock-outline"))
        lines.append(CardLine(words.service(service, "who"), icon="mdi6.account-outline"))
        if words.has(service, "good_to_know"):
            lines.append(CardLine(words.service(service, "good_to_know"), icon="mdi6.lightbulb-on-outline"))
    private = tuple(replace(line, privacy=service.title_privacy) for line in lines)
    return Columns("unfolded", (Card("unfolded.card", words.tr(fold), FOLDS[fold], private),))
