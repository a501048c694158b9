# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds faults where the sync service meets them: in the cases that it opens, and in what does not arrive (L04).

Of an opened case only the choices of its service are taken. What the log and the devices tell is
`commands.fault_sources`'.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from domain.errors import PracticeError, StoreError
from domain.log_line import LogEvent
from domain.practice import is_practice_case
from domain.submission import Submission
from domain.system_fault import FaultKey, FaultReport, FaultSource, reported_in, word_of
from sync.counter_file import CounterFile
from sync.database import Database, Row, moment_of, stamp
from sync.event_log import EventLog
from sync.fault_book import SqliteFaultBook

_log = EventLog("loket.faults")

REJECTED, WAITING = "rejected", "waiting"
_NOT_TRIED = "not-tried"
_CASES = """
    SELECT s.case_id AS report_id, s.case_id, s.reference, o.state, o.reason, o.changed_at AS at
    FROM outbox AS o JOIN submissions AS s USING (case_id)
    WHERE o.state = 'rejected' OR (o.state IN ('pending', 'sending', 'retrying') AND s.submitted_at < :late)
    UNION ALL
    SELECT f.follow_up_id, s.case_id, s.reference, f.state, f.reason, f.made_at
    FROM follow_ups AS f JOIN submissions AS s USING (case_id)
    WHERE f.state = 'rejected'
"""
_ACTS = "SELECT act_id, state, reason, at FROM counter_acts WHERE state = 'rejected' AND reason <> :practice"


class FaultEar:
    """Hears what a citizen tells of the government, in each case that is opened to be sent."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, submission: Submission) -> None:
        """Count it; a file that cannot be written stops no case on its way."""
        report = reported_in(submission)
        if report is None or is_practice_case(submission.header.case_id):
            return
        try:
            with closing(CounterFile(self._path)) as file:
                SqliteFaultBook(file).report(report)
        except StoreError as error:
            _log.warning(LogEvent.ROUND_FAILED, error=error)


def undelivered(database: Database, now: datetime, patience: timedelta) -> Iterator[FaultReport]:
    """Give the cases that a person must look at, by the reason: refused, or waiting longer than they may.

    Raises: StoreError and its kinds.
    """
    for row in database.rows(_CASES, {"late": stamp(now - patience)}):
        if not is_practice_case(row["case_id"]):
            yield FaultReport(_key(FaultSource.DELIVERY, row), row["report_id"], moment_of(row["at"]), row["reference"])


def undelivered_acts(file: CounterFile) -> Iterator[FaultReport]:
    """Give what staff did and the case system refused; staff hear of it themselves, so nobody else is told.

    Raises: StoreError and its kinds.
    """
    for row in file.rows(_ACTS, {"practice": PracticeError.slug}):
        yield FaultReport(_key(FaultSource.ACT, row), row["act_id"], moment_of(row["at"]))


def _key(source: FaultSource, row: Row) -> FaultKey:
    about = REJECTED if row["state"] == REJECTED else WAITING
    return FaultKey(source, about, word_of(row["reason"]) if row["reason"] else _NOT_TRIED)
