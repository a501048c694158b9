# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff did arrives once each when a quarter of all answers is lost, before or after the server wrote."""

from __future__ import annotations

import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from domain.case_act import ActKind
from sync.practice.faults import Fault, FaultKind, Faults, Taken
from tests.fakes.clock import FakeClock
from tests.sync.counter_road import Laptop, delivered_case, laptop
from tests.sync.road import Road, built_road
from tests.sync.test_klantinteracties import listed

LOST = (
    FaultKind.DROP,
    FaultKind.DROP_AFTER_COMMIT,
    FaultKind.HTML_500,
    FaultKind.HTML_500_AFTER_COMMIT,
    FaultKind.TRUNCATED,
)
GIVEN = {"what": "brief", "to": "afdeling:Wijkbeheer", "day_part": "morning", "channel": "phone", "flag": "eviction"}
IN_ORDER = (
    ActKind.TAKE_ON,
    ActKind.DOCUMENT_SEEN,
    ActKind.CONTACT,
    ActKind.ASK_MISSING,
    ActKind.CALL_BACK,
    ActKind.RESUME,
    ActKind.URGENT,
    ActKind.GIVE_BACK,
    ActKind.TAKE_ON,
    ActKind.ANSWER,
)


class Lossy(Faults):
    """Lets one write in four go wrong, and one read in eight: also the look whether it arrived."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self.lost = 0

    def take(self, method: str, path: str) -> Taken | None:
        if self._chance.random() >= (0.12 if method == "GET" else 0.25):
            return None
        self.lost += 1
        return Taken(Fault(self._chance.choice(LOST)), threading.Barrier(1))


def _do_it_all(desk: Laptop, reference: str) -> None:
    seen = desk.version(reference)
    for number, kind in enumerate(IN_ORDER):
        given = {**GIVEN, "result": "Toegekend"}
        desk.act(reference, kind, f"Dit is handeling {number}.", given, based_on=seen)


def _assert_once(road: Road, desk: Laptop, reference: str) -> None:
    [case] = [case for case in road.back_end.registered() if case.identificatie == reference]
    numbers = Counter(document.identificatie for document in case.documents)
    assert set(numbers.values()) == {1}
    assert case.links == len(numbers)
    assert len(numbers) == 2 + 6, "two of the case; seen, asked, haste, given back, taken on again, answered"
    look = desk.look(reference)
    roles = [role for role in look.roles if role["omschrijvingGeneriek"] == "behandelaar"]
    assert len(roles) == 1
    assert case.statuses == ("Ontvangen", "In behandeling", "In behandeling", "In behandeling", "Afgehandeld")
    about = [
        found
        for found in listed(road, "onderwerpobjecten")
        if found["onderwerpobjectidentificator"]["objectId"] == look.uuid
    ]
    assert len(about) == 4, "a contact, the question, the call-back, the answer by telephone"
    assert look.zaak["resultaat"]
    assert look.zaak["einddatum"]


@pytest.mark.parametrize("seed", range(3))
def test_arrives_once_each_when_a_quarter_of_the_answers_is_lost(road: Road, tmp_path: Path, seed: int) -> None:
    references = [delivered_case(road) for _ in range(2)]
    lossy = Lossy(seed)
    with laptop(road, tmp_path / "balie", has_contacts=True) as desk:
        for reference in references:
            _do_it_all(desk, reference)
        road.back_end._door.faults = lossy
        for _ in range(150):
            # A new process each time: what it knows is what lies on the disk.
            desk.send(rounds=2)
            if set(desk.states()) == {"delivered"}:
                break
        road.back_end._door.faults = Faults()
        assert lossy.lost >= 10, "much was lost"
        assert desk.states() == ["delivered"] * 2 * len(IN_ORDER), desk.reasons()
        for reference in references:
            _assert_once(road, desk, reference)
        assert len(listed(road, "internetaken")) == 2


class LostAndUnseen(Faults):
    """Loses the answer to one write after it was written, and the look that follows it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._told = 0

    def take(self, method: str, path: str) -> Taken | None:
        is_it = path.endswith(self._path)
        if (self._told == 0 and method == "POST" and is_it) or (self._told == 1 and method == "GET" and is_it):
            self._told += 1
            kind = FaultKind.DROP_AFTER_COMMIT if method == "POST" else FaultKind.DROP
            return Taken(Fault(kind), threading.Barrier(1))
        return None

    @property
    def has_come(self) -> bool:
        return self._told == 2


@pytest.mark.parametrize("path", ["/rollen", "/statussen", "/zaakeigenschappen"])
def test_looks_in_the_next_attempt_when_neither_answer_nor_look_came(
    tmp_path: Path, clock: FakeClock, path: str
) -> None:
    types = {"verhuizen": ("postcode", "huisnummer", "spoed")}
    with built_road(tmp_path, clock, types) as road, laptop(road, tmp_path / "balie") as desk:
        reference, faults = delivered_case(road), LostAndUnseen(path)
        for kind in (ActKind.URGENT, ActKind.TAKE_ON):
            desk.act(reference, kind, given={"flag": "eviction"})
        road.back_end._door.faults = faults
        desk.send(rounds=4)
        road.back_end._door.faults = Faults()
        assert faults.has_come
        assert desk.states() == ["delivered"] * 2
        [case] = road.back_end.registered()
        assert case.staff == (("behandelaar", "12"),)
        assert case.statuses == ("Ontvangen", "In behandeling")
        assert [name for name, _ in case.eigenschappen].count("spoed") == 1
