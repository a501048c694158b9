# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls the practice back end as plainly as can be, so that its tests do not lean on the engine they are to judge."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import requests

from sync.practice import PracticeBackEnd

RSIN = "002564440"
Json = dict[str, Any]


class Caller:
    """One connection to one back end, with a fresh token at each call."""

    def __init__(self, back_end: PracticeBackEnd) -> None:
        self.back_end = back_end
        self.session = requests.Session()
        self.session.trust_env = False
        self.timeout_s = 10.0

    def close(self) -> None:
        self.session.close()

    def token(self, age: timedelta = timedelta(0), **claims: object) -> str:
        issued = int((self.back_end.now() - age).timestamp())
        own = {"iss": self.back_end.client_id, "client_id": self.back_end.client_id, "iat": issued, "user_id": "loket"}
        secret = str(claims.pop("secret", self.back_end.secret))
        return jwt.encode({**own, "user_representation": "Loket", **claims}, secret, algorithm="HS256")

    def headers(self, **changed: str | None) -> dict[str, str]:
        usual: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token()}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
            "Content-Type": "application/json",
        }
        merged = {**usual, **{name.replace("_", "-"): value for name, value in changed.items()}}
        return {name: value for name, value in merged.items() if value is not None}

    def get(self, url: str, query: Json | None = None, **changed: str | None) -> requests.Response:
        headers = self.headers(**changed)
        return self.session.get(url, params=query, headers=headers, timeout=self.timeout_s)

    def post(self, url: str, body: object, **changed: str | None) -> requests.Response:
        return self.session.post(url, json=body, headers=self.headers(**changed), timeout=self.timeout_s)

    def patch(self, url: str, body: object) -> requests.Response:
        return self.session.patch(url, json=body, headers=self.headers(), timeout=self.timeout_s)

    def first(self, path: str, **query: str) -> Json:
        found = self.get(self.back_end.urls.catalogi + path, query).json()["results"]
        record: Json = found[0]
        return record

    def case_type(self, identificatie: str = "VERHUIZING") -> str:
        return str(self.first("zaaktypen", identificatie=identificatie)["url"])

    def zaak_body(self, **changed: object) -> Json:
        usual = {
            "identificatie": "LK-0001",
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "zaaktype": changed.pop("zaaktype", None) or self.case_type(),
            "startdatum": "2026-11-24",
            "omschrijving": "Verhuizen",
            "kenmerken": [{"bron": "loket", "kenmerk": "2f1d7a1e"}],
        }
        return {**usual, **changed}

    def zaak(self, **changed: object) -> Json:
        return self.made(self.post(self.back_end.urls.zaken + "zaken", self.zaak_body(**changed)))

    def rol_body(self, zaak: Json, kind: str = "initiator", **changed: object) -> Json:
        roltype = self.first("roltypen", zaaktype=zaak["zaaktype"], omschrijvingGeneriek=kind)["url"]
        usual = {
            "zaak": zaak["url"],
            "betrokkeneType": "natuurlijk_persoon",
            "roltype": roltype,
            "roltoelichting": "indiener",
            "betrokkeneIdentificatie": {"voornamen": "Noor", "geslachtsnaam": "Voorbeeld"},
        }
        return {**usual, **changed}

    def rol(self, zaak: Json, kind: str = "initiator") -> requests.Response:
        return self.post(self.back_end.urls.zaken + "rollen", self.rol_body(zaak, kind))

    def statustype(self, zaak: Json, name: str = "Ontvangen") -> str:
        found = self.get(self.back_end.urls.catalogi + "statustypen", {"zaaktype": zaak["zaaktype"]}).json()["results"]
        return next(str(record["url"]) for record in found if record["omschrijving"] == name)

    def status(self, zaak: Json, moment: str, name: str = "Ontvangen") -> requests.Response:
        body = {"zaak": zaak["url"], "statustype": self.statustype(zaak, name), "datumStatusGezet": moment}
        return self.post(self.back_end.urls.zaken + "statussen", body)

    def document_body(self, content: bytes = b"%PDF-1.7 oefenen", **changed: object) -> Json:
        usual = {
            "identificatie": f"LK-{uuid4().hex[:12]}",
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-11-24",
            "titel": "Aanvraag",
            "auteur": "Loket",
            "taal": "nld",
            "formaat": "application/pdf",
            "bestandsnaam": "aanvraag.pdf",
            "bestandsomvang": len(content),
            "inhoud": base64.b64encode(content).decode(),
            "informatieobjecttype": self.first("informatieobjecttypen", omschrijving="Ontvangen bericht")["url"],
        }
        return {**usual, **changed}

    def document(self, **changed: object) -> Json:
        return self.made(self.post(self.documents_url, self.document_body(**changed)))  # type: ignore[arg-type]

    @property
    def documents_url(self) -> str:
        return self.back_end.urls.documenten + "enkelvoudiginformatieobjecten"

    def link(self, zaak: Json, document: Json) -> requests.Response:
        body = {"zaak": zaak["url"], "informatieobject": document["url"], "titel": "Aanvraag"}
        return self.post(self.back_end.urls.zaken + "zaakinformatieobjecten", body)

    def eigenschap(self, zaak: Json, value: str = "1234AB") -> requests.Response:
        eigenschap = self.first("eigenschappen", zaaktype=zaak["zaaktype"])["url"]
        body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": value}
        return self.post(zaak["url"] + "/zaakeigenschappen", body)

    @staticmethod
    def made(response: requests.Response) -> Json:
        assert response.status_code == 201, response.text
        record: Json = response.json()
        return record


def codes(response: requests.Response) -> set[tuple[str, str]]:
    """Give (field, code) of everything that the answer calls wrong."""
    return {(param["name"], param["code"]) for param in response.json()["invalidParams"]}
