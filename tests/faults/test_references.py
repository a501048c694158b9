# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A million references, made by fifty devices that know nothing of each other: none twice, and no slip gets through.

A slip is one wrong character or two that changed places. The check is a sum over the places, so what it does with a
slip depends only on its places and characters: each slip that can be made at all is tried, many times.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path

import pytest

from domain.reference import ALPHABET, new_reference, parse_reference
from tests.faults.figures import count

DEVICES = 50
LENGTH = 14
WRONG = LENGTH * len(ALPHABET) * (len(ALPHABET) - 1)
SWAPS = LENGTH * (LENGTH - 1) // 2 * len(ALPHABET) * (len(ALPHABET) - 1)

Slip = tuple[tuple[int, ...], str, str]  # the places, what stood there, what was typed


@dataclass(frozen=True, slots=True)
class Made:
    """What one device made, and what came of the slips in it."""

    references: tuple[str, ...]
    tried: int
    kinds: frozenset[Slip]
    accepted: tuple[str, ...]


def slips(characters: str) -> Iterator[tuple[Slip, str]]:
    """Give every slip in a reference, with what is typed then."""
    for place, right in enumerate(characters):
        for wrong in ALPHABET.replace(right, ""):
            yield ((place,), right, wrong), characters[:place] + wrong + characters[place + 1 :]
    for first, second in combinations(range(len(characters)), 2):
        one, other = characters[first], characters[second]
        if one != other:
            typed = list(characters)
            typed[first], typed[second] = other, one
            yield ((first, second), one, other), "".join(typed)


def one_slip(characters: str, chance: random.Random) -> tuple[Slip, str]:
    """Give one wrong character."""
    place = chance.randrange(len(characters))
    wrong = chance.choice(ALPHABET.replace(characters[place], ""))
    return ((place,), characters[place], wrong), characters[:place] + wrong + characters[place + 1 :]


def device(number: int, references: int, every: int) -> Made:
    """Be one device, with chance from the operating system; one in `every` meets all its slips, the others one."""
    made = tuple(new_reference() for _ in range(references))
    chance = random.Random(number)
    tried, kinds, accepted = 0, set[Slip](), []
    for place, reference in enumerate(made):
        characters = reference.replace("-", "")
        for kind, typed in slips(characters) if place % every == 0 else [one_slip(characters, chance)]:
            tried += 1
            kinds.add(kind)
            if parse_reference(typed) is not None:
                accepted.append(typed)
    return Made(made, tried, frozenset(kinds), tuple(accepted))


def prove(references: int, every: int) -> None:
    each = references // DEVICES
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as devices:
        made = list(devices.map(device, range(DEVICES), [each] * DEVICES, [every] * DEVICES))
    different = {reference for one in made for reference in one.references}
    assert len(different) == references, "a reference was given twice"
    assert all(parse_reference(reference) == reference for reference in different)
    accepted = [typed for one in made for typed in one.accepted]
    assert accepted == [], f"{len(accepted)} slips were taken for a reference"
    kinds = frozenset[Slip]().union(*(one.kinds for one in made))
    assert len(kinds) == WRONG + SWAPS, "not every slip that can be made was tried"
    tried = sum(one.tried for one in made)
    count(references=references, reference_collisions=0, reference_slips_refused=tried, slips_accepted=0)


def test_no_slip_gets_through_and_the_proof_would_notice_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made = device(1, references=40, every=20)
    assert made.tried > 500
    assert made.accepted == ()
    monkeypatch.setattr("tests.faults.test_references.parse_reference", lambda typed: typed)
    assert len(device(1, references=40, every=20).accepted) > 500


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_million_references_of_fifty_devices_are_different_and_refuse_every_slip(
    monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    monkeypatch.syspath_prepend(str(repository))  # for the processes of the devices
    prove(1_000_000, every=100)
