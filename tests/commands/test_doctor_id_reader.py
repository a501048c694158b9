# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor says what keeps a reader from reading, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from commands.doctor_check import Check, Health
from commands.doctor_id_reader import (
    PcscLook,
    check_drivers,
    check_id_documents,
    check_limits,
    check_trusted,
    pcsc_look,
)
from domain.settings import IdDocumentSettings, Settings
from kiosk.devices.emrtd import pcsc_codes as codes
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.pcsc import Pcsc
from kiosk.devices.emrtd.pcsc_codes import PcscError
from kiosk.devices.emrtd.readers import Scene
from tests.fakes.clock import FakeClock
from tests.kiosk.devices.emrtd.fake_pcsclite import FakePcsclite
from tests.kiosk.devices.emrtd.virtual.profile import TRUST

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DOWN = PcscError(codes.E_NO_SERVICE, "SCardEstablishContext")
REFUSED = PcscError(codes.W_SECURITY_VIOLATION, "SCardEstablishContext")
NO_LIBRARY = PcscError(codes.E_NO_SERVICE, "loading libpcsclite.so.1", is_library=True)


def found_of(
    tmp_path: Path,
    scene: Scene | None,
    *,
    reader: str = "",
    is_plugged: bool = True,
    is_asked: bool = True,
    installed: Callable[[str], str | None] = lambda tool: tool,
) -> dict[str, Check]:
    interface = tmp_path / "usb" / "1-1:1.0"
    interface.mkdir(parents=True)
    (interface / "bInterfaceClass").write_text("0b\n" if is_plugged else "03\n")
    settings = Settings(id_documents=IdDocumentSettings(TRUST if is_asked else None, reader))
    modules = tmp_path / "modules"
    modules.write_text("")
    checks = check_id_documents(
        settings,
        FakeClock(),
        look=lambda: PcscLook(scene),
        usb=tmp_path / "usb",
        modules=modules,
        find=installed,
    )
    return {check.id: check for check in checks}


@pytest.mark.parametrize(
    ("scene", "state", "remedy"),
    [
        (Scene(("Reader 00",)), Health.OK, ""),
        (Scene(), Health.BROKEN, "libccid"),
        (Scene(error=DOWN), Health.BROKEN, "systemctl enable --now pcscd.socket"),
        (Scene(error=REFUSED), Health.BROKEN, "polkit-1/rules.d"),
        (Scene(error=NO_LIBRARY), Health.BROKEN, "apt install libpcsclite1"),
        (None, Health.BROKEN, "restart pcscd"),
    ],
)
def test_says_what_is_wrong_with_pcscd(tmp_path: Path, scene: Scene | None, state: Health, remedy: str) -> None:
    check = found_of(tmp_path, scene)["id_reader_service"]
    assert check.state is state
    assert remedy in check.remedy


def test_says_when_pcscd_is_not_installed(tmp_path: Path) -> None:
    check = found_of(tmp_path, Scene(error=DOWN), installed=lambda tool: None)["id_reader_service"]
    assert (check.state, check.remedy) == (Health.BROKEN, "apt install pcscd")


def test_says_which_readers_there_are_when_none_is_the_one_that_is_meant(tmp_path: Path) -> None:
    check = found_of(tmp_path, Scene(("Reader 00", "Other 01")), reader="omnikey")["id_reader_service"]
    assert check.state is Health.WARNING
    assert "Reader 00, Other 01" in check.says
    (tmp_path / "again").mkdir()
    named = found_of(tmp_path / "again", Scene(("Reader 00",)), reader="READER")
    assert named["id_reader_service"].state is Health.OK


def test_asks_for_the_reader_when_none_is_there(tmp_path: Path) -> None:
    check = found_of(tmp_path, Scene(), is_plugged=False)["id_reader_service"]
    assert check.state is Health.WARNING


@pytest.mark.parametrize("scene", [None, Scene(), Scene(error=DOWN), Scene(error=REFUSED)])
def test_finds_nothing_wrong_where_nobody_asks_for_a_reader(tmp_path: Path, scene: Scene | None) -> None:
    found = found_of(tmp_path, scene, is_plugged=False, is_asked=False)
    assert {check.state for check in found.values()} == {Health.OK}


def test_tells_of_a_reader_that_nobody_asked_for_too(tmp_path: Path) -> None:
    found = found_of(tmp_path, Scene(("Reader 00",)), is_plugged=False, is_asked=False)
    assert found["id_reader_service"].state is Health.OK
    assert "trusted_csca" in found["id_reader_trust"].remedy


@pytest.mark.parametrize("module", ["pn533_usb", "pn533", "nfc"])
def test_names_the_driver_that_takes_the_reader_and_how_to_forbid_it(tmp_path: Path, module: str) -> None:
    modules = tmp_path / "modules"
    modules.write_text(f"ext4 1 0 - Live 0x0\n{module} 16384 0 - Live 0x0\n")
    check = check_drivers(modules)
    assert check.state is Health.WARNING
    assert f"blacklist {module}" in check.remedy
    modules.write_text("ext4 1 0 - Live 0x0\nnfconntrack 1 0 - Live 0x0\n")
    assert check_drivers(modules).state is Health.OK
    assert check_drivers(tmp_path / "nowhere").state is Health.OK


def test_tells_how_much_goes_through_a_reader() -> None:
    assert "short commands only" in check_limits("ACR122U", Limits()).says
    assert "1024" in check_limits("uTrust", Limits(1024, 1022)).says


def test_tells_whom_we_believe(tmp_path: Path) -> None:
    check = check_trusted(TRUST, NOW)
    assert check.state is Health.OK, check
    assert "2 certificates" in check.says
    late = check_trusted(TRUST, datetime(2099, 1, 1, tzinfo=UTC))
    assert late.state is Health.WARNING
    assert "2 of them not valid now" in late.says


def test_says_what_is_wrong_with_the_folder_of_those_we_believe(tmp_path: Path) -> None:
    assert check_trusted(tmp_path / "nowhere", NOW).state is Health.BROKEN
    assert check_trusted(tmp_path, NOW).state is Health.BROKEN  # empty
    (tmp_path / "good.der").write_bytes(next(TRUST.glob("*.der")).read_bytes())
    (tmp_path / "bad.ml").write_bytes(b"no list")
    check = check_trusted(tmp_path, NOW)
    assert check.state is Health.WARNING
    assert "bad.ml" in check.says


def test_looks_at_readers_without_touching_a_card() -> None:
    library = FakePcsclite({"one": None})
    library.lay("two")
    look = pcsc_look(lambda: Pcsc(library))
    assert look.scene is not None
    assert look.scene.readers == ("one", "two")
    assert ("two", Limits()) in look.limits
    assert 1 not in library.shared  # never taken for itself alone
    assert set(library.left) == {0}  # left as it is
    assert not library.contexts


def test_does_not_hang_with_a_pcscd_that_hangs() -> None:
    free = Event()

    def load() -> Pcsc:
        free.wait(60)
        return Pcsc(FakePcsclite())

    assert pcsc_look(load, 0.05).scene is None
    free.set()
