# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes from a counter at night, and what stays because somebody waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from sync.act_book import SqliteActBook
from sync.counter_file import COUNTER, CounterFile, open_counter_file
from sync.counter_retention import ClearedCounter, clear_counter
from sync.database import stamp
from sync.sealing import make_key_pair, read_sealer
from tests.fakes.clock import FakeClock

MARK = b"Zonnestraal 17, geopend"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CounterFile]:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    file = open_counter_file(tmp_path / COUNTER)
    yield file
    file.close()


def put(file: CounterFile, reference: str, clock: FakeClock, stage: str = "new") -> None:
    with file.writing() as connection:
        connection.execute(
            "INSERT INTO counter_cases VALUES (?, 'a', 'bel', 'Bel mij', ?, '', '', '', '', '', '', 'nl', 0, 0, 0, '',"
            " 'v', '', 'k', ?, ?)",
            (reference, stage, MARK * 400, stamp(clock.now())),
        )


def act(file: CounterFile, reference: str, clock: FakeClock, state: str) -> None:
    header = ActHeader(new_act_id(), reference, ActKind.TAKE_ON, clock.now(), "44", "v", "")
    SqliteActBook(file, read_sealer(file.path.with_name("loket.pub"))).record(CaseAct(header, "B. Balie"))
    with file.writing() as connection:
        connection.execute("UPDATE counter_acts SET state = ? WHERE act_id = ?", (state, header.act_id))


def references(file: CounterFile) -> list[str]:
    return [row["reference"] for row in file.rows("SELECT reference FROM counter_cases ORDER BY reference")]


def test_closed_cases_go_and_what_was_not_heard_of_for_long(file: CounterFile, clock: FakeClock) -> None:
    put(file, "old", clock)
    clock.advance(timedelta(days=13))
    put(file, "closed", clock, "answered")
    put(file, "new", clock)
    assert clear_counter(file, 14, clock.now()) == ClearedCounter(1, 0, 2, 0, is_log_empty=True)

    clock.advance(timedelta(days=1))
    clear_counter(file, 14, clock.now())

    assert references(file) == ["new"]


def test_nothing_goes_that_an_act_still_waits_for(file: CounterFile, clock: FakeClock) -> None:
    for state in ("pending", "retrying", "conflict", "rejected"):
        put(file, state, clock, "answered")
        act(file, state, clock, state)
    clock.advance(timedelta(days=90))

    cleared = clear_counter(file, 14, clock.now())

    assert (cleared.cases, cleared.acts, cleared.kept, cleared.overdue) == (0, 0, 4, 0)


def test_acts_that_are_done_go_with_their_case(file: CounterFile, clock: FakeClock) -> None:
    for reference, stage in (("open", "new"), ("closed", "answered")):
        put(file, reference, clock, stage)
        act(file, reference, clock, "delivered")

    assert clear_counter(file, 14, clock.now()).acts == 1
    assert [row["reference"] for row in file.rows("SELECT reference FROM counter_acts")] == ["open"]


def test_leaves_no_byte_of_what_was_taken_away(file: CounterFile, clock: FakeClock) -> None:
    put(file, "closed", clock, "answered")
    clear_counter(file, 14, clock.now())
    left = b"".join(path.read_bytes() for path in file.path.parent.glob("counter.db*"))
    assert MARK not in left


def test_a_damaged_file_is_set_aside_and_a_new_one_begun(file: CounterFile, clock: FakeClock) -> None:
    put(file, "here", clock)
    file.empty_log()
    file.close()
    file.path.write_bytes(b"no database at all" * 1000)
    for ending in ("-wal", "-shm"):
        file.path.with_name(COUNTER + ending).unlink(missing_ok=True)

    with closing(open_counter_file(file.path)) as fresh:
        assert references(fresh) == []

    [aside] = file.path.parent.glob("damaged-*")
    assert aside.read_bytes().startswith(b"no database")


def test_its_file_is_the_owners_alone(file: CounterFile, clock: FakeClock) -> None:
    put(file, "here", clock)
    modes = {path.name: path.stat().st_mode & 0o077 for path in file.path.parent.glob("counter.db*")}
    assert modes
    assert not any(modes.values())
    with closing(sqlite3.connect(file.path)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone()[0] == CounterFile.application_id
