# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket outage`: for the municipality: make the key, close a service for now, open it again, look at a message.

It writes the file; putting it on the web address, or in the data folders, is for whoever does that.
"""

from __future__ import annotations

import argparse
import json
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from commands.cli import FINE
from commands.configuration import load_settings
from commands.system_clock import SystemClock
from domain.errors import OutageElsewhereError, OutageError, OutageExpiredError
from domain.outage import SOURCE, Closure, OutageMessage, as_table
from resources.service_library import ServiceLibrary
from sync.outage_seal import make_outage_keys, opened, parsed, read_private, read_public, sealed

HERE = ZoneInfo("Europe/Amsterdam")
_LIFTED_FOR = timedelta(days=90)  # a device that was off hears of it when it is on


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["key", "make", "lift", "check"], help="key pair, close, open again, look")
    parser.add_argument("--file", type=Path, default=Path("outages.json"), help="the message; what it closes stays so")
    parser.add_argument("--private", type=Path, default=Path("outage.key"), metavar="FILE", help="the key that signs")
    parser.add_argument("--public", type=Path, metavar="FILE", help="the key of the devices (check: as in [outages])")
    parser.add_argument("--service", action="append", default=[], metavar="ID", help="may be given again")
    parser.add_argument("--text", action="append", default=[], metavar="nl=TEXT", help="per language; Dutch always")
    parser.add_argument("--until", metavar="DATE", help="the last day, or a moment: 2026-11-24T12:00")
    parser.add_argument("--phone", default="", help="who is called meanwhile, if not the usual number")
    parser.add_argument("--desk", default="", help="who helps meanwhile, if not the usual desk")
    parser.add_argument("--municipality", help="as in [device] of the devices; left out: of these settings")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; what cannot be is said with its remedy."""
    if arguments.action == "key":
        public = arguments.public or arguments.private.with_suffix(".pub")
        make_outage_keys(public, arguments.private)
        print(f"{public.name}: for every device; {arguments.private.name}: for who may close a service, nobody else")
        return FINE
    settings = load_settings(arguments.config)
    municipality = arguments.municipality or settings.device.municipality
    now = SystemClock().now()
    if arguments.action == "check":
        public = arguments.public or settings.outages.public_key_file
        if public is None:
            raise OutageError("no public key is named", "give --public, or name it in [outages]")
        message = opened(parsed(_text(arguments.file)), read_public(public))
        if message.municipality != municipality:
            raise OutageElsewhereError("this message is for another municipality", "look at [device] municipality")
        if now >= message.expires_at:
            raise OutageExpiredError("the time of this message is over", "make a new one")
        _tell(message, as_json=arguments.json)
        return FINE
    key = read_private(arguments.private)
    before = None
    if arguments.file.exists():
        before = opened(parsed(_text(arguments.file)), key.verify_key)
        if before.municipality != municipality:
            raise OutageElsewhereError("the file is of another municipality", "name another --file")
    blank = following(before, municipality, now)
    services = tuple(arguments.service)
    if arguments.action == "make":
        _refuse_unknown(services)
        until = moment_of(arguments.until or "", now)
        closure = Closure(texts_of(arguments.text), arguments.phone.strip(), arguments.desk.strip())
        message = closing(blank, services, closure, until)
    else:
        message = lifting(blank, services, now)
    _write(arguments.file, sealed(message, key))
    _tell(message, as_json=arguments.json)
    return FINE


def following(before: OutageMessage | None, municipality: str, now: datetime) -> OutageMessage:
    """Give the message that comes after one, with what that one still closes."""
    # Seconds since 1970: higher than any before, also where the last file was lost.
    serial = max(int(now.timestamp()), before.serial + 1 if before is not None else 0)
    is_live = before is not None and now < before.expires_at
    closures = before.closures if before is not None and is_live else MappingProxyType({})
    expires_at = before.expires_at if before is not None and is_live else now
    return OutageMessage(str(uuid.uuid4()), municipality, now.replace(microsecond=0), expires_at, serial, closures)


def closing(blank: OutageMessage, services: Sequence[str], closure: Closure, until: datetime) -> OutageMessage:
    """Close services as well; a message has one end, the latest that was asked.

    Raises: OutageError.
    """
    if not services:
        raise OutageError("no service is named", "give --service ID")
    closures = {**blank.closures, **dict.fromkeys(services, closure)}
    expires_at = max(blank.expires_at, until) if blank.closures else until
    return replace(blank, closures=MappingProxyType(closures), expires_at=expires_at)


def lifting(blank: OutageMessage, services: Sequence[str], now: datetime) -> OutageMessage:
    """Open these services again, or all when none is named.

    Raises: OutageError when one of them is not closed.
    """
    for service in services:
        if service not in blank.closures:
            raise OutageError(f"{service} is not closed by this file", "see `loket outage check`")
    left = {name: closure for name, closure in blank.closures.items() if services and name not in services}
    expires_at = blank.expires_at if left else max(blank.expires_at, now + _LIFTED_FOR)
    return replace(blank, closures=MappingProxyType(left), expires_at=expires_at)


def texts_of(given: Sequence[str]) -> Mapping[str, str]:
    """Read the texts by language.

    Raises: OutageError.
    """
    texts = {}
    for each in given:
        language, sign, text = each.partition("=")
        if not sign or language in texts:
            raise OutageError("a --text has no language, or one twice", "write --text nl=... --text en=...")
        texts[language.strip()] = text.strip()
    if SOURCE not in texts:
        raise OutageError("there is no Dutch text", "give --text nl=...")
    return MappingProxyType(texts)


def moment_of(until: str, now: datetime) -> datetime:
    """Read a moment, or a day: the end of it, in the Netherlands.

    Raises: OutageError.
    """
    try:
        if len(until) == 10:
            day = date.fromisoformat(until)
            moment = datetime.combine(day + timedelta(days=1), time(), HERE).astimezone(UTC)
        else:
            found = datetime.fromisoformat(until)
            moment = (found if found.tzinfo is not None else found.replace(tzinfo=HERE)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise OutageError("--until is no day", "write it as 2026-11-24, or 2026-11-24T12:00") from None
    if moment <= now:
        raise OutageError("--until is over already", "give a day that comes")
    return moment


def _refuse_unknown(services: Sequence[str]) -> None:
    known = {service.id for service in ServiceLibrary.load().services}
    for service in services:
        if service not in known:
            raise OutageError("there is no service with this id", "choose from " + ", ".join(sorted(known)))


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise OutageError(f"{file.name} cannot be read", "name the message with --file") from None


def _write(file: Path, content: bytes) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    except OSError:
        raise OutageError(f"{file.name} cannot be written", "look at the folder and its owner") from None


def _tell(message: OutageMessage, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_table(message), ensure_ascii=False))
        return
    until = message.expires_at.astimezone(HERE)
    print(f"{message.municipality}, serial {message.serial}, until {until:%Y-%m-%d %H:%M}")
    for name, closure in message.closures.items():
        print(f"  {name} closed ({', '.join(closure.texts)}): {closure.texts[SOURCE]}")
    if not message.closures:
        print("  nothing is closed")
