# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rollen of the practice back end: who plays which part in a zaak.

A second initiator is refused, other doubles are not.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sync.practice.admission import require_open
from sync.practice.catalogus import Catalogus
from sync.practice.exchange import Answer, Body, Call, Creation, Entry
from sync.practice.fields import Field, check_fields, faults_of, is_object, is_rsin, is_url, one_of, required
from sync.practice.reading import UUID, Collection, Route
from sync.practice.refusals import InvalidParam, RefusalError, invalid, invalid_field
from sync.practice.store import Store
from sync.practice.timestamps import in_utc

_PERSON, _EMPLOYEE = "natuurlijk_persoon", "medewerker"
_LEZEN = frozenset({"zaken.lezen"})
_BIJWERKEN = frozenset({"zaken.bijwerken"})
_ONCE = ("initiator", "zaakcoordinator")
_TYPES = (_PERSON, "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid", _EMPLOYEE)
_ROL = (
    required("zaak", longest=1000, check=is_url),
    Field("betrokkene", longest=1000, check=is_url),
    required("betrokkeneType", check=one_of(*_TYPES)),
    Field("afwijkendeNaamBetrokkene", longest=625),
    required("roltype", longest=1000, check=is_url),
    required("roltoelichting", longest=1000),
    Field("indicatieMachtiging", check=one_of("gemachtigde", "machtiginggever")),
    Field("contactpersoonRol", check=is_object, may_be_null=True, may_be_blank=False),
    Field("betrokkeneIdentificatie", check=is_object, may_be_null=True, may_be_blank=False),
)
_CONTACT = (
    Field("emailadres", longest=254),
    Field("functie", longest=50),
    Field("telefoonnummer", longest=20),
    required("naam", longest=200),
)
_NATUURLIJK_PERSOON = (
    Field("inpBsn", longest=9, check=is_rsin),  # the eleven test of a BSN is that of an RSIN
    Field("anpIdentificatie", longest=17),
    Field("inpA_nummer", longest=10),
    Field("geslachtsnaam", longest=200),
    Field("voorvoegselGeslachtsnaam", longest=80),
    Field("voorletters", longest=20),
    Field("voornamen", longest=200),
    Field("geslachtsaanduiding", check=one_of("m", "v", "o")),
    Field("geboortedatum", longest=18),
)
_MEDEWERKER = (
    Field("identificatie", longest=24),
    Field("achternaam", longest=200),
    Field("voorletters", longest=20),
    Field("voorvoegselAchternaam", longest=10),
)
_WHO = {_PERSON: _NATUURLIJK_PERSOON, _EMPLOYEE: _MEDEWERKER}


class Rollen:
    """Checks and makes rollen."""

    def __init__(self, store: Store, base: str, catalogus: Catalogus, zaak_at: Callable[[Call, object], Body]) -> None:
        self._store = store
        self._catalogus = catalogus
        self._zaak_at = zaak_at
        filters = frozenset({"zaak", "roltype", "omschrijving", "omschrijvingGeneriek", "betrokkeneType", "betrokkene"})
        self.rollen = Collection("rollen", base, "rollen", _LEZEN, filters)

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        return (
            *self.rollen.routes(self._store),
            Route("POST", "/rollen", _BIJWERKEN, self._create),
            Route("DELETE", rf"/rollen/{UUID}", _BIJWERKEN, self._remove),
        )

    def _create(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _ROL)
        _check_inner(body)
        zaak = self._zaak_at(call, body["zaak"])
        require_open(call, zaak)
        roltype = self._catalogus.roltypen.find(self._store, body["roltype"])
        if roltype is None:
            raise invalid_field("roltype", "bad-url")
        if roltype["zaaktype"] != zaak["zaaktype"]:
            raise invalid_field("nonFieldErrors", "zaaktype-mismatch")
        kind = roltype["omschrijvingGeneriek"]
        if kind in _ONCE and self._store.select("rollen", {"zaak": zaak["url"], "omschrijvingGeneriek": kind}):
            raise invalid_field("roltype", "max-occurences", f"There are already 1 `{kind}` defined for the zaak.")
        identifier = str(uuid.uuid4())
        record: Body = {
            "url": self.rollen.address(identifier),
            "uuid": identifier,
            "zaak": zaak["url"],
            "betrokkene": body.get("betrokkene", ""),
            "betrokkeneType": body["betrokkeneType"],
            "afwijkendeNaamBetrokkene": body.get("afwijkendeNaamBetrokkene", ""),
            "roltype": roltype["url"],
            "omschrijving": roltype["omschrijving"],
            "omschrijvingGeneriek": kind,
            "roltoelichting": body["roltoelichting"],
            "registratiedatum": in_utc(call.now),
            "indicatieMachtiging": body.get("indicatieMachtiging", ""),
            "contactpersoonRol": body.get("contactpersoonRol"),
            "statussen": [],
            "betrokkeneIdentificatie": body.get("betrokkeneIdentificatie"),
        }
        return Creation((Entry("rollen", identifier, record),), record)

    def _remove(self, call: Call) -> Answer:
        rol = self._store.get("rollen", call.ids[0])
        if rol is None:
            raise RefusalError(404, "not_found", "Niet gevonden.")
        require_open(call, self._zaak_at(call, rol["zaak"]))
        self._store.remove("rollen", call.ids[0])
        return Answer(204)


def _check_inner(body: Body) -> None:
    who = body.get("betrokkeneIdentificatie")
    if bool(body.get("betrokkene")) == bool(who):
        code = "invalid-betrokkene" if who else "required"
        raise invalid_field("betrokkeneIdentificatie", code, "betrokkene or betrokkeneIdentificatie must be provided")
    faults: list[InvalidParam] = []
    if who:
        found = faults_of(who, _WHO.get(body["betrokkeneType"], ()))
        faults += [InvalidParam(f"betrokkeneIdentificatie.{f.name}", f.code, f.reason) for f in found]
    contact = body.get("contactpersoonRol")
    if contact:
        faults += [InvalidParam(f"contactpersoonRol.{f.name}", f.code, f.reason) for f in faults_of(contact, _CONTACT)]
    if faults:
        raise invalid(faults)
