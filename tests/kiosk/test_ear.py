# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Going through a screen piece by piece, also after something stood over it, and at five speeds."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.ear import ScreenEar
from kiosk.speech.playback import SilentOutput
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.view import Choices, Heading, Option, Paragraph, View
from tests.kiosk.speech.fakes import FakeVoice

PAGE = View(
    "page",
    "Bladzijde",
    (
        Heading("title", "Waar gaat het over?"),
        Paragraph("help", "Kies er een."),
        Choices("answer", (Option("a", "Geld"), Option("b", "Wonen")), frozenset({"b"})),
        Paragraph("last", "Dat is alles."),
    ),
)
OVER = View("sound", "Geluid", (Heading("title", "Geluid en toetsen"),), is_over=True)


@pytest.fixture
def ear(qtbot: QtBot) -> Iterator[ScreenEar]:
    output = SilentOutput(pace=10_000)
    made = ScreenEar(lambda deliver, listener: Reader(FakeVoice(), output, deliver, listener))
    yield made
    made.close()
    output.close()


def heard(qtbot: QtBot, ear: ScreenEar, act: Callable[[], None]) -> list[str]:
    """Do it and listen to the end."""
    before = len(ear.reader.spoken)
    act()
    qtbot.waitUntil(lambda: not ear.reader.is_reading)
    return [spoken.text for spoken in ear.reader.spoken[before:]]


def test_repeats_the_piece_that_was_said_last_with_its_number_and_state(ear: ScreenEar, qtbot: QtBot) -> None:
    heard(qtbot, ear, lambda: ear.read(PAGE, ("answer.b",)))

    assert heard(qtbot, ear, ear.repeat) == ["Wonen", "Keuze 2 van 2", "Gekozen"]


def test_goes_on_from_the_next_piece_or_the_one_before(ear: ScreenEar, qtbot: QtBot) -> None:
    heard(qtbot, ear, lambda: ear.read(PAGE, ("answer.a",)))
    assert heard(qtbot, ear, lambda: ear.repeat(1)) == ["Wonen", "Keuze 2 van 2", "Gekozen", "Dat is alles."]
    heard(qtbot, ear, lambda: ear.read(PAGE, ("answer.a",)))
    assert heard(qtbot, ear, lambda: ear.repeat(-1))[:2] == ["Kies er een.", "Geld"]


def test_stays_on_the_first_and_the_last_piece(ear: ScreenEar, qtbot: QtBot) -> None:
    heard(qtbot, ear, lambda: ear.read(PAGE))
    assert heard(qtbot, ear, lambda: ear.repeat(1)) == ["Dat is alles."]
    heard(qtbot, ear, lambda: ear.read(PAGE, ("title",)))
    assert heard(qtbot, ear, lambda: ear.repeat(-1))[0] == "Waar gaat het over?"


def test_repeats_the_screen_s_own_piece_after_something_stood_over_it(ear: ScreenEar, qtbot: QtBot) -> None:
    heard(qtbot, ear, lambda: ear.read(PAGE, ("help",)))
    heard(qtbot, ear, lambda: ear.read(OVER))

    assert heard(qtbot, ear, ear.repeat) == ["Kies er een."]


def test_repeats_nothing_before_anything_was_said(ear: ScreenEar, qtbot: QtBot) -> None:
    assert heard(qtbot, ear, ear.repeat) == []


def test_speaks_at_the_speed_that_was_chosen(ear: ScreenEar, qtbot: QtBot) -> None:
    ear.set_rate(5)
    heard(qtbot, ear, lambda: ear.read(replace(PAGE, parts=PAGE.parts[:1])))

    assert ear.reader.rate is Rate.FASTEST


def test_the_last_door_says_no_citizen_service_number_aloud(ear: ScreenEar, qtbot: QtBot) -> None:
    number = "999990019"  # published for testing
    page = View("page", "Bladzijde", (Heading("title", "Klopt dit?"), Paragraph("text", f"Uw nummer is {number}.")))
    said = heard(qtbot, ear, lambda: ear.read(page))
    said += heard(qtbot, ear, lambda: ear.say(f"Er staat {number}", "nl", Privacy.OPEN))
    said += heard(qtbot, ear, lambda: ear.repeat(-1))
    assert "Klopt dit?" in said
    assert not any(number in text for text in said)
