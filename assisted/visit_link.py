# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk's end of the line to the visit on the same machine: looks whether one waits, and says what is new.

It keeps nothing of a visit: each screen is handed on and forgotten. What a page does with it is `assisted.together`'s.
"""

from __future__ import annotations

import threading
from multiprocessing import AuthenticationError
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from domain.staff import Role
from domain.together import Coming, HandsOff, HelperSaid, HelpState, Joined
from kiosk.letterbox import Letterbox, LetterboxWatch
from kiosk.together.line import Line, Meeting, go_to, waiting_visit
from kiosk.together.messages import Refused, Shown, Waits

LOOK_MS = 250


class VisitLink(QObject):
    """One for a desk. Lives in the UI thread."""

    help_changed = Signal(object)  # Emitted when somebody asks for help, is being helped or left (a `HelpState`).
    shown = Signal(object)  # Emitted when the visitor sees something else (a `Shown`).
    refused = Signal(object)  # Emitted when what the helper did is the visitor's (a `Refused`).
    ended = Signal()  # Emitted when nobody may look along any more.
    lost = Signal()  # Emitted when the line broke while a helper looked along.

    def __init__(self, data_dir: Path, look_ms: int = LOOK_MS) -> None:
        super().__init__(QCoreApplication.instance())
        self._data_dir = data_dir
        self._line: Line | None = None
        self._is_going = False
        self._in_vain: Meeting | None = None  # where nobody was any more
        self.help = HelpState.NONE
        self.is_joined = False
        self.sent = ""  # the reference of what the visit beside us sent; empty while it sent nothing
        self._timer = QTimer(self)
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._went: LetterboxWatch | None = None  # while somebody goes to a visit

    def begin(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more, and hang up."""
        self._timer.stop()
        if self._went is not None:
            self._went.close()
            self._went, self._is_going = None, False
        if self._line is not None:
            self._line.close()

    def come(self) -> None:
        """Tell the visitor that somebody comes."""
        self.say(Coming())

    def join(self, role: Role) -> None:
        """Look along."""
        self.say(Joined(role))

    def leave(self) -> None:
        """Look along no more."""
        self.say(HandsOff())

    def say(self, wish: HelperSaid) -> None:
        """Say something to the visit, which decides; nothing where none is."""
        if self._line is not None:
            self._line.send(wish)

    def _on_timer_timeout(self) -> None:
        if self._line is not None or self._is_going:
            return
        meeting = waiting_visit(self._data_dir)
        if meeting is None or meeting == self._in_vain:
            return
        self._is_going = True
        self._went = LetterboxWatch(lambda connection: self._on_went(meeting, connection))
        threading.Thread(target=_go, args=(meeting, self._went.box), name="loket-together", daemon=True).start()

    def _on_went(self, meeting: Meeting, connection: object) -> None:
        if self._went is not None:
            self._went.close()
        self._went, self._is_going = None, False
        if connection is None:
            self._in_vain = meeting
            return
        self._line = Line(connection)  # type: ignore[arg-type]  # a letterbox holds anything
        self._line.came.connect(self._on_line_came)
        self._line.closed.connect(self._on_line_closed)
        self._line.begin()

    def _on_line_came(self, said: object) -> None:
        match said:
            case Shown():
                self.is_joined, self.sent = True, said.reference
                self._take(said.help)
                self.shown.emit(said)
            case Refused():
                self.refused.emit(said)
            case Waits():
                was_joined, self.is_joined, self.sent = self.is_joined, False, ""
                self._take(said.help)
                if was_joined:
                    self.ended.emit()
            case _:
                pass  # a newer visit may say more

    def _on_line_closed(self) -> None:
        was_joined, self.is_joined, self.sent = self.is_joined, False, ""
        self._line = None
        self._take(HelpState.NONE)
        (self.lost if was_joined else self.ended).emit()

    def _take(self, state: HelpState) -> None:
        if state is not self.help:
            self.help = state
            self.help_changed.emit(state)


def _go(meeting: Meeting, box: Letterbox) -> None:
    """Go, in a thread that holds nothing of Qt."""
    try:
        connection = go_to(meeting)
    except (OSError, EOFError, AuthenticationError):
        box.put(None)
        return
    if not box.put(connection):
        connection.close()  # nobody looks any more
