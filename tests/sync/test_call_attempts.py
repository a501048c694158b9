# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An attempt to call back is kept, told to the contact register once, and goes when its days are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.call_attempts import CallAttempt, may_be_closed, new_attempt_id
from domain.settings import RetentionSettings
from sync.call_attempt_book import SqliteCallAttemptBook
from sync.call_attempt_sender import CallAttemptSender
from sync.database import stamp
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.practice import Fault, FaultKind
from sync.retention import clear
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.sync.road import RSIN, Road
from tests.sync.test_klantinteracties import TROUBLES, listed

NUMBER = "maak-klantcontact$"


def sender(road: Road) -> CallAttemptSender:
    """A new process: nothing is remembered but what is on the disk."""
    urls = road.back_end.urls
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id="kiosk-01", **who)
    transport = Transport(road.clock, 0.3, connect_timeout_s=2, largest_answer=200_000)
    contacts = ContactSettings(urls.klantinteracties, road.back_end.klantinteracties_token)
    return CallAttemptSender(
        road.database, Api(settings, transport), ContactApi(contacts, transport), road.clock, spread=lambda: 1.0
    )


def send_all(road: Road) -> None:
    for _ in range(8):
        while sender(road).send_one():
            pass
        road.clock.advance(timedelta(hours=2))


def called(reference: str, at: datetime, *, reached: bool = False) -> CallAttempt:
    return CallAttempt(new_attempt_id(), reference, at, reached)


def told(road: Road) -> list[dict[str, Any]]:
    return sorted((found for found in listed(road, "klantcontacten")), key=lambda found: str(found["plaatsgevondenOp"]))


def states(road: Road) -> list[str]:
    return [row["state"] for row in road.database.rows("SELECT state FROM call_attempts ORDER BY at")]


def test_keeps_attempts_in_order_once_each_and_tells_when_it_may_be_closed(road: Road) -> None:
    book, now = SqliteCallAttemptBook(road.database), road.clock.now()
    attempts = [called("LK-1", now + timedelta(hours=hours)) for hours in (30, 0, 6)]
    for attempt in attempts:
        assert not may_be_closed(book.attempts("LK-1"))
        assert book.record(attempt)
        assert not book.record(attempt)
    book.record(called("LK-2", now))

    assert list(book.attempts("LK-1")) == sorted(attempts, key=lambda attempt: attempt.at)
    assert may_be_closed(book.attempts("LK-1"))
    assert not may_be_closed(book.attempts("LK-2"))


def test_an_attempt_is_a_contact_about_the_case_that_says_whether_it_succeeded(road: Road, shared_dir: Path) -> None:
    made = road.submit()
    road.sync()
    book = SqliteCallAttemptBook(road.database)
    first = called(made.header.reference, road.clock.now() - timedelta(hours=1))
    book.record(first)
    book.record(called(made.header.reference, road.clock.now(), reached=True))
    send_all(road)

    contacts = told(road)
    assert [contact["indicatieContactGelukt"] for contact in contacts] == [False, True]
    assert {contact["kanaal"] for contact in contacts} == {"telefoon"}
    assert all(made.header.reference in contact["inhoud"] for contact in contacts)
    step = road.database.row("SELECT result FROM delivery_steps WHERE step = 'case'")
    assert step is not None
    abouts = {about["onderwerpobjectidentificator"]["objectId"] for about in listed(road, "onderwerpobjecten")}
    assert abouts == {str(step["result"]).rsplit("/", 1)[-1]}
    assert states(road) == ["delivered", "delivered"]
    road.recorder.assert_valid()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_is_told_once_whatever_happens_to_the_answer(road: Road, trouble: str) -> None:
    made = road.submit()
    road.sync()
    SqliteCallAttemptBook(road.database).record(called(made.header.reference, road.clock.now()))
    fault = TROUBLES[trouble]
    road.back_end.faults.add(Fault(fault.kind, "POST", NUMBER, 1, fault.status, fault.code, fault.param, fault.seconds))
    send_all(road)

    assert road.back_end.faults.left() == 0, "the trouble came"
    assert len(told(road)) == 1
    assert states(road) == ["delivered"]


def test_waits_for_a_case_that_the_case_system_does_not_have_yet(road: Road) -> None:
    made = road.submit()
    SqliteCallAttemptBook(road.database).record(called(made.header.reference, road.clock.now()))
    assert sender(road).send_one()
    assert (states(road), told(road)) == (["retrying"], [])
    road.sync()
    send_all(road)

    assert states(road) == ["delivered"]


def test_tells_at_once_what_waits_for_the_network_when_it_is_back(road: Road) -> None:
    made = road.submit()
    road.sync()
    book = SqliteCallAttemptBook(road.database)
    for hours in (2, 1):
        book.record(called(made.header.reference, road.clock.now() - timedelta(hours=hours)))
    road.back_end.faults.add(Fault(FaultKind.DROP, times=1000))
    assert not sender(road).send_one(), "the other one need not find out too"
    road.back_end.faults.clear()
    sender(road).knock()
    while sender(road).send_one():
        pass
    assert states(road) == ["delivered"] * 2


def test_what_is_refused_waits_for_a_person_and_stops_no_other(road: Road) -> None:
    made = road.submit()
    road.sync()
    book = SqliteCallAttemptBook(road.database)
    for hours in (2, 1):
        book.record(called(made.header.reference, road.clock.now() - timedelta(hours=hours)))
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "POST", NUMBER, 1, 400, "invalid"))
    send_all(road)

    assert states(road) == ["rejected", "delivered"]


def test_goes_when_its_days_are_over(road: Road) -> None:
    book = SqliteCallAttemptBook(road.database)
    book.record(called("LK-1", road.clock.now()))
    settings = RetentionSettings()
    days = timedelta(days=settings.arrived_days)
    clear(road.database, None, settings, road.clock.now() + days - timedelta(hours=1))
    assert len(book.attempts("LK-1")) == 1
    clear(road.database, None, settings, road.clock.now() + days)
    assert book.attempts("LK-1") == []


def test_an_attempt_that_a_clock_years_ahead_put_off_is_told_at_once(road: Road) -> None:
    made = road.submit()
    road.sync()
    right = road.clock.now()
    road.clock.advance(timedelta(days=25 * 365))
    SqliteCallAttemptBook(road.database).record(called(made.header.reference, right))
    with road.database.writing() as connection:
        connection.execute("UPDATE call_attempts SET next_try_at = ?", (stamp(road.clock.now()),))
    road.clock.advance(right - road.clock.now())
    assert sender(road).send_one()
    assert states(road) == ["delivered"]
