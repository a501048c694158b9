# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A copy of a visit goes on by itself: no desk holds on to the visit it was copied from."""

from __future__ import annotations

import copy
import copyreg
from types import MappingProxyType

import pytest

from kiosk.navigator import Navigator
from kiosk.view import BACK, LANGUAGE, SIZE, Chose, Pressed
from tests.journeys.citizen import Citizen, library, texts_of


@pytest.fixture(autouse=True)
def copies_read_only_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let read-only tables be copied too, as `commands.all_screens` does."""
    monkeypatch.setitem(copyreg.dispatch_table, MappingProxyType, lambda table: (MappingProxyType, (dict(table),)))


def copied(citizen: Citizen) -> Navigator:
    """Give a copy, as `commands.all_screens` makes them; what no visit changes is shared."""
    shared = (library(), texts_of, citizen.clock, *library().services)
    return copy.deepcopy(citizen.navigator, {id(thing): thing for thing in shared})


def test_leaves_the_visit_as_it_was_when_a_copy_moves() -> None:
    citizen = Citizen().press("service:bel")
    before = (citizen.view, citizen.navigator.preferences)
    other = copied(citizen)

    for event in (Pressed(SIZE), Pressed(LANGUAGE), Chose("language", "qps"), Pressed(BACK), Pressed(BACK)):
        other.handle(event)

    assert (citizen.view, citizen.navigator.preferences) == before
    assert other.spot.name == "start"
    assert other.preferences != citizen.navigator.preferences


def test_orders_paper_in_the_language_of_the_copy() -> None:
    other = copied(Citizen().press("service:bel"))
    other.handle(Pressed(LANGUAGE))
    other.handle(Chose("language", "qps"))

    assert other.new_order().language == "qps"
    assert other.words.language == "qps"
