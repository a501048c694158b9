# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The remote steps of one case, in the words of ZGW: zaak, status, rol, eigenschappen, documents and their links.

In which order, and what happens when an answer is lost, is `sync.delivery`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import RejectedError, UnauthorisedError
from domain.filled_by import FilledBy
from domain.submission import Document, Initiator
from sync.parcel import Parcel
from sync.remote_step import RemoteStep
from sync.zgw import bodies
from sync.zgw.api import Api
from sync.zgw.catalogi import CONTACT, CaseType, Property, items_of, read_version

ALREADY_THERE = frozenset({"identificatie-niet-uniek", "unique", "unique_together", "max-occurences"})
"""Codes of a refusal that may mean: an earlier attempt of ours arrived."""

NOT_YET = frozenset({"date-in-future", "future_not_allowed"})
"""Codes of a refusal that passes with time: a server that sends no `Date` has a clock that is behind ours."""

_AUDIT = "Loket: vraag van een inwoner"


class ReferenceTakenError(RejectedError):
    """The case system has this reference for something that is not ours; a person must look."""

    slug = "reference-taken"


@dataclass(frozen=True, slots=True)
class Registration:
    """Makes the steps of one parcel for one case type."""

    api: Api
    parcel: Parcel
    case_type: CaseType

    def case(self) -> RemoteStep:
        """Make the zaak."""
        return RemoteStep("case", self.parcel.reference, self._send_case, self._find_case)

    def as_it_was_made(self, case: str) -> Registration:
        """Give the steps for the version of the case type of a zaak that is there; today's may be a newer one.

        Raises: UnreachableError and its kinds.
        """
        try:
            made = self.api.get("zaken", self.api.path_of(case))
            url = made.get("zaaktype") if isinstance(made, dict) else None
            if not isinstance(url, str) or not url or url == self.case_type.url:
                return self
            return replace(self, case_type=read_version(self.api, url, self.case_type.document_type))
        except (UnauthorisedError, RejectedError):
            return self  # whoever may not look gets today's version, which mostly is the one

    def steps_on(self, case: str) -> list[RemoteStep]:
        """Give what is put on the zaak, besides documents."""
        steps: list[RemoteStep] = []
        if self.case_type.first_status:
            steps.append(self._status(case))
        if self.case_type.initiator_role and self.parcel.initiator is not None:
            steps.append(self._initiator(case, self.parcel.initiator))
        if self.case_type.contact_role and self.parcel.filled_by.is_somebody:
            steps.append(self._staff(case, self.parcel.filled_by))
        steps += [self._property(case, property_, value) for property_, value in self._placed().values() if property_]
        return steps

    def without_a_place(self) -> list[str]:
        """Name the properties that have a value and no place in the case type, or none where it fits."""
        return [name for name, (property_, _) in self._placed().items() if property_ is None]

    def _placed(self) -> dict[str, tuple[Property | None, str]]:
        known = {known.name.casefold(): known for known in self.case_type.properties}
        placed: dict[str, tuple[Property | None, str]] = {}
        for name, value in self.parcel.properties.items():
            property_ = known.get(name.casefold())
            fitting = bodies.fitted(value, property_) if property_ else None
            if fitting is not None:
                placed[name] = property_, fitting
            elif value.strip():
                placed[name] = None, ""
        return placed

    def documents(self) -> list[tuple[RemoteStep, Document]]:
        """Give the documents, in order."""
        return [(self._document(number, each), each) for number, each in enumerate(self.parcel.documents, start=1)]

    def added(self, number: int, document: Document) -> RemoteStep:
        """Make a document that came after the case."""
        return self._document(number, document)

    def link(self, case: str, number: int, document: Document, document_url: str) -> RemoteStep:
        """Hang a document on the zaak."""

        def send(_identifier: str) -> str:
            body = bodies.zaakinformatieobject(case, document_url, document.title)
            return self.api.post("zaken", "zaakinformatieobjecten", body, _AUDIT)

        def find(_identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "zaakinformatieobjecten", {"zaak": case}))
            return _first(item for item in found if item.get("informatieobject") == document_url)

        return RemoteStep(f"link-{number}", document_url, send, find)

    def count_of(self, identifier: str) -> int:
        """Count the documents of ours with an identifier: concurrent repeats make doubles at the case system."""
        return len(self._documents_of(identifier))

    def _send_case(self, _identifier: str) -> str:
        settings = self.api.settings
        body = bodies.zaak(self.parcel, self.case_type.url, settings.rsin, self.api.transport.server_now())
        return self.api.post("zaken", "zaken", body, _AUDIT)

    def _find_case(self, identifier: str) -> str | None:
        query = {"identificatie": identifier, "bronorganisatie": self.api.settings.rsin}
        found = items_of(self.api.get("zaken", "zaken", query))
        ours = _first(item for item in found if self._is_ours(item))
        if found and ours is None:
            raise ReferenceTakenError("the case system has this reference for another case", "a person must look")
        return ours

    def _is_ours(self, zaak: Mapping[str, Any]) -> bool:
        marks = zaak.get("kenmerken")
        return isinstance(marks, list) and any(
            isinstance(mark, dict) and mark.get("bron") == bodies.SOURCE and mark.get("kenmerk") == self.parcel.case_id
            for mark in marks
        )

    def _status(self, case: str) -> RemoteStep:
        # Fixed at the first attempt: the case system knows a status by its zaak and its moment.
        moment = bodies.moment(self.parcel.submitted_at, self.api.transport.server_now())

        def send(identifier: str) -> str:
            body = bodies.status(case, self.case_type.first_status, identifier)
            return self.api.post("zaken", "statussen", body, _AUDIT)

        def find(_identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "statussen", {"zaak": case}))
            return _first(item for item in found if item.get("statustype") == self.case_type.first_status)

        return RemoteStep("status", moment, send, find)

    def _initiator(self, case: str, initiator: Initiator) -> RemoteStep:
        roltype = self.case_type.initiator_role

        def send(_identifier: str) -> str:
            return self.api.post("zaken", "rollen", bodies.rol(initiator, case, roltype), _AUDIT)

        def find(_identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "rollen", {"zaak": case}))
            return _first(item for item in found if item.get("omschrijvingGeneriek") == "initiator")

        return RemoteStep("initiator", roltype, send, find)

    def _staff(self, case: str, filled_by: FilledBy) -> RemoteStep:
        roltype = self.case_type.contact_role

        def send(_identifier: str) -> str:
            return self.api.post("zaken", "rollen", bodies.rol_of_staff(filled_by, case, roltype), _AUDIT)

        def find(identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", "rollen", {"zaak": case}))
            return _first(item for item in found if _is_staff(item, identifier))

        # Optional: who filled in stands in the answers document too, and no citizen waits for it.
        return RemoteStep("staff", filled_by.number, send, find, is_optional=True)

    def _property(self, case: str, property_: Property, value: str) -> RemoteStep:
        path = f"{self.api.path_of(case)}/zaakeigenschappen"

        def send(_identifier: str) -> str:
            return self.api.post("zaken", path, bodies.zaakeigenschap(case, property_.url, value), _AUDIT)

        def find(identifier: str) -> str | None:
            found = items_of(self.api.get("zaken", path))
            return _first(item for item in found if item.get("naam") == identifier)

        # Optional: the value stands in both documents too.
        return RemoteStep(property_step(property_.name), property_.name, send, find, is_optional=True)

    def _document(self, number: int, document: Document) -> RemoteStep:
        def send(identifier: str) -> str:
            body = bodies.enkelvoudiginformatieobject(
                self.parcel,
                document,
                identifier,
                self.case_type.document_type,
                self.api.settings.rsin,
                self.api.transport.server_now(),
            )
            return self.api.post("documenten", "enkelvoudiginformatieobjecten", body, _AUDIT)

        def find(identifier: str) -> str | None:
            return _first(self._documents_of(identifier))

        return RemoteStep(f"document-{number}", f"{self.parcel.reference}-{number}", send, find)

    def _documents_of(self, identifier: str) -> list[Mapping[str, Any]]:
        query = {"identificatie": identifier, "bronorganisatie": self.api.settings.rsin}
        found = items_of(self.api.get("documenten", "enkelvoudiginformatieobjecten", query))
        ours = [item for item in found if item.get("beschrijving") == bodies.ownership(self.parcel)]
        if found and not ours:
            raise ReferenceTakenError("the case system has this document number for another case", "a person must look")
        # The same one each time, should there be two.
        return sorted(ours, key=lambda item: (str(item.get("beginRegistratie")), str(item.get("url"))))


def property_step(name: str) -> str:
    """Name the step of a property."""
    return f"property-{name}"


def _is_staff(rol: Mapping[str, Any], number: str) -> bool:
    who = rol.get("betrokkeneIdentificatie")
    is_of_kind = rol.get("omschrijvingGeneriek") == CONTACT and rol.get("betrokkeneType") == "medewerker"
    return is_of_kind and isinstance(who, dict) and who.get("identificatie") == number


def _first(items: Any) -> str | None:
    for item in items:
        url = item.get("url")
        if isinstance(url, str) and url:
            return url
    return None
