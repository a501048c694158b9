# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nobody who is lost stays lost: whatever is chosen, the walk ends at an owner with a contact (feature U08)."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from domain.service import Privacy
from domain.walk import MOST_SCREENS, UNSURE, Owner, Walk, WalkStep
from i18n import plain_dutch
from kiosk.screens.walk import walk_view
from kiosk.speech.reading import utterances
from kiosk.view import BACK, HUMAN, Heading, Notice, Paragraph, Pressed, Tiles
from resources.icons import has_icon
from resources.walk_book import WALK, WalkBook
from tests.journeys.citizen import PLACE, Citizen, library

BOOK = WalkBook()


def our_walk() -> Walk:
    assert BOOK.walk is not None, BOOK.error
    return BOOK.walk


def roads(walk: Walk, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Give every way through the walk."""
    here = walk.place(path)
    if isinstance(here, Owner):
        return [path]
    return [road for choice in (*(item.id for item in here.choices), UNSURE) for road in roads(walk, (*path, choice))]


def has_contact(owner: Owner) -> bool:
    """Tell whether there is a service here, or a number that can be called."""
    is_here = any(service.id == owner.service for service in library().services)
    return is_here or bool(owner.phone or PLACE.phone)


def test_every_one_of_ten_thousand_random_walks_ends_at_an_owner_with_a_contact() -> None:
    walk, chance = our_walk(), random.Random(20261121)
    ends = set()
    for _ in range(10_000):
        path: tuple[str, ...] = ()
        here = walk.place(path)
        while isinstance(here, WalkStep):
            assert len(path) < MOST_SCREENS
            path = (*path, chance.choice([*(choice.id for choice in here.choices), UNSURE]))
            here = walk.place(path)
        assert has_contact(here), path
        ends.add(here.id)

    assert ends == {owner.id for owner in walk.owners}


def test_every_service_that_an_owner_names_is_here() -> None:
    here = {service.id for service in library().services}

    assert {owner.service for owner in our_walk().owners if owner.service} <= here


def test_every_picture_exists_and_no_two_on_a_screen_are_the_same() -> None:
    walk = our_walk()

    assert all(has_icon(owner.icon) for owner in walk.owners)
    for step in walk.steps:
        icons = [choice.icon for choice in step.choices]
        assert all(has_icon(icon) for icon in icons), step.id
        assert len(set(icons)) == len(icons), step.id


def test_every_text_is_plain() -> None:
    texts = [BOOK.text("nl", key) for step in our_walk().steps for key in [f"step.{step.id}.title"]]
    texts += [BOOK.text("nl", f"owner.{owner.id}.{name}") for owner in our_walk().owners for name in ("title", "text")]
    figures = plain_dutch.measure(texts)

    assert figures.flesch_douma >= 70
    assert figures.longest_sentence <= 15
    assert not [found for text in texts for found in plain_dutch.refused_words(text)]


@pytest.mark.parametrize("road", roads(our_walk()), ids="/".join)
def test_walks_on_screens_to_a_service_or_a_number(road: tuple[str, ...]) -> None:
    citizen = Citizen().press("start.lost")
    for choice in road:
        tiles = [tile.id for part in citizen.view.parts if isinstance(part, Tiles) for tile in part.tiles]
        assert f"walk:{choice}" in [*tiles, *citizen.buttons()]
        citizen.press(f"walk:{choice}")

    owner = our_walk().place(road)
    assert isinstance(owner, Owner)
    assert citizen.view.name == "lost." + ".".join(road)
    assert HUMAN in citizen.buttons()
    if owner.service:
        citizen.press(f"service:{owner.service}")
        assert citizen.view.name == f"{owner.service}.service"
    else:
        call = citizen.part("call")
        assert isinstance(call, Notice)
        assert (owner.phone or PLACE.phone) in call.title


def test_goes_back_screen_by_screen() -> None:
    citizen = Citizen().press("start.lost").press("walk:geld").press("walk:belasting")

    names = [citizen.press(BACK).view.name for _ in range(3)]

    assert names == ["lost.geld", "lost", "start"]


def test_gives_the_number_of_the_settings_where_there_is_one() -> None:
    place = replace(PLACE, service_settings={"walk": {"phone_uwv": "0123 000 000"}})
    citizen = Citizen(place=place).press("start.lost").press("walk:werk").press("walk:ziek")

    call = citizen.part("call")
    assert isinstance(call, Notice)
    assert "0123 000 000" in call.title


def test_leads_to_the_municipality_when_the_service_is_closed_today() -> None:
    citizen = Citizen()
    words = citizen.navigator.words
    services = tuple(service for service in library().services if service.id != "verhuizen")
    closed = replace(words, library=type(library())(library().folder, services, (), {}, {}))

    view = walk_view(closed, BOOK, "huis/verhuizen", None)

    call = next(part for part in view.parts if isinstance(part, Notice))
    assert PLACE.phone in call.title


def test_helps_at_once_when_the_walk_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "walk.toml").write_text("[[step]]\n", encoding="utf-8")
    words = Citizen().navigator.words

    view = walk_view(words, WalkBook(tmp_path), "", None)

    assert view.name == "lost"
    assert any(PLACE.phone in part.text for part in view.parts if isinstance(part, Notice))


def test_keeps_from_the_hall_what_is_personal() -> None:
    citizen = Citizen().press("start.lost").press("walk:gevaar").press("walk:thuis")

    heading = citizen.part("title")
    text = citizen.part("text")
    assert isinstance(heading, Heading)
    assert isinstance(text, Paragraph)
    assert (heading.privacy, text.privacy) == (Privacy.PERSONAL, Privacy.PERSONAL)


def test_says_every_choice_aloud() -> None:
    citizen = Citizen()
    citizen.navigator.handle(Pressed("start.lost"))

    said = " ".join(utterance.text for utterance in utterances(citizen.view))

    for choice in our_walk().steps[0].choices:
        assert BOOK.text("nl", f"step.begin.choice.{choice.id}") in said
    assert "Ik weet het niet" in said


def test_keeps_its_words_in_the_folder_of_the_walk() -> None:
    assert {path.name for path in WALK.iterdir()} >= {"walk.toml", "nl.toml"}
