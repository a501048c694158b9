# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket retention`: take away what this device need not know any more, and sign for it.

The sync service does the same each night. A report holds counts only; each stays as a file beside the store.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import data_dir, open_database, second_copies
from commands.system_clock import SystemClock
from domain.clock_doubt import clock_doubt
from domain.errors import ClockDoubtedError, SettingsError
from domain.ports import Clock
from domain.settings import Settings
from sync.audit_log import last_seen
from sync.database import Database
from sync.retention import clear
from sync.signing import signed, signing_key, verified

FOLDER = "retention"
KEY = "device-signing.key"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="the signed report, for programs")
    parser.add_argument("--check", type=Path, metavar="FILE", help="tell whether a report is of this device, unchanged")


def run(arguments: argparse.Namespace) -> int:
    """Clear up, or check a report; 1 when something that should have gone is still there."""
    settings = load_settings(arguments.config)
    if arguments.check is not None:
        return _check(settings, arguments.check)
    database = open_database(settings)
    try:
        written = clear_and_report(settings, database, SystemClock())
    finally:
        database.close()
    text = written.read_bytes()
    report = verified(text)
    if arguments.json:
        print(text.decode())
    else:
        print(_as_text(report))
    return PROBLEM if report["overdue"] or not report["is_log_empty"] else FINE


def clear_and_report(settings: Settings, database: Database, clock: Clock) -> Path:
    """Clear up and write the signed report; give where it is.

    Raises: StoreError, SealingError; ClockDoubtedError: a clock that is years ahead would remove everything.
    """
    now = clock.now()
    doubt = clock_doubt(now, last_seen(database))
    if doubt is not None:
        raise ClockDoubtedError(
            f"{doubt.value}: nothing is removed by age", "set the clock, then run `loket health --clock-is-right`"
        )
    cleared = clear(database, second_copies(settings), settings.retention, now)
    report = {
        "format": 1,
        "device": settings.device.id,
        "at": now.isoformat(timespec="seconds"),
        "days": asdict(settings.retention),
        **asdict(cleared),
    }
    folder = data_dir(settings) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{now:%Y-%m-%d}.json"
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(signed(report, signing_key(data_dir(settings) / KEY)))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def _check(settings: Settings, file: Path) -> int:
    try:
        text = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file.name} cannot be read: {error.strerror}", "name a report") from None
    key = data_dir(settings) / KEY
    report = verified(text, bytes(signing_key(key).verify_key) if key.exists() else None)
    if not key.exists():
        print("loket: this device has no key, so only the signature itself was checked", file=sys.stderr)
    print(_as_text(report))
    return FINE


def _as_text(report: Mapping[str, Any]) -> str:
    def counted(name: str) -> str:
        return ", ".join(f"{state} {number}" for state, number in report[name].items()) or "nothing"

    lines = [
        f"{report['device']}, {report['at']}",
        f"sealed answers taken away: {counted('emptied')}",
        f"cases taken away: {counted('removed')}",
        f"still here: {counted('kept')}; overdue: {report['overdue']}",
    ]
    if not report["is_log_empty"]:
        lines.append("the log could not be cut off, because somebody reads in it; the next run does it")
    return "\n".join(lines)
