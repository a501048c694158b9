# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The faults that the practice back end plays on order: what the caller sees, and what was written all the same."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests

from sync.practice import Fault, FaultKind, PracticeBackEnd
from tests.contracts.openapi_contracts import Recorder
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import Caller, codes
from tests.sync.practice_fixtures import CASE_TYPES, back_end, caller

__all__ = ["back_end", "caller"]


def order(caller: Caller, kind: FaultKind, **options: object) -> None:
    caller.back_end.faults.add(Fault(kind, "POST", "/zaken$", **options))  # type: ignore[arg-type]


def send(caller: Caller) -> requests.Response:
    return caller.post(caller.back_end.urls.zaken + "zaken", caller.zaak_body())


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (FaultKind.DROP, 0),
        (FaultKind.DROP_AFTER_COMMIT, 1),
        (FaultKind.HOLD, 0),
        (FaultKind.HOLD_AFTER_COMMIT, 1),
        (FaultKind.TRUNCATED, 1),
    ],
)
def test_loses_the_answer_before_or_after_the_case_was_written(caller: Caller, kind: FaultKind, written: int) -> None:
    order(caller, kind, seconds=0.05)
    with pytest.raises(requests.RequestException):
        send(caller)
    assert caller.back_end.totals().zaken == written
    assert send(caller).status_code == (400 if written else 201)
    assert caller.back_end.totals().zaken == 1


def test_holds_longer_than_the_caller_waits(caller: Caller) -> None:
    body = caller.zaak_body()
    order(caller, FaultKind.HOLD_AFTER_COMMIT, seconds=30)
    caller.timeout_s = 0.2
    with pytest.raises(requests.Timeout):
        caller.post(caller.back_end.urls.zaken + "zaken", body)
    assert caller.back_end.totals().zaken == 1


@pytest.mark.parametrize(("kind", "written"), [(FaultKind.HTML_500, 0), (FaultKind.HTML_500_AFTER_COMMIT, 1)])
def test_crashes_in_html_before_or_after_the_case_was_written(caller: Caller, kind: FaultKind, written: int) -> None:
    order(caller, kind, times=2)
    assert [send(caller).status_code for _ in range(2)] == [500, 500]
    order(caller, FaultKind.HTML_500)
    answer = send(caller)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert caller.back_end.totals().zaken == written


@pytest.mark.parametrize("status", [400, 401, 403, 404, 412, 429, 500, 503])
def test_answers_with_the_status_and_code_that_were_ordered(caller: Caller, status: int) -> None:
    order(caller, FaultKind.JSON_ERROR, status=status, code="besteld")
    answer = send(caller)
    assert answer.status_code == status
    found = {code for _, code in codes(answer)} if status == 400 else {answer.json()["code"]}
    assert found == {"besteld"}
    assert ("Retry-After" in answer.headers) == (status in {429, 503})
    assert caller.back_end.totals().zaken == 0


def test_answers_slowly_and_rightly(caller: Caller) -> None:
    order(caller, FaultKind.SLOW, seconds=0.15)
    answer = send(caller)
    assert answer.status_code == 201
    assert answer.elapsed >= timedelta(seconds=0.15)


def test_answers_garbage_after_the_case_was_written(caller: Caller) -> None:
    order(caller, FaultKind.GARBAGE)
    answer = send(caller)
    with pytest.raises(ValueError, match=r".*"):
        answer.json()
    assert (answer.status_code, caller.back_end.totals().zaken) == (201, 1)


def test_never_ends_an_endless_answer_until_the_caller_hangs_up(caller: Caller) -> None:
    body = caller.zaak_body()
    order(caller, FaultKind.ENDLESS)
    url, headers = caller.back_end.urls.zaken + "zaken", caller.headers()
    with caller.session.post(url, json=body, headers=headers, timeout=5, stream=True) as answer:
        read = 0
        for piece in answer.iter_content(65536):
            read += len(piece)
            if read > 20 * 1024 * 1024:
                break
    assert read > 20 * 1024 * 1024
    caller.session.close()
    assert caller.get(url).status_code == 200


def test_tells_a_wrong_time_once(caller: Caller, clock: FakeClock) -> None:
    order(caller, FaultKind.WRONG_CLOCK, seconds=7200)
    assert parsedate_to_datetime(send(caller).headers["Date"]) == clock.now() + timedelta(hours=2)
    assert parsedate_to_datetime(send(caller).headers["Date"]) == clock.now()


def test_befalls_only_what_matches_and_only_so_often(caller: Caller) -> None:
    caller.back_end.faults.add(Fault(FaultKind.HTML_500, "POST", "/rollen$", times=2))
    zaak = caller.zaak()
    assert caller.get(caller.back_end.urls.zaken + "rollen").status_code == 200
    assert [caller.rol(zaak).status_code for _ in range(3)] == [500, 500, 201]
    assert caller.back_end.faults.left() == 0
    order(caller, FaultKind.HTML_500)
    caller.back_end.faults.clear()
    assert send(caller).status_code == 400


def test_stops_at_once_while_a_request_is_held(clock: FakeClock) -> None:
    seen = Recorder()
    with PracticeBackEnd(CASE_TYPES, clock=clock, on_request=seen) as back_end, closing(Caller(back_end)) as caller:
        back_end.faults.add(Fault(FaultKind.HOLD, "GET", "/zaken$", seconds=60))
        caller.timeout_s = 0.1
        with pytest.raises(requests.Timeout):
            caller.get(back_end.urls.zaken + "zaken")
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join(2)
            assert not thread.is_alive()
    assert [request.path for request in seen.seen] == ["/zaken/api/v1/zaken"]


def test_takes_orders_from_another_process_only_when_started_with_faults(clock: FakeClock) -> None:
    wanted = {"kind": "json_error", "method": "GET", "path": "/zaken$", "status": 503, "code": "vol"}
    with PracticeBackEnd(CASE_TYPES, clock=clock, faults=True) as back_end, closing(Caller(back_end)) as caller:
        admin = f"http://127.0.0.1:{back_end.port}/practice/"
        assert caller.post(f"{admin}faults", wanted).status_code == 201
        assert caller.get(back_end.urls.zaken + "zaken").json()["code"] == "vol"
        assert caller.post(f"{admin}faults", {"kind": "onzin"}).status_code == 400
        assert caller.post(f"{admin}faults", {"kind": "drop", "naam": 1}).status_code == 400
        caller.post(f"{admin}faults", wanted)
        assert caller.session.delete(f"{admin}faults", timeout=5).json() == {"left": 0}
        zaak = caller.zaak()
        [case] = caller.get(f"{admin}registered").json()
        assert case["identificatie"] == zaak["identificatie"]
        assert caller.get(f"{admin}totals").json()["zaken"] == 1
    with PracticeBackEnd(CASE_TYPES, clock=clock) as back_end, closing(Caller(back_end)) as caller:
        assert caller.get(f"http://127.0.0.1:{back_end.port}/practice/registered").status_code == 404
