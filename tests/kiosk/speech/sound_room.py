# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real PulseAudio with a loudspeaker and headphones that lead nowhere, and ears at both."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

SAMPLE_RATE = 22_050  # that of the clips, so that each sample comes through as it was
SPEAKER, PHONES = "loket_speaker", "loket_headphones"
_BYTES = 2
_CHUNK = 220  # bytes: 5 ms
PATIENCE_S = 20.0


def is_possible() -> bool:
    return shutil.which("pulseaudio") is not None and shutil.which("parec") is not None


class SoundRoom:
    """The server; its sinks come and go as a visitor's headphones do."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        self._surroundings = surroundings
        self.folder = Path(surroundings["XDG_RUNTIME_DIR"])
        self._modules: dict[str, str] = {}

    def pactl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["pactl", *arguments], env=self._surroundings, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout.strip()

    def plug(self, sink: str) -> None:
        told = f"sink_name={sink} format=s16le channels=1 rate={SAMPLE_RATE} sink_properties=device.description={sink}"
        self._modules[sink] = self.pactl("load-module", "module-null-sink", *told.split())

    def unplug(self, sink: str) -> None:
        self.pactl("unload-module", self._modules.pop(sink))

    def choose(self, sink: str) -> None:
        self.pactl("set-default-sink", sink)

    def listen(self, sink: str) -> Monitor:
        return Monitor(sink, self._surroundings)


class Monitor:
    """Writes down all that is heard at a sink, and when it was heard."""

    def __init__(self, sink: str, surroundings: Mapping[str, str]) -> None:
        self.pcm = bytearray()
        self.arrived: list[tuple[int, float]] = []  # samples so far, and when that was
        self._news = threading.Condition()
        self._recorder = subprocess.Popen(
            [
                "parec",
                f"--device={sink}.monitor",
                "--latency-msec=5",
                "--format=s16le",
                f"--rate={SAMPLE_RATE}",
                "--channels=1",
                "--raw",
            ],
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        self.wait_for(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._recorder.kill()
        self._recorder.wait()
        self._thread.join(5)
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    @property
    def heard(self) -> int:
        """Count the samples that came by, silent ones too."""
        return len(self.pcm) // _BYTES

    def loud(self, start: int = 0) -> int:
        """Count the samples since `start` that are not silence."""
        with self._news:
            samples = memoryview(bytes(self.pcm[start * _BYTES : self.heard * _BYTES])).cast("h")
        return sum(1 for sample in samples if sample)

    def wait_for(self, seconds: float) -> None:
        """Let so much sound come by, silence included."""
        self.wait_until(self.heard + int(seconds * SAMPLE_RATE))

    def wait_until(self, heard: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.heard >= heard, PATIENCE_S), "the monitor gives nothing"

    def wait_for_sound(self, start: int) -> None:
        """Wait until something is heard after this sample."""
        with self._news:
            assert self._news.wait_for(lambda: any(self.pcm[start * _BYTES :]), PATIENCE_S), "nothing is heard"

    def _listen(self) -> None:
        stream = self._recorder.stdout
        while stream is not None and (chunk := stream.read(_CHUNK)):
            with self._news:
                self.pcm += chunk
                self.arrived.append((self.heard, monotonic()))
                self._news.notify_all()


@contextlib.contextmanager
def sound_room(surroundings: Mapping[str, str]) -> Iterator[SoundRoom]:
    """Run the server; HOME and XDG_RUNTIME_DIR of the surroundings are a folder of its own."""
    log = Path(surroundings["XDG_RUNTIME_DIR"]) / "pulseaudio.log"
    server = subprocess.Popen(
        # Realtime is for a machine that does nothing else: the kernel ends a server that it lets wait too long.
        [
            *("pulseaudio", "-n", "--daemonize=no", "--realtime=no", "--exit-idle-time=-1"),
            *(f"--log-target=newfile:{log}", "--load=module-native-protocol-unix"),
        ],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    pause, patience = threading.Event(), monotonic() + PATIENCE_S
    try:
        # The socket of a server that was killed may still lie there: only an answer is a server.
        while not _answers(surroundings) and monotonic() < patience and server.poll() is None:
            pause.wait(0.02)
        room = SoundRoom(surroundings)
        # A recorder at the monitor of the default sink would follow the default: an ear must stay where it is.
        room.pactl("load-module", "module-null-source", "source_name=nothing")
        room.pactl("set-default-source", "nothing")
        room.plug(SPEAKER)
        yield room
    finally:
        server.kill()
        server.wait()


def _answers(surroundings: Mapping[str, str]) -> bool:
    return subprocess.run(["pactl", "info"], env=surroundings, capture_output=True, check=False).returncode == 0
