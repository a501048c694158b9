# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The counter's copies: what is fetched, how sparingly, and what stays when something fails."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.case_act import ActKind
from domain.counter import Stage, WorkItem
from domain.submission import SubmissionLine
from sync.case_reading import FetchedCase, read_case
from sync.counter_form import KeptCase, kept_of
from sync.practice import ALL_SCOPES, Client, Fault, FaultKind
from sync.work_fetch import forget_round
from tests.fakes.clock import FakeClock
from tests.sync.counter_road import Laptop
from tests.sync.list_road import Colleague, CounterRoad, built_counter
from tests.sync.road import Road, built_road
from tests.sync.samples import MARK


@pytest.fixture
def counter(road: Road) -> Iterator[CounterRoad]:
    with built_counter(road) as built:
        yield built


def opened(counter: CounterRoad, reference: str) -> KeptCase:
    row = counter.file.row("SELECT * FROM counter_cases WHERE reference = ?", (reference,))
    assert row is not None
    assert counter.ring is not None
    return kept_of(counter.ring.for_key(row["key_id"]).open(row["sealed"]))


def test_shows_a_delivered_case_as_the_citizen_told_it(counter: CounterRoad, shared_dir: Path) -> None:
    lines = (
        SubmissionLine("naam", "Wat is uw naam?", f"Anna {MARK}", "given", "helper_after_consent", {"text": MARK}),
    )
    made = counter.deliver(lines=lines, language="ar", is_urgent=True)

    assert counter.fetch().round()

    [item] = counter.list.page(10)
    assert (item.reference, item.service_id, item.title) == (made.header.reference, "verhuizen", TITLE)
    assert (item.stage, item.owner, item.language, item.is_urgent) == (Stage.NEW, "", "ar", True)
    assert item.due_on == made.promised_on
    assert item.asks_call  # by phone, says the sample
    case = opened(counter, made.header.reference).case
    assert case.lines == lines
    assert case.initiator == made.initiator
    assert case.explanation == made.explanation
    assert [document.media_type for document in case.documents] == ["application/pdf"]
    assert [event.text for event in case.history] == ["Ontvangen"]
    assert case.version
    counter.road.recorder.assert_valid()


TITLE = "Verhuizing doorgeven"


def test_keeps_no_word_of_the_citizen_readable(
    counter: CounterRoad, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    counter.deliver()
    counter.fetch().round()
    counter.deliver()
    counter.road.back_end.faults.add(Fault(FaultKind.HTML_500, path="/rollen"))
    counter.fetch().round()

    for file in counter.road.folder.iterdir():
        if file.name.startswith("counter.db"):
            assert MARK.encode() not in file.read_bytes()
    said = capsys.readouterr()
    assert MARK not in caplog.text + said.out + said.err
    assert MARK in opened(counter, counter.list.page(1)[0].reference).case.initiator.name


def test_asks_only_the_lists_when_nothing_changed(counter: CounterRoad) -> None:
    for _ in range(3):
        counter.deliver()
    fetch = counter.fetch()
    fetch.round()
    before = len(counter.road.recorder.seen)

    fetch.round()

    asked = counter.road.recorder.seen[before:]
    assert [request.path.rsplit("/", 1)[-1] for request in asked] == ["zaken"] * 3  # one for each case type


def test_reads_again_what_a_colleague_took_on(counter: CounterRoad) -> None:
    made = counter.deliver()
    fetch = counter.fetch()
    fetch.round()
    before = opened(counter, made.header.reference).case.version

    Colleague(counter.road).take_on(made.header.reference)
    fetch.round()

    [item] = counter.list.page(10)
    assert (item.stage, item.owner, item.owner_name) == (Stage.TAKEN, "44", "Bakker")
    assert opened(counter, made.header.reference).case.version != before


def test_shows_facts_of_a_case_that_loket_did_not_make(counter: CounterRoad) -> None:
    caller = Colleague(counter.road).caller
    zaak = caller.zaak(
        identificatie="ZAAK-2026-1",
        zaaktype=caller.case_type("verhuizen"),
        kenmerken=[],
        omschrijving=f"Verhuizing van {MARK}",
        uiterlijkeEinddatumAfdoening="2026-12-15",
        einddatumGepland="2026-12-01",
    )
    caller.made(caller.eigenschap(zaak, "1234AB"))
    caller.made(caller.rol(zaak))

    counter.fetch().round()

    [item] = counter.list.page(10)
    assert (item.title, item.due_on, item.planned_on) == (TITLE, date(2026, 12, 15), date(2026, 12, 1))
    case = opened(counter, "ZAAK-2026-1").case
    assert case.lines == ()
    assert case.facts == (("postcode", "1234AB"),)
    assert case.initiator.name == "Noor Voorbeeld"


def test_a_closed_case_leaves_the_list(counter: CounterRoad) -> None:
    made = counter.deliver()
    fetch = counter.fetch()
    fetch.round()

    counter.road.back_end.move_on(made.header.reference, "Afgehandeld")
    assert fetch.round()

    assert counter.list.page(10) == []
    item = counter.list.item(made.header.reference)
    assert item is not None
    assert item.stage is Stage.ANSWERED


def test_keeps_the_old_list_and_says_why_without_a_network(counter: CounterRoad) -> None:
    counter.deliver()
    fetch = counter.fetch()
    fetch.round()
    heard_at = counter.list.news().refreshed_at
    counter.road.clock.advance(timedelta(minutes=5))
    counter.road.back_end.stop()

    assert not fetch.round()

    news = counter.list.news()
    assert (news.reason, news.refreshed_at, news.is_going_on) == ("unreachable", heard_at, False)
    assert len(counter.list.page(10)) == 1


@pytest.mark.parametrize(
    ("fault", "slug"),
    [
        (Fault(FaultKind.HTML_500, path="/zaken$", times=9), "server-failed"),
        (Fault(FaultKind.ENDLESS, path="/zaken$", times=9), "server-failed"),
        (Fault(FaultKind.GARBAGE, path="/zaken$", times=9), "server-failed"),
        (Fault(FaultKind.JSON_ERROR, path="/zaken$", times=9, status=403, code="permission_denied"), "unauthorised"),
        (Fault(FaultKind.JSON_ERROR, path="/zaaktypen", times=9, status=403), "unauthorised"),
    ],
)
def test_keeps_the_old_list_when_the_answer_is_none(counter: CounterRoad, fault: Fault, slug: str) -> None:
    counter.deliver()
    fetch = counter.fetch()
    fetch.round()
    counter.road.clock.advance(timedelta(hours=2))  # the case types are looked up anew
    counter.road.back_end.faults.add(fault)

    assert not fetch.round()

    assert counter.list.news().reason == slug
    assert len(counter.list.page(10)) == 1


def test_one_case_that_cannot_be_read_does_not_hold_up_the_others(counter: CounterRoad) -> None:
    first, second = counter.deliver(), counter.deliver()
    counter.road.back_end.faults.add(Fault(FaultKind.HTML_500, "GET", "/rollen$"))
    fetch = counter.fetch()

    assert not fetch.round()
    assert [item.reference for item in counter.list.page(10)] == [second.header.reference]
    assert counter.list.news().reason == "server-failed"

    assert fetch.round()
    assert {item.reference for item in counter.list.page(10)} == {first.header.reference, second.header.reference}
    assert counter.list.news().reason == ""


def test_one_case_that_is_odd_does_not_hold_up_the_others(
    counter: CounterRoad, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, fine = counter.deliver().header.reference, counter.deliver().header.reference

    def breaks(found: FetchedCase, *rest: Any) -> KeptCase:
        if found.zaak["identificatie"] == odd:
            raise OverflowError(MARK)
        return read_case(found, *rest)

    monkeypatch.setattr("sync.work_fetch.read_case", breaks)
    assert not counter.fetch().round()
    assert [item.reference for item in counter.list.page(10)] == [fine]
    assert counter.list.news().reason == "rejected"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31-12-2026", "", None, 7])
def test_a_day_that_is_none_is_no_day(day: object) -> None:
    zaak = {
        "identificatie": "ZAAK-2026-1",
        "registratiedatum": day,
        "uiterlijkeEinddatumAfdoening": day,
        "einddatumGepland": day,
    }
    status = {"url": "s/1", "statustype": "t/1", "datumStatusGezet": f"{day}T00:00:00+02:00"}
    found = FetchedCase(zaak, "", "Zaak", roles=[], statuses=[status], status_types={}, papers=[])
    case = read_case(found, {}, None, FakeClock().now()).case
    assert (case.item.due_on, case.item.planned_on, case.history) == (None, None, ())
    assert case.item.days_left(date(2026, 11, 22)) is None


def test_shows_a_case_without_its_papers_until_the_scope_is_there(tmp_path: Path, clock: FakeClock) -> None:
    narrow = Client("smal", "s" * 40, ALL_SCOPES - {"documenten.lezen"})
    with built_road(tmp_path, clock, more_clients=(narrow,)) as road, built_counter(road) as counter:
        made = counter.deliver()

        assert not counter.fetch(client_id="smal", secret="s" * 40).round()

        assert counter.list.news().reason == "unauthorised"
        assert opened(counter, made.header.reference).case.lines == ()
        assert opened(counter, made.header.reference).case.facts  # what the case type has of it
        assert counter.fetch().round()
        assert opened(counter, made.header.reference).case.lines == made.lines


def test_a_hundred_and_one_cases_take_two_pages(counter: CounterRoad, shared_dir: Path) -> None:
    caller = Colleague(counter.road).caller
    zaaktype = caller.case_type("bel")
    for number in range(101):
        caller.zaak(identificatie=f"ZAAK-{number}", zaaktype=zaaktype, kenmerken=[])

    assert counter.fetch({"bel": "bel"}).round()

    assert counter.list.counts(date(2026, 11, 24)).cases == 101
    assert any("page=2" in request.query for request in counter.road.recorder.seen)
    counter.road.recorder.assert_valid()


def test_forgets_what_it_may_not_see_any_more(counter: CounterRoad) -> None:
    made = counter.deliver()
    fetch = counter.fetch()
    fetch.round()
    others = counter.fetch({"bel": "bel"})
    counter.road.back_end.faults.add(
        Fault(FaultKind.JSON_ERROR, path="/zaken/[0-9a-f-]+$", status=403, code="permission_denied")
    )

    others.round()

    assert made.header.reference not in {row["reference"] for row in counter.file.rows("SELECT * FROM counter_cases")}


def test_keeps_what_only_slipped_between_two_pages(counter: CounterRoad) -> None:
    made = counter.deliver()
    counter.fetch().round()

    counter.fetch({"bel": "bel"}).round()

    assert [item.reference for item in counter.list.page(10)] == [made.header.reference]


def test_a_catalogue_without_our_types_is_said(counter: CounterRoad) -> None:
    assert not counter.fetch({"elders": "elders"}).round()
    assert counter.list.news().reason == "catalogue"


def test_a_round_that_was_killed_is_not_going_on(counter: CounterRoad) -> None:
    with counter.file.writing() as connection:
        connection.execute("INSERT INTO counter_news (id, begun_at) VALUES (1, '2026-11-24T09:00:00+00:00')")
    assert counter.list.news().is_going_on

    forget_round(counter.file)

    assert not counter.list.news().is_going_on


def test_what_staff_do_offline_shows_at_once_and_the_same_when_it_was_told(counter: CounterRoad) -> None:
    made = counter.deliver()
    reference, fetch, staff = made.header.reference, counter.fetch(), Laptop(counter.road, counter.file)
    fetch.round()

    def item() -> WorkItem:
        found = counter.list.item(reference)
        assert found is not None
        return found

    def did(kind: ActKind, text: str = "", **given: str) -> None:
        staff.act(reference, kind, text, given, based_on=opened(counter, reference).case.version)

    did(ActKind.TAKE_ON)
    assert (item().stage, item().owner, item().acts_waiting) == (Stage.TAKEN, "12", 1)
    staff.send()
    assert (item().stage, item().owner, item().acts_waiting) == (Stage.TAKEN, "12", 0)
    fetch.round()
    assert (item().stage, item().owner, item().owner_name) == (Stage.TAKEN, "12", "M. Mulder")

    did(ActKind.DOCUMENT_SEEN, "ID-kaart gezien 24-11 10:05 door rol balie")
    did(ActKind.ASK_MISSING, "Wilt u een foto sturen?", what="foto")
    assert item().stage is Stage.ASKED
    staff.send()
    fetch.round()
    assert item().stage is Stage.ASKED
    case = opened(counter, reference).case
    assert [event.text for event in case.seen] == ["ID-kaart gezien 24-11 10:05 door rol balie"]
    assert any("Wilt u een foto sturen?" in event.text and event.by == "M. Mulder" for event in case.history)

    did(ActKind.GIVE_BACK)
    did(ActKind.RESUME)
    staff.send()
    fetch.round()
    assert set(staff.states()) == {"delivered"}
    assert (item().stage, item().owner) == (Stage.NEW, "")
    counter.road.recorder.assert_valid()
