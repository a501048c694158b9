# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path
from typing import Any

import pytest

from deploy import audit

LEAK = {"name": "parcel", "version": "1", "vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["2"]}]}
WHOLE = {"name": "string", "version": "2", "vulns": []}
SKIPPED = {"name": "glue", "skip_reason": "not found"}
HABIT = {"filename": "a.py", "line_number": 2, "line_range": [2, 3], "test_id": "B608", "issue_text": "SQL"}


def test_counts_each_package_once_and_names_its_leak() -> None:
    found, asked, skipped = audit.leaks([{"dependencies": [LEAK, WHOLE]}, {"dependencies": [WHOLE, SKIPPED]}])
    assert found == ["parcel 1: PYSEC-0000-1, mended in 2"]
    assert (asked, skipped) == (2, ["glue"])


@pytest.mark.parametrize(
    ("marked", "expected"),
    [("x = 1  # noqa: S608  words of ours", 0), ("x = 1  # noqa: S105", 1), ("x = 1", 1), ("x  # noqa: E501, S608", 0)],
)
def test_a_habit_passes_only_with_its_own_reason(marked: str, expected: int) -> None:
    found, reasoned = audit.habits([HABIT], lambda _: ["", marked, ""])
    assert (len(found), reasoned) == (expected, 1 - expected)


def _answers(monkeypatch: pytest.MonkeyPatch, report: dict[str, Any] | None, findings: list[Any] | None) -> int:
    monkeypatch.setattr(audit, "_ask_about", lambda _lock: report)
    monkeypatch.setattr(audit, "_read_code", lambda: findings)
    return audit.main()


@pytest.mark.parametrize(
    ("report", "findings", "code"),
    [
        ({"dependencies": [WHOLE]}, [], audit.FINE),
        ({"dependencies": [LEAK]}, [], audit.FOUND),
        ({"dependencies": [LEAK, SKIPPED]}, [], audit.FOUND),
        ({"dependencies": [WHOLE, SKIPPED]}, [], audit.NOT_ASKED),
        (None, [], audit.NOT_ASKED),
        ({"dependencies": [WHOLE]}, None, audit.FOUND),
    ],
)
def test_ends_with_a_code_that_tells_found_from_not_asked(
    monkeypatch: pytest.MonkeyPatch, report: dict[str, Any] | None, findings: list[Any] | None, code: int
) -> None:
    assert _answers(monkeypatch, report, findings) == code


def test_asks_about_every_lock_there_is(repository: Path) -> None:
    assert set(audit.LOCKS) == {path.name for path in repository.glob("requirements*.txt")}


def test_reads_every_folder_of_the_program(repository: Path) -> None:
    folders = {path.parent.name for path in repository.glob("*/*.py")} - {"tests", "build"}
    assert folders <= set(audit.CODE)
