# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A content package is installed whole or not at all; whatever is refused, the last good one stays in force."""

import errno
import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from domain.content_package import ContentManifest
from domain.errors import (
    ContentBusyError,
    ContentCutOffError,
    ContentElsewhereError,
    ContentError,
    ContentForgedError,
    ContentNeedsLoketError,
    ContentNotKeptError,
    ContentOlderError,
    ContentProblemsError,
    ContentReplayedError,
    ContentUnreadableError,
    DefinitionProblem,
)
from sync.content_shelf import POINTER, TAKEN
from tests.sync.content_hands import CITY, HELP, KEY, Device, all_good, package

OTHER_KEY = SigningKey(bytes([7]) * 32)
OTHER = {"help.toml": b'phone = "14 020"\n'}


@pytest.fixture
def device(tmp_path: Path) -> Device:
    """Give a device with content 5 in force, and 3 before it."""
    device = Device(tmp_path)
    device.install(package(3))
    device.install(package(5))
    return device


def refused(device: Device, content: bytes, kind: type[ContentError], check: Callable[[Path], None] = all_good) -> None:
    """See that it is refused by this name, and that nothing changed."""
    before = (device.root / "content" / TAKEN).read_bytes()
    with pytest.raises(kind) as caught:
        device.install(content, check)
    assert type(caught.value) is kind
    assert device.serial == 5
    assert device.left_over() == []
    assert (device.root / "content" / TAKEN).read_bytes() == before
    assert device.shelf.standing().content is not None
    assert not (device.root / "content/6").exists()


def test_installs_a_newer_package_and_keeps_the_one_before(device: Device) -> None:
    assert device.install(package(6, OTHER)) == 6

    standing = device.shelf.standing(is_thorough=True)
    assert (standing.serial, standing.before, standing.trouble) == (6, (5, 3), None)
    assert standing.content is not None
    assert (standing.content.folder / "help.toml").read_bytes() == OTHER["help.toml"]


def test_installing_what_is_in_force_does_nothing_and_says_so(device: Device) -> None:
    assert device.installer().install(device.put(package(5))).was_in_force


def test_refuses_a_package_signed_with_another_key(device: Device) -> None:
    refused(device, package(6, key=OTHER_KEY), ContentForgedError)


def test_refuses_a_package_in_which_a_file_was_changed(device: Device) -> None:
    refused(device, package(6).replace(b"14 030", b"14 666"), ContentForgedError)


def test_refuses_a_package_with_something_behind_its_end(device: Device) -> None:
    refused(device, package(6) + b"x", ContentForgedError)


def test_refuses_an_older_package(device: Device) -> None:
    refused(device, package(4), ContentOlderError)


def test_refuses_an_older_package_that_was_here_before(device: Device) -> None:
    refused(device, package(3), ContentOlderError)


def test_refuses_a_package_of_another_municipality(device: Device) -> None:
    refused(device, package(6, municipality="Anderstad"), ContentElsewhereError)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.999])
def test_refuses_a_package_that_was_cut_off(device: Device, part: float) -> None:
    whole = package(6)

    refused(device, whole[: int(len(whole) * part)], ContentCutOffError)


def test_refuses_another_package_with_the_same_serial(device: Device) -> None:
    refused(device, package(5, OTHER), ContentReplayedError)


def test_refuses_an_old_package_after_a_newer_one_was_rolled_back(device: Device) -> None:
    device.install(package(9))
    device.installer().rollback()

    refused(device, package(7), ContentReplayedError)


def test_takes_again_on_purpose_what_was_rolled_back(device: Device) -> None:
    device.install(package(9))
    device.installer().rollback()

    assert device.install(package(9)) == 9


def test_refuses_a_package_for_a_later_loket(device: Device) -> None:
    refused(device, package(6, needs="99.0"), ContentNeedsLoketError)


def test_refuses_a_package_whose_content_has_problems(device: Device) -> None:
    def check(_folder: Path) -> None:
        raise ContentProblemsError((DefinitionProblem("bel/nl.toml", 1, "is not plain"),))

    refused(device, package(6), ContentProblemsError, check)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", bytes(4096), b"signature" + bytes(600)])
def test_refuses_what_is_no_package(device: Device, content: bytes) -> None:
    refused(device, content, ContentUnreadableError)


def test_refuses_a_folder_and_a_file_that_is_not_there(device: Device) -> None:
    for path in (device.root, device.root / "nothing.loket"):
        with pytest.raises(ContentUnreadableError):
            device.installer().install(path)


def test_refuses_a_version_of_a_service_that_was_another_one_here(device: Device) -> None:
    device.install(package(6, {"services/bel/service.toml": b'id = "bel"\nversion = 4\n'}))
    device.installer().rollback()

    with pytest.raises(ContentProblemsError, match="version 4 was another one"):
        device.install(package(7, {"services/bel/service.toml": b'id = "bel"\nversion = 4\nowner = "x"\n'}))
    assert device.serial == 5


def test_goes_back_one_at_a_time_until_only_lokets_own_content_is_left(device: Device) -> None:
    assert device.installer().rollback() == 3
    assert device.serial == 3
    assert device.installer().rollback() == 0
    assert device.serial == 0
    with pytest.raises(ContentError, match="nothing to go back"):
        device.installer().rollback()


def test_goes_back_past_content_that_was_damaged(device: Device) -> None:
    device.install(package(6))
    (device.root / "content/5/help.toml").write_bytes(b"changed")

    assert device.installer().rollback() == 3


# -- what was installed is held against its signature ----------------------------------------------------------------


def plant_change(folder: Path) -> None:
    (folder / "help.toml").write_bytes(HELP["help.toml"].replace(b"14", b"06"))


def plant_file(folder: Path) -> None:
    (folder / "theme.toml").write_bytes(b"")


def plant_loss(folder: Path) -> None:
    (folder / "help.toml").unlink()


def plant_link(folder: Path) -> None:
    (folder / "help.toml").unlink()
    (folder / "help.toml").symlink_to("/etc/hostname")


def plant_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(CITY.encode(), b"Voorbeeldstod"))


def plant_another(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(folder.parent / "3", folder)


@pytest.mark.parametrize(
    "plant", [plant_change, plant_file, plant_loss, plant_link, plant_manifest, plant_another, shutil.rmtree]
)
def test_falls_back_on_the_last_good_content_when_what_was_installed_is_changed(
    device: Device, plant: Callable[[Path], None]
) -> None:
    plant(device.root / "content/5")

    standing = device.shelf.standing()
    assert standing.serial == 3
    assert isinstance(standing.trouble, ContentForgedError)


def test_falls_back_on_lokets_own_content_when_nothing_else_is_whole(device: Device) -> None:
    plant_change(device.root / "content/5")
    plant_change(device.root / "content/3")

    standing = device.shelf.standing()
    assert (standing.serial, standing.content) == (0, None)
    assert isinstance(standing.trouble, ContentForgedError)


def test_a_changed_sound_is_found_by_a_thorough_look(device: Device) -> None:
    device.install(package(6, {"voices/nl/manifest.json": b"{}", "voices/nl/a.wav": b"RIFF"}))
    (device.root / "content/6/voices/nl/a.wav").write_bytes(b"riff")

    assert device.shelf.standing().serial == 6  # playing looks at each sound
    assert device.shelf.standing(is_thorough=True).serial == 5


@pytest.mark.parametrize("note", [b"", b"[]", b'{"serials": [true]}', b'{"serials": ["5"]}', b"\xff", b"{" * 5000])
def test_a_damaged_pointer_leaves_lokets_own_content_and_is_told(device: Device, note: bytes) -> None:
    (device.root / "content" / POINTER).write_bytes(note)

    standing = device.shelf.standing()
    assert standing.serial == 0
    assert isinstance(standing.trouble, ContentUnreadableError)
    assert device.install(package(6)) == 6


def test_nothing_is_installed_while_nobody_knows_what_is_old(device: Device) -> None:
    (device.root / "content" / TAKEN).write_bytes(b"{")

    with pytest.raises(ContentUnreadableError):
        device.install(package(6))
    assert device.serial == 5


def test_damaged_content_is_mended_by_installing_the_same_package_again(device: Device) -> None:
    plant_change(device.root / "content/5")

    assert not device.installer().install(device.put(package(5))).was_in_force
    assert (device.serial, device.shelf.standing().trouble) == (5, None)


def test_content_of_another_key_does_not_hold(device: Device) -> None:
    shelf = device.shelf
    shelf.key = OTHER_KEY.verify_key

    assert isinstance(shelf.standing().trouble, ContentForgedError)


# -- power cuts, full disks, two at once -----------------------------------------------------------------------------


def steps_of(device: Device, content: bytes) -> list[str]:
    found: list[str] = []
    device.installer(step=found.append).install(device.put(content))
    return found


def test_a_kill_at_any_step_leaves_the_old_content_or_the_new_and_the_next_attempt_succeeds(tmp_path: Path) -> None:
    content = package(6, {**HELP, "theme.toml": b"# none\n"})
    count = len(steps_of(Device(tmp_path), content))
    assert count > 8
    for number in range(count):
        device = Device(tmp_path / str(number))
        device.root.mkdir()
        device.install(package(5))
        path = device.put(content)
        killed_at(number, device, path)

        standing = device.shelf.standing(is_thorough=True)
        assert standing.trouble is None
        assert standing.serial in (5, 6)
        assert device.installer().install(path).manifest == read_manifest(device, 6)
        assert (device.serial, device.left_over()) == (6, [])
        with pytest.raises(ContentOlderError):
            device.install(package(5))


def killed_at(number: int, device: Device, path: Path) -> None:
    """Install in a process of its own that is killed before its nth step."""
    child = os.fork()
    if child == 0:
        left = [number]

        def step(_name: str) -> None:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

        device.installer(step=step).install(path)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def read_manifest(device: Device, serial: int) -> ContentManifest:
    return device.shelf.look(serial).manifest


def test_a_full_disk_at_any_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    for number in range(7):
        device = Device(tmp_path / str(number))
        device.root.mkdir()
        device.install(package(5))
        left = [number]

        def full(descriptor: int, left: list[int] = left) -> None:
            if left[0] == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left[0] -= 1
            real(descriptor)

        monkeypatch.setattr("sync.content_install.os.fsync", full)
        with pytest.raises(ContentNotKeptError, match="cannot be kept"):
            device.install(package(6))
        monkeypatch.undo()
        assert device.shelf.standing(is_thorough=True).trouble is None
        assert device.serial == 5
        assert device.left_over() == []
        assert device.install(package(6)) == 6


def test_says_beforehand_that_there_is_no_room(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.content_install.shutil.disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))

    refused(device, package(6), ContentNotKeptError)


def test_of_two_installs_at_once_the_second_is_refused_and_the_first_succeeds(device: Device) -> None:
    second: list[str] = []

    def check(_folder: Path) -> None:
        with pytest.raises(ContentBusyError) as caught:
            device.install(package(7))
        second.append(caught.value.slug)

    path = device.put(package(6), "eerste.loket")
    assert device.installer(check).install(path).manifest.serial == 6
    assert second == ["content-busy"]
    assert device.serial == 6
    assert device.install(package(7)) == 7


def test_keeps_three_and_takes_the_rest_away(device: Device) -> None:
    for serial in (6, 7, 8):
        device.install(package(serial))

    folders = sorted(path.name for path in (device.root / "content").iterdir() if path.is_dir())
    assert folders == ["6", "7", "8"]


def test_what_was_taken_from_one_key_stays_known_when_another_key_comes_and_goes(device: Device) -> None:
    taken = device.root / "content" / TAKEN
    note = json.loads(taken.read_text())
    taken.write_text(json.dumps({**note, "of another key": {"highest": 99, "sums": {}}}))

    device.install(package(6))

    assert json.loads(taken.read_text())["of another key"]["highest"] == 99
    assert KEY.verify_key != OTHER_KEY.verify_key
