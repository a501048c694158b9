# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of the practice back end, read only: the zaaktypen it is started with, and what belongs to them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from sync.practice.exchange import Body, Call, Entry
from sync.practice.fields import is_date
from sync.practice.reading import Collection, Route
from sync.practice.refusals import invalid_field
from sync.practice.store import Store

DOCUMENT_TYPE = "Ontvangen bericht"
STATUS_TYPES = ("Ontvangen", "In behandeling", "Afgehandeld")
RESULT_TYPES = ("Afgehandeld", "Toegekend", "Afgewezen", "Ingetrokken", "Niet ontvangen")
_RSIN = "002564440"
_NAMESPACE = uuid.UUID("6d1c9f0a-52a4-4c67-9d0e-9b7a3c2f5e18")
_BEGIN = "2020-01-01"
_LEZEN = frozenset({"catalogi.lezen"})
_OF_ZAAKTYPE = frozenset({"zaaktype", "zaaktypeIdentificatie"})
_VALID = frozenset({"status", "datumGeldigheid"})


class Catalogus:
    """Zaaktypen with roltypen, three statustypen, eigenschappen and one informatieobjecttype each."""

    def __init__(
        self, store: Store, base: str, case_types: Mapping[str, Sequence[str]], concepts: Sequence[str]
    ) -> None:
        def collection(
            name: str, filters: frozenset[str] = frozenset(), sieved: frozenset[str] = frozenset()
        ) -> Collection:
            return Collection(name, base, name, _LEZEN, filters, sieved, self._sieve)

        self._store = store
        self.catalogussen = collection("catalogussen", frozenset({"domein", "rsin"}))
        self.zaaktypen = collection("zaaktypen", frozenset({"identificatie", "catalogus"}), _VALID)
        self.statustypen = collection("statustypen", _OF_ZAAKTYPE, _VALID)
        self.roltypen = collection("roltypen", _OF_ZAAKTYPE | {"omschrijvingGeneriek"}, _VALID)
        self.resultaattypen = collection("resultaattypen", _OF_ZAAKTYPE, _VALID)
        self.eigenschappen = collection("eigenschappen", _OF_ZAAKTYPE, _VALID)
        self.informatieobjecttypen = collection(
            "informatieobjecttypen", frozenset({"catalogus", "omschrijving"}), _VALID
        )
        self.koppelingen = collection(
            "zaaktype-informatieobjecttypen",
            frozenset({"zaaktype", "informatieobjecttype", "richting"}),
            frozenset({"status"}),
        )
        self._collections = (
            self.catalogussen,
            self.zaaktypen,
            self.statustypen,
            self.roltypen,
            self.resultaattypen,
            self.eigenschappen,
            self.informatieobjecttypen,
            self.koppelingen,
        )
        self._catalogus = self._keep(
            self.catalogussen,
            "loket",
            domein="OEFEN",
            rsin=_RSIN,
            naam="Oefencatalogus van Loket",
            contactpersoonBeheerNaam="Oefenen",
        )
        self._document_type = self._keep(
            self.informatieobjecttypen,
            DOCUMENT_TYPE,
            catalogus=self._catalogus,
            omschrijving=DOCUMENT_TYPE,
            vertrouwelijkheidaanduiding="zaakvertrouwelijk",
            concept=False,
            informatieobjectcategorie="bericht",
            beginGeldigheid=_BEGIN,
            eindeGeldigheid=None,
        )
        for identificatie, names in case_types.items():
            self._zaaktype(identificatie, names, is_concept=False)
        for identificatie in concepts:
            self._zaaktype(identificatie, (), is_concept=True)

    def routes(self) -> tuple[Route, ...]:
        """Give all ways to read the catalogue."""
        return tuple(route for collection in self._collections for route in collection.routes(self._store))

    def _keep(self, collection: Collection, key: str, **fields: object) -> str:
        # The same key gives the same uuid at every start, so that kept zaken still fit their zaaktype.
        identifier = str(uuid.uuid5(_NAMESPACE, f"{collection.name}/{key}"))
        address = collection.address(identifier)
        with self._store.lock:
            self._store.seed(Entry(collection.name, identifier, {"url": address, **fields}))
        return address

    def _zaaktype(self, identificatie: str, names: Sequence[str], is_concept: bool) -> None:
        period = {"beginGeldigheid": _BEGIN, "eindeGeldigheid": None, "concept": is_concept}
        zaaktype = self._keep(
            self.zaaktypen,
            identificatie,
            identificatie=identificatie,
            omschrijving=f"Oefenen: {identificatie}"[:80],
            vertrouwelijkheidaanduiding="zaakvertrouwelijk",
            doel="Oefenen",
            aanleiding="Een bericht van een inwoner",
            indicatieInternOfExtern="extern",
            handelingInitiator="indienen",
            onderwerp="Bericht",
            handelingBehandelaar="behandelen",
            doorlooptijd="P30D",
            verantwoordelijke=_RSIN,
            catalogus=self._catalogus,
            versiedatum=_BEGIN,
            **period,
        )
        shared = {"zaaktype": zaaktype, "zaaktypeIdentificatie": identificatie, "catalogus": self._catalogus, **period}
        roles = [
            self._keep(self.roltypen, f"{identificatie}/{r}", omschrijving=r.title(), omschrijvingGeneriek=r, **shared)
            for r in _ROLES
        ]
        statuses = [
            self._keep(
                self.statustypen,
                f"{identificatie}/{name}",
                omschrijving=name,
                omschrijvingGeneriek=name,
                volgnummer=number,
                isEindstatus=number == len(STATUS_TYPES),
                informeren=False,
                **shared,
            )
            for number, name in enumerate(STATUS_TYPES, start=1)
        ]
        results = [
            self._keep(
                self.resultaattypen,
                f"{identificatie}/{name}",
                omschrijving=name,
                resultaattypeomschrijving="",
                omschrijvingGeneriek=name,
                selectielijstklasse="",
                toelichting="",
                archiefnominatie="vernietigen",
                archiefactietermijn="P1Y",
                brondatumArchiefprocedure=None,
                **shared,
            )
            for name in RESULT_TYPES
        ]
        properties = [
            self._keep(
                self.eigenschappen,
                f"{identificatie}/{name}",
                naam=name[:20],
                definitie=name[:255],
                specificatie={
                    "groep": "",
                    "formaat": "tekst",
                    "lengte": "255",
                    "kardinaliteit": "1",
                    "waardenverzameling": [],
                },
                statustype=None,
                **shared,
            )
            for name in names
        ]
        self._keep(
            self.koppelingen,
            identificatie,
            informatieobjecttype=self._document_type,
            volgnummer=1,
            richting="inkomend",
            statustype=None,
            **shared,
        )
        belonging = {
            "roltypen": roles,
            "statustypen": statuses,
            "resultaattypen": results,
            "eigenschappen": properties,
            "informatieobjecttypen": [self._document_type],
        }
        record = self.zaaktypen.find(self._store, zaaktype)
        if record is not None:
            record.update(belonging)

    @staticmethod
    def _sieve(call: Call, records: list[Body]) -> list[Body]:
        if call.ids:
            return records
        status = call.query.get("status", "definitief")
        if status not in ("alles", "concept", "definitief"):
            raise invalid_field("status", "invalid_choice")
        day = call.query.get("datumGeldigheid")
        if day is not None and is_date(day):
            raise invalid_field("datumGeldigheid", "invalid")

        def fits(record: Body) -> bool:
            if status != "alles" and record.get("concept", False) is not (status == "concept"):
                return False
            begin, end = record.get("beginGeldigheid"), record.get("eindeGeldigheid")
            return day is None or ((begin is None or begin <= day) and (end is None or day < end))

        return [record for record in records if fits(record)]


_ROLES = ("initiator", "behandelaar", "belanghebbende", "klantcontacter")
