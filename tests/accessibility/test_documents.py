# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Loket offers is told, the installer is told what to measure, and a screen reader can read every document."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from i18n.texts import Texts
from tests.accessibility import criteria

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
SHEET = ROOT / "docs" / "installation-sheet.md"


@pytest.mark.parametrize(
    "asked",
    [
        "8.3.2", "8.3.3", "8.3.4", "8.3.5", "8.4.1", "8.4.2", "8.5", "1220", "380", "65 dBA", "3.5 mm", "can be felt",
        "viewing_distance_mm", "screen_dpi", "[kiosk.keys]", "loket doctor", "mirror",
    ],
)  # fmt: skip
def test_the_installation_sheet_names_what_the_standard_asks(asked: str) -> None:
    assert asked in SHEET.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "key",
    ["tool.read", "tool.sound", "tool.size", "tool.colours", "tool.language", "tool.leave", "bar.human", "bar.low"],
)
def test_the_features_for_people_are_told(key: str) -> None:
    assert f'"{Texts("nl").tr(key)}"' in criteria.read().about["features"]


def headings(text: str) -> list[int]:
    """Give the levels of the headings, in order; what stands in a block of code is none."""
    bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [len(found) for found in re.findall(r"^(#+) ", bare, re.MULTILINE)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_document_has_headings_in_order_and_pictures_with_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    levels = headings(text)

    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [link for words, link in re.findall(r"!\[(.*?)\]\((.*?)\)", text) if not words.strip()] == []


def test_a_planted_skip_of_a_heading_is_seen() -> None:
    assert headings("# One\n```\n# code\n```\n### Three\n") == [1, 3]
