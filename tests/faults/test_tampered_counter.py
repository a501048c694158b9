# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The counter's file under an attacker's hands: no case is shown as another's, and nothing false is told on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.case_act import ActKind
from domain.errors import CounterError
from domain.staff import StaffId
from sync.case_opening import CaseOpening
from tests.fakes.clock import FakeClock
from tests.sync.counter_road import Laptop
from tests.sync.list_road import CounterRoad, built_counter
from tests.sync.road import Road, built_road

WHO = StaffId("omar")


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    with built_road(tmp_path, FakeClock()) as built:
        yield built


@pytest.fixture
def counter(road: Road) -> Iterator[CounterRoad]:
    with built_counter(road) as built:
        yield built


@pytest.fixture
def two(counter: CounterRoad) -> tuple[str, str]:
    """Give the numbers of two cases that were fetched."""
    first, second = (counter.deliver().header.reference for _ in range(2))
    assert counter.fetch().round()
    return first, second


def opening(counter: CounterRoad) -> CaseOpening:
    return CaseOpening(counter.file, counter.road.database, counter.list, counter.ring, counter.road.clock)


def edit(counter: CounterRoad, statement: str, *values: str) -> None:
    with counter.file.writing() as connection:
        connection.execute(statement, values)


def swap(counter: CounterRoad, first: str, second: str) -> None:
    """Put the answers of one citizen under the number of another."""
    edit(
        counter,
        "UPDATE counter_cases SET sealed = (SELECT sealed FROM counter_cases WHERE reference = ?) WHERE reference = ?",
        second,
        first,
    )


def rename(counter: CounterRoad, first: str, second: str) -> None:
    """Put a whole row under the number of another."""
    edit(counter, "DELETE FROM counter_cases WHERE reference = ?", first)
    edit(counter, "UPDATE counter_cases SET reference = ? WHERE reference = ?", first, second)


def later(counter: CounterRoad, first: str, second: str) -> None:
    """Give a case a day on which it is not late."""
    edit(counter, "UPDATE counter_cases SET due_on = '2099-01-01', first_day = '2099-01-01' WHERE reference = ?", first)


def retitled(counter: CounterRoad, first: str, second: str) -> None:
    """Call it something else."""
    edit(counter, "UPDATE counter_cases SET title = 'Niets bijzonders' WHERE reference = ?", first)


def calmed(counter: CounterRoad, first: str, second: str) -> None:
    """Take its haste and its owner away."""
    edit(counter, "UPDATE counter_cases SET is_urgent = 1 - is_urgent, owner = '99' WHERE reference = ?", first)


def versioned(counter: CounterRoad, first: str, second: str) -> None:
    """Have an act of staff be based on what nobody saw."""
    edit(counter, "UPDATE counter_cases SET version = 'another' WHERE reference = ?", first)


def spoiled(counter: CounterRoad, first: str, second: str) -> None:
    """Change the sealed bytes."""
    edit(counter, "UPDATE counter_cases SET sealed = zeroblob(200) WHERE reference = ?", first)


@pytest.mark.parametrize("attack", [swap, rename, later, retitled, calmed, versioned, spoiled])
def test_a_copy_that_was_changed_is_not_shown_and_is_fetched_again(
    counter: CounterRoad, two: tuple[str, str], attack: Callable[[CounterRoad, str, str], None]
) -> None:
    first, second = two
    honest = opening(counter).open(first, WHO)
    attack(counter, first, second)

    with pytest.raises(CounterError):
        opening(counter).open(first, WHO)
    with pytest.raises(CounterError):
        opening(counter).document(first, next(iter(document.key for document in honest.documents)), WHO)

    assert counter.fetch().round()
    mended = opening(counter).open(first, WHO)
    assert (mended.item, mended.lines, mended.version) == (honest.item, honest.lines, honest.version)
    assert opening(counter).open(second, WHO).item.reference == second


@pytest.mark.parametrize(
    "change",
    [
        "reference = (SELECT reference FROM counter_cases WHERE reference <> counter_acts.reference LIMIT 1)",
        "kind = 'answer'",
        "staff_number = '99'",
        "based_on = 'another'",
        "at = '2020-01-01T00:00:00+00:00'",
    ],
)
def test_an_act_that_was_changed_reaches_no_case_and_no_screen(
    counter: CounterRoad, two: tuple[str, str], change: str
) -> None:
    first, second = two
    laptop = Laptop(counter.road, counter.file)
    laptop.act(first, ActKind.CONTACT, "Wij spraken elkaar.", {"channel": "phone", "questions": "1"})
    edit(counter, f"UPDATE counter_acts SET {change}")  # noqa: S608  the attacks of this module
    counter.road.recorder.seen.clear()

    laptop.send()

    assert laptop.states() == ["rejected"]
    assert laptop.reasons() == ["tampered"]
    assert not [seen for seen in counter.road.recorder.seen if seen.method != "GET"]
    reference = second if change.startswith("reference") else first
    with pytest.raises(CounterError):
        opening(counter).open(reference, WHO)
