# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever a member of staff presses and types, no case of theirs comes of it (H07), and all of it is taken over."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from domain.answers import Origin
from domain.submission import from_bytes
from kiosk.screens.filled_in import NAMESAKE
from kiosk.view import LEAVE, NEXT, AnswerRows, Choices, Chose, Field, FieldRow, Typed
from tests.faults.figures import count
from tests.journeys.citizen import library
from tests.journeys.test_filled_by_staff import BO, Counter

NAMES = (BO.name, BO.name.upper(), "B. de Balie", "Anna Voorbeeld", "Bo Voorbeeld", "0612345678", "3 maart 1984")
ENDS = (LEAVE, "stop.yes")
STEPS = 160


def wander(counter: Counter, chance: random.Random) -> int:
    """Press and type at random, mostly onwards; give how often the own name was refused."""
    citizen, refused = counter.citizen, 0
    service = chance.choice([one.id for one in library().services])
    citizen.open(service).go_on()
    for _ in range(STEPS):
        view = citizen.view
        assert view.is_for_citizen
        if citizen.has_ended is not None:
            break
        for part in view.parts:
            if isinstance(part, Choices) and part.options and chance.random() < 0.7:
                citizen.navigator.handle(Chose(part.id, chance.choice(part.options).id))
            fields = part.fields if isinstance(part, FieldRow) else (part,) if isinstance(part, Field) else ()
            for one in fields:
                if chance.random() < 0.7:
                    citizen.navigator.handle(Typed(one.id, chance.choice(NAMES)))
        others = [button for button in citizen.buttons() if button not in ENDS]
        changes = [row.id for part in view.parts if isinstance(part, AnswerRows) for row in part.rows]
        unknown = ["offer.unknown"] if "offer.unknown" in others and chance.random() < 0.3 else []
        aside = [chance.choice([*others, *changes])] if chance.random() < 0.06 and others else []
        for button in (*unknown, *aside, NEXT):
            citizen.press(button)
        if NAMESAKE in citizen.buttons():
            refused += 1
            if chance.random() < 0.2:
                citizen.press(NAMESAKE)
            elif chance.random() < 0.5 and "offer.declined" in citizen.buttons():
                citizen.press("offer.declined").go_on()
    return refused


def prove(visits: int, seed: int) -> None:
    chance, kept, refused, namesakes = random.Random(seed), 0, 0, 0
    for number in range(visits):
        counter = Counter(replace(BO, how=("desk", "phone", "paper")[number % 3]))
        refused += wander(counter, chance)
        for sealed in counter.store.shared.sealed.values():
            case = from_bytes(counter.sealer.opened(sealed))
            kept += 1
            namesakes += case.filled_by.is_own_name(case.initiator.name)
            assert (case.filled_by.number, case.filled_by.name) == (BO.number, BO.name)
            assert not case.filled_by.refuses(case.initiator.name), f"visit {number}: the member asks for themselves"
            assert all(line.origin == Origin.TAKEN_OVER.value for line in case.lines), f"visit {number}"
    assert kept > visits // 6, "too few cases were kept to prove anything"
    assert refused > visits // 8, "too seldom was the own name typed where it counts"
    count(visits_filled_in_by_staff=visits, cases_filled_in=kept, own_names_refused=refused, namesakes=namesakes)


def test_makes_no_case_of_a_member_whatever_they_press() -> None:
    prove(25, 7)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_makes_no_case_of_a_member_in_a_thousand_visits() -> None:
    prove(1000, 1007)
