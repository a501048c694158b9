# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps, opens and forgets drafts, off the UI thread: working out a code takes about half a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.draft import DraftReply, KeptDraft
from kiosk.background import Background
from kiosk.effects import DraftEffect, ForgetDraft, KeepDraft, OpenDraft


class DraftScreen(Protocol):
    """Whom the answers are for; `kiosk.navigator.Navigator` is the real one."""

    def draft_kept(self, kept: KeptDraft | None) -> None:
        """Take the code; None when nothing was kept."""
        ...

    def draft_answered(self, reply: DraftReply | None) -> None:
        """Take the answer to a code; None when there was none."""
        ...

    def draft_forgotten(self, *, is_gone: bool) -> None:
        """Take whether it is gone."""
        ...


class DraftOffice(Protocol):
    """Reaches the drafts; joined by `commands`. Called off the UI thread; raises StoreError and SealingError."""

    def keep_draft(self, asked: KeepDraft) -> KeptDraft:
        """Keep it durably."""
        ...

    def open_draft(self, asked: OpenDraft) -> DraftReply:
        """Answer a code."""
        ...

    def forget_draft(self, asked: ForgetDraft) -> None:
        """Take it away."""
        ...


class DraftWork:
    """Carries out what the screens of "Later verder" ask for."""

    def __init__(
        self,
        screen: DraftScreen,
        office: DraftOffice | None,
        background: Background,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._screen = screen
        self._office = office
        self._background = background
        self._changed = changed
        self._failed = failed

    def carry_out(self, effect: DraftEffect) -> None:
        """Do it; the answer reaches the screen later."""
        office = self._office
        match effect:
            case KeepDraft() if office is None:
                self._on_kept(None)
            case OpenDraft() if office is None:
                self._on_answered(None)
            case ForgetDraft() if office is None:
                self._on_forgotten(is_gone=False)
            case KeepDraft() if office is not None:
                self._background.run(lambda: office.keep_draft(effect), self._on_kept, self._on_keeping_failed)
            case OpenDraft() if office is not None:
                self._background.run(lambda: office.open_draft(effect), self._on_answered, self._on_opening_failed)
            case ForgetDraft() if office is not None:
                self._background.run(
                    lambda: office.forget_draft(effect),
                    lambda _none: self._on_forgotten(is_gone=True),
                    self._on_forgetting_failed,
                )

    def _on_kept(self, kept: KeptDraft | None) -> None:
        self._screen.draft_kept(kept)
        self._changed()

    def _on_keeping_failed(self, error: Exception) -> None:
        self._failed(error)
        self._on_kept(None)

    def _on_answered(self, reply: DraftReply | None) -> None:
        self._screen.draft_answered(reply)
        self._changed()

    def _on_opening_failed(self, error: Exception) -> None:
        self._failed(error)
        self._on_answered(None)

    def _on_forgotten(self, *, is_gone: bool) -> None:
        self._screen.draft_forgotten(is_gone=is_gone)
        self._changed()

    def _on_forgetting_failed(self, error: Exception) -> None:
        self._failed(error)
        self._on_forgotten(is_gone=False)
