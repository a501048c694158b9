# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole road for tests: a store with keys, an engine, and a practice back end that breaks when it is told to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from domain.submission import Submission
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.engine import Engine, Pack, opening_pack
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.outbox import Counts, Outbox
from sync.practice import ALL_SCOPES, Client, PracticeBackEnd, RegisteredCase
from sync.sealing import make_key_pair, read_opener, read_sealer
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.contracts.openapi_contracts import Recorder
from tests.fakes.clock import FakeClock
from tests.sync.samples import hand_in

RSIN = "002564440"
CASE_TYPES = {"verhuizen": ("postcode", "huisnummer"), "bel": (), "intake": ()}
LONGEST_WAIT = timedelta(hours=2)


@dataclass(slots=True)
class Road:
    """One kiosk, its sync service and the municipality."""

    folder: Path
    clock: FakeClock
    back_end: PracticeBackEnd
    recorder: Recorder
    database: Database
    pack: Pack
    document_type: str = "Ontvangen bericht"
    read_timeout_s: float = 5.0
    tasks: Mapping[str, str] | None = None  # None: no Klantinteracties here
    contact_token: str = ""  # empty: the right one
    submitted: list[Submission] = field(default_factory=list)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.database)

    def submit(self, **changes: Any) -> Submission:
        sealer = read_sealer(self.folder / "loket.pub")
        made = hand_in(SqliteCaseStore(self.database), sealer, at=self.clock.now(), **changes)
        self.submitted.append(made)
        return made

    def engine(self, **changes: Any) -> Engine:
        """A new sync process: nothing is remembered but what is on the disk."""
        urls = self.back_end.urls
        who = {"client_id": self.back_end.client_id, "secret": self.back_end.secret, **changes}
        settings = ApiSettings(urls.zaken, urls.documenten, urls.catalogi, rsin=RSIN, device_id="kiosk-01", **who)
        transport = Transport(self.clock, self.read_timeout_s, connect_timeout_s=2, largest_answer=200_000)
        return Engine(
            self.database,
            Api(settings, transport),
            self.document_type,
            self.pack,
            self.clock,
            spread=lambda: 1.0,
            contacts=self._contacts(transport),
        )

    def _contacts(self, transport: Transport) -> ContactApi | None:
        if self.tasks is None:
            return None
        settings = ContactSettings(
            self.back_end.urls.klantinteracties, self.contact_token or self.back_end.klantinteracties_token, self.tasks
        )
        return ContactApi(settings, transport)

    def sync(self, **changes: Any) -> Counts:
        return self.engine(**changes).run_once()

    def sync_until_done(self, rounds: int = 12) -> Counts:
        """Let time pass and try again, as a kiosk does."""
        counts = self.sync()
        for _ in range(rounds):
            if not counts.retrying and not counts.pending:
                break
            self.clock.advance(LONGEST_WAIT)
            counts = self.sync()
        return counts

    def arrived(self, made: Submission) -> list[RegisteredCase]:
        return [case for case in self.back_end.registered() if case.identificatie == made.header.reference]

    def assert_once(self) -> None:
        assert_registered_once(self.back_end, self.submitted)


def assert_registered_once(back_end: PracticeBackEnd, submitted: Sequence[Submission]) -> None:
    """Everything that was submitted is there whole, and nothing is there twice."""
    arrived = back_end.registered()
    for made in submitted:
        [case] = [case for case in arrived if case.identificatie == made.header.reference]
        assert case.kenmerken == (("Loket", made.header.case_id),)
        assert case.statuses == ("Ontvangen",)
        assert case.initiators == (made.initiator.name,)
        assert case.rollen == 1
        assert sorted(case.eigenschappen) == sorted(made.properties.items())
        numbers = [document.identificatie for document in case.documents]
        assert sorted(numbers) == [f"{made.header.reference}-1", f"{made.header.reference}-2"]
        assert case.links == 2
    totals, number = back_end.totals(), len(submitted)
    assert (totals.zaken, totals.rollen, totals.statussen) == (number, number, number)
    assert (totals.documenten, totals.links) == (2 * number, 2 * number)
    assert totals.eigenschappen == sum(len(made.properties) for made in submitted)


@contextmanager
def built_road(
    folder: Path,
    clock: FakeClock,
    case_types: Mapping[str, tuple[str, ...]] = CASE_TYPES,
    scopes: Iterable[str] = ALL_SCOPES,
    more_clients: Iterable[Client] = (),
) -> Iterator[Road]:
    """Build it, and take it down again."""
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    recorder = Recorder()
    start = partial(PracticeBackEnd, case_types, clock=clock, scopes=scopes, concepts=("concept",), on_request=recorder)
    with start(more_clients=more_clients) as back_end:
        database = Database(folder / "loket.db")
        try:
            yield Road(folder, clock, back_end, recorder, database, opening_pack(read_opener(folder / "loket.key"), {}))
        finally:
            database.close()
