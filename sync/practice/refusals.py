# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the practice back end answers when it takes a request not: the error shapes of Open Zaak.

Errors look like RFC 7807 but say `application/json`; a crash is a page of HTML.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import ExpectedError
from sync.practice.exchange import Answer

_TITLES = {
    400: ("ValidationError", "Invalid input."),
    401: ("NotAuthenticated", "Authenticatiegegevens zijn niet opgegeven."),
    403: ("PermissionDenied", "Je hebt geen toestemming om deze actie uit te voeren."),
    404: ("NotFound", "Niet gevonden."),
    405: ("MethodNotAllowed", "Methode niet toegestaan."),
    406: ("NotAcceptable", "Kan niet voldoen aan de opgegeven Accept header."),
    411: ("LengthRequired", "Content-Length ontbreekt."),
    412: ("PreconditionFailed", "Precondition failed."),
    413: ("RequestEntityTooLarge", "Te groot."),
    415: ("UnsupportedMediaType", "Ongeldig media type."),
    429: ("Throttled", "Te veel verzoeken."),
    500: ("APIException", "Er is een serverfout opgetreden."),
    503: ("APIException", "Tijdelijk niet beschikbaar."),
}
_CRASH_PAGE = b"<!doctype html>\n<html lang=nl><title>Server Error (500)</title><h1>Server Error (500)</h1></html>\n"


@dataclass(frozen=True, slots=True)
class InvalidParam:
    """One thing wrong in a request: the field, a code for machines and a reason for people."""

    name: str
    code: str
    reason: str


class RefusalError(ExpectedError):
    """The request is not taken; becomes an answer at the door."""

    slug = "practice-refusal"

    def __init__(self, status: int, code: str, detail: str = "", params: Iterable[InvalidParam] = ()) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.detail = detail
        self.params = tuple(params)


class CrashError(ExpectedError):
    """The server of the original breaks here, for instance on a database constraint; becomes a page of HTML."""

    slug = "practice-crash"


def invalid(params: Iterable[InvalidParam]) -> RefusalError:
    """Make the refusal of a body or query with these faults."""
    return RefusalError(400, "invalid", params=params)


def invalid_field(name: str, code: str, reason: str = "") -> RefusalError:
    """Make the refusal for one wrong field."""
    return invalid([InvalidParam(name, code, reason or code)])


def refusal_answer(refusal: RefusalError) -> Answer:
    """Give the JSON that belongs to a refusal."""
    kind, title = _TITLES.get(refusal.status, ("APIException", ""))
    body = {
        "type": f"http://127.0.0.1/ref/fouten/{kind}/",
        "code": refusal.code,
        "title": title,
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": f"urn:uuid:{uuid.uuid4()}",
    }
    if refusal.status == 400:
        body["invalidParams"] = [{"name": p.name, "code": p.code, "reason": p.reason} for p in refusal.params]
    headers: tuple[tuple[str, str], ...] = ()
    if refusal.status == 401:
        headers = (("WWW-Authenticate", "Token"),)
    if refusal.status in (429, 503):
        headers = (("Retry-After", "1"),)
    return Answer(refusal.status, json.dumps(body).encode(), headers=headers)


def crash_answer() -> Answer:
    """Give the page of HTML that a crash shows."""
    return Answer(500, _CRASH_PAGE, "text/html; charset=utf-8")
