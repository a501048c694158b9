# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a failure means for a case, and that one poisoned thing never stops the rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.submission import Submission
from sync import audit_log
from sync.backoff import DEVICES, LONGEST_FOR_CROWD, turn_of
from sync.database import Database
from sync.engine import opening_pack, sealed_pack
from sync.practice import ALL_SCOPES, Fault, FaultKind
from sync.sealing import make_key_pair, read_opener
from sync.sole_sender import sole_sender
from tests.fakes.clock import FakeClock
from tests.sync.road import Road, built_road
from tests.sync.samples import MARK


def known(road: Road, made: Submission) -> tuple[CaseState, str, int]:
    found = road.outbox.find(made.header.reference)
    assert found is not None
    return found.state, found.reason, found.attempts


@pytest.fixture
def narrow_road(tmp_path: Path, clock: FakeClock) -> Iterator[Road]:
    with built_road(tmp_path, clock, scopes=ALL_SCOPES - {"zaken.bijwerken"}) as road:
        yield road


def test_waits_for_staff_when_the_credentials_are_wrong_and_goes_by_itself_once_they_are_right(road: Road) -> None:
    made = road.submit()
    assert road.sync(secret="x" * 40).retrying == 1
    assert known(road, made) == (CaseState.RETRYING, "unauthorised", 1)
    road.clock.advance(timedelta(minutes=4))
    assert road.sync().retrying == 1, "asking again soon changes nothing"
    road.clock.advance(timedelta(minutes=1))
    assert road.sync().delivered == 1
    road.assert_once()


def test_does_what_it_may_when_a_scope_is_missing(narrow_road: Road) -> None:
    made = narrow_road.submit()
    assert narrow_road.sync().retrying == 1
    [case] = narrow_road.arrived(made)
    assert (case.statuses, case.links, case.rollen) == (("Ontvangen",), 2, 0)
    assert known(narrow_road, made)[1] == "unauthorised"
    said = audit_log.last_detail(narrow_road.database, made.header.case_id)
    for call in ("rollen", "zaakeigenschappen"):
        assert f"POST {call}: 403 permission_denied, missing scope zaken.bijwerken" in said
    narrow_road.back_end._clients[narrow_road.back_end.client_id] = type(
        next(iter(narrow_road.back_end._clients.values()))
    )(narrow_road.back_end.client_id, narrow_road.back_end.secret, ALL_SCOPES)
    assert narrow_road.sync_until_done().delivered == 1
    narrow_road.assert_once()


@pytest.mark.parametrize("hours", [-50, -3, 3, 50])
def test_delivers_with_a_clock_that_is_far_off(road: Road, hours: int) -> None:
    road.back_end.clock_offset = timedelta(hours=hours)
    made = road.submit()
    assert road.sync().delivered == 1
    road.assert_once()
    assert known(road, made)[2] == 1, "in one attempt"


def test_keeps_the_moment_of_the_status_when_the_clock_is_set_right_between_attempts(road: Road) -> None:
    road.back_end.clock_offset = timedelta(hours=-3)
    road.submit()
    road.back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", "/statussen$"))
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "GET", "/statussen$"))
    assert road.sync().retrying == 1
    road.back_end.clock_offset = timedelta(0)
    assert road.sync_until_done().delivered == 1
    road.assert_once()


def test_stops_asking_a_dead_line_and_leaves_the_rest_waiting(road: Road) -> None:
    for _ in range(20):
        road.submit()
    road.back_end.faults.add(Fault(FaultKind.DROP, times=10_000))
    counts = road.sync()
    assert (counts.retrying, counts.pending) == (3, 17)
    assert len(road.recorder.seen) == 3
    road.back_end.faults.clear()
    assert road.sync_until_done().delivered == 20
    road.assert_once()


def test_delivers_when_nothing_listens_at_first(road: Road) -> None:
    road.submit()
    engine = road.engine()
    engine._api._roots = dict.fromkeys(engine._api._roots, "http://127.0.0.1:9/")
    assert engine.run_once().retrying == 1
    assert road.sync_until_done().delivered == 1
    road.assert_once()


def test_rejects_a_tampered_row_and_delivers_the_others(road: Road) -> None:
    bad = road.submit()
    road.submit()
    with road.database.writing() as connection:
        connection.execute("DROP TRIGGER submissions_are_never_edited")
        connection.execute("UPDATE submissions SET service_id = 'bel' WHERE case_id = ?", (bad.header.case_id,))
    counts = road.sync()
    assert (counts.delivered, counts.rejected) == (1, 1)
    assert known(road, bad)[:2] == (CaseState.REJECTED, "tampered")
    road.submitted.remove(bad)
    road.assert_once()


def test_waits_when_the_key_is_of_another_pair(road: Road, tmp_path: Path) -> None:
    made = road.submit()
    right = road.pack
    make_key_pair(tmp_path / "other.pub", tmp_path / "other.key")
    road.pack = opening_pack(read_opener(tmp_path / "other.key"), {})
    assert road.sync().retrying == 1
    assert known(road, made)[:2] == (CaseState.RETRYING, "sealing")
    road.pack = right
    assert road.sync_until_done().delivered == 1
    road.assert_once()


def test_goes_on_when_a_mistake_of_ours_hits_one_case(road: Road, caplog: pytest.LogCaptureFixture) -> None:
    bad = road.submit(is_urgent=True)
    road.submit()
    pack = road.pack

    def stumble(claim: object) -> object:
        parcel = pack(claim)  # type: ignore[arg-type]
        if parcel.case_id == bad.header.case_id:
            raise ValueError(MARK)
        return parcel

    road.pack = stumble  # type: ignore[assignment]
    counts = road.sync()
    assert (counts.delivered, counts.retrying) == (1, 1)
    assert known(road, bad)[:2] == (CaseState.RETRYING, "mistake-ValueError")
    assert MARK not in caplog.text


def test_delivers_only_the_sealed_part_from_a_library(road: Road, shared_dir: Path) -> None:
    road.pack = sealed_pack({})
    made = road.submit()
    assert road.sync().delivered == 1
    [case] = road.back_end.registered()
    assert (case.identificatie, case.zaaktype, case.rollen) == (made.header.reference, "intake", 0)
    assert (case.eigenschappen, case.statuses, case.links) == ((), ("Ontvangen",), 1)
    sealed = road.back_end.content(f"{made.header.reference}-1")
    assert MARK.encode() not in sealed
    assert MARK.encode() in read_opener(road.folder / "loket.key").open(sealed)
    road.recorder.assert_valid()
    everything = b"".join(request.body for request in road.recorder.seen)
    assert MARK.encode() not in everything
    assert b"Verhuizing" not in everything


def test_sends_each_case_once_when_two_sync_processes_run(road: Road) -> None:
    for _ in range(6):
        road.submit()

    def run() -> None:
        with closing(Database(road.database.path)) as own:
            engine = road.engine()
            engine._database, engine._outbox = own, type(road.outbox)(own)
            engine.run_once()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert road.outbox.counts().delivered == 6
    road.assert_once()
    assert not [
        request for request in road.recorder.seen if "identificatie=" in request.query and "zaken/" in request.path
    ]


def test_leaves_everything_waiting_while_another_process_sends(road: Road) -> None:
    road.submit()
    with sole_sender(road.database.path, 0.0) as is_sole:
        assert is_sole
        assert road.engine().run_once(patience_s=0.0).pending == 1
    assert road.sync().delivered == 1


def test_runs_as_a_service_until_told_to_stop(road: Road) -> None:
    stop = threading.Event()
    engine = road.engine()
    service = threading.Thread(target=engine.run_forever, args=(stop, 0.01))
    service.start()
    try:
        for _ in range(3):
            road.submit()
            wait_until(lambda: road.outbox.counts().delivered == len(road.submitted))
    finally:
        stop.set()
        service.join()
    road.assert_once()


def wait_until(holds: object) -> None:
    assert callable(holds)
    pause = threading.Event()
    for _ in range(1000):
        if holds():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come")


def test_outlives_a_round_that_fails_whole(road: Road) -> None:
    stop, failed = threading.Event(), threading.Event()
    engine = road.engine()
    once = engine.run_round

    def fail_first(*rest: object, **named: object) -> object:
        if not failed.is_set():
            failed.set()
            raise OSError("planted")
        return once(*rest, **named)  # type: ignore[arg-type]

    engine.run_round = fail_first  # type: ignore[method-assign,assignment]
    road.submit()
    service = threading.Thread(target=engine.run_forever, args=(stop, 0.01))
    service.start()
    try:
        wait_until(lambda: road.outbox.counts().delivered == 1)
    finally:
        stop.set()
        service.join()
    assert failed.is_set()


def test_knocks_once_at_a_time_on_a_dead_line_and_begins_slowly_when_it_is_back(road: Road) -> None:
    for _ in range(6):
        road.submit()
    road.back_end.faults.add(Fault(FaultKind.DROP, times=10_000))
    engine, stop = road.engine(), threading.Event()
    engine.run_round(stop)
    engine.run_round(stop)
    assert len(road.recorder.seen) == 3, "three cases tell that the line is down, and then it is left alone"
    road.clock.advance(LONGEST_FOR_CROWD)
    engine.run_round(stop)
    assert len(road.recorder.seen) == 4
    road.back_end.faults.clear()
    road.clock.advance(LONGEST_FOR_CROWD)
    engine.run_round(stop)
    engine.run_round(stop)
    assert road.outbox.counts().delivered == 1
    road.clock.advance(2 * turn_of(DEVICES))
    engine.run_round(stop)
    assert road.outbox.counts().delivered == 2
    assert road.sync_until_done().delivered == 6
    road.assert_once()


def test_does_not_send_old_cases_at_the_very_moment_it_starts_as_all_kiosks_may_start_then(road: Road) -> None:
    road.submit()
    road.clock.advance(timedelta(days=1))
    engine, stop = road.engine(), threading.Event()
    engine.wake()
    engine.run_round(stop)
    assert road.outbox.counts().pending == 1
    road.clock.advance(turn_of(DEVICES))
    engine.run_round(stop)
    assert road.outbox.counts().delivered == 1


def test_sends_again_when_the_clock_was_set_back_by_a_year_while_it_kept_quiet(road: Road) -> None:
    road.submit()
    road.clock.advance(timedelta(days=1))
    engine, stop = road.engine(), threading.Event()
    engine.wake()
    road.clock.advance(timedelta(days=-365))
    road.submit()
    engine.run_round(stop)
    assert road.outbox.counts().delivered == 1


def test_writes_down_what_it_did_without_personal_data(road: Road, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "loket")
    road.submit()
    road.back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", "/rollen$"))
    road.sync_until_done()
    rows = road.database.rows("SELECT * FROM audit_log")
    assert [row["event"] for row in rows] == ["submitted", "adopted", "delivered"]
    assert audit_log.first_broken(road.database) is None
    steps = road.database.rows("SELECT * FROM delivery_steps")
    written = f"{rows}{steps}{caplog.text}"
    assert MARK not in written


def test_links_one_of_two_documents_and_says_so_when_a_race_made_two(road: Road) -> None:
    made = road.submit()
    documents = r"/enkelvoudiginformatieobjecten$"
    road.back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", documents))
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "GET", documents))
    assert road.sync().retrying == 1
    store = road.back_end._store
    [record] = [r for r in store.select("documenten") if r["identificatie"] == f"{made.header.reference}-1"]
    twin = {**record, "url": record["url"][:-4] + "ffff", "beginRegistratie": "2099-01-01T00:00:00Z"}
    store.replace("documenten", "00000000-0000-4000-8000-00000000ffff", twin)
    assert road.sync_until_done().delivered == 1
    [case] = road.arrived(made)
    assert case.links == 2
    events = [row["event"] for row in road.database.rows("SELECT event FROM audit_log")]
    assert "documents-doubled" in events
