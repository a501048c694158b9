# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Health and doctor tell of an ID reader by what the system knows of its USB devices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.health import as_metrics, health
from commands.id_reader import check_id_reader, id_reader
from domain.settings import Settings
from tests.fakes.clock import FakeClock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\nid = "kiosk-07"\ndata_dir = "data"\n')
    (tmp_path / "data").mkdir()
    return load_settings(file)


def asking(settings: Settings) -> Settings:
    return replace(settings, id_documents=replace(settings.id_documents, trusted_csca=Path("csca")))


def usb(folder: Path, *classes: str) -> Path:
    """Make the tree in which Linux tells of USB devices: a hub, and an interface of each class."""
    there = folder / "usb"
    (there / "usb1").mkdir(parents=True)
    (there / "usb1" / "bDeviceClass").write_text("09\n")
    for number, kind in enumerate(classes, start=1):
        interface = there / f"1-{number}:1.0"
        interface.mkdir()
        (interface / "bInterfaceClass").write_text(f"{kind}\n")
    return there


@pytest.mark.parametrize(
    ("classes", "is_asked", "state", "told"),
    [
        (("03", "0b"), True, "present", Health.OK),
        (("0B",), False, "present", Health.OK),
        (("03", "08", "0e"), True, "absent", Health.WARNING),
        ((), True, "absent", Health.WARNING),
        (("03",), False, "not_configured", Health.OK),
    ],
)
def test_tells_whether_a_reader_is_there(
    settings: Settings, tmp_path: Path, classes: tuple[str, ...], state: str, told: Health, *, is_asked: bool
) -> None:
    there = usb(tmp_path, *classes)
    settings = asking(settings) if is_asked else settings

    assert id_reader(settings, there) == state
    assert check_id_reader(settings, there).state is told


def test_a_system_that_does_not_tell_is_no_reader_that_is_gone(settings: Settings, tmp_path: Path) -> None:
    assert id_reader(asking(settings), tmp_path / "nowhere") == "unknown"
    assert id_reader(settings, tmp_path / "nowhere") == "not_configured"


@pytest.mark.parametrize(("classes", "needs_person", "line"), [(("0b",), False, 1), ((), True, 0)])
def test_health_tells_it_and_asks_for_a_person_when_it_is_gone(
    settings: Settings, tmp_path: Path, classes: tuple[str, ...], line: int, *, needs_person: bool
) -> None:
    found = health(asking(settings), FakeClock(), usb=usb(tmp_path, *classes))

    assert found["id_reader"] == ("present" if line else "absent")
    assert found["needs_person"] is needs_person
    assert f"loket_id_reader_present {line}" in as_metrics(found)


def test_health_says_nothing_of_a_reader_that_nobody_asked_for(settings: Settings, tmp_path: Path) -> None:
    found = health(settings, FakeClock(), usb=usb(tmp_path))

    assert (found["id_reader"], found["needs_person"]) == ("not_configured", False)
    assert not any("id_reader" in line for line in as_metrics(found))
