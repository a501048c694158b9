# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every recorder does, the real one where there is a microphone, and a recording's own sums."""

import io
import struct
import wave

import pytest

from domain.attachment import LONGEST_RECORDING_S, Loudness
from kiosk.devices.recording import SAMPLE_RATE, Recording, pcm_of
from kiosk.tray_sound import LateRecorder
from tests.fakes.recorder import FakeRecorder


def tone(seconds: float, height: int = 4000) -> bytes:
    pair = struct.pack("=hh", height, -height)
    return pair * int(seconds * SAMPLE_RATE / 2)


@pytest.fixture(params=["fake", "microphone"])
def recorder(request: pytest.FixtureRequest) -> FakeRecorder | LateRecorder:
    if request.param == "fake":
        return FakeRecorder()
    real = LateRecorder()
    if not real.is_there():
        pytest.skip("no microphone here")
    return real


def test_begins_empty_and_keeps_nothing_of_a_slip_of_the_finger(recorder: FakeRecorder | LateRecorder) -> None:
    assert recorder.start()
    assert recorder.heard().seconds == 0
    assert recorder.stop() is None


def test_gives_nothing_when_it_was_never_started(recorder: FakeRecorder | LateRecorder) -> None:
    assert recorder.stop() is None


def test_says_no_where_there_is_no_microphone() -> None:
    assert not FakeRecorder(has_microphone=False).start()


def test_gives_a_wav_file_of_what_was_said() -> None:
    recorder = FakeRecorder()
    recorder.start()
    recorder.says(tone(1.5))
    file = recorder.stop()
    assert file is not None
    assert (file.media_type, file.seconds) == ("audio/wav", 2)
    with wave.open(io.BytesIO(file.content)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
    assert pcm_of(file.content) == tone(1.5)
    assert recorder.stop() is None  # forgotten once it was given


def test_keeps_no_more_than_three_minutes() -> None:
    recording = Recording()
    for _ in range(LONGEST_RECORDING_S // 10 + 5):
        recording.take(tone(10))
    assert recording.heard().seconds == LONGEST_RECORDING_S
    file = recording.finish()
    assert file is not None
    assert file.seconds == LONGEST_RECORDING_S


@pytest.mark.parametrize(
    ("height", "loudness"),
    [(0, Loudness.NOTHING), (300, Loudness.SOFT), (4000, Loudness.GOOD), (30_000, Loudness.LOUD)],
)
def test_says_how_loud_the_last_moment_was(height: int, loudness: Loudness) -> None:
    recording = Recording()
    recording.take(tone(1, 30_000))
    recording.take(tone(0.05, height))
    assert recording.heard().loudness is loudness


def test_takes_half_a_sample_without_a_word() -> None:
    recording = Recording()
    recording.take(b"\1")
    recording.take(b"")
    assert recording.finish() is None
