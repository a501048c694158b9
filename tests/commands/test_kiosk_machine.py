# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff can ask of the machine at the kiosk: doctor, paper, reader, network and power."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from commands.audit_rounds import HEARTBEAT
from commands.kiosk_machine import KioskMachine
from domain.settings import Settings, parse_settings
from i18n.texts import Texts
from kiosk.maintenance_desk import Finding
from kiosk.printing import SimulatedPrinter
from tests.fakes.clock import FakeClock
from tests.faults.test_kill_visit import SETTINGS

SYSTEMCTL = "#!/bin/sh\necho $@ > {said}\nexit {code}\n"


def settings_in(folder: Path, more: str = "") -> Settings:
    return parse_settings(SETTINGS.format(data=folder / "data") + more, str(folder), "loket.toml")


def machine(folder: Path, settings: Settings | None = None, **more: object) -> KioskMachine:
    (folder / "data").mkdir(exist_ok=True)
    cards = folder / "net"
    for name, state in (("lo", "unknown"), ("eth0", "up")):
        (cards / name).mkdir(parents=True, exist_ok=True)
        (cards / name / "operstate").write_text(state, encoding="ascii")
    made = {"net": cards, **more}
    printer = SimulatedPrinter(folder / "printed")
    return KioskMachine(settings or settings_in(folder), FakeClock(), None, printer, Texts("nl"), **made)  # type: ignore[arg-type]


def doctor_that_says(folder: Path, text: str) -> tuple[str, ...]:
    program = folder / "doctor.py"
    program.write_text(f"import sys\nassert sys.argv[1:4] == ['doctor', '--json', '--no-content']\nprint({text!r})\n")
    return sys.executable, str(program)


def test_gives_what_the_doctor_finds_not_well_the_broken_first(tmp_path: Path) -> None:
    checks = [
        {"id": "clock", "state": "ok", "says": "x", "remedy": ""},
        {"id": "sound", "state": "warning", "says": "no sound", "remedy": "connect it"},
        {"id": "printer", "state": "broken", "says": "gone", "remedy": "add it"},
    ]
    doctor = doctor_that_says(tmp_path, json.dumps({"checks": checks}))
    assert machine(tmp_path, doctor=doctor).findings() == (
        Finding("printer", True, "gone -> add it"),
        Finding("sound", False, "no sound -> connect it"),
    )


def test_says_that_the_doctor_did_not_come(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Expecting"):
        machine(tmp_path, doctor=doctor_that_says(tmp_path, "")).findings()


def test_asks_the_real_doctor(tmp_path: Path, repository: Path) -> None:
    found = machine(tmp_path, doctor=(sys.executable, str(repository / "main.py"))).findings()
    assert "printer" in {finding.id for finding in found}
    assert not any(finding.id.startswith(("content.", "language.")) for finding in found)


def test_prints_a_page_with_nothing_of_anybody(tmp_path: Path) -> None:
    made = machine(tmp_path)
    assert made.print_page() == "printed"
    printer = made._printer
    assert isinstance(printer, SimulatedPrinter)
    assert len(printer.printed) == 1
    printer.has_paper = False
    assert made.print_page() == "paper_out"


@pytest.mark.parametrize(
    ("beat", "says"),
    [
        ({"at": 0, "alarming": 0}, "ok"),
        ({"at": 0, "alarming": 2}, "late"),
        ({"at": 16, "alarming": 0}, "down"),
        (None, "down"),
        ({"alarming": 0}, "down"),
    ],
)
def test_judges_the_network_by_what_the_sync_service_wrote(
    tmp_path: Path, beat: dict[str, int] | None, says: str
) -> None:
    made = machine(tmp_path)
    if beat is not None:
        told: dict[str, object] = dict(beat)
        if "at" in beat:
            told["at"] = (FakeClock().now() - timedelta(minutes=beat["at"])).isoformat()
        (tmp_path / "data" / HEARTBEAT).write_text(json.dumps(told), encoding="utf-8")
    assert made.network() == says


def test_says_that_no_wire_is_in(tmp_path: Path) -> None:
    made = machine(tmp_path)
    (tmp_path / "net" / "eth0" / "operstate").write_text("down", encoding="ascii")
    assert made.network() == "offline"


def test_says_that_it_practises(tmp_path: Path) -> None:
    practising = parse_settings(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', str(tmp_path), "loket.toml")
    assert machine(tmp_path, practising).network() == "practice"


@pytest.mark.parametrize(("is_reboot", "verb"), [(True, "reboot"), (False, "poweroff")])
@pytest.mark.parametrize("code", [0, 1])
def test_switches_off_only_where_the_settings_allow_it(tmp_path: Path, is_reboot: bool, verb: str, code: int) -> None:
    said, program = tmp_path / "said", tmp_path / "systemctl"
    program.write_text(SYSTEMCTL.format(said=said, code=code), encoding="ascii")
    program.chmod(0o755)
    assert not machine(tmp_path, systemctl=str(program)).power(is_reboot=is_reboot)
    assert not said.exists()
    allowed = settings_in(tmp_path, "[kiosk]\nmay_power_off = true\n")
    assert machine(tmp_path, allowed, systemctl=str(program)).power(is_reboot=is_reboot) is (code == 0)
    assert said.read_text(encoding="ascii").strip() == verb


def test_says_no_where_there_is_no_systemd(tmp_path: Path) -> None:
    allowed = settings_in(tmp_path, "[kiosk]\nmay_power_off = true\n")
    assert not machine(tmp_path, allowed, systemctl=str(tmp_path / "none")).power(is_reboot=True)
