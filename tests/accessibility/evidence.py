# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the tests that the criteria name, and only those, and tells how each ended. Judges nothing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from domain.errors import ExpectedError


class EvidenceError(ExpectedError):
    """A test that is named is not there, or gave no result."""

    slug = "accessibility-test-missing"


class Ending(StrEnum):
    """How a test ended; the worst of all its examples."""

    PASSED = "passed"
    SKIPPED = "skipped"  # every example was: nothing was shown on this machine
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Case:
    key: str
    ending: Ending


def missing(tests: Iterable[str], root: Path) -> list[str]:
    """Give the tests whose file or function is not there."""
    return [test for test in tests if not _is_there(test, root)]


def _is_there(test: str, root: Path) -> bool:
    file, *names = test.split("::")
    path = root / file
    if not path.is_file():
        return False
    level: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    for name in names:
        found = next(
            (each for each in level if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == name), None
        )
        if found is None:
            return False
        level = found.body
    return True


def run(tests: tuple[str, ...], root: Path) -> dict[str, Ending]:
    """Run them all in one process of their own; gives how each ended.

    Raises:
        EvidenceError: When one is not there, or nothing of it ran.
    """
    if gone := missing(tests, root):
        raise EvidenceError(f"not there: {', '.join(gone)}")
    with tempfile.TemporaryDirectory() as room:
        result = Path(room) / "result.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
        ended = subprocess.run(
            [*command, f"--junitxml={result}", *tests],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=False,
            capture_output=True,
            text=True,
        )
        if not result.is_file():
            raise EvidenceError(f"pytest gave no result: {ended.stderr[-500:]}")
        cases = [_case(element) for element in ET.parse(result).iter("testcase")]  # noqa: S314 - written by our own pytest
    endings = {test: _ending(test, cases) for test in tests}
    if not any(endings.values()):
        raise EvidenceError(f"nothing ran at all; pytest says:\n{ended.stdout[-1200:]}{ended.stderr[-400:]}")
    if silent := [test for test, ending in endings.items() if ending is None]:
        raise EvidenceError(f"nothing ran of: {', '.join(silent)}\n{ended.stdout[-800:]}")
    return {test: ending for test, ending in endings.items() if ending is not None}


def _case(element: ET.Element) -> _Case:
    name = str(element.get("name", "")).split("[")[0]
    kinds = {child.tag for child in element}
    ending = Ending.SKIPPED if "skipped" in kinds else Ending.PASSED
    if kinds & {"failure", "error"}:
        ending = Ending.FAILED
    return _Case(".".join(filter(None, (element.get("classname"), name))), ending)


def _ending(test: str, cases: list[_Case]) -> Ending | None:
    key = test.replace(".py", "", 1).replace("/", ".").replace("::", ".")
    found = {case.ending for case in cases if case.key == key or case.key.startswith(f"{key}.")}
    for ending in (Ending.FAILED, Ending.PASSED, Ending.SKIPPED):
        if ending in found:
            return ending
    return None
