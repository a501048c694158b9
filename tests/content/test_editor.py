# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A service that an editor made from docs/writing-a-service.md alone: it stays good as long as the guide is true."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands.content_report import check_content
from domain.service import AnswerType
from resources.service_library import SERVICES, ServiceLibrary
from tests.fakes.clock import FakeClock

MADE = Path(__file__).parent / "editor"
SERVICE = "gehandicaptenparkeerkaart"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give what the service of the editor needs beside it."""
    folder = tmp_path / "services"
    for name in ("shared", "wmo"):
        shutil.copytree(SERVICES / name, folder / name)
    shutil.copytree(MADE / SERVICE, folder / SERVICE)
    shutil.copy(SERVICES / "words.toml", folder)
    return folder


def said(folder: Path) -> list[str]:
    """Give what the check says about the service of the editor."""
    problems = check_content(folder, clock=FakeClock()).problems
    # Links to services that were not copied.
    gone = [f'"{path.name}", which is no service here' for path in SERVICES.iterdir()]
    return [item.says for item in problems if SERVICE in item.file and not item.says.endswith(tuple(gone))]


def test_accepts_what_an_editor_made_from_the_guide(folder: Path) -> None:
    library = ServiceLibrary.load(folder)

    assert said(folder) == []
    assert library.closed == ()
    kinds = {question.type for question in library.service(SERVICE).questions if not question.is_shared}
    assert {AnswerType.CHOICE, AnswerType.DATE, AnswerType.ADDRESS, AnswerType.PHOTO, AnswerType.TIME_WISH} <= kinds


def test_tells_of_a_folder_without_a_service_toml(folder: Path) -> None:
    (folder / SERVICE / "service.toml").rename(folder / SERVICE / "sevice.toml")

    assert said(folder) == ["there is no service.toml in this folder: make it, or mend its name"]


def test_tells_of_a_folder_without_its_words(folder: Path) -> None:
    (folder / SERVICE / "nl.toml").rename(folder / SERVICE / "nl.toml.txt")

    assert said(folder) == ["there is no nl.toml in this folder: make it, or mend its name"]


def test_reads_files_as_a_simple_editor_saves_them(folder: Path) -> None:
    for path in (folder / SERVICE).iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert said(folder) == []
