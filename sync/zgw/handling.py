# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads from the catalogue what handling a case needs: who may handle, which statuses and results there are, the term.

By the version of the case type that the zaak was made with, and remembered for an hour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.errors import RejectedError
from sync.case_version import HANDLER
from sync.zgw.api import Api
from sync.zgw.catalogi import CatalogueError, Property, document_type_of, properties_of, records_of

KEEP = timedelta(hours=1)
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")


@dataclass(frozen=True, slots=True)
class StatusType:
    """One step of a case type."""

    url: str
    name: str
    is_end: bool


@dataclass(frozen=True, slots=True)
class HandlingType:
    """A case type as who handles it needs it; empty where it has no such thing."""

    url: str
    handler_role: str
    statuses: tuple[StatusType, ...]  # in order
    results: tuple[tuple[str, str], ...]  # name and address
    properties: tuple[Property, ...]
    document_type: str
    term_days: int  # nought: not said
    result_names: Mapping[str, str] = field(default_factory=dict)  # ours -> what this catalogue calls it

    def result_named(self, name: str) -> str:
        """Give the result type of a name, as the settings translate it or as it is; where there is one only, that."""
        for wanted in (self.result_names.get(name.strip(), ""), name):
            if found := self._result_called(wanted.strip().casefold()):
                return found
        return self.results[0][1] if len(self.results) == 1 else ""

    def _result_called(self, wanted: str) -> str:
        return next((url for known, url in self.results if wanted and known.strip().casefold() == wanted), "")

    def property_named(self, names: frozenset[str]) -> Property | None:
        """Give the first property with one of these names, written with or without what stands between words."""
        return next((known for known in self.properties if _plain(known.name) in names), None)

    @property
    def end(self) -> StatusType | None:
        """Give the status that closes."""
        return next((status for status in self.statuses if status.is_end), None)


@dataclass(slots=True)
class HandlingTypes:
    """The case types that were looked up, for a limited time; for one thread."""

    api: Api
    document_type: str
    result_names: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, tuple[datetime, HandlingType]] = field(default_factory=dict)
    _loose: str = ""

    def of(self, case_type_url: str) -> HandlingType:
        """Give a case type by its address.

        Raises: CatalogueError, and what `Api` raises.
        """
        now = self.api.transport.server_now()
        known = self._known.get(case_type_url)
        if known is not None and abs(now - known[0]) < KEEP:
            return known[1]
        found = replace(_read(self.api, case_type_url, self.document_type, now), result_names=self.result_names)
        self._known[case_type_url] = (now, found)
        return found

    def loose_document_type(self) -> str:
        """Give the type of a document that belongs to no case.

        Raises: CatalogueError, and what `Api` raises.
        """
        if not self._loose:
            today = self.api.transport.server_now().astimezone(UTC).date()
            catalogues = records_of(self.api, "catalogussen", {})
            failure: Exception | None = None
            for catalogue in catalogues:
                try:
                    self._loose = document_type_of(
                        self.api, {"catalogus": catalogue.get("url")}, self.document_type, today
                    )
                    break
                except RejectedError as error:
                    failure = error
            if not self._loose:
                raise failure or CatalogueError("there is no catalogue", "see [sync] catalogi")
        return self._loose

    def forget(self) -> None:
        """Look everything up again."""
        self._known.clear()
        self._loose = ""


def _read(api: Api, url: str, document_type: str, now: datetime) -> HandlingType:
    found = api.get_one("catalogi", api.path_of(url)).data
    record: Mapping[str, Any] = found if isinstance(found, dict) else {}
    of_type = {"zaaktype": url}
    roles = [item for item in records_of(api, "roltypen", of_type) if item.get("omschrijvingGeneriek") == HANDLER]
    listed = sorted(records_of(api, "statustypen", of_type), key=_place)
    knows_end = any(item.get("isEindstatus") is True for item in listed)
    return HandlingType(
        url=url,
        handler_role=str(roles[0].get("url") or "") if roles else "",
        statuses=tuple(
            StatusType(
                str(item.get("url") or ""),
                str(item.get("omschrijving") or ""),
                item.get("isEindstatus") is True or (not knows_end and item is listed[-1]),
            )
            for item in listed
        ),
        results=tuple(
            (str(item.get("omschrijving") or ""), str(item.get("url") or ""))
            for item in records_of(api, "resultaattypen", of_type)
        ),
        properties=properties_of(api, url),
        document_type=document_type_of(api, record, document_type, now.astimezone(UTC).date()),
        term_days=_days_of(record.get("doorlooptijd")),
    )


def _days_of(duration: Any) -> int:
    # A year or month as everybody counts it: the exact day is the case system's, where it told one.
    found = _TERM.fullmatch(duration) if isinstance(duration, str) else None
    if found is None:
        return 0
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return 365 * years + 30 * months + 7 * weeks + days


def _place(item: Mapping[str, Any]) -> int:
    number = item.get("volgnummer")
    return number if isinstance(number, int) else 9999


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()
