# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody of the staff looks at and tries while they look after the kiosk (feature I13); values and presses only.

What is tried, and how, is `kiosk.maintenance`'s; the page is `kiosk.screens.maintenance`'s. Nothing of a visitor is
here: the visit before has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from domain.staff import Role
from kiosk.view import BACK, LEAVE, Event, Pressed

TRY = "maintenance."  # + trial


class Trial(StrEnum):
    """What can be asked on the page."""

    LOOK = "look"  # mended: look at everything again
    PRINT = "print"
    SOUND = "sound"
    TOUCH = "touch"  # the corners of the screen
    READER = "reader"
    NETWORK = "network"
    CLEAN = "clean"  # the screen dark for two minutes, and no touch counts
    RESTART = "restart"  # Loket
    REBOOT = "reboot"  # the machine
    POWER_OFF = "power_off"


_REFILL = frozenset({Trial.LOOK, Trial.PRINT, Trial.CLEAN})
_POWER = frozenset({Trial.REBOOT, Trial.POWER_OFF})
_WAITS = frozenset({Trial.LOOK, Trial.PRINT, Trial.READER, Trial.NETWORK})  # answered later


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor says of one thing; `is_broken` or else worth a look."""

    id: str
    is_broken: bool
    says: str = ""  # the doctor's own words: of machines and settings only


@dataclass(frozen=True, slots=True)
class MaintenancePage:
    """What the page is made of."""

    trials: tuple[Trial, ...]
    findings: tuple[Finding, ...] | None = None  # None: not known yet, or the doctor did not come
    at_work: frozenset[Trial] = frozenset()
    told: Mapping[Trial, str] = field(default_factory=lambda: MappingProxyType({}))
    is_sure: Trial | None = None  # asked once more before it is done


class MaintenanceDesk:
    """One go of one member."""

    def __init__(self, role: Role, *, may_power_off: bool) -> None:
        allowed = frozenset(Trial) if role is Role.IT else _REFILL
        if not may_power_off:
            allowed -= _POWER
        self.page = MaintenancePage(tuple(trial for trial in Trial if trial in allowed))

    def pressed(self, event: Event) -> Trial | None:
        """Give what is to be tried now; None for nothing, or for a question first."""
        if not isinstance(event, Pressed) or not event.id.startswith(TRY):
            return None
        trial = next((each for each in self.page.trials if TRY + each == event.id), None)
        if trial is None or trial in self.page.at_work:
            return None
        if trial in _POWER and self.page.is_sure is not trial:
            self.page = replace(self.page, is_sure=trial)
            return None
        self.page = replace(self.page, is_sure=None)
        if trial in _WAITS:
            self.page = replace(self.page, at_work=self.page.at_work | {trial})
        return trial

    def pressed_look(self) -> None:
        """Begin with looking at everything."""
        self.page = replace(self.page, at_work=self.page.at_work | {Trial.LOOK})

    def told(self, trial: Trial, outcome: str) -> None:
        """Take what came of a trial."""
        told = MappingProxyType({**self.page.told, trial: outcome})
        self.page = replace(self.page, told=told, at_work=self.page.at_work - {trial})

    def found(self, findings: tuple[Finding, ...] | None) -> None:
        """Take what the doctor says."""
        self.page = replace(self.page, findings=findings, at_work=self.page.at_work - {Trial.LOOK})

    @staticmethod
    def is_back(event: Event) -> bool:
        """Tell whether somebody goes back to the menu."""
        return event == Pressed(BACK)

    @staticmethod
    def is_leaving(event: Event) -> bool:
        """Tell whether somebody wants to be gone at once."""
        return event == Pressed(LEAVE)
