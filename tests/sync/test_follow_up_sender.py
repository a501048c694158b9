# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was added to a case arrives after it, in order and once, whatever happens to the answers."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.follow_up import ChangedLine, FollowUp, FollowUpHeader, FollowUpKind, to_bytes
from domain.submission import Submission
from sync.follow_up_sender import FollowUpSender
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.outbox import Outbox
from sync.practice import Fault, FaultKind
from sync.sealing import read_opener, read_sealer
from sync.status_book import SqliteStatusBook
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.sync.road import RSIN, Road
from tests.sync.test_klantinteracties import listed

TOLD = "De inwoner meldde dit zelf op 24 november 2026. Een fout maken mag."
CALLS = {"document": r"/enkelvoudiginformatieobjecten$", "link": r"/zaakinformatieobjecten$"}
LOST = (
    FaultKind.DROP,
    FaultKind.DROP_AFTER_COMMIT,
    FaultKind.HTML_500,
    FaultKind.HTML_500_AFTER_COMMIT,
    FaultKind.TRUNCATED,
    FaultKind.GARBAGE,
)


def sender(road: Road, *, can_open: bool = True, tasks: dict[str, str] | None = None) -> FollowUpSender:
    """A new process: nothing is remembered but what is on the disk."""
    urls = road.back_end.urls
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id="kiosk-01", **who)
    transport = Transport(road.clock, 2.0, connect_timeout_s=2, largest_answer=200_000)
    contacts = ContactSettings(urls.klantinteracties, road.back_end.klantinteracties_token, tasks or {})
    return FollowUpSender(
        road.database,
        Api(settings, transport),
        road.document_type,
        {},
        road.clock,
        opener=read_opener(road.folder / "loket.key") if can_open else None,
        contacts=ContactApi(contacts, transport) if tasks is not None else None,
        spread=lambda: 1.0,
    )


def add(road: Road, made: Submission, kind: FollowUpKind = FollowUpKind.CORRECTION, answer: str = "12a") -> None:
    sealer = read_sealer(road.folder / "loket.pub")
    header = FollowUpHeader(str(uuid.uuid4()), made.header.case_id, kind, road.clock.now(), sealer.key_id)
    lines = (ChangedLine("huisnummer", "Wat is het huisnummer?", answer),)
    follow_up = FollowUp(header, "Verbetering van de inwoner", TOLD, lines)
    SqliteStatusBook(road.database).add(header, sealer.seal(to_bytes(follow_up)))


def send_all(road: Road, rounds: int = 8, **changes: object) -> None:
    for _ in range(rounds):
        while sender(road, **changes).send_one():  # type: ignore[arg-type]
            pass
        road.clock.advance(timedelta(hours=2))


def states(road: Road) -> list[str]:
    return [row["state"] for row in road.database.rows("SELECT state FROM follow_ups ORDER BY number")]


def reasons(road: Road) -> list[str]:
    return [row["reason"] for row in road.database.rows("SELECT reason FROM follow_ups ORDER BY number")]


def added_titles(road: Road, made: Submission) -> list[str]:
    [case] = road.arrived(made)
    start = f"{made.header.reference}-1"
    return sorted(found.identificatie for found in case.documents if len(found.identificatie) > len(start))


def test_a_correction_after_delivery_is_a_document_of_the_case_that_says_who_told(road: Road, shared_dir: Path) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    send_all(road)

    content = road.back_end.content(f"{made.header.reference}-101").decode()
    assert TOLD in content
    assert "Wat is het huisnummer?\n12a" in content
    assert states(road) == ["delivered"]
    road.recorder.assert_valid()


def test_what_is_added_before_delivery_waits_for_the_case_and_follows_in_order(road: Road) -> None:
    made = road.submit()
    for answer in ("12a", "12b", "12c"):
        add(road, made, answer=answer)
    assert not sender(road).send_one()
    road.sync()
    send_all(road)

    assert added_titles(road, made) == [f"{made.header.reference}-{number}" for number in (101, 102, 103)]
    assert "12c" in road.back_end.content(f"{made.header.reference}-103").decode()
    first_seen = [request.body for request in road.recorder.seen if b"verbetering" in request.body]
    assert [b"verbetering-%d.txt" % number in body for number, body in enumerate(first_seen, start=1)] == [True] * 3


def test_the_case_itself_is_left_as_it_was(road: Road) -> None:
    made = road.submit()
    road.sync()
    before = road.back_end.content(f"{made.header.reference}-1")
    add(road, made)
    send_all(road)

    assert road.back_end.content(f"{made.header.reference}-1") == before
    totals = road.back_end.totals()
    assert (totals.zaken, totals.statussen, totals.rollen) == (1, 1, 1)


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("call", CALLS)
def test_arrives_once_whatever_happens_to_the_answers(road: Road, call: str, kind: FaultKind) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    add(road, made)
    road.back_end.faults.add(Fault(kind, "POST", CALLS[call], 2))
    send_all(road)

    assert road.back_end.faults.left() == 0
    assert states(road) == ["delivered", "delivered"]
    assert len(added_titles(road, made)) == 2
    assert road.back_end.totals().links == 4


def test_a_refused_one_stops_the_later_ones_of_its_case_alone(road: Road) -> None:
    first, second = road.submit(), road.submit()
    road.sync()
    add(road, first)
    add(road, first)
    add(road, second)
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "POST", CALLS["document"], 1, status=400, code="invalid"))
    send_all(road)

    assert sorted(states(road)) == ["delivered", "pending", "rejected"]
    assert road.outbox.retry(first.header.case_id, road.clock.now())
    send_all(road)
    assert states(road) == ["delivered"] * 3


def test_a_case_system_that_moved_since_is_found_all_the_same(road: Road) -> None:
    made = road.submit()
    road.sync()
    with road.database.writing() as connection:
        connection.execute("UPDATE delivery_steps SET result = replace(result, '127.0.0.1', 'old.example')")
    add(road, made)
    send_all(road)

    assert states(road) == ["delivered"]
    assert len(added_titles(road, made)) == 1


def test_a_withdrawal_ends_the_case_once_the_municipality_has_it(road: Road) -> None:
    made = road.submit()
    road.sync()
    add(road, made, FollowUpKind.WITHDRAWAL)
    reply = SqliteStatusBook(road.database).look_up(made.header.reference, "4711", road.clock.now())
    assert reply.case is not None
    assert (reply.case.state, reply.case.is_withdrawn) == (CaseState.DELIVERED, True)
    send_all(road)

    found = Outbox(road.database).find(made.header.reference)
    assert found is not None
    assert found.state is CaseState.WITHDRAWN


def test_a_withdrawal_before_anything_was_sent_goes_nowhere(road: Road) -> None:
    made = road.submit()
    add(road, made, FollowUpKind.WITHDRAWAL)
    add(road, made, FollowUpKind.WITHDRAWAL)
    road.sync()
    send_all(road, rounds=2)

    assert road.arrived(made) == []
    found = Outbox(road.database).find(made.header.reference)
    assert found is not None
    assert found.state is CaseState.WITHDRAWN


def test_a_library_sends_it_sealed(road: Road) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    send_all(road, can_open=False)

    content = road.back_end.content(f"{made.header.reference}-101")
    assert TOLD.encode() not in content
    assert states(road) == ["delivered"]


def test_a_changed_row_is_noticed_and_not_sent(road: Road) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    with road.database.writing() as connection:
        connection.execute("UPDATE follow_ups SET kind = 'withdrawal'")
    send_all(road)

    assert states(road) == ["rejected"]
    assert added_titles(road, made) == []


@pytest.mark.parametrize("calls", ["", CALLS["link"]])
def test_what_comes_after_the_case_was_closed_becomes_one_task_and_is_not_tried_for_ever(
    road: Road, shared_dir: Path, calls: str
) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    if calls:  # the case is closed between two calls of ours
        road.back_end.faults.add(Fault(FaultKind.HTML_500, "POST", calls, 1))
        sender(road, tasks={}).send_one()
        assert states(road) == ["retrying"]
    road.back_end.move_on(made.header.reference, "Afgehandeld")
    before = road.back_end.totals().documenten
    send_all(road, tasks={})

    assert (states(road), reasons(road)) == (["rejected"], ["case-closed"])
    assert road.back_end.totals().documenten == before, "nothing loose is left about"
    [task] = listed(road, "internetaken")
    assert task["gevraagdeHandeling"] == "Bel de inwoner of open een nieuwe zaak"
    assert made.header.reference in task["toelichting"]
    assert "Wat is het huisnummer? 12a" in task["toelichting"]
    assert [actor["naam"] for actor in listed(road, "actoren")] == ["Klantcontactcentrum"]
    road.recorder.assert_valid()


def test_a_second_one_that_comes_too_late_is_told_of_too(road: Road) -> None:
    made = road.submit()
    road.sync()
    road.back_end.move_on(made.header.reference, "Afgehandeld")
    add(road, made)
    add(road, made, answer="12b")
    send_all(road, tasks={"verhuizen": "groep:Burgerzaken"})

    assert reasons(road) == ["case-closed"] * 2
    assert len(listed(road, "internetaken")) == 2
    assert [actor["naam"] for actor in listed(road, "actoren")] == ["Burgerzaken"]


def test_waits_for_staff_where_no_contacts_are_kept_and_nothing_could_be_opened(road: Road) -> None:
    made = road.submit()
    road.sync()
    road.back_end.move_on(made.header.reference, "Afgehandeld")
    add(road, made)
    send_all(road, can_open=False)
    assert (states(road), reasons(road)) == (["rejected"], ["case-closed"])


def test_a_refusal_of_an_open_case_is_no_closed_one(road: Road) -> None:
    made = road.submit()
    road.sync()
    add(road, made)
    road.back_end.faults.add(
        Fault(FaultKind.JSON_ERROR, "POST", CALLS["link"], 1, status=403, code="permission_denied")
    )
    sender(road).send_one()
    assert (states(road), reasons(road)) == (["retrying"], ["unauthorised"])


def test_a_reminder_becomes_a_contact_and_a_task_where_those_are_kept(road: Road, shared_dir: Path) -> None:
    made = road.submit(service_id="bel")
    road.sync()
    add(road, made, FollowUpKind.REMINDER)
    send_all(road, tasks={"bel": "afdeling:Burgerzaken"})

    [contact], [task] = listed(road, "klantcontacten"), listed(road, "internetaken")
    assert made.header.reference in contact["inhoud"]
    assert TOLD in task["toelichting"]
    road.recorder.assert_valid()


def test_what_a_clock_years_ahead_put_off_goes_at_once(road: Road) -> None:
    made = road.submit()
    road.sync()
    right = road.clock.now()
    road.clock.advance(timedelta(days=25 * 365))
    add(road, made)
    road.clock.advance(right - road.clock.now())
    send_all(road, rounds=1)
    assert states(road) == ["delivered"]
