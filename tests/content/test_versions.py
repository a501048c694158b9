# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version never stands for two contents, and the list says so kindly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands.cli import run
from commands.content_places import Places
from commands.content_versions import check_version, read_versions, renew
from resources.service_library import SERVICES, ServiceLibrary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "services"
    for name in ("bel", "shared"):
        shutil.copytree(SERVICES / name, folder / name)
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "bel" / "service.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(folder: Path) -> list[str]:
    places = Places(folder, ServiceLibrary.load(folder).service("bel"))
    return [f"{item.file}:{item.line}: {item.says}" for item in check_version(places, read_versions(folder))]


def test_every_service_of_ours_has_the_content_of_its_version() -> None:
    recorded = read_versions(SERVICES)

    found = [
        problem.says
        for service in ServiceLibrary.load().services
        for problem in check_version(Places(SERVICES, service), recorded)
    ]

    assert found == []


def test_says_nothing_about_a_service_that_was_never_recorded(folder: Path) -> None:
    assert said(folder) == []


def test_asks_for_a_higher_version_when_a_recorded_one_was_changed(folder: Path) -> None:
    version = ServiceLibrary.load(folder).service("bel").version
    assert renew(folder, is_unused=False).added == (f"bel {version}",)
    edit(folder, 'owner = "Klantcontact"', 'owner = "Iemand"')

    (line,) = said(folder)

    assert line.startswith("bel/service.toml:4: you changed service.toml")
    assert f"version = {version + 1}" in line
    assert renew(folder, is_unused=False).changed == (f"bel {version}",)
    assert said(folder) == [line]


def test_takes_a_higher_version_and_keeps_the_one_before(folder: Path) -> None:
    version = ServiceLibrary.load(folder).service("bel").version
    renew(folder, is_unused=False)
    before = read_versions(folder)["bel"][version]
    edit(folder, f"version = {version}", f"version = {version + 1}")

    assert renew(folder, is_unused=False).added == (f"bel {version + 1}",)
    assert read_versions(folder)["bel"].keys() == {version, version + 1}
    assert read_versions(folder)["bel"][version] == before
    assert said(folder) == []


def test_does_not_mind_other_ends_of_lines(folder: Path) -> None:
    renew(folder, is_unused=False)
    path = folder / "bel" / "service.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert said(folder) == []


def test_writes_over_a_version_only_when_told_that_no_case_has_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["content", "versions", "--write", "--folder", str(folder)]
    assert run(words) == 0
    edit(folder, 'owner = "Klantcontact"', 'owner = "Iemand"')

    assert run(words) == 1
    assert "raise its version" in capsys.readouterr().out
    assert run([*words, "--unused"]) == 0
    assert said(folder) == []
