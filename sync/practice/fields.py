# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks the fields of a body: present, not blank, not too long, of the right kind. Codes are those of Open Zaak."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sync.practice.exchange import Body
from sync.practice.refusals import InvalidParam, invalid

Check = Callable[[Any], str]
"""Gives the code of what is wrong with a value, or an empty text."""


CONFIDENTIALITY = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)


@dataclass(frozen=True, slots=True)
class Field:
    """What one field must be."""

    name: str
    longest: int = 0
    check: Check | None = None
    is_required: bool = False
    may_be_blank: bool = True
    may_be_null: bool = False


def required(name: str, longest: int = 0, check: Check | None = None) -> Field:
    """Make a field that must be there and hold something."""
    return Field(name, longest, check, is_required=True, may_be_blank=False)


def is_url(value: Any) -> str:
    """Check an address."""
    parts = urlsplit(value) if isinstance(value, str) else None
    return "" if parts and parts.scheme in ("http", "https") and parts.netloc else "invalid"


def is_date(value: Any) -> str:
    """Check a date."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return "invalid"
    try:
        date.fromisoformat(value)
    except ValueError:
        return "invalid"
    return ""


def is_moment(value: Any) -> str:
    """Check a date and time; the original takes one without a zone too."""
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return "invalid"
    return ""


def is_boolean(value: Any) -> str:
    """Check a yes or no."""
    return "" if isinstance(value, bool) else "invalid"


def is_rsin(value: Any) -> str:
    """Check an RSIN: nine digits that pass the eleven test."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{9}", value):
        return "invalid"
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, value, strict=True))
    return "" if total % 11 == 0 and int(value) else "invalid"


def is_base64(value: Any) -> str:
    """Check a file in base64."""
    try:
        base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        return "invalid"
    return ""


def is_digits(value: Any) -> str:
    """Check a number that is written as text."""
    return "" if isinstance(value, str) and re.fullmatch(r"[0-9]+", value) else "invalid"


def is_object(value: Any) -> str:
    """Check that a value is a JSON object."""
    return "" if isinstance(value, dict) else "invalid"


def is_duration(value: Any) -> str:
    """Check a duration in the notation of ISO 8601, by days or longer."""
    is_one = isinstance(value, str) and re.fullmatch(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?", value)
    return "" if is_one else "invalid"


def has(*fields: Field) -> Check:
    """Make a check on one object with these fields."""

    def check(value: Any) -> str:
        if not isinstance(value, dict):
            return "invalid"
        return next((fault.code for fault in faults_of(value, fields)), "")

    return check


def one_of(*choices: str) -> Check:
    """Make a check on a closed list."""
    return lambda value: "" if value in choices else "invalid_choice"


def many(*fields: Field) -> Check:
    """Make a check on a list of objects with these fields."""

    def check(value: Any) -> str:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return "not_a_list"
        return next((fault.code for item in value for fault in faults_of(item, fields)), "")

    return check


def faults_of(body: Body, fields: Iterable[Field], *, partial: bool = False) -> list[InvalidParam]:
    """Give everything that is wrong; a partial body (PATCH) may leave fields out."""
    found: list[InvalidParam] = []
    for field in fields:
        code = _fault(body, field, partial=partial)
        if code:
            found.append(InvalidParam(field.name, code, f"{field.name}: {code}"))
    return found


def check_fields(body: Body, fields: Iterable[Field], *, partial: bool = False) -> None:
    """Refuse a body with anything wrong in it.

    Raises: RefusalError with every fault.
    """
    found = faults_of(body, fields, partial=partial)
    if found:
        raise invalid(found)


def _fault(body: Body, field: Field, *, partial: bool) -> str:
    if field.name not in body:
        return "required" if field.is_required and not partial else ""
    value = body[field.name]
    if value is None:
        return "" if field.may_be_null else "null"
    if value == "":
        return "" if field.may_be_blank else "blank"
    return _too_long(value, field.longest) or (field.check(value) if field.check else "")


def _too_long(value: Any, longest: int) -> str:
    if not longest:
        return ""
    if not isinstance(value, str):
        return "invalid"
    if len(value) > longest:
        return "max_length"
    return "null_characters_not_allowed" if "\x00" in value else ""
