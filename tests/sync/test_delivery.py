# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case, one delivery, whatever happens to one of its calls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.submission import Initiator
from sync.practice import Fault, FaultKind
from tests.sync.road import Road
from tests.sync.samples import MARK

CALLS = {
    "case": ("POST", r"/zaken$"),
    "status": ("POST", r"/statussen$"),
    "initiator": ("POST", r"/rollen$"),
    "property": ("POST", r"/zaakeigenschappen$"),
    "document": ("POST", r"/enkelvoudiginformatieobjecten$"),
    "link": ("POST", r"/zaakinformatieobjecten$"),
    "case type": ("GET", r"/zaaktypen$"),
    "document type": ("GET", r"/informatieobjecttypen$"),
}
TROUBLES = {
    "dropped before handling": Fault(FaultKind.DROP),
    "dropped after commit": Fault(FaultKind.DROP_AFTER_COMMIT),
    "crash": Fault(FaultKind.HTML_500),
    "crash after commit": Fault(FaultKind.HTML_500_AFTER_COMMIT),
    "held before handling": Fault(FaultKind.HOLD, seconds=1.2),
    "held after commit": Fault(FaultKind.HOLD_AFTER_COMMIT, seconds=1.2),
    "too late": Fault(FaultKind.SLOW, seconds=0.6),
    "half an answer": Fault(FaultKind.TRUNCATED),
    "nonsense": Fault(FaultKind.GARBAGE),
    "no end": Fault(FaultKind.ENDLESS),
    "busy": Fault(FaultKind.JSON_ERROR, status=503, code="throttled"),
    "forbidden": Fault(FaultKind.JSON_ERROR, status=403, code="permission_denied"),
    "wrong clock": Fault(FaultKind.WRONG_CLOCK, seconds=-86400.0 * 3),
}


def order(road: Road, call: str, fault: Fault, times: int = 1) -> None:
    method, path = CALLS[call]
    road.back_end.faults.add(
        Fault(fault.kind, method, path, times, fault.status, fault.code, fault.param, fault.seconds)
    )


def test_delivers_a_case_whole_and_valid_for_both_document_sets(road: Road, shared_dir: Path) -> None:
    made = road.submit()
    assert road.sync().delivered == 1
    road.assert_once()
    road.recorder.assert_valid()
    assert road.back_end.content(f"{made.header.reference}-1") == made.documents[0].content


def test_asks_nothing_needless_when_all_goes_well(road: Road) -> None:
    road.submit()
    road.submit()
    road.sync()
    asked = [request.path for request in road.recorder.seen if request.method == "GET"]
    assert len(asked) == 5, "the catalogue, once for both cases"
    assert all("/catalogi/" in path for path in asked)
    assert len(road.recorder.seen) == 5 + 2 * 9


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("call", CALLS)
def test_registers_once_when_a_call_meets_trouble(road: Road, shared_dir: Path, call: str, trouble: str) -> None:
    road.read_timeout_s = 0.3
    road.submit()
    order(road, call, TROUBLES[trouble])
    counts = road.sync_until_done()
    assert road.back_end.faults.left() == 0, "the trouble came"
    assert (counts.delivered, counts.retrying, counts.rejected) == (1, 0, 0)
    road.assert_once()
    road.recorder.assert_valid()


@pytest.mark.parametrize("call", CALLS)
def test_registers_once_when_the_answer_is_lost_three_times(road: Road, call: str) -> None:
    road.submit()
    order(road, call, Fault(FaultKind.DROP_AFTER_COMMIT), times=3)
    assert road.sync_until_done().delivered == 1
    road.assert_once()


@pytest.mark.parametrize("call", [call for call, (method, _) in CALLS.items() if method == "POST"])
def test_looks_before_sending_again_when_the_look_failed_too(road: Road, call: str) -> None:
    made = road.submit()
    order(road, call, Fault(FaultKind.DROP_AFTER_COMMIT))
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "GET", CALLS[call][1]))
    assert road.sync().retrying == 1
    assert road.sync_until_done().delivered == 1
    road.assert_once()
    sent = [r for r in road.recorder.seen if r.method == "POST" and r.path.endswith(CALLS[call][1].strip("$"))]
    assert len(sent) == {"property": 2, "document": 2, "link": 2}.get(call, 1), "nothing was sent twice"
    found = road.outbox.find(made.header.reference)
    assert found is not None
    assert found.attempts == 2


@pytest.mark.parametrize("look", [Fault(FaultKind.DROP), Fault(FaultKind.HTML_500), TROUBLES["forbidden"]])
@pytest.mark.parametrize("call", ["case", "status", "initiator", "document", "link"])
def test_waits_when_the_server_says_that_it_is_there_and_the_look_fails(road: Road, call: str, look: Fault) -> None:
    road.submit()
    order(road, call, Fault(FaultKind.JSON_ERROR, status=400, code="unique"))
    road.back_end.faults.add(replace(look, method="GET", path=CALLS[call][1]))
    counts = road.sync()
    assert (counts.retrying, counts.rejected) == (1, 0)
    assert road.sync_until_done().delivered == 1
    road.assert_once()


@pytest.mark.parametrize("code", ["future_not_allowed", "date-in-future"])
@pytest.mark.parametrize("call", ["case", "status", "document"])
def test_waits_when_the_clock_of_the_server_is_behind_and_it_does_not_say_so(road: Road, call: str, code: str) -> None:
    road.submit()
    order(road, call, Fault(FaultKind.JSON_ERROR, status=400, code=code, param="datumStatusGezet"))
    counts = road.sync()
    assert (counts.retrying, counts.rejected) == (1, 0)
    assert road.sync_until_done().delivered == 1
    road.assert_once()


@pytest.mark.parametrize("call", [call for call, (method, _) in CALLS.items() if method == "POST"])
def test_rejects_when_the_case_system_refuses_and_registers_once_after_a_person_said_again(
    road: Road, call: str
) -> None:
    made = road.submit()
    order(road, call, Fault(FaultKind.JSON_ERROR, status=400, code="invalid", param="identificatie"))
    counts = road.sync()
    if call == "property":
        assert counts.delivered == 1, "a value that stands in both documents stops no case"
        [case] = road.arrived(made)
        assert len(case.eigenschappen) == 1
        return
    assert counts.rejected == 1
    assert road.outbox.retry(made.header.case_id, road.clock.now())
    assert road.sync().delivered == 1
    road.assert_once()


@pytest.mark.parametrize("call", [call for call, (method, _) in CALLS.items() if method == "POST"])
def test_registers_once_when_a_power_cut_took_the_record_of_what_was_done(road: Road, call: str) -> None:
    made = road.submit()
    order(road, call, Fault(FaultKind.DROP_AFTER_COMMIT))
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "GET", CALLS[call][1]))
    assert road.sync().retrying == 1
    with road.database.writing() as connection:
        connection.execute("DELETE FROM delivery_steps")
        connection.execute(
            "UPDATE outbox SET state = 'sending', claimed_by = 'dead', claimed_until = ? WHERE case_id = ?",
            ("9999", made.header.case_id),
        )
    assert road.sync().delivered == 1
    road.assert_once()


def test_adopts_without_waiting_when_a_crash_meant_that_it_is_there(road: Road) -> None:
    road.submit()
    order(road, "case", Fault(FaultKind.HTML_500_AFTER_COMMIT))
    assert road.sync().delivered == 1
    road.assert_once()


def test_rejects_a_case_whose_reference_belongs_to_another(road: Road) -> None:
    first = road.submit()
    road.sync()
    second = road.submit()
    taken, pack = first.header.reference, road.pack
    road.pack = lambda claim: replace(pack(claim), reference=taken)
    assert road.sync().rejected == 1
    row = road.outbox.find(second.header.case_id)
    assert row is not None
    assert row.reason == "reference-taken"
    steps = road.database.rows("SELECT step, state FROM delivery_steps WHERE case_id = ?", (second.header.case_id,))
    assert steps == [{"step": "case", "state": "sent"}], "nothing was put on the case of another"
    assert road.back_end.totals().zaken == 1


def test_registers_somebody_who_does_not_say_who_he_is(road: Road, shared_dir: Path) -> None:
    made = road.submit(initiator=Initiator())
    assert road.sync().delivered == 1
    [case] = road.arrived(made)
    assert case.rollen == 1
    road.recorder.assert_valid()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "😀" * 100, "explanation": "\x00\u202e<b>" + "x" * 100_000},
        {"initiator": Initiator("N" * 100_000, "geen datum", "9" * 50, "geen adres", "x" * 9999)},
        {"properties": {"postcode": "9" * 5000, "huisnummer": "", "onbekend": "1"}},
    ],
)
def test_takes_any_text_when_it_is_far_too_long_or_strange(road: Road, shared_dir: Path, changes: object) -> None:
    assert isinstance(changes, dict)
    made = road.submit(**changes)
    assert road.sync().delivered == 1
    assert len(road.arrived(made)) == 1
    road.recorder.assert_valid()


def test_rejects_with_a_reason_when_the_case_type_is_not_published(road: Road) -> None:
    made = road.submit(service_id="concept")
    counts = road.sync()
    assert counts.rejected == 1
    found = road.outbox.find(made.header.reference)
    assert found is not None
    assert (found.state, found.reason) == (CaseState.REJECTED, "catalogue")


def test_tells_once_what_the_case_type_has_no_place_for_and_delivers_all_the_same(road: Road) -> None:
    made = road.submit(properties={"postcode": "1234 AB", "onbekend": MARK, "leeg": "  "})
    order(road, "link", Fault(FaultKind.HTML_500))
    assert road.sync().retrying == 1
    assert road.sync_until_done().delivered == 1
    [case] = road.arrived(made)
    assert case.eigenschappen == (("postcode", "1234 AB"),)
    told = road.database.rows("SELECT detail FROM audit_log WHERE event = 'left-out'")
    assert [row["detail"] for row in told] == ["property-onbekend: the case type has no place for it"]


@pytest.mark.parametrize("call", ["status", "initiator", "document"])
def test_goes_on_by_the_version_of_the_case_type_that_the_case_was_made_of(road: Road, call: str) -> None:
    made = road.submit(properties={})
    order(road, call, Fault(FaultKind.HTML_500))
    assert road.sync().retrying == 1
    pack = road.pack
    road.pack = lambda claim: replace(pack(claim), case_type="bel")  # what is newest today has other roles and statuses
    assert road.sync_until_done().delivered == 1
    [case] = road.arrived(made)
    assert case.zaaktype == "verhuizen"
    road.assert_once()


def test_delivers_the_others_when_one_case_is_poisoned(road: Road) -> None:
    poisoned = road.submit(service_id="onbekend", is_urgent=True)
    road.submit()
    road.submit()
    counts = road.sync()
    assert (counts.delivered, counts.rejected) == (2, 1)
    road.submitted.remove(poisoned)
    road.assert_once()


def test_sends_no_personal_data_outside_the_bodies(road: Road) -> None:
    road.submit()
    road.sync()
    for request in road.recorder.seen:
        readable = f"{request.path}?{request.query} {sorted(request.headers.items())}"
        assert MARK not in readable
        assert "anna" not in readable.casefold()
