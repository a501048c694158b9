# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One line for who looks after the kiosk when something broke in a visit; never what a visitor typed."""

from __future__ import annotations

from types import TracebackType

from commands.crash_hooks import on_fault
from commands.log_book import tell
from domain.errors import ExpectedError


def tell_of(error: Exception) -> None:
    """Tell who looks after the kiosk; what we did not word ourselves might hold an answer, so only its kind is told."""
    says = str(error) if isinstance(error, ExpectedError) else f"unexpected: {type(error).__name__}"
    tell(says)


def tell_of_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell where our own mistake is, without what was in it; the window stays, and so do the ways out in its frame."""
    on_fault(kind, error, trace)
