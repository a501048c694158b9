# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list: its order, its pages, what staff did on top, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from domain.counter import Stage, WorkItem
from domain.reference import new_reference
from sync.act_book import SqliteActBook
from sync.database import stamp
from sync.sealing import read_sealer
from tests.fakes.clock import TUESDAY
from tests.sync.list_road import CounterRoad, built_counter
from tests.sync.road import Road

TODAY = date(2026, 11, 24)


@pytest.fixture
def counter(road: Road) -> Iterator[CounterRoad]:
    with built_counter(road) as built:
        built.names["44"] = "B. Bakker"
        yield built


def copy(
    counter: CounterRoad, reference: str, due: str = "", stage: str = "new", owner: str = "", urgent: int = 0,
    title: str = "Bel mij terug", version: str = "v1", planned: str = "",
) -> None:  # fmt: skip
    """Put a copied case there."""
    first = min(filter(None, (due, planned)), default="9999-12-31")
    with counter.file.writing(survives_power_cut=False) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO counter_cases VALUES (?, 'a', 'bel', ?, ?, ?, ?, ?, ?, ?, ?, 'nl', ?, 0, 0, '', ?,"
            " '', 'k', x'', ?)",
            (reference, title, stage, stamp(TUESDAY), due, planned, first, owner, "", urgent, version, stamp(TUESDAY)),
        )


def act(counter: CounterRoad, reference: str, kind: ActKind, state: str = "pending", based_on: str = "v1") -> None:
    header = ActHeader(new_act_id(), reference, kind, counter.road.clock.now(), "44", based_on, "")
    SqliteActBook(counter.file, read_sealer(counter.road.folder / "loket.pub")).record(CaseAct(header, "B. Bakker"))
    with counter.file.writing() as connection:
        connection.execute("UPDATE counter_acts SET state = ? WHERE act_id = ?", (state, header.act_id))


def references(items: Sequence[WorkItem]) -> list[str]:
    return [item.reference for item in items]


def test_urgent_ones_come_first_and_then_the_least_days_left(counter: CounterRoad) -> None:
    copy(counter, "C", "2026-12-03")
    copy(counter, "E")  # no day is known
    copy(counter, "A", "2026-12-20", urgent=1)
    copy(counter, "B", "2026-12-20", planned="2026-12-01")
    copy(counter, "D", "2026-12-03")

    assert references(counter.list.page(10)) == ["A", "B", "C", "D", "E"]


def test_pages_by_place_give_each_case_once(counter: CounterRoad) -> None:
    chance = Random(7)
    for number in range(60):
        day = TODAY + timedelta(days=chance.randrange(20))
        copy(counter, f"Z{number:03}", day.isoformat(), urgent=number % 9 == 0, owner="44" if number % 4 == 0 else "")
        if number % 5 == 0:
            act(counter, f"Z{number:03}", chance.choice([ActKind.URGENT, ActKind.TAKE_ON, ActKind.GIVE_BACK]))
    for _ in range(7):
        counter.road.submit()

    for owner in (None, "", "44"):
        whole = counter.list.page(1000, owner=owner)
        paged: list[WorkItem] = []
        while page := counter.list.page(7, paged[-1] if paged else None, owner=owner):
            paged += page
        assert paged == list(whole)
        assert all(item.owner == owner for item in whole) or owner is None
        places = [(not item.is_urgent, min(filter(None, (item.due_on, item.planned_on)))) for item in whole]
        assert all(before <= after for before, after in pairwise(places))
    assert len(counter.list.page(1000)) == 67


def test_a_case_that_waits_here_shows_and_the_case_system_wins(counter: CounterRoad) -> None:
    sent = counter.deliver()
    item = counter.list.item(sent.header.reference)  # not copied yet
    assert item is not None
    assert item.stage is Stage.NEW
    made = counter.road.submit(is_urgent=True)
    [item] = counter.list.page(10)
    assert item.stage is Stage.HERE
    assert (item.title, item.due_on, item.is_urgent) == ("Verhuizing doorgeven", made.promised_on, True)
    assert item.device_id == "balie-01"
    assert counter.list.counts(TODAY).unsent_cases == 1

    copy(counter, made.header.reference, stage="taken", owner="12")
    [item] = counter.list.page(10)
    assert (item.stage, item.owner) == (Stage.TAKEN, "12")


def test_a_case_that_waits_here_goes_on_with_what_staff_did_and_stays_here(counter: CounterRoad) -> None:
    reference = counter.road.submit().header.reference
    for kind, stage in (
        (ActKind.TAKE_ON, Stage.TAKEN),
        (ActKind.ASK_MISSING, Stage.ASKED),
        (ActKind.GIVE_BACK, Stage.HERE),
    ):
        act(counter, reference, kind, based_on="")
        [item] = counter.list.page(10)
        assert (item.stage, item.is_here) == (stage, True)


@pytest.mark.parametrize(
    ("kind", "stage", "owner", "name"),
    [
        (ActKind.TAKE_ON, Stage.TAKEN, "44", "B. Bakker"),
        (ActKind.GIVE_BACK, Stage.NEW, "", ""),
        (ActKind.FORWARD, Stage.NEW, "", ""),
        (ActKind.ASK_MISSING, Stage.ASKED, "12", ""),
        (ActKind.RESUME, Stage.TAKEN, "12", ""),
        (ActKind.CONTACT, Stage.NEW, "12", ""),
    ],
)
def test_staff_see_their_own_work_at_once(
    counter: CounterRoad, kind: ActKind, stage: Stage, owner: str, name: str
) -> None:
    copy(counter, "A", "2026-12-03", owner="12")
    act(counter, "A", kind)

    [item] = counter.list.page(10)
    assert (item.stage, item.owner, item.owner_name, item.acts_waiting) == (stage, owner, name, 1)
    assert references(counter.list.page(10, owner=owner)) == ["A"]
    assert counter.list.item("A") == item


def test_an_answered_case_leaves_at_once_and_can_still_be_found(counter: CounterRoad) -> None:
    copy(counter, "A", "2026-11-02")
    assert (counter.list.counts(TODAY).cases, counter.list.counts(TODAY).late) == (1, 1)
    act(counter, "A", ActKind.ANSWER)

    assert counter.list.page(10) == []
    assert (counter.list.counts(TODAY).cases, counter.list.counts(TODAY).late) == (0, 0)
    item = counter.list.item("A")
    assert item is not None
    assert item.stage is Stage.ANSWERED


def test_what_is_told_stays_until_the_case_was_read_again(counter: CounterRoad) -> None:
    copy(counter, "A", "2026-12-03")
    act(counter, "A", ActKind.TAKE_ON, "delivered")
    assert (counter.list.page(1)[0].stage, counter.list.page(1)[0].acts_waiting) == (Stage.TAKEN, 0)

    copy(counter, "A", "2026-12-03", version="v2")  # a colleague took it off again
    assert counter.list.page(1)[0].stage is Stage.NEW


@pytest.mark.parametrize("state", ["conflict", "rejected"])
def test_what_cannot_be_told_changes_nothing(counter: CounterRoad, state: str) -> None:
    copy(counter, "A", "2026-12-03", owner="12", stage="taken")
    act(counter, "A", ActKind.TAKE_ON, state)

    [item] = counter.list.page(10)
    assert (item.owner, item.acts_waiting, item.has_conflict) == ("12", 1, state == "conflict")
    counts = counter.list.counts(TODAY)
    assert (counts.conflicts, counts.rejected) == ((1, 0) if state == "conflict" else (0, 1))


def test_who_practises_sees_own_work_though_it_is_never_told(counter: CounterRoad) -> None:
    copy(counter, "A", "2026-12-03")
    act(counter, "A", ActKind.TAKE_ON, "rejected")
    with counter.file.writing() as connection:
        connection.execute("UPDATE counter_acts SET reason = 'practice'")

    [item] = counter.list.page(10)
    assert (item.stage, item.owner) == (Stage.TAKEN, "44")


def test_searches_numbers_and_titles(counter: CounterRoad) -> None:
    number = new_reference(lambda _below: 3)
    copy(counter, number, "2026-12-03", title="Bel mij terug")
    copy(counter, "ZAAK-2026-0000123", "2026-12-02", title="100% korting_op afval")

    def found(search: str) -> list[str]:
        return references(counter.list.page(10, search=search))

    assert found(number.replace("-", " ").casefold()) == [number]
    assert found(number[:6]) == found("bel") == [number]
    assert found("0123") == ["ZAAK-2026-0000123"]
    assert found("0% k") == ["ZAAK-2026-0000123"]
    assert found("g_o") == ["ZAAK-2026-0000123"]
    assert found("%") == ["ZAAK-2026-0000123"]
    assert found("niemand") == []
    assert len(found("  ")) == 2


def test_counts_what_stands_above_the_list(counter: CounterRoad) -> None:
    copy(counter, "A", "2026-11-20")  # Friday
    copy(counter, "B", "2026-11-23", urgent=1)  # yesterday
    copy(counter, "C", "2026-11-24")
    copy(counter, "D", "2026-11-02", stage="answered")
    counter.road.submit(promised_on=date(2026, 11, 2), is_urgent=True)
    act(counter, "C", ActKind.CONTACT)

    counts = counter.list.counts(TODAY)

    assert (counts.cases, counts.late, counts.urgent) == (4, 3, 2)
    assert (counts.unsent_cases, counts.unsent_acts, counts.conflicts, counts.rejected) == (1, 1, 0, 0)
    seen = counter.list.page(10)
    for today in (TODAY, date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 26)):
        assert counter.list.counts(today).late == sum(item.is_late(today) for item in seen)


def test_a_withdrawn_case_says_so(counter: CounterRoad) -> None:
    made = counter.road.submit()
    with counter.road.database.writing() as connection:
        connection.execute(
            "INSERT INTO follow_ups (follow_up_id, case_id, number, kind, made_at, made_on, key_id, sealed, state,"
            " next_try_at) VALUES ('f', ?, 1, 'withdrawal', ?, '2026-11-24', 'k', x'', 'pending', ?)",
            (made.header.case_id, stamp(TUESDAY), stamp(TUESDAY)),
        )
    assert counter.list.page(1)[0].is_withdrawn


def test_knows_no_news_before_the_first_round(counter: CounterRoad) -> None:
    assert counter.list.news().refreshed_at is None
    assert counter.list.item("nobody") is None
