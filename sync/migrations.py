# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a new store from `schema.sql` and brings an old one up to date, in one transaction.

A migration is numbered, says all it does in its own SQL, and is never changed after a release.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import StoreDamagedError, StoreError

_ASKING_AND_ADDING = """
CREATE TABLE status_tries (
    case_id       TEXT PRIMARY KEY REFERENCES submissions (case_id) ON DELETE CASCADE,
    tries         INTEGER NOT NULL,
    locked_until  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE case_news (
    case_id      TEXT PRIMARY KEY REFERENCES outbox (case_id) ON DELETE CASCADE,
    etag         TEXT NOT NULL DEFAULT '',
    checked_at   TEXT NOT NULL DEFAULT '',
    failures     INTEGER NOT NULL DEFAULT 0,
    next_ask_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_news_due ON case_news (next_ask_at);

CREATE TABLE follow_ups (
    follow_up_id  TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES submissions (case_id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal', 'reminder')),
    made_at       TEXT NOT NULL,
    made_on       TEXT NOT NULL,
    key_id        TEXT NOT NULL,
    sealed        BLOB NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'retrying', 'rejected', 'delivered')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    reason        TEXT NOT NULL DEFAULT '',
    next_try_at   TEXT NOT NULL,
    UNIQUE (case_id, number)
) STRICT;

CREATE INDEX follow_ups_waiting ON follow_ups (next_try_at) WHERE state IN ('pending', 'retrying');
CREATE UNIQUE INDEX follow_ups_one_reminder_a_day ON follow_ups (case_id, made_on) WHERE kind = 'reminder';
"""

_EMPTYING = """
DROP TRIGGER submissions_are_never_edited;

CREATE TRIGGER submissions_are_never_edited
BEFORE UPDATE OF case_id, reference, service_id, service_version, submitted_at, key_id, code_salt, code_hash
ON submissions
BEGIN
    SELECT RAISE(ABORT, 'a submission is never edited');
END;

CREATE TRIGGER sealed_parts_are_only_emptied BEFORE UPDATE OF sealed ON submissions WHEN NEW.sealed <> x''
BEGIN
    SELECT RAISE(ABORT, 'a sealed part is never edited');
END;
"""

_OUTAGE_MARKS = """
CREATE TABLE outage_marks (
    signer  TEXT PRIMARY KEY,
    serial  INTEGER NOT NULL,
    digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_ONE_QUEUE = """
DROP INDEX IF EXISTS outbox_waiting;
DROP INDEX IF EXISTS outbox_claimed;
DROP INDEX IF EXISTS outbox_by_state;

CREATE INDEX outbox_queue ON outbox (state, is_urgent, next_try_at, case_id);
"""

_CALL_ATTEMPTS = """
CREATE TABLE call_attempts (
    attempt_id   TEXT PRIMARY KEY,
    reference    TEXT NOT NULL,
    at           TEXT NOT NULL,
    day_part     TEXT NOT NULL CHECK (day_part IN ('morning', 'afternoon', 'evening')),
    was_reached  INTEGER NOT NULL CHECK (was_reached IN (0, 1)),
    state        TEXT NOT NULL CHECK (state IN ('pending', 'retrying', 'rejected', 'delivered')),
    sends        INTEGER NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT '',
    next_try_at  TEXT NOT NULL
) STRICT;

CREATE INDEX call_attempts_of_case ON call_attempts (reference, at);
CREATE INDEX call_attempts_waiting ON call_attempts (next_try_at) WHERE state IN ('pending', 'retrying');
"""

MIGRATIONS: Mapping[int, str] = {
    2: _ASKING_AND_ADDING,
    3: _EMPTYING,
    4: _OUTAGE_MARKS,
    5: _ONE_QUEUE,
    6: _CALL_ATTEMPTS,
}
"""From the version before to this one. Version 1 is the first; it has no step."""

SCHEMA = Path(__file__).with_name("schema.sql")


def bring_up_to_date(
    connection: sqlite3.Connection,
    application_id: int,
    migrations: Mapping[int, str] = MIGRATIONS,
    schema: Path = SCHEMA,
) -> None:
    """Bring the store to the newest version; a new file gets the schema. Whole or not at all.

    Raises: StoreDamagedError when the file is not a store of Loket, StoreError when it is of a newer Loket.
    """
    newest = max(migrations, default=1)
    if _pragma(connection, "user_version") == newest and _pragma(connection, "application_id") == application_id:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have done the work while this one waited.
        _bring(connection, application_id, migrations, schema, newest)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _bring(
    connection: sqlite3.Connection, application_id: int, migrations: Mapping[int, str], schema: Path, newest: int
) -> None:
    version = _pragma(connection, "user_version")
    is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if version == 0 and is_empty:
        for statement in statements(schema.read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application_id}")
    elif _pragma(connection, "application_id") != application_id:
        raise StoreDamagedError("the file is not a store of Loket", "look at data_dir in the settings")
    elif version > newest:
        raise StoreError("the store was made by a newer Loket", "install that version again")
    else:
        for number in range(version + 1, newest + 1):
            for statement in statements(migrations[number]):
                connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {newest}")


def statements(text: str) -> Iterator[str]:
    """Split SQL into statements; a semicolon inside a trigger does not end one.

    `executescript` is not used: it commits, and a migration must be whole or not at all.
    """
    piece = ""
    for part in text.split(";"):
        piece += part + ";"
        if sqlite3.complete_statement(piece):
            if any(line.strip(" ;") and not line.lstrip().startswith("--") for line in piece.splitlines()):
                yield piece
            piece = ""
    if piece.strip(" ;\n"):
        yield piece


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
