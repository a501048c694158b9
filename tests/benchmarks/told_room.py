# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real visit in its own process, which also tells where its buttons are. Started by the benchmarks only.

On `show prepare` it does what an invented visitor does on the screen before going on, and tells where to tap next;
`show where ID` tells where a button is, `show marks` when each word was marked while it was said. Nothing is measured
here but the time from the tap to the painted window.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer

from commands.configuration import load_settings
from commands.demo_visitor import DemoVisitor, read_scripts
from commands.system_clock import SystemClock
from commands.visit_room import VisitRoom
from kiosk.ear import ScreenEar
from kiosk.speech.voice import Voice
from kiosk.view import Chose, Event, Pressed, View
from tests.benchmarks.marks import Marks


def now_ms() -> float:
    return time.monotonic_ns() / 1e6


def as_data(thing: object) -> Any:
    """Give a view as plain data, with the name of each part's kind."""
    if is_dataclass(thing):
        return {"kind": type(thing).__name__} | {
            field.name: as_data(getattr(thing, field.name)) for field in fields(thing)
        }
    if isinstance(thing, tuple):
        return [as_data(each) for each in thing]
    if isinstance(thing, frozenset):
        return sorted(str(each) for each in thing)
    return thing


class ToldRoom(VisitRoom):
    """A visit that says where to tap."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        super().__init__(load_settings(arguments.config), SystemClock(), arguments)
        script = next(script for script in read_scripts() if script.service_id == arguments.service)
        self._visitor = DemoVisitor(script, self._navigator.today)
        self._tapped_at_ms = 0.0
        self._painted_after_ms: list[float] = []
        self._is_watched = False
        self._marks = Marks(self._window)
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.UpdateRequest and self._tapped_at_ms:
                QTimer.singleShot(0, self._on_painted)
            return False
        return super().eventFilter(watched, event)

    def _on_painted(self) -> None:
        if self._tapped_at_ms:
            self._painted_after_ms.append(now_ms() - self._tapped_at_ms)
            self._tapped_at_ms = 0.0

    def _on_event(self, event: Event) -> None:
        self._tapped_at_ms = now_ms()
        super()._on_event(event)

    def _make_ear(self) -> QObject:
        ear = super()._make_ear()
        if isinstance(ear, ScreenEar):
            self._marks.reader = ear.reader
            ear.attach(self._marks)
        return ear

    def _voice(self) -> Voice:
        return self._marks.overheard(super()._voice())

    def _on_channel_show_asked(self, place: str) -> None:
        word, _, item = place.partition(" ")
        if word == "prepare":
            QTimer.singleShot(0, self._prepare)
        elif word == "where":
            self._tell(spot=self._spot(item))
        elif word == "marks":
            self._tell(sentences=self._marks.told())
        else:
            super()._on_channel_show_asked(place)

    def _prepare(self) -> None:
        view = self._navigator.view
        acts = self._visitor.acts(view)
        for act in acts[:-1]:
            self._visit.handle(act)
        self._tapped_at_ms = 0.0
        view = self._navigator.view
        spot = self._spot(_id_of(acts[-1])) if acts else None
        inside, self._painted_after_ms = self._painted_after_ms, []
        self._tell(spot=spot, view=_named(view), painted_after_ms=inside)

    def _spot(self, item_id: str) -> list[int] | None:
        item = self._window.item(item_id)
        if item is None:
            return None
        middle = item.mapToGlobal(item.rect().center())
        corner = item.mapToGlobal(QPoint(0, 0))
        return [middle.x(), middle.y(), corner.x(), corner.y(), item.width(), item.height()]

    def _tell(self, **said: object) -> None:
        self._channel.tell("told " + json.dumps(said))


def _id_of(act: Event) -> str:
    match act:
        case Pressed():
            return act.id
        case Chose():
            return act.option_id
        case _:
            return act.field_id


def _named(view: View) -> Any:
    return as_data(view)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path)
    parser.add_argument("--service", default="verhuizen")
    parser.set_defaults(show="start", simulate=True, windowed=False)
    return ToldRoom(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
