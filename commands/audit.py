# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket audit`: check the log of what happened, and the store held against it; give it to the data protection officer.

`accept` is for a person who looked at what was found, or who changed settings, keys or content: it begins anew from
how things stand. Nothing here shows an answer, a name or a number of a citizen. See docs/audit.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from contextlib import closing
from pathlib import Path

from commands.audit_rounds import verify_key_of, write_private
from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import OPENED_STORE, STORE, data_dir, device_key
from commands.system_clock import SystemClock
from commands.watched import watched
from domain.errors import SettingsError, StoreError
from domain.settings import Settings
from sync import audit_check
from sync.audit_check import AuditCheck, Report
from sync.audit_export import has_line, sum_of, write_lines
from sync.database import Database
from sync.signing import signed, verified

_SIGNATURE = ".signature.json"
_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["check", "export", "accept", "verify"], help="look, write out, begin anew")
    parser.add_argument("file", nargs="?", type=Path, help="export, verify: .csv, or .jsonl for JSON lines")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--opened", action="store_true", help="the store of `loket open`, at the municipality")
    parser.add_argument(
        "--against",
        metavar="NUMBER:HASH",
        default="",
        help="check: a line that somebody kept elsewhere, such as `audit` in an old heartbeat",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; 1 when something was found."""
    settings = load_settings(arguments.config)
    store = data_dir(settings) / (OPENED_STORE if arguments.opened else STORE)
    if arguments.action == "verify":
        return _verify(settings, _named(arguments))
    if not store.exists():
        print("loket: there is no store yet; the first case makes it", file=sys.stderr)
        return FINE
    with closing(Database(store)):
        pass  # an older store is brought up to date first
    if arguments.action == "export":
        return _export(settings, store, _named(arguments))
    if arguments.action == "accept":
        return _accept(settings, store, arguments)
    return _check(settings, store, arguments)


def _check(settings: Settings, store: Path, arguments: argparse.Namespace) -> int:
    check = AuditCheck(store, verify_key_of(settings))
    report = check.run(SystemClock().now(), watched(settings), progress=None if arguments.json else _progress)
    problems = [_says(finding.slug, finding.line, finding.case_id) for finding in report.findings]
    if arguments.against and not _holds(store, arguments.against):
        problems.append("the line that was kept elsewhere is not in this log, or says something else")
    if arguments.json:
        print(json.dumps({**_figures(report), "problems": problems}, indent=2))
    else:
        print(_as_text(report))
        print("\n".join(f"  {problem}" for problem in problems) or "unbroken; the store fits it")
    return PROBLEM if problems else FINE


def _progress(lines: int) -> None:
    print(f"loket: {lines} lines checked", file=sys.stderr)


def _figures(report: Report) -> dict[str, object]:
    return {
        "lines": report.lines,
        "first": report.first,
        "last": report.number,
        "hash": report.hash,
        "signed_upto": report.head.number if report.head is not None else 0,
        "signed_at": report.head.at if report.head is not None else "",
        "removed_by_retention_upto": report.removed_upto,
        "accepted_by_a_person_upto": report.accepted_upto,
    }


def _as_text(report: Report) -> str:
    head = f"signed up to {report.head.number} at {report.head.at}" if report.head is not None else "never signed yet"
    says = [f"lines {report.first} to {report.number}, {head}", f"ends with {report.number}:{report.hash}"]
    if report.removed_upto:
        says.append(f"lines up to {report.removed_upto} were removed by retention, signed")
    if report.accepted_upto:
        says.append(f"a person accepted how things stood after line {report.accepted_upto}")
    return "\n".join(says)


def _says(slug: str, line: int, case_id: str) -> str:
    return f"{slug}{f' at line {line}' if line else ''}{f' case {case_id}' if case_id else ''}"


def _holds(store: Path, told: str) -> bool:
    found = _HEAD.fullmatch(told)
    if found is None:
        raise SettingsError("--against needs NUMBER:HASH", "as `loket audit check` prints it")
    return has_line(store, int(found[1]), found[2])


def _accept(settings: Settings, store: Path, arguments: argparse.Namespace) -> int:
    now, key, seen = SystemClock().now(), device_key(settings), watched(settings)
    report = AuditCheck(store, key.verify_key).run(now, seen)
    with closing(Database(store)) as database:
        audit_check.accept(database, key, seen, now)
    slugs = sorted({finding.slug for finding in report.findings})
    if arguments.json:
        print(json.dumps({"accepted": slugs}))
    else:
        print(f"accepted: {', '.join(slugs) or 'nothing was found'}; the log is judged from here on")
    return FINE


def _export(settings: Settings, store: Path, file: Path) -> int:
    is_csv = file.suffix == ".csv"
    if not is_csv and file.suffix != ".jsonl":
        raise SettingsError(f"{file.name} ends in neither .csv nor .jsonl", "choose one")
    key, now = device_key(settings), SystemClock().now()
    report = AuditCheck(store, key.verify_key).run(now, watched(settings))
    try:
        number, sum_ = write_lines(store, file, is_csv=is_csv)
        said = {
            "format": 1,
            "device": settings.device.id,
            "at": now.isoformat(timespec="seconds"),
            "file": file.name,
            "blake2b": sum_,
            **_figures(report),
            "found": sorted({finding.slug for finding in report.findings}),
        }
        write_private(_signature_of(file), signed(said, key))
    except OSError as error:
        raise StoreError(f"{file.name} cannot be written: {error.strerror}", "choose another place") from None
    print(f"{number} lines in {file.name}, signed in {_signature_of(file).name}", file=sys.stderr)
    return PROBLEM if report.findings else FINE


def _verify(settings: Settings, file: Path) -> int:
    try:
        said = verified(_signature_of(file).read_bytes(), bytes(device_key(settings).verify_key))
        found = sum_of(file)
    except OSError as error:
        raise StoreError(f"{file.name} cannot be read: {error.strerror}", "keep both files together") from None
    if found != said["blake2b"]:
        print(f"{file.name} was changed since it was written")
        return PROBLEM
    print(f"{file.name} is as {said['device']} wrote it at {said['at']}")
    return FINE


def _signature_of(file: Path) -> Path:
    return file.with_name(file.name + _SIGNATURE)


def _named(arguments: argparse.Namespace) -> Path:
    if arguments.file is None:
        raise SettingsError("no file is named", "such as audit.csv")
    named: Path = arguments.file
    return named
