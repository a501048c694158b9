# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Acts of staff lie sealed on the disk, and open as they were recorded or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.call_attempts import CallAttempt
from domain.case_act import ActBook, ActKind, ActState, CaseAct, ConflictChoice
from domain.case_answer import CannotCloseError, Result
from domain.errors import SealingError, TamperedError
from sync.act_book import SqliteActBook, opened_of
from sync.counter_file import COUNTER, CounterFile
from sync.sealing import make_key_pair, read_opener, read_sealer
from tests.contracts.act_book_contract import MOMENT, ActBookContract, act
from tests.fakes.call_attempt_book import FakeCallAttemptBook

MARK = "Hortensia-zeven-mark"


class SqliteBench:
    def __init__(self, file: CounterFile, folder: Path) -> None:
        self.file = file
        make_key_pair(folder / "loket.pub", folder / "loket.key")
        self.keys = read_opener(folder / "loket.key")
        self.sealer = read_sealer(folder / "loket.pub")
        self.book: ActBook = SqliteActBook(file, self.sealer)

    def settle(self, act_id: str, state: ActState, reason: str = "") -> None:
        with self.file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET state = ?, reason = ? WHERE act_id = ?", (state.value, reason, act_id)
            )

    @contextmanager
    def failing(self) -> Iterator[None]:
        with self.file.writing() as connection:
            connection.execute(
                "CREATE TRIGGER broken BEFORE INSERT ON counter_acts BEGIN SELECT raise(ABORT, 'no'); END"
            )
        yield
        with self.file.writing() as connection:
            connection.execute("DROP TRIGGER broken")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[SqliteBench]:
    with closing(CounterFile(tmp_path / COUNTER)) as file:
        yield SqliteBench(file, tmp_path)


class TestSqliteActBook(ActBookContract):
    @pytest.fixture
    def bench(self, bench: SqliteBench) -> SqliteBench:
        return bench


def test_opens_as_it_was_recorded_with_the_private_key_alone(bench: SqliteBench) -> None:
    made = act(text=MARK)
    bench.book.record(made)
    [row] = bench.file.rows("SELECT * FROM counter_acts")
    assert opened_of(row, bench.keys) == replace(made, header=replace(made.header, key_id=bench.keys.key_id))


def test_what_staff_write_is_nowhere_readable_on_the_disk(bench: SqliteBench, tmp_path: Path) -> None:
    made = replace(act(text=MARK), staff_name=MARK, given={"what": MARK})
    bench.book.record(made)
    bench.settle(made.header.act_id, ActState.CONFLICT)
    bench.book.resolve(made.header.act_id, ConflictChoice.BOTH, "12", MOMENT)
    bench.file.empty_log()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(made.header.act_id.encode() in path.read_bytes() for path in files), "the search finds what is there"
    assert not [path for path in files if MARK.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'answer'",
        "reference = 'LK-2'",
        "staff_number = '13'",
        "based_on = 'v2'",
        "sealed = zeroblob(200)",
        "at = '2026-11-24T09:31:00.000000+00:00'",
    ],
)
def test_notices_that_an_act_was_changed_on_the_disk(bench: SqliteBench, change: str) -> None:
    bench.book.record(act())
    with bench.file.writing() as connection:
        connection.execute(f"UPDATE counter_acts SET {change}")  # noqa: S608  the cases of this test
    [row] = bench.file.rows("SELECT * FROM counter_acts")
    with pytest.raises(TamperedError):
        opened_of(row, bench.keys)


def test_does_not_open_with_another_key(bench: SqliteBench, tmp_path: Path) -> None:
    bench.book.record(act())
    make_key_pair(tmp_path / "other.pub", tmp_path / "other.key")
    [row] = bench.file.rows("SELECT * FROM counter_acts")
    with pytest.raises(SealingError):
        opened_of(row, read_opener(tmp_path / "other.key"))


def test_a_conflict_in_which_something_was_sent_already_is_undone_by_the_sender_and_not_just_dropped(
    bench: SqliteBench,
) -> None:
    made = [act(), act()]
    for each in made:
        bench.book.record(each)
        bench.settle(each.header.act_id, ActState.CONFLICT)
    with bench.file.writing() as connection:
        for each, step in zip(made, ("seen", "handler"), strict=True):
            connection.execute(
                "INSERT INTO counter_act_steps (act_id, step, identifier, state) VALUES (?, ?, '', 'done')",
                (each.header.act_id, step),
            )
    for each in made:
        bench.book.resolve(each.header.act_id, ConflictChoice.THEIRS, "12", MOMENT)
    assert [kept.state for kept in bench.book.acts()] == [ActState.DROPPED, ActState.PENDING]
    chosen = bench.file.rows("SELECT choice, chosen_by, chosen_at FROM counter_acts")
    assert {(row["choice"], row["chosen_by"], row["chosen_at"][:10]) for row in chosen} == {
        ("theirs", "12", "2026-11-24")
    }


def closing_as_not_received(tried: str = "") -> CaseAct:
    given = {"result": Result.NOT_RECEIVED.value, "tried": tried}
    return replace(act(kind=ActKind.ANSWER, text="Wij hebben niets van u gehoord."), given=given)


def calls(*hours: int) -> FakeCallAttemptBook:
    book = FakeCallAttemptBook()
    for number, hour in enumerate(hours):
        book.record(CallAttempt(f"c-{number}", "LK-1", MOMENT + timedelta(days=number, hours=hour), False))
    return book


def test_whoever_writes_keeps_no_closing_as_not_received_before_calling_was_tried(bench: SqliteBench) -> None:
    too_few = SqliteActBook(bench.file, bench.sealer, calls(0, 5))
    for book in (bench.book, too_few):
        with pytest.raises(CannotCloseError):
            book.record(closing_as_not_received("Briefje bij de opvang gelegd."))
    assert list(bench.book.acts()) == []


def test_keeps_a_closing_as_not_received_after_three_tries(bench: SqliteBench) -> None:
    assert SqliteActBook(bench.file, bench.sealer, calls(0, 5, 0)).record(closing_as_not_received())


def test_keeps_a_closing_of_who_cannot_be_called_when_it_was_asked_and_somebody_says_what_was_tried(
    bench: SqliteBench,
) -> None:
    bench.book.record(act(kind=ActKind.ASK_MISSING))
    with pytest.raises(CannotCloseError):
        bench.book.record(closing_as_not_received())
    assert bench.book.record(closing_as_not_received("Briefje bij de opvang gelegd."))
    bench.book.record(act(kind=ActKind.RESUME))
    with pytest.raises(CannotCloseError):
        bench.book.record(closing_as_not_received("Briefje bij de opvang gelegd."))
