# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the doctor says of one thing; never an answer, a name or a number of a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ExpectedError


class Health(StrEnum):
    """How a thing is. WARNING: it works, but somebody should look; BROKEN: it does not."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what to do about it."""

    id: str
    state: Health
    says: str
    remedy: str = ""


def fine(check_id: str, says: str) -> Check:
    """Say that a thing is as it should be."""
    return Check(check_id, Health.OK, says)


def warning(check_id: str, says: str, remedy: str) -> Check:
    """Say that somebody should look."""
    return Check(check_id, Health.WARNING, says, remedy)


def broken(check_id: str, says: str, remedy: str) -> Check:
    """Say that a thing does not work."""
    return Check(check_id, Health.BROKEN, says, remedy)


def broken_by(check_id: str, error: ExpectedError) -> Check:
    """Say it in the words of an error that was raised on purpose."""
    return broken(check_id, f"{error.slug}: {error.says}", error.remedy)
