# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a reading ends early. Never with anything that was read or typed in its text."""

from __future__ import annotations

from kiosk.devices.emrtd.states import CardState


class CardError(Exception):
    """A reading ended; `state` says how. The text names a step or a rule, never contents, keys or bytes."""

    def __init__(self, state: CardState, says: str = "", *, tries_left: int | None = None) -> None:
        super().__init__(f"{state.value}: {says}" if says else state.value)
        self.state = state
        self.tries_left = tries_left  # as the card's status word 63 Cx tells; None: it did not
