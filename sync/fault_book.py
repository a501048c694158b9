# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the groups of system faults in the counter's file (`domain.system_fault.FaultBook`).

What makes two reports one fault, and when nobody had it for too long, is `domain.system_fault`'s. Answers are told by
`sync.fault_teller`, a group without an owner by `sync.fault_escalation`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.system_fault import (
    FaultAnswer,
    FaultGroup,
    FaultKey,
    FaultOwner,
    FaultReport,
    FaultSource,
    belongs_to_answered,
)
from sync.counter_file import CounterFile
from sync.database import Row, moment_of, stamp

# An act that is not there any more was told long ago: only what is delivered is ever cleared up.
_GROUPS = """
    SELECT f.*, count(r.report_id) AS count, min(r.at) AS first_at, max(r.at) AS last_at,
           count(DISTINCT nullif(r.reference, '')) AS citizens,
           count(DISTINCT CASE WHEN r.act_id <> '' AND coalesce(a.state, 'delivered') = 'delivered'
                               THEN r.reference END) AS told
    FROM faults AS f JOIN fault_reports AS r USING (number) LEFT JOIN counter_acts AS a USING (act_id)
"""
_ORDER = """
    GROUP BY f.number
    ORDER BY f.answered_at <> '', f.answered_at DESC, f.owner_name <> '', f.opened_at, f.number
"""


@dataclass(frozen=True, slots=True)
class Untold:
    """One citizen who waits for the answer of a group."""

    group: FaultGroup
    report_id: str
    reference: str


class SqliteFaultBook:
    """The groups of one device; safe from any thread, and beside other processes."""

    def __init__(self, file: CounterFile) -> None:
        self._file = file

    def report(self, report: FaultReport) -> bool:
        """Count a report in its group, or begin one. False when it is counted already.

        Raises: StoreError and its kinds.
        """
        return bool(self.report_all((report,)))

    def report_all(self, reports: Iterable[FaultReport]) -> int:
        """Count reports; give how many were new.

        Raises: StoreError and its kinds; then none was counted.
        """
        # Most reports are known: looking disturbs nobody who writes.
        fresh = [report for report in reports if not self._is_known_in_open(report)]
        if not fresh:
            return 0
        with self._file.writing() as connection:
            return sum(_count(connection, report) for report in fresh)

    def groups(self, *, only_open: bool = False) -> Sequence[FaultGroup]:
        """Give the groups, those that need a person first.

        Raises: StoreError and its kinds.
        """
        only = "WHERE f.answered_at = ''" if only_open else ""
        return [_group(row) for row in self._file.rows(f"{_GROUPS} {only} {_ORDER}")]

    def own(self, number: int, owner: FaultOwner, at: datetime) -> bool:  # noqa: ARG002  asked by the port
        """Give an open group to somebody.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE faults SET owner = ?, owner_name = ? WHERE number = ? AND answered_at = ''",
                (owner.staff_number, owner.name, number),
            ).rowcount
        return bool(changed)

    def answer(self, number: int, answer: FaultAnswer) -> bool:
        """Write the answer of an open group, once.

        Raises: StoreError and its kinds.
        """
        by, name = answer.by.staff_number, answer.by.name
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE faults SET answer = ?, answered_by = ?, answered_name = ?, answered_at = ?, closes_cases = ?,"
                " owner = CASE owner_name WHEN '' THEN ? ELSE owner END,"
                " owner_name = CASE owner_name WHEN '' THEN ? ELSE owner_name END"
                " WHERE number = ? AND answered_at = ''",
                (answer.text, by, name, stamp(answer.at), answer.closes_cases, by, name, number),
            ).rowcount
        return bool(changed)

    def untold(self) -> Sequence[Untold]:
        """Give the citizens who wait for an answer that is there.

        Raises: StoreError and its kinds.
        """
        answered = {group.number: group for group in self.groups() if group.answer is not None}
        rows = self._file.rows(
            "SELECT number, min(report_id) AS report_id, reference FROM fault_reports AS r JOIN faults USING (number)"
            " WHERE reference <> '' AND act_id = '' AND answered_at <> '' GROUP BY number, reference"
            " ORDER BY number, min(at)"
        )
        return [Untold(answered[row["number"]], row["report_id"], row["reference"]) for row in rows]

    def is_telling(self, one: Untold, act_id: str) -> None:
        """Write down by which act the citizen hears.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE fault_reports SET act_id = ? WHERE number = ? AND reference = ?",
                (act_id, one.group.number, one.reference),
            )

    def not_escalated(self, now: datetime) -> Sequence[FaultGroup]:
        """Give the groups that nobody had for too long, and of which nobody was told yet.

        Raises: StoreError and its kinds.
        """
        rows = self._file.rows(f"{_GROUPS} WHERE f.answered_at = '' AND f.escalated_at = '' {_ORDER}")
        return [group for group in map(_group, rows) if group.is_escalated(now)]

    def escalated(self, number: int, at: datetime) -> None:
        """Write down that somebody was told.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute("UPDATE faults SET escalated_at = ? WHERE number = ?", (stamp(at), number))

    def forget(self, before: datetime) -> int:
        """Take away the groups that were answered before a moment, and of which every citizen heard; give how many.

        Raises: StoreError and its kinds.
        """
        done = [
            group.number
            for group in self.groups()
            if group.answer is not None and group.answer.at < before and group.told >= group.citizens
        ]
        with self._file.writing() as connection:
            connection.executemany("DELETE FROM faults WHERE number = ?", [(number,) for number in done])
        return len(done)

    def _is_known_in_open(self, report: FaultReport) -> bool:
        key = report.key
        found = self._file.row(
            "SELECT 1 FROM fault_reports JOIN faults USING (number) WHERE answered_at = '' AND source = ? AND about = ?"
            " AND kind = ? AND report_id = ?",
            (key.source.value, key.about, key.kind, report.report_id),
        )
        return found is not None


def _count(connection: sqlite3.Connection, report: FaultReport) -> int:
    number = _group_of(connection, report)
    if number is None:
        return 0
    return connection.execute(
        "INSERT INTO fault_reports (number, report_id, at, reference) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (number, report.report_id, stamp(report.at), report.reference),
    ).rowcount


def _group_of(connection: sqlite3.Connection, report: FaultReport) -> int | None:
    """Give the group to count a report in; None when it was counted in one that is answered."""
    key = (report.key.source.value, report.key.about, report.key.kind)
    same = "source = ? AND about = ? AND kind = ?"
    found = connection.execute(f"SELECT number FROM faults WHERE {same} AND answered_at = ''", key).fetchone()  # noqa: S608
    if found is not None:
        return int(found["number"])
    last = connection.execute(
        f"SELECT number, answered_at FROM faults WHERE {same} ORDER BY answered_at DESC LIMIT 1",  # noqa: S608
        key,
    ).fetchone()
    if last is not None:
        known = connection.execute(
            f"SELECT max(at) AS at FROM fault_reports JOIN faults USING (number) WHERE {same} AND report_id = ?",  # noqa: S608
            (*key, report.report_id),
        ).fetchone()
        # What a citizen told is told once, whatever becomes of its case; a machine may fail again.
        if known["at"] is not None and (not report.key.is_our_mistake or stamp(report.at) <= known["at"]):
            return None
        if belongs_to_answered(report, moment_of(last["answered_at"])):
            return int(last["number"])
    made = connection.execute(
        "INSERT INTO faults (source, about, kind, opened_at) VALUES (?, ?, ?, ?)", (*key, stamp(report.at))
    )
    return int(made.lastrowid or 0)


def _group(row: Row) -> FaultGroup:
    owner = FaultOwner(row["owner_name"], row["owner"]) if row["owner_name"] else None
    answer = None
    if row["answered_at"]:
        by = FaultOwner(row["answered_name"], row["answered_by"])
        answer = FaultAnswer(row["answer"], by, moment_of(row["answered_at"]), bool(row["closes_cases"]))
    return FaultGroup(
        number=row["number"],
        key=FaultKey(FaultSource(row["source"]), row["about"], row["kind"]),
        count=row["count"],
        first_at=moment_of(row["first_at"]),
        last_at=moment_of(row["last_at"]),
        opened_at=moment_of(row["opened_at"]),
        owner=owner,
        answer=answer,
        citizens=row["citizens"],
        told=row["told"],
    )
