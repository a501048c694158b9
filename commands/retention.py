# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket retention`: take away what this device need not know any more, and sign for it.

The sync service does the same each night, and `loket open` with what it remembers itself. A report holds counts only;
each stays as a file beside the store.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import (
    DEVICE_KEY,
    OPENED_STORE,
    data_dir,
    device_key,
    open_counter,
    open_database,
    open_drafts,
    second_copies,
)
from commands.system_clock import SystemClock
from domain.clock_doubt import clock_doubt
from domain.errors import ClockDoubtedError, SettingsError
from domain.ports import Clock
from domain.settings import Settings
from sync.audit_log import clock_gap, last_seen
from sync.counter_file import COUNTER
from sync.counter_retention import clear_counter
from sync.custody import in_custody
from sync.database import Database, moment_of
from sync.draft_book import clear_drafts
from sync.retention import clear
from sync.shared_folder import fit, make_folder
from sync.signing import signed, verified

FOLDER = "retention"
OPENED = "opened"
DRAFTS = "drafts"
OF_COUNTER = "counter"
_FINISHED = {"overdue": 0, "is_log_empty": True}
_A_DAY = timedelta(hours=20)


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
    parts = (report, *(report.get(name, _FINISHED) for name in (OPENED, DRAFTS, OF_COUNTER)))
    return PROBLEM if any(map(_is_unfinished, parts)) else FINE


def clear_and_report(settings: Settings, database: Database, clock: Clock) -> Path:
    """Clear up, in what `loket open` remembers here too, and write the signed report; give where it is.

    Raises: StoreError, SealingError; ClockDoubtedError: a clock that is years ahead would remove everything.
    """
    now, opened = clock.now(), data_dir(settings) / OPENED_STORE
    _believe(now, database)
    cleared = asdict(clear(database, second_copies(settings), settings.retention, now))
    if opened.exists():
        with closing(Database(opened)) as beside:
            cleared[OPENED] = asdict(clear(beside, None, settings.retention, now))
    with closing(open_drafts(settings)) as drafts:
        cleared[DRAFTS] = asdict(clear_drafts(drafts, settings.retention.draft_days, now))
    if (data_dir(settings) / COUNTER).exists():
        with closing(open_counter(settings)) as counter:
            cleared[OF_COUNTER] = asdict(clear_counter(counter, settings.retention.counter_days, now))
    return _written(settings, now, cleared, f"{now:%Y-%m-%d}")


def clear_opened_and_report(settings: Settings, opened: Database, clock: Clock) -> Path | None:
    """Clear up what `loket open` remembers, once a day; give where the signed report is, None when it was done before.

    Raises: what `clear_and_report` raises.
    """
    now = clock.now()
    done = opened.row("SELECT max(at) AS at FROM audit_log WHERE event = 'retention'")
    if done is not None and done["at"] and timedelta(0) <= now - moment_of(done["at"]) < _A_DAY:
        return None
    _believe(now, opened)
    cleared = asdict(clear(opened, None, settings.retention, now))
    return _written(settings, now, {"store": OPENED, **cleared}, f"{now:%Y-%m-%d}-{OPENED}")


def _believe(now: datetime, database: Database) -> None:
    doubt = clock_doubt(now, last_seen(database), clock_gap(database))
    if doubt is not None:
        raise ClockDoubtedError(
            f"{doubt.value}: nothing is removed by age", "set the clock, then run `loket health --clock-is-right`"
        )


def _written(settings: Settings, now: datetime, cleared: Mapping[str, Any], name: str) -> Path:
    report = {
        "format": 1,
        "device": settings.device.id,
        "at": now.isoformat(timespec="seconds"),
        "days": asdict(settings.retention),
        **cleared,
    }
    folder = data_dir(settings) / FOLDER
    make_folder(folder)
    path = folder / f"{name}.json"
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fit(descriptor, folder)
        file.write(signed(report, device_key(settings)))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def _check(settings: Settings, file: Path) -> int:
    try:
        text = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file.name} cannot be read: {error.strerror}", "name a report") from None
    has_key = in_custody(data_dir(settings) / DEVICE_KEY).exists()
    report = verified(text, bytes(device_key(settings).verify_key) if has_key else None)
    if not has_key:
        print("loket: this device has no key, so only the signature itself was checked", file=sys.stderr)
    print(_as_text(report))
    return FINE


def _as_text(report: Mapping[str, Any]) -> str:
    lines = [f"{report['device']}, {report['at']}", *_counts(report)]
    if OPENED in report:
        lines += ["opened here for libraries:", *_counts(report[OPENED])]
    if DRAFTS in report:
        drafts = report[DRAFTS]
        lines.append(
            f"kept under a code: taken away {drafts['removed']}, still here {drafts['kept']};"
            f" overdue: {drafts['overdue']}"
        )
    if OF_COUNTER in report:
        counter = report[OF_COUNTER]
        lines.append(
            f"at the counter: cases taken away {counter['cases']}, acts {counter['acts']}, cases still here"
            f" {counter['kept']}; overdue: {counter['overdue']}"
        )
    return "\n".join(lines)


def _counts(part: Mapping[str, Any]) -> Iterator[str]:
    def counted(name: str) -> str:
        return ", ".join(f"{state} {number}" for state, number in part[name].items()) or "nothing"

    yield f"sealed answers taken away: {counted('emptied')}"
    yield f"cases taken away: {counted('removed')}"
    yield f"still here: {counted('kept')}; overdue: {part['overdue']}"
    if not part["is_log_empty"]:
        yield "the log could not be cut off, because somebody reads in it; the next run does it"


def _is_unfinished(part: Mapping[str, Any]) -> bool:
    return bool(part["overdue"] or not part["is_log_empty"])
