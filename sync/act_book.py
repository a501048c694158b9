# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps what staff do to cases, sealed, in the counter's file (`domain.case_act.ActBook`).

The desk has the public key alone: it writes acts down and cannot read them. `sync.act_sender` opens and sends them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.call_attempts import CallAttemptBook
from domain.case_act import (
    ActHeader,
    ActKind,
    ActState,
    CaseAct,
    ConflictChoice,
    GiveUpReason,
    KeptAct,
    from_bytes,
    to_bytes,
)
from domain.case_answer import Result, check_unopened
from domain.counter import Stage
from domain.errors import SealingError, TamperedError
from domain.log_line import LogEvent
from domain.ports import Sealer
from sync.act_overlay import ACTS, Overlay, overlays
from sync.counter_file import CounterFile
from sync.database import Row, moment_of, stamp
from sync.event_log import EventLog
from sync.key_ring import KeyRing
from sync.sealing import Opener

_log = EventLog("loket.acts")

AT_ONCE = ""
"""The `next_try_at` of what is due now, whatever a clock says."""

OWN_STEPS = ("seen", "theirs", "version")
"""Steps that only look; whoever has no others did nothing at the case system yet."""

LEAVES_OPEN = ("no-result-type", "no-status-type")
"""What an answer lacks at a case system that then does not close the case."""

_OPEN = "state NOT IN ('delivered', 'dropped')"


class SqliteActBook:
    """The acts of one machine; safe from any thread, and beside other processes."""

    def __init__(self, file: CounterFile, sealer: Sealer, calls: CallAttemptBook | None = None) -> None:
        """Take the `calls` where cases may be closed as not received; without them none was made."""
        self._file = file
        self._sealer = sealer
        self._calls = calls

    def record(self, act: CaseAct) -> bool:
        """Seal and keep an act; durable on return. False when it is there already.

        Raises: StoreError and its kinds, CannotCloseError among them; then nothing was kept.
        """
        self._check(act)
        header = replace(act.header, key_id=self._sealer.key_id)
        sealed = self._sealer.seal(to_bytes(replace(act, header=header)))
        with self._file.writing() as connection:
            kept = connection.execute(
                "INSERT INTO counter_acts (act_id, reference, kind, at, staff_number, based_on, key_id, sealed, state,"
                " next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
                (
                    header.act_id,
                    header.reference,
                    header.kind.value,
                    stamp(header.at),
                    header.staff_number,
                    header.based_on,
                    header.key_id,
                    sealed,
                    AT_ONCE,
                ),
            ).rowcount
        return bool(kept)

    def acts(self, reference: str = "", *, only_open: bool = False) -> Sequence[KeptAct]:
        """Give the acts of a case, or of all, oldest first; `only_open`: not delivered and not dropped."""
        where = ("reference = ?" if reference else "? = ''") + (f" AND {_OPEN}" if only_open else "")
        rows = self._file.rows(
            f"SELECT * FROM counter_acts WHERE {where} ORDER BY number",  # noqa: S608  words of this module alone
            (reference,),
        )
        return [kept_of(row) for row in rows]

    def resolve(self, act_id: str, choice: ConflictChoice, staff_number: str, at: datetime) -> None:
        """Solve a conflict; who chose what is logged. Without a conflict nothing happens."""
        with self._file.writing() as connection:
            # What was done of it before the conflict showed is undone by the sender, which then drops it.
            is_begun = connection.execute(
                "SELECT 1 FROM counter_act_steps WHERE act_id = ? AND step NOT IN (?, ?, ?) AND state <> 'left_out'",
                (act_id, *OWN_STEPS),
            ).fetchone()
            is_dropped = choice is ConflictChoice.THEIRS and is_begun is None
            state = ActState.DROPPED if is_dropped else ActState.PENDING
            solved = connection.execute(
                "UPDATE counter_acts SET state = ?, choice = ?, chosen_by = ?, chosen_at = ?, reason = '',"
                " next_try_at = ? WHERE act_id = ? AND state = 'conflict'",
                (state.value, choice.value, staff_number, stamp(at), AT_ONCE, act_id),
            ).rowcount
        if solved:
            _log.info(LogEvent.CONFLICT_SOLVED, choice=choice, staff=_number(staff_number))

    def retry(self, act_id: str) -> None:
        """Try a rejected act again, and those behind it."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET state = 'pending', reason = '', next_try_at = ?"
                " WHERE act_id = ? AND state IN ('rejected', 'retrying')",
                (AT_ONCE, act_id),
            )

    def give_up(self, act_id: str, staff_number: str, at: datetime, why: GiveUpReason) -> bool:
        """Drop a rejected act, so that those behind it go; its reason is kept, and who gave it up is logged."""
        with self._file.writing() as connection:
            dropped = connection.execute(
                "UPDATE counter_acts SET state = 'dropped', choice = ?, chosen_by = ?, chosen_at = ?"
                " WHERE act_id = ? AND state = 'rejected'",
                (why.value, staff_number, stamp(at), act_id),
            ).rowcount
        if dropped:
            _log.info(LogEvent.ACT_GIVEN_UP, why=why, staff=_number(staff_number))
        return bool(dropped)

    def unfinished(self) -> Sequence[KeptAct]:
        """Give the answers that arrived and could not close their case, as long as it is open: a person closes it."""
        rows = self._file.rows(
            "SELECT a.* FROM counter_acts AS a JOIN counter_cases AS c USING (reference)"
            " WHERE a.kind = 'answer' AND a.state = 'delivered' AND a.reason IN (?, ?) AND c.stage <> 'answered'"
            " ORDER BY a.number",
            LEAVES_OPEN,
        )
        return [kept_of(row) for row in rows]

    def _check(self, act: CaseAct) -> None:
        if act.header.kind is not ActKind.ANSWER or act.given.get("result") != Result.NOT_RECEIVED:
            return
        reference = act.header.reference
        attempts = self._calls.attempts(reference) if self._calls is not None else ()
        check_unopened(Result.NOT_RECEIVED, act.given.get("tried", ""), attempts, was_asked=self._was_asked(reference))

    def _was_asked(self, reference: str) -> bool:
        rows = self._file.rows(f"{ACTS} ORDER BY a.number", ())
        stage = overlays(rows).get(reference, Overlay()).stage
        if stage is None:
            known = self._file.row("SELECT stage FROM counter_cases WHERE reference = ?", (reference,))
            return known is not None and known["stage"] == Stage.ASKED
        return stage is Stage.ASKED


def _number(staff_number: str) -> int:
    return int(staff_number) if staff_number.isascii() and staff_number.isdigit() else 0


def kept_of(row: Row) -> KeptAct:
    """Read a row, unopened."""
    return KeptAct(header_of(row), ActState(row["state"]), row["reason"], row["attempts"])


def header_of(row: Row) -> ActHeader:
    """Read what stands readable."""
    return ActHeader(
        act_id=row["act_id"],
        reference=row["reference"],
        kind=ActKind(row["kind"]),
        at=moment_of(row["at"]),
        staff_number=row["staff_number"],
        based_on=row["based_on"],
        key_id=row["key_id"],
    )


def opened_of(row: Row, keys: KeyRing | Opener) -> CaseAct:
    """Open a row of `counter_acts` and hold its readable columns against what was sealed with them.

    Raises: SealingError when the key is not here, TamperedError when the row was changed.
    """
    header = header_of(row)
    opener = keys.for_key(header.key_id)
    if opener.key_id != header.key_id:
        raise SealingError("an act of staff needs another key", "see `loket keys check`")
    try:
        act = from_bytes(opener.open(row["sealed"]))
    except SealingError:
        raise TamperedError("an act of staff does not open", "keep the file; see the runbook, damaged store") from None
    except ValueError:
        raise TamperedError("what was sealed is no act", "keep the file; see the runbook, damaged store") from None
    if act.header != header:
        raise TamperedError("an act was changed on the disk", "keep the file; see the runbook, damaged store")
    return act
