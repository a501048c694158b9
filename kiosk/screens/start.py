# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a visit begins: one question and eight pictures (feature C01), the rest behind "Meer"."""

from __future__ import annotations

from domain.service import ServiceDefinition
from kiosk.screens.frame import hall_name, page
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Heading, Notice, Paragraph, Tile, Tiles, Tone, View

MORE = "start.more"
LOST = "start.lost"
STATUS = "start.status"
LATER = "start.later"
SERVICE = "service:"  # + service id


def start_view(words: Words) -> View:
    """Greet, ask one question, show the tiles of the first page."""
    moment = "morning" if words.hour < 12 else "afternoon" if words.hour < 18 else "evening"
    more = [Button(MORE, words.tr("start.more"), icon="mdi6.apps")] if _others(words) else []
    later = [Button(LATER, words.tr("start.later"), icon="mdi6.key-outline")] if words.place.draft_days else []
    return page(
        words,
        "start",
        (
            Heading("title", words.tr(f"start.greeting_{moment}")),
            Tiles("services", tuple(_tile(words, service) for service in words.library.tiles())),
            ButtonRow(
                "other",
                (
                    *more,
                    Button(LOST, words.tr("start.lost"), icon="mdi6.compass-outline"),
                    Button(STATUS, words.tr("start.status"), icon="mdi6.progress-clock"),
                    *later,
                ),
                fills=True,
            ),
        ),
        title=words.tr("start.window"),
        has_back=False,
        has_stop=False,
        is_wide=True,
        note=words.tr(f"start.{words.place.visit_before or 'nothing_kept'}"),
        focus="services",
    )


def more_view(words: Words) -> View:
    """Show the services that have no place on the first page."""
    return page(
        words,
        "more",
        (
            Heading("title", words.tr("more.title")),
            Tiles("services", tuple(_tile(words, service) for service in _others(words))),
        ),
        title=words.tr("more.title"),
        is_wide=True,
        focus="services",
    )


def lost_view(words: Words, call_back: ServiceDefinition | None) -> View:
    """Say who helps somebody who does not know where to be; it always ends at a person."""
    return _person_page(words, "lost", words.tr("lost.title"), words.tr("lost.text"), call_back)


def human_view(words: Words, call_back: ServiceDefinition | None) -> View:
    """Bring in a person: now at a connected desk, else where and when (feature C23)."""
    key = "human.coming" if words.place.desk_is_connected else "human.where"
    return _person_page(words, "human", words.tr("human.title"), words.tr(key), call_back)


def _person_page(words: Words, name: str, title: str, text: str, call_back: ServiceDefinition | None) -> View:
    """Lead to a person: who it is, where, and a call back."""
    return page(
        words,
        name,
        (Heading("title", title), Paragraph("text", text), person(words), *call_back_row(words, call_back)),
        title=title,
    )


def closed_view(words: Words) -> View:
    """Say that a service does not work here today, and who helps instead."""
    return page(
        words,
        "closed",
        (
            Heading("title", words.tr("closed.title")),
            Paragraph("text", words.tr("closed.text")),
            person(words),
        ),
        title=words.tr("closed.title"),
    )


def person(words: Words) -> Notice:
    """Say how to reach a person."""
    return Notice(
        "person", words.tr("human.person"), words.tr("human.reach"), tone=Tone.HUMAN, icon="mdi6.account-voice"
    )


def call_back_row(words: Words, service: ServiceDefinition | None) -> tuple[ButtonRow, ...]:
    """Give the button to be called back, where that is offered."""
    if service is None:
        return ()
    button = Button(SERVICE + service.id, words.service(service, "tile"), icon=service.icon)
    return (ButtonRow("call_back", (button,)),)


def _others(words: Words) -> tuple[ServiceDefinition, ...]:
    first = {service.id for service in words.library.tiles()}
    return tuple(service for service in words.library.services if service.id not in first)


def _tile(words: Words, service: ServiceDefinition) -> Tile:
    return Tile(
        SERVICE + service.id,
        words.service(service, "tile"),
        service.icon,
        privacy=service.title_privacy,
        instead=hall_name(words, service),
    )
