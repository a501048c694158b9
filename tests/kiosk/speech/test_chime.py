# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one sound Loket makes by itself is short, soft and without a click."""

from __future__ import annotations

from array import array

from kiosk.speech.chime import Chime, chime_clip
from tests.kiosk.speech.fakes import FakeOutput


def test_is_short_and_soft_and_begins_and_ends_in_silence() -> None:
    clip = chime_clip()
    samples = array("h", clip.pcm)

    assert 0.2 < clip.duration_s <= 1
    assert 1_000 < max(map(abs, samples)) < 32_767 // 4
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 50


def test_plays_once_and_falls_silent() -> None:
    output = FakeOutput()
    chime = Chime(output)
    chime.play()
    chime.hush()

    assert len(output.played) == 1
    assert not output.is_playing
