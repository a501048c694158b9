# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether people understand what happens next (feature U11): counted per version of a text, never per person.

Nothing here knows when, where or by whom something was chosen. The question itself is `kiosk.screens.tell_back`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

LEAST_REPLIES = 30  # below this nothing is told: one person could be in it, and chance is all it shows
GOAL = 0.8


class Reply(StrEnum):
    """What became of the question."""

    RIGHT = "right"
    OTHER = "other"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, order=True)
class TextVersion:
    """The words of one service, at one version, in one language."""

    service_id: str
    version: int
    language: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the question was answered in each way."""

    right: int = 0
    other: int = 0
    skipped: int = 0

    def plus(self, reply: Reply) -> Tally:
        """Give the tally with one more."""
        match reply:
            case Reply.RIGHT:
                return replace(self, right=self.right + 1)
            case Reply.OTHER:
                return replace(self, other=self.other + 1)
            case Reply.SKIPPED:
                return replace(self, skipped=self.skipped + 1)

    @property
    def replies(self) -> int:
        """Count who chose something; who skips tells nothing about the text."""
        return self.right + self.other

    @property
    def share_right(self) -> float | None:
        """Give the share that was right; None where there are too few replies to tell."""
        return self.right / self.replies if self.replies >= LEAST_REPLIES else None

    @property
    def is_unclear(self) -> bool:
        """Tell whether the text must be written better."""
        share = self.share_right
        return share is not None and share < GOAL
