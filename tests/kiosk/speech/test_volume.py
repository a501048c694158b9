# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Five steps of volume: bounded, heard as steps, and never above what the machine was calibrated for."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from kiosk.speech.volume import MOST_VOLUME, STEP_DB, Volume, scaled

LOUD = array("h", [32_767, -32_768, 1_000, 0]).tobytes()


def test_goes_up_and_down_as_far_as_there_are_steps() -> None:
    volume = Volume(3)
    assert [volume.change(+1) for _ in range(3)] == [4, 5, 5]
    assert [volume.change(-1) for _ in range(5)] == [4, 3, 2, 1, 1]


def test_goes_back_to_where_the_visit_began() -> None:
    volume = Volume(2)
    volume.change(+3)
    volume.reset()
    assert volume.level == 2


@pytest.mark.parametrize("start", [-1, 0, 9])
def test_a_start_out_of_range_is_the_nearest_step(start: int) -> None:
    assert Volume(start).level in {1, MOST_VOLUME}


def test_each_step_is_as_much_louder_as_the_one_before_and_the_loudest_leaves_sound_as_it_is() -> None:
    gains = [Volume(level).gain for level in range(1, MOST_VOLUME + 1)]
    assert gains[-1] == 1
    assert all(after / before == pytest.approx(10 ** (STEP_DB / 20)) for before, after in pairwise(gains))


def test_scales_samples_and_never_overflows() -> None:
    assert array("h", scaled(LOUD, 0.5)).tolist() == [16_383, -16_384, 500, 0]
    assert scaled(LOUD, 1.0) == LOUD
    assert scaled(b"", 0.5) == b""
