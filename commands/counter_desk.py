# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the sync service beside a desk to open cases, over its own line (`domain.counter.CounterDesk`).

One sitting is one connection: it ends with it. Whatever is missing or silent becomes a `CounterError`, in time. A
service that is not there yet is waited for: who starts the desk and signs in at once does not stay without cases.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from multiprocessing.connection import Client, Connection
from pathlib import Path

from commands.joining import data_dir, open_counter, open_database
from domain.case_act import ActConflict
from domain.counter import CounterCase
from domain.errors import CounterAwayError, CounterError
from domain.settings import Settings
from domain.staff import StaffMember
from resources.service_library import ServiceLibrary
from sync import desk_wire
from sync.counter_form import case_of, conflict_of
from sync.desk_wire import Message, WireError
from sync.staff_book import STAFF, StaffFile
from sync.work_list import SqliteWorkList

START_S, _PAUSE_S = 3.0, 0.2
LATER_S = 120.0
"""So long the PIN is kept in memory for a service that is still to come; then staff sign in again."""

SOON_S = 20.0  # a PIN takes a second to check, on a slow machine more
DOCUMENT_S = 200.0  # the case system may be slow, and the file large
REFRESH_S = 120.0
LIBRARY_S = 1800.0
LARGEST_SAID = 32 * 1024 * 1024
"""The largest opened case: its words, not its files."""


class SocketCounterDesk:
    """One sitting at one desk; safe from any thread, one question at a time."""

    def __init__(self, settings: Settings) -> None:
        self._folder: Path = data_dir(settings)
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._sitting = 0  # which one it is: what waits for a service gives up when it is another's turn

    def begin(self, member: StaffMember, secret: str) -> None:
        """Begin a sitting; where the service is not there it begins when the service comes.

        Raises: CounterError.
        """
        self.end()
        sitting = self._sitting
        try:
            self._sit_down(member, secret, sitting)
        except CounterAwayError:
            later = threading.Thread(target=self._sit_down_later, args=(member, secret, sitting), daemon=True)
            later.start()
            raise

    def end(self) -> None:
        """End it, and wait for no service any more."""
        with self._lock:
            self._sitting += 1
            self._hang_up()

    def _sit_down(self, member: StaffMember, secret: str, sitting: int) -> None:
        connection = _connected_soon(self._folder)
        with self._lock:
            if sitting != self._sitting:
                desk_wire.hang_up(connection)
                return
            self._hang_up()
            self._connection = connection
        try:
            self._ask({"do": "begin", "number": str(member.number), "secret": secret}, SOON_S)
        except CounterError:
            with self._lock:
                if sitting == self._sitting:
                    self._hang_up()
            raise

    def _sit_down_later(self, member: StaffMember, secret: str, sitting: int) -> None:
        ends = time.monotonic() + LATER_S
        while sitting == self._sitting and time.monotonic() < ends:
            try:
                self._sit_down(member, secret, sitting)
            except CounterAwayError:
                continue  # it waited a while itself
            except CounterError:
                return  # it said no: the next question to it says so
            else:
                return

    def open(self, reference: str) -> CounterCase:
        """Give one case.

        Raises: CounterError.
        """
        said = self._ask({"do": "open", "reference": reference}, SOON_S)
        try:
            return case_of(said["case"])
        except (KeyError, ValueError):
            raise _nonsense() from None

    def document(self, reference: str, key: str) -> bytes:
        """Give a file of a case.

        Raises: CounterError.
        """
        said = self._ask({"do": "document", "reference": reference, "key": key}, DOCUMENT_S, desk_wire.LARGEST_REPLY)
        try:
            return desk_wire.file_in(said)
        except WireError:
            raise _nonsense() from None

    def conflicts(self, reference: str = "") -> Sequence[ActConflict]:
        """Give what two changed.

        Raises: CounterError.
        """
        said = self._ask({"do": "conflicts", "reference": reference}, SOON_S)
        try:
            return tuple(conflict_of(each) for each in said["conflicts"])
        except (KeyError, TypeError, ValueError):
            raise _nonsense() from None

    def refresh(self) -> None:
        """Ask the case system now; what came of it is in `WorkList.news`.

        Raises: CounterError.
        """
        self._ask({"do": "refresh"}, REFRESH_S)

    def take_in_library(self) -> tuple[int, int]:
        """Open what libraries sent.

        Raises: CounterError.
        """
        said = self._ask({"do": "take_in_library"}, LIBRARY_S)
        try:
            return int(said["completed"]), int(said["failed"])
        except (KeyError, TypeError, ValueError):
            raise _nonsense() from None

    def _ask(self, message: Message, patience_s: float, largest: int = LARGEST_SAID) -> Message:
        with self._lock:
            if self._connection is None:
                raise CounterError("nobody signed in for opening cases", "sign in again")
            try:
                desk_wire.send(self._connection, message, desk_wire.LARGEST_REQUEST)
                said = desk_wire.receive(self._connection, largest, patience_s)
            except WireError:
                # What was asked may still be answered later: then the answers would no longer fit the questions.
                self._hang_up()
                raise CounterError(
                    "the sync service does not answer", "sign in again; is `loket sync` there?"
                ) from None
        error = desk_wire.refused(said)
        if error is not None:
            raise error
        return said

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            desk_wire.hang_up(connection)


def _connected_soon(folder: Path) -> Connection:
    """Wait a moment for a service that was just started."""
    ends, pause = time.monotonic() + START_S, threading.Event()
    while True:
        try:
            return _connected(folder)
        except CounterError:
            if time.monotonic() >= ends:
                raise
        pause.wait(_PAUSE_S)


def _connected(folder: Path) -> Connection:
    meeting = desk_wire.read_note(folder)
    if meeting is None:
        raise CounterAwayError("the sync service is not there", "wait a moment; else start `loket sync`")
    try:
        connection: Connection = Client(meeting.address)
    except (OSError, EOFError, ValueError):
        raise CounterAwayError("the sync service does not answer", "wait a moment; else start `loket sync`") from None
    try:
        desk_wire.prove(connection, meeting.key, "desk")
    except WireError:
        desk_wire.hang_up(connection)
        raise CounterAwayError("the sync service does not answer", "wait a moment; else start `loket sync`") from None
    return connection


def _nonsense() -> CounterError:
    return CounterError("the sync service is another version than the desk", "start both again")


def joined_work_list(settings: Settings) -> SqliteWorkList:
    """Give the work list of this device.

    Raises: StoreError and its kinds.
    """

    def names() -> Mapping[str, str]:
        path = data_dir(settings) / STAFF
        if not path.exists():
            return {}
        with closing(StaffFile(path)) as file:
            rows = file.rows("SELECT number, name FROM members")
        return {str(row["number"]): row["name"] for row in rows}

    return SqliteWorkList(
        open_counter(settings), open_database(settings), service_titles(), names, device_id=settings.device.id
    )


@lru_cache(maxsize=1)
def service_titles() -> Mapping[str, str]:
    """Give the Dutch title of each service."""
    library = ServiceLibrary.load()
    return {service.id: library.dutch(service.id).get("title", service.id) for service in library.services}
