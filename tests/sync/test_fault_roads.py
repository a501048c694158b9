# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A fault from where the sync service meets it, to the task for who must own it, and the act that answers a citizen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests

from domain.case_act import ActKind
from domain.case_answer import Result
from domain.submission import Submission, SubmissionLine
from domain.system_fault import FaultAnswer, FaultGroup, FaultKey, FaultOwner, FaultReport, FaultSource
from sync.act_book import SqliteActBook, opened_of
from sync.counter_file import COUNTER, CounterFile
from sync.engine import opening_pack
from sync.fault_book import SqliteFaultBook
from sync.fault_escalation import ACTION, FaultEscalation
from sync.fault_teller import FaultTeller
from sync.fault_watch import FaultEar, undelivered, undelivered_acts
from sync.practice import Fault, FaultKind
from sync.sealing import read_opener, read_sealer
from tests.sync.counter_road import Laptop, written
from tests.sync.road import CASE_TYPES, Road
from tests.sync.samples import MARK

DAY = timedelta(days=1)
RIET = FaultOwner("Riet de Vries", "12")
KEY = FaultKey(FaultSource.REPORTED, "gemeente", "gegevens")
ANSWER = "Uw gegevens kloppen nu. Sorry dat het fout ging."


@pytest.fixture
def file(road: Road) -> Iterator[CounterFile]:
    found = CounterFile(road.folder / COUNTER)
    yield found
    found.close()


@pytest.fixture
def book(file: CounterFile) -> SqliteFaultBook:
    return SqliteFaultBook(file)


def hearing(road: Road) -> Road:
    """Let the sync service of this road hear what cases say."""
    types = {**{name: name for name in CASE_TYPES}, "fout": "bel"}
    road.pack = opening_pack(read_opener(road.folder / "loket.key"), types, FaultEar(road.folder / COUNTER))
    return road


def complaint(road: Road, kind: str = "gegevens", about: str = "gemeente") -> Submission:
    lines = [
        SubmissionLine("soort", "Wat?", MARK, "given", "self", {"choice": kind}),
        SubmissionLine("organisatie", "Wie?", MARK, "given", "self", {"choice": about}),
        SubmissionLine("helpt", "Wat helpt?", MARK, "given", "self", {"text": MARK}),
    ]
    return road.submit(service_id="fout", lines=tuple(lines), properties={})


def listed(road: Road, name: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Token {road.back_end.klantinteracties_token}"}
    found = requests.get(road.back_end.urls.klantinteracties + name, headers=headers, timeout=5).json()
    return list(found["results"])


def teller(road: Road, file: CounterFile) -> FaultTeller:
    return FaultTeller(file, SqliteActBook(file, read_sealer(road.folder / "loket.pub")), road.database, road.clock)


def acts(road: Road, file: CounterFile) -> list[Any]:
    opener = read_opener(road.folder / "loket.key")
    return [opened_of(row, opener) for row in file.rows("SELECT * FROM counter_acts ORDER BY number")]


def copy(file: CounterFile, reference: str, stage: str = "new", version: str = "v7") -> None:
    """Have the case system told of a case."""
    columns = [row["name"] for row in file.rows("SELECT name FROM pragma_table_info('counter_cases')")]
    types = {row["name"]: row["type"] for row in file.rows("SELECT name, type FROM pragma_table_info('counter_cases')")}
    filled = {"reference": reference, "stage": stage, "version": version}
    empty = {"TEXT": "", "INTEGER": 0, "BLOB": b""}
    values = [filled.get(name, empty[types[name]]) for name in columns]
    with file.writing() as connection:
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO counter_cases VALUES ({marks})", values)  # noqa: S608  marks


def answered(book: SqliteFaultBook, road: Road, *, closes: bool = True) -> FaultGroup:
    group = book.groups(only_open=True)[0]
    assert book.answer(group.number, FaultAnswer(ANSWER, RIET, road.clock.now(), closes))
    return group


def test_the_cases_that_sync_opens_are_counted_by_their_choices(road: Road, book: SqliteFaultBook) -> None:
    hearing(road)
    for kind in ("gegevens", "gegevens", "geld"):
        complaint(road, kind)
    road.submit()
    road.sync()
    assert {(group.key.kind, group.count) for group in book.groups()} == {("gegevens", 2), ("geld", 1)}
    assert MARK.encode() not in (road.folder / COUNTER).read_bytes()


def test_a_case_that_is_tried_again_and_again_is_counted_once(road: Road, book: SqliteFaultBook) -> None:
    hearing(road)
    complaint(road)
    road.back_end.faults.add(Fault(FaultKind.DROP, "POST", r"/zaken$", 3))
    road.sync_until_done()
    assert [group.count for group in book.groups()] == [1]


def test_a_book_that_cannot_be_written_stops_no_case(road: Road) -> None:
    (road.folder / COUNTER).write_bytes(b"no database at all, though long enough" * 40)
    hearing(road)
    made = complaint(road)
    assert road.sync().delivered == 1
    assert road.arrived(made)


def test_what_does_not_arrive_is_a_fault_by_its_reason(road: Road, book: SqliteFaultBook) -> None:
    refused, late, _new = road.submit(), road.submit(), road.submit()
    with road.database.writing() as connection:
        connection.execute(
            "UPDATE outbox SET state = 'rejected', reason = 'catalogue' WHERE case_id = ?", (refused.header.case_id,)
        )
        connection.execute(
            "UPDATE outbox SET state = 'retrying', reason = 'unreachable' WHERE case_id = ?", (late.header.case_id,)
        )
    found = list(undelivered(road.database, road.clock.now() + DAY / 2, DAY))
    assert [(report.key.about, report.key.kind) for report in found] == [("rejected", "catalogue")]
    road.clock.advance(2 * DAY)
    book.report_all(undelivered(road.database, road.clock.now(), DAY))
    book.report_all(undelivered(road.database, road.clock.now(), DAY))
    keys = {(group.key.about, group.key.kind): group.citizens for group in book.groups()}
    assert keys == {("rejected", "catalogue"): 1, ("waiting", "unreachable"): 1, ("waiting", "not-tried"): 1}


def test_an_act_of_staff_that_is_refused_is_a_fault_without_a_citizen(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    told(road, file, book)
    assert list(undelivered_acts(file)) == []
    with file.writing() as connection:
        connection.execute("UPDATE counter_acts SET state = 'rejected', reason = 'rejected'")
    [report] = undelivered_acts(file)
    assert (report.key, report.reference) == (FaultKey(FaultSource.ACT, "rejected", "rejected"), "")
    with file.writing() as connection:
        connection.execute("UPDATE counter_acts SET reason = 'practice'")
    assert list(undelivered_acts(file)) == [], "nobody is to mend what is only practice"


def told(road: Road, file: CounterFile, book: SqliteFaultBook) -> Submission:
    hearing(road)
    made = complaint(road)
    road.sync()
    answered(book, road)
    copy(file, made.header.reference)
    assert teller(road, file).tell() == 1
    return made


def test_the_answer_closes_the_case_of_each_citizen_once(road: Road, file: CounterFile, book: SqliteFaultBook) -> None:
    made = told(road, file, book)
    assert teller(road, file).tell() == 0
    [act] = acts(road, file)
    assert (act.header.kind, act.header.reference) == (ActKind.ANSWER, made.header.reference)
    assert (act.header.based_on, act.header.staff_number, act.staff_name) == ("v7", "12", "Riet de Vries")
    assert (act.text, act.given["result"]) == (ANSWER, Result.DONE.value)


def test_an_answer_that_a_power_cut_interrupted_is_no_second_act(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    told(road, file, book)
    with file.writing() as connection:
        connection.execute("UPDATE fault_reports SET act_id = ''")
    assert teller(road, file).tell() == 1
    assert len(acts(road, file)) == 1


def test_a_case_of_another_organisation_stays_open_and_gets_a_contact(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    hearing(road)
    complaint(road, about="uwv")
    road.sync()
    answered(book, road)
    assert teller(road, file).tell() == 1
    assert [act.header.kind for act in acts(road, file)] == [ActKind.CONTACT]


def test_nobody_is_told_before_the_case_system_has_the_case(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    made = road.submit()
    late = FaultKey(FaultSource.DELIVERY, "rejected", "catalogue")
    book.report(FaultReport(late, made.header.case_id, road.clock.now(), made.header.reference))
    answered(book, road)
    assert teller(road, file).tell() == 0
    road.sync()
    assert teller(road, file).tell() == 1
    assert [act.header.kind for act in acts(road, file)] == [ActKind.CONTACT]


def test_a_case_that_is_answered_already_is_not_closed_again(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    hearing(road)
    made = complaint(road)
    road.sync()
    answered(book, road)
    assert teller(road, file).tell() == 0  # how it stands is not known yet
    copy(file, made.header.reference, "answered")
    assert teller(road, file).tell() == 1
    assert [act.header.kind for act in acts(road, file)] == [ActKind.CONTACT]


def test_the_answer_arrives_at_the_case_system_and_is_counted_as_told(
    road: Road, file: CounterFile, book: SqliteFaultBook
) -> None:
    hearing(road)
    ours, theirs = complaint(road), complaint(road, about="uwv")
    road.sync()
    road.clock.advance(timedelta(minutes=5))
    counter = Laptop(road, file)
    for made in (ours, theirs):
        copy(file, made.header.reference, version=counter.version(made.header.reference))
        answered(book, road)
    assert teller(road, file).tell() == 2
    assert {group.told for group in book.groups()} == {0}
    counter.send()
    assert counter.states() == ["delivered"] * 2
    assert {group.told for group in book.groups()} == {1}
    statuses = {case.identificatie: case.statuses for case in road.back_end.registered()}
    assert statuses[ours.header.reference][-1] == "Afgehandeld"
    assert statuses[theirs.header.reference] == ("Ontvangen",)
    for made in (ours, theirs):
        assert ANSWER in written(road, made.header.reference)


# -- escalation ------------------------------------------------------------------------------------------------------


def escalation(road: Road, book: SqliteFaultBook) -> FaultEscalation:
    road.tasks = {}
    contacts = road._contacts(road.engine()._api.transport)
    assert contacts is not None
    return FaultEscalation(book, contacts, "groep:Klachten", "kiosk-01", road.clock)


def test_a_fault_without_an_owner_becomes_one_task_also_after_a_restart(road: Road, book: SqliteFaultBook) -> None:
    book.report(FaultReport(KEY, "a", road.clock.now(), "LK-1"))
    assert escalation(road, book).tell() == 0
    road.clock.advance(2 * DAY)
    assert escalation(road, book).tell() == 1
    assert escalation(road, book).tell() == 0
    [task], [actor], [_contact] = (listed(road, name) for name in ("internetaken", "actoren", "klantcontacten"))
    assert (task["gevraagdeHandeling"], actor["naam"]) == (ACTION, "Klachten")
    assert "gemeente, gegevens" in task["toelichting"]
    assert task["toegewezenAanActoren"][0]["uuid"] == actor["uuid"]
    road.recorder.assert_valid()


@pytest.mark.parametrize("path", [r"/klantcontacten$", r"/internetaken$", r"/actoren$"])
@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.DROP_AFTER_COMMIT, FaultKind.HTML_500_AFTER_COMMIT])
def test_a_task_whose_answer_was_lost_is_made_once(
    road: Road, book: SqliteFaultBook, path: str, kind: FaultKind
) -> None:
    book.report(FaultReport(KEY, "a", road.clock.now(), "LK-1"))
    road.clock.advance(2 * DAY)
    road.back_end.faults.add(Fault(kind, "POST", path))
    assert escalation(road, book).tell() == 0
    assert road.back_end.faults.left() == 0, "the trouble came"
    assert escalation(road, book).tell() == 1
    assert [len(listed(road, name)) for name in ("internetaken", "actoren", "klantcontacten")] == [1, 1, 1]


def test_a_fault_with_an_owner_or_an_answer_becomes_no_task(road: Road, book: SqliteFaultBook) -> None:
    for about in ("gemeente", "uwv"):
        book.report(FaultReport(replace(KEY, about=about), about, road.clock.now(), "LK-1"))
    book.own(1, RIET, road.clock.now())
    answered(book, road)
    road.clock.advance(9 * DAY)
    assert escalation(road, book).tell() == 0
