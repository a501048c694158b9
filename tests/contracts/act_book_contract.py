# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every act book does, fake or real. A test class takes `ActBookContract` and gives a `bench`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from domain.case_act import ActBook, ActHeader, ActKind, ActState, CaseAct, ConflictChoice, GiveUpReason, new_act_id
from domain.errors import StoreError

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class ActBench(Protocol):
    """A book under test, and what the world around it can do."""

    @property
    def book(self) -> ActBook:
        """Give the book, empty at first."""
        ...

    def settle(self, act_id: str, state: ActState, reason: str = "") -> None:
        """Do what the sender does to an act."""
        ...

    def failing(self) -> AbstractContextManager[None]:
        """Make writing fail, as with a full disk, while inside."""
        ...


def act(
    reference: str = "LK-1", kind: ActKind = ActKind.TAKE_ON, after: timedelta = timedelta(), text: str = ""
) -> CaseAct:
    """Make an act of a made-up member of staff."""
    header = ActHeader(new_act_id(), reference, kind, MOMENT + after, "12", "v1", "")
    return CaseAct(header, "M. Mulder", text, {"called": "yes"})


class ActBookContract:
    """The promises of `domain.case_act.ActBook`."""

    def test_is_empty_at_first(self, bench: ActBench) -> None:
        assert list(bench.book.acts()) == []

    def test_keeps_acts_in_the_order_in_which_they_were_recorded_whatever_the_clock_said(self, bench: ActBench) -> None:
        made = [act(after=timedelta(hours=-hours)) for hours in range(3)]
        assert all(bench.book.record(each) for each in made)
        kept = bench.book.acts("LK-1")
        assert [each.header.act_id for each in kept] == [each.header.act_id for each in made]
        assert [each.header.at for each in kept] == [each.header.at for each in made]
        assert {each.state for each in kept} == {ActState.PENDING}

    def test_keeps_an_act_once(self, bench: ActBench) -> None:
        made = act()
        assert bench.book.record(made)
        assert not bench.book.record(made)
        assert len(bench.book.acts()) == 1

    def test_names_the_key_it_seals_with(self, bench: ActBench) -> None:
        bench.book.record(act())
        assert bench.book.acts()[0].header.key_id

    def test_gives_the_acts_of_one_case_or_of_all(self, bench: ActBench) -> None:
        for reference in ("LK-1", "LK-2", "LK-1", ""):
            bench.book.record(act(reference))
        assert len(bench.book.acts("LK-1")) == 2
        assert len(bench.book.acts()) == 4

    def test_gives_what_is_open_alone_when_asked(self, bench: ActBench) -> None:
        made = [act() for _ in ActState]
        for each, state in zip(made, ActState, strict=True):
            bench.book.record(each)
            bench.settle(each.header.act_id, state)
        open_states = {kept.state for kept in bench.book.acts(only_open=True)}
        assert open_states == set(ActState) - {ActState.DELIVERED, ActState.DROPPED}
        assert len(bench.book.acts("LK-1", only_open=True)) == 4

    def test_says_why_an_act_was_not_sent(self, bench: ActBench) -> None:
        made = act()
        bench.book.record(made)
        bench.settle(made.header.act_id, ActState.REJECTED, "catalogue")
        assert [(kept.state, kept.reason) for kept in bench.book.acts()] == [(ActState.REJECTED, "catalogue")]

    @pytest.mark.parametrize(
        ("choice", "state"),
        [
            (ConflictChoice.MINE, ActState.PENDING),
            (ConflictChoice.BOTH, ActState.PENDING),
            (ConflictChoice.THEIRS, ActState.DROPPED),
        ],
    )
    def test_solves_a_conflict_as_was_chosen(self, bench: ActBench, choice: ConflictChoice, state: ActState) -> None:
        made = act()
        bench.book.record(made)
        bench.settle(made.header.act_id, ActState.CONFLICT)
        bench.book.resolve(made.header.act_id, choice, "12", MOMENT)
        assert [kept.state for kept in bench.book.acts()] == [state]

    @pytest.mark.parametrize("state", sorted(set(ActState) - {ActState.CONFLICT}))
    def test_solves_nothing_where_there_is_no_conflict(self, bench: ActBench, state: ActState) -> None:
        made = act()
        bench.book.record(made)
        bench.settle(made.header.act_id, state)
        bench.book.resolve(made.header.act_id, ConflictChoice.THEIRS, "12", MOMENT)
        assert [kept.state for kept in bench.book.acts()] == [state]

    def test_tries_a_rejected_act_again_and_no_other(self, bench: ActBench) -> None:
        made = [act() for _ in range(2)]
        for each, state in zip(made, (ActState.REJECTED, ActState.CONFLICT), strict=True):
            bench.book.record(each)
            bench.settle(each.header.act_id, state, "catalogue")
            bench.book.retry(each.header.act_id)
        assert [kept.state for kept in bench.book.acts()] == [ActState.PENDING, ActState.CONFLICT]
        assert bench.book.acts()[0].reason == ""

    def test_gives_up_what_was_refused_and_nothing_else_and_keeps_why_it_was_refused(self, bench: ActBench) -> None:
        made = [act() for _ in ActState]
        for each, state in zip(made, ActState, strict=True):
            bench.book.record(each)
            bench.settle(each.header.act_id, state, "catalogue")
            given_up = bench.book.give_up(each.header.act_id, "12", MOMENT, GiveUpReason.TOLD)
            assert given_up is (state is ActState.REJECTED)
        states = {each: each for each in ActState} | {ActState.REJECTED: ActState.DROPPED}
        assert [kept.state for kept in bench.book.acts()] == [states[state] for state in ActState]
        assert {kept.reason for kept in bench.book.acts()} == {"catalogue"}

    def test_keeps_nothing_when_the_disk_fails(self, bench: ActBench) -> None:
        made = act()
        with bench.failing(), pytest.raises(StoreError):
            bench.book.record(made)
        assert list(bench.book.acts()) == []
        assert bench.book.record(made)
