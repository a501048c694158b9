# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A counter for tests: laptops whose staff act on cases of one practice back end, each with a sender of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.case_act import ActHeader, ActKind, CaseAct, KeptAct, new_act_id
from sync.act_book import SqliteActBook
from sync.act_sender import ActSender
from sync.case_version import version_of
from sync.counter_file import COUNTER, CounterFile
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.sealing import read_opener, read_sealer
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from sync.zgw.case_look import CaseLook, look_at
from sync.zgw.catalogi import items_of
from sync.zgw.handling import HandlingTypes
from tests.sync.road import RSIN, Road


@dataclass(slots=True)
class Laptop:
    """One laptop at the counter, with one member of staff."""

    road: Road
    file: CounterFile
    name: str = "M. Mulder"
    number: str = "12"
    device: str = "balie-01"
    has_contacts: bool = False
    knows_store: bool = True
    result_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def book(self) -> SqliteActBook:
        return SqliteActBook(self.file, read_sealer(self.road.folder / "loket.pub"))

    def api(self) -> Api:
        urls = self.road.back_end.urls
        who = {"client_id": self.road.back_end.client_id, "secret": self.road.back_end.secret}
        settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id=self.device, **who)
        return Api(settings, self._transport())

    def _transport(self) -> Transport:
        return Transport(self.road.clock, 2.0, connect_timeout_s=2, largest_answer=400_000)

    def sender(self) -> ActSender:
        """A new process: nothing is remembered but what is on the disk."""
        contacts = None
        if self.has_contacts:
            settings = ContactSettings(
                self.road.back_end.urls.klantinteracties, self.road.back_end.klantinteracties_token
            )
            contacts = ContactApi(settings, self._transport())
        folder = self.road.folder
        api = self.api()
        return ActSender(
            self.file,
            self.road.database if self.knows_store else None,
            api,
            self.road.document_type,
            self.road.clock,
            keys=read_opener(folder / "loket.key"),
            sealer=read_sealer(folder / "loket.pub"),
            contacts=contacts,
            types=HandlingTypes(api, self.road.document_type, self.result_names),
            spread=lambda: 1.0,
        )

    def look(self, reference: str) -> CaseLook:
        """Look at a case as the work list does."""
        api = self.api()
        [zaak] = items_of(api.get("zaken", "zaken", {"identificatie": reference, "bronorganisatie": RSIN}))
        return look_at(api, str(zaak["url"]))

    def version(self, reference: str) -> str:
        look = self.look(reference)
        return version_of(look.zaak, look.roles)

    def act(
        self,
        reference: str,
        kind: ActKind,
        text: str = "",
        given: Mapping[str, str] | None = None,
        *,
        based_on: str | None = None,
        act_id: str = "",
    ) -> CaseAct:
        """Do something, offline when the version that was seen is given."""
        seen = self.version(reference) if based_on is None else based_on
        header = ActHeader(act_id or new_act_id(), reference, kind, self.road.clock.now(), self.number, seen, "")
        made = CaseAct(header, self.name, text, given or {})
        assert self.book.record(made)
        self.road.clock.advance(timedelta(seconds=20))
        return made

    def send(self, rounds: int = 1) -> None:
        for number in range(rounds):
            if number:
                self.road.clock.advance(timedelta(hours=2))
            sender = self.sender()
            while sender.send_one():
                pass

    def kept(self, reference: str = "") -> list[KeptAct]:
        return list(self.book.acts(reference))

    def states(self, reference: str = "") -> list[str]:
        return [kept.state.value for kept in self.kept(reference)]

    def reasons(self) -> list[str]:
        return [kept.reason for kept in self.kept()]


@contextmanager
def laptop(road: Road, folder: Path, **changes: Any) -> Iterator[Laptop]:
    """Open one, and close it again."""
    folder.mkdir(parents=True, exist_ok=True)
    file = CounterFile(folder / COUNTER)
    try:
        yield Laptop(road, file, **changes)
    finally:
        file.close()


def delivered_case(road: Road, **changes: Any) -> str:
    """Hand a case in and bring it to the case system; give its reference."""
    made = road.submit(**changes)
    road.sync()
    road.clock.advance(timedelta(minutes=5))
    return made.header.reference


def titles(road: Road, reference: str) -> list[str]:
    """Give the titles of the documents that staff made of a case."""
    [case] = [case for case in road.back_end.registered() if case.identificatie == reference]
    return [found.title for found in case.documents if found.identificatie not in (f"{reference}-1", f"{reference}-2")]


def written(road: Road, reference: str) -> str:
    """Give the texts of those documents."""
    [case] = [case for case in road.back_end.registered() if case.identificatie == reference]
    own = (f"{reference}-1", f"{reference}-2")
    return "\n".join(
        road.back_end.content(found.identificatie).decode()
        for found in case.documents
        if found.identificatie not in own
    )
