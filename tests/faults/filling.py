# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real visit of a counter, in which a member of staff fills in with keys only, and leaves a mark in every field.

What is typed stands in a file that `LOKET_FILLING` names, and that is gone before the first key: the desk that starts
this process never has it. Written beside it: each screen that was seen, as its name and its band.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtTest import QTest

from commands.configuration import load_settings
from commands.demo_hands import DemoError, KeyHand, Taps
from commands.fill_room import FillRoom, FillTask, read_task
from commands.system_clock import SystemClock
from commands.wipe_visitor import MarkingVisitor
from domain.ports import Clock
from domain.settings import Settings
from kiosk.effects import EndsAt
from kiosk.screens.filled_in import NAMESAKE
from kiosk.view import LEAVE, NEXT, BigNumber, ErrorText, Event, Pressed, Typed

MOST_SCREENS = 120
PATIENCE_MS = 20_000
SLOWLY_MS = 400  # between the last screen and the end: somebody may look at the desk meanwhile


class DeskKeyHand(KeyHand):
    """Walks with the arrow keys, and types on the keyboard of a desk."""

    def _type(self, act: Typed) -> None:
        entry = self._window.field_entry(act.field_id)
        if entry is None or entry.panel is not None:
            super()._type(act)
            return
        self._walk_to(entry.control)
        QTest.keyClicks(entry.control, act.text)


class FillingRoom(FillRoom):
    """A visit that fills itself in once it stands on the screen."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace, task: FillTask) -> None:
        self._file = Path(os.environ["LOKET_FILLING"])
        told = json.loads(self._file.read_text(encoding="utf-8"))
        self._file.unlink()
        self._words, self._way = told["words"], told["way"]
        self._seen: list[tuple[str, str]] = []
        super().__init__(settings, clock, arguments, task)
        self._hand = DeskKeyHand(self._window)

    def _taps_ms(self) -> Taps:
        return Taps()

    def _on_first_painted(self) -> None:
        super()._on_first_painted()
        QTimer.singleShot(0, self._fill_in)

    def _fill_in(self) -> None:
        visitor = MarkingVisitor(self._task.service_id, self._navigator.today, self._words)
        for _ in range(MOST_SCREENS):
            self._settle()
            view = self._navigator.view
            self._seen.append((view.name, self._window.windowTitle()))
            if self._way == "leave" and view.name.endswith(".check"):
                break
            if any(isinstance(part, ErrorText) and part.id == "problem" for part in view.parts) and self._has(NAMESAKE):
                self._do(Pressed(NAMESAKE))
                self._do(Pressed(NEXT))
                continue
            acts = visitor.acts(view, self._has)
            if not acts:
                break
            for act in acts:
                self._do(act)
        number = next((part.text for part in self._navigator.view.parts if isinstance(part, BigNumber)), "")
        told = {"seen": self._seen, "reference": number, "planted": sorted(visitor.planted)}
        self._file.with_suffix(".told").write_text(json.dumps(told), encoding="utf-8")
        QTimer.singleShot(SLOWLY_MS, self._go)

    def _go(self) -> None:
        match self._way:
            case "crash":
                os._exit(1)
            case "stay":
                pass  # until the desk has enough of it
            case "leave" | "leave-kept":
                self._do(Pressed(LEAVE))
            case _:
                self._do(Pressed(NEXT))

    def _do(self, act: Event) -> None:
        self._hand.do(act)
        self._settle()

    def _settle(self) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        self._app.processEvents()
        while (self._background.is_busy or self._navigator.view.name == "keeping") and not self._is_ended:
            if deadline.hasExpired():
                raise DemoError("the window does not answer")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _has(self, item_id: str) -> bool:
        return self._window.item(item_id) is not None

    def _on_ended(self, at: EndsAt) -> None:
        super()._on_ended(at)


if __name__ == "__main__":
    task = read_task(sys.stdin)
    assert task is not None
    found = argparse.Namespace(config=Path(sys.argv[-1]), show="start", simulate=True, windowed=True)
    sys.exit(FillingRoom(load_settings(found.config), SystemClock(), found, task).run())
