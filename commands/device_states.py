# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How printer, sound and reader have been, and since when: looked at by the window, read by health and housekeeping.

A device that was never there is missed by nobody; one that was there, or that the settings name, is in trouble from the
moment that it does not work until it works again. Nothing of a citizen: names of devices and moments only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from commands.doctor_check import Check, Health
from commands.health_file import write_whole

STATES = "devices.json"
_FORGOTTEN_AFTER = timedelta(minutes=15)  # no window looked: nobody knows


class Device(StrEnum):
    """What can be missed."""

    PRINTER = "printer"
    SOUND = "sound"
    ID_READER = "id_reader"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How one device is; `troubled_since` is empty while it works, or was never there."""

    state: str
    has_worked: bool = False
    troubled_since: str = ""


def note(folder: Path, checks: Iterable[Check], now: datetime) -> Mapping[Device, DeviceState]:
    """Write down how the devices are.

    Raises: OSError when the data folder cannot be written.
    """
    before = _read(folder)[1]
    states = {Device(check.id): _state(before.get(Device(check.id)), check, now) for check in checks}
    written = {device.value: asdict(state) for device, state in states.items()}
    write_whole(folder / STATES, json.dumps({"at": now.isoformat(timespec="seconds"), "devices": written}))
    return states


def _state(before: DeviceState | None, check: Check, now: datetime) -> DeviceState:
    if check.state is Health.OK:
        return DeviceState(check.state.value, has_worked=True)
    has_worked = before is not None and before.has_worked
    if not has_worked and check.state is not Health.BROKEN:
        return DeviceState(check.state.value)
    since = before.troubled_since if before is not None and before.troubled_since else ""
    return DeviceState(check.state.value, has_worked, since or now.isoformat(timespec="seconds"))


def troubles(folder: Path, now: datetime) -> dict[Device, timedelta]:
    """Give the devices that are in trouble, and for how long; none when no window looked of late."""
    at, states = _read(folder)
    if at is None or now - at > _FORGOTTEN_AFTER:
        return {}
    found = {device: state.troubled_since for device, state in states.items() if state.troubled_since}
    return {device: now - datetime.fromisoformat(since) for device, since in found.items()}


def looked_at(folder: Path, now: datetime) -> dict[Device, str]:
    """Give how the devices were that can be missed, when the window looked; none when no window looked of late."""
    at, states = _read(folder)
    if at is None or now - at > _FORGOTTEN_AFTER:
        return {}
    return {device: state.state for device, state in states.items() if state.troubled_since or state.state == Health.OK}


def _read(folder: Path) -> tuple[datetime | None, dict[Device, DeviceState]]:
    try:
        said: Any = json.loads((folder / STATES).read_bytes())
        states = {Device(name): DeviceState(**state) for name, state in said["devices"].items()}
        for state in states.values():
            if state.troubled_since:
                datetime.fromisoformat(state.troubled_since)
        return datetime.fromisoformat(said["at"]), states
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, {}
