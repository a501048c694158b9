# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One contract for every output: the machine's sound, silence by the clock, and the fake that other tests use."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from kiosk.speech.clip import Clip
from kiosk.speech.playback import MiniaudioOutput, Output, SilentOutput
from tests.kiosk.speech.fakes import FakeOutput

CLIP = Clip(22_050, b"\x10\x10" * 2_205)


@pytest.fixture(scope="module")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run PulseAudio with a null sink, in a folder of its own."""
    if shutil.which("pulseaudio") is None:
        pytest.skip("no pulseaudio here (apt: pulseaudio)")
    folder = tmp_path_factory.mktemp("sound")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(folder))
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        environment.delenv("PULSE_SERVER", raising=False)
        modules = ("module-null-sink", "module-native-protocol-unix auth-anonymous=1")
        server = subprocess.Popen(
            ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", *(f"--load={module}" for module in modules)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ready = threading.Event()
        patience = monotonic() + 10
        while not (folder / "pulse" / "native").exists() and monotonic() < patience and server.poll() is None:
            ready.wait(0.02)
        yield folder
        server.kill()
        server.wait()


@pytest.fixture(params=["fake", "silent", "miniaudio"])
def output(request: pytest.FixtureRequest) -> Iterator[Output]:
    made: Output = FakeOutput()
    if request.param == "silent":
        made = SilentOutput()
    if request.param == "miniaudio":
        request.getfixturevalue("sound_server")
        made = MiniaudioOutput()
    yield made
    made.close()


class Listening:
    def __init__(self) -> None:
        self.positions: list[int] = []
        self.ends = 0
        self.news = threading.Condition()

    def on_position(self, sample: int) -> None:
        with self.news:
            self.positions.append(sample)
            self.news.notify_all()

    def on_end(self) -> None:
        with self.news:
            self.ends += 1
            self.news.notify_all()

    def wait_for_end(self, output: Output) -> None:
        if isinstance(output, FakeOutput):
            for sample in range(0, CLIP.n_samples, 500):
                output.advance(sample)
            output.finish()
        with self.news:
            assert self.news.wait_for(lambda: self.ends > 0, timeout=10)

    def wait_for_start(self, output: Output) -> None:
        if isinstance(output, FakeOutput):
            output.advance(1)
        with self.news:
            assert self.news.wait_for(lambda: self.positions != [], timeout=10)


def test_plays_to_the_end_and_counts_the_samples(output: Output) -> None:
    listening = Listening()
    output.play(CLIP, listening.on_position, listening.on_end)
    listening.wait_for_end(output)
    assert listening.positions == sorted(set(listening.positions))
    assert listening.positions[-1] == CLIP.n_samples
    assert listening.ends == 1


def test_calls_nobody_after_stop(output: Output) -> None:
    first, second = Listening(), Listening()
    output.play(CLIP, first.on_position, first.on_end)
    first.wait_for_start(output)
    output.stop()
    count = len(first.positions)
    output.play(CLIP, second.on_position, second.on_end)
    second.wait_for_end(output)
    assert len(first.positions) == count
    assert first.ends == 0


def test_plays_the_new_clip_instead_of_the_old(output: Output) -> None:
    first, second = Listening(), Listening()
    output.play(CLIP, first.on_position, first.on_end)
    output.play(CLIP, second.on_position, second.on_end)
    second.wait_for_end(output)
    assert first.ends == 0


def test_plays_many_clips_one_after_another(output: Output) -> None:
    # PulseAudio takes 64 connections: an output that opens one a clip falls silent after that.
    short = Clip(22_050, b"\x10\x10" * 20)
    for _ in range(70):
        listening = Listening()
        output.play(short, listening.on_position, listening.on_end)
        listening.wait_for_end(output)
    assert output.is_silent == (type(output) is SilentOutput)


def test_ends_at_once_when_the_clip_is_empty(output: Output) -> None:
    listening = Listening()
    output.play(Clip(22_050, b""), listening.on_position, listening.on_end)
    listening.wait_for_end(output)


def test_stops_and_closes_when_nothing_plays(output: Output) -> None:
    output.stop()
    output.close()
    output.stop()


def test_lets_time_pass_in_silence_without_a_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", "unix:/no/such/server")
    monkeypatch.setattr("kiosk.speech.sound_device.Path", lambda _: tmp_path)
    output, listening = MiniaudioOutput(), Listening()
    output.play(CLIP, listening.on_position, listening.on_end)
    listening.wait_for_end(output)
    assert output.is_silent
    output.close()
