# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The remote steps of an act of staff on a zaak, in the words of ZGW; which of them an act takes is `sync.act_plan`'s.

What is put (opschorting, termijn) is put as a whole, so that a repeat changes nothing; what is made can be found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.case import CaseId
from domain.submission import Document
from sync.act_words import cut
from sync.case_version import handler_mark, handler_name_of, handler_of, is_handler
from sync.parcel import Parcel
from sync.remote_step import RemoteStep
from sync.transport import RefusedError
from sync.zgw import bodies
from sync.zgw.api import Api
from sync.zgw.case_look import CaseLook, last_of, moment_in, records_of_case
from sync.zgw.catalogi import Property, items_of

_AUDIT = "Loket: handeling van een medewerker"
_GONE = 404


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles a case, as a rol has it."""

    kind: str  # betrokkeneType
    number: str
    name: str

    @property
    def mark(self) -> str:
        """Tell it from others."""
        return handler_mark(self.number, self.name)


def member(number: str, name: str) -> Handler:
    """Make the handler of a member of staff; 24 and not 128: so the standard had it long."""
    return Handler("medewerker", cut(number, 24), cut(name.strip(), 200))


def unit(name: str) -> Handler:
    """Make the handler of a department, group or other organisation."""
    return Handler("organisatorische_eenheid", cut(name.strip(), 24), cut(name.strip(), 50))


@dataclass(frozen=True, slots=True)
class ActSteps:
    """Makes the steps on one zaak."""

    api: Api
    act_id: str
    look: CaseLook

    def add_handler(self, name: str, who: Handler, roltype: str) -> RemoteStep:
        """Say who handles the case."""

        def send(_identifier: str) -> str:
            identification = {"identificatie": who.number}
            identification["achternaam" if who.kind == "medewerker" else "naam"] = who.name
            body = {
                "zaak": self.look.url,
                "betrokkeneType": who.kind,
                "roltype": roltype,
                # By which device, for who finds two of them (S07).
                "roltoelichting": f"Loket {self.api.settings.device_id}",
                "betrokkeneIdentificatie": identification,
            }
            return self.api.post("zaken", "rollen", body, _AUDIT)

        def find(identifier: str) -> str | None:
            return next((_url(role) for role in self._roles() if mark_of(role) == identifier), None)

        return RemoteStep(name, who.mark, send, find)

    def remove_handler(self, role: Mapping[str, Any]) -> RemoteStep:
        """Take a handler away."""

        def send(identifier: str) -> str:
            try:
                self.api.delete("zaken", identifier, _AUDIT)
            except RefusedError as error:
                if error.status != _GONE:
                    raise
            return identifier

        def find(identifier: str) -> str | None:
            there = {last_of(_url(known)) for known in self._roles()}
            return None if last_of(identifier) in there else identifier

        return RemoteStep(f"gone-{mark_of(role)}-{last_of(_url(role))[:8]}", _url(role), send, find)

    def status(self, name: str, statustype: str, text: str, at: datetime) -> RemoteStep:
        """Set a status after all those before it."""
        now = self.api.transport.server_now()
        last = self.look.last_status_at
        wanted = max(min(at, now), last + timedelta(milliseconds=1)) if last is not None else min(at, now)

        def send(identifier: str) -> str:
            body = {**bodies.status(self.look.url, statustype, identifier), "statustoelichting": cut(text, 1000)}
            return self.api.post("zaken", "statussen", body, _AUDIT)

        def find(identifier: str) -> str | None:
            moment = datetime.fromisoformat(identifier)
            found = records_of_case(self.api, "statussen", {"zaak": self.look.url})
            ours = (
                item
                for item in found
                if item.get("statustype") == statustype and moment_in(item, "datumStatusGezet") == moment
            )
            return next((_url(item) for item in ours), None)

        written = wanted.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        return RemoteStep(name, written, send, find)

    def put(self, name: str, fields: Mapping[str, Any]) -> RemoteStep:
        """Put fields of the zaak as they have to be."""

        def send(_identifier: str) -> str:
            return str(self.api.patch("zaken", self.look.url, fields, _AUDIT).get("url") or self.look.url)

        def find(_identifier: str) -> str | None:
            found = self.api.get_one("zaken", self.api.path_of(self.look.url)).data
            is_so = isinstance(found, dict) and all(_holds(found.get(key), value) for key, value in fields.items())
            return self.look.url if is_so else None

        return RemoteStep(name, last_of(self.look.url), send, find)

    def result(self, resultaattype: str, text: str) -> RemoteStep:
        """Say what came of it."""

        def send(_identifier: str) -> str:
            body = {"zaak": self.look.url, "resultaattype": resultaattype, "toelichting": cut(text, 1000)}
            return self.api.post("zaken", "resultaten", body, _AUDIT)

        def find(identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "resultaten", {"zaak": self.look.url}))
            ours = (item for item in found if item.get("toelichting") == cut(text, 1000))
            return next((_url(item) for item in ours if last_of(str(item.get("resultaattype"))) == identifier), None)

        return RemoteStep("result", last_of(resultaattype), send, find)

    def property(self, property_: Property, value: str) -> RemoteStep:
        """Say something in a field of the case type."""
        path = f"{self.api.path_of(self.look.url)}/zaakeigenschappen"

        def send(_identifier: str) -> str:
            return self.api.post("zaken", path, bodies.zaakeigenschap(self.look.url, property_.url, value), _AUDIT)

        def find(_identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", path))
            ours = (item for item in found if item.get("naam") == property_.name and item.get("waarde") == value)
            return next((_url(item) for item in ours), None)

        return RemoteStep("property", property_.name, send, find, is_optional=True)

    def link(self, name: str, document_url: str, title: str) -> RemoteStep:
        """Hang a document on the zaak."""

        def send(_identifier: str) -> str:
            body = bodies.zaakinformatieobject(self.look.url, document_url, title)
            return self.api.post("zaken", "zaakinformatieobjecten", body, _AUDIT)

        def find(_identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "zaakinformatieobjecten", {"zaak": self.look.url}))
            return next((_url(item) for item in found if item.get("informatieobject") == document_url), None)

        return RemoteStep(name, document_url, send, find)

    def _roles(self) -> list[Mapping[str, Any]]:
        found = records_of_case(self.api, "rollen", {"zaak": self.look.url})
        return [role for role in found if is_handler(role)]


def document_step(api: Api, parcel: Parcel, name: str, number: str, document: Document, kind: str) -> RemoteStep:
    """Make a document; a case need not be there."""
    settings = api.settings

    def send(identifier: str) -> str:
        now = api.transport.server_now()
        body = bodies.enkelvoudiginformatieobject(parcel, document, identifier, kind, settings.rsin, now)
        return api.post("documenten", "enkelvoudiginformatieobjecten", body, _AUDIT)

    def find(identifier: str) -> str | None:
        query = {"identificatie": identifier, "bronorganisatie": settings.rsin}
        found = items_of(api.get("documenten", "enkelvoudiginformatieobjecten", query))
        ours = [item for item in found if item.get("beschrijving") == bodies.ownership(parcel)]
        # The same one each time, should there be two.
        ours.sort(key=lambda item: (str(item.get("beginRegistratie")), _url(item)))
        return next((_url(item) for item in ours), None)

    return RemoteStep(name, number, send, find)


def parcel_of(act_id: str, reference: str, at: datetime) -> Parcel:
    """Give what the bodies of a document want to know of where it comes from.

    Raises: PracticeError for a practice case.
    """
    return Parcel(CaseId(act_id), reference, "", "", "", at, "nl", ())


def mark_of(role: Mapping[str, Any]) -> str:
    """Tell the handler of a rol from others."""
    return handler_mark(handler_of(role), handler_name_of(role))


def _url(record: Mapping[str, Any]) -> str:
    return str(record.get("url") or "")


def _holds(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, dict) and all(found.get(key) == value for key, value in wanted.items())
    return bool(found == wanted)
