# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the navigator asks of the visit.

Things that reach outside the screen. Values only; the visit carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.answers import Answers
from domain.case import CaseId
from domain.receipt import Receipt
from domain.service import ServiceDefinition


class EndsAt(StrEnum):
    """What the next visit begins with."""

    START = "start"
    NEUTRAL = "neutral"  # after "Snel weg"


@dataclass(frozen=True, slots=True)
class Order:
    """One case as the visitor confirmed it; made once, so that trying again can never double it."""

    case_id: CaseId
    reference: str
    status_code: str
    definition: ServiceDefinition
    answers: Answers
    today: date
    language: str


@dataclass(frozen=True, slots=True)
class FileCase:
    """Keep this case durably; answer with `Navigator.filed` or `Navigator.filing_failed`."""

    order: Order


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt; answer with `Navigator.printed`."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class PrintPaperRoad:
    """Print the answers on paper for the counter (feature U05): it cannot wait, or cannot be kept."""

    order: Order
    is_haste: bool


@dataclass(frozen=True, slots=True)
class SayPart:
    """Say one part of the screen aloud, whether or not reading is on."""

    part_id: str


@dataclass(frozen=True, slots=True)
class EndVisit:
    """End this visit and everything it knew."""

    at: EndsAt = EndsAt.START


Effect = FileCase | PrintReceipt | PrintPaperRoad | SayPart | EndVisit
