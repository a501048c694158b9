# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a helper beside a visitor may see: `kiosk.consent_desk` decides it, `kiosk.together.masking` does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """What a helper may see now."""

    sees_answer: bool = False  # what stands in the question on the screen
    sees_row: Callable[[str], bool] = lambda question_id: False  # an answer in a list
    sees_told: bool = False  # what is private of all that Loket tells
