# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff do to a case is there at the case system: in order, each once, and its words never lost."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case_act import ActKind, ConflictChoice, GiveUpReason
from domain.practice import new_practice_case_id
from sync import act_plan
from sync.act_conflict import conflict_of
from sync.act_counts import act_counts
from sync.act_words import LEFT_OUT
from sync.practice import Fault, FaultKind
from sync.sealing import read_opener
from tests.sync.counter_road import Laptop, delivered_case, laptop, titles, written
from tests.sync.road import Road
from tests.sync.test_klantinteracties import listed

MARK = "Hortensia-zeven-mark"
TEXT = "Wij willen graag een kopie van uw huurcontract."


@pytest.fixture
def desk(road: Road, tmp_path: Path) -> Iterator[Laptop]:
    with laptop(road, tmp_path / "balie") as made:
        yield made


@pytest.fixture
def reference(road: Road) -> str:
    return delivered_case(road)


def status_names(road: Road, reference: str) -> tuple[str, ...]:
    [case] = [case for case in road.back_end.registered() if case.identificatie == reference]
    return case.statuses


def staff(road: Road, reference: str) -> list[str]:
    [case] = [case for case in road.back_end.registered() if case.identificatie == reference]
    return [number for kind, number in case.staff if kind == "behandelaar"]


def test_taking_on_makes_the_member_the_handler_and_moves_the_case_on(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    desk.send()
    assert desk.states() == ["delivered"]
    assert staff(road, reference) == ["12"]
    assert status_names(road, reference) == ("Ontvangen", "In behandeling")
    road.recorder.assert_valid()


def test_giving_back_takes_the_member_off_and_another_may_take_it_on(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    desk.send()
    desk.act(reference, ActKind.GIVE_BACK)
    desk.send()
    assert desk.states() == ["delivered"] * 2
    assert staff(road, reference) == []
    desk.number, desk.name = "13", "A. Bos"
    desk.act(reference, ActKind.TAKE_ON)
    desk.send()
    assert staff(road, reference) == ["13"]
    assert status_names(road, reference) == ("Ontvangen", "In behandeling"), "it was there already"
    road.recorder.assert_valid()


def test_taking_over_from_a_colleague_who_was_seen_leaves_one_handler(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    desk.send()
    desk.number, desk.name = "13", "A. Bos"
    desk.act(reference, ActKind.TAKE_ON)
    desk.send()
    assert desk.states() == ["delivered"] * 2
    assert staff(road, reference) == ["13"]


def test_asking_stops_the_term_and_the_letter_is_in_the_case(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.act(reference, ActKind.ASK_MISSING, TEXT, {"what": "huurcontract", "working_days": "10", "called": "yes"})
    desk.send()
    look = desk.look(reference)
    assert look.zaak["opschorting"] == {
        "indicatie": True,
        "reden": "Wij wachten op een aanvulling van de inwoner. huurcontract",
    }
    assert TEXT in str(look.statuses[-1]["statustoelichting"])
    assert TEXT in written(road, reference)
    road.recorder.assert_valid()


def test_going_on_moves_the_term_by_the_working_days_that_it_stood_still(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.act(reference, ActKind.ASK_MISSING, TEXT)
    desk.send()
    road.clock.advance(timedelta(days=7))
    desk.act(reference, ActKind.RESUME, "De brief is er.")
    desk.send()
    look = desk.look(reference)
    assert desk.states() == ["delivered"] * 2
    assert look.zaak["opschorting"]["indicatie"] is False
    # Handed in on 24 November, thirty days; five working days later, over Christmas.
    assert look.zaak["uiterlijkeEinddatumAfdoening"] == "2027-01-04"
    assert "De brief is er." in str(look.statuses[-1]["statustoelichting"])
    road.recorder.assert_valid()


def test_an_answer_closes_the_case_with_its_result(road: Road, desk: Laptop, reference: str, shared_dir: Path) -> None:
    desk.act(reference, ActKind.ANSWER, "U krijgt de vergunning.", {"result": "Toegekend"})
    desk.send()
    look = desk.look(reference)
    assert desk.states() == ["delivered"]
    assert look.zaak["einddatum"] == "2026-11-24"
    assert look.zaak["resultaat"]
    assert "U krijgt de vergunning." in written(road, reference)
    assert status_names(road, reference)[-1] == "Afgehandeld"
    road.recorder.assert_valid()


def test_an_answer_without_a_result_type_is_in_the_case_and_says_that_it_is_not_closed(
    road: Road, desk: Laptop, reference: str
) -> None:
    desk.act(reference, ActKind.ANSWER, "U krijgt de vergunning.", {"result": "Iets anders"})
    desk.send()
    assert (desk.states(), desk.reasons()) == (["delivered"], ["no-result-type"])
    assert "U krijgt de vergunning." in written(road, reference)
    assert desk.look(reference).zaak["einddatum"] is None


@pytest.mark.parametrize(
    ("names", "result"),
    [({"Afgehandeld": "Ingetrokken"}, "Ingetrokken"), ({"Afgehandeld": "Van een ander zaaktype"}, "Afgehandeld")],
)
def test_the_settings_say_how_the_catalogue_calls_a_result_and_where_it_has_none_so_called_our_own_name_holds(
    road: Road, desk: Laptop, reference: str, names: dict[str, str], result: str
) -> None:
    desk.result_names = names
    desk.act(reference, ActKind.ANSWER, "Het gat in de weg is dicht.", {"result": "Afgehandeld"})
    desk.send()
    api, look = desk.api(), desk.look(reference)
    made = api.get_one("zaken", api.path_of(str(look.zaak["resultaat"]))).data
    kind = api.get_one("catalogi", api.path_of(made["resultaattype"])).data
    assert (desk.states(), kind["omschrijving"]) == (["delivered"], result)


def test_forwarding_names_the_next_owner_and_writes_the_letter(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    desk.act(reference, ActKind.FORWARD, "Dit is voor de wijk.", {"to": "afdeling:Wijkbeheer"})
    desk.send()
    look = desk.look(reference)
    assert desk.states() == ["delivered"] * 2
    handlers = [role for role in look.roles if role["omschrijvingGeneriek"] == "behandelaar"]
    assert [role["betrokkeneIdentificatie"]["naam"] for role in handlers] == ["Wijkbeheer"]
    assert "Dit is voor de wijk." in written(road, reference)
    assert "Wijkbeheer" in str(look.statuses[-1]["statustoelichting"])
    road.recorder.assert_valid()


def test_haste_brings_the_term_forward_and_never_back(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.URGENT, "", {"flag": "eviction"})
    desk.send()
    assert desk.look(reference).zaak["uiterlijkeEinddatumAfdoening"] == "2026-11-27"
    road.clock.advance(timedelta(days=7))
    desk.act(reference, ActKind.URGENT, "", {"flag": "no_food"})
    desk.send()
    assert desk.look(reference).zaak["uiterlijkeEinddatumAfdoening"] == "2026-11-27"
    assert "eviction" in written(road, reference)


def test_a_document_that_was_seen_is_written_without_number(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.DOCUMENT_SEEN, "", {"document": "id_card", "role": "balie"})
    desk.send()
    assert "ID-kaart gezien 24-11 10:35 door rol balie" in written(road, reference)


def test_a_contact_is_kept_by_question_where_contacts_are_kept_and_as_a_document_elsewhere(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    given = {"channel": "phone", "questions": "2"}
    desk.act(reference, ActKind.CONTACT, "Wanneer komt het?\nWat kost het?", given)
    desk.send()
    assert "Wanneer komt het?\nWat kost het?" in written(road, reference)
    assert listed(road, "klantcontacten") == []
    desk.has_contacts = True
    desk.act(reference, ActKind.CONTACT, "Wanneer komt het?\nWat kost het?", given)
    desk.send()
    contacts = listed(road, "klantcontacten")
    assert {contact["inhoud"] for contact in contacts} == {
        f"Loket {reference}. Wanneer komt het? Door M. Mulder.",
        f"Loket {reference}. Wat kost het? Door M. Mulder.",
    }
    assert len(contacts) == 2
    assert {contact["kanaal"] for contact in contacts} == {"telefoon"}
    abouts = {about["onderwerpobjectidentificator"]["objectId"] for about in listed(road, "onderwerpobjecten")}
    assert abouts == {desk.look(reference).uuid}
    assert len(titles(road, reference)) == 1, "the first one only"
    road.recorder.assert_valid()


def test_an_anonymous_contact_needs_no_case(road: Road, desk: Laptop, shared_dir: Path) -> None:
    desk.has_contacts = True
    desk.act("", ActKind.CONTACT, "Hoe laat is de balie open?", {"channel": "desk"}, based_on="")
    desk.send()
    [contact] = listed(road, "klantcontacten")
    assert contact["kanaal"] == "balie"
    assert listed(road, "onderwerpobjecten") == []
    desk.has_contacts = False
    desk.act("", ActKind.CONTACT, "Hoe laat is de balie dicht?", {"channel": "desk"}, based_on="")
    desk.send()
    assert desk.states() == ["delivered"] * 2
    road.recorder.assert_valid()


def test_a_call_back_is_a_task_with_day_part_and_language(
    road: Road, desk: Laptop, reference: str, shared_dir: Path
) -> None:
    desk.has_contacts = True
    given = {"to": "groep:Burgerzaken", "day_part": "afternoon", "language": "tr", "phone": "+31612345678"}
    desk.act(reference, ActKind.CALL_BACK, "Over de brief.", given)
    desk.send()
    [task] = listed(road, "internetaken")
    assert "Wanneer bellen: Middag. Taal: tur." in task["toelichting"]
    assert [actor["naam"] for actor in listed(road, "actoren")] == ["Burgerzaken"]
    assert [address["adres"] for address in listed(road, "digitaleadressen")] == ["+31612345678"]
    road.recorder.assert_valid()


def test_waits_for_a_case_that_is_not_there_yet_and_goes_then(road: Road, desk: Laptop) -> None:
    made = road.submit()
    desk.act(made.header.reference, ActKind.TAKE_ON, based_on="")
    desk.act(made.header.reference, ActKind.CONTACT, "Gebeld.", based_on="")
    desk.send(rounds=2)
    assert (desk.states(), desk.reasons()[0]) == (["retrying", "pending"], "case-not-there")
    road.sync()
    desk.send(rounds=2)
    assert desk.states() == ["delivered"] * 2


def test_a_rejected_act_holds_back_those_of_its_case_alone_until_it_is_tried_again(
    road: Road, desk: Laptop, reference: str
) -> None:
    other = delivered_case(road)
    first = desk.act(reference, ActKind.TAKE_ON)
    desk.act(reference, ActKind.CONTACT, "Gebeld.")
    desk.act(other, ActKind.TAKE_ON)
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "POST", "/rollen$", 1, status=400, code="invalid"))
    desk.send(rounds=3)
    assert desk.states() == ["rejected", "pending", "delivered"]
    desk.book.retry(first.header.act_id)
    desk.send()
    assert desk.states() == ["delivered"] * 3
    assert staff(road, reference) == ["12"]


def test_what_is_given_up_holds_back_nothing_any_more_and_the_log_says_who_and_why(
    road: Road, desk: Laptop, reference: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = desk.act(reference, ActKind.TAKE_ON)
    desk.act(reference, ActKind.CONTACT, "Gebeld.")
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "POST", "/rollen$", 1, status=400, code="invalid"))
    desk.send(rounds=2)
    assert desk.states() == ["rejected", "pending"]
    with caplog.at_level("INFO", "loket.acts"):
        desk.book.give_up(first.header.act_id, "12", road.clock.now(), GiveUpReason.DONE_ELSEWHERE)
    assert "act-given-up why=done-elsewhere staff=12" in caplog.text
    desk.send(rounds=2)
    assert (desk.states(), desk.reasons()) == (["dropped", "delivered"], ["rejected", ""])
    assert staff(road, reference) == []


def test_without_a_network_one_act_knocks_and_all_go_when_it_is_back(road: Road, desk: Laptop, reference: str) -> None:
    other = delivered_case(road)
    for case in (reference, other):
        desk.act(case, ActKind.TAKE_ON)
    road.back_end.faults.add(Fault(FaultKind.DROP, times=1000))
    desk.send(rounds=12)
    assert sorted(kept.attempts for kept in desk.kept()) == [6, 6], "one knock a round"
    assert set(desk.reasons()) == {"unreachable"}
    road.back_end.faults.clear()
    road.clock.advance(timedelta(seconds=61))
    desk.send()
    assert desk.states() == ["delivered"] * 2


def test_waits_a_minute_at_most_for_a_network_however_long_there_was_none(
    road: Road, desk: Laptop, reference: str
) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    road.back_end.faults.add(Fault(FaultKind.DROP, times=1000))
    desk.send(rounds=12)
    road.back_end.faults.clear()
    road.clock.advance(timedelta(seconds=61))
    desk.send()
    assert desk.states() == ["delivered"]


def test_sends_at_once_what_waits_for_the_network_when_somebody_asks(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    road.back_end.faults.add(Fault(FaultKind.DROP, times=1000))
    for _ in range(9):
        desk.send()
        desk.sender().knock()
    road.back_end.faults.clear()
    desk.send()
    assert desk.states() == ["delivered"]


def test_nothing_of_a_practice_case_is_ever_sent(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.TAKE_ON, act_id=new_practice_case_id())
    desk.send(rounds=2)
    assert (desk.states(), desk.reasons()) == (["rejected"], ["practice"])
    assert staff(road, reference) == []


def test_an_act_that_was_changed_on_the_disk_is_not_sent(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    with desk.file.writing() as connection:
        connection.execute("UPDATE counter_acts SET kind = 'give_back'")
    desk.send(rounds=2)
    assert (desk.states(), desk.reasons()) == (["rejected"], ["tampered"])


def test_adding_to_a_case_that_was_closed_meanwhile_waits_for_a_person(
    road: Road, desk: Laptop, reference: str
) -> None:
    desk.act(reference, ActKind.URGENT, "", {"flag": "eviction"})
    road.back_end.move_on(reference, "Afgehandeld")
    desk.send(rounds=2)
    assert (desk.states(), desk.reasons()) == (["conflict"], ["case-closed"])
    [kept] = desk.kept()
    found = conflict_of(desk.file, kept.header.act_id, read_opener(road.folder / "loket.key"))
    assert found is not None
    assert "De zaak is afgesloten op 2026-11-24." in found.their_what
    desk.book.resolve(kept.header.act_id, ConflictChoice.THEIRS, "12", road.clock.now())
    desk.send()
    assert desk.states() == ["dropped"]


def test_nothing_that_was_sent_is_readable_on_the_disk_or_in_the_log(
    road: Road, desk: Laptop, reference: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk.has_contacts = True
    marks = {"name": f"N. {MARK}", "phone": "+31612345679", "what": MARK, "result": "Afgehandeld", "channel": "phone"}
    for kind in (ActKind.CALL_BACK, ActKind.ASK_MISSING, ActKind.CONTACT, ActKind.ANSWER):
        desk.act(reference, kind, f"Dit gaat over {MARK}.", marks)
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "POST", ".*", 2))
    desk.send(rounds=4)
    desk.file.empty_log()
    assert desk.states() == ["delivered"] * 4
    assert MARK in written(road, reference), "it arrived"
    for path in desk.file.path.parent.iterdir():
        assert not [mark for mark in (MARK.encode(), b"612345679") if mark in path.read_bytes()]
    assert caplog.records, "something was logged"
    assert MARK not in caplog.text


def test_says_of_every_step_that_was_left_out_what_is_missing() -> None:
    source = Path(act_plan.__file__).read_text(encoding="utf-8")
    reasons = set(re.findall(r'leave_out\([^)]*"([a-z-]+)"\)', source))
    assert "no-result-type" in reasons
    assert reasons == set(LEFT_OUT)


def test_a_call_back_to_nobody_in_particular_is_still_a_task(road: Road, desk: Laptop, reference: str) -> None:
    desk.has_contacts = True
    for to in ("", "afdeling:", "Belastingen"):
        desk.act(reference, ActKind.CALL_BACK, "Bel terug.", {"to": to})
    desk.send()
    assert desk.states() == ["delivered"] * 3
    assert sorted(actor["naam"] for actor in listed(road, "actoren")) == ["Belastingen", "Klantcontactcentrum"]


def test_counts_what_is_not_done(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.TAKE_ON)
    desk.act(f"{reference}-x", ActKind.CONTACT, based_on="")
    desk.send()
    assert act_counts(desk.file).waiting == 1
    assert str(uuid.UUID(desk.kept()[0].header.act_id)) == desk.kept()[0].header.act_id


def test_how_a_mistake_is_treated_is_in_the_case_with_its_reason(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(reference, ActKind.CORRECTION, "", {"route": "lenient"})
    desk.act(reference, ActKind.CORRECTION, "De vierde keer in een maand.", {"route": "strict"})
    desk.send()
    assert desk.states() == ["delivered"] * 2
    assert "Gewoon aangepast." in written(road, reference)
    assert "De vierde keer in een maand.\nStreng behandeld" in written(road, reference)


def test_a_forwarded_case_holds_the_letter_to_the_citizen(road: Road, desk: Laptop, reference: str) -> None:
    desk.act(
        reference, ActKind.FORWARD, "Niet van ons.", {"to": "UWV", "letter": "Beste Noor, het UWV helpt u verder."}
    )
    desk.send()
    assert "Brief aan de inwoner: Beste Noor, het UWV helpt u verder." in written(road, reference)


@pytest.mark.parametrize(("anonymous", "is_named"), [("yes", False), ("no", True)])
def test_a_contact_of_a_case_names_nobody_who_stays_unnamed(
    road: Road, desk: Laptop, reference: str, anonymous: str, is_named: bool
) -> None:
    desk.has_contacts = True
    desk.act(reference, ActKind.CONTACT, "Wanneer?", {"channel": "phone", "name": "Noor", "anonymous": anonymous})
    desk.send()
    people = [person["contactnaam"]["achternaam"] for person in listed(road, "betrokkenen")]
    assert people == (["Noor"] if is_named else [""])
