# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the case system, sparingly, how far this device's cases are, and writes it beside them (features C21, C22).

One case at a time, with its ETag, so that mostly nothing is sent back; less often when it does not answer, and never
again once a case is closed. Moves are those of `domain.case.ALLOWED_MOVES`; what does not fit is left as it is.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.case import CaseId, CaseState, may_move
from domain.errors import DeliveryError, UnreachableError
from domain.log_line import LogEvent
from domain.ports import Clock
from sync import audit_log
from sync.backoff import LATEST_TRY
from sync.database import Database, Row, stamp
from sync.event_log import EventLog
from sync.transport import NOT_CHANGED, ServerFailedError
from sync.zgw.api import Api

_log = EventLog("loket.status")

EVERY = timedelta(hours=8)
"""Three times a day, well within what counts as known (`domain.status_check.KNOWN_FOR`)."""

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=2)
_LOOK_FOR_NEW = timedelta(minutes=10)
_NEW_AT_ONCE = 200
_NEVER = "9999"
_BY_CHANCE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class News:
    """What the case system says of a case, in our words."""

    state: CaseState
    promised_on: date | None = None


def news_of(zaak: Mapping[str, Any], first_status: str) -> News:
    """Read a zaak: closed is done, another status than the one we set is in progress."""
    day = _day(zaak.get("einddatumGepland")) or _day(zaak.get("uiterlijkeEinddatumAfdoening"))
    if _day(zaak.get("einddatum")) is not None:
        return News(CaseState.DONE, day)
    status = zaak.get("status")
    # By the last word: behind a proxy the same status can have another address.
    is_ours = not isinstance(status, str) or not status or _last(status) == _last(first_status)
    return News(CaseState.DELIVERED if is_ours or not first_status else CaseState.IN_PROGRESS, day)


class StatusBack:
    """Keeps the states of one store's cases; for one thread."""

    def __init__(
        self, database: Database, api: Api, clock: Clock, spread: Callable[[], float] = _BY_CHANCE.random
    ) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._spread = spread
        self._looked_at: datetime | None = None

    def ask_one(self) -> bool:
        """Ask about the case that waited longest, if one is due; tell whether there was one.

        Raises: StoreError and its kinds.
        """
        now = self._clock.now()
        self._take_in_new(now)
        row = self._database.row(
            "SELECT n.case_id, n.etag, n.failures, o.state, o.promised_on, c.result AS address,"
            " (SELECT s.result FROM delivery_steps AS s WHERE s.case_id = n.case_id AND s.step = 'status')"
            " AS first_status"
            " FROM case_news AS n JOIN outbox AS o USING (case_id)"
            " JOIN delivery_steps AS c ON c.case_id = n.case_id AND c.step = 'case'"
            " WHERE n.next_ask_at <= ? OR (n.next_ask_at > ? AND n.next_ask_at < ?) ORDER BY n.next_ask_at LIMIT 1",
            (stamp(now), stamp(now + LATEST_TRY), _NEVER),
        )
        if row is None:
            return False
        self._ask(row, now)
        return True

    def _ask(self, row: Row, now: datetime) -> None:
        try:
            reply = self._api.get_one("zaken", self._api.path_of(row["address"]), row["etag"])
        except DeliveryError as error:
            _log.warning(LogEvent.NO_STATUS, case=CaseId(row["case_id"]), error=error)
            self._postpone(row, now, error)
            return
        finally:
            self._api.transport.rest()
        is_known = reply.status == NOT_CHANGED
        if not is_known and not isinstance(reply.data, dict):
            self._postpone(row, now, ServerFailedError("the answer is no case"))
            return
        news = None if is_known else news_of(reply.data, row["first_status"] or "")
        self._write(row, news, reply.etag or row["etag"], now)

    def _write(self, row: Row, news: News | None, etag: str, now: datetime) -> None:
        case_id = CaseId(row["case_id"])
        with self._database.writing(survives_power_cut=False) as connection:
            current = connection.execute("SELECT state FROM outbox WHERE case_id = ?", (case_id,)).fetchone()
            if current is None:
                return
            state = CaseState(current["state"])
            if news is not None and news.promised_on is not None:
                promised_on = news.promised_on.isoformat()
                changed = connection.execute(
                    "UPDATE outbox SET promised_on = ?, changed_at = ? WHERE case_id = ? AND promised_on <> ?",
                    (promised_on, stamp(now), case_id, promised_on),
                ).rowcount
                if changed:
                    audit_log.append(connection, now, "promised", case_id, promised_on)
            if news is not None and news.state is not state and may_move(state, news.state):
                state = news.state
                connection.execute(
                    "UPDATE outbox SET state = ?, changed_at = ? WHERE case_id = ?", (state, stamp(now), case_id)
                )
                audit_log.append(connection, now, state, case_id)
            is_over = state in (CaseState.DONE, CaseState.WITHDRAWN)
            next_at = _NEVER if is_over else stamp(now + EVERY * (0.75 + 0.25 * self._spread()))
            connection.execute(
                "UPDATE case_news SET etag = ?, checked_at = ?, failures = 0, next_ask_at = ? WHERE case_id = ?",
                (etag, stamp(now), next_at, case_id),
            )

    def _postpone(self, row: Row, now: datetime, error: DeliveryError) -> None:
        failures = row["failures"] + 1
        # A refusal does not pass with time: a scope, or a case that is gone.
        wait = min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)
        if not isinstance(error, UnreachableError):
            wait = LONGEST_WAIT
        if isinstance(error, ServerFailedError):
            wait = max(wait, error.retry_after)
        with self._database.writing(survives_power_cut=False) as connection:
            connection.execute(
                "UPDATE case_news SET failures = ?, next_ask_at = ? WHERE case_id = ?",
                (failures, stamp(now + wait * (0.5 + 0.5 * self._spread())), row["case_id"]),
            )

    def _take_in_new(self, now: datetime) -> None:
        """Begin to follow what was delivered since the last look; not at each round, for it reads the whole outbox."""
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < _LOOK_FOR_NEW:
            return
        self._looked_at = now
        with self._database.writing(survives_power_cut=False) as connection:
            connection.execute(
                "INSERT INTO case_news (case_id, next_ask_at) SELECT o.case_id, ? FROM outbox AS o"
                " WHERE o.state IN ('delivered', 'in_progress')"
                " AND NOT EXISTS (SELECT 1 FROM case_news AS n WHERE n.case_id = o.case_id) LIMIT ?",
                (stamp(now + FIRST_WAIT * self._spread()), _NEW_AT_ONCE),
            )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _last(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]
