# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The book of counts, on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from domain.errors import StoreDamagedError
from domain.help_log import HelpedStep
from domain.tally import Age, Deed, Tally, Theme
from sync.tally_book import TALLIES, SqliteTallyBook, TallyFile

DAY = date(2026, 11, 24)
ONE, OTHER = Tally(Theme.MOVING, Deed.EXPLAINED), Tally(Theme.MOVING, Deed.EXPLAINED, age=Age.FROM_65)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqliteTallyBook]:
    with closing(TallyFile(tmp_path / TALLIES)) as file:
        yield SqliteTallyBook(file)


def test_counts_by_month(book: SqliteTallyBook) -> None:
    for day in (DAY, DAY, date(2026, 12, 1)):
        book.count(ONE, day)
    book.count(OTHER, DAY)
    assert book.month(2026, 11) == {ONE: 2, OTHER: 1}
    assert book.month(2026, 12) == {ONE: 1}
    assert book.month(2027, 1) == {}


def test_keeps_counts_when_the_program_ends(tmp_path: Path) -> None:
    with closing(TallyFile(tmp_path / TALLIES)) as file:
        SqliteTallyBook(file).count(ONE, DAY)
    with closing(TallyFile(tmp_path / TALLIES)) as file:
        assert SqliteTallyBook(file).month(2026, 11) == {ONE: 1}


def test_takes_back_a_slip_and_no_more_than_was_counted(book: SqliteTallyBook) -> None:
    book.count(ONE, DAY)
    book.count(ONE, DAY)
    assert [book.take_back(ONE, DAY) for _ in range(3)] == [True, True, False]
    assert book.month(2026, 11) == {}


def test_keeps_no_day_and_no_hour(book: SqliteTallyBook, tmp_path: Path) -> None:
    book.count(ONE, DAY)
    with closing(sqlite3.connect(tmp_path / TALLIES)) as found:
        (row,) = found.execute("SELECT * FROM tallies").fetchall()
    assert row[0] == "2026-11"
    assert "24" not in "".join(map(str, row)).replace("2026-11", "")


def test_says_that_a_word_of_no_list_is_damage(book: SqliteTallyBook, tmp_path: Path) -> None:
    book.count(ONE, DAY)
    with closing(sqlite3.connect(tmp_path / TALLIES)) as found:
        found.execute("UPDATE tallies SET theme = 'Jansen'")
        found.commit()
    with pytest.raises(StoreDamagedError) as caught:
        book.month(2026, 11)
    assert "Jansen" not in str(caught.value)


def test_counts_the_steps_at_which_somebody_was_helped_by_month(book: SqliteTallyBook) -> None:
    step, other = HelpedStep("verhuizen", "adres"), HelpedStep("verhuizen", "datum")
    for one in (step, step, other):
        book.count_step(one, DAY)
    assert book.steps(2026, 11) == {step: 2, other: 1}
    assert book.steps(2026, 12) == {}


def test_goes_on_in_a_file_of_before_the_steps_and_keeps_its_counts(tmp_path: Path) -> None:
    with closing(TallyFile(tmp_path / TALLIES)) as file:
        SqliteTallyBook(file).count(ONE, DAY)
    with closing(sqlite3.connect(tmp_path / TALLIES)) as old:
        old.execute("DROP TABLE helped_steps")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(TallyFile(tmp_path / TALLIES)) as file:
        book = SqliteTallyBook(file)
        book.count_step(HelpedStep("verhuizen", "adres"), DAY)
        assert book.month(2026, 11) == {ONE: 1}
        assert book.steps(2026, 11) == {HelpedStep("verhuizen", "adres"): 1}
