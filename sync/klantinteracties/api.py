# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls the Klantinteracties API: its address, its one token, records made and looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.transport import ServerFailedError, Transport
from sync.zgw.catalogi import items_of


@dataclass(frozen=True, slots=True)
class ContactSettings:
    """Where the API is, what opens it, and who takes on the work of which service."""

    root: str
    token: str = field(repr=False)
    tasks: Mapping[str, str] = field(default_factory=dict)  # service -> "afdeling:...", "groep:..." or "medewerker:..."


class ContactApi:
    """Makes calls; for one thread."""

    def __init__(self, settings: ContactSettings, transport: Transport) -> None:
        self.settings = settings
        self.transport = transport
        self._root = settings.root if settings.root.endswith("/") else f"{settings.root}/"

    def find(self, path: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
        """Look records up."""
        answer = self.transport.call("GET", self._root + path, lambda _now: self._headers(), query).data
        return items_of(answer)

    def make(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Make a record and give it.

        Raises: ServerFailedError when the answer is none, and what `Transport` raises.
        """
        headers = {**self._headers(), "Content-Type": "application/json"}
        made = self.transport.call("POST", self._root + path, lambda _now: headers, body=body).data
        if not isinstance(made, dict):
            raise ServerFailedError("the answer is no record")
        return made

    def _headers(self) -> dict[str, str]:
        return {"Accept": "application/json", "Authorization": f"Token {self.settings.token}"}


def uuid_of(record: Any) -> str:
    """Give the id of a record.

    Raises: ServerFailedError when it has none.
    """
    found = record.get("uuid") if isinstance(record, dict) else None
    if not isinstance(found, str) or not found:
        raise ServerFailedError("the answer names no id")
    return found
