# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who fills in for somebody else is never taken for who asks."""

from __future__ import annotations

import pytest

from domain.filled_by import NOBODY, FilledBy, How, as_table, filled_by, from_table
from domain.staff import Role, StaffId, StaffMember

MEMBER = StaffMember(StaffId("a1"), 12, "Anja de Boër", Role.COUNTER)
ANJA = filled_by(MEMBER, How.DESK)


def test_takes_from_the_sign_in_who_fills_in() -> None:
    assert FilledBy("12", "counter", "desk", "Anja de Boër") == ANJA
    assert from_table(as_table(ANJA)) == ANJA


@pytest.mark.parametrize(
    "typed", ["Anja de Boër", "anja de boer", " ANJA  DE BOER ", "A. de Boer", "de Boer, Anja", "Boer", "Anja Boer"]
)
def test_knows_the_own_name_however_it_is_written(typed: str) -> None:
    assert ANJA.is_own_name(typed)
    assert ANJA.refuses(typed)


@pytest.mark.parametrize("typed", ["", "   ", "Bram de Boer", "Anja", "Anja de Vries", "De", "A", "Jan Jansen", "12"])
def test_takes_another_name_for_another_person(typed: str) -> None:
    assert not ANJA.refuses(typed)


def test_refuses_no_namesake_who_was_said_to_be_one() -> None:
    assert not FilledBy("12", "counter", "desk", "Anja de Boër", is_namesake=True).refuses("Anja de Boër")


def test_refuses_nobody_where_the_citizen_fills_in_alone() -> None:
    assert not NOBODY.refuses("Anja de Boër")
    assert not NOBODY.is_somebody


@pytest.mark.parametrize(
    "change", [{"how": "fax"}, {"role": "mayor"}, {"number": ""}, {"number": 12}, {"name": None}, {"is_namesake": "no"}]
)
def test_refuses_a_table_that_is_not_whole_and_says_nothing_of_what_stands_in_it(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^not told who fills in$"):
        from_table(as_table(ANJA) | change)
