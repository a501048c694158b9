# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""That an ID document was there and its chip was found in order: its kind, when, which checks held (feature S08).

No number of the document or of a person, no picture, no name: what was used of it stands among the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_WRONG = "not told which document was seen"


class SeenKind(StrEnum):
    """What was laid down."""

    PASSPORT = "passport"
    ID_CARD = "id_card"
    RESIDENCE_PERMIT = "residence_permit"
    OTHER = "other"


class SeenCheck(StrEnum):
    """What held; only what held is told, so nothing here accuses anybody."""

    SIGNATURE = "signature"  # what is on the chip is as a country that we trust signed it
    CHIP = "chip"  # the chip proved that it is the one that was issued


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """One document, read by its chip."""

    kind: SeenKind
    at: datetime  # aware, UTC
    checks: tuple[SeenCheck, ...]


def as_table(seen: DocumentSeen) -> dict[str, str | list[str]]:
    """Write it down."""
    return {"kind": seen.kind.value, "at": seen.at.isoformat(), "checks": [check.value for check in seen.checks]}


def from_table(table: object) -> DocumentSeen:
    """Read it back.

    Raises: ValueError when it says no such thing; nothing of it stands in the text of the error.
    """
    is_whole = isinstance(table, Mapping) and set(table) == {"kind", "at", "checks"}
    try:
        found = dict(table) if is_whole and isinstance(table, Mapping) else {}
        at, checks = datetime.fromisoformat(found["at"]), tuple(SeenCheck(check) for check in list(found["checks"]))
        seen = DocumentSeen(SeenKind(found["kind"]), at, checks)
    except (KeyError, TypeError, ValueError):
        raise ValueError(_WRONG) from None
    if seen.at.tzinfo is None:
        raise ValueError(_WRONG)
    return seen
