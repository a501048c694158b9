# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the work list (`domain.counter.WorkList`): copies of the case system's open cases, and what still waits here.

The case system wins when a case is in both. Everything it reads lies readable and holds no personal data; it opens
nothing. Who fills the copies is `sync.work_fetch`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from heapq import merge
from itertools import islice

from domain.counter import Stage, WorkCounts, WorkItem, WorkNews
from domain.promise import is_working_day
from domain.reference import parse_reference
from sync.act_overlay import ACTS, Overlay, overlays
from sync.counter_file import CounterFile
from sync.database import Database, Row, moment_of

NO_DAY = "9999-12-31"
_CALLS = "bel"
"""The service by which somebody asks to be called."""

_OWN = (
    "SELECT s.reference, s.service_id, s.submitted_at, o.state, o.promised_on, o.is_urgent, EXISTS (SELECT 1 FROM"
    " follow_ups AS f WHERE f.case_id = s.case_id AND f.kind = 'withdrawal') AS is_withdrawn"
    " FROM outbox AS o JOIN submissions AS s USING (case_id)"
)
_HERE = f"{_OWN} WHERE o.state IN ('pending', 'sending', 'retrying', 'rejected')"
_STAGES = {"delivered": Stage.NEW, "in_progress": Stage.TAKEN, "done": Stage.ANSWERED, "withdrawn": Stage.ANSWERED}
"""Of a case of this device that the case system has, as long as it was not copied."""

COPIES = (
    "SELECT reference, service_id, title, stage, submitted_at, due_on, planned_on, owner, owner_name, language,"
    " is_urgent, asks_call, is_withdrawn, device_id FROM counter_cases"
)
"""All but what is sealed: that may be large."""

_MOST_LEFT_OUT = 500
_ACT_STATES = "SELECT state, count(*) AS number FROM counter_acts GROUP BY state"

Place = tuple[bool, str, str]


class SqliteWorkList:
    """The list of one device; `titles` names services in Dutch, `names` staff by their number."""

    def __init__(
        self,
        counter: CounterFile,
        store: Database,
        titles: Mapping[str, str],
        names: Callable[[], Mapping[str, str]] = dict,
        device_id: str = "",
    ) -> None:
        self._counter = counter
        self._store = store
        self._titles = titles
        self._names = names
        self._device_id = device_id

    def page(
        self, limit: int, after: WorkItem | None = None, *, owner: str | None = None, search: str = ""
    ) -> Sequence[WorkItem]:
        """Give open cases, urgent ones before all, then those with the least days left; the next page is after `after`.

        Raises: StoreError and its kinds.
        """
        place = (False, "", "") if after is None else _place(after)
        acts = self._acts()
        moved = [reference for reference, overlay in acts.items() if overlay.moves]

        def is_asked_for(item: WorkItem) -> bool:
            is_theirs = owner is None or item.owner == owner
            return is_theirs and item.stage is not Stage.ANSWERED and _place(item) > place and _fits(item, search)

        whole = parse_reference(search)
        if whole is not None:
            copies, named = [], [whole]
        else:
            copies, named = self._copies(limit, place, owner, search, set(moved)), moved
        others = [*self._some_copies(named), *self._waiting_here()]
        names = self._names() if acts else {}
        beside = sorted(filter(is_asked_for, (_seen(item, acts, names) for item in others)), key=_place)
        found = merge((_seen(item, acts, names) for item in copies), beside, key=_place)
        return list(islice(found, limit))

    def item(self, reference: str) -> WorkItem | None:
        """Give one, closed or not."""
        acts = overlays(self._counter.rows(f"{ACTS} ORDER BY a.number"))
        found = self._some_copies([reference]) or [
            self._of_here(row) for row in self._store.rows(f"{_OWN} WHERE s.reference = ?", (reference,))
        ]
        return _seen(found[0], acts, self._names() if acts else {}) if found else None

    def counts(self, today: date) -> WorkCounts:
        """Count what is open."""
        last = _last_working_day(today).isoformat()
        acts = self._acts()
        moved = self._some_copies([reference for reference, overlay in acts.items() if overlay.moves])
        cases = late = urgent = 0
        for row in self._counter.rows(
            "SELECT is_urgent, count(*) AS number, sum(first_day < ?) AS late FROM counter_cases"
            " WHERE stage <> 'answered' GROUP BY is_urgent",
            (last,),
        ):
            cases, late = cases + row["number"], late + row["late"]
            urgent += row["number"] if row["is_urgent"] else 0
        here = self._waiting_here()
        # What acts moved is counted as it lies there, so that is taken off before it is counted as it is seen.
        for item, sign in [
            *((item, -1) for item in moved if item.stage is not Stage.ANSWERED),
            *((_seen(item, acts, {}), 1) for item in (*moved, *here)),
        ]:
            if item.stage is not Stage.ANSWERED:
                cases += sign
                late += sign * item.is_late(today)
                urgent += sign * item.is_urgent
        waiting = {row["state"]: row["number"] for row in self._counter.rows(_ACT_STATES)}
        refused = self._store.row("SELECT count(*) AS number FROM outbox WHERE state = 'rejected'")
        return WorkCounts(
            cases=cases,
            late=late,
            urgent=urgent,
            unsent_cases=self._unsent(),
            unsent_acts=waiting.get("pending", 0) + waiting.get("retrying", 0),
            conflicts=waiting.get("conflict", 0),
            rejected=waiting.get("rejected", 0) + (refused["number"] if refused is not None else 0),
        )

    def news(self) -> WorkNews:
        """Tell how new the list is."""
        row = self._counter.row("SELECT * FROM counter_news")
        if row is None:
            return WorkNews()
        at = row["refreshed_at"]
        return WorkNews(moment_of(at) if at else None, bool(row["begun_at"]), row["reason"])

    def close(self) -> None:
        """Close both files."""
        self._counter.close()
        self._store.close()

    def _acts(self) -> dict[str, Overlay]:
        return overlays(self._counter.rows(f"{ACTS} ORDER BY a.number"))

    def _copies(self, limit: int, place: Place, owner: str | None, search: str, without: set[str]) -> list[WorkItem]:
        """Give copies in order, from an index alone: first what is urgent, then the rest."""
        terms, values = ["stage <> 'answered'"], []
        if owner is not None:
            terms.append("owner = ?")
            values.append(owner)
        if search.strip():
            terms.append("(reference LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\')")
            values += [_pattern(search)] * 2
        if len(without) <= _MOST_LEFT_OUT:
            terms.append("reference NOT IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(without)))
            room = limit
        else:
            room = limit + len(without)
        index = "counter_cases_order" if owner is None else "counter_cases_owned"
        found: list[WorkItem] = []
        for is_urgent in (True, False):
            if (is_urgent and place[0]) or len(found) >= limit:
                continue
            after = place[1:] if is_urgent is (not place[0]) else ("", "")
            rows = self._counter.rows(
                f"{COPIES} INDEXED BY {index} WHERE {' AND '.join(terms)} AND is_urgent = ?"
                " AND (first_day, reference) > (?, ?) ORDER BY first_day, reference LIMIT ?",
                (*values, is_urgent, *after, room - len(found)),
            )
            found += [item_of_copy(row) for row in rows if row["reference"] not in without]
        return found[:limit]

    def _some_copies(self, references: Sequence[str]) -> list[WorkItem]:
        if not references:
            return []
        named = json.dumps(list(references))
        sql = f"{COPIES} WHERE reference IN (SELECT value FROM json_each(?))"  # noqa: S608  words of this module
        rows = self._counter.rows(sql, (named,))
        return [item_of_copy(row) for row in rows]

    def _waiting_here(self) -> list[WorkItem]:
        here = [self._of_here(row) for row in self._store.rows(_HERE)]
        known = {item.reference for item in self._some_copies([item.reference for item in here])}
        return [item for item in here if item.reference not in known]

    def _unsent(self) -> int:
        row = self._store.row(
            "SELECT count(*) AS number FROM outbox WHERE state IN ('pending', 'sending', 'retrying', 'rejected')"
        )
        return row["number"] if row is not None else 0

    def _of_here(self, row: Row) -> WorkItem:
        service, stage = row["service_id"], _STAGES.get(row["state"], Stage.HERE)
        return WorkItem(
            reference=row["reference"],
            service_id=service,
            title=self._titles.get(service, service),
            stage=stage,
            is_here=stage is Stage.HERE,
            submitted_at=moment_of(row["submitted_at"]),
            due_on=_day(row["promised_on"]),
            is_urgent=bool(row["is_urgent"]),
            asks_call=service == _CALLS,
            is_withdrawn=bool(row["is_withdrawn"]),
            device_id=self._device_id,
        )


def item_of_copy(row: Row) -> WorkItem:
    """Read a copied case's line."""
    return WorkItem(
        reference=row["reference"],
        service_id=row["service_id"],
        title=row["title"],
        stage=Stage(row["stage"]),
        submitted_at=moment_of(row["submitted_at"]),
        due_on=_day(row["due_on"]),
        planned_on=_day(row["planned_on"]),
        owner=row["owner"],
        owner_name=row["owner_name"],
        language=row["language"],
        is_urgent=bool(row["is_urgent"]),
        asks_call=bool(row["asks_call"]),
        is_withdrawn=bool(row["is_withdrawn"]),
        device_id=row["device_id"],
    )


def first_day(item: WorkItem) -> str:
    """Give the earlier of its days as the order has it."""
    days = [day.isoformat() for day in (item.due_on, item.planned_on) if day is not None]
    return min(days, default=NO_DAY)


def _seen(item: WorkItem, acts: Mapping[str, Overlay], names: Mapping[str, str]) -> WorkItem:
    overlay = acts.get(item.reference)
    return item if overlay is None else overlay.on(item, names)


def _place(item: WorkItem) -> Place:
    return (not item.is_urgent, first_day(item), item.reference)


def _fits(item: WorkItem, search: str) -> bool:
    whole = parse_reference(search)
    if whole is not None:
        return item.reference == whole
    sought = search.strip().casefold()
    return sought in item.reference.casefold() or sought in item.title.casefold()


def _pattern(search: str) -> str:
    sought = search.strip()
    for sign in "\\%_":
        sought = sought.replace(sign, f"\\{sign}")
    return f"%{sought}%"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _last_working_day(today: date) -> date:
    """Give the last working day up to today: what had to be done before it is late."""
    while not is_working_day(today):
        today -= timedelta(days=1)
    return today
