# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Holds the store against what the audit log tells: which cases must be here, in which state, and with which content.

A row that was edited, swapped, put in, taken away or put back is found so. It reads only; the log itself is
`sync.audit_check`'s.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.case import CaseState
from sync import fingerprints
from sync.audit_log import Line
from sync.backoff import LATEST_TRY
from sync.database import stamp

FROM_BEFORE = "carried-"
"""Before an event: it was told before the log was begun anew (`sync.audit_check`)."""


_BEGINS = ("submitted", "arrived")
_GONE = ("forgotten", "deleted", "removed")
_OVER = (CaseState.DELIVERED, CaseState.IN_PROGRESS, CaseState.DONE, CaseState.WITHDRAWN)
_TRIED = frozenset({CaseState.SENDING, CaseState.RETRYING})
_ALLOWED: Mapping[str, frozenset[CaseState]] = {
    # A sender that died leaves no line behind; its case is tried again.
    "submitted": _TRIED | {CaseState.PENDING},
    "arrived": _TRIED | {CaseState.PENDING},
    "retrying": _TRIED,
    "released": _TRIED,
    "rejected": frozenset({CaseState.REJECTED}),
    **{state.value: frozenset({state}) for state in _OVER},
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; names a line of the log or a case by its id, never a citizen."""

    slug: str
    line: int = 0
    case_id: str = ""


@dataclass(slots=True)
class _Expected:
    """What the log tells of one case."""

    fixed: str = ""
    sealed: str = ""
    promised_on: str = ""
    address: str = ""
    states: frozenset[CaseState] = frozenset()
    last: str = ""
    is_restored: bool = False
    added: dict[str, str] = field(default_factory=dict)  # sum of the row -> sum of its sealed part
    waiting: Counter[str] = field(default_factory=Counter)  # by kind


class Expected:
    """All cases that the log tells of and that must still be here."""

    def __init__(self) -> None:
        self._cases: dict[str, _Expected] = {}

    def read(self, line: Line) -> None:
        """Take in one more line that is about a case."""
        event = line.event.removeprefix(FROM_BEFORE)
        if event in _GONE:
            self._cases.pop(line.case_id, None)
            return
        case = self._cases.get(line.case_id)
        if case is None:
            if event not in (*_BEGINS, "restored"):
                return
            case = self._cases[line.case_id] = _Expected()
        kind = event.partition("-")[2]
        if event in _BEGINS:
            case.fixed, case.sealed, case.promised_on = _three(line.detail)
        if event == "restored":
            case.is_restored = True
            case.states = (case.states or frozenset(CaseState)) | _TRIED
        elif event in _ALLOWED and not (event == "released" and case.last in _OVER):
            # What is released of a case that arrived is something that was added to it.
            case.states, case.last = _ALLOWED[event], event
        if event == CaseState.DELIVERED:
            case.address = line.detail
        elif event == "promised":
            case.promised_on = line.detail
        elif event.startswith(("added-", "arrived-")):
            fixed, sealed, _ = _three(line.detail)
            case.added[fixed] = sealed
            case.waiting[kind] += 1
        elif event.startswith("delivered-"):
            case.waiting[kind] -= 1

    def compare(self, connection: sqlite3.Connection, now: datetime, *, is_full: bool) -> Iterator[Finding]:
        """Give what does not fit; full: every sealed part too, which reads all there is."""
        missing = dict(self._cases)
        for row in connection.execute(_CASES if is_full else _CASES_UNREAD):
            case = missing.pop(row["case_id"], None)
            if case is None:
                yield Finding("case-unknown", case_id=row["case_id"])
                continue
            for slug in _slips(case, row, now, is_full=is_full):
                yield Finding(slug, case_id=row["case_id"])
        for case_id in missing:
            yield Finding("case-missing", case_id=case_id)
        yield from self._added(connection, now)

    def _added(self, connection: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
        found: dict[str, Counter[str]] = {}
        for row in connection.execute("SELECT * FROM follow_ups"):
            case = self._cases.get(row["case_id"])
            if case is None:
                continue
            is_delivered = row["state"] == "delivered"
            sealed = case.added.get(fingerprints.of_follow_up(row))
            is_emptied = is_delivered and not row["sealed"]
            is_unknown = sealed is None and bool(case.fixed) and "" not in case.added
            is_other = bool(sealed) and not is_emptied and sealed != fingerprints.of_sealed(row["sealed"])
            if is_unknown or is_other:
                yield Finding("addition-changed", case_id=row["case_id"])
            if not is_delivered:
                found.setdefault(row["case_id"], Counter())[row["kind"]] += 1
                if row["next_try_at"] > stamp(now + LATEST_TRY):
                    yield Finding("put-off", case_id=row["case_id"])
        for case_id, case in self._cases.items():
            here = found.get(case_id, Counter())
            kinds = set(case.waiting) | set(here)
            is_less = any(here[kind] < case.waiting[kind] for kind in kinds)
            is_more = any(here[kind] > case.waiting[kind] for kind in kinds) and not case.is_restored
            if case.last != CaseState.WITHDRAWN and (is_less or is_more):
                yield Finding("addition-missing" if is_less else "addition-back", case_id=case_id)


_COLUMNS = (
    "s.case_id, s.reference, s.service_id, s.service_version, s.submitted_at, s.key_id, s.code_salt, s.code_hash,"
    " o.state, o.promised_on, o.is_urgent, o.attempts, o.next_try_at, coalesce(n.next_ask_at, '') AS next_ask_at,"
    " d.identifier, d.result, s.sealed = x'' AS is_empty"
)
_FROM = (
    " FROM submissions AS s LEFT JOIN outbox AS o USING (case_id) LEFT JOIN case_news AS n USING (case_id)"
    " LEFT JOIN delivery_steps AS d ON d.case_id = s.case_id AND d.step = 'case'"
)
_CASES = f"SELECT {_COLUMNS}, s.sealed{_FROM}"
_CASES_UNREAD = f"SELECT {_COLUMNS}{_FROM}"


def _slips(case: _Expected, row: Mapping[str, Any], now: datetime, *, is_full: bool) -> Iterator[str]:
    if row["state"] is None:
        yield "outbox-missing"  # nobody would ever send it
        return
    state = CaseState(row["state"])
    if case.fixed and case.fixed != fingerprints.of_submission(row):
        yield "case-changed"
    if case.states and state not in case.states:
        yield "state-changed"
    elif state is CaseState.RETRYING and not row["attempts"]:
        yield "state-changed"  # the sender would not look whether it is there already
    # A second copy may be older than what the case system said of the day.
    if case.promised_on and not case.is_restored and case.promised_on != row["promised_on"]:
        yield "promise-changed"
    if case.address and state in _OVER and case.address != _address(row):
        yield "address-changed"
    if row["is_empty"]:
        if state not in _OVER:
            yield "sealed-changed"
    elif is_full and case.sealed and case.sealed != fingerprints.of_sealed(row["sealed"]):
        yield "sealed-changed"
    latest = stamp(now + LATEST_TRY)
    if state not in _OVER and row["next_try_at"] > latest:
        yield "put-off"
    if state in (CaseState.DELIVERED, CaseState.IN_PROGRESS) and row["next_ask_at"] > latest:
        yield "put-off"


def _address(row: Mapping[str, Any]) -> str:
    return "" if row["identifier"] is None else fingerprints.of_address(row["identifier"], row["result"])


def _three(detail: str) -> tuple[str, str, str]:
    fixed, sealed, rest, *_ = [*detail.split(" "), "", "", ""]
    return fixed, sealed, rest
