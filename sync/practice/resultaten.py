# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The resultaten of the practice back end: what came of a zaak, one each."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sync.practice.admission import require_open
from sync.practice.catalogus import Catalogus
from sync.practice.exchange import Body, Call, Creation, Entry
from sync.practice.fields import Field, check_fields, is_url, required
from sync.practice.reading import Collection, Route
from sync.practice.refusals import invalid_field
from sync.practice.store import Store

_LEZEN = frozenset({"zaken.lezen"})
_BIJWERKEN = frozenset({"zaken.bijwerken"})
_RESULTAAT = (
    required("zaak", longest=1000, check=is_url),
    required("resultaattype", longest=1000, check=is_url),
    Field("toelichting", longest=1000),
)


class Resultaten:
    """Checks and makes resultaten."""

    def __init__(self, store: Store, base: str, catalogus: Catalogus, zaak_at: Callable[[Call, object], Body]) -> None:
        self._store = store
        self._catalogus = catalogus
        self._zaak_at = zaak_at
        self.resultaten = Collection("resultaten", base, "resultaten", _LEZEN, frozenset({"zaak", "resultaattype"}))

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        return (*self.resultaten.routes(self._store), Route("POST", "/resultaten", _BIJWERKEN, self._create))

    def _create(self, call: Call) -> Creation:
        body = call.body
        check_fields(body, _RESULTAAT)
        zaak = self._zaak_at(call, body["zaak"])
        require_open(call, zaak)
        resultaattype = self._catalogus.resultaattypen.find(self._store, body["resultaattype"])
        if resultaattype is None:
            raise invalid_field("resultaattype", "bad-url")
        if resultaattype["zaaktype"] != zaak["zaaktype"]:
            raise invalid_field("nonFieldErrors", "zaaktype-mismatch")
        key = ("resultaat", zaak["url"])
        if self._store.is_taken(key):
            raise invalid_field("zaak", "unique", "Dit veld moet uniek zijn.")
        identifier = str(uuid.uuid4())
        record: Body = {
            "url": self.resultaten.address(identifier),
            "uuid": identifier,
            "zaak": zaak["url"],
            "resultaattype": resultaattype["url"],
            "toelichting": body.get("toelichting", ""),
        }
        return Creation((Entry("resultaten", identifier, record, (key,)),), record)
