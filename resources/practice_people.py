# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented people of practice, read once from `practice/people.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """Somebody who does not exist: who they are, what they say and bring, and what the helper can try."""

    name: str
    persona: str
    service: str
    says: str
    brings: str
    try_this: str


@cache
def practice_people() -> tuple[PracticePerson, ...]:
    """Give all of them, in the order of the file."""
    text = (Path(__file__).parent / "practice" / "people.toml").read_text(encoding="utf-8")
    return tuple(
        PracticePerson(
            person["name"], person["persona"], person["service"], person["says"], person["brings"], person["try"]
        )
        for person in tomllib.loads(text)["person"]
    )
