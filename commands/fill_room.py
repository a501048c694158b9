# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The room of a visit in which a member of staff fills in for a citizen: the same visit, in a window of the counter.

Who fills in, and what, comes as one line on standard input, for a command line is readable to every program. Nothing is
read aloud unless it is asked for here: a headset of the counter is for the telephone.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from typing import TextIO

from PySide6.QtCore import QEvent, QObject, QTimer

from commands.visit_room import VisitRoom
from domain.filled_by import FilledBy, as_table, from_table
from domain.opening_hours import OpeningHours
from domain.ports import Clock
from domain.settings import Settings
from kiosk.effects import EndsAt
from kiosk.idle_clock import IdleTimes
from kiosk.screens.start import SERVICE
from kiosk.view import STOP, Pressed, View

LEAST_IDLE_S = 600  # on the telephone or over a letter nobody touches the window for a while
AWAY, BACK = "away", "back"  # the desk is locked, and open again


@dataclass(frozen=True, slots=True)
class FillTask:
    """What is filled in, and by whom."""

    service_id: str
    filled_by: FilledBy


def task_line(task: FillTask) -> str:
    """Write it as the one line that the visit reads first."""
    return json.dumps({"service": task.service_id, "filled_by": as_table(task.filled_by)}) + "\n"


def read_task(stream: TextIO) -> FillTask | None:
    """Read that line; None when it is none."""
    try:
        told = json.loads(stream.readline())
        return FillTask(str(told["service"]), from_table(told["filled_by"]))
    except (ValueError, KeyError, TypeError):
        return None


class FillRoom(VisitRoom):
    """One citizen's visit, with a member of staff at the keys."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace, task: FillTask) -> None:
        self._task = task
        self._has_kept = False
        super().__init__(settings, clock, arguments)

    def _filled_by(self) -> FilledBy:
        return self._task.filled_by

    def _has_touch_screen(self) -> bool:
        return False

    def _idle_times(self) -> IdleTimes:
        return IdleTimes(max(self._settings.kiosk.idle_s, LEAST_IDLE_S))

    def _hears_alone(self) -> bool:
        return False

    def _hours(self) -> OpeningHours:
        return OpeningHours()  # who works here knows the time

    def _attract_after_s(self) -> int:
        return 0

    def _size_window(self) -> None:
        self._window.setGeometry(self._app.primaryScreen().availableGeometry())

    def _come_to_front(self) -> None:
        self._window.showMaximized()
        self._window.raise_()
        self._window.activateWindow()

    def _show(self, place: str) -> None:
        super()._show(place)
        self._on_event(Pressed(SERVICE + self._task.service_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the cross of the window for "Stoppen"; it may be made small, for the desk stands behind it."""
        if watched is self._window and event.type() == QEvent.Type.WindowStateChange:
            return False
        if watched is self._window and event.type() == QEvent.Type.Close and not self._is_ended:
            QTimer.singleShot(0, self._on_close_asked)
        return super().eventFilter(watched, event)

    def _on_close_asked(self) -> None:
        if not self._is_ended:
            self._on_event(Pressed(STOP))

    def _on_channel_show_asked(self, place: str) -> None:
        if place == AWAY:
            self._window.hide()
        elif not self._is_ended:
            self._come_to_front()

    def _on_view_shown(self, view: View) -> None:
        self._has_kept = self._has_kept or self._navigator.is_kept
        super()._on_view_shown(view)

    def _may_be_said_after(self, _at: EndsAt) -> str:
        """Tell the desk whether anything was kept, however the visit ends and whatever was begun after it."""
        return " kept" if self._has_kept or self._navigator.is_kept else " gone"

    def _on_help_called(self) -> None:
        """Bring nobody: whoever would come is here."""

    def _on_staff_asked(self) -> None:
        """Let nobody sign in over the citizen's answers."""

    def _on_headphones_changed(self, are_in: bool) -> None:
        """Read nothing aloud because of a headset."""

    def _on_ended(self, at: EndsAt) -> None:
        super()._on_ended(at)
        self._window.hide()
        clipboard = self._app.clipboard()
        for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
            clipboard.clear(mode)
