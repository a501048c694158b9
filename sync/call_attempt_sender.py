# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the contact register of each attempt to call somebody back: one contact, with whether it succeeded (S13).

Its number follows from the attempt, so that an answer that was lost makes no second one.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from domain.call_attempts import CallAttempt
from domain.case import CaseId
from domain.errors import DeliveryError, ExpectedError, RejectedError, UnauthorisedError
from domain.log_line import LogEvent
from domain.ports import Clock
from sync.backoff import LATEST_TRY, wait_for
from sync.call_attempt_book import attempt_of
from sync.database import Database, stamp
from sync.event_log import EventLog
from sync.klantinteracties import bodies
from sync.klantinteracties.api import ContactApi, uuid_of
from sync.klantinteracties.registration import numbered
from sync.transport import NoAnswerError
from sync.zgw.api import Api
from sync.zgw.catalogi import items_of

_log = EventLog("loket.calls")
_BY_CHANCE = random.SystemRandom()


class CaseNotThereError(DeliveryError):
    """The case system does not have the case of this call; the library or another device may still send it."""

    slug = "case-not-there"


class CallAttemptSender:
    """Sends the attempts of one store; for one thread of one process (`sync.sole_sender`)."""

    def __init__(
        self,
        database: Database,
        api: Api,
        contacts: ContactApi,
        clock: Clock,
        spread: Callable[[], float] = _BY_CHANCE.random,
    ) -> None:
        self._database = database
        self._api = api
        self._contacts = contacts
        self._clock = clock
        self._spread = spread

    def knock(self) -> None:
        """Make due what waits only because nobody answered: the network is back, or somebody asks for it now.

        Raises: StoreError and its kinds.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE call_attempts SET next_try_at = ? WHERE state = 'retrying' AND reason = ?",
                (stamp(self._clock.now()), NoAnswerError.slug),
            )

    def send_one(self) -> bool:
        """Send the attempt whose turn it is; tell whether another may go now: not without one, nor without a network.

        Raises: StoreError and its kinds.
        """
        found = self._next()
        if found is None:
            return False
        attempt, sends = found
        try:
            self._send(attempt, is_first=sends == 1)
        except (ExpectedError, ValueError, KeyError, TypeError) as error:
            self._failed(attempt, sends, error)
            return not isinstance(error, NoAnswerError)
        else:
            self._settle(attempt, "delivered", "")
        finally:
            self._api.transport.rest()
            self._contacts.transport.rest()
        return True

    def _next(self) -> tuple[CallAttempt, int] | None:
        now = self._clock.now()
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT * FROM call_attempts WHERE state IN ('pending', 'retrying')"
                " AND (next_try_at <= ? OR next_try_at > ?) ORDER BY next_try_at, attempt_id LIMIT 1",
                (stamp(now), stamp(now + LATEST_TRY)),
            ).fetchone()
            if row is None:
                return None
            # Counted before anything is sent: a second attempt looks first.
            connection.execute(
                "UPDATE call_attempts SET sends = sends + 1, state = 'retrying' WHERE attempt_id = ?",
                (row["attempt_id"],),
            )
        return attempt_of(dict(row)), row["sends"] + 1

    def _send(self, attempt: CallAttempt, *, is_first: bool) -> None:
        case_uuid = self._case_of(attempt)

        def make(number: str) -> object:
            now = self._contacts.transport.server_now()
            body = bodies.call_attempt(attempt, number, case_uuid, now)
            return self._contacts.make("maak-klantcontact", body).get("klantcontact")

        start = bodies.ownership(attempt.reference)
        step = numbered(
            self._contacts,
            CaseId(attempt.attempt_id),
            "call-attempt",
            "klantcontacten",
            make,
            lambda item: str(item.get("inhoud", "")).startswith(start),
        )
        if is_first or step.find(step.identifier) is None:
            step.send(step.identifier)

    def _case_of(self, attempt: CallAttempt) -> str:
        query = {"identificatie": attempt.reference, "bronorganisatie": self._api.settings.rsin}
        found = items_of(self._api.get("zaken", "zaken", query))
        if not found:
            raise CaseNotThereError("the case system does not have this case", "waits and tries again")
        return uuid_of({"uuid": str(found[0].get("url", "")).rstrip("/").rsplit("/", 1)[-1]})

    def _failed(self, attempt: CallAttempt, sends: int, failure: Exception) -> None:
        slug = getattr(failure, "slug", None)
        reason = slug if isinstance(slug, str) else f"mistake-{type(failure).__name__}"
        _log.warning(LogEvent.CALL_NOT_TOLD, error=failure)
        if isinstance(failure, RejectedError):
            self._settle(attempt, "rejected", reason)
            return
        needs_staff = not isinstance(failure, DeliveryError) or isinstance(failure, UnauthorisedError)
        wait = wait_for(sends, self._spread, needs_staff=needs_staff)
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE call_attempts SET reason = ?, next_try_at = ? WHERE attempt_id = ?",
                (reason, stamp(self._clock.now() + wait), attempt.attempt_id),
            )

    def _settle(self, attempt: CallAttempt, state: str, reason: str) -> None:
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE call_attempts SET state = ?, reason = ? WHERE attempt_id = ?",
                (state, reason, attempt.attempt_id),
            )
