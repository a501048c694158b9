# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the page of deliveries to store, acts and keys (`assisted.deliveries`); all of it is opened when first asked.

A case is written readably with the key where it lies here, else through the sync service; where neither has it, sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assisted.deliveries import DeliveryPorts, deliveries_page
from assisted.pages import DeskPage
from domain.case_act import GiveUpReason
from domain.counter import CounterDesk
from domain.deliveries import DeleteReason, WaitingDelivery, WrittenCase
from domain.errors import CounterError, StoreError
from domain.ports import Clock
from domain.settings import Profile, Settings
from i18n.texts import Texts
from resources.service_library import ServiceLibrary

if TYPE_CHECKING:
    from domain.case import CaseSummary
    from sync.delivery_list import DeliveryList

_PDF = "application/pdf"
_MEDIA = (Path("/media"), Path("/run/media"))


class LateDeliveries:
    """What waits on one device (`domain.deliveries.Deliveries`)."""

    def __init__(self, settings: Settings, clock: Clock, desk: CounterDesk | None) -> None:
        self._settings = settings
        self._clock = clock
        self._desk = desk
        self._list: DeliveryList | None = None

    def waiting(self) -> Sequence[WaitingDelivery]:
        """Give the list. Raises: StoreError and its kinds."""
        return self._opened().waiting()

    def retry(self, delivery: WaitingDelivery) -> bool:
        """Make one due. Raises: StoreError and its kinds."""
        return self._opened().retry(delivery)

    def give_up(self, delivery: WaitingDelivery, staff_number: str, why: GiveUpReason) -> bool:
        """Send one no more. Raises: StoreError and its kinds."""
        return self._opened().give_up(delivery, staff_number, why)

    def retry_all(self) -> int:
        """Make all due. Raises: StoreError and its kinds."""
        return self._opened().retry_all()

    def delete(self, reference: str, why: DeleteReason) -> bool:
        """Take one away for good. Raises: StoreError and its kinds."""
        return self._opened().delete(reference, why)

    def export(self, reference: str, folder: Path) -> WrittenCase:
        """Write one to a folder.

        Raises: NotWrittenError, CounterError, SealingError, StoreError and its kinds.
        """
        from commands.joining import key_paths
        from commands.outbox_files import write_page, write_paper
        from sync.sealing import read_opener

        outbox = self._opened().outbox
        case = outbox.find(reference)
        if case is None:
            raise StoreError("there is no such case", "look at the list again")
        private = key_paths(self._settings)[1]
        if private is not None and _is_readable(private):
            written = write_paper(outbox, case, folder, read_opener(private), self._clock)
        elif (page := self._asked_for(case)) is not None:
            written = write_page(outbox, case, folder, page, self._clock)
        else:
            written = write_paper(outbox, case, folder, None, self._clock)
        return WrittenCase(written.name, is_readable=written.suffix == ".pdf")

    def _asked_for(self, case: CaseSummary) -> bytes | None:
        """Ask the sync service for the page of a case; None where it cannot give one."""
        if self._desk is None:
            return None
        try:
            opened = self._desk.open(case.reference)
            key = next((paper.key for paper in opened.documents if paper.media_type == _PDF), None)
            return None if key is None else self._desk.document(case.reference, key)
        except CounterError:
            return None

    def _opened(self) -> DeliveryList:
        from commands.joining import data_dir, key_paths, open_database, second_copies
        from sync.act_book import SqliteActBook
        from sync.counter_file import COUNTER, CounterFile
        from sync.delivery_list import DeliveryList
        from sync.sealing import read_sealer

        if self._list is None:
            settings, folder = self._settings, data_dir(self._settings)
            public = key_paths(settings)[0]
            acts = SqliteActBook(CounterFile(folder / COUNTER), read_sealer(public)) if public.exists() else None
            patience = timedelta(hours=settings.sync.alarm_after_hours)
            self._list = DeliveryList(open_database(settings), second_copies(settings), acts, self._clock, patience)
        return self._list


def can_open_libraries(settings: Settings) -> bool:
    """Tell whether the cases of libraries are opened here: a case system, and the key that opens them."""
    from commands.joining import key_paths

    if settings.device.profile is Profile.LIBRARY or not settings.sync.is_configured:
        return False
    private = key_paths(settings)[1]
    return private is not None and _exists(private)


def places() -> tuple[Path, ...]:
    """Give folders that staff may mean: what is plugged in, and their own."""
    plugged = [found for media in _MEDIA for found in sorted(media.glob("*/*")) if found.is_dir()]
    own = [found for name in ("Documenten", "Documents") if (found := Path.home() / name).is_dir()]
    return (*plugged, *own, Path.home())


def deliveries_pages(
    settings: Settings, texts: Texts, clock: Clock, desk: CounterDesk | None, *, is_practice: bool
) -> DeskPage:
    """Give the page of what waits; `desk` is the one that this window opens cases by."""
    library = cache(ServiceLibrary.load)  # when its words are first asked for: the window must not wait
    take_in = desk.take_in_library if desk is not None and not is_practice and can_open_libraries(settings) else None
    ports = DeliveryPorts(
        LateDeliveries(settings, clock, desk),
        lambda service_id: library().text(service_id, texts.language, "title")[0] or service_id,
        places,
        take_in,
    )
    return deliveries_page(ports)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _is_readable(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False
