# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket faults`: the groups of faults of this device, each with an owner and an answer.

Words of lists, counts and days: never an answer, a name, a number or a reference of a citizen. Exit code 1 tells of a
group that nobody owned for two working days.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.joining import data_dir
from commands.staff import book_on
from commands.system_clock import SystemClock
from domain.settings import Settings
from domain.staff import StaffMember
from domain.system_fault import FaultGroup, FaultOwner
from sync.counter_file import COUNTER, CounterFile
from sync.fault_book import SqliteFaultBook
from sync.staff_book import STAFF, StaffFile

HERE = ZoneInfo("Europe/Amsterdam")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("action", nargs="?", choices=["own"], help="own: give a group to a member of staff")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NUMBER",
        help="own: the number of the group, then that of the member (`loket staff`)",
    )


def run(arguments: argparse.Namespace) -> int:
    """List the groups, or give one to somebody."""
    settings, now = load_settings(arguments.config), SystemClock().now()
    if arguments.action == "own" and len(arguments.names) != 2:
        print("loket: faults own takes the number of the group and that of the member", file=sys.stderr)
        return WRONG_USE
    with closing(CounterFile(data_dir(settings) / COUNTER)) as file:
        book = SqliteFaultBook(file)
        if arguments.action == "own":
            return _own(settings, book, *arguments.names, now=now)
        groups = book.groups()
    if arguments.json:
        print(json.dumps({"faults": [plain(group, now) for group in groups]}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(groups, now)))
    return PROBLEM if any(group.is_escalated(now) for group in groups) else FINE


def _own(settings: Settings, book: SqliteFaultBook, number: str, staff: str, *, now: datetime) -> int:
    member = next((found for found in members_of(settings) if str(found.number) == staff), None)
    if member is None:
        print("loket: there is no such member -> `loket staff` lists them", file=sys.stderr)
        return PROBLEM
    if not number.isdecimal() or not book.own(int(number), FaultOwner(member.name, staff), now):
        print("loket: there is no such open fault -> `loket faults` lists them", file=sys.stderr)
        return PROBLEM
    print(f"fault {number} is of {staff} now")
    return FINE


def members_of(settings: Settings) -> Sequence[StaffMember]:
    """Give the staff of this device, who may own a fault.

    Raises: StoreError and its kinds, SealingError.
    """
    with closing(StaffFile(data_dir(settings) / STAFF)) as file:
        return tuple(book_on(file, settings).members())


def plain(group: FaultGroup, now: datetime) -> dict[str, object]:
    """Give what may be known of a group anywhere; the name of its owner stays at the desk."""
    return {
        "number": group.number,
        "source": group.key.source.value,
        "about": group.key.about,
        "kind": group.key.kind,
        "count": group.count,
        "first_on": f"{group.first_at.astimezone(HERE):%Y-%m-%d}",
        "last_on": f"{group.last_at.astimezone(HERE):%Y-%m-%d}",
        "owner": _owner(group.owner),
        "days_without_owner": group.days_without_owner(now.astimezone(HERE).date()),
        "escalated": group.is_escalated(now),
        "answered": group.answer is not None,
        "citizens": group.citizens,
        "told": group.told,
    }


def _owner(owner: FaultOwner | None) -> str:
    return "" if owner is None else owner.staff_number or owner.name


def _lines(groups: Sequence[FaultGroup], now: datetime) -> list[str]:
    found = []
    for group in groups:
        line = plain(group, now)
        owner = f"owner {line['owner']}" if line["owner"] else f"nobody, {line['days_without_owner']} working days"
        mark = "  ESCALATED" if line["escalated"] else ""
        told = f"  told {group.told} of {group.citizens}" if group.answer is not None else ""
        found.append(
            f"{group.number:>4}  {line['source']}  {line['about']}  {line['kind']}  {group.count}x"
            f"  {line['first_on']} - {line['last_on']}  {owner}{mark}{told}"
        )
    open_ones = [group for group in groups if group.answer is None]
    nobody = sum(group.owner is None for group in open_ones)
    return [*found, f"{len(open_ones)} open, {nobody} without an owner, {len(groups) - len(open_ones)} answered"]
