# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the catalogue: the case type that is valid today, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import RejectedError
from sync.zgw.api import Api

CONTACT = "klantcontacter"
"""The kind of role of who speaks with the citizen."""

_MOST_PAGES = 50


class CatalogueError(RejectedError):
    """The catalogue of the municipality lacks what a case needs; a person must mend it or the settings."""

    slug = "catalogue"


@dataclass(frozen=True, slots=True)
class Property:
    """A field that the case type has, with what fits in it."""

    name: str
    url: str
    format: str  # tekst, getal, datum, datum_tijd
    longest: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseType:
    """What the case system wants to know of a case type, as addresses; empty where it has no such thing."""

    url: str
    initiator_role: str
    first_status: str
    document_type: str
    properties: tuple[Property, ...]
    contact_role: str = ""  # of the member of staff who spoke with the citizen


def read_case_type(api: Api, identification: str, document_type: str, today_by: Callable[[], date]) -> CaseType:
    """Look up a case type and what belongs to it.

    Which day it is, is asked after the first answer, which tells the server's time: our own clock may just have been
    put right, and nobody's case may be refused for the day that it was before.

    Raises: CatalogueError when it is not there, and what `Api` raises.
    """
    found = _all(api, "zaaktypen", {"identificatie": identification, "status": "definitief"})
    today = today_by()
    valid = [item for item in found if _text(item, "identificatie") == identification and _is_valid(item, today)]
    if not valid:
        raise CatalogueError(
            f"the catalogue has no published case type {identification} that is valid today",
            "publish it, or name another under [sync.case_types]",
        )
    case_type = max(valid, key=lambda item: _text(item, "beginGeldigheid"))
    return read_version(api, _text(case_type, "url"), _document_type(api, case_type, document_type, today))


def read_version(api: Api, url: str, document_type: str) -> CaseType:
    """Look up what belongs to the version of a case type at an address, with the address of a document type.

    Raises: what `Api` raises.
    """
    of_type = {"zaaktype": url}
    roltypen = reversed(_all(api, "roltypen", of_type))  # the first of a kind counts
    roles = {_text(item, "omschrijvingGeneriek"): _text(item, "url") for item in roltypen}
    statuses = sorted(_all(api, "statustypen", of_type), key=_place)
    return CaseType(
        url=url,
        initiator_role=roles.get("initiator", ""),
        first_status=_text(statuses[0], "url") if statuses else "",
        document_type=document_type,
        properties=tuple(_property(item) for item in _all(api, "eigenschappen", of_type)),
        contact_role=roles.get(CONTACT, ""),
    )


def records_of(api: Api, name: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Give all records of a kind in the catalogue.

    Raises: what `Api` raises.
    """
    return _all(api, name, query)


def document_type_of(api: Api, case_type: Mapping[str, Any], wanted: str, today: date) -> str:
    """Give the address of the document type with a name, by preference one that goes with this case type.

    Raises: CatalogueError when it is not there, and what `Api` raises.
    """
    return _document_type(api, case_type, wanted, today)


def properties_of(api: Api, case_type_url: str) -> tuple[Property, ...]:
    """Give the fields of a case type.

    Raises: what `Api` raises.
    """
    return tuple(_property(item) for item in _all(api, "eigenschappen", {"zaaktype": case_type_url}))


def _document_type(api: Api, case_type: Mapping[str, Any], wanted: str, today: date) -> str:
    # By hand and not by filter: older catalogues know no filter on the name, and refuse the question.
    query = {"catalogus": _text(case_type, "catalogus"), "status": "definitief"}
    named = [
        item
        for item in _all(api, "informatieobjecttypen", query)
        if _text(item, "omschrijving").strip().casefold() == wanted.strip().casefold()
    ]
    if not named:
        raise CatalogueError(
            "the catalogue has no published document type of the name in the settings",
            "publish it, or name another as document_type under [sync]",
        )
    related = case_type.get("informatieobjecttypen")
    allowed = {str(url) for url in related} if isinstance(related, list) else set()

    def fitness(item: Mapping[str, Any]) -> tuple[bool, bool, str]:
        return _text(item, "url") in allowed, _is_valid(item, today), _text(item, "beginGeldigheid")

    return _text(max(named, key=fitness), "url")


def _property(item: Mapping[str, Any]) -> Property:
    specification = item.get("specificatie")
    said: Mapping[str, Any] = specification if isinstance(specification, dict) else {}
    choices = said.get("waardenverzameling")
    length = _text(said, "lengte")
    return Property(
        name=_text(item, "naam"),
        url=_text(item, "url"),
        format=_text(said, "formaat"),
        longest=int(length) if length.isascii() and length.isdigit() else 0,
        choices=tuple(str(choice) for choice in choices) if isinstance(choices, list) else (),
    )


def _all(api: Api, name: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
    return list(_paged(api, name, query))


def _paged(api: Api, name: str, query: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    page = api.get("catalogi", name, query)
    for number in range(2, _MOST_PAGES + 2):
        yield from items_of(page)
        if not isinstance(page, dict) or not page.get("next"):
            return
        # By number and not by the server's own link, which behind a proxy often names an inner address.
        page = api.get("catalogi", name, {**query, "page": str(number)})


def items_of(answer: Any) -> list[Mapping[str, Any]]:
    """Give the records of a list, paged or not."""
    results = answer.get("results") if isinstance(answer, dict) else answer
    return [item for item in results if isinstance(item, dict)] if isinstance(results, list) else []


def _is_valid(item: Mapping[str, Any], today: date) -> bool:
    day = today.isoformat()
    end = _text(item, "eindeGeldigheid")
    return _text(item, "beginGeldigheid") <= day and (not end or day <= end)


def _place(item: Mapping[str, Any]) -> int:
    number = item.get("volgnummer")
    return number if isinstance(number, int) else 9999


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
