# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket staff`: who of the staff may sign in on this device: add, list, remove, unlock, another PIN, a badge.

A PIN is asked for without showing it, or made and shown once; it is never an argument. What comes of it stands in the
audit log, by id and without a name.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from contextlib import closing
from datetime import datetime

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.fault_lines import tell_of
from commands.joining import data_dir, open_database
from commands.system_clock import SystemClock
from domain.errors import ExpectedError, StaffError
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember, new_start_pin
from sync import audit_log
from sync.staff_book import STAFF, STAFF_KEY, SqliteStaffBook, StaffFile
from sync.staff_seal import StaffSeal, staff_key

_ROLES = {
    **{role.value: role for role in Role},
    "vrijwilliger": Role.HELPER,
    "baliemedewerker": Role.COUNTER,
    "beheer": Role.IT,
}
_OF_ONE = ("remove", "pin", "badge")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = ["add", "list", "remove", "unlock", "pin", "badge"]
    parser.add_argument("action", choices=actions, help="unlock: forget all wrong tries; pin: give another one")
    parser.add_argument("who", nargs="?", default="", help="add: the name; remove, pin, badge: the number")
    parser.add_argument("--role", choices=sorted(_ROLES), help="add: what they do here")
    parser.add_argument("--number", type=int, default=0, help="add: the same on each device; else the first free one")
    parser.add_argument("--start-pin", action="store_true", help="add, pin: make a PIN and show it once")
    parser.add_argument("--none", action="store_true", help="badge: take the badge away")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; what cannot be is said with its remedy."""
    number = int(arguments.who) if arguments.who.isdecimal() else 0
    if arguments.action in _OF_ONE and not number:
        print(f"loket staff {arguments.action}: which number? See `loket staff list`", file=sys.stderr)
        return WRONG_USE
    if arguments.action == "add" and not (arguments.who.strip() and arguments.role):
        print("loket staff add: a name and --role are needed", file=sys.stderr)
        return WRONG_USE
    settings, now = load_settings(arguments.config), SystemClock().now()
    with closing(StaffFile(data_dir(settings) / STAFF)) as file:
        book = book_on(file, settings)
        match arguments.action:
            case "add":
                return _add(book, arguments, now)
            case "list":
                return _list(book, is_json=arguments.json)
            case "remove":
                book.remove(number, now)
                print(f"{number} is removed, with name, PIN and badge")
            case "unlock":
                print(f"unlocked: {book.unlock(now)}")
            case "pin":
                pin = _pin(is_made=arguments.start_pin)
                book.change_pin(book.member(number).staff_id, pin, now, is_start_pin=arguments.start_pin)
                _say_pin(number, pin, is_made=arguments.start_pin)
            case _:
                badge = "" if arguments.none else getpass.getpass("Hold the badge before the reader: ")
                if not badge and not arguments.none:
                    raise StaffError("no badge was read", "hold it before the reader, or --none to take theirs away")
                book.give_badge(number, badge, now)
                print(f"{number}: {'no badge' if arguments.none else 'this badge opens'}")
    return FINE


def book_on(file: StaffFile, settings: Settings) -> SqliteStaffBook:
    """Give the staff of this device; what happens to it is told in the audit log of the store.

    Raises: SealingError.
    """

    def told(event: str, staff_id: StaffId | None, at: datetime) -> None:
        # Who must mend a broken store has to come in too: then the log of the machine is all there is.
        try:
            with closing(open_database(settings)) as database, database.writing() as connection:
                audit_log.append(connection, at, event, "", staff_id or "")
        except ExpectedError as error:
            tell_of(error)

    return SqliteStaffBook(file, StaffSeal(staff_key(data_dir(settings) / STAFF_KEY)), told)


def _add(book: SqliteStaffBook, arguments: argparse.Namespace, now: datetime) -> int:
    role = _ROLES[arguments.role]
    if role is not Role.IT and not any(member.role is Role.IT for member in book.members()):
        print("loket staff: the first is of IT (--role it): who else unlocks what is locked?", file=sys.stderr)
        return PROBLEM
    pin = _pin(is_made=arguments.start_pin)
    member = book.add(arguments.who.strip(), role, pin, now, is_start_pin=arguments.start_pin, number=arguments.number)
    print(f"number {member.number}: {role.value}")
    _say_pin(member.number, pin, is_made=arguments.start_pin)
    return FINE


def _pin(*, is_made: bool) -> str:
    if is_made:
        return new_start_pin()
    pin = getpass.getpass("PIN, 6 to 12 digits: ")
    if getpass.getpass("Once more: ") != pin:
        raise StaffError("the two are not the same", "try again")
    return pin


def _say_pin(number: int, pin: str, *, is_made: bool) -> None:
    print(f"start PIN of {number}, shown once: {pin}" if is_made else f"{number} has this PIN now")


def _list(book: SqliteStaffBook, *, is_json: bool) -> int:
    members = book.members()
    if is_json:
        print(json.dumps([_line(member) for member in members]))
        return FINE
    for member in members:
        signs = ", ".join(
            word for word, is_so in (("badge", member.has_badge), ("start PIN", member.has_start_pin)) if is_so
        )
        print(f"{member.number:>4}  {member.role.value:8} {member.name}{f'  ({signs})' if signs else ''}")
    if not members:
        print("nobody yet -> loket staff add NAME --role it")
    return FINE


def _line(member: StaffMember) -> dict[str, object]:
    return {
        "number": member.number,
        "name": member.name,
        "role": member.role.value,
        "badge": member.has_badge,
        "start_pin": member.has_start_pin,
    }
