# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which readers are there and which have a card: raw polling, that comes back by itself after whatever happened.

Readers come and go, pcscd is killed and started again: after any error the next look begins anew. What then happens
with a card is for `pcsc_card`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk.devices.emrtd.pcsc import HOT_PLUG, Pcsc, ReaderEvent
from kiosk.devices.emrtd.pcsc_codes import E_CANCELLED, E_TIMEOUT, PcscError

LOOK_S = 1.0  # the longest that anything new stays unseen
AFTER_ERROR_S = 0.25  # until the next try


@dataclass(frozen=True, slots=True)
class Scene:
    """What a look gave: the readers that count, and those of them with a card."""

    readers: tuple[str, ...] = ()
    with_card: tuple[str, ...] = ()
    error: PcscError | None = None  # the service did not answer, or refused

    @property
    def is_service_up(self) -> bool:
        """Tell whether the service answered."""
        return self.error is None


def counts(reader: str, wanted: str) -> bool:
    """Tell whether a reader is meant: `wanted` is part of its name, in whatever case; empty: all are."""
    return wanted.casefold() in reader.casefold()


class ReaderWatch:
    """Looks, and waits for news. One thread looks; `interrupt` and `close` may come from any."""

    def __init__(self, wanted: str = "", load: Callable[[], Pcsc] = Pcsc) -> None:
        self._wanted = wanted
        self._load = load
        self._pcsc: Pcsc | None = None
        self._context: int | None = None
        self._known: dict[str, int] | None = None  # how each reader was at the last look; None: there was none
        self._woken = threading.Event()

    def look(self, patience_s: float = LOOK_S) -> Scene:
        """Give what is there now. When nothing is new, wait for news, so long at most. Never raises."""
        try:
            return self._look(patience_s)
        except PcscError as error:
            self._forget()
            if self._woken.wait(min(AFTER_ERROR_S, patience_s)):
                self._woken.clear()
            return Scene(error=error)

    def interrupt(self) -> None:
        """Let a look that waits come back at once."""
        self._woken.set()
        pcsc, context = self._pcsc, self._context
        if pcsc is not None and context is not None:
            with suppress(PcscError):
                pcsc.cancel(context)

    def close(self) -> None:
        """Let go of the service."""
        self._forget()

    @property
    def context(self) -> tuple[Pcsc, int]:
        """Give what a card is opened with. Raises PcscError when the service does not answer."""
        if self._pcsc is None:
            self._pcsc = self._load()
        if self._context is None:
            self._context = self._pcsc.establish()
        return self._pcsc, self._context

    def _look(self, patience_s: float) -> Scene:
        pcsc, context = self.context
        names = [name for name in pcsc.readers(context) if counts(name, self._wanted)]
        before = self._known
        is_new = before is None or before.keys() != set(names)
        known = {name: (before or {}).get(name, 0) for name in names}
        patience_ms = 0 if is_new or self._woken.is_set() else int(patience_s * 1000)
        self._woken.clear()
        try:
            seen = pcsc.wait(context, {**known, HOT_PLUG: 0}, patience_ms)
        except PcscError as error:
            if error.code not in (E_TIMEOUT, E_CANCELLED):
                raise
        else:
            known = {name: seen[name] & ~int(ReaderEvent.CHANGED) for name in names}  # with its count of events
        self._known = known
        return Scene(tuple(names), tuple(name for name in names if known[name] & ReaderEvent.PRESENT))

    def _forget(self) -> None:
        pcsc, context = self._pcsc, self._context
        self._context, self._known = None, None
        if pcsc is not None and context is not None:
            with suppress(PcscError):
                pcsc.release(context)
