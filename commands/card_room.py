# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the ID reader to a visit: which reader, when it is looked for, and where the lines of one that types go.

A machine that has no reader, and of which nobody said that it should, starts nothing for it. How a citizen meets it is
`kiosk.card_desk`'s and `kiosk.screens.card`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from commands.id_reader import IdReader, id_reader
from domain.ports import Clock
from domain.settings import Settings
from kiosk.devices.id_reader_port import IdReaderPort, Presence
from kiosk.swipe_keys import SwipeKeys
from kiosk.visit import Visit

if TYPE_CHECKING:
    from kiosk.card_work import CardWork

SIMULATED_PACES_S = (1.5, 2.0, 1.5)  # as long as one can read along
_GRACE_S = 30  # after every time-out of the reader itself
_ABSENT = frozenset({Presence.SERVICE_DOWN, Presence.NO_READER})


def make_reader(settings: Settings, clock: Clock, *, is_simulated: bool) -> IdReaderPort | None:
    """Give the reader of this machine; None where there is none and none is asked for."""
    if is_simulated:
        from kiosk.devices.id_reader_simulated import SimulatedIdReader

        simulated = SimulatedIdReader(paces_s=SIMULATED_PACES_S)
        simulated.lay_down()  # nobody can lay a card on a reader that is not there
        return simulated
    if id_reader(settings) is IdReader.NOT_CONFIGURED and not settings.id_documents.reader:
        return None
    from kiosk.devices.id_reader import make_id_reader

    return make_id_reader(settings.id_documents, clock)


class CardRoom(QObject):
    """The reader of one visit. `is_there` is told whether documents can be laid down; `is_free`, whether to show it."""

    def __init__(
        self,
        application: QCoreApplication,
        visit: Visit,
        make: Callable[[], IdReaderPort | None],
        *,
        is_there: Callable[[bool], None],
        is_free: Callable[[], bool],
        longest_s: int,
    ) -> None:
        super().__init__()
        self._visit = visit
        self._make = make
        self._tell = is_there
        self._is_free = is_free
        self._longest_s = longest_s
        self._work: CardWork | None = None
        self._application = application
        self._keys = SwipeKeys(application, is_wanted=self._hears_lines, swiped=self._on_swiped)

    def look(self) -> None:
        """Look for the reader, and keep an eye on it from the first time that it is asked for."""
        if self._work is not None:
            return
        reader = self._make()
        if reader is not None:
            self._work = self._visit.take_card_work(lambda changed: self._work_of(reader, changed))
            self._work.watch()

    def close(self) -> None:
        """Hear no more keys."""
        self._application.removeEventFilter(self._keys)

    def _work_of(self, reader: IdReaderPort, changed: Callable[[], None]) -> CardWork:
        from kiosk.card_work import CardWork as Work

        def shown() -> None:
            if self._is_free():  # else somebody who works here is at the screen, and it is shown after them
                changed()

        return Work(self._visit.navigator.card_desk, reader, shown, self._on_presence, self._longest_s)

    def _on_presence(self, presence: Presence) -> None:
        self._tell(presence not in _ABSENT)

    def _hears_lines(self) -> bool:
        return self._work is not None and self._visit.navigator.card_desk.is_at_key and self._is_free()

    def _on_swiped(self, lines: str) -> None:
        from kiosk.devices.emrtd.mrz_fields import MrzError
        from kiosk.devices.emrtd.typed_lines import key_of_typed_lines

        try:
            key = key_of_typed_lines(lines)
        except MrzError:
            key = None
        if self._work is not None:
            self._work.swiped(key)


def longest_s(settings: Settings) -> int:
    """Give after how long a visitor gets words though the reader gave none."""
    return 2 * settings.id_documents.all_s + _GRACE_S
