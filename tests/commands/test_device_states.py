# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Printer, sound and reader that go and come back: written down, told by health, alarmed once, and forgotten."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest

from commands.device_alarms import DeviceAlarms
from commands.device_look import look_at_devices
from commands.device_states import STATES, Device, troubles
from commands.health import as_metrics, health
from commands.housekeeping import Housekeeping
from domain.settings import Settings, parse_settings
from kiosk.printing import PrintOutcome, PrintResult, SimulatedPrinter
from tests.fakes.clock import FakeClock


class ToldPrinter(SimulatedPrinter):
    """Complains as it is told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.says = PrintResult(PrintOutcome.DONE)

    def status(self) -> PrintResult:
        return self.says


class Kiosk:
    """A kiosk that looks at its devices each minute."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder / "data"
        self.folder.mkdir()
        self.clock = FakeClock()
        self.settings: Settings = parse_settings(
            f'[device]\ndata_dir = "{self.folder}"\n{more}', str(folder), "loket.toml"
        )
        self.printer = ToldPrinter(folder / "printed")
        self.sounds: Collection[str] = ("speaker",)
        self.usb = folder / "usb"
        self.usb.mkdir()
        self.alarms = DeviceAlarms(self.settings, self.clock)

    def plug_in_reader(self) -> None:
        (self.usb / "1-1:1.0").mkdir()
        (self.usb / "1-1:1.0" / "bInterfaceClass").write_text("0b\n", encoding="ascii")

    def take_out_reader(self) -> None:
        (self.usb / "1-1:1.0" / "bInterfaceClass").unlink()
        (self.usb / "1-1:1.0").rmdir()

    def look(self, minutes: int = 1, *, is_noted: bool = True) -> bool:
        is_ready = False
        for _ in range(minutes):
            self.clock.advance(timedelta(minutes=1))
            is_ready = look_at_devices(
                self.settings, self.printer, self.clock, is_noted=is_noted, outputs=lambda: self.sounds, usb=self.usb
            )
            self.alarms.round()
        return is_ready

    @property
    def troubled(self) -> dict[Device, int]:
        found = troubles(self.folder, self.clock.now())
        return {device: int(lasts.total_seconds()) // 60 for device, lasts in found.items()}


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "loket.devices"]


TROUBLES = [
    PrintResult(PrintOutcome.PAPER_OUT, "media-empty"),
    PrintResult(PrintOutcome.PAPER_OUT, "media-jam"),
    PrintResult(PrintOutcome.FAILED, "offline"),
    PrintResult(PrintOutcome.NO_PRINTER),
]


@pytest.mark.parametrize("says", TROUBLES)
def test_alarms_once_after_a_quarter_and_tells_when_it_is_back(
    kiosk: Kiosk, says: PrintResult, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert kiosk.look()
    kiosk.printer.says = says
    assert not kiosk.look(15)
    assert (kiosk.troubled, lines_of(caplog)) == ({Device.PRINTER: 14}, [])
    kiosk.look(5)
    assert lines_of(caplog) == ["device-trouble device=printer minutes=15"]
    kiosk.printer.says = PrintResult(PrintOutcome.DONE)
    assert kiosk.look()
    assert kiosk.troubled == {}
    assert lines_of(caplog)[1:] == ["device-back device=printer"]


def test_counts_a_jam_after_an_empty_tray_as_one_trouble(kiosk: Kiosk) -> None:
    kiosk.look()
    kiosk.printer.says = TROUBLES[0]
    kiosk.look(3)
    kiosk.printer.says = TROUBLES[2]
    kiosk.look(3)
    assert kiosk.troubled == {Device.PRINTER: 5}


def test_misses_sound_and_reader_that_were_there(kiosk: Kiosk) -> None:
    kiosk.plug_in_reader()
    kiosk.look()
    kiosk.sounds = ()
    kiosk.look(2)
    assert kiosk.troubled == {Device.SOUND: 1}
    kiosk.sounds = ("speaker",)
    kiosk.look()
    assert kiosk.troubled == {}


def test_misses_a_reader_that_the_settings_ask_for(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path, '[id_documents]\ntrusted_csca = "csca"\n')
    kiosk.plug_in_reader()
    kiosk.look()
    kiosk.take_out_reader()
    kiosk.look(3)
    assert kiosk.troubled == {Device.ID_READER: 2}
    kiosk.plug_in_reader()
    kiosk.look()
    assert kiosk.troubled == {}


def test_misses_nothing_that_never_was(kiosk: Kiosk) -> None:
    kiosk.printer.says, kiosk.sounds = PrintResult(PrintOutcome.NO_PRINTER), ()
    kiosk.look(40)
    assert kiosk.troubled == {}


def test_misses_a_printer_that_the_settings_name(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path, '[kiosk]\nprinter = "bon"\n')
    kiosk.printer.says = PrintResult(PrintOutcome.NO_PRINTER)
    kiosk.look(2)
    assert kiosk.troubled == {Device.PRINTER: 1}


def test_goes_on_counting_in_the_next_window_and_writes_nothing_from_a_hidden_one(kiosk: Kiosk) -> None:
    kiosk.look(is_noted=False)
    assert not (kiosk.folder / STATES).exists()
    kiosk.look()
    kiosk.printer.says = TROUBLES[0]
    kiosk.look(4)
    kiosk.look(4, is_noted=False)
    kiosk.look()
    assert kiosk.troubled == {Device.PRINTER: 8}


def test_knows_nothing_when_no_window_looked_of_late(kiosk: Kiosk) -> None:
    kiosk.look()
    kiosk.printer.says = TROUBLES[0]
    kiosk.look(2)
    kiosk.clock.advance(timedelta(minutes=16))
    assert kiosk.troubled == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"at": "x", "devices": {}}', '{"at": 1, "devices": {"toaster": {}}}']
)
def test_begins_anew_when_the_file_is_odd(kiosk: Kiosk, text: str) -> None:
    (kiosk.folder / STATES).write_text(text, encoding="utf-8")
    assert kiosk.troubled == {}
    assert kiosk.look()
    assert set(json.loads((kiosk.folder / STATES).read_text(encoding="utf-8"))["devices"]) == set(Device)


def test_is_told_by_health_until_somebody_must_look(kiosk: Kiosk) -> None:
    kiosk.look()
    kiosk.printer.says = TROUBLES[0]
    kiosk.look(10)
    found = health(kiosk.settings, kiosk.clock)
    assert (found["device_trouble_s"], found["needs_person"]) == ({"printer": 540, "sound": 0, "id_reader": 0}, False)
    kiosk.look(6)
    found = health(kiosk.settings, kiosk.clock)
    assert found["needs_person"]
    assert 'loket_device_trouble_seconds{device="printer"} 900' in list(as_metrics(found))


def test_is_told_as_the_window_saw_it_where_health_may_reach_no_device(kiosk: Kiosk) -> None:
    assert "devices" not in health(kiosk.settings, kiosk.clock, usb=kiosk.usb)
    kiosk.look()
    assert health(kiosk.settings, kiosk.clock, usb=kiosk.usb)["devices"] == {
        "printer": "ok",
        "sound": "ok",
        "id_reader": "ok",
    }
    kiosk.sounds = ()
    kiosk.printer.says = PrintResult(PrintOutcome.FAILED)
    kiosk.look()
    found = health(kiosk.settings, kiosk.clock, usb=kiosk.usb)
    assert not found["needs_person"], "a jam is not yet for IT"
    lines = [line for line in as_metrics(found) if line.startswith("loket_device_ok")]
    assert lines == ['loket_device_ok{device="printer"} 0', 'loket_device_ok{device="sound"} 0']
    kiosk.clock.advance(timedelta(minutes=16))
    assert "devices" not in health(kiosk.settings, kiosk.clock, usb=kiosk.usb)


def test_tells_nothing_of_a_device_that_never_was(kiosk: Kiosk) -> None:
    kiosk.sounds = ()
    kiosk.look()
    assert "sound" not in health(kiosk.settings, kiosk.clock, usb=kiosk.usb)["devices"]


def test_writes_its_alarm_in_the_rounds_of_the_service(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.look()
    kiosk.printer.says = TROUBLES[1]
    kiosk.look(16)
    caplog.clear()
    Housekeeping(kiosk.settings, kiosk.clock).round()
    assert lines_of(caplog) == ["device-trouble device=printer minutes=15"]
