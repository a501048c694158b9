# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counter staff bring cases from list to answer without a network, by keys only; then the case system has it all once.

The short run takes four cases, the long one twenty of ten kinds and a second laptop that changed three of them
meanwhile. Desk and sync service are real processes that are killed halfway; every request is held against the API
documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.case_act import ActState
from tests.journeys.counter_floor import PIN, Device, Town, town
from tests.journeys.counter_hands import ANSWER
from tests.sync.library_road import listed

RECEIVED, HANDLED, CLOSED = "Ontvangen", "In behandeling", "Afgehandeld"
SERVICES = (
    "verhuizen",
    "bel",
    "afvalpas",
    "straat",
    "parkeren",
    "wmo",
    "schulden",
    "toeslag",
    "energie",
    "geboorte",
    "overlijden",
)
PLAIN = ("take_on", "answer")
ASKED = ("take_on", "ask", "resume", "answer")
SEEN = ("take_on", "seen", "answer")
SPOKEN = ("take_on", "contact", "called", "answer")
DECIDED = ("take_on", "seen", "granted")
SENT_ON = ("take_on", "forward")
STATUSES = {
    PLAIN: (RECEIVED, HANDLED, CLOSED),
    SEEN: (RECEIVED, HANDLED, CLOSED),
    SPOKEN: (RECEIVED, HANDLED, CLOSED),
    DECIDED: (RECEIVED, HANDLED, CLOSED),
    ASKED: (RECEIVED, HANDLED, HANDLED, HANDLED, CLOSED),
    SENT_ON: (RECEIVED, HANDLED, HANDLED),
}
PAGES = {
    "ask": "Vraag om aanvulling",
    "seen": "Document gezien",
    "forward": "Doorgestuurd",
    "answer": "Antwoord",
    "granted": "Antwoord",
}
"""Steps that leave a document in the case; the others say it in a status, a rol or a contact."""
CONTACTS = {"ask": 2, "contact": 1, "called": 2}
"""Contacts that a step adds to the one of the visit; an attempt to call is one too."""


def road_of(number: int) -> tuple[str, ...]:
    """Give what happens to the case of this number: one is sent on, the others are answered, each in some way."""
    if number == 3:
        return SENT_ON
    return (ASKED, SPOKEN, SEEN, PLAIN, DECIDED)[number % 5]


def bring(place: Town, number: int) -> list[str]:
    """Let kiosks hand in cases and the case system have them."""
    kiosk = place.device("kiosk-01")
    services = place.services
    brought = [kiosk.hand_in(service_id=services[each % len(services)]) for each in range(number)]
    told = kiosk.sync_once()
    assert (told["code"], told["delivered"]) == (0, number)
    return brought


def laptop(place: Town, name: str, member: str, *before: str) -> tuple[Device, str]:
    """Set up a laptop at the counter with nothing on it but who may sign in; give how they do."""
    device = place.device(name)
    somebody = device.take_on_staff(*before, member)[-1]
    return device, f"sign_in {somebody.number} {PIN}"


def assert_told_once(place: Town, roads: dict[str, tuple[str, ...]], member: str) -> None:
    """All that staff did is at the case system, each once and in order."""
    contacts = Counter(_about(contact, roads) for contact in listed(place.there, "klantcontacten"))
    for reference, road in roads.items():
        case = place.case(reference)
        assert case.statuses == STATUSES[road], (reference, road)
        is_sent_on = road == SENT_ON
        assert case.staff == (() if is_sent_on else (("behandelaar", member),)), (reference, road)
        assert case.rollen == 2, "who asks, and who handles it"
        pages = Counter(document.title for document in case.documents if "-" in document.identificatie)
        for title in {PAGES[step] for step in road if step in PAGES}:
            assert pages[title] == 1, (reference, road, pages)
        numbers = [document.identificatie for document in case.documents]
        assert len(numbers) == len(set(numbers)) == case.links == 2 + sum(step in PAGES for step in road)
        assert contacts[reference] == 1 + sum(CONTACTS.get(step, 0) for step in road), (reference, road)
        if not is_sent_on:
            assert _answers(place, reference) == 1


def _answers(place: Town, reference: str) -> int:
    words = ANSWER.format(reference=reference).encode()
    contents = (place.there.content(document.identificatie) for document in place.case(reference).documents)
    return sum(words in content for content in contents)


def _about(contact: object, references: Sequence[str] | dict[str, tuple[str, ...]]) -> str:
    said = str(contact)
    return next((reference for reference in references if reference in said), "")


def prove(folder: Path, number: int, services: Sequence[str], *, looks_after: bool) -> None:
    with town(folder, services) as place:
        references = bring(place, number)
        roads = {reference: road_of(each) for each, reference in enumerate(references)}
        device, sign_in = laptop(place, "balie-01", "B. Balie")
        half = number // 2
        with device.desk() as desk:
            desk.do(sign_in)
            desk.do(f"list {number}")
            place.cut()
            for reference in references[:half]:
                desk.do(f"case {reference} {' '.join(roads[reference])}")
            desk.ask(f"case {references[half]} {' '.join(roads[references[half]])}")
            desk.heard("kept")
            desk.kill()
        with device.desk() as desk:
            desk.do(sign_in)
            for reference in references[half:]:
                rest = roads[reference][len(device.acts(reference)) :]
                desk.do(f"case {reference} {' '.join(rest)}")
            desk.kill()
        assert len(device.acts()) == sum(len(road) for road in roads.values())
        assert not [act for act in device.acts() if act.state is ActState.DELIVERED]
        place.join()
        assert_all_went(device)
        assert_told_once(place, roads, sign_in.split()[1])
        if looks_after:
            with device.desk() as desk:
                desk.do(sign_in)
                desk.do("fetch")
                # What was sent on is still open, and somebody else's.
                desk.do(f"list {sum(road == SENT_ON for road in roads.values())}")
                assert "Alles is verstuurd" in "".join(desk.do("deliveries"))
        place.recorder.assert_valid()


def assert_all_went(device: Device) -> None:
    told = device.sync_once()
    assert (told["code"], told["retrying"], told["rejected"]) == (0, 0, 0), told
    assert {act.state for act in device.acts()} == {ActState.DELIVERED}, [act.reason for act in device.acts()]


@pytest.mark.timeout(600)
def test_four_cases_go_from_list_to_answer_without_a_network(tmp_path: Path, shared_dir: Path) -> None:
    prove(tmp_path, 4, SERVICES[:4], looks_after=False)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_twenty_cases_of_ten_kinds_go_from_list_to_answer_without_a_network(tmp_path: Path, shared_dir: Path) -> None:
    prove(tmp_path, 20, SERVICES, looks_after=True)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_of_three_cases_that_another_laptop_changed_a_person_chooses_and_nothing_is_lost(
    tmp_path: Path, shared_dir: Path
) -> None:
    with town(tmp_path, SERVICES[:4]) as place:
        references = bring(place, 4)
        mine, theirs, both, alone = references
        first, sign_in = laptop(place, "balie-01", "B. Balie")
        second, other = laptop(place, "balie-02", "S. Visser", "Niemand")
        with first.desk() as desk:
            desk.do(sign_in)
            desk.do("list 4")
            place.cut()
            for reference in references[:3]:
                desk.do(f"case {reference} ask")
            desk.do(f"case {alone} {' '.join(SEEN)}")
            desk.kill()
        place.join()
        with second.desk() as desk:
            desk.do(other)
            desk.do("list 4")
            desk.do(f"case {mine} take_on")
            desk.do(f"case {theirs} take_on answer")
            desk.do(f"case {both} take_on contact")
        assert_all_went(second)
        told = first.sync_once()
        assert told["code"] == 1, "a person must choose"
        states = Counter(act.state for act in first.acts())
        assert states == {ActState.CONFLICT: 3, ActState.DELIVERED: 3}, states
        with first.desk() as desk:
            desk.do(sign_in)
            desk.do("fetch")
            said = desk.do(f"conflicts {mine}=mine {theirs}=theirs {both}=both")
            assert sum("S. Visser, balie-02: S. Visser heeft de zaak opgepakt." in line for line in said) == 3, said
        assert first.sync_once()["code"] == 0
        assert [first.acts(reference)[0].state for reference in references[:3]] == [
            ActState.DELIVERED,
            ActState.DROPPED,
            ActState.DELIVERED,
        ]
        titles = {
            reference: sorted(
                document.title
                for document in place.case(reference).documents
                if document.identificatie not in (f"{reference}-1", f"{reference}-2")
            )
            for reference in references
        }
        assert titles == {
            mine: ["Vraag om aanvulling"],
            theirs: ["Antwoord"],
            both: ["Aantekening: vraag om aanvulling"],
            alone: ["Antwoord", "Document gezien"],
        }
        number = other.split()[1]
        for reference in (mine, theirs, both):
            assert place.case(reference).staff == (("behandelaar", number),), "what the other did is there too"
        assert place.case(theirs).statuses == STATUSES[PLAIN]
        assert _answers(place, theirs) == _answers(place, alone) == 1
        place.recorder.assert_valid()
