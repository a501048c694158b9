# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes that pass through the practice back end: what came in, what goes out, what is to be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Body = dict[str, Any]
"""A JSON object as the standard has it: here the wire format is the data itself."""


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A request as it was sent, for tests that check every one against the published documents."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """A program that may call, as the municipality would have entered it."""

    client_id: str
    secret: str = field(repr=False)
    scopes: frozenset[str]
    case_types: frozenset[str] | None = None
    """Identificaties of the zaaktypen it may see and make zaken of; None is all."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door: who calls, when, about what."""

    method: str
    path: str
    ids: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Body
    client: Client
    now: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One record to write, with the keys that no other record may have."""

    collection: str
    uuid: str
    record: Body
    unique: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Creation:
    """Records that passed every check and are to be written together; `shown` is the answer."""

    entries: tuple[Entry, ...]
    shown: Body
    status: int = 201


def json_answer(shown: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Give an answer with JSON in it."""
    return Answer(status, json.dumps(shown).encode(), headers=headers)
