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


def laptop(place: Town, name: str, member: str) -> tuple[Device, str]:
    """Set up a laptop at the counter with nothing on it but who may sign in; give how they do."""
    device = place.device(name)
    [somebody] = device.take_on_staff(member)
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


def prove(folder: Path, number: int, services: Sequence[str]) -> None:
    with town(folder, services) as place:
        references = bring(place, number)
        roads = {reference: road_of(each) for each, reference in enumerate(references)}
        device, sign_in = laptop(place, "balie-01", "B. Balie")
        with device.desk() as desk:
            desk.do(sign_in)
            desk.do(f"list {number}")
            place.cut()
            half = number // 2
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
        assert Counter(act.state for act in device.acts())[ActState.DELIVERED] == 0
        place.join()
        told = device.sync_once()
        assert (told["code"], told["retrying"], told["rejected"]) == (0, 0, 0), told
        assert {act.state for act in device.acts()} == {ActState.DELIVERED}, [act.reason for act in device.acts()]
        member = sign_in.split()[1]
        assert_told_once(place, roads, member)
        with device.desk() as desk:
            desk.do(sign_in)
            desk.do("fetch")
            # What was sent on is still open, and somebody else's.
            desk.do(f"list {sum(road == SENT_ON for road in roads.values())}")
            said = "".join(desk.do("deliveries"))
            assert "Alles is verstuurd" in said, said
        place.recorder.assert_valid()


def test_four_cases_go_from_list_to_answer_without_a_network(tmp_path: Path) -> None:
    prove(tmp_path, 4, SERVICES[:4])


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_twenty_cases_of_ten_kinds_go_from_list_to_answer_without_a_network(tmp_path: Path) -> None:
    prove(tmp_path, 20, SERVICES)
