# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What befalls the simulated week, drawn from its seed: how each visit ends, and which fault begins at it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commands.wipe_proof import DONE, KILL, LEAVE, MOST_SCREENS, STOP

DAYS = 7
WAYS = (*(DONE,) * 7, *(STOP,) * 6, *(LEAVE,) * 6, KILL)
FEW_SCREENS = 12
KILLED_ON_DAYS = range(3)  # the sync service; then one and the same has to stay flat for the rest of the week


class Trouble(StrEnum):
    """What can go wrong around a visit."""

    HUNG = "window hung"
    WARM_KILLED = "warm window killed"
    VOICE_KILLED = "voice gone"
    PRINTER = "printer out"
    NETWORK = "network away"
    SERVER = "back end answers 500"
    DISK = "disk nearly full"
    CLOCK = "clock jumps"
    SYNC_KILLED = "sync killed"


RATES = {
    Trouble.HUNG: 0.006,
    Trouble.WARM_KILLED: 0.01,
    Trouble.VOICE_KILLED: 0.03,
    Trouble.PRINTER: 0.015,
    Trouble.NETWORK: 0.015,
    Trouble.SERVER: 0.015,
    Trouble.DISK: 0.008,
    Trouble.CLOCK: 0.008,
}
LASTS = {Trouble.PRINTER: 8, Trouble.NETWORK: 12, Trouble.SERVER: 12, Trouble.DISK: 4, Trouble.CLOCK: 3}
SYNC_KILLS = 5
JUMPS_S = (-3 * 86_400, 2 * 3600, 25 * 365 * 86_400)  # went back; believed; not believed


@dataclass(frozen=True, slots=True)
class Plan:
    """One visit."""

    day: int
    service: str
    way: str
    screens: int
    begins: tuple[Trouble, ...]
    lasts: int  # visits, for what lasts
    jump_s: int


def plan(visits: int, seed: int, services: Sequence[str], days: int = DAYS) -> list[Plan]:
    """Draw a week, or a shorter one; each fault comes at least once."""
    chance = random.Random(seed)
    begins: list[list[Trouble]] = [
        [trouble for trouble, rate in RATES.items() if chance.random() < rate] for _ in range(visits)
    ]
    for trouble in RATES:
        if not any(trouble in each for each in begins):
            begins[chance.randrange(visits)].append(trouble)
    early = [number for number in range(visits) if _day_of(number, visits, days) in KILLED_ON_DAYS]
    for number in chance.sample(early, min(SYNC_KILLS, max(1, len(early) // 10))):
        begins[number].append(Trouble.SYNC_KILLED)
    ways = [chance.choice(WAYS) for _ in range(visits)]
    return [
        Plan(
            _day_of(number, visits, days),
            chance.choice(services),
            ways[number],
            MOST_SCREENS - 1 if ways[number] == DONE else chance.randint(1, FEW_SCREENS),
            tuple(begins[number]),
            chance.randint(1, max(LASTS.values())),
            chance.choice(JUMPS_S),
        )
        for number in range(visits)
    ]


def _day_of(number: int, visits: int, days: int) -> int:
    return number * days // visits
