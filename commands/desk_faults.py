# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the page of faults to its book, and tells the window how many nobody owned for too long (`assisted.faults`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from assisted.faults import FaultPorts, faults_page
from assisted.pages import DeskPage
from domain.errors import ExpectedError
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role
from domain.system_fault import SERVICE, FaultAnswer, FaultGroup, FaultOwner, FaultReport
from i18n.texts import Texts
from resources.service_library import ServiceLibrary

if TYPE_CHECKING:
    from sync.fault_book import SqliteFaultBook


class LateFaultBook:
    """The book of one device (`domain.system_fault.FaultBook`), opened when it is first asked; for the store's lane."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book: SqliteFaultBook | None = None

    def report(self, report: FaultReport) -> bool:
        """Count a report. Raises: StoreError and its kinds."""
        return self._opened().report(report)

    def groups(self, *, only_open: bool = False) -> Sequence[FaultGroup]:
        """Give the groups. Raises: StoreError and its kinds."""
        return self._opened().groups(only_open=only_open)

    def own(self, number: int, owner: FaultOwner, at: datetime) -> bool:
        """Give one to somebody. Raises: StoreError and its kinds."""
        return self._opened().own(number, owner, at)

    def answer(self, number: int, answer: FaultAnswer) -> bool:
        """Write the answer; the sync service brings it to the citizens. Raises: StoreError and its kinds."""
        return self._opened().answer(number, answer)

    def _opened(self) -> SqliteFaultBook:
        from commands.joining import data_dir
        from sync.counter_file import COUNTER, CounterFile
        from sync.fault_book import SqliteFaultBook

        if self._book is None:
            self._book = SqliteFaultBook(CounterFile(data_dir(self._settings) / COUNTER))
        return self._book


def faults_alarm(settings: Settings, clock: Clock) -> Callable[[], int]:
    """Give what counts the faults that nobody owned for two working days; for the store's lane."""
    book = LateFaultBook(settings)
    return lambda: sum(group.is_escalated(clock.now()) for group in book.groups(only_open=True))


def faults_pages(settings: Settings, texts: Texts) -> DeskPage:
    """Give the page of faults."""
    library = cache(ServiceLibrary.load)  # when its words are first asked for: the window must not wait

    def choice(question: str, word: str) -> str:
        return library().text(SERVICE, texts.language, f"question.{question}.choice.{word}")[0] or word

    return faults_page(FaultPorts(LateFaultBook(settings), lambda: _people(settings, library()), choice))


def _people(settings: Settings, library: ServiceLibrary) -> Sequence[FaultOwner]:
    """Give who may own a fault: staff that can open this page, then the departments of services and tasks."""
    from commands.faults import members_of

    try:
        members = members_of(settings)
    except ExpectedError:
        members = ()  # a department can still be chosen
    staff = [FaultOwner(member.name, str(member.number)) for member in members if member.role is not Role.HELPER]
    tasks = {name.partition(":")[2].strip() for name in (*settings.sync.tasks.values(), settings.desk.escalate_to)}
    departments = sorted({service.owner for service in library.services} | tasks - {""})
    return (*staff, *map(FaultOwner, departments))
