# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups of faults: counted once, owned, answered once, and told to each citizen once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.system_fault import FaultAnswer, FaultGroup, FaultKey, FaultOwner, FaultReport, FaultSource
from sync.counter_file import COUNTER, CounterFile
from sync.fault_book import SqliteFaultBook
from tests.fakes.clock import TUESDAY

KEY = FaultKey(FaultSource.REPORTED, "gemeente", "gegevens")
LATE = FaultKey(FaultSource.DELIVERY, "rejected", "catalogue")
REPORT = FaultReport(KEY, "case-1", TUESDAY, "LK-1")
RIET, IT = FaultOwner("Riet de Vries", "12"), FaultOwner("Burgerzaken")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CounterFile]:
    found = CounterFile(tmp_path / COUNTER)
    yield found
    found.close()


@pytest.fixture
def book(file: CounterFile) -> SqliteFaultBook:
    return SqliteFaultBook(file)


def answer(at: timedelta = DAY) -> FaultAnswer:
    return FaultAnswer("Uw gegevens kloppen nu.", RIET, TUESDAY + at, closes_cases=True)


def only(book: SqliteFaultBook) -> FaultGroup:
    [found] = book.groups()
    return found


def test_reports_of_one_fault_are_one_group_with_a_count(book: SqliteFaultBook) -> None:
    for number in range(3):
        made = replace(REPORT, report_id=f"case-{number}", reference=f"LK-{number}", at=TUESDAY + number * DAY)
        assert book.report(made)
    found = only(book)
    assert (found.number, found.key, found.count, found.citizens, found.told) == (1, KEY, 3, 3, 0)
    assert (found.opened_at, found.first_at, found.last_at) == (TUESDAY, TUESDAY, TUESDAY + 2 * DAY)


def test_another_organisation_or_another_kind_is_another_group(book: SqliteFaultBook) -> None:
    for key in (KEY, replace(KEY, about="uwv"), replace(KEY, kind="geld"), LATE):
        book.report(replace(REPORT, key=key))
    assert len(book.groups()) == 4


def test_the_same_report_counts_once(book: SqliteFaultBook) -> None:
    assert book.report(REPORT)
    assert not book.report(REPORT)
    assert only(book).count == 1


def test_a_group_is_owned_and_given_to_somebody_else(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    assert book.own(1, RIET, TUESDAY)
    assert only(book).owner == RIET
    assert book.own(1, IT, TUESDAY)
    assert only(book).owner == IT
    assert not book.own(2, RIET, TUESDAY)


def test_an_answer_is_written_once_and_gives_an_owner(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    assert book.answer(1, answer())
    assert not book.answer(1, replace(answer(), text="Iets anders."))
    assert not book.own(1, IT, TUESDAY)
    assert (only(book).answer, only(book).owner) == (answer(), RIET)


def test_what_has_an_owner_keeps_it_when_somebody_else_answers(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    book.own(1, IT, TUESDAY)
    book.answer(1, answer())
    assert only(book).owner == IT


def test_a_citizen_who_tells_it_after_the_answer_begins_a_new_group(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    book.answer(1, answer())
    assert not book.report(REPORT)  # the same case is sent once more
    assert book.report(replace(REPORT, report_id="case-2", at=TUESDAY + HOUR))
    assert [group.number for group in book.groups()] == [2, 1]


def test_a_machine_that_fails_after_its_answer_is_counted_that_day_and_new_the_day_after(book: SqliteFaultBook) -> None:
    made = FaultReport(LATE, "case-1", TUESDAY, "LK-1")
    book.report(made)
    book.answer(1, answer(HOUR))
    assert not book.report(made)
    assert not book.report(replace(made, at=TUESDAY + 2 * HOUR))
    assert book.report(replace(made, report_id="case-2", at=TUESDAY + 2 * HOUR))
    assert (only(book).count, len(book.groups())) == (2, 1)
    assert book.report(replace(made, at=TUESDAY + DAY))
    assert [(group.number, group.count) for group in book.groups()] == [(2, 1), (1, 2)]


def test_who_waits_for_an_answer_is_told_of_once(book: SqliteFaultBook, file: CounterFile) -> None:
    book.report(REPORT)
    book.report(replace(REPORT, report_id="case-2", reference="LK-2"))
    book.report(FaultReport(LATE, "log-1", TUESDAY))
    assert list(book.untold()) == []
    book.answer(1, answer())
    first, second = book.untold()
    assert (first.reference, second.reference) == ("LK-1", "LK-2")
    book.is_telling(first, "act-1")
    assert [one.reference for one in book.untold()] == ["LK-2"]
    with file.writing() as connection:
        connection.execute(
            "INSERT INTO counter_acts (number, act_id, reference, kind, at, staff_number, based_on, key_id, sealed,"
            " state, next_try_at) VALUES (1, 'act-1', 'LK-1', 'answer', '', '12', '', '', x'', 'pending', '')"
        )
    assert book.groups()[-1].told == 0  # it is still on its way
    with file.writing() as connection:
        connection.execute("UPDATE counter_acts SET state = 'delivered'")
    assert book.groups()[-1].told == 1


def test_a_group_is_escalated_once(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    later = TUESDAY + 2 * DAY
    assert list(book.not_escalated(later - HOUR)) == []
    [found] = book.not_escalated(later)
    book.escalated(found.number, later)
    assert list(book.not_escalated(later + DAY)) == []


def test_those_without_an_owner_stand_first_and_answered_ones_last(book: SqliteFaultBook) -> None:
    for number in range(4):
        key = replace(KEY, about=f"uwv{number}")
        book.report(replace(REPORT, key=key, at=TUESDAY - number * HOUR))
    book.own(4, RIET, TUESDAY)
    book.answer(3, answer())
    assert [group.number for group in book.groups()] == [2, 1, 4, 3]
    assert [group.number for group in book.groups(only_open=True)] == [2, 1, 4]


def test_an_answered_group_stays_until_everybody_heard_and_then_its_time(book: SqliteFaultBook) -> None:
    book.report(REPORT)
    book.answer(1, answer())
    assert book.forget(TUESDAY + 60 * DAY) == 0
    book.is_telling(book.untold()[0], "act-1")
    assert book.forget(TUESDAY) == 0
    assert book.forget(TUESDAY + 60 * DAY) == 1
    assert list(book.groups()) == []
