# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a demo is asked for and what became of each of its visits."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle, islice

PRACTICE, CONFIGURED = "practice", "configured"
SIZES = {"landscape": (1920, 1080), "portrait": (1080, 1920), "laptop": (1366, 768)}


@dataclass(slots=True)
class DemoCase:
    """What became of one visit."""

    service_id: str
    screens: int = 0
    reference: str = ""
    states: list[str] = field(default_factory=list)
    registered: bool = False
    receipts: list[str] = field(default_factory=list)
    arrived: dict[str, object] = field(default_factory=dict)
    spoken_screens: int = 0
    spoken_texts: int = 0
    unspoken: list[str] = field(default_factory=list)  # screen, part and text that nobody heard

    def plain(self) -> dict[str, object]:
        """Give it as `summary.json` holds it."""
        return {
            "id": self.service_id,
            "screens": self.screens,
            "reference": self.reference,
            "states": self.states,
            "registered": self.registered,
            "receipts": self.receipts,
            "arrived": self.arrived,
            "spoken_screens": self.spoken_screens,
            "spoken_texts": self.spoken_texts,
            "unspoken": self.unspoken,
        }


def spread(service_ids: list[str], count: int) -> list[str]:
    """Spread so many cases over the services, in turn."""
    return list(islice(cycle(service_ids), count or len(service_ids)))
