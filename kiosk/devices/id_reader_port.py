# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a window may ask of the ID reader. `id_reader` is the real one, `id_reader_simulated` that of `--simulate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.devices.emrtd.document import AccessKey, Reading
from kiosk.devices.emrtd.states import Step


class Presence(StrEnum):
    """What lies there now."""

    SERVICE_DOWN = "service_down"
    NO_READER = "no_reader"
    EMPTY = "empty"  # a reader without a card
    CARD = "card"
    TWO_CARDS = "two_cards"  # on two readers, or two on one: which is meant?


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is."""

    step: Step
    share: float  # 0 to 1, of the whole; never goes back


class IdReaderPort(Protocol):
    """One reader, one reading at a time. Callbacks come on a thread that is not the UI's."""

    @property
    def presence(self) -> Presence:
        """Tell what lies there, without waiting."""
        ...

    def watch(self, changed: Callable[[Presence], None]) -> None:
        """Tell of each change from now on, until `close`."""
        ...

    def read(self, key: AccessKey, progress: Callable[[Progress], None], done: Callable[[Reading], None]) -> None:
        """Wait for a card, read it once, and call `done` once, whatever happens, within the time of the settings."""
        ...

    def cancel(self) -> None:
        """Stop the reading that goes on; its `done` is not called any more. Leaves nothing of it in memory."""
        ...

    def close(self) -> None:
        """End child process and watch."""
        ...
