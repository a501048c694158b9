# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short walk for who does not know where to be (feature U08): screens of pictures that always end at an owner.

The place in a walk is derived from the choices made, never stored. Reading the file is `parse_walk`; the words are in
text files beside it, the notes name the keys. Whether the services exist, `loket content check` tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.toml_lines import Findings, find_text_line
from domain.toml_reading import Table, did_you_mean, read_toml

MOST_SCREENS = 3
MOST_CHOICES = 8
UNSURE = "weet-ik-niet"  # offered on every screen
MUNICIPALITY = "gemeente"  # the owner of everything that nobody else owns; its number is the help number
_ICON = re.compile(r"mdi6\.[a-z0-9-]{1,60}")
_PHONE = re.compile(r"[0-9+][0-9 +-]{1,19}")
_MOST = 60


@dataclass(frozen=True, slots=True)
class WalkChoice:
    """One picture; leads to another screen or to an owner. Text: `step.<step>.choice.<choice>`."""

    id: str
    icon: str
    step: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One screen of pictures. Text: `step.<id>.title`."""

    id: str
    choices: tuple[WalkChoice, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who it is: a service here, or an organisation. Texts: `owner.<id>.title`, `owner.<id>.text`.

    `phone` is the organisation's number; empty: the help number of the municipality, which helps the visitor on.
    """

    id: str
    icon: str
    service: str = ""
    phone: str = ""
    is_personal: bool = False  # the loudspeaker does not tell the hall


@dataclass(frozen=True, slots=True)
class Walk:
    """All screens and owners; the first screen is where everybody begins."""

    steps: tuple[WalkStep, ...]
    owners: tuple[Owner, ...]
    _steps: Mapping[str, WalkStep] = field(init=False, repr=False, compare=False)
    _owners: Mapping[str, Owner] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_steps", {step.id: step for step in self.steps})
        object.__setattr__(self, "_owners", {owner.id: owner for owner in self.owners})

    def place(self, path: tuple[str, ...]) -> WalkStep | Owner:
        """Give where these choices lead; what the walk does not know leads to the municipality."""
        here = self.steps[0]
        for choice_id in path:
            choice = next((item for item in here.choices if item.id == choice_id), None)
            if choice is None:
                return self._owners[MUNICIPALITY]
            if choice.owner:
                return self._owners[choice.owner]
            here = self._steps[choice.step]
        return here

    def owner(self, owner_id: str) -> Owner:
        """Give an owner by id.

        Raises: KeyError when there is none.
        """
        return self._owners[owner_id]


def parse_walk(text: str, file: str) -> Walk:
    """Read and check a whole walk.

    Raises: DefinitionError with everything that is wrong, each with its line.
    """
    findings = Findings(file, text)
    top = Table(read_toml(text, findings), findings)
    steps = tuple(_step(table) for table in top.tables("step", _MOST))
    owners = tuple(_owner(table) for table in top.tables("owner", _MOST))
    for source in top.tables("source", _MOST):
        source.text("fact")
        source.text("where")
        source.day("checked_on")
        source.close()
    top.close()
    _check(steps, owners, findings)
    findings.raise_if_any()
    return Walk(steps, owners)


def needed_texts(walk: Walk) -> tuple[str, ...]:
    """Give the keys that a walk cannot do without."""
    return tuple(
        key
        for found in (
            (f"step.{step.id}.title", *(f"step.{step.id}.choice.{choice.id}" for choice in step.choices))
            for step in walk.steps
        )
        for key in found
    ) + tuple(f"owner.{owner.id}.{name}" for owner in walk.owners for name in ("title", "text"))


def check_walk_texts(walk: Walk, texts: Mapping[str, str], source: str, file: str) -> None:
    """Check that every text is there, and none too many.

    Raises: DefinitionError that names them.
    """
    findings = Findings(file, source)
    needed = needed_texts(walk)
    for key in needed:
        if key not in texts:
            findings.add_at(find_text_line(source, key), f'the text "{key}" is missing: write it')
    for key in texts:
        if key not in needed:
            hint = did_you_mean(key, list(needed))
            findings.add_at(find_text_line(source, key), f'nothing asks for the text "{key}"{hint}: mend or remove it')
    findings.raise_if_any()


def _icon(table: Table) -> str:
    name = table.text("icon")
    if name and not _ICON.fullmatch(name):
        table.problem(f'"{name[:60]}" is no icon: write "mdi6." and the name of a Material Design icon', "icon")
    return name


def _step(table: Table) -> WalkStep:
    step_id = table.id()
    choices = tuple(_choice(inner) for inner in table.inlines("choices", MOST_CHOICES))
    if len(choices) < 2:
        table.problem(f'step "{step_id}" needs at least two choices: add choices = [...]', "choices")
    table.close()
    return WalkStep(step_id, choices)


def _choice(table: Table) -> WalkChoice:
    choice = WalkChoice(
        table.id(),
        _icon(table),
        table.id("step") if table.has("step") else "",
        table.id("owner") if table.has("owner") else "",
    )
    if bool(choice.step) == bool(choice.owner):
        table.problem(f'choice "{choice.id}" leads nowhere or to two places: give it a step or an owner', "choices")
    table.close()
    return choice


def _owner(table: Table) -> Owner:
    owner = Owner(
        table.id(),
        _icon(table),
        table.id("service") if table.has("service") else "",
        table.text("phone", ""),
        table.flag("is_personal"),
    )
    if owner.phone and not _PHONE.fullmatch(owner.phone):
        table.problem(f'"{owner.phone[:40]}" is no telephone number: use digits, spaces and +', "phone")
    if owner.phone and owner.service:
        table.problem(f'owner "{owner.id}" is a service here and has a phone: keep one', "phone")
    table.close()
    return owner


def _check(steps: tuple[WalkStep, ...], owners: tuple[Owner, ...], findings: Findings) -> None:
    by_id = {step.id: step for step in steps}
    owner_ids = {owner.id for owner in owners}
    if not steps:
        findings.add("the walk has no screen: add [[step]]")
        return
    municipality = next((owner for owner in owners if owner.id == MUNICIPALITY), None)
    if municipality is None or municipality.service or municipality.phone:
        says = f'"{UNSURE}" has no end: add [[owner]] with id = "{MUNICIPALITY}" and no service or phone'
        findings.add(says, "owner")
    for table, ids in (("step", [step.id for step in steps]), ("owner", [owner.id for owner in owners])):
        for item_id in (word for word, count in Counter(ids).items() if count > 1 and word):
            findings.add(f'two of [[{table}]] have the id "{item_id}": give one another id', table)
    for index, step in enumerate(steps):
        for choice_id in (word for word, count in Counter(item.id for item in step.choices).items() if count > 1):
            findings.add(f'step "{step.id}" has the choice "{choice_id}" twice', "step", index, word=choice_id)
        for choice in step.choices:
            if choice.id == UNSURE:
                findings.add(f'"{UNSURE}" is on every screen already: remove it', "step", index, word=choice.id)
            if choice.owner and choice.owner not in owner_ids:
                says = f'"{choice.owner}" is no owner{did_you_mean(choice.owner, sorted(owner_ids))}'
                findings.add(says, "step", index, word=choice.owner)
            if choice.step and choice.step not in by_id:
                says = f'"{choice.step}" is no step{did_you_mean(choice.step, sorted(by_id))}'
                findings.add(says, "step", index, word=choice.step)
    _check_roads(steps, owners, by_id, findings)


def _check_roads(
    steps: tuple[WalkStep, ...], owners: tuple[Owner, ...], by_id: Mapping[str, WalkStep], findings: Findings
) -> None:
    reached: set[str] = set()
    too_long: set[str] = set()
    for road in _roads(steps[0], by_id, ()):
        reached.update(road)
        if len(road) > MOST_SCREENS:
            too_long.add(road[MOST_SCREENS])
    for index, step in enumerate(steps):
        if step.id in too_long:
            findings.add(f'step "{step.id}" is screen {MOST_SCREENS + 1} or goes round in a circle', "step", index)
        elif step.id not in reached:
            findings.add(f'nobody gets to step "{step.id}": remove it or lead to it', "step", index)
    wanted = {choice.owner for step in steps for choice in step.choices} | {MUNICIPALITY}
    for index, owner in enumerate(owners):
        if owner.id not in wanted:
            findings.add(f'nobody gets to owner "{owner.id}": remove it or lead to it', "owner", index)


def _roads(step: WalkStep, by_id: Mapping[str, WalkStep], before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    road = (*before, step.id)
    following = [by_id[choice.step] for choice in step.choices if choice.step in by_id]
    if not following or len(road) > MOST_SCREENS:
        yield road
    for found in following if len(road) <= MOST_SCREENS else ():
        yield from _roads(found, by_id, road)
    if following:
        yield road
