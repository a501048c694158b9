# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the store how far a case is, and hands it what the citizen adds; off the UI thread, in the store's lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.follow_up import FollowUpKind
from domain.status_check import StatusReply
from kiosk.background import Background
from kiosk.effects import AddToCase, AskStatus


class StatusScreen(Protocol):
    """Whom the answers are for; `kiosk.navigator.Navigator` is the real one."""

    def status_answered(self, reply: StatusReply | None) -> None:
        """Take an answer; None when the store gave none."""
        ...

    def added_to_case(self, kind: FollowUpKind, *, is_kept: bool) -> None:
        """Take whether something that was added is safe."""
        ...


class StatusOffice(Protocol):
    """Reaches the store; joined by `commands`. Called off the UI thread."""

    def status(self, asked: AskStatus) -> StatusReply:
        """Answer; raises StoreError."""
        ...

    def add_to_case(self, added: AddToCase) -> None:
        """Keep it durably; raises StoreError or SealingError when it is not kept."""
        ...


class StatusWork:
    """Carries out what the status screens ask for."""

    def __init__(
        self,
        screen: StatusScreen,
        office: StatusOffice | None,
        background: Background,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._screen = screen
        self._office = office
        self._background = background
        self._changed = changed
        self._failed = failed

    def carry_out(self, effect: AskStatus | AddToCase) -> None:
        """Ask or add; the answer reaches the screen later."""
        match effect:
            case AskStatus():
                self._ask(effect)
            case AddToCase():
                self._add(effect)

    def _ask(self, asked: AskStatus) -> None:
        office = self._office
        if office is None:
            self._on_answered(None)
            return
        self._background.run(lambda: office.status(asked), self._on_answered, self._on_ask_failed)

    def _on_answered(self, reply: StatusReply | None) -> None:
        self._screen.status_answered(reply)
        self._changed()

    def _on_ask_failed(self, error: Exception) -> None:
        self._failed(error)
        self._on_answered(None)

    def _add(self, added: AddToCase) -> None:
        office = self._office
        if office is None:
            self._on_added(added, is_kept=False)
            return

        def failed(error: Exception) -> None:
            self._failed(error)
            self._on_added(added, is_kept=False)

        self._background.run(
            lambda: office.add_to_case(added), lambda _none: self._on_added(added, is_kept=True), failed
        )

    def _on_added(self, added: AddToCase, *, is_kept: bool) -> None:
        self._screen.added_to_case(added.kind, is_kept=is_kept)
        self._changed()
