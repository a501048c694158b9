# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A power cut under a real file system: every case that was told is there, once, and the file system is whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.block_disk import CANNOT, OWN_NAMESPACES, Cuts, why_not
from tests.faults.figures import count

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]


def cuts(folder: Path, repository: Path, kind: str, acts: int, states: int, seed: int) -> Cuts:
    cannot = why_not()
    if cannot is not None:
        pytest.skip(cannot)
    numbers = map(str, (acts, states, seed))
    asked = [*OWN_NAMESPACES, sys.executable, "-m", "tests.faults.block_disk", str(folder), kind, *numbers]
    done = subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=False)
    if done.returncode == CANNOT:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    return Cuts(**json.loads(done.stdout))


def test_keeps_every_case_on_a_real_file_system_through_200_power_cuts(tmp_path: Path, repository: Path) -> None:
    came = cuts(tmp_path, repository, "real", acts=400, states=200, seed=2)
    assert (came.lost, came.bad) == (0, 0)
    assert came.told > 50 * came.states, "with little to lose, nothing is proved"
    assert came.dropped > 0, "a power cut that costs no write proves nothing"
    count(block_device_power_cuts=came.states, lost=came.lost)


def test_loses_cases_on_a_real_file_system_with_a_careless_setting(tmp_path: Path, repository: Path) -> None:
    came = cuts(tmp_path, repository, "careless", acts=200, states=60, seed=2)
    assert came.bad > came.states / 4, "the control: the test above must be able to fail"
    count(block_device_cuts_of_the_careless_control=came.states, that_lost_cases=came.bad)
