# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff can ask of the machine at the kiosk's own screen: the doctor, a page of paper, reader, network, power.

The doctor runs as a program of its own, so that the window goes on; it may not use the network of the window, which on
an installed kiosk has none. So the network is judged by what the sync service wrote down (docs/kiosk-life.md).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.audit_rounds import HEARTBEAT
from commands.id_reader import id_reader
from commands.joining import data_dir
from domain.errors import PaperError
from domain.ports import Clock
from domain.settings import Settings
from i18n.texts import Texts
from kiosk.maintenance_desk import Finding

if TYPE_CHECKING:
    from kiosk.printing import Printer

MAIN = Path(__file__).resolve().parent.parent / "main.py"
_DOCTOR_S = 120
_POWER_S = 20
_FRESH = timedelta(minutes=15)
_NET = Path("/sys/class/net")
_LOOPBACK = "lo"


class KioskMachine:
    """One machine (`kiosk.maintenance.MachineWork`)."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        config: Path | None,
        printer: Printer,
        texts: Texts,
        *,
        doctor: tuple[str, ...] = (sys.executable, str(MAIN)),
        systemctl: str = "/usr/bin/systemctl",
        net: Path = _NET,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._config = config
        self._printer = printer
        self._texts = texts
        self._doctor = doctor
        self._systemctl = systemctl
        self._net = net

    def findings(self) -> tuple[Finding, ...]:
        """Give what the doctor finds not well.

        Raises: OSError, ValueError, SubprocessError when the doctor does not come.
        """
        config = ["--config", str(self._config)] if self._config is not None else []
        said = subprocess.run(
            [*self._doctor, "doctor", "--json", "--no-content", *config],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_DOCTOR_S,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        )
        checks = json.loads(said.stdout)["checks"]
        found = [
            Finding(str(check["id"]), check["state"] == "broken", f"{check['says']} -> {check['remedy']}")
            for check in checks
            if check["state"] != "ok"
        ]
        return tuple(sorted(found, key=lambda finding: not finding.is_broken))

    def print_page(self) -> str:
        """Print a page with nothing of anybody."""
        from commands.office import OUTCOMES
        from kiosk.paper.paper_size import Paper
        from kiosk.paper.strip import Said, Strip, strip_pdf

        here = self._clock.now().astimezone()
        paper = Paper.A4 if self._settings.kiosk.paper == "a4" else Paper.ROLL_80
        tr, phone = self._texts.tr, self._settings.kiosk.help.phone
        strip = Strip(
            language=self._texts.language,
            title=tr("desk.kiosk.page.title"),
            date_line=f"{self._settings.device.id} \N{MIDDLE DOT} {here:%d-%m-%Y %H:%M}",
            said=(Said(tr("desk.kiosk.page.letters"), "abcdefghijklmnopqrstuvwxyz 0123456789 \u20ac \u00eb \u00ef"),),
            contact=tr("desk.kiosk.page.contact", phone=phone),
            phone=phone,
            day_label="",
        )
        try:
            return OUTCOMES[self._printer.print_pdf(strip_pdf(strip, paper), paper).outcome]
        except PaperError:
            return "print_failed"

    def reader(self) -> str:
        """Tell whether a reader is there."""
        return id_reader(self._settings).value

    def network(self) -> str:
        """Tell how sending goes: by the wires of this machine, and by what the sync service wrote down last."""
        if not self._settings.sync.is_configured:
            return "practice"
        if not self._has_network():
            return "offline"
        try:
            beat: Any = json.loads((data_dir(self._settings) / HEARTBEAT).read_bytes())
            is_old = self._clock.now() - datetime.fromisoformat(beat["at"]) > _FRESH
        except (OSError, ValueError, KeyError, TypeError):
            return "down"
        if is_old:
            return "down"
        return "late" if beat.get("alarming") else "ok"

    def power(self, *, is_reboot: bool) -> bool:
        """Ask systemd; whether it does so is for the rules of the machine."""
        if not self._settings.kiosk.may_power_off:
            return False
        try:
            asked = subprocess.run(
                [self._systemctl, "reboot" if is_reboot else "poweroff"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_POWER_S,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return asked.returncode == 0

    def _has_network(self) -> bool:
        """Tell whether a network card has a wire or a network; where the system does not tell, it is believed."""
        try:
            cards = [card for card in self._net.iterdir() if card.name != _LOOPBACK]
            states = [(card / "operstate").read_text(encoding="ascii").strip() for card in cards]
        except OSError:
            return True
        return any(state in ("up", "unknown") for state in states)
