# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proves once a night, in production, that nothing of a visit stays behind; a process of its own does the work.

A find closes the device by itself (`commands.wipe`). A proof that did not work is tried again the next night, and
`loket health` tells how old the last one is. Each try is written down before it begins: a sync service that is started
again and again by day proves nothing again and again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.joining import data_dir
from commands.wipe_report import last_report_at
from domain.ports import Clock
from domain.settings import Settings

HERE = ZoneInfo("Europe/Amsterdam")
NIGHT = range(2, 5)
AT_MOST_EVERY = timedelta(hours=12)
LONGEST_WITHOUT = timedelta(hours=36)  # a device that is off at night proves it when it is on
LONGEST_S = 1800.0
TRIED = "wipe-tried"  # when the last proof was begun, in the data directory
MAIN = Path(__file__).resolve().parent.parent / "main.py"


class WipeRounds:
    """Knows when the proof is due; used in the thread of housekeeping."""

    def __init__(self, settings: Settings, clock: Clock, prove: Callable[[], None]) -> None:
        self._settings = settings
        self._clock = clock
        self._prove = prove
        self._mark = data_dir(settings) / TRIED

    def round(self) -> None:
        """Prove when it is due; never where no real case system is set: there nobody's own data is."""
        now = self._clock.now()
        if not self._settings.sync.is_configured or not self._is_due(now):
            return
        self._write(now)
        self._prove()

    def _is_due(self, now: datetime) -> bool:
        known = (self._read(), last_report_at(data_dir(self._settings)))
        times = [at for at in known if at is not None and at <= now]  # a later one is of a clock that was wrong
        if not times:
            self._write(now)  # a new device: count from here, so that the day's visitors come first
        since = now - max(times) if times else AT_MOST_EVERY + timedelta(seconds=1)
        return since > LONGEST_WITHOUT or (now.astimezone(HERE).hour in NIGHT and since > AT_MOST_EVERY)

    def _read(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self._mark.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def _write(self, now: datetime) -> None:
        self._mark.parent.mkdir(parents=True, exist_ok=True)
        self._mark.write_text(now.isoformat(), encoding="ascii")


def prove_beside(config: Path | None) -> None:
    """Run the proof as a process of its own, unseen and behind everything else."""
    named = ["--config", str(config)] if config is not None else []
    nicely = ["nice", "-n", "15"] if sys.platform != "win32" else []
    subprocess.run(
        [*nicely, sys.executable, str(MAIN), "wipe", "--verify", "--json", *named],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=LONGEST_S,
        check=False,
    )
