# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a tap on 'Lees voor' to the first sound of that page, heard at the monitor of a silent sound server."""

from __future__ import annotations

import bisect
import contextlib
import shutil
import statistics
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.view import READ
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.benchmarks.processes import environment, pause, wait_until_idle, write_settings, x_server
from tests.benchmarks.talk import told_visit
from tests.benchmarks.x_screen import Screen, now_ms
from tests.kiosk.speech.sound_room import SPEAKER, sound_room
from tests.kiosk.speech.sound_room import Monitor as Recording

TARGET_MS = 50.0
MARK_TARGET_MS = 30.0
READ_S = 14.0  # of a page, for the marks of its words
BYTES = 2
LOUD = 200  # of 32,767
QUIET_MS = 300.0
PATIENCE_S = 5.0
CHUNK = 220  # bytes: 2.5 ms
REMARKS = """From the finger that leaves 'Lees voor' until the first sound of a page that was not said before, at the
monitor of PulseAudio's null sink: window, voice process, playback and sound server together. Silence: from the finger
on the screen, while it speaks, to the last sound. Marks: the words of real pages by espeak-ng; a piece of each
sentence is found back in the recording, so that the moment a word was heard is known to the sample, next to the
moment the window was told to mark it; an error counts the same whichever was first."""


class Monitor:
    """Listens to what would be heard; knows when it was last loud, and when it began after a silence."""

    def __init__(self, recorder: subprocess.Popen[bytes]) -> None:
        self._recorder = recorder
        self._heard = threading.Condition()
        self._loud_at_ms = 0.0
        self._began_at_ms = 0.0
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_for_silence(self) -> None:
        while now_ms() - self._loud_at_ms < QUIET_MS:
            pause(0.02)

    def wait_for_speech(self) -> None:
        """Wait until it is loud this very moment."""
        with self._heard:
            now = now_ms()
            if not self._heard.wait_for(lambda: self._loud_at_ms > now, PATIENCE_S):
                raise TimeoutError("nothing is being said")

    def last_sound(self) -> float:
        """Wait for silence; give when the last sound was."""
        self.wait_for_silence()
        return self._loud_at_ms

    def first_sound_after(self, moment_ms: float) -> float:
        """Give when the first sound after a moment came.

        Raises: TimeoutError.
        """
        with self._heard:
            if not self._heard.wait_for(lambda: self._began_at_ms > moment_ms, PATIENCE_S):
                raise TimeoutError("nothing was heard")
            return self._began_at_ms

    def _listen(self) -> None:
        stream = self._recorder.stdout
        if stream is None:
            return
        while chunk := stream.read(CHUNK):
            loudest = max(abs(sample) for sample in memoryview(chunk[: len(chunk) // 2 * 2]).cast("h"))
            if loudest < LOUD:
                continue
            at_ms = now_ms()
            with self._heard:
                if at_ms - self._loud_at_ms > QUIET_MS / 2:
                    self._began_at_ms = at_ms
                    self._heard.notify_all()
                self._loud_at_ms = at_ms
                self._heard.notify_all()


def measure(bench: Bench) -> Row:
    if shutil.which("pulseaudio") is None:
        return Row("sound", (), "No pulseaudio here, so nothing was measured (apt: pulseaudio).")
    room = bench.room("sound")
    settings = write_settings(room)
    taken: list[float] = []
    firsts: list[float] = []
    silences: list[float] = []
    with x_server() as display, Screen(display) as screen:
        surroundings = environment(display, room)
        with _sound_server(surroundings) as monitor:
            for _ in range(bench.rounds(3, 1)):
                pages = bench.rounds(11, 3)
                (first, *rest), silent = _read_pages(screen, monitor, surroundings, settings, pages)
                firsts.append(first)
                taken.extend(rest)
                silences.extend(silent)
        errors = _mark_errors(screen, display, bench.room("marks"), bench.rounds(6, 2))
    return Row(
        "sound",
        (
            Figure(
                "tap to first sound, warm, p95",
                p95(taken),
                "ms",
                target=Target(TARGET_MS, is_of_ratio=False),
                missed_because="the median is near the target, so a busy moment is enough: see the load named below",
                samples=len(taken),
            ),
            Figure("tap to first sound, warm, median", statistics.median(taken), "ms", samples=len(taken)),
            Figure(
                "tap to first sound, the first time in a visit, median",
                statistics.median(firsts),
                "ms",
                samples=len(firsts),
            ),
            Figure(
                "touch to silence, p95",
                p95(silences),
                "ms",
                target=Target(TARGET_MS, is_of_ratio=False),
                missed_because="30 ms are on their way to the sound server when the finger comes",
                samples=len(silences),
            ),
            Figure("touch to silence, median", statistics.median(silences), "ms", samples=len(silences)),
            Figure(
                "word marked next to word heard, error, p95",
                p95([abs(error) for error in errors]),
                "ms",
                target=Target(MARK_TARGET_MS, is_of_ratio=False),
                missed_because="the window paints one mark while the next word comes",
                samples=len(errors),
            ),
            Figure(
                "word marked after word heard, median (below 0: before)",
                statistics.median(errors),
                "ms",
                samples=len(errors),
            ),
        ),
        REMARKS,
        {"tap_to_sound_ms": taken, "first_ms": firsts, "silence_ms": silences, "mark_error_ms": errors},
    )


def _read_pages(
    screen: Screen, monitor: Monitor, surroundings: Mapping[str, str], settings: Path, pages: int
) -> tuple[list[float], list[float]]:
    taken, silences = [], []
    with told_visit(surroundings, settings) as talk:
        wait_until_idle([talk.process.pid])  # the voice is warm
        for _ in range(pages):
            spot = talk.ask("prepare")["spot"]
            read = talk.where(READ)
            monitor.wait_for_silence()
            lifted_ms = screen.tap(*read)
            taken.append(monitor.first_sound_after(lifted_ms) - lifted_ms)
            pause(0.45)
            monitor.wait_for_speech()
            pressed_ms = now_ms()
            screen.tap(*read)
            silences.append(max(0.0, monitor.last_sound() - pressed_ms))
            pause(0.45)
            if spot is None:
                break
            screen.tap(spot[0], spot[1])
            pause(0.45)
    return taken, silences


def _mark_errors(screen: Screen, display: str, room: Path, pages: int) -> list[float]:
    """Read pages from the top, and give of each word how long after it was heard it was marked."""
    surroundings = environment(display, room)
    settings = write_settings(room)
    with settings.open("a", encoding="utf-8") as file:
        file.write("[speech]\nvolume = 5\n")  # samples come through as they were made
    errors: list[float] = []
    with (
        sound_room(surroundings) as server,
        server.listen(SPEAKER) as heard,
        told_visit(surroundings, settings) as talk,
    ):
        wait_until_idle([talk.process.pid])
        for _ in range(pages):
            spot, read, begin = talk.ask("prepare")["spot"], talk.where(READ), heard.heard
            screen.tap(*read)
            heard.wait_for(READ_S)
            screen.tap(*read)
            for sentence in talk.ask("marks")["sentences"]:
                errors.extend(_errors_of(sentence, heard, begin))
            if spot is None:
                break
            screen.tap(spot[0], spot[1])
            pause(0.45)
    return errors


def _errors_of(sentence: Mapping[str, Any], heard: Recording, begin: int) -> list[float]:
    found = heard.pcm.find(bytes.fromhex(sentence["piece"]), begin * BYTES)
    if found < 0 or found % BYTES:
        return []
    start = found // BYTES - sentence["at"]
    return [
        marked_ms - _heard_at_ms(heard, start + sample, sentence["rate"]) for sample, marked_ms in sentence["words"]
    ]


def _heard_at_ms(heard: Recording, sample: int, rate: int) -> float:
    count, at_s = heard.arrived[bisect.bisect_left(heard.arrived, (sample + 1, 0.0))]
    return at_s * 1000 - (count - sample) * 1000 / rate


def _wait_for_server(surroundings: Mapping[str, str]) -> None:
    for _ in range(100):
        if subprocess.run(["pactl", "info"], env=surroundings, capture_output=True, check=False).returncode == 0:
            return
        pause(0.05)
    raise OSError("the sound server does not start")


@contextlib.contextmanager
def _sound_server(surroundings: Mapping[str, str]) -> Iterator[Monitor]:
    modules = ("module-null-sink", "module-native-protocol-unix auth-anonymous=1")
    server = subprocess.Popen(
        ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", *(f"--load={module}" for module in modules)],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    recorder: subprocess.Popen[bytes] | None = None
    try:
        _wait_for_server(surroundings)
        recorder = subprocess.Popen(
            ["parec", "--device=null.monitor", "--latency-msec=5", "--format=s16le", "--rate=44100", "--channels=1"],
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        yield Monitor(recorder)
    finally:
        for process in (recorder, server):
            if process is not None:
                process.kill()
                process.wait()
