# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The collection of all screens is whole, and a sample has no fault in any language; for all of it: `make screens`."""

import ast
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import kiosk.showing
from commands.all_screens import Station, appearance
from commands.screen_runs import Setting, check_here, languages_here
from kiosk.spots import STEPS
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary
from tests.stations import all_stations

SAMPLE = 10  # screens a language
SETTINGS = [(window, language) for window in ("landscape", "portrait") for language in languages_here()]


@pytest.fixture(scope="module")
def stations() -> list[Station]:
    return list(all_stations())


def places_of_the_program() -> set[str]:
    """Give every place that has a screen, as the code names them."""
    tree = ast.parse(Path(kiosk.showing.__file__).read_text(encoding="utf-8"))
    return {
        pattern.value.value
        for pattern in ast.walk(tree)
        if isinstance(pattern, ast.MatchValue)
        and isinstance(pattern.value, ast.Constant)
        and isinstance(pattern.value.value, str)
    }


def test_every_place_of_a_visit_has_a_screen_in_the_collection(stations: list[Station]) -> None:
    places = places_of_the_program()

    assert {"start", "human", "keeping"} <= places
    assert (places | STEPS | {"service", "confirmation"}) - {station.spot for station in stations} == set()


def test_every_question_of_every_service_is_in_the_collection(stations: list[Station]) -> None:
    texts = {appearance(station.view(Preferences())) for station in stations}
    words = " ".join(texts)
    library = ServiceLibrary.load()
    gone = [
        f"{service.id}.{question.id}"
        for service in library.services
        for question in service.questions
        if repr(library.text(service.id, "nl", f"question.{question.id}.title")[0])[1:-1] not in words
    ]

    assert gone == []


def test_no_two_screens_of_the_collection_look_the_same(stations: list[Station]) -> None:
    seen = [appearance(station.view(Preferences())) for station in stations]

    assert len(seen) == len(set(seen))
    assert len(seen) > 500


def longest(stations: list[Station], language: str, count: int) -> list[Station]:
    """Give the screens with the most to fit: the longest words and the most text, always the same ones."""

    def weight(station: Station) -> tuple[int, int]:
        shown = appearance(station.view(Preferences(language=language)))
        return max((len(word) for word in shown.split()), default=0), len(shown)

    by_word = sorted(stations, key=weight, reverse=True)[: count // 2]
    by_length = sorted(stations, key=lambda station: weight(station)[1], reverse=True)[: count - count // 2]
    return [*by_word, *(station for station in by_length if station not in by_word)]


@pytest.mark.parametrize(("window", "language"), SETTINGS)
def test_the_fullest_screens_fit_at_the_largest_size(
    qtbot: QtBot, stations: list[Station], window: str, language: str
) -> None:
    sample = longest(stations, language, SAMPLE)

    assert [str(fault) for fault in check_here(sample, Setting(language, "170", window))] == []


@pytest.mark.parametrize(
    "preferences",
    [{"is_spaced": True}, {"is_low": True}, {"is_spaced": True, "is_low": True}],
    ids="-".join,
)
def test_the_fullest_screens_fit_set_wide_apart_and_within_reach_of_who_sits(
    qtbot: QtBot, stations: list[Station], preferences: dict[str, bool]
) -> None:
    sample = longest(stations, "nl", SAMPLE)

    for size in ("100", "130"):
        setting = Setting("nl", size, "portrait")
        assert [str(fault) for fault in check_here(sample, setting, **preferences)] == []
