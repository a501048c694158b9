# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The deal as screens and paper show it: who does what, each with a date (feature U01), and what to bring (C31)."""

from __future__ import annotations

from datetime import date

from domain.journey import Journey
from domain.service import Duty, Privacy, ServiceDefinition, Side
from domain.text_privacy import of_text
from kiosk.screens.deadlines import line_with_dutch
from kiosk.screens.words import Words
from kiosk.view import Card, CardLine, Columns, Notice, Picture, Pictures


def duty_text(words: Words, journey: Journey, duty: Duty) -> tuple[str, str]:
    """Word one duty; give the sentence and the date in it (empty when it has none)."""
    day = journey.due(duty.term) if duty.term else None
    if duty.term is not None and day is None:
        return words.service(journey.definition, f"duty_no_date.{duty.id}", name=words.place.municipality), ""
    date_text = words.counted_day(day, duty.term) if day else ""
    service, key, name = journey.definition, f"duty.{duty.id}", words.place.municipality
    if day is None:
        return words.service(service, key, date="", name=name), ""
    text = line_with_dutch(
        words,
        service,
        key,
        lambda asked: asked.service(service, key, date=asked.counted_day(day, duty.term), name=name),
    )
    return text, date_text


def deal(words: Words, journey: Journey) -> Columns:
    """Give the two columns "Dit doet u" and "Dit doen wij"."""
    cards = []
    for side, key, icon in (
        (Side.CITIZEN, "service.you_do", "mdi6.account-outline"),
        (Side.GOVERNMENT, "service.we_do", "mdi6.office-building-outline"),
    ):
        lines = []
        for duty in journey.duties:
            if duty.side is side:
                text, strong = duty_text(words, journey, duty)
                privacy = of_text(journey.definition, duty.term)
                lines.append(CardLine(text, icon="mdi6.check", strong=strong, privacy=privacy))
        cards.append(Card(f"deal.{side.value}", words.tr(key), icon, tuple(lines)))
    return Columns("deal", tuple(cards))


def date_line(words: Words, today: date) -> str:
    """Say when a paper was made, or that the clock does not know."""
    if words.place.is_clock_doubtful:
        return words.tr("clock.title")
    return words.tr("receipt.date_line", date=words.day(today))


def clock_notice(words: Words) -> tuple[Notice, ...]:
    """Say that the device does not know the day; nothing when it does."""
    if not words.place.is_clock_doubtful:
        return ()
    return (Notice("clock", words.tr("clock.title"), words.tr("clock.text"), icon="mdi6.clock-alert-outline"),)


def bring(words: Words, journey: Journey) -> tuple[Pictures, ...]:
    """Give what to bring, with what to do without it; nothing when there is nothing."""
    if not journey.bring:
        return ()
    service = journey.definition
    pictures = tuple(
        Picture(
            f"bring.{item.id}",
            item.icon,
            words.service(service, f"bring.{item.id}.title"),
            words.service(service, f"bring.{item.id}.otherwise"),
            privacy=service.title_privacy,
        )
        for item in journey.bring
    )
    return (Pictures("bring", words.tr("service.bring"), pictures),)


def owner_text(words: Words, service: ServiceDefinition) -> str:
    """Say whom to ask for; nothing where the name of the people alone would tell what it is about."""
    if service.title_privacy is not Privacy.OPEN:
        return ""
    return words.tr("receipt.owner", owner=service.owner)
