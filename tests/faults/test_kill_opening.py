# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of `loket open --once` at the municipality: each sealed case is completed once, contact and task included."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from commands.cli import run
from commands.system_clock import SystemClock
from sync.practice import PracticeBackEnd, RecordedRequest
from tests.faults.figures import count
from tests.sync.library_road import CALL_BACK, add, assert_added_once, assert_completed_once, library_road, submit
from tests.sync.road import CASE_TYPES

KILLED = -9
MOMENTS = (
    r"GET .*/download$",
    r"POST .*/zaakinformatieobjecten$",
    r"POST .*/maak-klantcontact$",
    r"POST .*/internetaken$",
)
"""While sealed files are fetched, amid the papers of a case, its contact, and the task of a call-back."""


class Killer:
    """Kills a process at its first call of a kind; what it asked for is done, and its answer is heard by nobody."""

    def __init__(self) -> None:
        self._victim: subprocess.Popen[bytes] | None = None
        self._call = ""

    def aim(self, victim: subprocess.Popen[bytes], call: str) -> None:
        self._victim, self._call = victim, call

    def __call__(self, request: RecordedRequest) -> None:
        victim = self._victim
        if victim is not None and re.fullmatch(self._call, f"{request.method} {request.path}"):
            self._victim = None
            victim.kill()
            victim.wait()


def test_completes_every_sealed_case_once_when_the_opening_process_is_killed(tmp_path: Path, repository: Path) -> None:
    killer = Killer()
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock(), on_request=killer) as back_end:
        road = library_road(tmp_path, back_end)
        made = [submit(road.library, service_id=CALL_BACK if number % 2 else "verhuizen") for number in range(4)]
        assert run(["sync", "--config", str(road.library), "--once"]) == 0

        def opened(killed_at: str = "") -> int:
            asked = [sys.executable, "main.py", "open", "--once", "--config", str(road.town_hall)]
            with subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL) as child:
                killer.aim(child, killed_at)
                return child.wait()

        killed = [opened(call) for call in MOMENTS]
        assert killed == [KILLED] * len(MOMENTS)
        assert opened() == 0
        assert_completed_once(back_end, made)
    count(kills_of_open=len(killed), delivered=len(made), doubled=0)


def test_brings_what_was_added_once_and_in_order_when_the_opening_process_is_killed(
    tmp_path: Path, repository: Path
) -> None:
    killer = Killer()
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock(), on_request=killer) as back_end:
        road = library_road(tmp_path, back_end)
        made = submit(road.library, service_id=CALL_BACK)
        assert run(["sync", "--config", str(road.library), "--once"]) == 0
        assert run(["open", "--config", str(road.town_hall), "--once"]) == 0
        for answer in ("12a", "12b", "12c"):
            add(road.library, made, answer=answer)
        assert run(["sync", "--config", str(road.library), "--once"]) == 0

        def opened(killed_at: str = "") -> int:
            asked = [sys.executable, "main.py", "open", "--once", "--config", str(road.town_hall)]
            with subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL) as child:
                killer.aim(child, killed_at)
                return child.wait()

        moments = (r"GET .*/download$", r"POST .*/enkelvoudiginformatieobjecten$", *MOMENTS[1:])
        killed = [opened(call) for call in moments]
        assert killed == [KILLED] * len(moments)
        assert opened() == 0
        assert_added_once(back_end, made, ["12a", "12b", "12c"])
    count(kills_of_open=len(killed), added=3, doubled=0)
