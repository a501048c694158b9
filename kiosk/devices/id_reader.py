# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real ID reader (`id_reader_port`): keeps a child process that reads, and ends it when its time is over.

Nothing of PC/SC is loaded here and no byte of a card comes here: only lines of `id_reader_lines`, of which none is
believed before it was checked. A child reads one document; the next one gets a new child, which is warm already.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from domain.ports import Clock
from domain.setting_types import IdDocumentSettings
from kiosk.devices.emrtd.document import AccessKey, Reading
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader_lines import (
    LONGEST_LINE,
    Exchange,
    LineError,
    Order,
    Told,
    order_line,
    told_of,
)
from kiosk.devices.id_reader_port import Presence, Progress

START_S = 15.0  # a cold disk
SILENCE_S = 10.0  # a child that watches says something each second, and now and then loads what it reads with
END_S = 1.0  # after its result a child lets go of the card
_AGAIN_S = (0.0, 1.0, 2.0, 5.0, 10.0)  # until the next child, when one after the other fails
_PASSED_ON = ("PCSCLITE_CSOCK_NAME", "SYSTEMROOT")  # where pcscd is, when it is elsewhere; Windows needs the other
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a card may take, in seconds: `[id_documents]` of the settings."""

    apdu_s: float = 5.0  # one answer
    access_s: float = 15.0  # opening the chip with number or lines
    all_s: float = 60.0  # the wait for a card, and again the whole reading


@dataclass(slots=True)
class _Job:
    """One reading that a window asked for. `progress` and `done` are called by one thread, under the lock."""

    order: bytes | None  # gone once the child has it
    progress: Callable[[Progress], None]
    done: Callable[[Reading], None]
    asked_at: float
    began_at: float | None = None  # a card was there
    opened_at: float | None = None  # the chip is open, or it was never begun with


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    heard_at: float
    lines: int = 0
    has_order: bool = False
    exchange_from: float | None = None
    has_ended: bool = False  # told its result


@dataclass(frozen=True, slots=True)
class _Heard:
    child: _Child
    line: bytes  # empty: there will be no more


def child_command(trusted: Path | None, reader: str) -> tuple[str, ...]:
    """Give the command of the child: without site packages of the user, without writing compiled files."""
    options = ("--reader", reader) if trusted is None else ("--reader", reader, "--trusted", str(trusted))
    return (sys.executable, "-E", "-s", "-B", "-m", "kiosk.devices.id_reader_child", *options)


class IdReader:
    """Keeps a child and the time (`id_reader_port.IdReaderPort`). Callbacks come on its own thread, and are short."""

    def __init__(self, command: Sequence[str], clock: Clock, patience: Patience = Patience()) -> None:
        self._command = tuple(command)
        self._clock = clock
        self._patience = patience
        self._lock = threading.RLock()  # held while a callback runs: after `cancel` and `close` none comes
        self._inbox: SimpleQueue[_Heard | None] = SimpleQueue()  # None: something changed, look
        self._thread: threading.Thread | None = None
        self._presence = Presence.NO_READER
        self._changed: Callable[[Presence], None] | None = None
        self._job: _Job | None = None
        self._is_cancelled = False
        self._is_closed = False
        self._child: _Child | None = None
        self._failures = 0
        self._next_start_at = 0.0

    @property
    def presence(self) -> Presence:
        """Tell what lies there, as far as it is known."""
        return self._presence

    def watch(self, changed: Callable[[Presence], None]) -> None:
        """Tell of each change from now on."""
        with self._lock:
            self._changed = changed
            self._wake()

    def read(self, key: AccessKey, progress: Callable[[Progress], None], done: Callable[[Reading], None]) -> None:
        """Read once; a reading that still goes on is cancelled first."""
        self.cancel()
        with self._lock:
            if not self._is_closed:
                self._job = _Job(order_line(Order(key, self._clock.now())), progress, done, monotonic())
                self._wake()

    def cancel(self) -> None:
        """Stop the reading that goes on."""
        with self._lock:
            if self._job is not None:
                self._job = None
                self._is_cancelled = True
                self._wake()

    def close(self) -> None:
        """End child and thread; a child that hangs in its reader is killed like any."""
        with self._lock:
            self._is_closed = True
            self._changed = self._job = None
            thread = self._thread
            self._inbox.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(END_S)

    # --- below: the one thread, which starts the children too (Linux ends a child with the thread that started it) ---

    def _wake(self) -> None:
        if self._thread is None and not self._is_closed:
            self._thread = threading.Thread(target=self._keep, name="id-reader", daemon=True)
            self._thread.start()
        self._inbox.put(None)

    def _keep(self) -> None:
        while not self._is_closed:
            with self._lock:
                self._tend()
            if self._needs_child:
                self._start()
                continue
            with self._lock:
                wait_s = self._wait_s()
            try:
                heard = self._inbox.get(timeout=wait_s)
            except Empty:
                continue
            with self._lock:
                is_meant = heard is not None and heard.child is self._child
                if heard is not None and is_meant and not self._is_cancelled and not self._is_closed:
                    self._hear(heard.child, heard.line)
            heard = None  # a reading does not stay here until the next line
        self._kill()

    @property
    def _needs_child(self) -> bool:
        wanted = self._changed is not None or self._job is not None
        return self._child is None and wanted and monotonic() >= self._next_start_at

    def _tend(self) -> None:
        """Bring child and orders to where they should be, and end what takes too long."""
        if self._is_cancelled:
            self._is_cancelled = False
            if self._child is not None and self._child.has_order:
                self._kill()
        self._end_what_is_late(monotonic())
        child, job = self._child, self._job
        if child is not None and not child.has_order and job is not None and job.order is not None:
            order, job.order = job.order, None
            child.has_order = True
            stdin = child.process.stdin
            with suppress(OSError):  # it has died; its end is on its way here
                if stdin is not None:
                    stdin.write(order)
                    stdin.flush()

    def _start(self) -> None:
        """Start a child; not under the lock, for it takes some milliseconds that a window would wait."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd=_ROOT,
            )
        except OSError:
            with self._lock:
                self._fail("the child process does not start")
            return
        self._child = child = _Child(process, heard_at=monotonic())
        threading.Thread(target=_listen, args=(child, self._inbox), name="id-reader-ears", daemon=True).start()

    def _hear(self, child: _Child, line: bytes) -> None:
        child.heard_at = monotonic()
        if not line:
            self._on_end()
            return
        try:
            told = told_of(line)
        except LineError:
            self._kill()
            self._finish(Reading(CardState.PROTOCOL_VIOLATION, says="the child process spoke nonsense"))
            return
        child.lines += 1
        self._take(child, told)

    def _take(self, child: _Child, told: Told) -> None:
        job = self._job if child.has_order else None
        match told:
            case Presence():
                if child.lines > 1:  # it lives
                    self._failures = 0
                self._show(told)
            case Exchange(is_open):
                child.exchange_from = child.heard_at if is_open else None
            case Progress(step):
                if job is not None:
                    if step is not Step.WAITING:
                        job.began_at = job.began_at or child.heard_at
                    if step not in (Step.WAITING, Step.ACCESS):
                        job.opened_at = job.opened_at or child.heard_at
                    job.progress(told)
            case Reading() if child.has_order:
                child.has_ended = True
                self._failures = 0
                self._finish(told)
            case Reading():  # nothing was asked of it: it could not even begin
                self._kill()
                self._fail(told.says)

    def _on_end(self) -> None:
        """Take the end of a child: after its result it should, before that it should not."""
        child = self._child
        self._kill()
        if child is not None and not child.has_ended:
            if child.has_order:
                self._finish(Reading(CardState.PROTOCOL_VIOLATION, says="the child process ended without a result"))
            self._fail("the child process ended")

    def _fail(self, says: str) -> None:
        """Count a child that was of no use; after the second, who waits is told."""
        self._next_start_at = monotonic() + _AGAIN_S[min(self._failures, len(_AGAIN_S) - 1)]
        self._failures += 1
        if self._failures > 1:
            self._show(Presence.SERVICE_DOWN)
            self._finish(Reading(CardState.SERVICE_DOWN, says=says))

    def _end_what_is_late(self, now: float) -> None:
        late = self._late(now)
        child = self._child
        if late is not None:
            if child is not None and child.has_order:
                self._kill()
            self._finish(Reading(CardState.TIMEOUT, says=late))
        elif child is not None and now >= self._silent_at(child):
            self._kill()
            if child.has_ended:
                return
            self._show(Presence.SERVICE_DOWN)
            if child.has_order:
                self._finish(Reading(CardState.SERVICE_DOWN, says="pcscd does not answer"))
            self._fail("pcscd does not answer")

    def _late(self, now: float) -> str | None:
        """Tell which time of the patience is over."""
        deadlines = self._deadlines()
        return next((says for says, at in deadlines if now >= at), None)

    def _deadlines(self) -> list[tuple[str, float]]:
        job, child, patience = self._job, self._child, self._patience
        if job is None:
            return []
        if job.began_at is None:
            return [("no card came", job.asked_at + patience.all_s)]
        found = [("the whole reading took too long", job.began_at + patience.all_s)]
        if job.opened_at is None:
            found.append(("opening the chip took too long", job.began_at + patience.access_s))
        if child is not None and child.exchange_from is not None:
            found.append(("one answer took too long", child.exchange_from + patience.apdu_s))
        return found

    def _silent_at(self, child: _Child) -> float:
        """Tell until when a child may say nothing at all; one that reads has the patience of the reading."""
        if child.has_ended:
            return child.heard_at + END_S
        if child.lines == 0:
            return child.heard_at + START_S
        if self._job is not None and self._job.began_at is not None:
            return float("inf")
        return child.heard_at + SILENCE_S

    def _wait_s(self) -> float | None:
        ends = [at for _, at in self._deadlines()]
        if self._child is not None:
            ends.append(self._silent_at(self._child))
        elif self._changed is not None or self._job is not None:
            ends.append(self._next_start_at)
        finite = [at for at in ends if at != float("inf")]
        return max(min(finite) - monotonic(), 0.0) if finite else None

    def _finish(self, reading: Reading) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.done(reading)

    def _show(self, presence: Presence) -> None:
        if presence is not self._presence:
            self._presence = presence
            if self._changed is not None:
                self._changed(presence)

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.process.kill()  # who listens to it waits for its end
        with suppress(OSError):
            if child.process.stdin is not None:
                child.process.stdin.close()


def _listen(child: _Child, inbox: SimpleQueue[_Heard | None]) -> None:
    """Bring each line of a child; a line without end is cut, and no line then."""
    stdout = child.process.stdout
    if stdout is None:
        return
    with stdout:
        line = b"-"
        while line:
            try:
                line = stdout.readline(LONGEST_LINE + 1)
            except (OSError, ValueError):
                line = b""
            inbox.put(_Heard(child, line))
    child.process.wait()


def make_id_reader(settings: IdDocumentSettings, clock: Clock, *, reader: str | None = None) -> IdReader:
    """Join a reader from what the settings say; `reader` instead of theirs."""
    command = child_command(settings.trusted_csca, settings.reader if reader is None else reader)
    return IdReader(command, clock, Patience(settings.apdu_s, settings.access_s, settings.all_s))
