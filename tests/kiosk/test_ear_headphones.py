# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ear falls silent on the thread that hears of the headphones, and tells the window afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.devices.sound_place import NOWHERE, SoundPlace
from kiosk.ear import ScreenEar
from kiosk.speech.privacy import Route
from kiosk.speech.reader import Reader
from kiosk.speech.utterance import Utterance
from kiosk.speech.volume import Volume
from kiosk.view import Heading, Paragraph, View
from tests.kiosk.speech.fakes import FakeOutput, FakeVoice

HALL = SoundPlace("hdmi", is_there=True)
PHONES = SoundPlace("usb", is_headphones=True, is_there=True)
VIEW = View(
    "page", "Een vraag", (Heading("title", "Uw schuld"), Paragraph("sum", "Tien euro.", privacy=Privacy.PERSONAL))
)


class Listener:
    """An ear with an output in the hand."""

    def __init__(self) -> None:
        self.output = FakeOutput()
        self.place = PHONES
        self.told: list[bool] = []
        self.ear = ScreenEar(
            lambda deliver, listener: Reader(FakeVoice(), self.output, deliver, listener, route=self.route),
            self.route,
            Volume(3),
        )
        self.ear.tell_headphones(self.told.append)

    def route(self) -> Route:
        return Route.HEADPHONES if self.place.is_headphones else Route.LOUDSPEAKER

    def change(self, place: SoundPlace) -> None:
        """Let another thread hear of the change, as the sound server's does."""
        before, self.place = self.place, place
        thread = threading.Thread(target=self.ear.place_changed, args=(before, place))
        thread.start()
        thread.join(5)


@pytest.fixture
def listener(qtbot: QtBot) -> Iterator[Listener]:
    made = Listener()
    yield made
    made.ear.close()


def test_is_silent_before_the_window_hears_of_it(listener: Listener, qtbot: QtBot) -> None:
    listener.ear.reader.say((Utterance("sum", "Tien euro.", "nl", Privacy.PERSONAL),))
    listener.output.wait_for_clip(1)
    assert listener.output.private == [True]
    listener.change(HALL)
    assert not listener.output.is_playing
    assert not listener.ear.is_speaking
    assert listener.told == []
    qtbot.waitUntil(lambda: listener.told == [False])


@pytest.mark.parametrize(("before", "after"), [(NOWHERE, HALL), (HALL, NOWHERE)])
def test_speaks_on_when_the_loudspeaker_only_moves(listener: Listener, before: SoundPlace, after: SoundPlace) -> None:
    listener.place = before
    listener.ear.read(VIEW)
    listener.output.wait_for_clip(1)
    listener.change(after)
    assert listener.output.is_playing


def test_says_a_first_sentence_before_the_view(listener: Listener) -> None:
    listener.ear.read(VIEW, first="De koptelefoon werkt.")
    listener.output.wait_for_clip(1)
    assert [each.text for each in listener.ear.reader.queue][:2] == ["De koptelefoon werkt.", "Uw schuld"]


def test_volume_goes_in_steps_without_a_pause_and_back_when_headphones_change(listener: Listener) -> None:
    listener.ear.read(VIEW)
    listener.output.wait_for_clip(1)
    assert (listener.ear.louder(), listener.ear.louder(), listener.ear.louder()) == (4, 5, 5)
    assert listener.output.is_playing
    assert listener.ear.softer() == listener.ear.volume == 4
    listener.change(HALL)
    assert listener.ear.volume == 3
