# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the counts of help at the desk in a SQLite file of their own (`domain.tally.TallyBook`), by month.

What of them others may see is `domain.tally_table`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from domain.errors import StoreDamagedError
from domain.help_log import HelpedStep
from domain.tally import DIMENSIONS, Age, Channel, Deed, Organisation, Tally, Theme
from sync.database import Database, Row

TALLIES = "tally.db"

_SAME = " AND ".join(f"{name} = ?" for name in ("month", *DIMENSIONS))
_ONE_MORE = (
    f"INSERT INTO tallies (month, {', '.join(DIMENSIONS)}, number) VALUES (?, ?, ?, ?, ?, ?, ?, 1)"  # noqa: S608  ours
    f" ON CONFLICT DO UPDATE SET number = number + 1"
)


_STEPS = """
CREATE TABLE helped_steps (
    month         TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    service_id    TEXT NOT NULL,
    question_id   TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (month, service_id, question_id)
) STRICT, WITHOUT ROWID;
"""


class TallyFile(Database):
    """The file that the counts are in."""

    application_id = 0x4C4F4B54  # "LOKT"
    migrations: Mapping[int, str] = MappingProxyType({2: _STEPS})
    schema = Path(__file__).with_name("tally.sql")


class SqliteTallyBook:
    """The counts of one desk; safe from any thread, and beside other processes."""

    def __init__(self, file: TallyFile) -> None:
        self._file = file

    def count(self, tally: Tally, day: date) -> None:
        """Count one; durable on return.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute(_ONE_MORE, _values(tally, day))

    def take_back(self, tally: Tally, day: date) -> bool:
        """Take one count back that was a slip; False when there is none.

        Raises: StoreError and its kinds.
        """
        values = _values(tally, day)
        with self._file.writing() as connection:
            last = connection.execute(f"DELETE FROM tallies WHERE {_SAME} AND number = 1", values).rowcount  # noqa: S608
            fewer = connection.execute(
                f"UPDATE tallies SET number = number - 1 WHERE {_SAME} AND number > 1",  # noqa: S608  words of ours
                values,
            ).rowcount
        return bool(last or fewer)

    def month(self, year: int, month: int) -> dict[Tally, int]:
        """Give how often each was counted in a month.

        Raises: StoreError and its kinds.
        """
        rows = self._file.rows("SELECT * FROM tallies WHERE month = ?", (_month(date(year, month, 1)),))
        return {_tally(row): row["number"] for row in rows}

    def count_step(self, step: HelpedStep, day: date) -> None:
        """Count that a helper stepped in at a step; durable on return.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO helped_steps (month, service_id, question_id, number) VALUES (?, ?, ?, 1)"
                " ON CONFLICT DO UPDATE SET number = number + 1",
                (_month(day), step.service_id, step.question_id),
            )

    def steps(self, year: int, month: int) -> dict[HelpedStep, int]:
        """Give how often help was needed at each step in a month.

        Raises: StoreError and its kinds.
        """
        rows = self._file.rows("SELECT * FROM helped_steps WHERE month = ?", (_month(date(year, month, 1)),))
        return {HelpedStep(row["service_id"], row["question_id"]): row["number"] for row in rows}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _values(tally: Tally, day: date) -> tuple[str, ...]:
    return (_month(day), *(str(getattr(tally, name)) for name in DIMENSIONS))


def _tally(row: Row) -> Tally:
    try:
        return Tally(
            Theme(row["theme"]),
            Deed(row["deed"]),
            Organisation(row["organisation"]),
            Organisation(row["referral"]),
            Age(row["age"]),
            Channel(row["channel"]),
        )
    except ValueError:
        raise StoreDamagedError("a count holds a word that is in no list", "keep the file and report it") from None
