# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What two members of staff can change of one case, and a short name for how it stands: its version (feature S07).

An act of staff says on which version it is based. Documents, contacts and properties are no part of it: they are added
and overwrite nothing. An address counts by its last word: behind a proxy the same record can have another address.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

HANDLER = "behandelaar"
"""The `omschrijvingGeneriek` of whoever does the work."""


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """How a case stands at the case system, as far as one member of staff can overwrite another."""

    status: str = ""  # the id of its last status
    handlers: tuple[str, ...] = ()  # who has it, sorted, by `handler_mark`: no name stands readable on the disk
    is_suspended: bool = False
    ended_on: str = ""
    result: str = ""  # the id of its result

    @property
    def version(self) -> str:
        """Name it."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()[:32]


def standing_of(zaak: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> CaseStanding:
    """Read how a zaak stands, with all its rollen."""
    suspended = zaak.get("opschorting")
    return CaseStanding(
        status=_last(zaak.get("status")),
        handlers=tuple(
            sorted({handler_mark(handler_of(role), handler_name_of(role)) for role in roles if is_handler(role)})
        ),
        is_suspended=isinstance(suspended, dict) and suspended.get("indicatie") is True,
        ended_on=str(zaak.get("einddatum") or "")[:10],
        result=_last(zaak.get("resultaat")),
    )


def version_of(zaak: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> str:
    """Give the version of a zaak, with all its rollen: what `CounterCase.version` and `ActHeader.based_on` hold."""
    return standing_of(zaak, roles).version


def is_handler(role: Mapping[str, Any]) -> bool:
    """Tell whether a rol is of whoever does the work."""
    return role.get("omschrijvingGeneriek") == HANDLER


def handler_of(role: Mapping[str, Any]) -> str:
    """Give the number of a member of staff or the code of a department, else a name."""
    who = role.get("betrokkeneIdentificatie")
    said: Mapping[str, Any] = who if isinstance(who, dict) else {}
    for name in ("identificatie", "naam", "achternaam"):
        value = said.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return _last(role.get("betrokkene"))


def handler_name_of(role: Mapping[str, Any]) -> str:
    """Give the name of who it is, as far as it is known."""
    who = role.get("betrokkeneIdentificatie")
    said: Mapping[str, Any] = who if isinstance(who, dict) else {}
    for name in ("achternaam", "naam", "identificatie"):
        value = said.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return str(role.get("afwijkendeNaamBetrokkene") or "")


def handler_mark(number: str, name: str) -> str:
    """Tell handlers apart without naming them; two laptops may have given one number to two people."""
    return hashlib.sha256(json.dumps([number, name.casefold()]).encode()).hexdigest()[:16]


def _last(address: Any) -> str:
    # Some servers show the whole record where others show its address.
    found = address.get("uuid") or address.get("url") if isinstance(address, dict) else address
    return found.rstrip("/").rsplit("/", 1)[-1] if isinstance(found, str) else ""
