# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carries out what the screens of a document ask of the ID reader, and brings its news to the UI thread.

The reader calls back on a thread of its own. What is late, of a reading that was stopped, is thrown away unseen; and
should a reader never answer, the visitor gets words all the same. Lives in the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.card_desk import CardDesk
from kiosk.devices.emrtd.document import AccessKey, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.id_reader_port import IdReaderPort, Presence, Progress
from kiosk.effects import CardEffect, ReadCard, StopCard

LONGEST_S = 180  # longer than any reading may take by the settings


class CardWork(QObject):
    """Does one visit's readings."""

    _progressed = Signal(int, object)  # Emitted when a reading came further, with its number and a Progress.
    _ended = Signal(int, object)  # Emitted when a reading ended, with its number and the Reading.
    _presence_changed = Signal(object)  # Emitted when a card or a reader came or went, with a Presence.

    def __init__(
        self,
        desk: CardDesk,
        reader: IdReaderPort | None,
        changed: Callable[[], None],
        presence: Callable[[Presence], None] = lambda presence: None,
        longest_s: int = LONGEST_S,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._reader = reader
        self._changed = changed
        self._tell_presence = presence
        self._number = 0  # of the reading that goes on, or of the last one
        self._is_reading = False
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(longest_s * 1000)
        self._timer.timeout.connect(self._on_timer_timeout)
        queued = Qt.ConnectionType.QueuedConnection
        self._progressed.connect(self._on_progressed, queued)
        self._ended.connect(self._on_ended, queued)
        self._presence_changed.connect(self._on_presence_changed, queued)

    @property
    def is_reading(self) -> bool:
        """Tell whether a document is waited for or read."""
        return self._is_reading

    def watch(self) -> None:
        """Tell of the reader from now on, and once how it is."""
        if self._reader is not None:
            self._reader.watch(self._presence_changed.emit)
            self._presence_changed.emit(self._reader.presence)

    def carry_out(self, effect: CardEffect) -> None:
        """Begin to read, or stop."""
        match effect:
            case ReadCard():
                self._read(effect.key)
            case StopCard():
                self.stop()

    def swiped(self, key: MrzKey | None) -> None:
        """Take the lines that a reader typed."""
        effects = self._desk.swiped(key)
        for effect in effects:
            self.carry_out(effect)
        self._changed()

    def stop(self) -> None:
        """Read no more, and want nothing of what was read."""
        self._timer.stop()
        if self._is_reading and self._reader is not None:
            self._reader.cancel()
        self._is_reading = False

    def close(self) -> None:
        """End with the visit."""
        if self._is_closed:
            return
        self.stop()
        self._is_closed = True
        if self._reader is not None:
            self._reader.close()

    def _read(self, key: AccessKey) -> None:
        self.stop()
        self._number += 1
        if self._reader is None or self._is_closed:
            self._desk.done(Reading(CardState.NO_READER))
            self._changed()
            return
        number = self._number
        self._is_reading = True
        self._timer.start()
        self._reader.read(
            key,
            lambda progress: self._progressed.emit(number, progress),
            lambda reading: self._ended.emit(number, reading),
        )

    def _on_progressed(self, number: int, progress: Progress) -> None:
        if self._is_wanted(number):
            self._desk.progressed(progress)
            self._changed()

    def _on_ended(self, number: int, reading: Reading) -> None:
        if self._is_wanted(number):
            self._end(reading)

    def _end(self, reading: Reading) -> None:
        self._timer.stop()
        self._is_reading = False
        self._desk.done(reading)
        self._changed()

    def _is_wanted(self, number: int) -> bool:
        return self._is_reading and number == self._number and not self._is_closed

    def _on_presence_changed(self, presence: Presence) -> None:
        if self._is_closed:
            return
        self._tell_presence(presence)
        before = self._desk.page
        self._desk.presence_changed(presence)
        if self._desk.page != before:
            self._changed()

    def _on_timer_timeout(self) -> None:
        """Never leave anybody waiting without a word."""
        self.stop()
        self._end(Reading(CardState.TIMEOUT))
