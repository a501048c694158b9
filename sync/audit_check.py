# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks the audit log of one store: the chain, its signed heads here and in the file, and the store held against it.

A check remembers how far it came, so that the next one of the same process reads only what is new; a line that was
changed before that is found by the next full one. It reads a snapshot on a connection of its own, and disturbs nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey, VerifyKey

from domain.errors import StoreError
from sync import audit_heads, audit_log, fingerprints
from sync.audit_heads import Head, HeadKind
from sync.audit_log import Line
from sync.database import Database, Row, stamp
from sync.reconcile import FROM_BEFORE, Expected, Finding

SEEN = "seen-"
"""Begins the event of something that is watched: settings, keys, content; its detail is a sum of it."""

EVERY_LINES = 100
EVERY = timedelta(hours=1)

_STEP = 100_000  # lines between two lines of progress
_MOST_FINDINGS = 1000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and how the log stands."""

    findings: tuple[Finding, ...]
    lines: int  # that were read
    first: int  # the first line that is there
    number: int  # the last one
    hash: str
    head: Head | None  # the newest that was signed
    removed_upto: int  # by retention
    accepted_upto: int  # a person looked at what came before


class AuditCheck:
    """Checks one store again and again; for one thread.

    `key` is the device's own; what `run` gets as watched has to be as the log says (`SEEN`).
    """

    def __init__(self, store: Path, key: VerifyKey) -> None:
        self._store = store
        self._key = key
        self._begin()

    def _begin(self) -> None:
        self._expected = Expected()
        self._seen: dict[str, str] = {}
        self._findings: list[Finding] = []
        self._number, self._hash = 0, audit_log.START
        self._base: Head | None = None
        self._removed = self._accepted = self._lines = 0
        self._heads: dict[tuple[str, int], Head] = {}
        self._last_head: Head | None = None
        self._is_begun_anew = False

    def run(
        self,
        now: datetime,
        watched: Mapping[str, str] | None = None,
        *,
        is_full: bool = True,
        progress: Progress | None = None,
    ) -> Report:
        """Check; not full: only what is new since the last time.

        Raises: StoreError.
        """
        with snapshot(self._store) as connection:
            if is_full or not self._is_known(connection):
                self._begin()
                self._find_base(connection)
            self._walk(connection, progress)
            if self._is_begun_anew:
                self._begin()
                self._find_base(connection)
                self._walk(connection, progress)
            findings = list(self._findings)
            findings += self._held_against_file()
            findings += self._expected.compare(connection, now, is_full=is_full)
            first = connection.execute("SELECT coalesce(min(number), 0) FROM audit_log").fetchone()[0]
        findings += [
            Finding(f"{name}-changed") for name, sum_ in (watched or {}).items() if self._seen.get(name, sum_) != sum_
        ]
        return Report(
            findings=tuple(findings[:_MOST_FINDINGS]),
            lines=self._lines,
            first=first,
            number=self._number,
            hash=self._hash.hex(),
            head=self._last_head,
            removed_upto=self._removed,
            accepted_upto=self._accepted,
        )

    @property
    def seen(self) -> Mapping[str, str]:
        """Give what the log says of what is watched; ask after a `run`."""
        return dict(self._seen)

    def unseen(self, watched: Mapping[str, str]) -> Mapping[str, str]:
        """Give what is watched and was never written down; ask after a `run`."""
        return {name: sum_ for name, sum_ in watched.items() if name not in self._seen}

    def missing_in_file(self) -> Sequence[Head]:
        """Give the newest heads of the log that the file has not yet; ask after a `run`."""
        there = {(head.kind, head.number) for head in audit_heads.in_file(audit_heads.file_of(self._store))}
        return [head for (kind, number), head in self._heads.items() if (kind, number) not in there]

    def _is_known(self, connection: sqlite3.Connection) -> bool:
        """Tell whether the log is still the one of which this check remembers the end."""
        line = audit_log.line_at(connection, self._number)
        return line is not None and line.hash == self._hash

    def _find_base(self, connection: sqlite3.Connection) -> None:
        kinds = (HeadKind.CUT.value, HeadKind.ACCEPTED.value)
        for row in connection.execute(
            "SELECT number, at, event, case_id, detail, hash FROM audit_log WHERE event IN (?, ?) ORDER BY number",
            kinds,
        ):
            head = audit_heads.of_line(Line(*row))
            if head is None or not head.is_of(self._key):
                continue  # the walk tells of it
            if head.kind is HeadKind.CUT:
                self._removed = max(self._removed, head.number)
            else:
                self._accepted = max(self._accepted, head.number)
            if self._base is None or head.number >= self._base.number:
                self._base = head
        if self._base is not None:
            self._number, self._hash = self._base.number, bytes.fromhex(self._base.hash)

    def _walk(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        for line in audit_log.lines(connection, self._number):
            if line.number != self._number + 1:
                self._findings.append(Finding("line-missing", self._number + 1))
            elif not line.fits(self._hash):
                # One finding for each place: the lines behind it fit what stands there.
                self._findings.append(Finding("line-changed", line.number))
            if line.event in audit_heads.EVENTS:
                self._look_at_head(line)
            elif line.event.startswith(SEEN):
                self._seen[line.event.removeprefix(SEEN)] = line.detail
            if line.case_id:
                self._expected.read(line)
            self._number, self._hash = line.number, line.hash
            self._lines += 1
            if progress is not None and self._lines % _STEP == 0:
                progress(self._lines)
            if len(self._findings) > _MOST_FINDINGS:
                return

    def _look_at_head(self, line: Line) -> None:
        head = audit_heads.of_line(line)
        if head is None or not head.is_of(self._key):
            self._findings.append(Finding("head-forged", line.number))
            return
        # `self._hash` is that of the line before; the other kinds speak of an earlier one.
        if head.kind is HeadKind.SIGNED and (head.number, head.hash) != (line.number - 1, self._hash.hex()):
            self._findings.append(Finding("head-differs", line.number))
        self._heads[(head.kind.value, head.number)] = head
        self._last_head = head
        # A person accepted what was found meanwhile.
        base = self._base.number if self._base is not None else -1
        self._is_begun_anew = self._is_begun_anew or (head.kind is HeadKind.ACCEPTED and head.number > base)

    def _held_against_file(self) -> Iterator[Finding]:
        """Hold the heads of the file against those of the log."""
        heads = audit_heads.in_file(audit_heads.file_of(self._store))
        # Before a person accepted how things stand, another log may have been here.
        begun = max((place for place, head in enumerate(heads) if self._is_accepted(head)), default=-1)
        base = self._base.number if self._base is not None else 0
        there = set()
        for head in heads[begun + 1 :]:
            if not head.is_of(self._key):
                yield Finding("head-forged", head.number)
                continue
            there.add((head.kind.value, head.number))
            known = self._heads.get((head.kind.value, head.number))
            if head.number > self._number:
                yield Finding("lines-cut-off", head.number)
            elif known is None and head.number > base:
                yield Finding("head-missing", head.number)
            elif known is not None and known.hash != head.hash:
                yield Finding("head-differs", head.number)
        accepted = {(head.kind.value, head.number) for head in heads if self._is_accepted(head)}
        lacking = [head for place, head in self._heads.items() if place not in there | accepted]
        # A power cut between log and file leaves one behind; the next signature writes it.
        if len(lacking) > 1 or (lacking and lacking[0] != self._last_head):
            yield Finding("heads-file-cut-off", lacking[0].number)

    def _is_accepted(self, head: Head) -> bool:
        return head.kind is HeadKind.ACCEPTED and head.is_of(self._key)


def sign_if_due(database: Database, key: SigningKey, report: Report, now: datetime) -> Head | None:
    """Sign a head when enough happened, or enough time went by, since the last one.

    Raises: StoreError and its kinds.
    """
    signed_for = report.head.number + 1 if report.head is not None else 0  # and the line of the head itself
    news = report.number - signed_for
    if news <= 0:
        return None
    is_old = report.head is None or stamp(now - EVERY) > report.head.at
    return audit_heads.sign(database, key, now) if is_old or news >= EVERY_LINES else None


def write_seen(database: Database, watched: Mapping[str, str], now: datetime) -> None:
    """Write down how what is watched is now.

    Raises: StoreError and its kinds.
    """
    if watched:
        with database.writing() as connection:
            _write_seen(connection, watched, now)


def accept(database: Database, key: SigningKey, watched: Mapping[str, str], now: datetime) -> Head | None:
    """Begin anew: a person looked at what was found, and the store is right as it stands now.

    Raises: StoreError and its kinds.
    """

    def tell_again(connection: sqlite3.Connection) -> int | None:
        last = audit_log.newest(connection)
        for case in connection.execute(
            "SELECT s.*, o.state, o.promised_on, o.is_urgent, o.attempts, d.identifier, d.result FROM submissions AS s"
            " JOIN outbox AS o USING (case_id)"
            " LEFT JOIN delivery_steps AS d ON d.case_id = s.case_id AND d.step = 'case'"
        ).fetchall():
            for event, detail in _told_again(connection, case):
                audit_log.append(connection, now, f"{FROM_BEFORE}{event}", case["case_id"], detail)
        _write_seen(connection, watched, now)
        return None if last is None else last.number

    return audit_heads.sign(database, key, now, HeadKind.ACCEPTED, tell_again)


def remove_old(
    database: Database, key: SigningKey, seen: Mapping[str, str], now: datetime, keep: timedelta
) -> Head | None:
    """Take old lines away, with a signed line that carries the chain on; None when there are none.

    Lines of a case that is still here stay, and all that came after them: they are needed to judge it. `seen` is what
    the log knows of what is watched, and is told again.

    Raises: StoreError and its kinds.
    """
    with snapshot(database.path) as connection:
        upto = _removable(connection, now - keep)
    if not upto:
        return None

    def prepare(connection: sqlite3.Connection) -> int | None:
        _write_seen(connection, seen, now)
        return upto

    return audit_heads.sign(database, key, now, HeadKind.CUT, prepare)


def _removable(connection: sqlite3.Connection, before: datetime) -> int:
    newer = connection.execute("SELECT min(number) FROM audit_log WHERE at > ?", (stamp(before),)).fetchone()[0]
    of_a_case = connection.execute(
        "SELECT min(number) FROM audit_log WHERE case_id IN (SELECT case_id FROM submissions)"
    ).fetchone()[0]
    ends = [number for number in (newer, of_a_case) if number is not None]
    upto = min(ends) - 1 if newer is not None else 0
    return upto if audit_log.line_at(connection, upto) is not None else 0


def _told_again(connection: sqlite3.Connection, case: Row) -> Iterator[tuple[str, str]]:
    sums = (fingerprints.of_submission(case), fingerprints.of_sealed(case["sealed"]), case["promised_on"])
    yield "submitted", " ".join(sums)
    for row in connection.execute(
        "SELECT * FROM follow_ups WHERE case_id = ? ORDER BY number", (case["case_id"],)
    ).fetchall():
        yield f"added-{row['kind']}", f"{fingerprints.of_follow_up(row)} {fingerprints.of_sealed(row['sealed'])}"
        if row["state"] == "delivered":
            yield f"delivered-{row['kind']}", ""
    if case["state"] in ("delivered", "in_progress", "done"):
        is_known = case["identifier"] is not None
        yield "delivered", fingerprints.of_address(case["identifier"], case["result"]) if is_known else ""
    if case["state"] not in ("pending", "sending", "delivered"):
        yield case["state"], ""


def _write_seen(connection: sqlite3.Connection, watched: Mapping[str, str], now: datetime) -> None:
    for name, sum_ in watched.items():
        audit_log.append(connection, now, f"{SEEN}{name}", "", sum_)


@contextmanager
def snapshot(store: Path) -> Iterator[sqlite3.Connection]:
    """Give the store as it is at this moment, whatever others write meanwhile."""
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as found:
            found.row_factory = sqlite3.Row
            found.execute("BEGIN")
            yield found
            found.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise StoreError("the audit log cannot be read", "see docs/audit.md") from error
