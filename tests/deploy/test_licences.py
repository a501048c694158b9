# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest

from deploy.licences import Rules, debian_problem, problem, problems, told, words_of

RULES = Rules(
    allowed=frozenset({"MIT", "BSD-3-Clause", "LGPL-3.0-only"}),
    alone={"voice": "GPL-3.0-or-later"},
    read={"voice": ("", "GPL-3.0-or-later"), "odd": ("a licence of ours", "MIT")},
)
ROWS = {"Parcel": "MIT", "voice": "GPL-3.0-or-later", "odd": "MIT", "almost": "MIT-0", "lib*": "MIT"}


def test_everything_that_runs_in_a_kiosk_is_allowed_and_told(repository: Path) -> None:
    found, looked_at = problems(repository)
    assert found == []
    assert looked_at > 40


@pytest.mark.parametrize(("name", "words"), [("parcel", "MIT"), ("parcel", "GPL-2.0-only OR MIT"), ("voice", "")])
def test_lets_pass_what_is_allowed_and_told(name: str, words: str) -> None:
    assert problem(name, words, ROWS, RULES) is None


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("parcel", "AGPL-3.0-only", "not allowed"),
        ("parcel", "", "not allowed"),
        ("parcel", "GPL-3.0-or-later", "not allowed"),
        ("parcel", "MIT AND AGPL-3.0-only", "not allowed"),
        ("parcel", "BSD-3-Clause", "says 'MIT'"),
        ("almost", "MIT", "says 'MIT-0'"),
        ("unknown", "MIT", "does not tell"),
        ("odd", "another licence now", "was written for"),
    ],
)
def test_says_what_is_wrong_with_a_package(name: str, words: str, why: str) -> None:
    assert why in (problem(name, words, ROWS, RULES) or "")


def test_a_debian_package_that_nobody_tells_of_is_found() -> None:
    assert debian_problem("libxcb-cursor0", ROWS) is None
    assert "does not tell" in (debian_problem("fonts-new", ROWS) or "")


def test_reads_the_newest_field_of_a_wheel_first() -> None:
    fields = {
        "License-Expression": ["MIT"],
        "License": ["BSD"],
        "Classifier": ["License :: OSI Approved :: MIT License", "Topic :: Office"],
    }
    assert words_of(fields.get) == "MIT"
    assert words_of({**fields, "License-Expression": []}.get) == "BSD"
    assert words_of({"License": ["UNKNOWN"], "Classifier": fields["Classifier"]}.get) == "MIT License"


def test_reads_each_package_of_a_row_and_both_rows_of_a_package() -> None:
    rows = "| package | for | licence |\n|---|---|---|\n| a, **b** | x | MIT |\n| a | y | ISC |\n"
    assert told(f"## In the program\n\n{rows}\n## Next\n", "In the program") == {"a": "MIT ISC", "b": "MIT"}
