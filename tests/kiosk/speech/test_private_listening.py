# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headphones go while something private is being said, with a real sound server: the hall hears nothing of it.

What the loudspeaker plays is recorded, sample by sample. The same removal without the guard is heard in the hall: that
is the control.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.devices.audio_outputs import AudioOutputs
from kiosk.devices.sound_place import SoundPlace
from kiosk.ear import ScreenEar
from kiosk.speech.clip import Clip
from kiosk.speech.playback import MiniaudioOutput
from kiosk.speech.privacy import Route
from kiosk.speech.reader import Reader
from kiosk.speech.utterance import Utterance
from kiosk.speech.volume import Volume
from tests.kiosk.speech.fakes import FakeVoice
from tests.kiosk.speech.sound_room import PHONES, SAMPLE_RATE, SPEAKER, Monitor, SoundRoom, is_possible, sound_room

PRIVATE = tuple(Utterance(f"q{number}", "Mijn schuld is hoog.", "nl", Privacy.PERSONAL) for number in range(9))
OPEN = (Utterance("title", "Welkom.", "nl"),)
LOUD = Clip(SAMPLE_RATE, b"\x00\x20" * SAMPLE_RATE * 2)  # two seconds in which no sample is silence
LISTENED_S = 0.6
BUFFERED = SAMPLE_RATE * 50 // 1000  # what is on its way already, and the monitor's own blocks
LEAK_S = 2.0  # longer than the system played on by itself (FACTS)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundRoom]:
    if not is_possible():
        pytest.skip("no pulseaudio here (apt: pulseaudio, pulseaudio-utils)")
    folder = tmp_path_factory.mktemp("room")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(folder))
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        environment.delenv("PULSE_SERVER", raising=False)
        with sound_room(dict(os.environ)) as made:
            yield made


@pytest.fixture(scope="module")
def hall(room: SoundRoom) -> Iterator[Monitor]:
    """Listen to the loudspeaker all the time: a sink that nobody listens to sleeps up to 2 s."""
    with room.listen(SPEAKER) as made:
        yield made


@pytest.fixture(autouse=True)
def _in_the_room(room: SoundRoom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Every test has a home of its own; the sound server lives in that of the module.
    for name in ("HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(room.folder))


class LoudVoice(FakeVoice):
    """Says everything as two seconds of noise."""

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        future: Future[Clip] = Future()
        future.set_result(LOUD)
        return future


class Visitor:
    """Ear, outputs and stream as the kiosk joins them."""

    def __init__(self) -> None:
        self.outputs = AudioOutputs(PHONES, try_again_s=0.1)
        self.output = MiniaudioOutput(lambda: self.outputs.now, settled=lambda: self.outputs.wait_until_known(5))
        self.volume = Volume(5)
        self.told: list[bool] = []
        self.ear = ScreenEar(self._reader, self._route, self.volume)
        self.ear.tell_headphones(self.told.append)
        self.outputs.start(self.ear.place_changed)
        assert self.outputs.wait_until_known(5)

    def _route(self) -> Route:
        return Route.HEADPHONES if self.outputs.now.is_headphones else Route.LOUDSPEAKER

    def _reader(self, deliver: Callable[[Callable[[], None]], None], listener: ScreenEar) -> Reader:
        return Reader(
            LoudVoice(),
            self.output,
            deliver,
            listener,
            route=self._route,
            instead_of_private=lambda _language: "Dit staat op het scherm.",
        )

    def close(self) -> None:
        self.outputs.close()
        self.ear.close()
        self.output.close()


@pytest.fixture
def visitor(qapp: object, room: SoundRoom) -> Iterator[Visitor]:
    made = Visitor()
    yield made
    made.close()


def put_in(room: SoundRoom, visitor: Visitor, qtbot: QtBot) -> None:
    room.plug(PHONES)
    room.choose(PHONES)
    qtbot.waitUntil(lambda: visitor.ear.route is Route.HEADPHONES)


def unloaded(room: SoundRoom) -> None:
    room.unplug(PHONES)


def default_changed(room: SoundRoom) -> None:
    room.choose(SPEAKER)


WAYS = pytest.mark.parametrize("take_out", [unloaded, default_changed])


def leaked(room: SoundRoom, take_out: Callable[[SoundRoom], None], hall: Monitor, listened_s: float) -> int:
    """Take the headphones out while it speaks; give how many samples the hall heard from then on."""
    begin = hall.heard
    take_out(room)
    hall.wait_for(listened_s)
    return hall.loud(begin)


def removal(
    room: SoundRoom,
    hall: Monitor,
    visitor: Visitor,
    qtbot: QtBot,
    take_out: Callable[[SoundRoom], None],
    listened_s: float,
) -> int:
    """Begin with headphones in, let it speak into them, take them out."""
    put_in(room, visitor, qtbot)
    begin = hall.heard
    try:
        with room.listen(PHONES) as phones:
            visitor.ear.reader.say(PRIVATE)
            phones.wait_for_sound(0)
            phones.wait_for(0.1)
            assert hall.loud(begin) == 0
            return leaked(room, take_out, hall, listened_s)
    finally:
        if take_out is default_changed:
            room.unplug(PHONES)


@WAYS
def test_headphones_gone_mid_speech_leave_the_hall_silent(
    room: SoundRoom, hall: Monitor, visitor: Visitor, qtbot: QtBot, take_out: Callable[[SoundRoom], None]
) -> None:
    assert removal(room, hall, visitor, qtbot, take_out, LISTENED_S) == 0
    qtbot.waitUntil(lambda: visitor.told[-1:] == [False])
    assert not visitor.ear.is_speaking


@WAYS
@pytest.mark.long
@pytest.mark.timeout(600)
def test_headphones_gone_twenty_times_leave_the_hall_silent(
    room: SoundRoom, hall: Monitor, visitor: Visitor, qtbot: QtBot, take_out: Callable[[SoundRoom], None]
) -> None:
    heard = [removal(room, hall, visitor, qtbot, take_out, LEAK_S) for _ in range(20)]
    print(f"headphones out ({take_out.__name__}): {len(heard)} times, samples heard in the hall: {sum(heard)}")
    assert heard == [0] * 20


@WAYS
def test_the_same_removal_without_the_guard_is_heard_in_the_hall(
    room: SoundRoom, hall: Monitor, take_out: Callable[[SoundRoom], None]
) -> None:
    room.plug(PHONES)
    room.choose(PHONES)
    output = MiniaudioOutput()  # where the system chooses, as any program plays
    try:
        with room.listen(PHONES) as phones:
            output.play(LOUD, lambda _sample: None, lambda: None)
            phones.wait_for_sound(0)
            assert leaked(room, take_out, hall, LISTENED_S) > SAMPLE_RATE // 20
    finally:
        output.close()
        if take_out is default_changed:
            room.unplug(PHONES)


def test_headphones_in_another_output_are_spoken_to_and_the_hall_hears_nothing_of_it(
    room: SoundRoom, hall: Monitor, visitor: Visitor, qtbot: QtBot
) -> None:
    begin = hall.heard
    visitor.ear.reader.say(OPEN)
    hall.wait_for_sound(begin)
    put_in(room, visitor, qtbot)
    qtbot.waitUntil(lambda: visitor.told == [True])
    assert not visitor.ear.is_speaking
    hall.wait_for(0.3)
    begin = hall.heard
    with room.listen(PHONES) as phones:
        visitor.ear.reader.say(PRIVATE)
        phones.wait_for_sound(0)
    assert hall.loud(begin) == 0
    room.unplug(PHONES)


def test_what_is_private_is_kept_from_a_loudspeaker_even_when_it_is_played(room: SoundRoom, hall: Monitor) -> None:
    output = MiniaudioOutput(lambda: SoundPlace(SPEAKER, is_there=True))
    begin = hall.heard
    try:
        output.play(LOUD, lambda _sample: None, lambda: None, is_private=True)
        hall.wait_for(LISTENED_S)
        assert hall.loud(begin) == 0
        output.play(LOUD, lambda _sample: None, lambda: None)
        hall.wait_for_sound(begin)
    finally:
        output.close()


def test_a_port_that_changes_on_the_same_sink_lets_no_more_than_the_buffer_through(
    room: SoundRoom, hall: Monitor
) -> None:
    # The same sink is headphones and then a loudspeaker, as with a real jack: all after the change is the hall's.
    place = SoundPlace(SPEAKER, is_headphones=True, is_there=True)
    output = MiniaudioOutput(lambda: place)
    begin = hall.heard
    try:
        output.play(LOUD, lambda _sample: None, lambda: None, is_private=True)
        hall.wait_for_sound(begin)
        hall.wait_for(0.1)
        begin = hall.heard
        place = SoundPlace(SPEAKER, is_there=True)
        output.place_changed()
        hall.wait_for(LISTENED_S)
        assert hall.loud(begin) <= BUFFERED
    finally:
        output.close()
