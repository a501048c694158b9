# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the case system says of a case comes back to it: sparingly, only by allowed moves, until it is closed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.case import CaseState
from domain.submission import Submission
from sync.practice import Fault, FaultKind
from sync.status_back import EVERY, FIRST_WAIT, LONGEST_WAIT, News, StatusBack, news_of
from sync.status_book import SqliteStatusBook
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.sync.road import RSIN, Road

OURS = "https://zaken.example/zaken/api/v1/statussen/1"


def back(road: Road) -> StatusBack:
    urls = road.back_end.urls
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id="kiosk-01", **who)
    transport = Transport(road.clock, 2.0, connect_timeout_s=2, largest_answer=200_000)
    return StatusBack(road.database, Api(settings, transport), road.clock, spread=lambda: 1.0)


def delivered(road: Road) -> Submission:
    made = road.submit()
    road.sync()
    road.recorder.seen.clear()
    return made


def ask(road: Road, wait: timedelta = FIRST_WAIT) -> bool:
    status = back(road)
    status.ask_one()
    road.clock.advance(wait)
    return status.ask_one()


def known(road: Road, made: Submission) -> Any:
    case = SqliteStatusBook(road.database).look_up(made.header.reference, "4711", road.clock.now()).case
    assert case is not None
    return case


def calls(road: Road) -> list[str]:
    return [request.path for request in road.recorder.seen if "/zaken/" in request.path]


def test_a_case_that_somebody_works_on_is_in_progress_and_an_ended_one_is_done(road: Road) -> None:
    made = delivered(road)
    assert ask(road)
    assert known(road, made).state is CaseState.DELIVERED
    for status, state in (("In behandeling", CaseState.IN_PROGRESS), ("Afgehandeld", CaseState.DONE)):
        road.back_end.move_on(made.header.reference, status)
        road.clock.advance(EVERY)
        assert back(road).ask_one()
        assert known(road, made).state is state


def test_asks_one_call_a_case_and_the_second_time_with_its_etag(road: Road, shared_dir: Path) -> None:
    made = delivered(road)
    ask(road)
    road.clock.advance(EVERY)
    back(road).ask_one()

    assert len(calls(road)) == 2
    assert [request.headers.get("if-none-match", "") != "" for request in road.recorder.seen] == [False, True]
    assert known(road, made).checked_at == road.clock.now()
    road.recorder.assert_valid()


def test_asks_nothing_between_two_times(road: Road) -> None:
    delivered(road)
    ask(road)
    for _ in range(20):
        road.clock.advance(EVERY / 50)
        assert not back(road).ask_one()

    assert len(calls(road)) == 1


def test_asks_at_once_what_a_clock_years_ahead_put_off(road: Road) -> None:
    delivered(road)
    road.clock.advance(timedelta(days=25 * 365))
    ask(road)
    road.clock.advance(timedelta(days=-25 * 365))
    assert back(road).ask_one()
    assert not back(road).ask_one()


def test_never_asks_again_once_it_is_closed(road: Road) -> None:
    made = delivered(road)
    road.back_end.move_on(made.header.reference, "Afgehandeld")
    ask(road)
    road.clock.advance(timedelta(days=90))
    assert not back(road).ask_one()

    assert len(calls(road)) == 1


def test_asks_about_one_case_at_a_time(road: Road) -> None:
    for _ in range(3):
        road.submit()
    road.sync()
    road.recorder.seen.clear()
    ask(road)

    assert len(calls(road)) == 1


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.HTML_500, FaultKind.GARBAGE, FaultKind.TRUNCATED])
def test_asks_less_often_where_there_is_no_answer_and_says_nothing_new(road: Road, kind: FaultKind) -> None:
    made = delivered(road)
    road.back_end.faults.add(Fault(kind, "GET", r"/zaken/[^/]+$", 100))
    status = back(road)
    status.ask_one()
    asked = 0
    for _ in range(4 * 24 * 14):
        road.clock.advance(timedelta(minutes=15))
        asked += status.ask_one()

    assert 10 <= asked <= 16, "two weeks"
    assert (known(road, made).state, known(road, made).checked_at) == (CaseState.DELIVERED, None)


def test_a_refusal_is_asked_again_after_two_days(road: Road) -> None:
    delivered(road)
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "GET", r"/zaken/[^/]+$", 1, 403, "permission_denied"))
    ask(road)

    assert not back(road).ask_one()
    road.clock.advance(LONGEST_WAIT)
    assert back(road).ask_one()


def test_an_undelivered_case_is_not_asked_about(road: Road) -> None:
    road.submit()

    assert not ask(road)
    assert calls(road) == []


@pytest.mark.parametrize(
    ("zaak", "wanted"),
    [
        ({}, News(CaseState.DELIVERED)),
        ({"status": None}, News(CaseState.DELIVERED)),
        ({"status": OURS}, News(CaseState.DELIVERED)),
        ({"status": OURS.replace("zaken.example", "inner:8000")}, News(CaseState.DELIVERED)),
        ({"status": OURS + "2"}, News(CaseState.IN_PROGRESS)),
        ({"status": OURS + "2", "einddatum": "2026-12-01"}, News(CaseState.DONE)),
        ({"einddatumGepland": "2026-12-09"}, News(CaseState.DELIVERED, date(2026, 12, 9))),
        ({"uiterlijkeEinddatumAfdoening": "2026-12-19"}, News(CaseState.DELIVERED, date(2026, 12, 19))),
        ({"status": 7, "einddatumGepland": "soon", "einddatum": ""}, News(CaseState.DELIVERED)),
    ],
)
def test_reads_a_case_leniently(zaak: dict[str, Any], wanted: News) -> None:
    assert news_of(zaak, OURS) == wanted
