# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes down what is done at the case system for one act of staff: each step before it is sent and after its answer.

Every row is on the disk before the call: an act is one of a few a minute, and its steps are few.
"""

from __future__ import annotations

from datetime import datetime

from sync.counter_file import CounterFile
from sync.delivery_steps import StepRecord


class ActLedger:
    """The steps of one act (`sync.sure_steps.Steps`); for one thread."""

    def __init__(self, file: CounterFile, act_id: str) -> None:
        self._file = file
        self._act_id = act_id
        self._adopted: set[str] = set()
        self._records = {
            row["step"]: StepRecord(row["step"], row["identifier"], row["state"], row["result"], 1)
            for row in file.rows(
                "SELECT step, identifier, state, result FROM counter_act_steps WHERE act_id = ?", (act_id,)
            )
        }

    @property
    def records(self) -> tuple[StepRecord, ...]:
        """Give all that is known."""
        return tuple(self._records.values())

    def get(self, step: str) -> StepRecord | None:
        """Give what is known of a step."""
        return self._records.get(step)

    def may_be_there(self, step: str) -> bool:
        """Tell whether an earlier attempt may have sent it."""
        return step in self._records

    def before(self, step: str, identifier: str, now: datetime) -> StepRecord:  # noqa: ARG002  as of a delivery
        """Write down that it is about to be sent; its first identifier stays, whatever comes later."""
        known = self._records.get(step)
        return self._put(StepRecord(step, known.identifier if known else identifier, "sent", "", 1))

    def after(self, step: str, now: datetime, result: str, *, is_left_out: bool = False) -> None:  # noqa: ARG002
        """Write down how it ended."""
        known = self._records[step]
        self._put(StepRecord(step, known.identifier, "left_out" if is_left_out else "done", result, 1))

    def adopted(self, step: str) -> None:
        """Remember that what it makes was there already."""
        self._adopted.add(step)

    def write(self, step: str, identifier: str, result: str = "") -> None:
        """Write down what was seen, in place of what was seen before."""
        self._put(StepRecord(step, identifier, "done", result, 1))

    def leave_out(self, step: str, why: str) -> None:
        """Write down that a step has no place there; `why` is a slug."""
        self._put(StepRecord(step, "", "left_out", why, 1))

    def left_out(self) -> str:
        """Give why something was left out; empty: nothing was."""
        return next((record.result for record in self.records if record.state == "left_out"), "")

    def _put(self, record: StepRecord) -> StepRecord:
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO counter_act_steps (act_id, step, identifier, state, result) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (act_id, step) DO UPDATE SET identifier = excluded.identifier, state = excluded.state,"
                " result = excluded.result",
                (self._act_id, record.step, record.identifier, record.state, record.result),
            )
        self._records[record.step] = record
        return record
