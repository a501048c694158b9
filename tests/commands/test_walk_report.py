# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The content check points at what leads nowhere: in the walk and on the last page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands.walk_report import also_problems, lost_owners, walk_of
from resources.service_library import SERVICES, ServiceLibrary
from resources.walk_book import WALK

KNOWN = {service.id for service in ServiceLibrary.load().services}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WALK, tmp_path / "walk"))


def change(path: Path, old: str, new: str) -> int:
    """Replace once; give the line where the new text begins."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_finds_nothing_wrong_with_our_own_walk() -> None:
    walk, texts, problems = walk_of()

    assert walk is not None
    assert texts
    assert problems == []
    assert list(lost_owners(walk, KNOWN)) == []


def test_names_an_owner_whose_service_is_not_here(folder: Path) -> None:
    line = change(folder / "walk.toml", 'service = "toeslag"', 'service = "toeslagje"')
    walk, _, _ = walk_of(folder)
    assert walk is not None

    (problem,) = lost_owners(walk, KNOWN, folder)

    assert (problem.file, problem.line) == ("walk/walk.toml", line)
    assert "toeslagje" in problem.says


def test_names_a_text_that_is_missing_with_its_line(folder: Path) -> None:
    change(folder / "nl.toml", 'choice.huis = "Huis"\n', "")

    walk, _, (problem,) = walk_of(folder)

    assert walk is None
    assert problem.file == "walk/nl.toml"
    assert "step.begin.choice.huis" in problem.says


def test_names_what_is_pointed_out_but_is_not_here() -> None:
    service = ServiceLibrary.load().service("verhuizen")
    source = (SERVICES / "verhuizen" / "service.toml").read_text(encoding="utf-8")

    (problem,) = also_problems(service, KNOWN - {"afvalpas"}, source)

    assert problem.file == "verhuizen/service.toml"
    assert source.splitlines()[problem.line - 1] == 'service = "afvalpas"'
