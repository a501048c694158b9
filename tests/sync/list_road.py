# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A counter's file beside a road, and what fills and reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sync.counter_file import COUNTER, CounterFile
from sync.key_ring import KeyRing, read_key_ring
from sync.sealing import read_sealer
from sync.transport import Transport
from sync.work_fetch import WorkFetch
from sync.work_list import SqliteWorkList
from sync.zgw.api import Api, ApiSettings
from tests.sync.practice_caller import Caller, Json
from tests.sync.road import RSIN, Road

TITLES = {"verhuizen": "Verhuizing doorgeven", "bel": "Bel mij terug"}
OF_SERVICE = {"verhuizen": "verhuizen", "bel": "bel", "intake": ""}


@dataclass(slots=True)
class CounterRoad:
    """What a laptop at a counter has."""

    road: Road
    file: CounterFile
    ring: KeyRing | None
    names: dict[str, str]

    @property
    def list(self) -> SqliteWorkList:
        return SqliteWorkList(self.file, self.road.database, TITLES, lambda: self.names, device_id="balie-01")

    def api(self, **changes: Any) -> Api:
        urls, back_end = self.road.back_end.urls, self.road.back_end
        who = {"client_id": back_end.client_id, "secret": back_end.secret, **changes}
        settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id="balie-01", **who)
        return Api(settings, Transport(self.road.clock, 5.0, connect_timeout_s=2, largest_answer=400_000))

    def fetch(self, case_types: Mapping[str, str] = OF_SERVICE, **changes: Any) -> WorkFetch:
        """A new sync process."""
        sealer = read_sealer(self.road.folder / "loket.pub")
        return WorkFetch(self.file, self.api(**changes), case_types, TITLES, sealer, self.ring, self.road.clock)

    def deliver(self, **changes: Any) -> Any:
        """Hand in a case and bring it to the case system."""
        made = self.road.submit(**changes)
        assert self.road.sync().delivered
        return made


@contextmanager
def built_counter(road: Road) -> Iterator[CounterRoad]:
    """Build it, and take it down again."""
    file = CounterFile(road.folder / COUNTER)
    try:
        yield CounterRoad(road, file, read_key_ring(road.folder / "loket.key"), {})
    finally:
        file.close()


class Colleague:
    """Somebody of the municipality with another program."""

    def __init__(self, road: Road) -> None:
        self.caller = Caller(road.back_end)
        self._zaken = road.back_end.urls.zaken

    def zaak(self, reference: str) -> Json:
        found: Json = self.caller.get(f"{self._zaken}zaken", {"identificatie": reference}).json()["results"][0]
        return found

    def take_on(self, reference: str, number: str = "44", name: str = "Bakker") -> None:
        zaak = self.zaak(reference)
        who = {"identificatie": number, "achternaam": name}
        body = self.caller.rol_body(zaak, "behandelaar", betrokkeneType="medewerker", betrokkeneIdentificatie=who)
        self.caller.made(self.caller.post(f"{self._zaken}rollen", body))
