# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the desk practises (H15): a data folder of its own, settings that know no case system, and its wiping.

Wiped when practising begins and ends, and at night by `commands.housekeeping`, should it have ended by a power cut.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from commands.joining import data_dir
from domain.errors import StoreError
from domain.settings import DeviceSettings, OutageSettings, SealingSettings, Settings, SyncSettings
from sync.sole_sender import sole_sender

PRACTICE = "practice"
STOP_TIMEOUT_S = 15.0  # a supervisor waits for two visits and a sync service
MAIN = Path(__file__).resolve().parent.parent / "main.py"


def practice_dir(settings: Settings) -> Path:
    """Give the folder of practice: never the data folder itself, for it is wiped whole."""
    return data_dir(settings) / PRACTICE


def practice_settings(settings: Settings) -> Settings:
    """Give the settings to practise with: the same municipality and helpers, no case system, no keys of ours."""
    device = DeviceSettings(
        id="oefenen",
        municipality=settings.device.municipality,
        rsin=settings.device.rsin,
        data_dir=practice_dir(settings),
        is_practice=True,
    )
    return replace(
        settings, device=device, sync=SyncSettings(), sealing=SealingSettings(), outages=OutageSettings(), origins={}
    )


class PracticeRoom:
    """One time of practising: an empty folder, and the visitor's screen beside the desk."""

    def __init__(self, settings: Settings) -> None:
        self.settings = practice_settings(settings)
        self._folder = practice_dir(settings)
        self._visitor: subprocess.Popen[bytes] | None = None
        self._hold = ExitStack()

    def begin(self) -> None:
        """Begin with nothing.

        Raises: StoreError when somebody practises here already, or the folder cannot be made or wiped.
        """
        self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._hold.enter_context(sole_sender(self._folder, 0.0)):
            raise StoreError("somebody practises on this device already", "close that window first")
        wipe(self._folder)
        try:
            self._folder.mkdir(parents=True, mode=0o700)
            self.config.write_text(_config_of(self.settings), encoding="utf-8")
        except OSError as error:
            raise StoreError(f"the folder of practice cannot be made: {error.strerror}", "look at its owner") from None

    @property
    def config(self) -> Path:
        """Give the file of settings that every window of practice is started with."""
        return self._folder / "loket.toml"

    @property
    def visitor_id(self) -> int | None:
        """Give the number of the process of the visitor's screen, once it was opened."""
        return self._visitor.pid if self._visitor is not None else None

    def open_visitor(self) -> None:
        """Open the visitor's screen in a window, with simulated devices; one at a time."""
        if self._visitor is not None and self._visitor.poll() is None:
            return
        command = [sys.executable, str(MAIN), "kiosk", "--config", str(self.config), "--simulate", "--windowed"]
        # Tied: should the desk be killed, then that screen must not stay, with nobody left to wipe what is typed there.
        self._visitor = subprocess.Popen([*command, "--tied"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)

    def dismiss_visitor(self) -> None:
        """Tell the visitor's screen to close, without waiting for it."""
        if self._visitor is not None and self._visitor.poll() is None:
            self._visitor.terminate()

    def end(self) -> None:
        """Close the visitor's screen and wipe all of it.

        Raises: StoreError when something is left.
        """
        self.dismiss_visitor()
        if self._visitor is not None:
            try:
                self._visitor.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._visitor.kill()
                self._visitor.wait()
            if self._visitor.stdin is not None:
                self._visitor.stdin.close()
        try:
            wipe(self._folder)
        finally:
            self._hold.close()


def wipe(folder: Path) -> None:
    """Take all of practice away.

    Raises: StoreError when something is left.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        raise StoreError("something of practice is left", f"close the windows that practise, then remove {folder.name}")


def wipe_left(settings: Settings) -> bool:
    """Take away, at night, what practice left behind; not while somebody practises. Tell whether there was anything.

    Raises: StoreError when something is left.
    """
    folder = practice_dir(settings)
    if not folder.exists():
        return False
    with sole_sender(folder, 0.0) as is_alone:
        if is_alone:
            wipe(folder)
    return is_alone


def _config_of(settings: Settings) -> str:
    found, kiosk = settings.device, settings.kiosk
    # A JSON string is a TOML string.
    said = {name: json.dumps(text, ensure_ascii=False) for name, text in _texts_of(settings).items()}
    languages = json.dumps(list(kiosk.languages))
    return (
        f"[device]\nid = {said['id']}\nmunicipality = {said['municipality']}\nrsin = {said['rsin']}\n"
        f"data_dir = {json.dumps(str(found.data_dir), ensure_ascii=False)}\nis_practice = true\n"
        f"[kiosk]\nlanguages = {languages}\n[kiosk.help]\nphone = {said['phone']}\ndesk = {said['desk']}\n"
    )


def _texts_of(settings: Settings) -> dict[str, str]:
    return {
        "id": settings.device.id,
        "municipality": settings.device.municipality,
        "rsin": settings.device.rsin,
        "phone": settings.kiosk.help.phone,
        "desk": settings.kiosk.help.desk,
    }
