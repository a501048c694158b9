# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a line in the log when a device has been in trouble for too long, and one when it is back; each once."""

from __future__ import annotations

from datetime import timedelta

from commands.device_states import Device, troubles
from commands.joining import data_dir
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.settings import Settings
from sync.event_log import EventLog

_log = EventLog("loket.devices")


class DeviceAlarms:
    """Remembers what was told while the service runs."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._told: set[Device] = set()

    def round(self) -> None:
        """Look what the window wrote down."""
        patience = timedelta(minutes=self._settings.kiosk.device_alarm_min)
        found = troubles(data_dir(self._settings), self._clock.now())
        for device, lasts in found.items():
            if lasts >= patience and device not in self._told:
                self._told.add(device)
                _log.error(LogEvent.DEVICE_TROUBLE, device=device, minutes=int(lasts.total_seconds()) // 60)
        for device in sorted(self._told - set(found)):
            self._told.discard(device)
            _log.info(LogEvent.DEVICE_BACK, device=device)
