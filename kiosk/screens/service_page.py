# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a service is, before anything is asked.

The deal, what to bring, the other roads. Looking writes nothing (C32).
"""

from __future__ import annotations

from domain.journey import Journey
from domain.service import LegalEffect
from kiosk.screens.deal import bring, deal
from kiosk.screens.frame import forward, page
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
CHANNEL_ICONS = {"phone": "mdi6.phone-outline", "desk": "mdi6.map-marker-outline", "post": "mdi6.email-outline"}


def service_view(words: Words, journey: Journey, *, shows_roads: bool) -> View:
    """Show the service page; `shows_roads` unfolds "Bellen, langskomen of een brief?"."""
    service = journey.definition
    parts: list[Part] = [
        Where("where", words.tr("where.service")),
        Heading("title", words.title(service)),
        Paragraph("event", words.service(service, "event")),
        deal(words, journey),
        Paragraph("how_long", words.service(service, "how_long")),
    ]
    if service.legal_effect is not LegalEffect.NONE:
        effect = words.service(service, "effect")
        parts.append(Notice("effect", effect, tone=Tone.WARN, icon="mdi6.information-outline"))
    parts.extend(bring(words, journey))
    parts.append(
        ButtonRow(
            "roads_row",
            (
                Button(
                    OTHER_ROADS,
                    words.tr("service.other_roads"),
                    icon="mdi6.sign-direction",
                    is_on=shows_roads,
                ),
            ),
        )
    )
    if shows_roads:
        lines = tuple(
            CardLine(
                words.service(
                    service, f"channel.{channel.kind.value}", **({"phone": channel.phone} if channel.phone else {})
                ),
                icon=CHANNEL_ICONS[channel.kind.value],
            )
            for channel in service.channels
        )
        parts.append(
            Columns("roads", (Card("roads.card", words.tr("service.other_roads"), "mdi6.sign-direction", lines),))
        )
    return page(
        words,
        f"{service.id}.service",
        tuple(parts),
        title=words.title(service),
        primary=forward(words, "bar.start"),
        has_stop=False,
        is_wide=True,
        focus=NEXT,
    )
