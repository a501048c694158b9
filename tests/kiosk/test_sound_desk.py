# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page about listening and the practice of keys: they stand over a screen and change nothing behind it."""

import hashlib
from dataclasses import replace

import pytest

from domain.key_names import KeyAction
from domain.service import Privacy
from kiosk.effects import ChangeVolume, EndVisit, ReadAgain, RepeatPart, SayParts, SayText, SayWhere
from kiosk.navigator import Navigator
from kiosk.screens.start import SERVICE
from kiosk.screens.where import where_parts
from kiosk.view import (
    AGAIN,
    BACK,
    EAR,
    EARLIER,
    FASTER,
    FURTHER,
    HUMAN,
    LANGUAGE,
    LEAVE,
    LOUDER,
    NEXT,
    PRACTISE,
    READ,
    SCREEN,
    SIZE,
    SLOWER,
    SOFTER,
    SOUND,
    STOP,
    TRIED,
    Chose,
    Heading,
    Notice,
    Paragraph,
    Pressed,
    View,
    Where,
)
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of


@pytest.fixture
def navigator() -> Navigator:
    """Give a visitor at a question, with a wrong answer on the screen."""
    made = Navigator(library(), texts_of, PLACE, FakeClock())
    for event in (Pressed(SERVICE + "bel"), Pressed(NEXT), Chose("answer", "mijzelf"), Pressed(NEXT)):
        made.handle(event)
    made.handle(Pressed(NEXT))  # nothing chosen: the screen says what to do
    assert made.view.name == "bel.onderwerp"
    return made


def notice(view: View, part_id: str) -> Notice:
    return next(part for part in view.parts if isinstance(part, Notice) and part.id == part_id)


def fingerprint(navigator: Navigator) -> str:
    """Hash all that a visit knows, without the page that stands over it."""
    known = {name: repr(value) for name, value in vars(navigator).items() if name not in ("sound_desk", "desk")}
    return hashlib.sha256(repr(sorted(known.items())).encode()).hexdigest()


def test_help_says_where_one_is_and_what_can_be_done_there(navigator: Navigator) -> None:
    effects = navigator.handle(Pressed(SOUND))

    here = notice(navigator.view, "here")
    assert here.text == "Bel mij terug · vraag 2\nWaar gaat het over?"
    can = next(part.text for part in navigator.view.parts if isinstance(part, Paragraph) and part.id == "can")
    assert can.startswith("Hier kiest u uit ")
    assert can.endswith("Onderaan staan deze knoppen: Terug, Hulp van een mens, Stoppen, Verder.")
    assert effects == (SayParts(("title", "here", "can", EAR, "keys")),)


def test_help_tells_who_never_heard_it_what_the_keys_do_and_how_to_leave_at_once(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))

    keys = next(part.text for part in navigator.view.parts if isinstance(part, Paragraph) and part.id == "keys")
    assert keys.startswith("Met pijl omlaag gaat u verder. Met OK kiest u.")
    assert keys.endswith("2 tellen vast? Dan gaat u snel weg.")


def test_back_leads_to_exactly_where_one_was(navigator: Navigator) -> None:
    before, state = navigator.view, fingerprint(navigator)
    navigator.handle(Pressed(SOUND))
    assert navigator.view.is_over
    effects = navigator.handle(Pressed(BACK))

    assert navigator.view == before
    assert fingerprint(navigator) == state
    assert effects == (SayWhere(),)


@pytest.mark.parametrize("leaves", [HUMAN, LANGUAGE, STOP])
def test_what_leads_elsewhere_leaves_the_page(navigator: Navigator, leaves: str) -> None:
    navigator.handle(Pressed(SOUND))
    navigator.handle(Pressed(leaves))
    assert not navigator.view.is_over or leaves == LANGUAGE
    assert navigator.view.name in ("human", "language", "stop")
    navigator.handle(Pressed(BACK))

    assert navigator.view.name == "bel.onderwerp"


def test_snel_weg_leaves_from_the_page_and_from_practice(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))
    assert any(isinstance(effect, EndVisit) for effect in navigator.handle(Pressed(LEAVE)))
    navigator.handle(Pressed(PRACTISE))
    assert any(isinstance(effect, EndVisit) for effect in navigator.handle(Pressed(LEAVE)))


def test_tools_for_the_eye_work_on_the_page(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))
    before = navigator.preferences.text_size
    navigator.handle(Pressed(SIZE))

    assert navigator.view.name == "sound"
    assert navigator.preferences.text_size is not before


def test_the_ear_reads_the_screen_from_the_top_and_never_turns_reading_off(navigator: Navigator) -> None:
    for _ in range(2):
        navigator.handle(Pressed(SOUND))
        assert navigator.handle(Pressed(EAR)) == (ReadAgain(),)
        assert navigator.preferences.is_reading
        assert navigator.view.name == "bel.onderwerp"


@pytest.mark.parametrize(("button", "by"), [(AGAIN, 0), (EARLIER, -1), (FURTHER, 1)])
def test_a_piece_is_said_again(navigator: Navigator, button: str, by: int) -> None:
    assert navigator.handle(Pressed(button)) == (RepeatPart(by),)


def test_five_speeds_and_no_more(navigator: Navigator) -> None:
    rates = []
    for button in (FASTER, FASTER, FASTER, SLOWER, SLOWER, SLOWER, SLOWER, SLOWER):
        (said,) = navigator.handle(Pressed(button))
        rates.append(navigator.preferences.speech_rate)
        assert said == SayText(f"Snelheid: {rates[-1]} van 5")

    assert rates == [4, 5, 5, 4, 3, 2, 1, 1]


def test_how_loud_it_is_comes_from_the_ear_and_is_shown(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))
    assert navigator.handle(Pressed(LOUDER)) == (ChangeVolume(1),)
    assert navigator.handle(Pressed(SOFTER)) == (ChangeVolume(-1),)
    assert navigator.sound_desk.volume_changed(4) == (SayText("Geluid: 4 van 5"),)
    assert "Geluid: 4 van 5" in [part.text for part in navigator.view.parts if isinstance(part, Paragraph)]


def test_a_dark_screen_always_has_a_voice(navigator: Navigator) -> None:
    found = []
    for button in (SCREEN, READ, SCREEN, SCREEN):
        navigator.handle(Pressed(button))
        found.append((navigator.preferences.is_screen_off, navigator.preferences.is_reading))

    assert found == [(True, True), (False, False), (True, True), (False, True)]


def test_practising_says_every_key_and_changes_nothing(navigator: Navigator) -> None:
    before, state = navigator.view, fingerprint(navigator)
    navigator.handle(Pressed(SOUND))
    navigator.handle(Pressed(PRACTISE))
    assert navigator.view.is_trying_keys
    for action in KeyAction:
        effects = navigator.handle(Pressed(TRIED + action.value))
        assert effects == (SayParts(("key",)),)
        said = notice(navigator.view, "key")
        assert said.title
        assert said.text
        assert fingerprint(navigator) == state
    navigator.handle(Pressed(TRIED + "other"))
    assert notice(navigator.view, "key").title == "Deze toets doet niets"
    navigator.handle(Pressed(BACK))
    navigator.handle(Pressed(BACK))

    assert navigator.view == before
    assert fingerprint(navigator) == state


def test_help_twice_in_a_row_ends_the_practice_and_once_does_not(navigator: Navigator) -> None:
    navigator.handle(Pressed(PRACTISE))
    for key in ("help", "up", "help", "ok"):
        navigator.handle(Pressed(TRIED + key))
        assert navigator.view.is_trying_keys
    navigator.handle(Pressed(TRIED + "help"))
    navigator.handle(Pressed(TRIED + "help"))

    assert navigator.view.name == "sound"


def test_the_screen_that_warns_stands_over_the_page_too(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))
    navigator.warn_idle(60)
    assert navigator.view.name == "idle"
    navigator.stay()

    assert navigator.view.name == "sound"


def test_a_visit_with_the_page_open_is_not_untouched() -> None:
    navigator = Navigator(library(), texts_of, PLACE, FakeClock())
    assert navigator.is_untouched
    navigator.handle(Pressed(SOUND))

    assert not navigator.is_untouched


def test_where_one_is_is_as_private_as_the_screen_itself() -> None:
    texts = texts_of("nl")
    under = View("x", "x", (Where("where", "Problemen met geld", Privacy.PERSONAL), Heading("title", "Hoeveel?")))
    words = replace(Navigator(library(), texts_of, PLACE, FakeClock()).words, texts=texts)
    (here, _can) = where_parts(words, under)

    assert isinstance(here, Notice)
    assert here.privacy is Privacy.PERSONAL


def test_nothing_stands_over_a_screen_that_tells_what_became_of_the_case(navigator: Navigator) -> None:
    navigator.handle(Pressed(SOUND))
    navigator.filing_failed()

    assert navigator.view.name == "failure"
