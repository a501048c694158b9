# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page for helpers: plain Dutch, with the words that stand on the buttons, and a picture wherever it shows one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands.content_words import too_hard, wrong_with
from resources.service_library import ServiceLibrary


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "for-helpers.md").read_text(encoding="utf-8")


def said(page: str) -> list[str]:
    """Give the lines that are read, without marks and pictures."""
    lines = (line for line in page.splitlines() if line and not line.startswith(("<!--", "![")))
    plain = (re.sub(r"^(#+|\d+\.) |\*\*|`[^`]*`", "", line) for line in lines)
    return [line if line.endswith((".", "?", ":", "!", '"')) else f"{line}." for line in plain]


def test_is_plain_enough_for_a_volunteer_on_the_second_day(page: str) -> None:
    lines = said(page)
    assert [(line, wrong) for line in lines for wrong in wrong_with("page", line)] == []
    assert list(too_hard("for-helpers.md", lines)) == []


def test_calls_every_button_as_the_program_does(page: str, repository: Path) -> None:
    library = ServiceLibrary.load()
    source = (repository / "i18n" / "nl.po").read_text(encoding="utf-8")
    known = {text.replace("&", "") for text in re.findall(r'^msgstr "(.*)"$', source, re.MULTILINE)}
    known |= {library.text(service.id, "nl", "tile")[0] for service in library.services}
    for name in re.findall(r"\*\*([^*]+)\*\*", page):
        assert name in known or name.endswith("."), name


def test_shows_pictures_that_are_there(page: str, repository: Path) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\((pictures/[^)]+)\)", page)
    assert len(pictures) >= 9
    assert all((repository / "docs" / picture).exists() for picture in pictures)


def test_takes_ten_minutes_by_its_own_count(page: str) -> None:
    assert 5 <= sum(map(int, re.findall(r"\((\d+) minu", page))) <= 10
