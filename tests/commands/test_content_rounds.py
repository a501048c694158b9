# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""At night a device takes a newer package from the folder of its settings, and nothing older, by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.content_in_force import content_shelf, content_standing
from commands.content_rounds import ContentRounds, install_beside, newest
from domain.errors import ContentError, ContentForgedError
from domain.settings import Settings
from resources.laid_over import laid_over, lay_over
from sync.content_install import ContentInstaller
from sync.content_seal import make_content_keys, read_private
from tests.fakes.clock import FakeClock
from tests.sync.content_hands import CITY, KEY, package

NIGHT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Give a device that looks in a folder; what the long check says has tests of its own."""
    make_content_keys(tmp_path / "content.pub", tmp_path / "content.key")
    (tmp_path / "data").mkdir()
    (tmp_path / "stick").mkdir()
    file = tmp_path / "loket.toml"
    said = '[device]\ndata_dir = "data"\n[content]\npublic_key_file = "content.pub"\nlook_in = "stick"\n'
    file.write_text(said, encoding="utf-8")
    yield load_settings(file)
    lay_over(None)


def rounds_of(settings: Settings, clock: FakeClock) -> ContentRounds:
    def install(package: Path) -> str:
        try:
            ContentInstaller(content_shelf(settings), CITY, lambda _folder: None).install(package)
        except ContentError as error:
            return error.slug
        return ""

    return ContentRounds(settings, clock, install)


def lay_down(settings: Settings, serial: int, content: bytes | None = None) -> Path:
    assert settings.content.look_in is not None
    root = settings.content.look_in.parent
    path = settings.content.look_in / f"inhoud-{serial}.loket"
    path.write_bytes(content or package(serial, key=read_private(root / "content.key")))
    return path


def serial_of(settings: Settings) -> int:
    standing = content_standing(settings)
    assert standing is not None
    return standing.serial


def test_takes_the_newest_package_at_night_and_puts_it_in_force(settings: Settings) -> None:
    lay_down(settings, 5)
    lay_down(settings, 7)

    rounds_of(settings, FakeClock(NIGHT)).round()

    assert serial_of(settings) == 7
    assert laid_over() == settings.device.data_dir / "content/7" if settings.device.data_dir else False


def test_leaves_content_alone_by_day(settings: Settings) -> None:
    lay_down(settings, 5)

    rounds_of(settings, FakeClock(NIGHT + timedelta(hours=8))).round()

    assert serial_of(settings) == 0


def test_does_not_take_back_by_itself_what_a_person_rolled_back(settings: Settings) -> None:
    lay_down(settings, 5)
    clock = FakeClock(NIGHT)
    rounds = rounds_of(settings, clock)
    rounds.round()
    ContentInstaller(content_shelf(settings), CITY, lambda _folder: None).rollback()

    clock.advance(timedelta(days=1))
    rounds.round()

    assert serial_of(settings) == 0


def test_goes_on_with_what_it_has_when_a_package_is_forged_and_takes_a_good_one_beside_it(settings: Settings) -> None:
    lay_down(settings, 5)
    clock = FakeClock(NIGHT)
    rounds_of(settings, clock).round()
    lay_down(settings, 8, package(8, key=KEY))
    folder = settings.content.look_in
    assert folder is not None
    with pytest.raises(ContentForgedError):
        newest(settings, folder)

    rounds_of(settings, clock).round()
    assert serial_of(settings) == 5

    lay_down(settings, 6)
    rounds_of(settings, clock).round()
    assert serial_of(settings) == 6


def test_a_folder_that_is_not_there_is_no_trouble(settings: Settings) -> None:
    assert settings.content.look_in is not None
    settings.content.look_in.rmdir()

    rounds_of(settings, FakeClock(NIGHT)).round()

    assert serial_of(settings) == 0


def test_installs_in_a_process_of_its_own_and_hears_what_refused_it(settings: Settings) -> None:
    folder = settings.content.look_in
    assert folder is not None
    config = folder.parent / "loket.toml"
    forged = lay_down(settings, 8, package(8, key=KEY))

    assert install_beside(config, forged) == "content-forged"
    assert install_beside(config, folder / "nothing.loket") == "content-unreadable"
    assert serial_of(settings) == 0
