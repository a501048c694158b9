# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An ID reader without reader (`id_reader_port`): for `--simulate`, the demo and tests of screens.

Who holds it lays a card down and takes it away; what a reading then gives is told beforehand. With `paces_s` a reading
takes time, on a thread of its own as the real one does; without, it is over at once in the caller's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.devices.emrtd.document import AccessKey, Can, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_port import Presence, Progress

STEPS = (Progress(Step.ACCESS, 0.1), Progress(Step.FILES, 0.5), Progress(Step.CHECKS, 0.9))

# Somebody who does not exist, of the country that does not exist.
SPECIMEN = Reading(
    CardState.DONE,
    Document(
        kind=DocumentKind.ID_CARD,
        issuer="UTO",
        surname="Voorbeeld",
        given_names="Noor",
        birth_date="1985-03-12",
        expiry_date="2031-08-02",
    ),
    Checks(Verdict.HELD, Verdict.HELD, Verdict.HELD),
)


@dataclass(frozen=True, slots=True)
class SimulatedCard:
    """What lies there: the keys that open it (none: any does) and what reading it gives."""

    reading: Reading = SPECIMEN
    keys: tuple[Can | MrzKey, ...] = ()
    tries: int | None = None  # so many wrong keys until it is blocked, and it counts down; None: it does not tell


class SimulatedIdReader:
    """A reader in memory (`id_reader_port.IdReaderPort`)."""

    def __init__(self, presence: Presence = Presence.EMPTY, *, paces_s: Sequence[float] = ()) -> None:
        self._lock = threading.RLock()
        self._presence = presence
        self._paces_s = tuple(paces_s)
        self._card: SimulatedCard | None = None
        self._changed: Callable[[Presence], None] | None = None
        self._waiting: tuple[AccessKey, Callable[[Progress], None], Callable[[Reading], None]] | None = None
        self._running = 0  # which reading goes on; another number: it was cancelled
        self._timer: threading.Timer | None = None

    @property
    def presence(self) -> Presence:
        """Tell what lies there."""
        return self._presence

    @property
    def is_reading(self) -> bool:
        """Tell whether a reading was asked for and goes on."""
        return self._waiting is not None

    def lay_down(self, card: SimulatedCard | None = None) -> None:
        """Lay a card on the reader; a reading that waits begins."""
        with self._lock:
            self._card = card or SimulatedCard()
            self.show(Presence.CARD)
            self._begin()

    def take_away(self) -> None:
        """Take the card away; a reading of it ends so."""
        with self._lock:
            self._card = None
            self.show(Presence.EMPTY)
            if self._timer is not None:
                self.end(Reading(CardState.CARD_REMOVED))

    def show(self, presence: Presence) -> None:
        """Let the reader be as it may be: pulled out, without service, with two cards."""
        with self._lock:
            is_news = presence is not self._presence
            self._presence = presence
            if is_news and self._changed is not None:
                self._changed(presence)

    def end(self, reading: Reading) -> None:
        """Let the reading that goes on end so, whatever lies there."""
        with self._lock:
            waiting = self._waiting
            self._stop()
            if waiting is not None:
                waiting[2](reading)

    def watch(self, changed: Callable[[Presence], None]) -> None:
        """Tell of each change from now on."""
        with self._lock:
            self._changed = changed

    def read(self, key: AccessKey, progress: Callable[[Progress], None], done: Callable[[Reading], None]) -> None:
        """Read the card that lies there, or wait for one."""
        with self._lock:
            self._stop()
            self._waiting = (key, progress, done)
            progress(Progress(Step.WAITING, 0.0))
            match self._presence:
                case Presence.SERVICE_DOWN:
                    self.end(Reading(CardState.SERVICE_DOWN))
                case Presence.NO_READER:
                    self.end(Reading(CardState.NO_READER))
                case Presence.EMPTY | Presence.CARD | Presence.TWO_CARDS:
                    self._begin()

    def cancel(self) -> None:
        """Stop the reading that goes on."""
        with self._lock:
            self._stop()

    def close(self) -> None:
        """End all."""
        with self._lock:
            self._stop()
            self._changed = None

    def _begin(self) -> None:
        if self._waiting is not None and self._card is not None and self._presence is Presence.CARD:
            self._step(self._running, STEPS)

    def _step(self, running: int, left: Sequence[Progress]) -> None:
        with self._lock:
            if self._waiting is None or running != self._running or self._card is None:
                return
            key, progress, _ = self._waiting
            if not left or not self._opens(key):
                self.end(self._outcome(key))
                return
            progress(left[0])
            pace_s = self._paces_s[min(len(STEPS) - len(left), len(self._paces_s) - 1)] if self._paces_s else None
            if pace_s is None:
                self._step(running, left[1:])
                return
            self._timer = threading.Timer(pace_s, self._step, (running, left[1:]))
            self._timer.daemon = True
            self._timer.start()

    def _opens(self, key: AccessKey) -> bool:
        card = self._card
        return card is not None and card.tries != 0 and (not card.keys or key in card.keys)

    def _outcome(self, key: AccessKey) -> Reading:
        card = self._card or SimulatedCard()
        if self._opens(key):
            return card.reading
        if card.tries == 0:
            return Reading(CardState.BLOCKED)
        if card.tries is not None:
            self._card = card = replace(card, tries=card.tries - 1)
        return Reading(CardState.WRONG_KEY, tries_left=card.tries)

    def _stop(self) -> None:
        self._running += 1
        self._waiting = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
