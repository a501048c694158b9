# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Documenten API of the practice back end: documents, their file inside the request, and where they are linked."""

from __future__ import annotations

import base64
import uuid

from sync.practice.catalogus import Catalogus
from sync.practice.exchange import Answer, Body, Call, Creation, Entry
from sync.practice.fields import (
    CONFIDENTIALITY,
    Field,
    check_fields,
    is_base64,
    is_boolean,
    is_date,
    is_object,
    is_rsin,
    is_url,
    one_of,
    required,
)
from sync.practice.reading import UUID, Collection, Route, check_query
from sync.practice.refusals import RefusalError, invalid_field
from sync.practice.store import Store
from sync.practice.timestamps import in_utc

_LEZEN = frozenset({"documenten.lezen"})
_AANMAKEN = frozenset({"documenten.aanmaken"})
_UNFINISHED = ("in_bewerking", "ter_vaststelling")
_DOCUMENT = (
    Field("identificatie", longest=40),
    required("bronorganisatie", longest=9, check=is_rsin),
    required("creatiedatum", check=is_date),
    required("titel", longest=200),
    Field("vertrouwelijkheidaanduiding", check=one_of(*CONFIDENTIALITY)),
    required("auteur", longest=200),
    Field("status", check=one_of(*_UNFINISHED, "definitief", "gearchiveerd")),
    Field("formaat", longest=255),
    required("taal", longest=3),
    Field("bestandsnaam", longest=255),
    Field("inhoud", check=is_base64, may_be_null=True),
    Field("link", longest=200, check=is_url),
    Field("beschrijving", longest=1000),
    Field("ontvangstdatum", check=is_date, may_be_null=True, may_be_blank=False),
    Field("verzenddatum", check=is_date, may_be_null=True, may_be_blank=False),
    Field("indicatieGebruiksrecht", check=is_boolean, may_be_null=True, may_be_blank=False),
    Field("integriteit", check=is_object, may_be_null=True),
    Field("ondertekening", check=is_object, may_be_null=True),
    required("informatieobjecttype", longest=200, check=is_url),
)


class Documenten:
    """Checks, makes and hands out documents. Files in parts (bestandsdelen) are not offered: Loket never uses them."""

    def __init__(self, store: Store, base: str, catalogus: Catalogus) -> None:
        self._store = store
        self._catalogus = catalogus
        filters = frozenset({"identificatie", "bronorganisatie"})
        self.documenten = Collection("documenten", base, "enkelvoudiginformatieobjecten", _LEZEN, filters)
        self.links = Collection(
            "objectinformatieobjecten",
            base,
            "objectinformatieobjecten",
            _LEZEN,
            frozenset({"object", "informatieobject"}),
            is_paged=False,
        )

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        return (
            *self.documenten.routes(self._store),
            *self.links.routes(self._store),
            Route("POST", "/enkelvoudiginformatieobjecten", _AANMAKEN, self._create),
            Route("GET", rf"/enkelvoudiginformatieobjecten/{UUID}/download", _LEZEN, self._download),
        )

    def link_entry(self, document: str, zaak: str) -> Entry:
        """Give the mirror of a link that the Zaken API makes."""
        identifier = str(uuid.uuid4())
        address = self.links.address(identifier)
        return Entry(
            "objectinformatieobjecten",
            identifier,
            {"url": address, "informatieobject": document, "object": zaak, "objectType": "zaak"},
        )

    def content(self, document: str) -> bytes:
        """Give the bytes of the file at a document's address."""
        kept = self._store.get("inhoud", self.documenten.uuid_of(document)) or {}
        return base64.b64decode(kept.get("base64", ""))

    def _create(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _DOCUMENT)
        if len(body["taal"]) != 3:
            raise invalid_field("taal", "min_length")
        kind = self._catalogus.informatieobjecttypen.find(self._store, body["informatieobjecttype"])
        if kind is None:
            raise invalid_field("informatieobjecttype", "bad-url")
        if kind["concept"]:
            raise invalid_field("informatieobjecttype", "not-published")
        if body.get("ontvangstdatum") and body.get("status") in _UNFINISHED:
            raise invalid_field("status", "invalid_for_received")
        size = _checked_size(body)
        identifier = str(uuid.uuid4())
        identificatie = body.get("identificatie") or f"DOCUMENT-{call.now.year}-{int(identifier[:8], 16) % 10**10:010d}"
        # Checked here and nowhere else: the original has no constraint in its database, so that a race makes doubles.
        if self._store.select(
            "documenten", {"identificatie": identificatie, "bronorganisatie": body["bronorganisatie"]}
        ):
            raise invalid_field(
                "identificatie", "identificatie-niet-uniek", "Deze identificatie bestaat al voor deze bronorganisatie"
            )
        address = self.documenten.address(identifier)
        record: Body = {
            "url": address,
            "identificatie": identificatie,
            "bronorganisatie": body["bronorganisatie"],
            "creatiedatum": body["creatiedatum"],
            "titel": body["titel"],
            "vertrouwelijkheidaanduiding": body.get("vertrouwelijkheidaanduiding")
            or kind["vertrouwelijkheidaanduiding"],
            "auteur": body["auteur"],
            "status": body.get("status", ""),
            "formaat": body.get("formaat", ""),
            "taal": body["taal"],
            "versie": 1,
            "beginRegistratie": in_utc(call.now),
            "bestandsnaam": body.get("bestandsnaam", ""),
            "inhoud": f"{address}/download?versie=1" if body.get("inhoud") is not None else None,
            "bestandsomvang": size,
            "link": body.get("link", ""),
            "beschrijving": body.get("beschrijving", ""),
            "ontvangstdatum": body.get("ontvangstdatum"),
            "verzenddatum": body.get("verzenddatum"),
            "indicatieGebruiksrecht": body.get("indicatieGebruiksrecht"),
            "verschijningsvorm": body.get("verschijningsvorm", ""),
            "ondertekening": body.get("ondertekening") or {"soort": "", "datum": None},
            "integriteit": body.get("integriteit") or {"algoritme": "", "waarde": "", "datum": None},
            "informatieobjecttype": kind["url"],
            "locked": False,
            "bestandsdelen": [],
            "trefwoorden": body.get("trefwoorden", []),
        }
        entries = [Entry("documenten", identifier, record)]
        if body.get("inhoud") is not None:
            entries.append(Entry("inhoud", identifier, {"base64": body["inhoud"]}))
        return Creation(tuple(entries), record)

    def _download(self, call: Call) -> Answer:
        check_query(call, ("versie", "registratieOp"))
        accept = call.headers.get("accept", "*/*")
        if "*/*" not in accept and "application/octet-stream" not in accept:
            raise RefusalError(406, "not_acceptable", "Kan niet voldoen aan de opgegeven Accept header.")
        record = self._store.get("documenten", call.ids[0])
        if record is None:
            raise RefusalError(404, "not_found", "Niet gevonden.")
        return Answer(200, self.content(record["url"]), "application/octet-stream")


def _checked_size(body: Body) -> int | None:
    size = body.get("bestandsomvang")
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size < 0):
        raise invalid_field("bestandsomvang", "invalid")
    if body.get("inhoud") is None:
        if size:
            raise invalid_field(
                "inhoud", "practice-no-parts", "Files in parts are not offered by the practice back end."
            )
        return None
    if size != len(base64.b64decode(body["inhoud"])):
        raise invalid_field("inhoud", "file-size", "Het aangegeven bestandsomvang komt niet overeen met de inhoud.")
    return size
