# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The walk for who is lost: every road ends at an owner, and a file in which one does not is refused."""

from __future__ import annotations

import pytest

from domain.errors import DefinitionError
from domain.walk import Owner, Walk, WalkStep, check_walk_texts, needed_texts, parse_walk

WALK = """
[[step]]
id = "begin"
choices = [
  { id = "geld", icon = "mdi6.cash", step = "geld" },
  { id = "huis", icon = "mdi6.home", owner = "verhuizen" },
]

[[step]]
id = "geld"
choices = [
  { id = "belasting", icon = "mdi6.email", owner = "belastingdienst" },
  { id = "anders", icon = "mdi6.cash", owner = "gemeente" },
]

[[owner]]
id = "gemeente"
icon = "mdi6.town-hall"

[[owner]]
id = "verhuizen"
icon = "mdi6.home"
service = "verhuizen"

[[owner]]
id = "belastingdienst"
icon = "mdi6.email"
phone = "0800 0543"
"""


def says(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse_walk(text, "walk.toml")
    return [problem.says for problem in caught.value.problems]


def test_leads_by_pictures_to_an_owner() -> None:
    walk = parse_walk(WALK, "walk.toml")

    assert isinstance(walk.place(()), WalkStep)
    owner = walk.place(("geld", "belasting"))
    assert isinstance(owner, Owner)
    assert owner.phone == "0800 0543"


@pytest.mark.parametrize("path", [("weet-ik-niet",), ("geld", "weet-ik-niet"), ("bestaat-niet",), ("geld", "huis")])
def test_leads_to_the_municipality_when_nobody_knows(path: tuple[str, ...]) -> None:
    walk = parse_walk(WALK, "walk.toml")

    assert walk.place(path) == walk.owner("gemeente")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('owner = "verhuizen" }', 'owner = "verhuisen" }', '"verhuisen" is no owner (did you mean "verhuizen"?)'),
        ('step = "geld" }', 'step = "gelt" }', '"gelt" is no step'),
        ('step = "geld" }', 'step = "geld", owner = "gemeente" }', "leads nowhere or to two places"),
        ('owner = "gemeente" }', 'step = "begin" }', "goes round in a circle"),
        ('id = "huis"', 'id = "geld"', 'has the choice "geld" twice'),
        ('id = "huis"', 'id = "weet-ik-niet"', "is on every screen already"),
        ('[[owner]]\nid = "gemeente"', '[[owner]]\nid = "gemeenten"', "has no end"),
        ('phone = "0800 0543"', 'phone = "bel maar"', "is no telephone number"),
        ('service = "verhuizen"', 'service = "verhuizen"\nphone = "14 000"', "has a phone: keep one"),
        ('owner = "belastingdienst"', 'owner = "gemeente"', 'nobody gets to owner "belastingdienst"'),
        ('step = "geld" }', 'owner = "gemeente" }', 'nobody gets to step "geld"'),
        ('icon = "mdi6.cash"', 'icon = "cash"', "is no icon"),
    ],
)
def test_refuses_a_walk_in_which_somebody_gets_lost(old: str, new: str, said: str) -> None:
    assert old in WALK

    assert any(said in found for found in says(WALK.replace(old, new, 1)))


def test_refuses_a_walk_without_screens() -> None:
    assert any("no screen" in found for found in says('[[owner]]\nid = "gemeente"\nicon = "mdi6.town-hall"\n'))


def test_names_each_text_that_is_missing_or_too_many() -> None:
    walk: Walk = parse_walk(WALK, "walk.toml")
    texts = dict.fromkeys(needed_texts(walk), "Tekst.")
    del texts["owner.gemeente.title"]
    texts["owner.niemand.title"] = "Tekst."

    with pytest.raises(DefinitionError) as caught:
        check_walk_texts(walk, texts, "", "nl.toml")

    found = [problem.says for problem in caught.value.problems]
    assert any('"owner.gemeente.title" is missing' in item for item in found)
    assert any('nothing asks for the text "owner.niemand.title"' in item for item in found)
