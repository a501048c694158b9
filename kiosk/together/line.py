# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line between a visit and a helper's window on the same machine: who waits where, and one connection.

The visit waits in a folder of its own, closed to others, and says where in a file that only this user can read; the
file holds the key of the line too. Where a group shares the data folder (as `sync.shared_folder` says) the desk's user
is another than the window's: there the visit waits beside the data, and who is in the group may come. A view that was
not sent yet is left out when there is a newer one.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import stat
import sys
import tempfile
import threading
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kiosk.letterbox import Letterbox, LetterboxWatch
from kiosk.together.messages import Shown
from kiosk.together.wire import LONGEST, read, written

NOTE = "together.json"  # in the data folder: where a visit waits for a helper
_SHARED = "together-"  # and there too, where it is shared: the line itself
_LONGEST_PATH = 100  # the system allows 107


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where a visit waits, and with what key."""

    address: str
    key: bytes
    pid: int


def waiting_visit(data_dir: Path) -> Meeting | None:
    """Give where a visit waits; None where none does."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((data_dir / NOTE).read_text(encoding="ascii"))
        return Meeting(str(found["address"]), bytes.fromhex(found["key"]), int(found["pid"]))
    return None


def _is_shared(folder: Path) -> bool:
    """Tell whether a group shares this folder: its set-group-id bit says so, as in `sync.shared_folder`."""
    return sys.platform != "win32" and bool(folder.stat().st_mode & stat.S_ISGID)


class Line(QObject):
    """One connection; lives in the UI thread. Its two threads hold nothing of Qt: one reads, one writes."""

    came = Signal(object)  # Emitted when the other side said something.
    closed = Signal()  # Emitted once, when the other side is gone.

    def __init__(self, connection: Connection) -> None:
        super().__init__(QCoreApplication.instance())
        self._connection = connection
        self._out = _Out()
        self._watch = LetterboxWatch(self._on_watch_came)

    def begin(self) -> None:
        """Begin to read and write."""
        for work, holds in (
            (_listen, (self._connection, self._out, self._watch.box)),
            (_write, (self._connection, self._out)),
        ):
            threading.Thread(target=work, args=holds, name="loket-together", daemon=True).start()

    def send(self, message: object) -> None:
        """Say something; never waits."""
        self._out.put(written(message), is_view=isinstance(message, Shown))

    def close(self) -> None:
        """Hang up."""
        self._out.close()

    def _on_watch_came(self, line: object) -> None:
        # Read and written in the UI thread: the others make nothing that would have Python look for garbage there,
        # and find widgets among it, which only this thread may take away.
        if not isinstance(line, bytes):
            self._watch.close()
            self.closed.emit()
            self.deleteLater()
            return
        try:
            said = read(line)
        except ValueError:
            self.close()  # says something else than what was agreed: no line of ours
            return
        self.came.emit(said)


class _Out:
    """What waits to be written; for any thread."""

    def __init__(self) -> None:
        self._waiting: list[tuple[bool, bytes]] = []  # whether it is a view, and as written
        self._has_more = threading.Condition()
        self._is_closed = False

    def put(self, line: bytes, *, is_view: bool) -> None:
        with self._has_more:
            if is_view:
                self._waiting = [old for old in self._waiting if not old[0]]
            self._waiting.append((is_view, line))
            self._has_more.notify()

    def close(self) -> None:
        with self._has_more:
            self._is_closed = True
            self._has_more.notify()

    def next(self) -> bytes | None:
        """Wait for what comes next; None when it is closed."""
        with self._has_more:
            while not self._waiting and not self._is_closed:
                self._has_more.wait()
            return None if self._is_closed else self._waiting.pop(0)[1]


def _listen(connection: Connection, out: _Out, box: Letterbox) -> None:
    # TypeError: a connection that the other thread closed in the middle of a read.
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        while True:
            box.put(connection.recv_bytes(LONGEST))
    out.close()
    box.put(None)


def _write(connection: Connection, out: _Out) -> None:
    with contextlib.suppress(OSError, ValueError):
        while (line := out.next()) is not None:
            connection.send_bytes(line)
    _hang_up(connection)


def _hang_up(connection: Connection) -> None:
    """End a connection for both sides; closing alone would wait for the thread that still reads from it."""
    with contextlib.suppress(OSError, ValueError):
        if sys.platform != "win32":
            with socket.socket(fileno=os.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
        connection.close()


class Waiting(QObject):
    """The visit's end: waits for one helper at a time. Lives in the UI thread."""

    joined = Signal(object)  # Emitted when somebody who knows the key is on the line (a `Connection`).

    def __init__(self, data_dir: Path) -> None:
        super().__init__(QCoreApplication.instance())
        self._note = data_dir / NOTE
        self._listener: Listener | None = None
        self._watch: LetterboxWatch | None = None
        self._folder: Path | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody can come."""
        return self._listener is not None

    def open(self) -> None:
        """Wait from now on, and say where.

        Raises: OSError when there is no room to wait in.
        """
        if self._listener is not None:
            return
        key = secrets.token_bytes(32)
        data_dir = self._note.parent
        data_dir.mkdir(parents=True, exist_ok=True)
        self._listener = Listener(self._address(), authkey=key)
        address = str(self._listener.address)
        if sys.platform != "win32":
            Path(address).chmod(0o600)
            if Path(address).parent == data_dir:
                Path(address).chmod(0o660)
        plain = json.dumps({"address": address, "key": key.hex(), "pid": os.getpid()})
        fresh = self._note.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(plain)
        if _is_shared(data_dir):
            fresh.chmod(0o660)
        fresh.replace(self._note)
        self._watch = LetterboxWatch(self.joined.emit)
        holds = (self._listener, self._watch.box)
        threading.Thread(target=_accept, args=holds, name="loket-waiting", daemon=True).start()

    def close(self) -> None:
        """Wait no more; leaves nothing."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        meeting = waiting_visit(self._note.parent)
        if meeting is not None and meeting.pid == os.getpid():
            with contextlib.suppress(OSError):
                self._note.unlink()
        with contextlib.suppress(OSError):
            listener.close()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.rmdir()

    def _address(self) -> str:
        if sys.platform == "win32":
            return rf"\\.\pipe\loket-{secrets.token_hex(16)}"
        folder = self._note.parent
        if _is_shared(folder):
            for old in folder.glob(f"{_SHARED}*"):  # of a visit that was killed; one at a time waits
                with contextlib.suppress(OSError):
                    old.unlink()
            path = folder / f"{_SHARED}{secrets.token_hex(4)}"
            if len(os.fsencode(path)) <= _LONGEST_PATH:
                return str(path)
        # Not in the data folder: its name may be too long for a socket, and nobody else needs to come.
        self._folder = Path(tempfile.mkdtemp(prefix="loket-together-"))
        return str(self._folder / "line")


def _accept(listener: Listener, box: Letterbox) -> None:
    while True:
        try:
            connection = listener.accept()
        except (AuthenticationError, EOFError):
            continue  # somebody without the key
        except OSError:
            return
        if not box.put(connection):
            connection.close()  # nobody waits any more
            return


def go_to(meeting: Meeting) -> Connection:
    """Go to a visit that waits.

    Raises: OSError, EOFError or AuthenticationError when it is not there any more.
    """
    return Client(meeting.address, authkey=meeting.key)
