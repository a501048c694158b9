# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices headphones at once, and survives a sound server that goes, comes back, or never was there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from time import monotonic

import pytest

from kiosk.devices.audio_outputs import AudioOutputs, SoundServer
from kiosk.devices.sound_place import NOWHERE, Outputs, Plugged, Port, Sink, SoundPlace
from tests.kiosk.speech.sound_room import PHONES, SPEAKER, is_possible, sound_room

JACK = "pci"


def jack(port: str, plugged: Plugged = Plugged.UNKNOWN) -> Outputs:
    return Outputs((Sink(0, JACK, port=Port(port, plugged=plugged)),), JACK)


class FakeServer:
    """A sound server in the hand; each `becomes` is news."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._news: SimpleQueue[Outputs | None] = SimpleQueue()
        self.is_closed = threading.Event()

    def becomes(self, outputs: Outputs | None) -> None:
        self._news.put(outputs)

    def look(self) -> Outputs:
        return self._outputs

    def wait(self, longest_s: float) -> bool:
        try:
            told = self._news.get(timeout=min(longest_s, 0.05))
        except Empty:
            return False
        if told is None:
            raise ConnectionResetError
        self._outputs = told
        return True

    def close(self) -> None:
        self.is_closed.set()


class Watched:
    """Outputs, and what they told."""

    def __init__(self, connect: Callable[[], SoundServer] | None = None, headphones: str = "") -> None:
        self.told: list[SoundPlace] = []
        self.at: list[float] = []
        self._news = threading.Condition()
        self.outputs = (
            AudioOutputs(headphones, try_again_s=0.02)
            if connect is None
            else AudioOutputs(headphones, connect, try_again_s=0.02)
        )
        self.outputs.start(self._changed)

    def _changed(self, before: SoundPlace, after: SoundPlace) -> None:
        with self._news:
            assert self.outputs.now == after
            assert before != after
            self.told.append(after)
            self.at.append(monotonic())
            self._news.notify_all()

    def wait_for(self, place: SoundPlace) -> float:
        """Wait until this is the last that was told; give when it was."""
        with self._news:
            assert self._news.wait_for(lambda: self.told[-1:] == [place], 10), self.told
            return self.at[-1]

    def wait_until_told(self, times: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= times, 10), self.told


@pytest.fixture
def watch() -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def make(connect: Callable[[], SoundServer] | None = None, headphones: str = "") -> Watched:
        made.append(Watched(connect, headphones))
        return made[-1]

    yield make
    for watched in made:
        watched.outputs.close()


def test_tells_of_a_jack_whose_port_changes_on_the_same_sink(watch: Callable[..., Watched]) -> None:
    server = FakeServer(jack("analog-output-headphones", Plugged.YES))
    watched = watch(lambda: server)
    watched.wait_for(SoundPlace(JACK, True, True))
    server.becomes(jack("analog-output-headphones", Plugged.NO))
    watched.wait_for(SoundPlace(JACK, False, True))
    server.becomes(jack("analog-output-speaker"))
    server.becomes(jack("analog-output-headphones", Plugged.YES))
    watched.wait_for(SoundPlace(JACK, True, True))


def test_tells_nothing_when_nothing_changed(watch: Callable[..., Watched]) -> None:
    server = FakeServer(jack("analog-output-speaker"))
    watched = watch(lambda: server)
    for _ in range(3):
        server.becomes(jack("analog-output-speaker"))
    server.becomes(jack("analog-output-headphones"))
    watched.wait_for(SoundPlace(JACK, True, True))
    assert len(watched.told) == 2


def test_without_a_server_there_is_nowhere_and_it_goes_on_trying(watch: Callable[..., Watched]) -> None:
    answers: list[SoundServer] = []
    tried = threading.Event()

    def connect() -> SoundServer:
        tried.set()
        if not answers:
            raise ConnectionRefusedError
        return answers[0]

    watched = watch(connect)
    assert watched.outputs.wait_until_known(5)
    assert watched.outputs.now == NOWHERE
    assert tried.is_set()
    answers.append(FakeServer(jack("analog-output-headphones")))
    watched.wait_for(SoundPlace(JACK, True, True))


def test_a_machine_without_the_library_has_no_outputs(watch: Callable[..., Watched]) -> None:
    def connect() -> SoundServer:
        raise ImportError("libpulse.so.0")

    watched = watch(connect)
    assert watched.outputs.wait_until_known(5)
    assert watched.outputs.now == NOWHERE


def test_a_server_that_goes_takes_the_headphones_with_it_and_may_come_back(watch: Callable[..., Watched]) -> None:
    servers = [FakeServer(jack("analog-output-headphones")), FakeServer(jack("analog-output-headphones"))]
    first, waiting = servers[0], list(servers)
    watched = watch(lambda: waiting.pop(0))
    watched.wait_for(SoundPlace(JACK, True, True))
    first.becomes(None)
    assert first.is_closed.wait(5)
    watched.wait_until_told(3)
    assert watched.told == [SoundPlace(JACK, True, True), NOWHERE, SoundPlace(JACK, True, True)]


def test_notices_real_headphones_in_and_out_and_a_real_restart(
    watch: Callable[..., Watched], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_possible():
        pytest.skip("no pulseaudio here (apt: pulseaudio, pulseaudio-utils)")
    folder = str(tmp_path_factory.mktemp("room"))
    monkeypatch.setenv("HOME", folder)
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    speaker, phones = SoundPlace(SPEAKER, False, True), SoundPlace(PHONES, True, True)
    watched = watch(headphones=PHONES)
    with sound_room(dict(os.environ)) as room:
        watched.wait_for(speaker)
        for change, sink, place in (
            (room.plug, PHONES, phones),
            (room.choose, PHONES, phones),
            (room.choose, SPEAKER, speaker),
            (room.choose, PHONES, phones),
            (room.unplug, PHONES, speaker),
        ):
            change(sink)
            watched.wait_for(place)
    watched.wait_for(NOWHERE)
    with sound_room(dict(os.environ)):
        watched.wait_for(speaker)
