# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One look at a zaak as it is now: itself, its rollen and its statussen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sync.case_version import CaseStanding, standing_of
from sync.transport import ServerFailedError
from sync.zgw.api import Api
from sync.zgw.catalogi import items_of

_MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class CaseLook:
    """What was there at one moment."""

    zaak: Mapping[str, Any]
    roles: tuple[Mapping[str, Any], ...]
    statuses: tuple[Mapping[str, Any], ...]  # oldest first

    @property
    def url(self) -> str:
        """Give the address by which the case system knows it now."""
        return str(self.zaak.get("url") or "")

    @property
    def uuid(self) -> str:
        """Give its id."""
        return last_of(self.url)

    @property
    def standing(self) -> CaseStanding:
        """Give how it stands."""
        return standing_of(self.zaak, self.roles)

    @property
    def status_ids(self) -> tuple[str, ...]:
        """Name its statuses."""
        return tuple(last_of(str(status.get("url") or "")) for status in self.statuses)

    @property
    def status_type(self) -> str:
        """Give the address of the type of its last status; empty: it has none."""
        return str(self.statuses[-1].get("statustype") or "") if self.statuses else ""

    @property
    def last_status_at(self) -> datetime | None:
        """Give when that was set."""
        return moment_in(self.statuses[-1], "datumStatusGezet") if self.statuses else None

    def day(self, name: str) -> date | None:
        """Give one of its days."""
        try:
            return date.fromisoformat(str(self.zaak.get(name) or "")[:10])
        except ValueError:
            return None

    @property
    def citizen(self) -> str:
        """Give the name of the initiator, as far as it is known."""
        for role in self.roles:
            if role.get("omschrijvingGeneriek") == "initiator":
                who = role.get("betrokkeneIdentificatie")
                named = str(who.get("geslachtsnaam") or "") if isinstance(who, dict) else ""
                return str(role.get("afwijkendeNaamBetrokkene") or "") or named
        return ""


def look_at(api: Api, address: str) -> CaseLook:
    """Look.

    Raises: DeliveryError and its kinds.
    """
    found = api.get_one("zaken", api.path_of(address)).data
    if not isinstance(found, dict) or not found.get("url"):
        raise ServerFailedError("the answer is no case")
    here = {"zaak": str(found["url"])}
    roles = records_of_case(api, "rollen", here)
    statuses = sorted(records_of_case(api, "statussen", here), key=_set_at)
    return CaseLook(found, tuple(roles), tuple(statuses))


def records_of_case(api: Api, path: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Give all records of a list in the Zaken API."""
    page = api.get("zaken", path, query)
    found = items_of(page)
    for number in range(2, _MOST_PAGES):
        if not isinstance(page, dict) or not page.get("next"):
            break
        page = api.get("zaken", path, {**query, "page": str(number)})
        found += items_of(page)
    return found


def moment_in(record: Mapping[str, Any], name: str) -> datetime | None:
    """Read a moment; the original takes one without a zone too."""
    try:
        found = datetime.fromisoformat(str(record.get(name) or ""))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def last_of(address: str) -> str:
    """Give the last word of an address: behind a proxy the rest can be another."""
    return address.rstrip("/").rsplit("/", 1)[-1]


def _set_at(status: Mapping[str, Any]) -> datetime:
    return moment_in(status, "datumStatusGezet") or datetime.min.replace(tzinfo=UTC)
