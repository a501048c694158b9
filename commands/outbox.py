# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket outbox`: where every case is, how long it waits and why; without opening one, so without personal data.

Only `paper` opens a case, where the key is, and only into a folder that staff name. Exit code 1 tells of a case that
waits longer than the settings allow.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.joining import key_paths, open_database, second_copies
from commands.outbox_files import NotWrittenError, write_paper, write_sealed
from commands.system_clock import SystemClock
from domain.case import CaseId, CaseSummary, raises_alarm
from domain.deliveries import DeleteReason
from domain.errors import ExpectedError
from domain.reference import parse_reference
from domain.settings import Settings
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.sealing import read_opener

REASONS = tuple(reason.value for reason in DeleteReason)
"""Why a case is deleted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="all cases, for programs")
    parser.add_argument(
        "action",
        nargs="?",
        choices=["retry", "export", "paper", "delete"],
        help="send again now; write sealed to a file; write as pages for the counter to a folder; take away for good",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help='retry: references, or "all"; export: the file, then references (none: all that wait);'
        " paper: the folder, then references (none: all that wait too long); delete: one reference",
    )
    parser.add_argument("--reason", choices=REASONS, help="delete: why; the audit log keeps it")
    parser.add_argument("--yes", action="store_true", help="delete: yes, for good")


def run(arguments: argparse.Namespace) -> int:
    """List the cases, release some, or write some to a file."""
    if arguments.action and not arguments.names:
        print(f"loket: outbox {arguments.action} needs a name", file=sys.stderr)
        return WRONG_USE
    settings = load_settings(arguments.config)
    database = open_database(settings)
    try:
        match arguments.action:
            case "retry":
                return _retry(database, arguments.names)
            case "export":
                return _export(database, Path(arguments.names[0]), arguments.names[1:])
            case "paper":
                return _paper(settings, database, Path(arguments.names[0]), arguments.names[1:])
            case "delete":
                return _delete(settings, database, arguments)
            case _:
                return _list(database, arguments, _patience(settings))
    finally:
        database.close()


def _patience(settings: Settings) -> timedelta:
    return timedelta(hours=settings.sync.alarm_after_hours)


def _list(database: Database, arguments: argparse.Namespace, patience: timedelta) -> int:
    outbox, now = Outbox(database), SystemClock().now()
    # Only what waits is read: a device may have sent a million.
    waiting = outbox.waiting()
    alarming = {case.case_id for case in waiting if raises_alarm(case, now, patience)}
    code = PROBLEM if alarming else FINE
    if arguments.json:
        _print_all(database, alarming)
        return code
    for case in waiting:
        age, why = _age(now, case.submitted_at), _why(database, case)
        mark = "ALARM" if case.case_id in alarming else ""
        print(f"{case.reference}  {case.service_id}  {case.state}  {age}  {case.attempts}x  {mark}  {why}".rstrip())
    print(f"{len(waiting)} waiting, {outbox.number() - len(waiting)} with the municipality")
    if alarming:
        hours = int(patience.total_seconds()) // 3600
        print(f"loket: {len(alarming)} wait longer than {hours} h -> `loket outbox paper FOLDER` makes pages of them")
    return code


def _print_all(database: Database, alarming: Collection[CaseId]) -> None:
    """Print every case, oldest first, as it is read: a million at once may not fit in memory."""
    between = ""
    print('{"cases": [', end="")
    for case in SqliteCaseStore(database).in_order():
        print(between + json.dumps(_plain(database, case, case.case_id in alarming)), end="")
        between = ", "
    print("]}")


def _why(database: Database, case: CaseSummary) -> str:
    """Say what the last try came to, with what the server answered."""
    detail = audit_log.last_detail(database, case.case_id) if case.reason else ""
    # The detail begins with the reason.
    return detail or case.reason


def _plain(database: Database, case: CaseSummary, is_alarming: bool) -> dict[str, object]:
    return {
        "reference": case.reference,
        "service": case.service_id,
        "state": case.state.value,
        "queued_at": case.submitted_at.isoformat(),
        "attempts": case.attempts,
        "alarm": is_alarming,
        "reason": case.reason,
        "detail": audit_log.last_detail(database, case.case_id) if case.reason else "",
    }


def _age(now: datetime, since: datetime) -> str:
    age = max(now - since, timedelta(0))
    return f"{age.days} d" if age.days else f"{age.seconds // 3600} h {age.seconds % 3600 // 60} min"


def _retry(database: Database, names: list[str]) -> int:
    outbox, now = Outbox(database), SystemClock().now()
    found = outbox.waiting() if names == ["all"] else _find(outbox, names)
    released = [case for case in found if outbox.retry(case.case_id, now)]
    print(f"{len(released)} released")
    return FINE if names == ["all"] or len(released) == len(names) else PROBLEM


def _export(database: Database, file: Path, names: list[str]) -> int:
    outbox = Outbox(database)
    found = _find(outbox, names) if names else list(outbox.waiting())
    if len(found) < len(names):
        return PROBLEM
    try:
        write_sealed(outbox, found, file)
    except NotWrittenError as error:
        print(f"loket: {error}", file=sys.stderr)
        return PROBLEM
    print(f"{len(found)} written, still sealed")
    return FINE


def _paper(settings: Settings, database: Database, folder: Path, names: list[str]) -> int:
    """Take cases to the counter; without names those that wait too long."""
    outbox, clock = Outbox(database), SystemClock()
    found = _find(outbox, names) if names else list(outbox.alarming(clock.now(), _patience(settings)))
    private = key_paths(settings)[1]
    opener = read_opener(private) if private is not None and private.exists() else None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    failed = len(names) - len(found) if names else 0
    for case in found:
        try:
            print(write_paper(outbox, case, folder, opener, clock).name)
        except ExpectedError as error:
            print(f"loket: {case.reference}: {error}", file=sys.stderr)
            failed += 1
    if opener is None:
        print("loket: the key is not on this device: what was written is sealed", file=sys.stderr)
    elif found:
        print("loket: these pages name people: print them, then delete the files", file=sys.stderr)
    return PROBLEM if failed else FINE


def _delete(settings: Settings, database: Database, arguments: argparse.Namespace) -> int:
    if len(arguments.names) != 1 or arguments.reason is None or not arguments.yes:
        reasons = ", ".join(REASONS)
        print(f"loket: outbox delete takes one reference, --reason ({reasons}) and --yes", file=sys.stderr)
        return WRONG_USE
    outbox = Outbox(database)
    found = _find(outbox, arguments.names)
    if not found:
        return PROBLEM
    if not outbox.delete(found[0].case_id, SystemClock().now(), arguments.reason):
        print("loket: it does not wait any more, or is being sent now; nothing was deleted", file=sys.stderr)
        return PROBLEM
    second_copies(settings).drop(found[0].case_id)
    print("1 deleted for good; the audit log keeps why")
    return FINE


def _find(outbox: Outbox, names: list[str]) -> list[CaseSummary]:
    found: list[CaseSummary] = []
    for name in names:
        case = outbox.find(parse_reference(name) or name)
        if case is None:
            print(f"loket: there is no case {name}", file=sys.stderr)
        else:
            found.append(case)
    return found
