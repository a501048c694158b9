# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the other devices of this location which places were given away, and hears of theirs: a round each minute.

Only where `[desk] slots_folder` is set. A folder that is away (a laptop on the road) is no fault: the next round comes.
"""

from __future__ import annotations

import threading
from contextlib import closing
from zoneinfo import ZoneInfo

from commands.joining import data_dir
from domain.errors import ExpectedError
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.settings import Settings
from sync.event_log import EventLog
from sync.handover_book import HANDOVERS, HandoverFile
from sync.slot_book import SqliteSlotBook
from sync.slot_folder import read_others, write_own

EVERY_S = 60.0
_HERE = ZoneInfo("Europe/Amsterdam")
_log = EventLog("loket.slots")


class SlotRounds:
    """Goes round for one device, in a thread of its own: a share that hangs holds up no case."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def start(self, stop: threading.Event) -> None:
        """Go round until the event is set; without a folder not at all."""
        if self._settings.desk.slots_folder is None or self._settings.device.is_practice:
            return

        def rounds() -> None:
            while not stop.is_set():
                try:
                    self.round()
                except ExpectedError as error:
                    _log.error(LogEvent.ROUND_FAILED, error=error)
                stop.wait(EVERY_S)

        threading.Thread(target=rounds, name="loket-slots", daemon=True).start()

    def round(self) -> bool:
        """Tell and hear; False when the folder is not there now.

        Raises: StoreError and its kinds.
        """
        folder, device_id = self._settings.desk.slots_folder, self._settings.device.id
        if folder is None or self._settings.device.is_practice:
            return False
        today = self._clock.now().astimezone(_HERE).date()
        with closing(HandoverFile(data_dir(self._settings) / HANDOVERS)) as file:
            book = SqliteSlotBook(file, device_id)
            try:
                write_own(folder, device_id, book.ours(today))
                others = read_others(folder, device_id)
            except OSError:
                return False
            book.hear(others)
        return True
