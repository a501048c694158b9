# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody of the staff looks after the kiosk at its own screen: runs what is tried, and shows what came of it (I13).

Signing in before it, and leaving after it, is `kiosk.staff_exit`'s. Slow work goes to the background; what the machine
is asked is joined by `commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.background import Background, Lane
from kiosk.effects import EndsAt
from kiosk.maintenance_desk import Finding, MaintenanceDesk, Trial
from kiosk.screens.maintenance import maintenance_view
from kiosk.screens.words import Words
from kiosk.view import Event, View


class MachineWork(Protocol):
    """What the machine can be asked; never called in the UI thread."""

    def findings(self) -> tuple[Finding, ...]:
        """Give what the doctor finds not well."""
        ...

    def print_page(self) -> str:
        """Print a page to look at; give "printed", "no_printer", "paper_out" or "print_failed"."""
        ...

    def reader(self) -> str:
        """Give "present", "absent", "not_configured" or "unknown"."""
        ...

    def network(self) -> str:
        """Give "ok", "late", "down", "offline" or "practice"."""
        ...

    def power(self, *, is_reboot: bool) -> bool:
        """Switch the machine off, or start it again; False when it is not allowed after all."""
        ...


@dataclass(frozen=True, slots=True)
class MachineHands:
    """What is done in the UI thread."""

    sound: Callable[[], None]  # a tone and a sentence
    volume: Callable[[], int]
    test_touch: Callable[[Callable[[bool], None]], None]  # tells whether every corner was touched
    clean: Callable[[Callable[[], None]], None]  # tells when it is over


class Maintenance:
    """One go of one member. Lives in the UI thread."""

    def __init__(
        self,
        desk: MaintenanceDesk,
        work: MachineWork,
        hands: MachineHands,
        background: Background,
        *,
        show: Callable[[], None],
        back: Callable[[], None],
        ended: Callable[[EndsAt], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._desk = desk
        self._work = work
        self._hands = hands
        self._background = background
        self._show = show
        self._back = back
        self._ended = ended
        self._failed = failed
        self.is_covered = False  # something stands over the page, and no time counts

    def begin(self) -> None:
        """Look at everything first."""
        self._desk.pressed_look()
        self._try(Trial.LOOK)

    def view(self, words: Words) -> View:
        """Give the page of now."""
        return maintenance_view(words, self._desk.page, volume=self._hands.volume())

    def handle(self, event: Event) -> None:
        """Take a press."""
        if self._desk.is_back(event):
            self._back()
        elif self._desk.is_leaving(event):
            self._ended(EndsAt.NEUTRAL)
        else:
            trial = self._desk.pressed(event)
            if trial is not None:
                self._try(trial)
            self._show()

    def _try(self, trial: Trial) -> None:
        work = self._work
        match trial:
            case Trial.LOOK:
                self._background.run(work.findings, self._on_found, self._on_look_failed, Lane.DEVICES)
            case Trial.PRINT:
                self._ask(trial, work.print_page, "print_failed")
            case Trial.READER:
                self._ask(trial, work.reader, "unknown")
            case Trial.NETWORK:
                self._ask(trial, work.network, "down")
            case Trial.SOUND:
                self._hands.sound()
                self._desk.told(trial, "sounds")
            case Trial.TOUCH:
                self.is_covered = True
                self._hands.test_touch(self._on_touch_tested)
            case Trial.CLEAN:
                self.is_covered = True
                self._hands.clean(self._on_uncovered)
            case Trial.RESTART:
                self._ended(EndsAt.AGAIN)
            case Trial.REBOOT | Trial.POWER_OFF:
                self._power(trial)

    def _ask(self, trial: Trial, work: Callable[[], str], otherwise: str) -> None:
        def failed(error: Exception) -> None:
            self._failed(error)
            self._on_told(trial, otherwise)

        self._background.run(work, lambda outcome: self._on_told(trial, outcome), failed, Lane.DEVICES)

    def _on_told(self, trial: Trial, outcome: str) -> None:
        self._desk.told(trial, outcome)
        self._show()

    def _on_found(self, findings: tuple[Finding, ...]) -> None:
        self._desk.found(findings)
        self._show()

    def _on_look_failed(self, error: Exception) -> None:
        self._failed(error)
        self._desk.found(None)
        self._show()

    def _on_touch_tested(self, is_whole: bool) -> None:
        self._desk.told(Trial.TOUCH, "touched" if is_whole else "not_touched")
        self._on_uncovered()

    def _on_uncovered(self) -> None:
        self.is_covered = False
        self._show()

    def _power(self, trial: Trial) -> None:
        work = self._work

        def done(is_allowed: bool) -> None:
            self._on_told(trial, "goes" if is_allowed else "refused")

        self._background.run(lambda: work.power(is_reboot=trial is Trial.REBOOT), done, self._failed, Lane.DEVICES)
