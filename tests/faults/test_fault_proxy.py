# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bad line itself: each trouble is what it says, a run is repeatable, and none of them loses or doubles a case."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from domain.submission import Document
from sync.engine import Engine
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.fakes.clock import FakeClock
from tests.faults.fault_proxy import REACHES_THE_SERVER, FaultProxy, Seen, Trouble, by_chance
from tests.sync.road import LONGEST_WAIT, RSIN, Road, built_road


def engine_through(line: FaultProxy, road: Road) -> Engine:
    roots = {name: f"http://127.0.0.1:{line.port}/{name}/api/v1/" for name in ("zaken", "documenten", "catalogi")}
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    settings = ApiSettings(**roots, **who, rsin=RSIN, device_id="kiosk-01")
    transport = Transport(road.clock, 0.5, connect_timeout_s=2)
    return Engine(road.database, Api(settings, transport), road.document_type, road.pack, road.clock, lambda: 1.0)


def sync_through(line: FaultProxy, road: Road, rounds: int = 40) -> int:
    """Sync as often as it takes; give how many rounds it took."""
    for round_ in range(1, rounds + 1):
        if engine_through(line, road).run_once().delivered == len(road.submitted):
            return round_
        road.clock.advance(LONGEST_WAIT)
    raise AssertionError(road.outbox.counts())


@pytest.mark.parametrize("trouble", sorted(set(Trouble) - {Trouble.DOUBLED, Trouble.REFUSED}))
def test_registers_once_when_every_fourth_request_meets_the_same_trouble(tmp_path: Path, trouble: Trouble) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        road.submit()
        road.submit()
        with FaultProxy(road.back_end.port, by_chance(4, {trouble: 0.25})) as line:
            sync_through(line, road)
            assert line.befell[trouble]
        road.assert_once()


def test_registers_once_when_the_line_sends_everything_twice(tmp_path: Path) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        road.submit(properties={})
        with FaultProxy(road.back_end.port, lambda _seen: Trouble.DOUBLED) as line:
            assert sync_through(line, road) == 1, "what is there already is adopted at once"
        road.assert_once()


def test_sends_one_request_at_a_time_whatever_is_attached(tmp_path: Path) -> None:
    photos = [Document(f"Foto {number}", f"{number}.jpg", "image/jpeg", bytes(300_000)) for number in range(5)]
    with built_road(tmp_path, FakeClock()) as road:
        for _ in range(3):
            road.submit(documents=tuple(photos))
        with FaultProxy(road.back_end.port, lambda _seen: Trouble.DELAYED, delay_s=0.001) as line:
            sync_through(line, road)
        assert line.most_at_once == 1, "concurrent uploads double at real servers (FACTS)"
        assert road.back_end.totals().documenten == 3 * 6


def test_registers_once_when_nobody_listens_at_first(tmp_path: Path) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        road.submit()
        with FaultProxy(road.back_end.port) as line:
            line.refuse()
            assert engine_through(line, road).run_once().retrying == 1
            line.listen()
            assert sync_through(line, road) > 1
        road.assert_once()


@pytest.mark.parametrize("trouble", Trouble)
def test_is_the_trouble_that_it_says(tmp_path: Path, trouble: Trouble) -> None:
    with built_road(tmp_path, FakeClock()) as road, FaultProxy(road.back_end.port, lambda _seen: trouble) as line:
        url = f"http://127.0.0.1:{line.port}/zaken/api/v1/zaken"
        got: int | str
        try:
            answer = requests.get(url, timeout=0.5, allow_redirects=False)
            got = answer.status_code if answer.content != b"{\xff half a thoug" else "nonsense"
        except requests.exceptions.Timeout:
            got = "silence"
        except requests.exceptions.RequestException:
            got = "broken"
        expected = {
            Trouble.DROPPED: "broken",
            Trouble.ANSWER_LOST: "broken",
            Trouble.ANSWER_CUT: "broken",
            Trouble.GARBAGE: "broken",
            Trouble.NONSENSE: "nonsense",
            Trouble.BLACK_HOLE: "silence",
            Trouble.HTML_500: 500,
            Trouble.REDIRECT: 302,
            Trouble.REFUSED: 400,
        }
        assert got == expected.get(trouble, 403), "403: the back end lets nobody in without a token"
        reached = len(road.recorder.seen)
        assert reached == (2 if trouble is Trouble.DOUBLED else int(trouble in REACHES_THE_SERVER))


def test_draws_the_same_trouble_for_the_same_seed_in_any_order() -> None:
    rates = {Trouble.DROPPED: 0.05, Trouble.DOUBLED: 0.02}
    line = [Seen(number, "POST" if number % 2 else "GET", "/") for number in range(1, 4001)]
    decide, again = by_chance(7, rates, {Trouble.ANSWER_LOST: 0.25}), by_chance(7, rates, {Trouble.ANSWER_LOST: 0.25})
    drawn = {seen.number: decide(seen) for seen in line}
    assert drawn == {seen.number: again(seen) for seen in reversed(line)}
    other = by_chance(8, rates)
    assert drawn != {seen.number: other(seen) for seen in line}
    writes = [drawn[seen.number] for seen in line if seen.method == "POST"]
    assert 0.22 < writes.count(Trouble.ANSWER_LOST) / len(writes) < 0.28
    questions = [drawn[seen.number] for seen in line if seen.method == "GET"]
    assert Trouble.ANSWER_LOST not in questions
    assert 0.03 < questions.count(Trouble.DROPPED) / len(questions) < 0.07
