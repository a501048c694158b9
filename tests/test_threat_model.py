# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/threat-model.md claims nothing without a test that exists, and hides nothing that does not hold."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

THREATS = (
    "The next visitor",
    "The curious volunteer",
    "The IT staff of the library",
    "A thief of the machine or the disk",
    "A malicious USB stick",
    "Keyboard, scanner, badge and ID card",
    "The network",
    "The case system",
    "A package of content",
    "A dependency",
    "Who sends messages about closed services",
    "The desk",
)
MODEL = (Path(__file__).parents[1] / "docs/threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`( \(long\))?")


@dataclass(frozen=True, slots=True)
class Threat:
    """One section: each claim with the words that name its tests, and what does not hold."""

    wants: str
    claims: tuple[tuple[str, str], ...]
    does_not_hold: tuple[str, ...]


def _threats(text: str) -> dict[str, Threat]:
    found: dict[str, Threat] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        above, _, below = body.partition("Does not hold:\n")
        rows = [line.strip().strip("|").split("|") for line in above.splitlines() if line.startswith("|")]
        claims = tuple((cells[0].strip(), "|".join(cells[1:])) for cells in rows[2:])
        bullets = tuple(line[2:] for line in below.splitlines() if line.startswith("- ") and len(line) > 20)
        found[name] = Threat(above.strip().splitlines()[0], claims, bullets)
    return found


@cache
def _tests_in(file: Path) -> dict[str, bool]:
    """Each test of a file, and whether it is a long one."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.name: any("mark.long" in ast.unparse(mark) for mark in node.decorator_list)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def _wrong(tests: str, repository: Path) -> Iterator[str]:
    named = NAMED.findall(tests)
    if not named:
        yield "names no test"
    for path, name, is_long in named:
        file = repository / path
        if not file.is_file():
            yield f"{path} is not there"
        elif name not in (there := _tests_in(file)):
            yield f"{path} has no {name}"
        elif there[name] != bool(is_long):
            yield f"{name} is {'a long test' if there[name] else 'no long test'}"
    # What is left when the names are taken out: a name that was misspelt is no name.
    if NAMED.sub("", tests).strip(" ,|"):
        yield f"says more than names of tests: {NAMED.sub('', tests).strip(' ,|')}"


CLAIMS = [(name, claim, tests) for name, threat in _threats(MODEL).items() for claim, tests in threat.claims]


def test_every_threat_is_there_with_what_it_wants_and_what_does_not_hold() -> None:
    threats = _threats(MODEL)
    assert tuple(threats) == THREATS
    for name, threat in threats.items():
        assert not threat.wants.startswith("|"), name
        assert threat.claims, f"{name}: nothing holds?"
        assert threat.does_not_hold, f"{name}: does everything hold?"


@pytest.mark.parametrize(("threat", "claim", "tests"), CLAIMS, ids=[f"{name}: {claim}" for name, claim, _ in CLAIMS])
def test_every_claim_names_tests_that_exist(threat: str, claim: str, tests: str, repository: Path) -> None:
    assert list(_wrong(tests, repository)) == []


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        ("somebody looked", "names no test"),
        ("`tests/test_nowhere.py::test_a`", "is not there"),
        ("`tests/test_threat_model.py::test_that_is_not_there`", "has no"),
        ("`tests/test_threat_model.py::test_finds_a_claim_without_a_test` (long)", "no long test"),
        ("`tests/faults/test_thousand_visits.py::test_leaves_nothing_of_a_thousand_visits`", "a long test"),
        ("`tests/test_threat_model.py::test_finds_a_claim_without_a_test`, `tests/test_x.py:test_a`", "says more"),
    ],
)
def test_finds_a_claim_without_a_test(tests: str, why: str, repository: Path) -> None:
    assert any(why in said for said in _wrong(tests, repository))
