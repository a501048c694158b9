# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The zaakeigenschappen of the practice back end: values of a zaak, which the original doubles silently."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sync.practice.admission import require_open
from sync.practice.catalogus import Catalogus
from sync.practice.exchange import Answer, Body, Call, Creation, Entry, json_answer
from sync.practice.fields import check_fields, is_url, required
from sync.practice.reading import UUID, Route, check_query
from sync.practice.refusals import RefusalError, invalid_field
from sync.practice.store import Store

_LEZEN = frozenset({"zaken.lezen"})
_BIJWERKEN = frozenset({"zaken.bijwerken"})
_ZAAKEIGENSCHAP = (
    required("zaak", check=is_url),
    required("eigenschap", longest=1000, check=is_url),
    required("waarde", longest=4000),
)


class Zaakeigenschappen:
    """Checks and makes zaakeigenschappen; they live under the path of their zaak."""

    def __init__(
        self,
        store: Store,
        catalogus: Catalogus,
        zaak_at: Callable[[Call, object], Body],
        zaak_of_path: Callable[[Call], Body],
    ) -> None:
        self._store = store
        self._catalogus = catalogus
        self._zaak_at = zaak_at
        self._zaak_of_path = zaak_of_path

    def routes(self) -> tuple[Route, ...]:
        """Give everything that can be asked here."""
        path = rf"/zaken/{UUID}/zaakeigenschappen"
        return (
            Route("GET", path, _LEZEN, self._list),
            Route("GET", rf"{path}/{UUID}", _LEZEN, self._read),
            Route("POST", path, _BIJWERKEN, self._create),
        )

    def _list(self, call: Call) -> Answer:
        check_query(call, ())
        zaak = self._zaak_of_path(call)
        return json_answer(self._store.select("zaakeigenschappen", {"zaak": zaak["url"]}))

    def _read(self, call: Call) -> Answer:
        zaak = self._zaak_of_path(call)
        record = self._store.get("zaakeigenschappen", call.ids[1])
        if record is None or record["zaak"] != zaak["url"]:
            raise RefusalError(404, "not_found", "Niet gevonden.")
        return json_answer(record)

    def _create(self, call: Call) -> Creation:
        zaak = self._zaak_of_path(call)
        check_fields(call.body, _ZAAKEIGENSCHAP)
        if self._zaak_at(call, call.body["zaak"])["url"] != zaak["url"]:
            raise invalid_field("zaak", "no_match")
        require_open(call, zaak)
        eigenschap = self._catalogus.eigenschappen.find(self._store, call.body["eigenschap"])
        if eigenschap is None:
            raise invalid_field("eigenschap", "bad-url")
        if eigenschap["zaaktype"] != zaak["zaaktype"]:
            raise invalid_field("nonFieldErrors", "zaaktype-mismatch")
        identifier = str(uuid.uuid4())
        record: Body = {
            "url": f"{zaak['url']}/zaakeigenschappen/{identifier}",
            "uuid": identifier,
            "zaak": zaak["url"],
            "eigenschap": eigenschap["url"],
            "naam": eigenschap["naam"],
            "waarde": call.body["waarde"],
        }
        return Creation((Entry("zaakeigenschappen", identifier, record),), record)
