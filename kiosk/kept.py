# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visit remembers of a case that was kept while the visitor goes on to a linked service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.case import CaseState
from domain.receipt import Receipt
from kiosk.effects import Order


@dataclass(frozen=True, slots=True)
class Kept:
    """A confirmation to come back to."""

    order: Order
    receipt: Receipt
    state: CaseState
    print_state: str
    sheets: Mapping[str, str]  # what became of letters, strip and phone card
