# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report tells the truth of a test that passes, fails, is skipped or is not there; and twice the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.accessibility import criteria, report
from tests.accessibility.evidence import Ending
from tests.accessibility.openacr import openacr
from tests.accessibility.verdict import Level, verdict_of

LEVELS = {"supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated"}
COMPONENTS = {"success_criteria_level_a": "software", "success_criteria_level_aa": "software"}
_TESTS = """
import pytest

def test_good():
    pass

@pytest.mark.parametrize("number", [1, 2])
def test_bad_once(number):
    assert number == 1

@pytest.mark.skip
def test_elsewhere():
    pass

@pytest.mark.parametrize("number", [])
def helper(number):
    pass

class TestTogether:
    def test_inside(self):
        pass
"""
_LIST = """
[report]
product = "Loket"
version = "1"
description = "d"
author = "a"
email = "a@code.example"
methods = "m"
notes = "n"
page_intro = "i"
features = "f"
[[chapter]]
catalogue = "success_criteria_level_a"
title = "A"
component = "software"
"""


class Bench:
    """A project of its own with a list and a few tests."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "tests").mkdir()
        (root / "tests" / "test_it.py").write_text(_TESTS, encoding="utf-8")
        self._listed = _LIST

    def add(self, number: str, state: str) -> None:
        self._listed += f'[[chapter.criterion]]\nnumber = "{number}"\ntitle = "Title {number}"\n{state}\n'

    def run(self) -> int:
        (self.root / "criteria.toml").write_text(self._listed, encoding="utf-8")
        where = {"criteria": "criteria.toml", "page": "page.md", "openacr": "openacr.yaml", "root": ""}
        return report.main([word for name, file in where.items() for word in (f"--{name}", str(self.root / file))])

    @property
    def page(self) -> str:
        return (self.root / "page.md").read_text(encoding="utf-8")

    def adherence(self, number: str) -> dict[str, str]:
        found = json.loads((self.root / "openacr.yaml").read_text(encoding="utf-8"))
        listed = found["chapters"]["success_criteria_level_a"]["criteria"]
        told: dict[str, str] = next(each for each in listed if each["num"] == number)["components"][0]["adherence"]
        return told


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_says_what_passes_and_what_is_partly_so_with_the_tests_named(bench: Bench) -> None:
    bench.add("1.1.1", 'tests = ["tests/test_it.py::test_good", "tests/test_it.py::TestTogether"]')
    bench.add("1.1.2", 'tests = ["tests/test_it.py::TestTogether::test_inside"]\nlimits = "Not on Sundays."')
    bench.add("1.1.3", 'not_met = "We have not."')
    bench.add("1.1.4", 'person = "look at it."')
    bench.add("1.1.5", 'does_not_apply = "There is none."')

    assert bench.run() == 0
    assert bench.adherence("1.1.1")["level"] == "supports"
    assert bench.adherence("1.1.1")["notes"].startswith("Shown by: tests/test_it.py::test_good")
    assert bench.adherence("1.1.2")["level"] == "partially-supports"
    assert [bench.adherence(f"1.1.{last}")["level"] for last in (3, 4, 5)] == [
        "does-not-support",
        "not-evaluated",
        "not-applicable",
    ]
    assert "| A | 1 | 1 | 1 | 1 | 1 |" in bench.page
    assert bench.page.index("1.1.3 Title 1.1.3**: We have not.") < bench.page.index("| 1.1.1 |")


def test_the_same_run_gives_the_same_page(bench: Bench) -> None:
    bench.add("1.1.1", 'tests = ["tests/test_it.py::test_good"]')
    bench.run()
    first = bench.page
    bench.run()

    assert bench.page == first


def test_a_planted_failure_is_named_and_makes_it_not_met(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.add("1.1.1", 'tests = ["tests/test_it.py::test_good", "tests/test_it.py::test_bad_once"]')

    assert bench.run() == 1
    assert bench.adherence("1.1.1") == {
        "level": "does-not-support",
        "notes": "A test of it fails: tests/test_it.py::test_bad_once "
        "Shown by: tests/test_it.py::test_good, tests/test_it.py::test_bad_once.",
    }
    assert "failed: tests/test_it.py::test_bad_once" in capsys.readouterr().err
    assert "**not met**" in bench.page


def test_a_test_that_cannot_run_here_shows_nothing(bench: Bench) -> None:
    bench.add("1.1.1", 'tests = ["tests/test_it.py::test_elsewhere"]')

    assert bench.run() == 1
    assert bench.adherence("1.1.1")["level"] == "not-evaluated"


@pytest.mark.parametrize("test", ["tests/test_it.py::test_gone", "tests/gone.py", "tests/test_it.py::helper"])
def test_a_test_that_is_not_there_or_is_none_is_refused(
    bench: Bench, test: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.add("1.1.1", f'tests = ["tests/test_it.py::test_good", "{test}"]')

    assert bench.run() == 2
    assert test in capsys.readouterr().err
    assert not (bench.root / "page.md").exists()


def test_says_what_is_broken_when_nothing_ran(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    file = bench.root / "tests" / "test_it.py"
    file.write_text("import not_there\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    bench.add("1.1.1", 'tests = ["tests/test_it.py::test_good"]')

    assert bench.run() == 2
    assert "not_there" in capsys.readouterr().err


def test_a_wrong_list_is_refused(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.add("1.1.1", "")

    assert bench.run() == 2
    assert "1.1.1: says nothing" in capsys.readouterr().err


# -- the form of an OpenACR file, as GSA's schema and catalogue ask it ------------------------------------------------


def whole() -> dict[str, Any]:
    asked = criteria.read()
    endings = dict.fromkeys(asked.tests, Ending.PASSED)
    judged = [(chapter, [verdict_of(found, endings) for found in chapter.criteria]) for chapter in asked.chapters]
    told: dict[str, Any] = json.loads(openacr(asked, judged, "2026-11-22"))
    return told


def test_the_file_has_the_form_that_the_schema_asks() -> None:
    told = whole()

    assert told["catalog"] == "2.5-edition-wcag-2.2-508-eu-en"
    assert isinstance(told["version"], int)
    for name in ("title", "report_date", "last_modified_date", "notes", "evaluation_methods_used", "license"):
        assert isinstance(told[name], str)
        assert told[name]
    assert told["product"]["name"] == "Loket"
    for contact in ("author", "vendor"):
        assert "@" in told[contact]["email"]
    for name, chapter in told["chapters"].items():
        assert set(chapter) <= {"notes", "criteria", "disabled"}
        for found in chapter["criteria"]:
            assert set(found) == {"num", "components"}
            assert isinstance(found["num"], str)
            (component,) = found["components"]
            assert component["name"] == COMPONENTS.get(name, "none")
            assert component["adherence"]["level"] in LEVELS
            assert isinstance(component["adherence"]["notes"], str)


def test_the_file_knows_only_numbers_of_the_catalogue() -> None:
    told = whole()
    numbers = [found["num"] for chapter in told["chapters"].values() for found in chapter["criteria"]]

    assert "5.10" not in numbers  # V3.2.1 does not have it
    assert "8.3.2.3.1" in numbers
    assert len(numbers) == 55 + 11 + 33 + 30 + 26 + 5


def test_every_word_of_a_level_is_one_of_the_five_terms() -> None:
    assert {level.value for level in Level} == LEVELS
