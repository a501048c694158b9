# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of the practice back end: HTTP on the loopback address, orders of faults, the answer or what is left of it.

What the answers say is decided in `back_end`; this file knows sockets only.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sync.practice.exchange import Answer, RecordedRequest
from sync.practice.faults import BEFORE_HANDLING, FaultKind, Faults, Taken
from sync.practice.refusals import InvalidParam, RefusalError, crash_answer, refusal_answer

_MAX_BODY = 64 * 1024 * 1024
_IDLE_S = 60.0
_PATIENCE_S = 5.0

Respond = Callable[[RecordedRequest, Callable[[], None]], Answer]
"""Gives the answer; calls the second argument after all checks and before anything is written."""


@dataclass(slots=True)
class Door:
    """What every connection shares."""

    respond: Respond
    now: Callable[[], datetime]
    on_request: Callable[[RecordedRequest], None] | None = None
    faults: Faults = field(default_factory=Faults)
    stopping: threading.Event = field(default_factory=threading.Event)


class PracticeServer(ThreadingHTTPServer):
    """Listens on the loopback address only: it has no argument for another."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, door: Door) -> None:
        self.door = door
        self.broken_by: BaseException | None = None
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(("127.0.0.1", port), _Connection)

    def opened(self, connection: socket.socket) -> None:
        """Note a connection, so that a stop can end it."""
        with self._changed:
            self._open.add(connection)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        """Close a connection."""
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def hang_up_on_all(self) -> None:
        """End every connection and wait until its thread has let go."""
        with self._changed:
            for connection in self._open:
                _shut(connection)
            self._changed.wait_for(lambda: not self._open, timeout=_PATIENCE_S)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - named by socketserver
        """Keep silent when a caller hung up, which is everyday here; keep anything else for the stop to tell."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            self.broken_by = error


class _Connection(BaseHTTPRequestHandler):
    """One connection, in a thread of its own."""

    protocol_version = "HTTP/1.1"
    server_version = "LoketPractice"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    timeout = _IDLE_S
    server: PracticeServer
    _offset = timedelta(0)

    def setup(self) -> None:
        """Begin."""
        super().setup()
        self.server.opened(self.connection)

    def do_GET(self) -> None:
        """Answer a question."""
        self._serve()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 - http.server looks for these names

    def end_headers(self) -> None:
        """Mark every answer, those of the standard library too."""
        self.send_header("X-Loket-Practice", "1")
        if self.close_connection:
            self.send_header("Connection", "close")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so in http.server
        """Log nothing: paths and queries name cases."""

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - it never gets one
        """Give the `Date` header by the practice clock, not the machine's."""
        return format_datetime((self.server.door.now() + self._offset).astimezone(UTC), usegmt=True)

    def _serve(self) -> None:
        door = self.server.door
        self._offset = timedelta(0)
        try:
            request = self._read()
        except RefusalError as refusal:
            self.close_connection = True
            self._send(refusal_answer(refusal))
            self._hear_out()
            return
        if door.on_request is not None:
            door.on_request(request)
        taken = None if request.path.startswith("/practice/") else door.faults.take(request.method, request.path)
        if taken is None:
            self._send(door.respond(request, _at_once))
        elif taken.fault.kind in BEFORE_HANDLING:
            self._fail_before(request, taken)
        else:
            self._fail_after(request, taken)

    def _read(self) -> RecordedRequest:
        path, _, query = self.path.partition("?")
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            raise RefusalError(411, "length_required")
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit():
            raise RefusalError(400, "parse_error")
        if int(length) > _MAX_BODY:
            raise RefusalError(413, "request_too_large")
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return RecordedRequest(self.command, path, query, headers, body)

    def _fail_before(self, request: RecordedRequest, taken: Taken) -> None:
        fault = taken.fault
        match fault.kind:
            case FaultKind.DROP:
                self._drop()
            case FaultKind.HOLD:
                self.server.door.stopping.wait(fault.seconds)
                self._drop()
            case FaultKind.SLOW:
                self.server.door.stopping.wait(fault.seconds)
                self._send(self.server.door.respond(request, _at_once))
            case FaultKind.JSON_ERROR:
                params = [InvalidParam(fault.param, fault.code, fault.code)] if fault.status == 400 else []
                code = "invalid" if params else fault.code
                self._send(refusal_answer(RefusalError(fault.status, code, params=params)))
            case _:
                self._send(crash_answer())

    def _fail_after(self, request: RecordedRequest, taken: Taken) -> None:
        fault, door = taken.fault, self.server.door
        is_meeting = fault.kind is FaultKind.MEET
        if fault.kind is FaultKind.WRONG_CLOCK:
            self._offset = timedelta(seconds=fault.seconds)
        answer = door.respond(request, taken.wait_for_others if is_meeting else _at_once)
        match fault.kind:
            case FaultKind.DROP_AFTER_COMMIT:
                self._drop()
            case FaultKind.HOLD_AFTER_COMMIT:
                door.stopping.wait(fault.seconds)
                self._drop()
            case FaultKind.HTML_500_AFTER_COMMIT:
                self._send(crash_answer())
            case FaultKind.TRUNCATED:
                self._send(answer, cut_at=len(answer.body) // 2)
            case FaultKind.GARBAGE:
                self._send(Answer(answer.status, b"\x00\xff{" + secrets.token_bytes(64), answer.content_type))
            case FaultKind.ENDLESS:
                self._send_forever(answer)
            case _:
                self._send(answer)

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers:
            self.send_header(name, value)

    def _send(self, answer: Answer, cut_at: int | None = None) -> None:
        self._head(answer)
        self.send_header("Content-Length", "0" if answer.status == 304 else str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status != 304:
            self.wfile.write(answer.body if cut_at is None else answer.body[:cut_at])
        self.wfile.flush()
        if cut_at is not None:
            self._hang_up()

    def _send_forever(self, answer: Answer) -> None:
        self._head(answer)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece = b"[" * 65536
        with contextlib.suppress(OSError):  # the caller has had enough, as it must
            while not self.server.door.stopping.is_set():
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
        self._drop()

    def _hear_out(self) -> None:
        # A close with unread bytes is a reset, which can overtake the answer: so read on for a moment first.
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_PATIENCE_S)
            for _ in range(_MAX_BODY // 65536):
                if not self.connection.recv(65536):
                    break

    def _drop(self) -> None:
        # Lingering zero makes the close a reset, so that the caller cannot take it for an empty answer.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        _shut(self.connection)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was first
        connection.shutdown(socket.SHUT_RDWR)


def _at_once() -> None:
    """Wait for no one."""
