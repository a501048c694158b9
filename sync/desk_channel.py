# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Serves desks on this machine over the line of `sync.desk_wire`: a sitting is one connection, and ends with it.

Nothing of a desk stops the service: each sitting has a thread of its own, messages are small and answered one by one,
and whoever is silent in the middle of one is hung up on. What is answered is for the office that is handed in.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from enum import IntEnum
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Protocol

from domain.case_act import ActConflict
from domain.counter import CounterCase
from domain.errors import CounterError, ExpectedError
from domain.log_line import LogEvent
from domain.staff import StaffMember
from sync import desk_wire
from sync.counter_form import plain_case, plain_conflict
from sync.desk_wire import LARGEST_REQUEST, Message, WireError
from sync.event_log import EventLog

_log = EventLog("loket.desk-channel")

MOST_LINES = 16
_LONGEST_WORD = 200


class _Trust(IntEnum):
    """How far a line came: who it is proved, and somebody signed in on it."""

    NONE = 0
    PROVEN = 1
    SITTING = 2


class DeskOffice(Protocol):
    """What a sitting may ask for. Raises: CounterError, or another ExpectedError, for what cannot be."""

    def admit(self, number: str, secret: str) -> StaffMember:
        """Give who it is, when they may open cases."""
        ...

    def left(self, member: StaffMember) -> None:
        """Know that a sitting ended."""
        ...

    def open(self, reference: str, member: StaffMember) -> CounterCase:
        """Give a case."""
        ...

    def document(self, reference: str, key: str, member: StaffMember) -> bytes:
        """Give a file."""
        ...

    def conflicts(self, reference: str) -> Sequence[ActConflict]:
        """Give what two changed."""
        ...

    def refresh(self) -> None:
        """Ask the case system, and wait for it."""
        ...

    def take_in_library(self) -> tuple[int, int]:
        """Open what libraries sent."""
        ...


class DeskChannel:
    """Waits for desks in one data folder."""

    def __init__(self, folder: Path, office: DeskOffice) -> None:
        self._folder = folder
        self._office = office
        self._lock = threading.Lock()
        self._lines: dict[Connection, _Trust] = {}  # oldest first
        self._is_over = threading.Event()
        self._meeting: desk_wire.Meeting | None = None
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Wait from now on. To be called by the one service of this folder.

        Raises: OSError when there is no room to wait in.
        """
        before = desk_wire.read_note(self._folder)
        if before is not None:
            desk_wire.leave(self._folder, before)  # of a service that was killed
        self._meeting = desk_wire.new_meeting(self._folder)
        self._listener = Listener(self._meeting.address, backlog=MOST_LINES)
        desk_wire.close_to_others(self._meeting, self._folder)
        desk_wire.write_note(self._folder, self._meeting)
        self._thread = threading.Thread(target=self._accept, args=(self._listener,), name="loket-desks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End every sitting and wait for nobody any more."""
        self._is_over.set()
        listener, meeting = self._listener, self._meeting
        self._listener = None
        if listener is None or meeting is None:
            return
        with contextlib.suppress(OSError, EOFError, ValueError):
            desk_wire.hang_up(Client(meeting.address))  # wakes who waits in `accept`
        if self._thread is not None:
            self._thread.join(desk_wire.HANDSHAKE_S)
        desk_wire.leave(self._folder, meeting)
        with contextlib.suppress(OSError):  # its file is gone already
            listener.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            desk_wire.hang_up(line)

    def _accept(self, listener: Listener) -> None:
        while not self._is_over.is_set():
            try:
                line = listener.accept()
            except (OSError, EOFError):
                if self._is_over.is_set():
                    return
                self._is_over.wait(0.1)  # no more files may be opened, or a line was gone at once
                continue
            with self._lock:
                silent = self._silent() if len(self._lines) >= MOST_LINES else None
                has_room = (len(self._lines) < MOST_LINES or silent is not None) and not self._is_over.is_set()
                if has_room:
                    self._lines[line] = _Trust.NONE
            if silent is not None:
                desk_wire.cut(silent)
            if has_room:
                threading.Thread(target=self._serve, args=(line,), name="loket-sitting", daemon=True).start()
            else:
                desk_wire.hang_up(line)

    def _silent(self) -> Connection | None:
        """Take out the line that is trusted least, of those the oldest: one that says nothing keeps no desk out."""
        least = min(self._lines.values(), default=_Trust.SITTING)
        if least is _Trust.SITTING:
            return None
        silent = next((line for line, trust in self._lines.items() if trust is least), None)
        if silent is not None:
            del self._lines[silent]
        return silent

    def _trust(self, line: Connection, trust: _Trust) -> None:
        with self._lock:
            if line in self._lines:
                self._lines[line] = trust

    def _serve(self, line: Connection) -> None:
        member: StaffMember | None = None
        try:
            if self._meeting is None:  # it was made before the first line came
                return
            desk_wire.prove(line, self._meeting.key, "sync")
            self._trust(line, _Trust.PROVEN)
            while not self._is_over.is_set():
                message = desk_wire.receive(line, LARGEST_REQUEST)
                if message.get("do") == "end":
                    return
                if message.get("do") == "begin" and member is None:
                    member, said = self._begin(message)
                    if member is not None:
                        self._trust(line, _Trust.SITTING)
                else:
                    said = self._answer(message, member)
                del message  # it may hold a PIN
                desk_wire.send(line, said)
        except WireError:
            pass  # gone, killed, silent, or nobody of ours: the sitting is over
        except Exception as error:  # noqa: BLE001  the thread's door: no desk may stop the others
            _log.error(LogEvent.ROUND_FAILED, error=error)
        finally:
            with self._lock:
                self._lines.pop(line, None)
            desk_wire.hang_up(line)
            if member is not None:
                self._office.left(member)

    def _begin(self, message: Message) -> tuple[StaffMember | None, Message]:
        try:
            member = self._office.admit(_word(message, "number"), _word(message, "secret"))
        except ExpectedError as error:
            return None, _refusal(error)
        except Exception as error:  # noqa: BLE001  as above; nobody comes in
            return None, _mistake(error)
        return member, {"done": True}

    def _answer(self, message: Message, member: StaffMember | None) -> Message:
        if member is None:
            return desk_wire.refusal(CounterError("nobody signed in", "sign in first"))
        try:
            return self._done(message, member)
        except ExpectedError as error:
            return _refusal(error)
        except Exception as error:  # noqa: BLE001  one case that cannot be opened must not end the sitting
            return _mistake(error)

    def _done(self, message: Message, member: StaffMember) -> Message:
        reference = _word(message, "reference")
        match message.get("do"):
            case "open":
                return {"case": plain_case(self._office.open(reference, member))}
            case "document":
                return desk_wire.with_file(self._office.document(reference, _word(message, "key"), member))
            case "conflicts":
                return {"conflicts": [plain_conflict(each) for each in self._office.conflicts(reference)]}
            case "refresh":
                self._office.refresh()
                return {"done": True}
            case "take_in_library":
                completed, failed = self._office.take_in_library()
                return {"completed": completed, "failed": failed}
            case _:
                raise CounterError("that cannot be asked", "is the desk another version than the sync service?")


def _word(message: Message, name: str) -> str:
    value = message.get(name, "")
    return value if isinstance(value, str) and len(value) <= _LONGEST_WORD else ""


def _refusal(error: ExpectedError) -> Message:
    if isinstance(error, CounterError):
        return desk_wire.refusal(error)
    return desk_wire.refusal(CounterError(f"{error.slug}: {error.says}", error.remedy))


def _mistake(error: Exception) -> Message:
    # The name only: a trace could hold what was opened.
    _log.error(LogEvent.ROUND_FAILED, error=error)
    return desk_wire.refusal(CounterError("the sync service made a mistake", "see its log; try another case"))
