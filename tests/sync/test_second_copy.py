# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second copy comes right after the receipt, and is made up when its writer was killed in between."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseId
from domain.follow_up import FollowUpHeader, FollowUpKind
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.second_copy import TABLES, SecondCopies, unplain
from sync.status_book import SqliteStatusBook
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission, summary

SEALED = b"sealed " * 500
LATER = TUESDAY + timedelta(hours=1)


class Shelf:
    """A store, its copies, and who hands in."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "loket.db"
        self.database = Database(self.path)
        self.copies = SecondCopies(folder / "waiting")
        self.store = SqliteCaseStore(self.database, self.copies)

    def submit(self) -> CaseId:
        made = submission()
        self.store.submit(made.header, SEALED, summary(made), "4711")
        return made.header.case_id

    def there(self) -> list[str]:
        return sorted(file.name for file in self.copies.folder.iterdir()) if self.copies.folder.exists() else []

    def copied(self, case_id: str) -> dict[str, list[dict[str, object]]]:
        tables = json.loads((self.copies.folder / f"{case_id}.case").read_bytes())["tables"]
        return {table: [unplain(row) for row in rows] for table, rows in tables.items() if rows}

    def add_correction(self, case_id: CaseId, copies: SecondCopies | None) -> None:
        header = FollowUpHeader("follow-up-1", case_id, FollowUpKind.CORRECTION, TUESDAY, "0" * 16)
        assert SqliteStatusBook(self.database, copies).add(header, b"sealed correction")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "data")
    with closing(made.database):
        yield made


def test_writes_no_copy_before_the_citizen_is_told_and_all_of_them_after(shelf: Shelf) -> None:
    ids = [shelf.submit(), shelf.submit()]
    assert shelf.there() == []
    shelf.store.write_copies()
    assert shelf.there() == sorted(f"{case_id}.case" for case_id in ids)


def test_a_copy_from_what_was_handed_in_restores_the_same_rows_as_one_from_the_store(shelf: Shelf) -> None:
    case_id = shelf.submit()
    shelf.store.write_copies()
    shelf.database.close()
    rows = []
    for again in (False, True):
        with closing(Database(shelf.path.with_name(f"other-{again}.db"))) as other:
            assert shelf.copies.restore(other, LATER) == 1
            rows.append({table: other.rows(f"SELECT * FROM {table}") for table in TABLES})  # noqa: S608  names of ours
            assert shelf.copies.keep(other, case_id)
    assert rows[0] == rows[1]
    assert rows[0]["submissions"][0]["sealed"] == SEALED


def test_writes_the_copy_even_when_the_store_is_spoilt_meanwhile(shelf: Shelf) -> None:
    case_id = shelf.submit()
    shelf.database.close()
    shelf.path.write_bytes(b"\xa5" * 4096 * 20)
    shelf.store.write_copies()
    assert shelf.copied(case_id)["submissions"][0]["sealed"] == SEALED


def test_writes_no_copy_of_a_case_that_was_forgotten(shelf: Shelf) -> None:
    assert shelf.store.forget(shelf.submit())
    shelf.store.write_copies()
    assert shelf.there() == []


def test_makes_up_every_copy_that_is_missing_and_touches_no_other(shelf: Shelf) -> None:
    kept = shelf.submit()
    shelf.store.write_copies()
    before = (shelf.copies.folder / f"{kept}.case").stat()
    missing = [shelf.submit(), shelf.submit()]

    assert shelf.copies.complete(shelf.database) == 2
    assert shelf.there() == sorted(f"{case_id}.case" for case_id in (kept, *missing))
    assert shelf.copied(missing[0])["submissions"][0]["sealed"] == SEALED
    assert (shelf.copies.folder / f"{kept}.case").stat().st_ino == before.st_ino
    assert shelf.copies.complete(shelf.database) == 0


def test_makes_up_no_copy_of_a_case_that_arrived(shelf: Shelf) -> None:
    shelf.submit()
    claim = Outbox(shelf.database).claim(LATER)
    assert claim is not None
    Outbox(shelf.database).delivered(claim, LATER)
    assert shelf.copies.complete(shelf.database) == 0
    assert shelf.there() == []


@pytest.mark.parametrize("has_arrived", [False, True])
def test_makes_up_what_was_added_after_the_copy_was_written(shelf: Shelf, has_arrived: bool) -> None:
    case_id = shelf.submit()
    shelf.store.write_copies()
    if has_arrived:
        claim = Outbox(shelf.database).claim(LATER)
        assert claim is not None
        Outbox(shelf.database).delivered(claim, LATER)
        assert shelf.copies.tidy(shelf.database) == 1
    shelf.add_correction(case_id, copies=None)  # killed before it could write

    assert shelf.copies.complete(shelf.database) == 1
    assert [row["sealed"] for row in shelf.copied(case_id)["follow_ups"]] == [b"sealed correction"]
    assert shelf.copies.complete(shelf.database) == 0


def test_makes_up_a_copy_that_cannot_be_read_once_something_was_added(shelf: Shelf) -> None:
    case_id = shelf.submit()
    shelf.store.write_copies()
    shelf.add_correction(case_id, shelf.copies)
    (shelf.copies.folder / f"{case_id}.case").write_bytes(b"half a fi")
    assert shelf.copies.complete(shelf.database) == 1
    assert shelf.copied(case_id)["follow_ups"]


def test_clears_up_what_a_killed_writer_left_half_written(shelf: Shelf) -> None:
    case_id = shelf.submit()
    shelf.store.write_copies()
    (shelf.copies.folder / f"{case_id}.0badc0de.draft").write_bytes(b"half")
    shelf.copies.tidy(shelf.database)
    assert shelf.there() == [f"{case_id}.case"]


def test_a_disk_that_takes_no_copy_breaks_nothing_and_the_copy_comes_later(shelf: Shelf) -> None:
    shelf.copies.folder.write_text("in the way")
    case_id = shelf.submit()
    shelf.store.write_copies()
    shelf.copies.folder.unlink()
    assert shelf.copies.complete(shelf.database) == 1
    assert shelf.there() == [f"{case_id}.case"]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.sync.test_second_copy import Shelf
shelf = Shelf(Path(sys.argv[1]))
print(shelf.submit(), flush=True)
shelf.store.write_copies()
print(shelf.submit(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_between_receipt_and_copy_loses_no_case_and_leaves_no_copy_missing(
    tmp_path: Path, repository: Path
) -> None:
    asked = [sys.executable, "-c", KILLED, str(tmp_path / "data")]
    done = subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=False, timeout=60)
    told = sorted(done.stdout.split())
    assert done.returncode == -signal.SIGKILL
    assert len(told) == 2
    shelf = Shelf(tmp_path / "data")
    with closing(shelf.database):
        assert sorted(case.case_id for case in shelf.store.summaries()) == told
        assert len(shelf.there()) == 1, "killed before the second copy"
        assert shelf.copies.complete(shelf.database) == 1
        assert shelf.there() == [f"{case_id}.case" for case_id in told]
    with closing(Database(tmp_path / "new.db")) as new:
        assert shelf.copies.restore(new, LATER) == 2
