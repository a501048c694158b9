# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member of the counter fills in for a citizen: real processes, keys only, no network, then the case system.

Both identities arrive (S02), nothing of the citizen stays for the next (H06), and who signed in is no applicant (H07).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from commands.configuration import load_settings
from commands.joining import build_engine, key_paths, open_counter, open_database, practice_api
from commands.system_clock import SystemClock
from commands.visit_traces import PREFIX, outlives, temp_home
from commands.wipe_marks import Marks, new_marks
from commands.wipe_places import file_places, memory_place, search
from domain.answers import Origin
from domain.counter import Stage
from domain.submission import Submission
from resources.service_library import ServiceLibrary
from sync.outbox import header_of
from sync.practice import PracticeBackEnd
from sync.sealing import open_submission, read_opener
from sync.work_list import SqliteWorkList
from tests.assisted.desk import OMAR
from tests.contracts.openapi_contracts import Recorder
from tests.sync.road import RSIN

SETTINGS = '[device]\nid = "balie-01"\nrsin = "{rsin}"\ndata_dir = "{data}"\n'
SERVICE = "verhuizen"


class Counter:
    """One desk, and the folder it keeps cases in."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.config, self.data = folder / "loket.toml", folder / "data"
        self.config.write_text(SETTINGS.format(rsin=RSIN, data=self.data), encoding="utf-8")
        self.filling = folder / "elsewhere" / "filling.json"
        self.filling.parent.mkdir()
        self.since = time.time()
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LOKET_FILLING": str(self.filling)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.filling_desk", str(self.config)],
            cwd=repository,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.until("ready")

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def until(self, *starts: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            assert not line.startswith("failed"), line
            if line.startswith(starts):
                return line.strip()
        raise AssertionError(f"it ended before it told {starts}")

    def fill(self, marks: Marks, *, way: str = "done", how: str = "desk", name: str = "") -> str:
        """Fill in one case; give what the desk says of it then."""
        words = {**marks.typed(), **({"name": name, "text": name} if name else {})}
        self.filling.write_text(json.dumps({"words": words, "way": way}), encoding="utf-8")
        self.tell(f"fill {SERVICE} {how}")
        self.until("stage OPEN")
        return self.until("stage")

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.filling.with_suffix(".told").read_text(encoding="utf-8"))
        return found

    def kept(self) -> list[Submission]:
        settings = load_settings(self.config)
        opener = read_opener(key_paths(settings)[1] or Path())
        with closing(open_database(settings)) as database:
            rows = database.rows("SELECT * FROM submissions")
            return [open_submission(header_of(row), row["sealed"], opener) for row in rows]

    def end(self) -> None:
        try:
            self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise


@pytest.fixture
def counter(tmp_path: Path, repository: Path) -> Iterator[Counter]:
    made = Counter(tmp_path, repository)
    yield made
    if made.process.returncode is None:
        made.end()


def synced(counter: Counter) -> tuple[PracticeBackEnd, Recorder]:
    settings, recorder = load_settings(counter.config), Recorder()
    questions = ServiceLibrary.load().service(SERVICE).questions
    case_types = {SERVICE: tuple(question.case_property for question in questions if question.case_property)}
    back_end = PracticeBackEnd(case_types, clock=SystemClock(), on_request=recorder)
    with back_end, closing(open_database(settings)) as database:
        counts = build_engine(settings, database, SystemClock(), practice_api(settings, back_end)).run_once()
        assert (counts.delivered, counts.rejected) == (1, 0)
        return back_end, recorder


def test_brings_both_who_asks_and_who_filled_in_to_the_case_system(counter: Counter, shared_dir: Path) -> None:
    marks = new_marks()
    assert counter.fill(marks, how="phone") == "stage KEPT"
    name = marks.typed()["name"]
    [kept] = counter.kept()
    assert kept.initiator.name == name
    assert (kept.filled_by.number, kept.filled_by.how) == (str(OMAR.number), "phone")
    assert {line.origin for line in kept.lines} == {Origin.TAKEN_OVER.value}
    assert all(title.startswith("Voor: de inwoner") for _, title in counter.told["seen"])
    back_end, recorder = synced(counter)
    [case] = back_end.registered()
    assert case.identificatie == kept.header.reference == counter.told["reference"]
    assert case.initiators == (name,)
    assert case.staff == (("klantcontacter", str(OMAR.number)),)
    recorder.assert_valid()


@pytest.mark.timeout(400)  # looks through all that the tests before it left in the temp folder
def test_leaves_nothing_of_one_citizen_for_the_next(counter: Counter) -> None:
    marks = new_marks()
    assert counter.fill(marks) == "stage KEPT"
    assert len(counter.told["planted"]) > 4
    assert marks.kinds_in(repr(counter.kept()).encode()), "else nothing was typed, and nothing could be found"
    (counter.filling.with_suffix(".told")).unlink()
    counter.tell("next")
    counter.until("stage CHOOSING")
    counter.tell("look")
    shown = counter.until("looks")
    assert not marks.kinds_in(shown.encode())
    assert "Invullen voor iemand" in shown
    places = [*file_places(counter.data, counter.since), memory_place("desk", counter.process.pid)]
    found = search(places, marks)
    assert "desk" in found.searched
    assert found.found == ()
    assert not list(temp_home().glob(f"{PREFIX}{counter.process.pid}-*"))


def test_would_find_what_a_desk_keeps(counter: Counter) -> None:
    marks = new_marks()
    counter.tell(f"type {marks.typed()['name']}")
    counter.until("typed")
    found = search([memory_place("desk", counter.process.pid)], marks)
    assert [(one.place, one.kind) for one in found.found] == [("desk", "name")]


@pytest.mark.long
@pytest.mark.parametrize(("way", "says"), [("leave", "GONE"), ("crash", "BROKE")])
def test_keeps_nothing_that_was_not_sent_and_takes_the_next_one(counter: Counter, way: str, says: str) -> None:
    marks = new_marks()
    assert counter.fill(marks, way=way) == f"stage {says}"
    if way == "leave":
        assert not (counter.data / "loket.db").exists() or not counter.kept()
    counter.tell("next")
    counter.until("stage CHOOSING")
    assert counter.fill(new_marks()) == "stage KEPT"


@pytest.mark.long
def test_tells_that_a_case_was_kept_after_a_hasty_end_too(counter: Counter) -> None:
    assert counter.fill(new_marks(), way="leave-kept") == "stage KEPT"
    assert len(counter.kept()) == 1


def test_leaves_no_window_behind_when_the_desk_is_killed(counter: Counter) -> None:
    counter.filling.write_text(json.dumps({"words": new_marks().typed(), "way": "stay"}), encoding="utf-8")
    counter.tell(f"fill {SERVICE} desk")
    counter.until("stage OPEN")
    [visit] = children(counter.process.pid)
    counter.process.kill()
    counter.end()
    assert outlives([visit], 20) == []


@pytest.mark.long
def test_takes_the_window_along_when_the_desk_stops_it_or_goes(counter: Counter) -> None:
    marks = new_marks()
    counter.filling.write_text(json.dumps({"words": marks.typed(), "way": "stay"}), encoding="utf-8")
    counter.tell(f"fill {SERVICE} desk")
    counter.until("stage OPEN")
    [visit] = children(counter.process.pid)
    counter.tell("stop")
    counter.until("stage")
    assert not Path(f"/proc/{visit}").exists()
    counter.filling.write_text(json.dumps({"words": marks.typed(), "way": "stay"}), encoding="utf-8")
    counter.tell("next")
    counter.until("stage CHOOSING")
    counter.tell(f"fill {SERVICE} desk")
    counter.until("stage OPEN")
    [visit] = children(counter.process.pid)
    counter.end()
    assert not Path(f"/proc/{visit}").exists()


def test_names_nobody_on_a_command_line(counter: Counter) -> None:
    counter.filling.write_text(json.dumps({"words": new_marks().typed(), "way": "stay"}), encoding="utf-8")
    counter.tell(f"fill {SERVICE} desk")
    counter.until("stage OPEN")
    [visit] = children(counter.process.pid)
    for name in ("cmdline", "environ"):
        shown = Path(f"/proc/{visit}/{name}").read_bytes()
        assert OMAR.name.encode() not in shown
        assert OMAR.name.split()[0].encode() not in shown


@pytest.mark.long
def test_takes_a_citizen_of_the_members_name_only_when_that_is_said(counter: Counter) -> None:
    assert counter.fill(new_marks(), name=OMAR.name) == "stage KEPT"
    [kept] = counter.kept()
    assert kept.initiator.name == OMAR.name
    assert kept.filled_by.is_namesake


def test_shows_the_case_in_the_work_list_as_one_that_is_here(counter: Counter) -> None:
    counter.fill(new_marks())
    settings = load_settings(counter.config)
    with closing(open_counter(settings)) as file, closing(open_database(settings)) as database:
        work = SqliteWorkList(file, database, {SERVICE: "Ik ga verhuizen"})
        [item] = work.page(10)
    assert (item.reference, item.stage, item.service_id) == (counter.told["reference"], Stage.HERE, SERVICE)


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]
