# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The book of warm handovers, on a real file: kept until taken up, forgotten after sixty days, nobody in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.handover import Handover, new_handover_code
from sync.handover_book import HANDOVERS, HandoverFile, SqliteHandoverBook

DAY = date(2026, 11, 24)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqliteHandoverBook]:
    with closing(HandoverFile(tmp_path / HANDOVERS)) as file:
        yield SqliteHandoverBook(file)


def test_keeps_what_waits_oldest_first_until_it_is_picked_up(book: SqliteHandoverBook) -> None:
    new, old = Handover("BCDF", "geldfit", DAY), Handover("GHJK", "humanitas", DAY - timedelta(days=5))
    book.add(new)
    book.add(old)
    assert list(book.waiting(DAY)) == [old, new]
    assert book.picked_up("GHJK")
    assert not book.picked_up("GHJK")
    assert list(book.waiting(DAY)) == [new]


def test_forgets_what_waited_for_sixty_days(book: SqliteHandoverBook) -> None:
    book.add(Handover("BCDF", "geldfit", DAY))
    assert book.waiting(DAY + timedelta(days=60))
    assert not book.waiting(DAY + timedelta(days=61))


def test_has_no_column_for_a_person(tmp_path: Path) -> None:
    with closing(HandoverFile(tmp_path / HANDOVERS)) as file:
        SqliteHandoverBook(file).add(Handover("BCDF", "geldfit", DAY))
        [row] = file.rows("SELECT * FROM handovers")
        assert set(row.keys()) == {"code", "partner", "on_day"}


def test_is_due_after_three_working_days_and_not_on_the_third_calendar_day() -> None:
    friday = Handover("BCDF", "geldfit", date(2026, 11, 20))
    assert not friday.is_due(date(2026, 11, 24))
    assert friday.is_due(date(2026, 11, 25))
    assert len(new_handover_code()) == 4
