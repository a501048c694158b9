# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ear is asked to say: a text of one part of the screen, in its language, and who may hear it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.service import Privacy


@dataclass(frozen=True, slots=True)
class Utterance:
    """One text to say. What is not open is never kept as sound; who may hear it is decided in `privacy.py`.

    `is_shown`: the text stands on the screen as it is here, so that its words can be marked there. `instead`: what is
    said where it may not be heard; empty: a sentence that fits everything.
    """

    part_id: str
    text: str
    language: str = "nl"
    privacy: Privacy = Privacy.OPEN
    is_shown: bool = True
    instead: str = ""

    @property
    def is_private(self) -> bool:
        """Say whether the hall must not hear it."""
        return self.privacy is not Privacy.OPEN
