# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's word that services are closed for now: what it must hold, and what a visitor is told (S14).

Whether the word is genuine and new is for `sync.outages`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from domain.errors import OutageUnreadableError

SOURCE = "nl"  # each closure says it in Dutch at least
LONGEST_TEXT = 300
MOST_CLOSURES = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SERIAL = range(1, 2**53)
_FIELDS = frozenset({"id", "municipality", "issued_at", "expires_at", "serial", "closures"})
_CLOSURE_FIELDS = frozenset({"texts", "phone", "desk"})


@dataclass(frozen=True, slots=True)
class Closure:
    """Why one service is closed, by language, and who helps meanwhile (empty: who always does)."""

    texts: Mapping[str, str]
    phone: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class OutageMessage:
    """All that is closed at one municipality; a later serial takes the place of this one, none closed lifts all."""

    id: str
    municipality: str
    issued_at: datetime
    expires_at: datetime
    serial: int
    closures: Mapping[str, Closure] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Outage:
    """What a visitor is told of one closed service; `heard_at`: when this device heard it last."""

    closure: Closure
    heard_at: datetime


def as_table(message: OutageMessage) -> dict[str, Any]:
    """Write a message in its portable form."""
    return {
        "id": message.id,
        "municipality": message.municipality,
        "issued_at": message.issued_at.isoformat(),
        "expires_at": message.expires_at.isoformat(),
        "serial": message.serial,
        "closures": {name: _closure_table(closure) for name, closure in message.closures.items()},
    }


def from_table(found: object) -> OutageMessage:
    """Read the portable form, whole or not at all.

    Raises: OutageUnreadableError.
    """
    table = _table(found, "the message", _FIELDS)
    serial = table.get("serial")
    if isinstance(serial, bool) or not isinstance(serial, int) or serial not in _SERIAL:
        raise OutageUnreadableError("serial is no whole number above nought", "`loket outage make` gives the next")
    closures = _table(table.get("closures"), "closures")
    if len(closures) > MOST_CLOSURES:
        raise OutageUnreadableError("more services are closed than there can be", "make the message again")
    return OutageMessage(
        id=_text(table.get("id"), "id"),
        municipality=_text(table.get("municipality"), "municipality"),
        issued_at=_moment(table.get("issued_at"), "issued_at"),
        expires_at=_moment(table.get("expires_at"), "expires_at"),
        serial=serial,
        closures=MappingProxyType({_name(name): _closure(closure) for name, closure in closures.items()}),
    )


def _closure_table(closure: Closure) -> dict[str, Any]:
    table: dict[str, Any] = {"texts": dict(closure.texts)}
    if closure.phone:
        table["phone"] = closure.phone
    if closure.desk:
        table["desk"] = closure.desk
    return table


def _closure(found: object) -> Closure:
    table = _table(found, "a closure", _CLOSURE_FIELDS)
    texts = _table(table.get("texts"), "texts")
    if SOURCE not in texts:
        raise OutageUnreadableError("a closure has no Dutch text", "give one: --text nl=...")
    for language in texts:
        if not _LANGUAGE.fullmatch(language):
            raise OutageUnreadableError("a text has a language that is none", "write a code, such as nl or en")
    return Closure(
        MappingProxyType({language: _text(text, f"the text in {language}") for language, text in texts.items()}),
        _text(table["phone"], "phone") if "phone" in table else "",
        _text(table["desk"], "desk") if "desk" in table else "",
    )


def _table(found: object, what: str, known: frozenset[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise OutageUnreadableError(f"{what} is no table", "make the message with `loket outage make`")
    if known is not None and not known.issuperset(found):
        raise OutageUnreadableError(f"{what} holds what nobody knows", "make the message with `loket outage make`")
    return found


def _name(found: str) -> str:
    if not _NAME.fullmatch(found):
        raise OutageUnreadableError("a service has an id that is none", "see the folders of the services")
    return found


def _text(found: object, what: str) -> str:
    # Invisible signs could turn words round, or speak for another language: nothing but what is seen.
    is_well = isinstance(found, str) and found.strip() == found and 0 < len(found) <= LONGEST_TEXT
    if not is_well or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in str(found)):
        raise OutageUnreadableError(f"{what} is no plain line of at most {LONGEST_TEXT} signs", "write it shorter")
    return str(found)


def _moment(found: object, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(found) if isinstance(found, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise OutageUnreadableError(f"{what} is no moment with its time zone", "write it as 2026-11-24T09:30:00+00:00")
