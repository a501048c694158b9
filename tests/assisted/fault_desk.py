# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Books in memory for the pages of faults and deliveries, with what was asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from assisted.deliveries import DeliveryPorts, deliveries_page
from assisted.faults import FaultPorts, faults_page
from assisted.pages import DeskPage
from domain.case_act import GiveUpReason
from domain.deliveries import DeleteReason, DeliveryKind, DeliveryState, WaitingDelivery, WrittenCase
from domain.errors import CounterError, StoreFullError
from domain.system_fault import FaultAnswer, FaultGroup, FaultKey, FaultOwner, FaultReport, FaultSource
from tests.fakes.clock import TUESDAY

DAY = timedelta(days=1)
NOOR = FaultOwner("Noor Bakker", "56")
CHOICES = {
    ("organisatie", "gemeente"): "Gemeente",
    ("organisatie", "uwv"): "UWV",
    ("soort", "gegevens"): "Mijn gegevens kloppen niet",
    ("soort", "geld"): "Er is iets mis met geld",
}


def group(number: int, source: FaultSource, about: str, kind: str, days_ago: int = 0, **changes: object) -> FaultGroup:
    at = TUESDAY - days_ago * DAY
    found = FaultGroup(number, FaultKey(source, about, kind), 1, at, at, at)
    return replace(found, **changes)  # type: ignore[arg-type]


def some_groups() -> list[FaultGroup]:
    """Four: nobody's for too long, new, somebody's, answered."""
    answer = FaultAnswer("De brief is opnieuw gestuurd.", NOOR, TUESDAY - DAY)
    return [
        group(1, FaultSource.REPORTED, "gemeente", "gegevens", 5, count=3, citizens=3),
        group(2, FaultSource.DELIVERY, "rejected", "catalogue", 1, count=2, citizens=2),
        group(3, FaultSource.DEVICE, "printer", "broken", owner=NOOR),
        group(4, FaultSource.REPORTED, "uwv", "geld", 9, owner=NOOR, answer=answer, citizens=2, told=1),
    ]


@dataclass
class FakeFaultBook:
    """Groups in memory."""

    kept: list[FaultGroup] = field(default_factory=some_groups)

    def report(self, report: FaultReport) -> bool:
        raise AssertionError(report)

    def groups(self, *, only_open: bool = False) -> Sequence[FaultGroup]:
        return [found for found in self.kept if not only_open or found.answer is None]

    def own(self, number: int, owner: FaultOwner, at: datetime) -> bool:
        return self._change(number, owner=owner)

    def answer(self, number: int, answer: FaultAnswer) -> bool:
        return self._change(number, answer=answer)

    def number(self, number: int) -> FaultGroup:
        return next(found for found in self.kept if found.number == number)

    def _change(self, number: int, **changes: object) -> bool:
        if self.number(number).answer is not None:
            return False
        self.kept = [
            replace(found, **changes) if found.number == number else found  # type: ignore[arg-type]
            for found in self.kept
        ]
        return True

    @property
    def page(self) -> DeskPage:
        people = (NOOR, FaultOwner("Burgerzaken"))
        return faults_page(FaultPorts(self, lambda: people, lambda *words: CHOICES[words]))


def some_deliveries() -> list[WaitingDelivery]:
    """Five: refused, in conflict, late, retrying, and new."""
    case, act = DeliveryKind.CASE, DeliveryKind.ACT
    return [
        WaitingDelivery(case, "LK-1", "LK-1", "verhuizen", DeliveryState.REJECTED, TUESDAY - DAY, 3, "catalogue"),
        WaitingDelivery(act, "act-1", "LK-7", "answer", DeliveryState.CONFLICT, TUESDAY - DAY),
        WaitingDelivery(case, "LK-2", "LK-2", "bel", DeliveryState.RETRYING, TUESDAY - 2 * DAY, 9, "unreachable", True),
        WaitingDelivery(DeliveryKind.ADDED, "LK-3", "LK-3", "bel", DeliveryState.RETRYING, TUESDAY, 1, "server-failed"),
        WaitingDelivery(case, "LK-4", "LK-4", "brief", DeliveryState.WAITING, TUESDAY),
    ]


@dataclass
class FakeDeliveries:
    """What waits, in memory."""

    kept: list[WaitingDelivery] = field(default_factory=some_deliveries)
    retried: list[str] = field(default_factory=list)
    written: list[tuple[str, Path]] = field(default_factory=list)
    deleted: list[tuple[str, DeleteReason]] = field(default_factory=list)
    given_up: list[tuple[str, str, GiveUpReason]] = field(default_factory=list)
    taken_in: int = 0
    has_key: bool = True
    outcome: tuple[int, int] = (2, 1)
    fails_with: Exception | None = None

    def waiting(self) -> Sequence[WaitingDelivery]:
        return list(self.kept)

    def retry(self, delivery: WaitingDelivery) -> bool:
        self.retried.append(delivery.key)
        return delivery.state is not DeliveryState.WAITING

    def give_up(self, delivery: WaitingDelivery, staff_number: str, why: GiveUpReason) -> bool:
        self.given_up.append((delivery.key, staff_number, why))
        self.kept = [one for one in self.kept if one.key != delivery.key]
        return True

    def retry_all(self) -> int:
        self.retried += [one.key for one in self.kept]
        return len(self.kept)

    def export(self, reference: str, folder: Path) -> WrittenCase:
        if self.fails_with is not None:
            raise self.fails_with
        self.written.append((reference, folder))
        return WrittenCase(f"{reference}.pdf" if self.has_key else f"{reference}.loket.json", self.has_key)

    def delete(self, reference: str, why: DeleteReason) -> bool:
        self.deleted.append((reference, why))
        self.kept = [one for one in self.kept if one.reference != reference]
        return True

    def take_in(self) -> tuple[int, int]:
        self.taken_in += 1
        if self.fails_with is not None:
            raise self.fails_with
        return self.outcome

    @property
    def page(self) -> DeskPage:
        titles = {"verhuizen": "Verhuizen", "bel": "Bel mij terug", "brief": "Hulp bij een brief"}
        take_in = self.take_in if self.has_key else None
        folders = (Path("/media/stick"), Path("/home/balie"))
        return deliveries_page(DeliveryPorts(self, titles.__getitem__, lambda: folders, take_in))


AWAY = CounterError("the service is away")
FULL = StoreFullError("full")
