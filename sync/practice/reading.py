# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading what the practice back end keeps: lists with filters and pages, single records with an ETag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from sync.practice.exchange import Answer, Body, Call, Creation, json_answer
from sync.practice.refusals import InvalidParam, RefusalError, invalid
from sync.practice.store import Store

PAGE_SIZE = 100
UUID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

Handler = Callable[[Call], Answer | Creation]
Show = Callable[[Body], Body]
Sieve = Callable[[Call, list[Body]], list[Body]]


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path, what may call it, and what does it."""

    method: str
    pattern: str
    scopes: frozenset[str]
    handle: Handler


def nothing_more(record: Body) -> Body:
    """Show a record as it is kept."""
    return record


def keep_all(_call: Call, records: list[Body]) -> list[Body]:
    """Let every record through."""
    return records


@dataclass(frozen=True, slots=True)
class Collection:
    """How one kind of record is read. `filters` are compared; `sieved` are left to `sieve`."""

    name: str
    base: str
    path: str
    scopes: frozenset[str]
    filters: frozenset[str] = frozenset()
    sieved: frozenset[str] = frozenset()
    sieve: Sieve = keep_all
    show: Show = nothing_more
    is_paged: bool = True

    def routes(self, store: Store) -> tuple[Route, ...]:
        """Give the two ways to read: the list and the single record."""
        return (
            Route("GET", rf"/{self.path}", self.scopes, lambda call: self._list(store, call)),
            Route("GET", rf"/{self.path}/{UUID}", self.scopes, lambda call: self._single(store, call)),
        )

    def address(self, uuid: str) -> str:
        """Give the address of a record."""
        return f"{self.base}{self.path}/{uuid}"

    def uuid_of(self, address: object) -> str:
        """Give the uuid in an address of this collection, or an empty text when it is another's."""
        start = f"{self.base}{self.path}/"
        if isinstance(address, str) and address.startswith(start):
            return address.removeprefix(start).rstrip("/")
        return ""

    def find(self, store: Store, address: object) -> Body | None:
        """Give the record at an address."""
        return store.get(self.name, self.uuid_of(address))

    def _list(self, store: Store, call: Call) -> Answer:
        pages = {"page", "pageSize"} if self.is_paged else set()
        check_query(call, self.filters | self.sieved | pages)
        wanted = {name: value for name, value in call.query.items() if name in self.filters}
        found = self.sieve(call, store.select(self.name, wanted))
        if not self.is_paged:
            return json_answer([self.show(record) for record in found])
        return self._page(call, found)

    def _page(self, call: Call, found: list[Body]) -> Answer:
        try:
            page = int(call.query.get("page", "1"))
            size = min(int(call.query.get("pageSize", PAGE_SIZE)), 500)
        except ValueError as error:
            raise RefusalError(404, "not_found", "Ongeldige pagina.") from error
        last = max(1, -(-len(found) // size)) if size > 0 else 0
        if not 1 <= page <= last:
            raise RefusalError(404, "not_found", "Ongeldige pagina.")

        def link(number: int) -> str | None:
            if not 1 <= number <= last:
                return None
            return f"{self.base}{self.path}?{urlencode({**call.query, 'page': number})}"

        some = found[(page - 1) * size : page * size]
        results = [self.show(record) for record in some]
        return json_answer(
            {"count": len(found), "next": link(page + 1), "previous": link(page - 1), "results": results}
        )

    def _single(self, store: Store, call: Call) -> Answer:
        check_query(call, ())
        record = store.get(self.name, call.ids[-1])
        if record is None or not self.sieve(call, [record]):
            raise RefusalError(404, "not_found", "Niet gevonden.")
        return with_etag(call, self.show(record))


def with_etag(call: Call, shown: Body) -> Answer:
    """Give a record with its ETag, or 304 when the caller has it already."""
    tag = '"' + hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32] + '"'
    headers = (("ETag", tag),)
    known = [part.strip() for part in call.headers.get("if-none-match", "").split(",")]
    if tag in known:
        return Answer(304, headers=headers)
    return json_answer(shown, headers=headers)


def check_query(call: Call, allowed: Iterable[str]) -> None:
    """Refuse a query parameter that does not exist.

    Raises: RefusalError 400, as the original does where others keep silent.
    """
    unknown = sorted(set(call.query) - set(allowed))
    if unknown:
        raise invalid(
            [InvalidParam("nonFieldErrors", "unknown-parameters", f"Onbekende query parameters: {', '.join(unknown)}")]
        )
