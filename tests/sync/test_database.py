# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file on the disk: its mode, its migrations, and what is said when the disk or the file is no good."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from domain.errors import StoreDamagedError, StoreError, StoreFullError, StoreReadOnlyError
from sync.case_store import SqliteCaseStore
from sync.database import APPLICATION_ID, Database
from sync.migrations import SCHEMA, bring_up_to_date, statements
from tests.sync.samples import submission, summary

OLD = """
CREATE TABLE submissions (case_id TEXT PRIMARY KEY, note TEXT);
-- a comment; with a semicolon
CREATE TRIGGER t AFTER INSERT ON submissions BEGIN SELECT 1; SELECT 2; END;
INSERT INTO submissions VALUES ('a', 'kept');
"""
STEPS = {2: "ALTER TABLE submissions ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';", 3: "DROP TRIGGER t;"}


def shape(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())


def keep(database: Database, size: int = 100) -> None:
    made = submission()
    SqliteCaseStore(database).submit(made.header, b"s" * size, summary(made), "1234")


def test_is_closed_to_other_users(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "data" / "loket.db")) as database:
        keep(database)
        modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "data").iterdir()}
    assert set(modes.values()) == {0o600}
    assert "loket.db-wal" in modes
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_is_open_to_a_group_only_when_one_is_named(tmp_path: Path) -> None:
    import grp

    group = grp.getgrgid(os.getgid()).gr_name
    with closing(Database(tmp_path / "loket.db", group=group)) as database:
        keep(database)
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o660}


def test_writes_through_to_the_disk(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    for name, value in wanted.items():
        assert next(iter((database.row(f"PRAGMA {name}") or {}).values())) == value


def test_makes_a_new_store_from_the_text_that_people_read(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "loket.db")):
        pass
    with closing(sqlite3.connect(tmp_path / "read.db")) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    assert shape(tmp_path / "loket.db") == shape(tmp_path / "read.db")


def old_store(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(OLD + f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;")
    return connection


def test_brings_an_old_store_up_to_date_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    with closing(old_store(tmp_path / "old.db")) as connection:
        bring_up_to_date(connection, APPLICATION_ID, STEPS)
        assert connection.execute("SELECT * FROM submissions").fetchall() == [("a", "kept", "red")]
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        bring_up_to_date(connection, APPLICATION_ID, STEPS)


def test_leaves_an_old_store_whole_when_a_later_step_fails(tmp_path: Path) -> None:
    with closing(old_store(tmp_path / "old.db")) as connection:
        before = shape(tmp_path / "old.db")
        with pytest.raises(sqlite3.OperationalError):
            bring_up_to_date(connection, APPLICATION_ID, {**STEPS, 4: "CREATE TABLE x (y); DROP TABLE nowhere;"})
        assert shape(tmp_path / "old.db") == before
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_refuses_a_store_of_a_newer_version(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "loket.db")) as database, database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer"):
        Database(tmp_path / "loket.db")


@pytest.mark.parametrize("content", [b"this is no database " * 500, b"SQLite format 3\0" + b"\xff" * 4096])
def test_says_that_a_file_is_damaged_and_leaves_it_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "loket.db").write_bytes(content)
    with pytest.raises(StoreDamagedError):
        Database(tmp_path / "loket.db")
    assert (tmp_path / "loket.db").read_bytes() == content


def test_refuses_the_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "loket.db")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreDamagedError):
        Database(tmp_path / "loket.db")


def test_finds_damage_inside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "loket.db"
    with closing(Database(path)) as database:
        for _ in range(50):
            keep(database, 3000)
        database.check()
    content = bytearray(path.read_bytes())
    # Pages in the middle hold rows; the first ones hold the tables' own description.
    for place in range(len(content) // 2, len(content) // 2 + 8192):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with closing(Database(path)) as database, pytest.raises(StoreDamagedError):
        database.check()


FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from sync.database import Database
from tests.sync.test_database import keep
from domain.errors import StoreError
database = Database(Path(sys.argv[2]))
keep(database)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, no_limit[1]))
try:
    keep(database, 300_000)
except StoreError as error:
    print(error.slug)
resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
keep(database)
print(len(database.rows("SELECT 1 FROM submissions")))
"""


def test_keeps_earlier_cases_and_goes_on_when_a_write_does_not_fit(tmp_path: Path, repository: Path) -> None:
    asked = [sys.executable, "-c", FULL, str(repository), str(tmp_path / "loket.db")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    slug, count = done.stdout.split()
    assert slug.startswith("store")
    assert count == "2"


def test_says_that_the_disk_is_full(database: Database) -> None:
    keep(database)
    with database.writing() as connection:
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreFullError):
        keep(database, 200_000)
    assert len(database.rows("SELECT 1 FROM submissions")) == 1


def test_says_that_the_store_may_not_be_written(database: Database) -> None:
    database.row("PRAGMA query_only = 1")
    with pytest.raises(StoreReadOnlyError):
        keep(database)


def test_says_that_a_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        Database(tmp_path / "file" / "loket.db")


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, StoreFullError), (errno.EIO, StoreError)])
def test_names_the_error_of_a_system_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StoreError]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "of the system")

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(kind):
        Database(tmp_path / "loket.db")


def test_splits_statements_without_cutting_a_trigger() -> None:
    found = list(statements(OLD))
    assert len(found) == 3
    assert found[1].rstrip().endswith("END;")
    assert list(statements("-- nothing\n")) == []


AFTER_VERSION_1 = (
    "status_tries",
    "case_news",
    "follow_ups",
    "sealed_parts_are_only_emptied",
    "outage_marks",
    "call_attempts",
    "outbox_queue",
)
INDEXES_OF_VERSION_1 = (
    "CREATE INDEX outbox_waiting ON outbox (is_urgent DESC, next_try_at) WHERE state IN ('pending', 'retrying')",
    "CREATE INDEX outbox_claimed ON outbox (claimed_until) WHERE state = 'sending'",
    "CREATE INDEX outbox_by_state ON outbox (state, next_try_at)",
)
TRIGGER_OF_VERSION_1 = """
CREATE TRIGGER submissions_are_never_edited BEFORE UPDATE ON submissions
BEGIN
    SELECT RAISE(ABORT, 'a submission is never edited');
END
"""


def test_a_store_of_version_1_comes_to_the_same_tables_as_a_new_one(tmp_path: Path) -> None:
    def plain(path: Path) -> list[tuple[str, str]]:
        return [(name, " ".join(re.sub(r"--[^\n]*", "", sql).split())) for name, sql in shape(path)]

    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as connection:
        for statement in statements(SCHEMA.read_text(encoding="utf-8")):
            if not any(name in statement for name in AFTER_VERSION_1):
                connection.execute(statement)
        connection.execute("DROP TRIGGER submissions_are_never_edited")
        for statement in (TRIGGER_OF_VERSION_1, *INDEXES_OF_VERSION_1):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    with closing(Database(tmp_path / "old.db")), closing(Database(tmp_path / "new.db")):
        pass

    assert plain(tmp_path / "old.db") == plain(tmp_path / "new.db")
