# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Zaken API of the practice back end: zaken, rollen, statussen, zaakeigenschappen, zaakinformatieobjecten."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from sync.practice.admission import require_case_type, require_open, require_scope
from sync.practice.catalogus import Catalogus
from sync.practice.documenten import Documenten
from sync.practice.exchange import Answer, Body, Call, Creation, Entry, json_answer
from sync.practice.fields import (
    CONFIDENTIALITY,
    Field,
    check_fields,
    has,
    is_boolean,
    is_date,
    is_duration,
    is_moment,
    is_rsin,
    is_url,
    many,
    one_of,
    required,
)
from sync.practice.reading import UUID, Collection, Route
from sync.practice.refusals import RefusalError, invalid_field
from sync.practice.resultaten import Resultaten
from sync.practice.rollen import Rollen
from sync.practice.store import Store
from sync.practice.timestamps import in_dutch_days, in_utc, moment_of, set_at
from sync.practice.zaakeigenschappen import Zaakeigenschappen

LEZEN = frozenset({"zaken.lezen"})
AANMAKEN = frozenset({"zaken.aanmaken"})
BIJWERKEN = frozenset({"zaken.bijwerken"})
HEROPENEN = frozenset({"zaken.heropenen"})

_ZAAK = (
    Field("identificatie", longest=40),
    required("bronorganisatie", longest=9, check=is_rsin),
    Field("omschrijving", longest=80),
    Field("toelichting", longest=1000),
    required("zaaktype", longest=1000, check=is_url),
    Field("registratiedatum", check=is_date, may_be_blank=False),
    required("verantwoordelijkeOrganisatie", longest=9, check=is_rsin),
    required("startdatum", check=is_date),
    Field("einddatumGepland", check=is_date, may_be_null=True, may_be_blank=False),
    Field("uiterlijkeEinddatumAfdoening", check=is_date, may_be_null=True, may_be_blank=False),
    Field("communicatiekanaal", longest=1000, check=is_url),
    Field("communicatiekanaalNaam", longest=250),
    Field("vertrouwelijkheidaanduiding", check=one_of(*CONFIDENTIALITY)),
    Field("opdrachtgevendeOrganisatie", longest=9, check=is_rsin),
    Field(
        "opschorting",
        check=has(required("indicatie", check=is_boolean), required("reden", longest=200)),
        may_be_null=True,
    ),
    Field(
        "verlenging", check=has(required("reden", longest=200), required("duur", check=is_duration)), may_be_null=True
    ),
    Field("kenmerken", check=many(required("kenmerk", longest=40), required("bron", longest=40)), may_be_blank=False),
)
_STATUS = (
    required("zaak", longest=1000, check=is_url),
    required("statustype", longest=1000, check=is_url),
    required("datumStatusGezet", check=is_moment),
    Field("statustoelichting", longest=1000),
)
_ZAAKINFORMATIEOBJECT = (
    required("informatieobject", longest=1000, check=is_url),
    required("zaak", longest=1000, check=is_url),
    Field("titel", longest=200),
    Field("beschrijving"),
    Field("vernietigingsdatum", check=is_moment, may_be_null=True),
)


class Zaken:
    """Checks and makes zaken and what hangs on them, as Open Zaak does."""

    def __init__(self, store: Store, base: str, catalogus: Catalogus, documenten: Documenten) -> None:
        self._store = store
        self._base = base
        self._catalogus = catalogus
        self._documenten = documenten
        filters = frozenset({"identificatie", "bronorganisatie", "zaaktype", "startdatum"})
        sieved = frozenset({"einddatum__isnull"})
        self.zaken = Collection("zaken", base, "zaken", LEZEN, filters, sieved, self._sieve, self._show_zaak)
        self.rollen = Rollen(store, base, catalogus, self.zaak_at)
        self.resultaten = Resultaten(store, base, catalogus, self.zaak_at)
        self.eigenschappen = Zaakeigenschappen(store, catalogus, self.zaak_at, self.zaak_of_path)
        self.statussen = Collection(
            "statussen", base, "statussen", LEZEN, frozenset({"zaak", "statustype"}), show=self._show_status
        )
        self.links = Collection(
            "zaakinformatieobjecten",
            base,
            "zaakinformatieobjecten",
            LEZEN,
            frozenset({"zaak", "informatieobject"}),
            is_paged=False,
        )

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        return (
            *self.zaken.routes(self._store),
            *self.rollen.routes(),
            *self.resultaten.routes(),
            *self.eigenschappen.routes(),
            *self.statussen.routes(self._store),
            *self.links.routes(self._store),
            Route("POST", "/zaken", AANMAKEN, self._create_zaak),
            Route("PATCH", rf"/zaken/{UUID}", BIJWERKEN, self._change_zaak),
            Route("POST", "/statussen", AANMAKEN | {"zaken.statussen.toevoegen"}, self._create_status),
            Route("POST", "/zaakinformatieobjecten", AANMAKEN | BIJWERKEN, self._create_link),
        )

    def zaak_at(self, call: Call, address: object) -> Body:
        """Give the zaak at an address, when this client may see it.

        Raises: RefusalError.
        """
        zaak = self.zaken.find(self._store, address)
        if zaak is None:
            raise invalid_field("zaak", "no_match")
        require_case_type(call.client, self._identificatie_of(zaak))
        return zaak

    def _identificatie_of(self, zaak: Body) -> str:
        zaaktype = self._catalogus.zaaktypen.find(self._store, zaak["zaaktype"]) or {}
        return str(zaaktype.get("identificatie", ""))

    def _visible(self, call: Call, records: list[Body]) -> list[Body]:
        allowed = call.client.case_types
        return records if allowed is None else [zaak for zaak in records if self._identificatie_of(zaak) in allowed]

    def _sieve(self, call: Call, records: list[Body]) -> list[Body]:
        seen = self._visible(call, records)
        if call.ids or "einddatum__isnull" not in call.query:
            return seen
        wanted = call.query["einddatum__isnull"].casefold()
        if wanted not in ("true", "false"):
            return seen  # as the original: what is neither counts as not asked
        return [zaak for zaak in seen if (zaak["einddatum"] is None) is (wanted == "true")]

    def _show_zaak(self, zaak: Body) -> Body:
        address = zaak["url"]

        def of(collection: str) -> list[str]:
            return [record["url"] for record in self._store.select(collection, {"zaak": address})]

        statussen = sorted(self._store.select("statussen", {"zaak": address}), key=set_at)
        return {
            **zaak,
            "status": statussen[-1]["url"] if statussen else None,
            "resultaat": next(iter(of("resultaten")), None),
            "rollen": of("rollen"),
            "eigenschappen": of("zaakeigenschappen"),
            "zaakinformatieobjecten": of("zaakinformatieobjecten"),
        }

    def _show_status(self, status: Body) -> Body:
        others = self._store.select("statussen", {"zaak": status["zaak"]})
        return {**status, "indicatieLaatstGezetteStatus": set_at(status) == max(map(set_at, others))}

    def _create_zaak(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _ZAAK)
        zaaktype = self._catalogus.zaaktypen.find(self._store, body["zaaktype"])
        if zaaktype is None:
            raise invalid_field("zaaktype", "bad-url")
        require_case_type(call.client, zaaktype["identificatie"])
        if zaaktype["concept"]:
            raise invalid_field("zaaktype", "not-published", "Het zaaktype is niet gepubliceerd.")
        identifier = str(uuid.uuid4())
        identificatie = body.get("identificatie") or f"ZAAK-{call.now.year}-{int(identifier[:8], 16) % 10**10:010d}"
        if not re.fullmatch(r"[A-Za-z0-9_\-. /]+", identificatie):
            raise invalid_field("identificatie", "invalid")
        key = ("zaak", body["bronorganisatie"], identificatie)
        if self._store.is_taken(key):
            raise invalid_field(
                "identificatie", "identificatie-niet-uniek", "Deze identificatie bestaat al voor deze bronorganisatie"
            )
        zaak: Body = {
            "url": self.zaken.address(identifier),
            "uuid": identifier,
            "identificatie": identificatie,
            "bronorganisatie": body["bronorganisatie"],
            "omschrijving": body.get("omschrijving", ""),
            "toelichting": body.get("toelichting", ""),
            "zaaktype": body["zaaktype"],
            "registratiedatum": body.get("registratiedatum") or in_dutch_days(call.now),
            "verantwoordelijkeOrganisatie": body["verantwoordelijkeOrganisatie"],
            "startdatum": body["startdatum"],
            "einddatum": None,
            "einddatumGepland": body.get("einddatumGepland"),
            "uiterlijkeEinddatumAfdoening": body.get("uiterlijkeEinddatumAfdoening"),
            "publicatiedatum": None,
            "communicatiekanaal": body.get("communicatiekanaal", ""),
            "communicatiekanaalNaam": body.get("communicatiekanaalNaam", ""),
            "productenOfDiensten": body.get("productenOfDiensten", []),
            "vertrouwelijkheidaanduiding": body.get("vertrouwelijkheidaanduiding")
            or zaaktype["vertrouwelijkheidaanduiding"],
            "betalingsindicatie": body.get("betalingsindicatie", ""),
            "betalingsindicatieWeergave": "",
            "laatsteBetaaldatum": None,
            "zaakgeometrie": body.get("zaakgeometrie"),
            # The original answers with nulls where its own document allows none; readers must bear them.
            "verlenging": None,
            "opschorting": {"indicatie": False, "reden": ""},
            "selectielijstklasse": "",
            "hoofdzaak": body.get("hoofdzaak"),
            "deelzaken": [],
            "relevanteAndereZaken": [],
            "zaakobjecten": [],
            "kenmerken": [{"kenmerk": mark["kenmerk"], "bron": mark["bron"]} for mark in body.get("kenmerken", [])],
            "archiefnominatie": None,
            "archiefstatus": "nog_te_archiveren",
            "archiefactiedatum": None,
            "resultaat": None,
            "opdrachtgevendeOrganisatie": body.get("opdrachtgevendeOrganisatie", ""),
            "processobjectaard": "",
            "startdatumBewaartermijn": None,
            "processobject": None,
        }
        shown = {**zaak, "status": None, "rollen": [], "eigenschappen": [], "zaakinformatieobjecten": []}
        return Creation((Entry("zaken", identifier, zaak, (key,)),), shown)

    def _change_zaak(self, call: Call) -> Answer:
        zaak = self.zaak_of_path(call)
        require_open(call, zaak)
        check_fields(call.body, _ZAAK, partial=True)
        for name in ("zaaktype", "identificatie", "bronorganisatie"):
            if name in call.body and call.body[name] != zaak[name]:
                raise invalid_field(name, "wijzigen-niet-toegelaten")
        known = {field.name for field in _ZAAK}
        changed = {**zaak, **{name: value for name, value in call.body.items() if name in known}}
        self._store.replace("zaken", call.ids[0], changed)
        return json_answer(self._show_zaak(changed))

    def _create_status(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _STATUS)
        zaak = self.zaak_at(call, body["zaak"])
        statustype = self._catalogus.statustypen.find(self._store, body["statustype"])
        if statustype is None:
            raise invalid_field("statustype", "bad-url")
        if statustype["zaaktype"] != zaak["zaaktype"]:
            raise invalid_field("nonFieldErrors", "zaaktype-mismatch")
        moment = moment_of(body["datumStatusGezet"])
        if moment > call.now:
            raise invalid_field("datumStatusGezet", "date-in-future", "Datum mag niet in de toekomst liggen")
        if zaak["einddatum"] and not statustype["isEindstatus"]:
            require_scope(call.client, HEROPENEN)
        if self._store.select("statussen", {"zaak": zaak["url"]}):
            # `zaken.aanmaken` alone is for the first status, that of a new zaak.
            require_scope(call.client, frozenset({"zaken.statussen.toevoegen"}))
        if statustype["isEindstatus"] and not self._store.select("resultaten", {"zaak": zaak["url"]}):
            raise invalid_field("nonFieldErrors", "resultaat-does-not-exist", "Zaak has no resultaat.")
        entry = self.status_entry(zaak, statustype, moment, body.get("statustoelichting", ""))
        if self._store.is_taken(entry.unique[0]):
            raise invalid_field(
                "nonFieldErrors", "unique", "De velden zaak, datumStatusGezet moeten een unieke set zijn."
            )
        entries = [entry]
        if statustype["isEindstatus"]:
            entries.append(Entry("zaken", zaak["uuid"], {**zaak, "einddatum": moment.date().isoformat()}))
        return Creation(tuple(entries), {**entry.record, "indicatieLaatstGezetteStatus": True})

    def status_entry(self, zaak: Body, statustype: Body, moment: datetime, explanation: str) -> Entry:
        """Give the record of a status."""
        identifier = str(uuid.uuid4())
        record: Body = {
            "url": self.statussen.address(identifier),
            "uuid": identifier,
            "zaak": zaak["url"],
            "statustype": statustype["url"],
            "datumStatusGezet": in_utc(moment),
            "statustoelichting": explanation,
            "gezetdoor": None,
            "zaakinformatieobjecten": [],
        }
        return Entry("statussen", identifier, record, (("status", zaak["url"], in_utc(moment)),))

    def _create_link(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _ZAAKINFORMATIEOBJECT)
        zaak = self.zaak_at(call, body["zaak"])
        document = self._documenten.documenten.find(self._store, body["informatieobject"])
        if document is None:
            raise invalid_field("informatieobject", "bad-url")
        pair = {"zaaktype": zaak["zaaktype"], "informatieobjecttype": document["informatieobjecttype"]}
        if not self._store.select(self._catalogus.koppelingen.name, pair):
            raise invalid_field("nonFieldErrors", "missing-zaaktype-informatieobjecttype-relation")
        key = ("zaakinformatieobject", zaak["url"], document["url"])
        if self._store.is_taken(key):
            raise invalid_field(
                "nonFieldErrors", "unique", "De velden zaak, informatieobject moeten een unieke set zijn."
            )
        require_open(call, zaak)
        identifier = str(uuid.uuid4())
        record: Body = {
            "url": self.links.address(identifier),
            "uuid": identifier,
            "informatieobject": document["url"],
            "zaak": zaak["url"],
            "aardRelatieWeergave": "Hoort bij, omgekeerd: kent",
            "titel": body.get("titel", ""),
            "beschrijving": body.get("beschrijving", ""),
            "registratiedatum": in_utc(call.now),
            "vernietigingsdatum": body.get("vernietigingsdatum"),
            "status": None,
        }
        mirror = self._documenten.link_entry(document["url"], zaak["url"])
        return Creation((Entry("zaakinformatieobjecten", identifier, record, (key,)), mirror), record)

    def zaak_of_path(self, call: Call) -> Body:
        """Give the zaak that the path names, when this client may see it.

        Raises: RefusalError 404.
        """
        zaak = self._store.get("zaken", call.ids[0])
        if zaak is None or not self._visible(call, [zaak]):
            raise RefusalError(404, "not_found", "Niet gevonden.")
        return zaak
