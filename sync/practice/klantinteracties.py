# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Klantinteracties API of the practice back end, the part that Loket may call, as Open Klant 2 has it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sync.practice.exchange import Body, Call, Creation, Entry
from sync.practice.fields import (
    Field,
    check_fields,
    faults_of,
    is_boolean,
    is_digits,
    is_moment,
    is_object,
    many,
    one_of,
    required,
)
from sync.practice.reading import Collection, Route, nothing_more
from sync.practice.refusals import InvalidParam, invalid, invalid_field
from sync.practice.store import Store
from sync.practice.timestamps import in_utc

_NO_SCOPE: frozenset[str] = frozenset()  # one token opens everything there
_YES_NO = is_boolean
_KLANTCONTACT = (
    Field("nummer", longest=10, check=is_digits, may_be_null=True),
    Field("referentienummer", longest=10, check=is_digits, may_be_null=True),
    required("kanaal", longest=50),
    required("onderwerp", longest=200),
    Field("inhoud", longest=1000),
    Field("indicatieContactGelukt", check=_YES_NO, may_be_null=True),
    required("taal", longest=3),
    required("vertrouwelijk", check=_YES_NO),
    Field("plaatsgevondenOp", check=is_moment),
)
_BETROKKENE = (
    required("rol", check=one_of("vertegenwoordiger", "klant")),
    required("initiator", check=_YES_NO),
    Field("organisatienaam", longest=200),
    Field("contactnaam", check=is_object, may_be_null=True),
    Field("wasPartij", check=is_object, may_be_null=True),
)
_CONTACTNAAM = (
    Field("voorletters", longest=10),
    Field("voornaam", longest=200),
    Field("voorvoegselAchternaam", longest=10),
    Field("achternaam", longest=200),
)
_IDENTIFICATOR = (
    Field("objectId", longest=200),
    Field("codeObjecttype", longest=200),
    Field("codeRegister", longest=200),
    Field("codeSoortObjectId", longest=200),
)
_ONDERWERPOBJECT = (Field("onderwerpobjectidentificator", check=is_object, may_be_null=True),)
_INTERNETAAK = (
    Field("nummer", longest=10, check=is_digits, may_be_null=True),
    Field("referentienummer", longest=10, check=is_digits, may_be_null=True),
    required("gevraagdeHandeling", longest=200),
    required("aanleidinggevendKlantcontact", check=is_object),
    Field("toelichting", longest=1000),
    required("status", check=one_of("te_verwerken", "verwerkt")),
    Field("toegewezenAanActor", check=is_object, may_be_null=True, may_be_blank=False),
    Field("toegewezenAanActoren", check=many(), may_be_null=True, may_be_blank=False),
)
_DIGITAALADRES = (
    required("adres", longest=80),
    required("soortDigitaalAdres", check=one_of("email", "telefoonnummer", "overig")),
    Field("omschrijving", longest=40),
)
_ACTOR = (
    required("naam", longest=200),
    required("soortActor", check=one_of("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid")),
)
_MAAK = (
    required("klantcontact", check=is_object),
    Field("betrokkene", check=is_object, may_be_null=True),
    Field("onderwerpobject", check=is_object, may_be_null=True),
)


@dataclass(frozen=True, slots=True)
class _Made:
    entry: Entry
    shown: Body

    @property
    def reference(self) -> Body:
        return {"uuid": self.shown["uuid"], "url": self.shown["url"]}


class Klantinteracties:
    """Checks and makes klantcontacten, betrokkenen, onderwerpobjecten, internetaken, actoren and digitale adressen."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base

        def collection(name: str, *filters: str) -> Collection:
            return Collection(name, base, name, _NO_SCOPE, frozenset(filters), show=_SHOWN.get(name, nothing_more))

        self._collections = {
            "klantcontacten": collection("klantcontacten", "referentienummer", "nummer", "kanaal", "onderwerp"),
            "betrokkenen": collection("betrokkenen", "hadKlantcontact__uuid"),
            "onderwerpobjecten": collection(
                "onderwerpobjecten", "klantcontact__uuid", "onderwerpobjectidentificatorObjectId"
            ),
            "internetaken": collection("internetaken", "referentienummer", "nummer", "klantcontact__uuid", "status"),
            "actoren": collection("actoren", "naam", "soortActor"),
            "digitaleadressen": collection("digitaleadressen", "adres", "verstrektDoorBetrokkene__uuid"),
        }

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        creators = {
            "klantcontacten": lambda call: _single(self._klantcontact(call, call.body)),
            "betrokkenen": lambda call: _single(self._betrokkene(call.body, self._given(call.body, "hadKlantcontact"))),
            "onderwerpobjecten": lambda call: _single(
                self._onderwerpobject(call.body, self._given(call.body, "klantcontact"))
            ),
            "internetaken": self._internetaak,
            "actoren": self._actor,
            "digitaleadressen": self._digitaaladres,
        }
        return (
            *(route for collection in self._collections.values() for route in collection.routes(self._store)),
            *(Route("POST", f"/{name}", _NO_SCOPE, create) for name, create in creators.items()),
            Route("POST", "/maak-klantcontact", _NO_SCOPE, self._all_at_once),
        )

    def _make(self, name: str, fields: Body, unique: tuple[tuple[str, ...], ...] = (), **filters: str) -> _Made:
        identifier = str(uuid.uuid4())
        shown = {"uuid": identifier, "url": self._collections[name].address(identifier), **fields}
        # Filters as `hadKlantcontact__uuid` compare with a field of that name, kept beside what is shown.
        return _Made(Entry(name, identifier, {**shown, **filters}, unique), shown)

    def _given(self, body: Body, name: str) -> Body:
        reference = body.get(name)
        target = {"verstrektDoorBetrokkene": "betrokkenen", "toegewezenAanActor": "actoren"}.get(name, "klantcontacten")
        identifier = reference.get("uuid") if isinstance(reference, dict) else None
        if not identifier:
            raise invalid_field(name, "required")
        if self._store.get(target, str(identifier)) is None:
            raise invalid_field(f"{name}.uuid", "does_not_exist")
        return {"uuid": identifier, "url": self._collections[target].address(str(identifier))}

    def _klantcontact(self, call: Call, body: Body, prefix: str = "") -> _Made:
        _check(body, _KLANTCONTACT, prefix)
        number = body.get("referentienummer") or body.get("nummer")
        unique = (("klantcontact", number),) if number else ()
        if unique and self._store.is_taken(unique[0]):
            raise invalid_field(
                f"{prefix}referentienummer", "unique", "Er bestaat al een klantcontact met eenzelfde referentienummer."
            )
        number = number or f"{int(uuid.uuid4().hex[:8], 16):010d}"
        return self._make(
            "klantcontacten",
            {
                "nummer": body.get("nummer") or number,
                "referentienummer": number,
                "kanaal": body["kanaal"],
                "onderwerp": body["onderwerp"],
                "inhoud": body.get("inhoud", ""),
                "indicatieContactGelukt": body.get("indicatieContactGelukt"),
                "taal": body["taal"],
                "vertrouwelijk": body["vertrouwelijk"],
                "plaatsgevondenOp": body.get("plaatsgevondenOp") or in_utc(call.now),
                "gingOverOnderwerpobjecten": [],
                "hadBetrokkenActoren": [],
                "omvatteBijlagen": [],
                "hadBetrokkenen": [],
                "leiddeTotInterneTaken": [],
            },
            unique,
        )

    def _betrokkene(self, body: Body, contact: Body, prefix: str = "") -> _Made:
        _check(body, _BETROKKENE, prefix)
        _check(body.get("contactnaam") or {}, _CONTACTNAAM, f"{prefix}contactnaam.")
        name = body.get("contactnaam") or {}
        parts = ("voorletters", "voornaam", "voorvoegselAchternaam", "achternaam")
        fields = {
            "wasPartij": body.get("wasPartij"),
            "hadKlantcontact": contact,
            "digitaleAdressen": [],
            "contactnaam": body.get("contactnaam"),
            "volledigeNaam": " ".join(str(name[part]) for part in parts if name.get(part)),
            "rol": body["rol"],
            "organisatienaam": body.get("organisatienaam", ""),
            "initiator": body["initiator"],
        }
        return self._make("betrokkenen", fields, hadKlantcontact__uuid=contact["uuid"])

    def _onderwerpobject(self, body: Body, contact: Body, prefix: str = "") -> _Made:
        _check(body, _ONDERWERPOBJECT, prefix)
        identificator = body.get("onderwerpobjectidentificator") or {}
        _check(identificator, _IDENTIFICATOR, f"{prefix}onderwerpobjectidentificator.")
        fields = {
            "klantcontact": contact,
            "wasKlantcontact": body.get("wasKlantcontact"),
            "onderwerpobjectidentificator": body.get("onderwerpobjectidentificator"),
        }
        about = str(identificator.get("objectId", ""))
        return self._make(
            "onderwerpobjecten", fields, klantcontact__uuid=contact["uuid"], onderwerpobjectidentificatorObjectId=about
        )

    def _internetaak(self, call: Call) -> Creation:
        body = call.body
        _check(body, _INTERNETAAK)
        contact = self._given(body, "aanleidinggevendKlantcontact")
        wanted = body.get("toegewezenAanActoren") or (
            [body["toegewezenAanActor"]] if body.get("toegewezenAanActor") else []
        )
        if not wanted:
            raise invalid_field("nonFieldErrors", "required", "toegewezenAanActor or toegewezenAanActoren is required")
        actors = [self._given({"toegewezenAanActor": actor}, "toegewezenAanActor") for actor in wanted]
        number = body.get("referentienummer") or body.get("nummer") or f"{int(uuid.uuid4().hex[:8], 16):010d}"
        key = ("internetaak", number)
        if self._store.is_taken(key):
            raise invalid_field("referentienummer", "unique")
        fields = {
            "nummer": number,
            "referentienummer": number,
            "gevraagdeHandeling": body["gevraagdeHandeling"],
            "aanleidinggevendKlantcontact": contact,
            "toegewezenAanActor": actors[0],
            "toegewezenAanActoren": actors,
            "toelichting": body.get("toelichting", ""),
            "status": body["status"],
            "toegewezenOp": in_utc(call.now),
            "afgehandeldOp": None,
        }
        return _single(self._make("internetaken", fields, (key,), klantcontact__uuid=contact["uuid"]))

    def _actor(self, call: Call) -> Creation:
        _check(call.body, _ACTOR)
        fields = {
            name: call.body.get(name) for name in ("naam", "soortActor", "actoridentificator", "actorIdentificatie")
        }
        return _single(self._make("actoren", {**fields, "indicatieActief": call.body.get("indicatieActief", True)}))

    def _digitaaladres(self, call: Call) -> Creation:
        _check(call.body, _DIGITAALADRES)
        given = self._given(call.body, "verstrektDoorBetrokkene") if call.body.get("verstrektDoorBetrokkene") else None
        fields = {
            "verstrektDoorBetrokkene": given,
            "verstrektDoorPartij": call.body.get("verstrektDoorPartij"),
            "adres": call.body["adres"],
            "soortDigitaalAdres": call.body["soortDigitaalAdres"],
            "omschrijving": call.body.get("omschrijving", ""),
        }
        return _single(
            self._make("digitaleadressen", fields, verstrektDoorBetrokkene__uuid=(given or {}).get("uuid", ""))
        )

    def _all_at_once(self, call: Call) -> Creation:
        body = call.body
        _check(body, _MAAK)
        contact = self._klantcontact(call, body["klantcontact"], "klantcontact.")
        made: dict[str, _Made | None] = {"klantcontact": contact, "betrokkene": None, "onderwerpobject": None}
        if body.get("betrokkene"):
            made["betrokkene"] = self._betrokkene(body["betrokkene"], contact.reference, "betrokkene.")
        if body.get("onderwerpobject"):
            made["onderwerpobject"] = self._onderwerpobject(
                body["onderwerpobject"], contact.reference, "onderwerpobject."
            )
        entries = tuple(one.entry for one in made.values() if one)
        return Creation(entries, {name: one.shown if one else None for name, one in made.items()})


def _single(made: _Made) -> Creation:
    return Creation((made.entry,), made.shown)


def _check(body: Any, fields: tuple[Field, ...], prefix: str = "") -> None:
    if not prefix:
        check_fields(body, fields)
        return
    found = [InvalidParam(f"{prefix}{fault.name}", fault.code, fault.reason) for fault in faults_of(body, fields)]
    if found:
        raise invalid(found)


def _without_filters(record: Body) -> Body:
    return {
        name: value
        for name, value in record.items()
        if "__" not in name and name != "onderwerpobjectidentificatorObjectId"
    }


_SHOWN = dict.fromkeys(("betrokkenen", "onderwerpobjecten", "internetaken", "digitaleadressen"), _without_filters)
