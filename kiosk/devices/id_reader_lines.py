# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ID reader's child process and its parent say to each other: lines of JSON, and nothing that does not fit.

The parent believes none of it: a line that is not exactly as here is a LineError, whose text tells nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from kiosk.devices.emrtd.document import AccessKey, Can, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_port import Presence, Progress

LONGEST_LINE = 16_384  # bytes
_LONGEST_NAME = 200  # characters; the lines of a passport hold 39 for both names, DG11 is not read
_DATE = re.compile(r"(?:\d{4}-\d{2}-\d{2})?", re.ASCII)
_ISSUER = re.compile(r"[A-Z<]{0,3}", re.ASCII)
_Word = TypeVar("_Word", bound=StrEnum)
_WITH_DOCUMENT = frozenset(
    {CardState.DONE, CardState.UNTRUSTED_ISSUER, CardState.PASSIVE_FAILED, CardState.CLONE_SUSPECTED}
)


class LineError(ValueError):
    """A line is not one of ours. Says where, never what stood there."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The child is about to ask the card something (`is_open`), or has its answer."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is to read, and when it is."""

    key: AccessKey
    now: datetime


Told = Presence | Progress | Exchange | Reading


def order_line(order: Order) -> bytes:
    """Word what the parent asks."""
    return _line({"key": _key_object(order.key), "now": order.now.isoformat()})


def order_of(line: bytes) -> Order:
    """Understand what the parent asks. Raises LineError."""
    found = _object(line)
    key = found.get("key")
    if not isinstance(key, dict):
        raise LineError("no key")
    try:
        now = datetime.fromisoformat(_text(found, "now", 40))
    except ValueError:
        raise LineError("no time") from None
    if "can" in key:
        return Order(Can(_text(key, "can", 20)), now)
    numbers = (_text(key, name, 40) for name in ("document_number", "birth_date", "expiry_date"))
    return Order(MrzKey(*numbers), now)


def told_line(told: Told) -> bytes:
    """Word what the child tells."""
    match told:
        case Presence():
            return _line({"presence": told.value})
        case Exchange(is_open):
            return _line({"exchange": is_open})
        case Progress(step, share):
            return _line({"step": step.value, "share": share})
        case Reading():
            return _line({"reading": _reading_object(told)})


def told_of(line: bytes) -> Told:
    """Understand what the child tells. Raises LineError."""
    found = _object(line)
    match found:
        case {"presence": _}:
            return _word(found, "presence", Presence)
        case {"exchange": bool(is_open)}:
            return Exchange(is_open)
        case {"step": _, "share": int() | float() as share} if not isinstance(share, bool) and 0 <= share <= 1:
            return Progress(_word(found, "step", Step), float(share))
        case {"reading": dict(reading)}:
            return _reading(reading)
        case _:
            raise LineError("a line of another kind")


def _key_object(key: AccessKey) -> Mapping[str, str]:
    match key:
        case Can(digits):
            return {"can": digits}
        case MrzKey(number, birth_date, expiry_date):
            return {"document_number": number, "birth_date": birth_date, "expiry_date": expiry_date}


def _reading_object(reading: Reading) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "state": reading.state.value,
        "passive": reading.checks.passive.value,
        "active": reading.checks.active.value,
        "chip": reading.checks.chip.value,
        "tries_left": reading.tries_left,
        "says": reading.says[:_LONGEST_NAME],
    }
    if reading.document is not None:
        document = reading.document
        found["document"] = {
            "kind": document.kind.value,
            "issuer": document.issuer,
            "surname": document.surname,
            "given_names": document.given_names,
            "birth_date": document.birth_date,
            "expiry_date": document.expiry_date,
            "is_expired": document.is_expired,
            "is_cut_off": document.is_cut_off,
        }
    return found


def _reading(found: dict[str, Any]) -> Reading:
    state = _word(found, "state", CardState)
    tries_left = found.get("tries_left")
    if tries_left is not None and (type(tries_left) is not int or not 0 <= tries_left <= 15):
        raise LineError("tries_left")
    document = found.get("document")
    if state is CardState.DONE if document is None else state not in _WITH_DOCUMENT:
        raise LineError("a document where none belongs, or none where one does")
    checks = Checks(*(_word(found, name, Verdict) for name in ("passive", "active", "chip")))
    return Reading(state, _document(document), checks, tries_left, _text(found, "says", _LONGEST_NAME))


def _document(found: object) -> Document | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise LineError("document")
    return Document(
        kind=_word(found, "kind", DocumentKind),
        issuer=_text(found, "issuer", 3, _ISSUER.fullmatch),
        surname=_text(found, "surname", _LONGEST_NAME, _is_said),
        given_names=_text(found, "given_names", _LONGEST_NAME, _is_said),
        birth_date=_text(found, "birth_date", 10, _DATE.fullmatch),
        expiry_date=_text(found, "expiry_date", 10, _DATE.fullmatch),
        is_expired=_switch(found, "is_expired"),
        is_cut_off=_switch(found, "is_cut_off"),
    )


def _line(found: Mapping[str, Any]) -> bytes:
    return json.dumps(found, separators=(",", ":")).encode() + b"\n"


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE or not line.endswith(b"\n"):
        raise LineError("half a line, or one too long")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError("no JSON") from None
    if not isinstance(found, dict):
        raise LineError("no object")
    return found


def _word(found: Mapping[str, Any], name: str, kind: type[_Word]) -> _Word:
    try:
        return kind(str(found.get(name)))
    except ValueError:
        raise LineError(name) from None


def _text(found: Mapping[str, Any], name: str, longest: int, fits: Callable[[str], object] = lambda text: True) -> str:
    text = found.get(name)
    if not isinstance(text, str) or len(text) > longest or not fits(text):
        raise LineError(name)
    return text


def _switch(found: Mapping[str, Any], name: str) -> bool:
    value = found.get(name)
    if not isinstance(value, bool):
        raise LineError(name)
    return value


def _is_said(text: str) -> bool:
    return text.isprintable()
