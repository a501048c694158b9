# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real visit, with somebody at it: what a proof of wiping says over a socket is done by finger on the real window.

Only its microphone and the pace of its idle clock are played. Which marks there are it hears only when it is the visit
that is to leave them; the one after it never hears of them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QElapsedTimer, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from commands.demo_hands import DemoError, Taps, TouchHand
from commands.memory_guard import core_limit, is_readable, make_readable
from commands.visit_room import VisitRoom
from commands.wipe_visitor import AskingVisitor, MarkingVisitor
from domain.attachment import FileContent, Heard
from domain.ports import Clock
from domain.settings import Settings
from kiosk.devices.recording import Recording
from kiosk.effects import EndsAt
from kiosk.idle_clock import IdleTimes
from kiosk.screens.ending import YES_STOP
from kiosk.view import LEAVE, NEXT, STOP, BigNumber, Event, Paragraph, Pressed

MOST_SCREENS = 120
PATIENCE_MS = 20_000
FOUR_DIGITS = re.compile(r"\b\d{4}\b")


class _PlayedMicrophone:
    """Hears what the proof wants it to hear (`kiosk.tray_work.Recorder`)."""

    def __init__(self) -> None:
        self.pcm = b""
        self._recording = Recording()

    def is_there(self) -> bool:
        return True

    def start(self) -> bool:
        self._recording = Recording()
        self._recording.take(self.pcm)
        return bool(self.pcm)

    def heard(self) -> Heard:
        return self._recording.heard()

    def stop(self) -> FileContent | None:
        return self._recording.finish()


class _Talk(QObject):
    """Lines of JSON over a local socket, read on a thread of their own."""

    asked = Signal(object)  # Emitted when the proof asks for something.

    def __init__(self, address: str) -> None:
        super().__init__()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(address)

    def listen(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def tell(self, **said: object) -> None:
        self._socket.sendall(json.dumps(said).encode() + b"\n")

    def _listen(self) -> None:
        with self._socket.makefile("rb") as lines:
            for line in lines:
                self.asked.emit(json.loads(line))


class WipeRoom(VisitRoom):
    """A visit that does what it is told."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace) -> None:
        self._microphone = _PlayedMicrophone()
        self._elapsed = QElapsedTimer()
        self._hurries = False
        super().__init__(settings, clock, arguments)
        self._talk = _Talk(str(arguments.talk))
        self._talk.asked.connect(self._on_talk_asked, Qt.ConnectionType.QueuedConnection)
        self._talk.tell(pid=os.getpid(), is_shown=False)
        self._hand = TouchHand(self._window)

    def _recorder(self) -> _PlayedMicrophone:
        return self._microphone

    def _is_flagged(self) -> bool:
        """Go on in a device that is out of service: only a proof can open it again."""
        return self._arguments.heeds_flag and super()._is_flagged()

    def _idle_times(self) -> IdleTimes:
        return IdleTimes(ends_after_s=22, warns_before_s=20)

    def _idle_ms(self) -> Callable[[], int] | None:
        return self._idle_now

    def _idle_now(self) -> int:
        """Let time stand still while the proof looks, and pass twice as fast when it waits for the end."""
        return 2 * self._elapsed.elapsed() if self._hurries else 0

    def _taps_ms(self) -> Callable[[], int] | None:
        return Taps()

    def _warm_up(self) -> None:
        super()._warm_up()
        self._place = replace(self._place, has_microphone=True)
        self._navigator.place = self._place
        self._talk.listen()
        if self._is_shown:
            self._talk.tell(pid=os.getpid(), is_shown=True)

    def _on_channel_show_asked(self, place: str) -> None:
        super()._on_channel_show_asked(place)
        self._talk.tell(pid=os.getpid(), is_shown=True)

    def _on_talk_asked(self, asked: Mapping[str, Any]) -> None:
        # Outside the slot, so that what is done can wait for the window.
        QTimer.singleShot(0, lambda: self._answer(asked))

    def _answer(self, asked: Mapping[str, Any]) -> None:
        try:
            match str(asked["do"]):
                case "walk":
                    self._talk.tell(**self._walk(asked))
                case "look":
                    self._talk.tell(**self._look_around())
                case _:
                    self._leave(str(asked["way"]))
        except (DemoError, LookupError, StopIteration) as error:
            says = error.says if isinstance(error, DemoError) else ""
            self._talk.tell(failed=f"{type(error).__name__} {says}".strip(), at=self._navigator.view.name)

    # -- a visit ---------------------------------------------------------------------------------------------------

    def _walk(self, asked: Mapping[str, Any]) -> Mapping[str, object]:
        words: Mapping[str, str] = asked["words"]
        self._microphone.pcm = bytes.fromhex(asked.get("pcm", ""))
        visitor: AskingVisitor | MarkingVisitor
        if "reference" in asked:
            visitor = AskingVisitor(asked["reference"], asked["status_code"], words)
        else:
            visitor = MarkingVisitor(asked["service"], self._navigator.today, words, asked["is_different"])
        self._settle()
        for screen in range(int(asked.get("screens", MOST_SCREENS))):
            view = self._navigator.view
            acts = visitor.acts(view, self._has)
            is_last = view.name.endswith(".check") and not asked["files"]
            if not acts or is_last or screen == MOST_SCREENS - 1:
                break
            if not self._all_done(acts, must_go_on=bool(asked["files"])):
                break
        view = self._navigator.view
        number = next((part.text for part in view.parts if isinstance(part, BigNumber)), "")
        codes = [
            found
            for part in view.parts
            if isinstance(part, Paragraph) and part.id == "code"
            for found in FOUR_DIGITS.findall(part.text)
        ]
        return {
            "at": view.name,
            "planted": sorted(visitor.planted),
            "is_kept": self._navigator.is_kept,
            "reference": number,
            "status_code": codes[0] if codes else "",
        }

    def _all_done(self, acts: Sequence[Event], *, must_go_on: bool) -> bool:
        """Do all that; a visitor who hands nothing in may be stuck, and goes away from there."""
        try:
            for act in acts:
                self._do(act)
        except (DemoError, StopIteration):
            if must_go_on:
                raise
            return False
        return True

    def _do(self, act: Event) -> None:
        self._hand.do(act)
        self._settle()

    def _settle(self) -> None:
        """Wait until nothing is under way, as a person does."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        self._app.processEvents()
        while (self._background.is_busy or self._navigator.view.name == "keeping") and not self._is_ended:
            if deadline.hasExpired():
                raise DemoError("the window does not answer")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        self._app.processEvents()

    def _leave(self, way: str) -> None:
        if way == "idle" and not self._navigator.is_untouched:  # else nobody is there, and nothing ends
            self._elapsed.start()
            self._hurries = True
            return
        presses = {"leave": (LEAVE,), "done": (NEXT, NEXT, NEXT)}.get(way, (STOP, YES_STOP, NEXT))
        # A few screens have no way to stop but the end of what they tell; "Snel weg" is on every one.
        for button in (*presses, LEAVE):
            if not self._is_ended and self._has(button):
                self._do(Pressed(button))
        if not self._is_ended:
            self._talk.tell(failed="the visit does not end", at=self._navigator.view.name)

    def _has(self, item_id: str) -> bool:
        return self._window.item(item_id) is not None

    def _on_ended(self, at: EndsAt) -> None:
        super()._on_ended(at)

    # -- what a proof asks of the visit after it -------------------------------------------------------------------

    def _look_around(self) -> Mapping[str, object]:
        clipboard = QApplication.clipboard()
        guarded = not is_readable()
        make_readable()  # only this one, which nobody will type in: from now on its memory can be searched
        return {
            "guarded": guarded,
            "core_limit": core_limit(),
            "clipboard": clipboard.text(QClipboard.Mode.Clipboard),
            "selection": clipboard.text(QClipboard.Mode.Selection),
            "title": self._window.windowTitle(),
            "view": repr(self._navigator.view),
        }
