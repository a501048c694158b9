# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of criteria is whole: every number that the standards have, counted against lists written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accessibility import criteria, evidence
from tests.accessibility.criteria import CriteriaError

ROOT = Path(__file__).parents[2]
WCAG_A = (
    "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 "
    "2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
)
WCAG_AA = (
    "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 "
    "3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
)
EN = {
    "functional_performance": " ".join(f"4.2.{number}" for number in range(1, 12)),
    "generic_requirements": "5.1.2.1 5.1.2.2 "
    + " ".join(f"5.1.3.{number}" for number in range(1, 17))
    + " 5.1.4 5.1.5 5.1.6.1 5.1.6.2 5.1.7 5.2 5.3 5.4 5.5.1 5.5.2 5.6.1 5.6.2 5.7 5.8 5.9 5.10",
    "hardware": "8.1.1 8.1.2 8.1.3 8.2.1.1 8.2.1.2 8.2.2.1 8.2.2.2 8.3.2.1 8.3.2.2 8.3.2.3.1 8.3.2.3.2 8.3.2.3.3 "
    "8.3.2.4 8.3.2.5 8.3.2.6 8.3.3.1 8.3.3.2 8.3.3.3.1 8.3.3.3.2 8.3.4.1 8.3.4.2 8.3.4.3.2 8.3.4.3.3 8.3.5 8.3.6 "
    "8.4.1 8.4.2.1 8.4.2.2 8.4.3 8.5",
    "software": "11.5.1 "
    + " ".join(f"11.5.2.{number}" for number in range(1, 18))
    + " 11.6.1 11.6.2 11.7 11.8.1 11.8.2 11.8.3 11.8.4 11.8.5",
    "documentation_and_support_services": "12.1.1 12.1.2 12.2.2 12.2.3 12.2.4",
}
LISTS = {
    "success_criteria_level_a": WCAG_A,
    "success_criteria_level_aa": WCAG_AA,
    **{f"en_301_549_{name}": numbers for name, numbers in EN.items()},
}


def test_wcag_2_2_has_55_criteria_of_level_a_and_aa() -> None:
    assert len(WCAG_A.split()) + len(WCAG_AA.split()) == 55


@pytest.mark.parametrize("chapter", LISTS)
def test_every_number_of_a_chapter_has_its_answer_once(chapter: str) -> None:
    found = next(each for each in criteria.read().chapters if each.catalogue == chapter)

    assert sorted(number for each in found.criteria for number in each.numbers) == sorted(LISTS[chapter].split())


def test_there_is_no_chapter_without_a_list() -> None:
    assert {chapter.catalogue for chapter in criteria.read().chapters} == set(LISTS)


def test_every_test_that_is_named_is_there() -> None:
    assert evidence.missing(criteria.read().tests, ROOT) == []


_GOOD = """
[report]
product = "x"
[[chapter]]
catalogue = "success_criteria_level_a"
title = "A"
component = "software"
[[chapter.criterion]]
number = "1.1.1"
title = "Pictures"
person = "look"
"""
_MORE = '[[chapter.criterion]]\nnumber = "{number}"\ntitle = "More"\n{rest}\n'


def test_a_list_without_problems_is_read(tmp_path: Path) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text(_GOOD, encoding="utf-8")

    (chapter,) = criteria.read(path).chapters
    assert [(found.number, found.reason) for found in chapter.criteria] == [("1.1.1", "look")]


@pytest.mark.parametrize(
    ("number", "rest", "says"),
    [
        ("1.1.2", "", "1.1.2: says nothing"),
        ("1.1.2", 'person = "a"\nnot_met = "b"', "1.1.2: says not_met and person"),
        ("1.1.1", 'person = "a"', "WCAG 1.1.1: stands here 2 times"),
        ("1.1.2", 'person = "a"\nlimits = "b"', "1.1.2: limits are of tests"),
        ("1.1.2", 'persoon = "a"', "1.1.2: nothing is called persoon"),
        ("1.1.2", 'covers = ["1.1.1"]\nperson = "a"', "WCAG 1.1.1: stands here 2 times"),
        ("1.1.2", "tests = []", "1.1.2: says nothing"),
    ],
)
def test_a_problem_of_the_list_is_found(tmp_path: Path, number: str, rest: str, says: str) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text(_GOOD + _MORE.format(number=number, rest=rest), encoding="utf-8")

    with pytest.raises(CriteriaError, match=says):
        criteria.read(path)
