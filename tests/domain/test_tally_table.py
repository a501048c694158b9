# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""No number under five comes out, not even for who subtracts all that is shown from the total."""

from __future__ import annotations

import random
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from domain.help_log import HelpedStep
from domain.tally import Age, Channel, Deed, Organisation, Tally, Theme
from domain.tally_table import LEAST, Shown, TallyTable, report_of, table_of

MOST = 30  # of a number that the attacker tries


def possible(table: TallyTable, total: int) -> dict[str, set[int]]:
    """Give every number that each hidden small cell could be, by trying all of them, with the rule in hand."""
    small = [cell.word for cell in table.cells if cell.shown is Shown.SMALL]
    hidden = [cell.word for cell in table.cells if cell.shown is Shown.HIDDEN]
    rest = total - sum(cell.number for cell in table.cells)
    found: dict[str, set[int]] = {word: set() for word in small}
    shown = [cell.number for cell in table.cells if cell.number]
    others = range(LEAST, min(shown) + 1) if shown and hidden else [0, *range(LEAST, rest + 1)]
    for values in product(range(1, LEAST), repeat=len(small)):
        left = rest - sum(values)
        reachable = {0}
        for _ in hidden:
            reachable = {one + other for one in reachable for other in others if one + other <= rest}
        if left in reachable:
            for word, value in zip(small, values, strict=True):
                found[word].add(value)
    return found


@given(st.lists(st.integers(0, MOST), min_size=1, max_size=6))
def test_leaves_every_small_number_open_to_who_tries_all(numbers: list[int]) -> None:
    words = {f"w{place}": number for place, number in enumerate(numbers)}
    table = table_of("theme", words)
    assert all(cell.number == 0 or cell.number >= LEAST for cell in table.cells)
    for word, values in possible(table, sum(numbers)).items():
        assert values == {1, 2, 3, 4}, (word, values)


def test_hides_a_second_number_where_one_could_be_worked_out() -> None:
    table = table_of("age", {"a": 3, "b": 20, "c": 9, "d": 0})  # 12 - 9 tells
    shown = {cell.word: cell.shown for cell in table.cells}
    assert shown == {"a": Shown.SMALL, "b": Shown.NUMBER, "c": Shown.HIDDEN, "d": Shown.NUMBER}


def test_hides_more_where_two_small_numbers_add_up_to_two() -> None:
    table = table_of("age", {"a": 1, "b": 1, "c": 8})
    assert Shown.HIDDEN in {cell.shown for cell in table.cells} or not table.cells


def test_shows_all_where_nothing_is_small() -> None:
    table = table_of("age", {"a": 5, "b": 0, "c": 8})
    assert [cell.number for cell in table.cells] == [5, 0, 8]


def test_shows_no_table_where_nothing_can_hide_a_small_number() -> None:
    assert table_of("age", {"a": 1, "b": 0}).cells == ()


def test_says_of_a_month_with_four_helps_only_that_there_were_few() -> None:
    report = report_of({Tally(Theme.MOVING, Deed.CALLED): 4}, 2026, 11)
    assert report.total.shown is Shown.SMALL
    assert report.total.number == 0
    assert report.tables == ()


def test_holds_for_invented_months_with_all_their_tables() -> None:
    chance = random.Random(7)
    for _ in range(60):
        counts = {
            Tally(
                chance.choice(tuple(Theme)[:4]),
                chance.choice(tuple(Deed)[:4]),
                chance.choice(tuple(Organisation)[:3]),
                chance.choice(tuple(Organisation)[:3]),
                chance.choice(tuple(Age)[:4]),
                chance.choice(tuple(Channel)),
            ): chance.choice((1, 1, 2, 3, 9))
            for _ in range(chance.randrange(1, 12))
        }
        report = report_of(counts, 2026, 11)
        for table in report.tables:
            for values in possible(table, sum(counts.values())).values():
                assert values == {1, 2, 3, 4}


def test_shows_no_step_with_a_number_under_five_also_when_little_else_was_counted() -> None:
    steps = {HelpedStep("verhuizen", f"q{number}"): number for number in range(1, 9)}
    for counts in ({}, {Tally(Theme.MOVING, Deed.EXPLAINED): 3}, {Tally(Theme.MOVING, Deed.EXPLAINED): 90}):
        report = report_of(counts, 2026, 10, steps)
        assert [cell.number for cell in report.steps] == [8, 7, 6, 5]
