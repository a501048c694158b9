# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies the open cases of our case types from the case system into the counter's file, sparingly.

Each round reads the lists, a page for a hundred cases, and then only what is new or looks otherwise than the last time.
What it reads is sealed before it is kept. When something fails the old copies stay, and the news says why.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.counter import Stage
from domain.errors import DeliveryError, RejectedError, UnauthorisedError
from domain.log_line import LogEvent
from domain.ports import Clock, Sealer
from sync.case_reading import (
    LARGEST_PAPER,
    FetchedCase,
    Paper,
    Record,
    StatusType,
    is_read_along,
    last_word,
    read_case,
    text_of,
)
from sync.counter_file import CounterFile
from sync.counter_form import KeptCase, kept_bytes
from sync.database import stamp
from sync.event_log import EventLog
from sync.key_ring import KeyRing
from sync.transport import NoAnswerError, RefusedError
from sync.work_list import first_day
from sync.zgw.api import Api
from sync.zgw.catalogi import CatalogueError, items_of

_log = EventLog("loket.counter")

_MOST_PAGES = 1000
_MOST_GONE = 200  # looked for one by one in a round; the others stay until the next
_MOST_FAILED = 3  # cases in a row that the server cannot show: then it is no single case
KEEP_TYPES = timedelta(hours=1)
"""A new version of a case type shows within the hour."""


@dataclass(frozen=True, slots=True)
class _Type:
    """One version of a case type."""

    url: str
    service_id: str
    title: str


@dataclass(slots=True)
class _Round:
    """What one round met."""

    known: Mapping[str, tuple[str, str]]  # reference -> mark and address
    seen: dict[str, None] = field(default_factory=dict)
    failed_in_a_row: int = 0
    failure: DeliveryError | None = None


def forget_round(counter: CounterFile) -> None:
    """Know that no round is going on: the service that was in one was killed.

    Raises: StoreError and its kinds.
    """
    with counter.writing(survives_power_cut=False) as connection:
        connection.execute("UPDATE counter_news SET begun_at = ''")


def tell_reason(counter: CounterFile, slug: str) -> None:
    """Say why there was no round at all.

    Raises: StoreError and its kinds.
    """
    with counter.writing(survives_power_cut=False) as connection:
        connection.execute(
            "INSERT INTO counter_news (id, reason) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, begun_at = ''",
            (slug,),
        )


class WorkFetch:
    """Fills one counter's file from one case system; for one thread. `case_types`: identificatie -> service id."""

    def __init__(
        self,
        counter: CounterFile,
        api: Api,
        case_types: Mapping[str, str],
        titles: Mapping[str, str],
        sealer: Sealer,
        ring: KeyRing | None,
        clock: Clock,
    ) -> None:
        self._counter = counter
        self._api = api
        self._case_types = case_types
        self._titles = titles
        self._sealer = sealer
        self._ring = ring
        self._clock = clock
        self._types: tuple[datetime, list[_Type]] | None = None
        self._status_types: dict[str, Mapping[str, StatusType]] = {}

    def round(self, stop: threading.Event | None = None) -> bool:
        """Refresh the list; tell whether all of it was heard. What failed is in the news, by its slug.

        Raises: StoreError and its kinds.
        """
        began = self._clock.now()
        self._tell("begun_at = ?", stamp(began))
        failure: DeliveryError | None = None
        is_whole = False
        try:
            failure = self._round(stop or threading.Event())
            is_whole = failure is None
        except DeliveryError as error:
            failure = error
            self._types = None
        finally:
            self._api.transport.rest()
            self._tell("begun_at = ''")
        if is_whole:
            self._tell("refreshed_at = ?, reason = ''", stamp(began))
        elif failure is not None:
            _log.warning(LogEvent.ROUND_FAILED, error=failure)
            self._tell("reason = ?", failure.slug)
        return is_whole

    def _tell(self, what: str, *values: str) -> None:
        with self._counter.writing(survives_power_cut=False) as connection:
            connection.execute("INSERT OR IGNORE INTO counter_news (id) VALUES (1)")
            connection.execute(f"UPDATE counter_news SET {what}", values)  # noqa: S608  words of this module alone

    def _round(self, stop: threading.Event) -> DeliveryError | None:
        rows = self._counter.rows("SELECT reference, mark, address FROM counter_cases")
        found = _Round({row["reference"]: (row["mark"], row["address"]) for row in rows})
        for kind in self._known_types():
            for zaken in self._pages(kind):
                if stop.is_set():
                    return found.failure
                self._hear(zaken)
                for zaak in zaken:
                    self._take(zaak, kind, found)
                    if stop.is_set():
                        return found.failure
        self._look_for_gone(found, stop)
        return found.failure

    # -- the lists ---------------------------------------------------------------------------------------------------

    def _known_types(self) -> list[_Type]:
        now = self._clock.now()
        if self._types is None or abs(now - self._types[0]) >= KEEP_TYPES:
            self._status_types.clear()
            self._types = (
                now,
                [
                    _Type(text_of(item, "url"), service_id, text_of(item, "omschrijving") or identification)
                    for identification, service_id in self._case_types.items()
                    for item in self._all(
                        "catalogi", "zaaktypen", {"identificatie": identification, "status": "definitief"}
                    )
                    if text_of(item, "identificatie") == identification and text_of(item, "url")
                ],
            )
        if not self._types[1]:
            self._types = None
            raise CatalogueError(
                "the catalogue has none of our case types", "publish them, or name others under [sync.case_types]"
            )
        return self._types[1]

    def _pages(self, kind: _Type) -> Iterator[list[Record]]:
        return self._paged("zaken", "zaken", {"zaaktype": kind.url, "einddatum__isnull": "true"})

    def _paged(self, api: str, path: str, query: Mapping[str, str]) -> Iterator[list[Record]]:
        page = self._api.get(api, path, query)
        for number in range(2, _MOST_PAGES + 2):
            yield items_of(page)
            if not isinstance(page, dict) or not page.get("next"):
                return
            # By number and not by the server's own link, which behind a proxy often names an inner address.
            page = self._api.get(api, path, {**query, "page": str(number)})

    def _all(self, api: str, path: str, query: Mapping[str, str]) -> list[Record]:
        return [item for page in self._paged(api, path, query) for item in page]

    def _hear(self, zaken: list[Record]) -> None:
        """Write down that these are still there."""
        named = json.dumps([text_of(zaak, "identificatie") for zaak in zaken])
        with self._counter.writing(survives_power_cut=False) as connection:
            connection.execute(
                "UPDATE counter_cases SET fetched_at = ? WHERE reference IN (SELECT value FROM json_each(?))",
                (stamp(self._clock.now()), named),
            )

    # -- one case ----------------------------------------------------------------------------------------------------

    def _take(self, zaak: Record, kind: _Type, found: _Round) -> None:
        reference = text_of(zaak, "identificatie")
        if not reference or not text_of(zaak, "url") or reference in found.seen:
            return
        found.seen[reference] = None
        mark = _mark(zaak)
        if found.known.get(reference, ("", ""))[0] == mark:
            return
        try:
            kept, is_whole = self._read(zaak, kind, found)
        except NoAnswerError:
            raise
        except (ArithmeticError, ValueError, TypeError, KeyError, AttributeError) as error:
            # One odd case holds up no other. Its name only: what is odd may be what a citizen wrote.
            _log.error(LogEvent.ROUND_FAILED, error=error)
            found.failure = RejectedError("a case is not as the API says", "see which case other desks cannot open")
            return
        except DeliveryError as error:
            found.failure = error
            found.failed_in_a_row += 1
            if found.failed_in_a_row >= _MOST_FAILED:
                raise
            return
        found.failed_in_a_row = 0
        self._keep(zaak, kept, mark if is_whole else "")

    def _read(self, zaak: Record, kind: _Type, found: _Round) -> tuple[KeptCase, bool]:
        of_case = {"zaak": text_of(zaak, "url")}
        papers: list[Paper] = []
        is_whole = True
        try:
            papers = [self._paper(zaak, link) for link in self._all("zaken", "zaakinformatieobjecten", of_case)]
        except (UnauthorisedError, RejectedError) as error:
            # Better a case without its papers than none; it is read again each time, until somebody gives the scope.
            found.failure, is_whole = error, False
        path = f"{self._api.path_of(text_of(zaak, 'url'))}/zaakeigenschappen"
        fetched = FetchedCase(
            zaak=zaak,
            service_id=kind.service_id,
            title=kind.title,
            roles=self._all("zaken", "rollen", of_case),
            statuses=self._all("zaken", "statussen", of_case),
            status_types=self._steps_of(kind),
            papers=papers,
            properties=items_of(self._api.get("zaken", path)),
        )
        kept = read_case(fetched, self._titles, self._ring, self._clock.now())
        return kept, is_whole

    def _paper(self, zaak: Record, link: Record) -> Paper:
        path = self._api.path_of(text_of(link, "informatieobject"))
        about = self._api.get("documenten", path)
        if not isinstance(about, dict):
            return Paper({})
        if not is_read_along(zaak, about, has_key=self._ring is not None):
            return Paper(about)
        return Paper(about, self._api.file("documenten", f"{path}/download", LARGEST_PAPER))

    def _steps_of(self, kind: _Type) -> Mapping[str, StatusType]:
        if kind.url not in self._status_types:
            self._status_types[kind.url] = {
                last_word(text_of(item, "url")): StatusType(
                    text_of(item, "omschrijving"), item.get("isEindstatus") is True
                )
                for item in self._all("catalogi", "statustypen", {"zaaktype": kind.url})
            }
        return self._status_types[kind.url]

    def _keep(self, zaak: Record, kept: KeptCase, mark: str) -> None:
        item = kept.case.item
        sealed = self._sealer.seal(kept_bytes(kept))
        with self._counter.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO counter_cases (reference, address, service_id, title, stage, submitted_at,"
                " due_on, planned_on, first_day, owner, owner_name, language, is_urgent, asks_call, is_withdrawn,"
                " device_id, version, mark, key_id, sealed, fetched_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    item.reference,
                    text_of(zaak, "url"),
                    item.service_id,
                    item.title,
                    item.stage.value,
                    stamp(item.submitted_at),
                    item.due_on.isoformat() if item.due_on else "",
                    item.planned_on.isoformat() if item.planned_on else "",
                    first_day(item),
                    item.owner,
                    item.owner_name,
                    item.language,
                    item.is_urgent,
                    item.asks_call,
                    item.is_withdrawn,
                    item.device_id,
                    kept.case.version,
                    mark,
                    self._sealer.key_id,
                    sealed,
                    stamp(self._clock.now()),
                ),
            )

    # -- what is not in the lists any more -----------------------------------------------------------------------------

    def _look_for_gone(self, found: _Round, stop: threading.Event) -> None:
        """Ask for each case that was open and is in no list now: closed, moved away, or slipped between two pages."""
        answered = {
            row["reference"]
            for row in self._counter.rows("SELECT reference FROM counter_cases WHERE stage = ?", (Stage.ANSWERED,))
        }
        gone = [reference for reference in found.known if reference not in found.seen and reference not in answered]
        for reference in gone[:_MOST_GONE]:
            if stop.is_set():
                return
            try:
                zaak = self._api.get_one("zaken", self._api.path_of(found.known[reference][1])).data
            except RefusedError as error:
                if error.status == 404:
                    self._forget(reference)
                continue
            except UnauthorisedError:
                self._forget(reference)  # not for us any more, so not to be kept either
                continue
            if isinstance(zaak, dict) and zaak.get("einddatum"):
                self._close(reference)

    def _forget(self, reference: str) -> None:
        with self._counter.writing() as connection:
            connection.execute("DELETE FROM counter_cases WHERE reference = ?", (reference,))

    def _close(self, reference: str) -> None:
        # It stays as it was last seen until the night, for who is in the middle of it.
        with self._counter.writing() as connection:
            connection.execute(
                "UPDATE counter_cases SET stage = ?, mark = '' WHERE reference = ?", (Stage.ANSWERED, reference)
            )


def _mark(zaak: Record) -> str:
    """Give a sum of a zaak as its list shows it: with the addresses of its status, rollen and papers."""
    return hashlib.sha256(json.dumps(zaak, sort_keys=True).encode()).hexdigest()[:32]
