# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings what another thread has to say to the UI thread, without that thread touching anything of Qt.

A signal emitted in another thread reaches into its sender: when that is taken away in the meantime, the program ends.
So the other thread has a plain half, a list and a byte on a socket, and Qt's half lives and goes in the UI thread.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_ALL = 4096  # bytes taken at once; each says only that there is something


class Letterbox:
    """The half that any thread may hold, for as long as it likes."""

    def __init__(self) -> None:
        self._taken_at, self._put_at = socket.socketpair()
        for end in (self._taken_at, self._put_at):
            end.setblocking(False)
        self._waiting: deque[object] = deque()
        self._lock = threading.Lock()  # no byte goes into a socket that is being closed: its number may be another's
        self._is_closed = False

    def put(self, said: object) -> bool:
        """Leave something for the UI thread; False when nobody takes it any more."""
        with self._lock:
            if self._is_closed:
                return False
            self._waiting.append(said)
            with contextlib.suppress(OSError):  # full: then there is a byte to wake for
                self._put_at.send(b"1")
            return True

    def take(self) -> list[object]:
        """Give what lies there, in order."""
        with self._lock:
            if self._is_closed:
                return []
            with contextlib.suppress(OSError):
                while self._taken_at.recv(_ALL):
                    pass
            found = list(self._waiting)
            self._waiting.clear()
        return found

    def close(self) -> None:
        """Take nothing any more; what lies there is forgotten."""
        with self._lock:
            self._is_closed = True
            self._waiting.clear()
            self._taken_at.close()
            self._put_at.close()

    def fileno(self) -> int:
        """Give what there is to watch."""
        return self._taken_at.fileno()


class LetterboxWatch(QObject):
    """The half of the UI thread; calls `came` there with each thing that was put in, in order."""

    def __init__(self, came: Callable[[object], None]) -> None:
        super().__init__(QCoreApplication.instance())
        self.box = Letterbox()
        self._came = came
        self._is_closed = False
        self._notifier = QSocketNotifier(self.box.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def close(self) -> None:
        """Watch no more. In the UI thread; may be done from inside `came`."""
        if self._is_closed:
            return
        self._is_closed = True
        self._notifier.setEnabled(False)  # before its socket goes
        self.box.close()
        self._came = _nothing  # what it would call may go
        self.deleteLater()

    def _on_notifier_activated(self) -> None:
        for said in self.box.take():
            self._came(said)  # closed halfway: then this is nothing


def _nothing(_said: object) -> None:
    """Nobody listens any more."""
