# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket outbox`: where every case is, how long it waits and why; without opening one, so without personal data."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.joining import open_database
from commands.system_clock import SystemClock
from domain.case import CaseState, CaseSummary
from domain.reference import parse_reference
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox

_WAITING = frozenset({CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="all cases, for programs")
    parser.add_argument("action", nargs="?", choices=["retry", "export"], help="send again now, or write to a file")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help='retry: references, or "all"; export: the file, then references (none: all that wait)',
    )


def run(arguments: argparse.Namespace) -> int:
    """List the cases, release some, or write some to a file."""
    if arguments.action and not arguments.names:
        print(f"loket: outbox {arguments.action} needs a name", file=sys.stderr)
        return WRONG_USE
    database = open_database(load_settings(arguments.config))
    try:
        match arguments.action:
            case "retry":
                return _retry(database, arguments.names)
            case "export":
                return _export(database, Path(arguments.names[0]), arguments.names[1:])
            case _:
                return _list(database, arguments)
    finally:
        database.close()


def _list(database: Database, arguments: argparse.Namespace) -> int:
    cases = SqliteCaseStore(database).summaries()
    if arguments.json:
        print(json.dumps({"cases": [_plain(database, case) for case in cases]}))
        return FINE
    now = SystemClock().now()
    waiting = [case for case in cases if case.state in _WAITING]
    for case in waiting:
        age, why = _age(now, case.submitted_at), _why(database, case)
        print(f"{case.reference}  {case.service_id}  {case.state}  {age}  {case.attempts}x  {why}".rstrip())
    print(f"{len(waiting)} waiting, {len(cases) - len(waiting)} with the municipality")
    return FINE


def _why(database: Database, case: CaseSummary) -> str:
    """Say what the last try came to, with what the server answered."""
    detail = audit_log.last_detail(database, case.case_id) if case.reason else ""
    # The detail begins with the reason.
    return detail or case.reason


def _plain(database: Database, case: CaseSummary) -> dict[str, object]:
    return {
        "reference": case.reference,
        "service": case.service_id,
        "state": case.state.value,
        "queued_at": case.submitted_at.isoformat(),
        "attempts": case.attempts,
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
    exported = [json.loads(outbox.export(case.case_id)) for case in found]
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        print(f"loket: {file.name} cannot be made: {error.strerror}", file=sys.stderr)
        return PROBLEM
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        json.dump({"format": 1, "cases": exported}, opened)
        opened.flush()
        os.fsync(opened.fileno())
    print(f"{len(exported)} written, still sealed")
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
