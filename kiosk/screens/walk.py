# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The walk of "Ik weet niet waar ik moet zijn" as screens (feature U08): pictures, then who it is and how to get there.

The place is a path of choices such as "geld/toeslag"; where it leads is `domain.walk`'s.
"""

from __future__ import annotations

from domain.service import Privacy, ServiceDefinition
from domain.walk import UNSURE, Owner, Walk, WalkChoice, WalkStep
from kiosk.screens import start
from kiosk.screens.frame import hall_name, page
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Heading, Notice, Paragraph, Part, Tile, Tiles, Tone, View, Weight, Where
from resources.walk_book import WalkBook

WALK = "walk:"  # + choice id


def further(path: str, button: str) -> str:
    """Give the path after a choice was pressed."""
    choice = button.removeprefix(WALK)
    return f"{path}/{choice}" if path else choice


def walk_view(words: Words, book: WalkBook, path: str, call_back: ServiceDefinition | None) -> View:
    """Show the screen at the end of a path; without a walk the municipality helps at once."""
    walk = book.walk
    if walk is None:
        return start.lost_view(words, call_back)
    here = walk.place(tuple(part for part in path.split("/") if part))
    name = f"lost.{path.replace('/', '.')}" if path else "lost"
    if isinstance(here, WalkStep):
        return _step_view(words, book, walk, here, name)
    return _owner_view(words, book, here, name, call_back)


def _step_view(words: Words, book: WalkBook, walk: Walk, step: WalkStep, name: str) -> View:
    title = book.text(words.language, f"step.{step.id}.title")
    tiles = tuple(_tile(words, book, walk, step, choice) for choice in step.choices)
    unsure = Button(WALK + UNSURE, words.tr("walk.unsure"), icon="mdi6.help-circle-outline")
    return page(
        words,
        name,
        (
            Where("where", words.tr("start.lost")),
            Heading("title", title),
            Tiles("choices", tiles),
            ButtonRow("unsure", (unsure,)),
        ),
        title=title,
        is_wide=True,
        focus="choices",
    )


def _tile(words: Words, book: WalkBook, walk: Walk, step: WalkStep, choice: WalkChoice) -> Tile:
    service = _service(words, walk.owner(choice.owner)) if choice.owner else None
    text = book.text(words.language, f"step.{step.id}.choice.{choice.id}")
    if service is None:
        return Tile(WALK + choice.id, text, choice.icon)
    instead = hall_name(words, service)
    return Tile(WALK + choice.id, text, choice.icon, privacy=service.title_privacy, instead=instead)


def _owner_view(words: Words, book: WalkBook, owner: Owner, name: str, call_back: ServiceDefinition | None) -> View:
    service = _service(words, owner)
    privacy = Privacy.PERSONAL if owner.is_personal else service.title_privacy if service else Privacy.OPEN
    title = book.text(words.language, f"owner.{owner.id}.title")
    text = words.fill(book.text(words.language, f"owner.{owner.id}.text"))
    parts: list[Part] = [
        Where("where", words.tr("start.lost")),
        Heading("title", title, privacy, hall_name(words, service) if service is not None else ""),
        Paragraph("text", text, privacy=privacy),
    ]
    if service is not None:
        go = Button(
            start.SERVICE + service.id,
            words.service(service, "tile"),
            icon=service.icon,
            weight=Weight.PRIMARY,
            privacy=service.title_privacy,
            instead=hall_name(words, service),
        )
        parts += [ButtonRow("go", (go,)), Paragraph("or_call", words.tr("walk.or_call"), is_soft=True)]
    else:
        parts += [_call(words, owner), *start.call_back_row(words, call_back)]
    window_title = title if privacy is Privacy.OPEN else words.tr("start.lost")
    return page(words, name, tuple(parts), title=window_title, focus="go" if service is not None else "")


def _call(words: Words, owner: Owner) -> Notice:
    """Say whom to call: the organisation itself, or the municipality, which helps the visitor on."""
    own = words.place.service_settings.get("walk", {}).get(f"phone_{owner.id}", owner.phone)
    phone = own or words.place.phone
    text = words.tr("walk.we_help_you_there" if own else "walk.we_are_your_contact")
    return Notice("call", words.tr("walk.call", phone=phone), text, tone=Tone.HUMAN, icon="mdi6.phone")


def _service(words: Words, owner: Owner) -> ServiceDefinition | None:
    """Give the service of an owner; a service that is closed today leads to the municipality's number instead."""
    return next((found for found in words.library.services if found.id == owner.service), None)
