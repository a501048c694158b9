# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The store over SQLite keeps every promise of its port, and one more: all of a case or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseSummary
from domain.errors import StoreError
from domain.ports import CaseStore
from domain.submission import to_bytes
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.sealing import make_key_pair, read_sealer
from tests.contracts.case_store_contract import CaseStoreContract
from tests.fakes.clock import TUESDAY
from tests.sync.samples import MARK, hand_in, submission, summary

TABLES = ("submissions", "outbox", "audit_log")


class SqliteBench:
    """Two connections to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = [Database(path), Database(path)]
        self.store: CaseStore = SqliteCaseStore(self._open[0])

    def another(self) -> CaseStore:
        return SqliteCaseStore(self._open[1])

    @contextmanager
    def failing(self) -> Iterator[None]:
        plant(self._path, "CREATE TRIGGER fails BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'planted'); END")
        yield
        plant(self._path, "DROP TRIGGER fails")

    def close(self) -> None:
        for database in self._open:
            database.close()


def plant(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


def counts(database: Database) -> list[int]:
    sql = (
        "SELECT (SELECT count(*) FROM submissions) AS s,"
        " (SELECT count(*) FROM outbox) AS o, (SELECT count(*) FROM audit_log) AS a"
    )
    return list(database.rows(sql)[0].values())


class TestSqliteCaseStore(CaseStoreContract):
    @pytest.fixture
    def bench(self, tmp_path: Path) -> Iterator[SqliteBench]:
        bench = SqliteBench(tmp_path / "loket.db")
        yield bench
        bench.close()


@pytest.mark.parametrize("how", ["ABORT", "FAIL", "ROLLBACK"])
@pytest.mark.parametrize("moment", ["BEFORE", "AFTER"])
@pytest.mark.parametrize("table", TABLES)
def test_keeps_nothing_when_writing_fails_at_any_of_its_rows(
    database: Database, tmp_path: Path, table: str, moment: str, how: str
) -> None:
    store = SqliteCaseStore(database)
    made = submission()
    plant(tmp_path / "loket.db", f"CREATE TRIGGER t {moment} INSERT ON {table} BEGIN SELECT RAISE({how}, 'no'); END")
    with pytest.raises(StoreError):
        store.submit(made.header, b"sealed", summary(made), "1234")
    with closing(Database(tmp_path / "loket.db")) as other:
        assert counts(other) == [0, 0, 0]
    plant(tmp_path / "loket.db", "DROP TRIGGER t")
    store.submit(made.header, b"sealed", summary(made), "1234")
    assert counts(database) == [1, 1, 1]
    assert audit_log.first_broken(database) is None


def test_knows_the_status_code_again_without_keeping_it(database: Database, tmp_path: Path) -> None:
    store = SqliteCaseStore(database)
    made = submission()
    store.submit(made.header, b"sealed", summary(made), "4711")
    assert store.has_status_code(made.header.reference, "4711")
    assert not store.has_status_code(made.header.reference, "4712")
    assert not store.has_status_code("TEST-NONE", "4711")
    row = database.row("SELECT * FROM submissions")
    assert row is not None
    assert all("4711" not in str(value) for name, value in row.items() if name not in {"sealed", "case_id"})


def test_gives_two_cases_with_the_same_status_code_different_hashes(database: Database) -> None:
    store = SqliteCaseStore(database)
    for _ in range(2):
        made = submission()
        store.submit(made.header, b"sealed", summary(made), "0000")
    assert len({row["code_hash"] for row in database.rows("SELECT code_hash FROM submissions")}) == 2


def test_writes_no_answer_anywhere_in_the_folder(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    with closing(Database(tmp_path / "data" / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), read_sealer(tmp_path / "loket.pub"))
        assert MARK.encode() in to_bytes(made)
        files = [file for file in (tmp_path / "data").iterdir() if file.is_file()]
        assert {file.name for file in files} >= {"loket.db", "loket.db-wal"}
        for file in files:
            assert MARK.encode() not in file.read_bytes()
            assert b"Verhuizing doorgeven" not in file.read_bytes()


def test_refuses_to_edit_a_submission(database: Database, tmp_path: Path) -> None:
    made = submission()
    SqliteCaseStore(database).submit(made.header, b"sealed", summary(made), "1234")
    with pytest.raises(sqlite3.IntegrityError):
        plant(tmp_path / "loket.db", "UPDATE submissions SET reference = 'other'")


def test_gives_all_cases_page_by_page_newest_first_also_those_of_one_moment(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    sealer = read_sealer(tmp_path / "loket.pub")
    with closing(Database(tmp_path / "loket.db")) as database:
        store = SqliteCaseStore(database)
        made = {
            hand_in(store, sealer, at=TUESDAY + timedelta(minutes=number // 3)).header.case_id for number in range(10)
        }
        seen: list[CaseSummary] = []
        last = None
        while found := store.page(4, last):
            seen += found
            last = found[-1]
        assert [case.case_id for case in store.in_order(4)] == [case.case_id for case in reversed(seen)]
    assert [case.case_id for case in seen] == [case.case_id for case in reversed(_in_order(seen))]
    assert {case.case_id for case in seen} == made
    assert len(seen) == 10


def _in_order(cases: list[CaseSummary]) -> list[CaseSummary]:
    return sorted(cases, key=lambda case: (case.submitted_at, case.case_id))
