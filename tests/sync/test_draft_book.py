# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts under a code: whole or not at all, closed to everybody else, and gone in time (feature C25)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.answers import Answer, Answers
from domain.draft import Draft, DraftOutcome
from domain.draft_code import ALPHABET, new_draft_code, parse_draft_code
from domain.errors import SealingError, StoreError
from sync import draft_book, draft_seal
from sync.database import Database
from sync.draft_book import DraftFile, SqliteDraftBook, open_draft_file
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).parents[2]
MARK = "Zonnestraal17"
FIRST = Draft("schulden", 3, "nl", ("ask", "naam"), Answers({"naam": Answer("naam", fields={"text": MARK})}))
SECOND = Draft("bel", 1, "en", ("check", ""), Answers({"telefoon": Answer("telefoon", fields={"phone": "06 1"})}))


def cheap(code: str, salt: bytes) -> bytes:
    return draft_seal.stretched(code, salt, ops=1, memory=8192)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts.db"


@pytest.fixture
def file(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DraftFile]:
    monkeypatch.setattr(draft_book, "stretched", cheap)
    file = open_draft_file(path)
    yield file
    file.close()


@pytest.fixture
def book(file: DraftFile) -> SqliteDraftBook:
    return SqliteDraftBook(file, 7)


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(found.read_bytes() for found in path.parent.iterdir())


def test_gives_back_what_was_kept_and_never_another_draft(book: SqliteDraftBook, clock: FakeClock) -> None:
    kept = [book.keep(draft, clock.now(), is_clock_doubtful=False) for draft in (FIRST, SECOND)]
    replies = [book.open(each.code, clock.now(), is_clock_doubtful=False) for each in kept]

    assert [reply.draft for reply in replies] == [FIRST, SECOND]
    assert [reply.draft_id for reply in replies] == [each.draft_id for each in kept]


def test_no_byte_on_disk_tells_what_was_kept(book: SqliteDraftBook, path: Path, clock: FakeClock) -> None:
    kept = book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    found = bytes_on_disk(path)

    for secret in (MARK, "schulden", "naam", kept.code, kept.code.replace("-", "")):
        assert secret.encode() not in found


def test_two_drafts_of_any_service_are_as_large(book: SqliteDraftBook, file: DraftFile, clock: FakeClock) -> None:
    for draft in (FIRST, SECOND):
        book.keep(draft, clock.now(), is_clock_doubtful=False)
    assert len({len(row["sealed"]) for row in file.rows("SELECT sealed FROM drafts")}) == 1


def test_what_lies_on_the_device_does_not_open_it(book: SqliteDraftBook, file: DraftFile, clock: FakeClock) -> None:
    book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    row, salt = file.row("SELECT * FROM drafts"), file.row("SELECT salt FROM codes")
    assert row is not None
    assert salt is not None
    for guess in (row["draft_id"].hex(), row["draft_id"], row["salt"].hex(), salt["salt"].hex(), ""):
        with pytest.raises(SealingError):
            draft_seal.opened(cheap(str(guess), salt["salt"]), row["salt"], row["sealed"])


def test_notices_a_draft_that_was_changed(book: SqliteDraftBook, file: DraftFile, clock: FakeClock) -> None:
    kept = book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    other = book.keep(SECOND, clock.now(), is_clock_doubtful=False)
    with file.writing() as connection:
        swapped = "(SELECT sealed FROM drafts WHERE draft_id = ?)"
        connection.execute(
            f"UPDATE drafts SET sealed = {swapped} WHERE draft_id = ?",  # noqa: S608  our own words
            (bytes.fromhex(other.draft_id), bytes.fromhex(kept.draft_id)),
        )
    with pytest.raises(SealingError):
        book.open(kept.code, clock.now(), is_clock_doubtful=False)


def test_five_wrong_codes_lock_also_after_a_restart(book: SqliteDraftBook, path: Path, clock: FakeClock) -> None:
    kept = book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    for number in range(5):
        again = SqliteDraftBook(open_draft_file(path), 7)
        reply = again.open("BBBB-BBBB", clock.now(), is_clock_doubtful=False)
        assert reply.outcome is (DraftOutcome.LOCKED if number == 4 else DraftOutcome.WRONG_CODE)
        assert reply.tries_left == max(0, 4 - number)
    assert book.open(kept.code, clock.now(), is_clock_doubtful=False).outcome is DraftOutcome.LOCKED

    clock.advance(timedelta(minutes=15, seconds=1))
    assert book.open(kept.code, clock.now(), is_clock_doubtful=False).outcome is DraftOutcome.OPENED


def test_a_clock_that_jumps_back_locks_for_a_quarter_of_an_hour_only(book: SqliteDraftBook, clock: FakeClock) -> None:
    kept = book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    for _ in range(5):
        book.open("BBBB-BBBB", clock.now(), is_clock_doubtful=False)
    clock.advance(timedelta(days=-2000))
    assert book.open(kept.code, clock.now(), is_clock_doubtful=True).outcome is DraftOutcome.LOCKED
    clock.advance(timedelta(minutes=16))
    assert book.open(kept.code, clock.now(), is_clock_doubtful=True).outcome is DraftOutcome.OPENED


def test_slips_of_somebody_before_do_not_count(book: SqliteDraftBook, clock: FakeClock) -> None:
    for _ in range(4):
        book.open("BBBB-BBBB", clock.now(), is_clock_doubtful=False)
    clock.advance(timedelta(minutes=16))
    assert book.open("BBBB-BBBB", clock.now(), is_clock_doubtful=False).tries_left == 4


def test_begins_anew_where_the_file_is_damaged(path: Path, book: SqliteDraftBook, clock: FakeClock) -> None:
    book.keep(FIRST, clock.now(), is_clock_doubtful=False)
    book._file.close()
    path.write_bytes(b"\0" * 8192)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)

    again = SqliteDraftBook(open_draft_file(path), 7)
    kept = again.keep(SECOND, clock.now(), is_clock_doubtful=False)
    assert again.open(kept.code, clock.now(), is_clock_doubtful=False).draft == SECOND


def test_is_no_store_of_cases(path: Path, book: SqliteDraftBook) -> None:
    book._file.close()
    with pytest.raises(StoreError):
        Database(path)


def test_a_process_that_is_killed_leaves_whole_drafts_or_none(path: Path, file: DraftFile, clock: FakeClock) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from sync import draft_book, draft_seal\n"
        "draft_book.stretched = lambda c, s: draft_seal.stretched(c, s, ops=1, memory=8192)\n"
        "from tests.sync.test_draft_book import FIRST\n"
        "book = draft_book.SqliteDraftBook(draft_book.open_draft_file(Path(sys.argv[1])), 7)\n"
        "while True:\n"
        "    kept = book.keep(FIRST, datetime(2026, 11, 24, tzinfo=UTC), is_clock_doubtful=False)\n"
        "    print(kept.code, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    codes = [child.stdout.readline().strip() for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    codes += child.stdout.read().split()
    child.wait()
    child.stdout.close()

    book = SqliteDraftBook(open_draft_file(path), 7)
    file.check()
    whole = [found for found in codes if parse_draft_code(found)]
    assert len(whole) >= 20
    assert all(book.open(found, clock.now(), is_clock_doubtful=False).draft == FIRST for found in whole)


def test_a_guess_costs_what_it_has_to() -> None:
    assert (draft_seal.OPS, draft_seal.MEMORY) == (3, 128 * 1024 * 1024)
    assert len(ALPHABET) ** 8 > 2**34


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_draft_code()
    letters = code.replace("-", "")
    for typed in (code, code.lower(), letters, " ".join(letters), f" {letters.lower()}. "):
        assert parse_draft_code(typed) == code
    assert parse_draft_code("8CDF-6HJ5") == "BCDF-GHJS"
    for typed in ("", "BCDF-GHJ", "BCDF-GHJKL", "AEIO-UAEI", "BCDF-GHJ€", "B" * 100):
        assert parse_draft_code(typed) is None
