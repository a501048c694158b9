# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The visitor whom the desk is helping now: whether a visit is going on, and what was done, without anything of them.

Who does something together says it here; the tally is filled in from it (H09), the walk-away lock waits for it (H16),
and its end makes every page anew (H06).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.help_log import HelpedStep
from domain.tally import Age, Channel, Deed, Done, Organisation


class AssistedVisit:
    """One for a window. Lives in the UI thread; holds ids and words of lists only."""

    def __init__(self, ended: Callable[[], None] = lambda: None) -> None:
        self._ended = ended
        self._is_going_on = False
        self.done = Done()
        self.helped: tuple[HelpedStep, ...] = ()  # where the helper stepped in (U13)

    @property
    def is_going_on(self) -> bool:
        """Tell whether somebody sits beside the helper, at a visit that must not be locked away."""
        return self._is_going_on

    def begin(self) -> None:
        """Begin to do a visit together."""
        self._is_going_on = True
        self.did(Deed.TOGETHER)

    def rest(self) -> None:
        """Know that the visit beside us is over, while what was done is still to be counted."""
        self._is_going_on = False

    def served(self, service_id: str) -> None:
        """Know which service it was about."""
        self.done = replace(self.done, service_id=service_id)

    def did(self, deed: Deed) -> None:
        """Know what the helper did; the last thing counts most."""
        self.done = replace(self.done, deed=deed)

    def referred(self, to: Organisation) -> None:
        """Know to whom somebody was referred."""
        self.done = replace(self.done, referral=to, deed=Deed.REFERRED)

    def came_by(self, channel: Channel) -> None:
        """Know how they came."""
        self.done = replace(self.done, channel=channel)

    def is_of_age(self, age: Age) -> None:
        """Know the band of ages, where somebody said so."""
        self.done = replace(self.done, age=age)

    def end(self) -> None:
        """Let the visitor go: nothing of them stays in any page."""
        self._is_going_on = False
        self.done = Done()
        self.helped = ()
        self._ended()
