# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The service that is being done, the order that is made of its answers, and the receipt once the case is durable.

Writing the case is `kiosk.filing`'s; which screen shows any of this is the navigator's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from domain.attachment import Attachment
from domain.case import CaseId, CaseState
from domain.intake import new_case_id
from domain.journey import Journey
from domain.ports import Clock
from domain.practice import new_practice_case_id
from domain.receipt import Receipt
from domain.reference import new_reference, new_status_code
from domain.service import ServiceDefinition
from kiosk.answer_book import AnswerBook
from kiosk.effects import Order
from kiosk.kept import Kept
from kiosk.sheet_desk import SheetDesk

HERE = ZoneInfo("Europe/Amsterdam")


class CaseDesk:
    """The case of now, and those that were kept before it in the same visit."""

    def __init__(self, book: AnswerBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock
        self.service: ServiceDefinition | None = None
        self.order: Order | None = None
        self.receipt: Receipt | None = None
        self.state = CaseState.PENDING
        self.print_state = ""
        self.sheets = SheetDesk()
        self.is_unsure = False  # whether what failed is kept after all
        self._doubtful: dict[str, Order] = {}  # by service: what could not be kept, or perhaps was
        self._kept: dict[str, Kept] = {}

    @property
    def today(self) -> date:
        """Give the day in the Netherlands."""
        return self._clock.now().astimezone(HERE).date()

    @property
    def journey(self) -> Journey:
        """Give the journey of the service that is being done.

        Raises: RuntimeError when no service was chosen.
        """
        if self.service is None:
            raise RuntimeError("no service chosen")
        if self.order is not None:
            return Journey(self.service, self.order.answers, self.order.today, is_flagged=bool(self.order.flag))
        return Journey(self.service, self._book.of(self.service), self.today)

    @property
    def case_id(self) -> CaseId | None:
        """Give the id of the case that was kept."""
        return self.order.case_id if self.order and self.receipt else None

    def open(self, service: ServiceDefinition) -> None:
        """Begin with a service; a case that is kept stays to come back to."""
        is_linked = False
        if self.service is not None and self.order is not None and self.receipt is not None:
            is_linked = True
            kept = Kept(self.order, self.receipt, self.state, self.print_state, self.sheets.states)
            self._kept[self.service.id] = kept
        self._book.open(service, is_linked=is_linked)
        self.service = service
        self.order, self.receipt, self.print_state = None, None, ""
        self.sheets = SheetDesk()

    def come_back_to(self, service_id: str) -> bool:
        """Take up a case that was kept before; tell whether there is one."""
        kept = self._kept.pop(service_id, None)
        if kept is None:
            return False
        self.service, self.order, self.receipt = kept.order.definition, kept.order, kept.receipt
        self.state, self.print_state, self.sheets = kept.state, kept.print_state, SheetDesk(kept.sheets)
        return True

    def new_order(self, language: str, attachments: tuple[Attachment, ...], *, is_rehearsal: bool = False) -> Order:
        """Make the order of the answers as they are now.

        After a failure it has the number of the order that failed: whatever the disk did with that one, what is
        confirmed now is the same case, never a second.
        """
        journey = self.journey
        before = self._doubtful.get(journey.definition.id)
        new_id = new_practice_case_id if is_rehearsal else new_case_id
        order = Order(
            case_id=before.case_id if before else new_id(),
            reference=before.reference if before else new_reference(),
            status_code=before.status_code if before else new_status_code(),
            definition=journey.definition,
            answers=journey.answers,
            today=journey.today,
            language=language,
            attachments=attachments,
        )
        if before is None:
            return order
        is_same = (before.answers, before.attachments) == (order.answers, attachments)
        return replace(order, is_changed=before.is_changed or not is_same)

    def filed(self, receipt: Receipt) -> None:
        """Take the news that the case is durable; only now is there a receipt."""
        self.receipt = receipt
        self.state = receipt.state
        self.print_state = ""  # the paper of what could not wait is not the receipt
        service_id = self.journey.definition.id
        self._doubtful.pop(service_id, None)
        self._book.filed(service_id)

    def filing_failed(self, *, is_unsure: bool) -> None:
        """Take the news that the case could not be kept; the order stays, so that trying again is the same case."""
        if self.order is not None:
            self._doubtful[self.order.definition.id] = self.order
        self.is_unsure = is_unsure

    def status_changed(self, state: CaseState) -> None:
        """Take the news of where the case is now."""
        self.state = state
        self._kept = {service_id: replace(kept, state=state) for service_id, kept in self._kept.items()}
