# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking how far a case is: number and code, five tries, a lock that outlives the process; and what is added later."""

from __future__ import annotations

import uuid
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.case import CaseId, CaseState
from domain.errors import StoreError
from domain.follow_up import FollowUpHeader, FollowUpKind
from domain.status_check import LOCKED_FOR, Lateness, StatusOutcome, lateness
from domain.submission import Submission
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.status_book import SqliteStatusBook
from tests.fakes.clock import TUESDAY
from tests.fakes.sealer import FakeSealer
from tests.sync.samples import MARK, hand_in

RIGHT, WRONG = "4711", "1174"


@pytest.fixture
def made(database: Database) -> Submission:
    return hand_in(SqliteCaseStore(database), FakeSealer())


@pytest.fixture
def book(database: Database) -> SqliteStatusBook:
    return SqliteStatusBook(database)


def added(made: Submission, kind: FollowUpKind, at: datetime = TUESDAY) -> FollowUpHeader:
    return FollowUpHeader(str(uuid.uuid4()), made.header.case_id, kind, at, "test-key")


def guess(book: SqliteStatusBook, reference: str, times: int, at: datetime = TUESDAY) -> list[StatusOutcome]:
    return [book.look_up(reference, WRONG, at).outcome for _ in range(times)]


def test_tells_state_and_day_and_nothing_else(book: SqliteStatusBook, made: Submission) -> None:
    reply = book.look_up(made.header.reference, RIGHT, TUESDAY)

    assert reply.outcome is StatusOutcome.FOUND
    assert reply.case is not None
    assert (reply.case.state, reply.case.promised_on) == (CaseState.PENDING, made.promised_on)
    assert MARK not in repr(reply)
    assert RIGHT not in repr(reply)


def test_does_not_know_a_case_of_another_device(book: SqliteStatusBook, made: Submission) -> None:
    assert book.look_up("0000-0000-0000-00", RIGHT, TUESDAY).outcome is StatusOutcome.UNKNOWN


def test_locks_at_the_fifth_wrong_code_and_then_the_right_one_does_not_help(
    book: SqliteStatusBook, made: Submission
) -> None:
    reference = made.header.reference

    assert guess(book, reference, 5) == [StatusOutcome.WRONG_CODE] * 4 + [StatusOutcome.LOCKED]
    assert book.look_up(reference, RIGHT, TUESDAY + timedelta(minutes=14)).outcome is StatusOutcome.LOCKED
    assert book.look_up(reference, RIGHT, TUESDAY + LOCKED_FOR).outcome is StatusOutcome.FOUND


def test_a_lock_outlives_the_process(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), FakeSealer())
        guess(SqliteStatusBook(database), made.header.reference, 3)
    with closing(Database(tmp_path / "loket.db")) as database:
        assert guess(SqliteStatusBook(database), made.header.reference, 2)[-1] is StatusOutcome.LOCKED
    with closing(Database(tmp_path / "loket.db")) as database:
        assert SqliteStatusBook(database).look_up(made.header.reference, RIGHT, TUESDAY).outcome is StatusOutcome.LOCKED


def test_a_lock_that_ran_out_gives_five_new_tries(book: SqliteStatusBook, made: Submission) -> None:
    later = TUESDAY + LOCKED_FOR
    guess(book, made.header.reference, 5)

    assert guess(book, made.header.reference, 5, later) == [StatusOutcome.WRONG_CODE] * 4 + [StatusOutcome.LOCKED]


def test_the_right_code_forgets_the_wrong_ones(book: SqliteStatusBook, made: Submission) -> None:
    guess(book, made.header.reference, 4)
    book.look_up(made.header.reference, RIGHT, TUESDAY)

    assert guess(book, made.header.reference, 4) == [StatusOutcome.WRONG_CODE] * 4


def test_guessing_at_one_case_locks_nobody_else_out(
    book: SqliteStatusBook, made: Submission, database: Database
) -> None:
    other = hand_in(SqliteCaseStore(database), FakeSealer())
    guess(book, made.header.reference, 5)

    assert book.look_up(other.header.reference, RIGHT, TUESDAY).outcome is StatusOutcome.FOUND


def test_a_clock_that_jumped_back_locks_no_longer_than_a_quarter_of_an_hour(
    book: SqliteStatusBook, made: Submission
) -> None:
    guess(book, made.header.reference, 5, TUESDAY + timedelta(days=4000))
    reply = book.look_up(made.header.reference, RIGHT, TUESDAY)

    assert reply.locked_until == TUESDAY + LOCKED_FOR
    assert book.look_up(made.header.reference, RIGHT, TUESDAY + LOCKED_FOR).outcome is StatusOutcome.FOUND


def test_two_windows_have_no_more_tries_than_one(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "a.db")) as one, closing(Database(tmp_path / "a.db")) as two:
        made = hand_in(SqliteCaseStore(one), FakeSealer())
        books = (SqliteStatusBook(one), SqliteStatusBook(two)) * 3
        found = [book.look_up(made.header.reference, WRONG, TUESDAY).outcome for book in books]

    assert found.index(StatusOutcome.LOCKED) == 4


def test_keeps_what_is_added_in_order(book: SqliteStatusBook, made: Submission, database: Database) -> None:
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET attempts = 1")  # somebody else may have heard of it
    for kind in (FollowUpKind.CORRECTION, FollowUpKind.CORRECTION, FollowUpKind.WITHDRAWAL):
        assert book.add(added(made, kind), b"sealed")
    reply = book.look_up(made.header.reference, RIGHT, TUESDAY)
    rows = database.rows("SELECT number, kind, state FROM follow_ups ORDER BY number")

    assert [(row["number"], row["kind"]) for row in rows] == [(1, "correction"), (2, "correction"), (3, "withdrawal")]
    assert reply.case is not None
    assert (reply.case.corrections, reply.case.is_withdrawn) == (2, True)


def test_withdrawing_what_nobody_else_heard_of_ends_it_here(
    book: SqliteStatusBook, made: Submission, database: Database
) -> None:
    book.add(added(made, FollowUpKind.CORRECTION), b"sealed")
    kept = [book.add(added(made, FollowUpKind.WITHDRAWAL), b"sealed") for _ in range(2)]
    reply = book.look_up(made.header.reference, RIGHT, TUESDAY)

    assert kept == [True, False]
    assert reply.case is not None
    assert reply.case.state is CaseState.WITHDRAWN
    assert database.rows("SELECT 1 FROM follow_ups") == []


def test_the_same_addition_twice_is_one(book: SqliteStatusBook, made: Submission, database: Database) -> None:
    header = added(made, FollowUpKind.CORRECTION)

    assert [book.add(header, b"sealed"), book.add(header, b"sealed")] == [True, False]
    assert len(database.rows("SELECT 1 FROM follow_ups")) == 1


def test_reminds_once_on_a_day_in_the_netherlands(book: SqliteStatusBook, made: Submission) -> None:
    late = TUESDAY.replace(hour=22, minute=30)  # 23.30 here
    after_midnight = late + timedelta(hours=1)
    kept = [book.add(added(made, FollowUpKind.REMINDER, at), b"") for at in (TUESDAY, late, after_midnight)]

    assert kept == [True, False, True]
    reply = book.look_up(made.header.reference, RIGHT, TUESDAY)
    assert reply.case is not None
    assert reply.case.reminded_on == TUESDAY.date() + timedelta(days=1)


def test_adds_nothing_to_what_is_not_there_or_over(
    book: SqliteStatusBook, made: Submission, database: Database
) -> None:
    nowhere = FollowUpHeader("x", CaseId("nowhere"), FollowUpKind.CORRECTION, TUESDAY, "test-key")
    with pytest.raises(StoreError):
        book.add(nowhere, b"")
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET state = 'withdrawn'")
    with pytest.raises(StoreError):
        book.add(added(made, FollowUpKind.CORRECTION), b"")

    assert database.rows("SELECT 1 FROM follow_ups") == []


@pytest.mark.parametrize(
    ("state", "checked_hours_ago", "days_after", "wanted"),
    [
        (CaseState.PENDING, None, 0, Lateness.NO),
        (CaseState.PENDING, None, 1, Lateness.NOT_KNOWN),
        (CaseState.RETRYING, None, 1, Lateness.NOT_KNOWN),
        (CaseState.DELIVERED, 1, 0, Lateness.NO),
        (CaseState.DELIVERED, 1, 1, Lateness.KNOWN),
        (CaseState.IN_PROGRESS, 23, 1, Lateness.KNOWN),
        (CaseState.IN_PROGRESS, 25, 1, Lateness.NOT_KNOWN),
        (CaseState.DELIVERED, None, 1, Lateness.NOT_KNOWN),
        (CaseState.DONE, 1, 9, Lateness.NO),
        (CaseState.WITHDRAWN, 1, 9, Lateness.NO),
    ],
)
def test_is_late_only_where_that_is_known(
    book: SqliteStatusBook,
    made: Submission,
    database: Database,
    state: CaseState,
    checked_hours_ago: int | None,
    days_after: int,
    wanted: Lateness,
) -> None:
    today = date(2026, 12, 1) + timedelta(days=days_after)
    now = datetime.combine(today, TUESDAY.timetz())
    claimed = "x" if state is CaseState.SENDING else ""
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET state = ?, claimed_by = ?", (state, claimed))
        if checked_hours_ago is not None:
            at = (now - timedelta(hours=checked_hours_ago)).isoformat()
            connection.execute("INSERT INTO case_news VALUES (?, '', ?, 0, ?)", (made.header.case_id, at, at))
    case = book.look_up(made.header.reference, RIGHT, now).case

    assert case is not None
    assert lateness(case, now, today) is wanted


def test_gives_staff_what_is_past_its_day_and_not_over_and_nothing_of_whose_it_is(
    database: Database, book: SqliteStatusBook, made: Submission
) -> None:
    store = SqliteCaseStore(database)
    done = hand_in(store, FakeSealer())
    late = hand_in(store, FakeSealer())
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET state = 'done' WHERE case_id = ?", (done.header.case_id,))
        connection.execute("UPDATE outbox SET state = 'delivered' WHERE case_id = ?", (late.header.case_id,))
    assert book.passed(made.promised_on) == []
    book.add(added(late, FollowUpKind.REMINDER), b"sealed")
    found = book.passed(made.promised_on + timedelta(days=1))
    assert {case.reference for case in found} == {made.header.reference, late.header.reference}
    assert {case.reminded_on for case in found} == {None, TUESDAY.date()}
    assert MARK not in repr(found)
