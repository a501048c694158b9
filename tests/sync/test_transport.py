# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One call: what comes back, what went wrong, and what is never said."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.errors import DeliveryError, SettingsError, UnauthorisedError, UnreachableError
from sync.transport import NoAnswerError, RefusedError, ServerFailedError, Transport, check_address
from tests.contracts.openapi_contracts import Recorder
from tests.fakes.clock import FakeClock
from tests.sync.samples import MARK

JSON = "application/json"


@contextmanager
def server(status: int, body: bytes = b"{}", kind: str = JSON, **headers: str) -> Iterator[str]:
    """A server that always says the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/zaken/api/v1/zaken/{MARK}"
        finally:
            running.shutdown()
            thread.join()


def ask(url: str) -> object:
    transport = Transport(FakeClock(), read_timeout_s=5, largest_answer=10_000)
    try:
        return transport.call("GET", url, lambda _now: {"Authorization": f"Bearer {MARK}"}).data
    finally:
        transport.rest()


def test_gives_what_a_good_answer_says() -> None:
    with server(200, b'{"a": [1]}') as url:
        assert ask(url) == {"a": [1]}


@pytest.mark.parametrize(
    ("status", "kind", "body", "expected"),
    [
        (200, "text/html", b"<html>Log in</html>", ServerFailedError),
        (200, JSON, b"{not json", ServerFailedError),
        (200, JSON, b'"a text"', ServerFailedError),
        (200, JSON, b"[" * 9000, ServerFailedError),
        (200, JSON, b"{" + b" " * 20_000 + b"}", ServerFailedError),
        (302, "text/html", b"", ServerFailedError),
        (308, JSON, b"{}", ServerFailedError),
        (400, JSON, b'{"code": "invalid"}', RefusedError),
        (404, JSON, b'{"code": "not_found"}', RefusedError),
        (404, "text/html", b"<html>", ServerFailedError),
        (413, "text/html", b"<html>", RefusedError),
        (401, JSON, b"{}", UnauthorisedError),
        (403, "text/html", b"<html>", UnauthorisedError),
        (429, JSON, b"{}", ServerFailedError),
        (500, "text/html", b"<html>Server Error (500)", ServerFailedError),
        (503, JSON, b"{}", ServerFailedError),
    ],
)
def test_says_what_kind_of_failure_it_was(status: int, kind: str, body: bytes, expected: type[DeliveryError]) -> None:
    with server(status, body, kind, Location="http://127.0.0.1:9/elsewhere") as url, pytest.raises(expected) as caught:
        ask(url)
    assert caught.value.waiting_helps is issubclass(expected, UnreachableError)
    assert caught.value.server_replied


def test_never_repeats_what_the_server_or_the_call_said() -> None:
    problem = {
        "code": "invalid",
        "title": MARK,
        "detail": f"{MARK} is wrong",
        "invalidParams": [
            {"name": f"{MARK} x", "code": f"{MARK} y", "reason": MARK},
            {"name": "identificatie", "code": "identificatie-niet-uniek", "reason": MARK},
            "no object",
        ],
    }
    with server(400, json.dumps(problem).encode()) as url, pytest.raises(RefusedError) as caught:
        ask(url)
    assert MARK not in f"{caught.value}{caught.value!r}{caught.value.__cause__!r}"
    assert "identificatie-niet-uniek" in str(caught.value)
    assert caught.value.codes == {"invalid", "identificatie-niet-uniek"}


def test_says_that_nothing_was_sent_when_nobody_listens() -> None:
    with pytest.raises(NoAnswerError) as caught:
        ask(f"http://127.0.0.1:9/{MARK}")
    assert not caught.value.may_have_arrived
    assert not caught.value.server_replied
    assert MARK not in f"{caught.value}"


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7), ("99999999", 0), ("999999", 3600), ("soon", 0), ("-1", 0)])
def test_waits_as_long_as_a_busy_server_asks_within_reason(asked: str, seconds: int) -> None:
    with server(503, Retry_After=asked) as url, pytest.raises(ServerFailedError) as caught:
        ask(url)
    assert caught.value.retry_after.total_seconds() == seconds


@pytest.mark.parametrize("date", ["", "no date", "Tue, 99 Nov 2026 09:30:00 GMT"])
def test_takes_an_answer_without_a_usable_date(date: str) -> None:
    with server(200, Date=date) as url:
        assert ask(url) == {}


def test_looks_for_no_password_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    recorder = Recorder()
    with server(200) as url:
        transport = Transport(FakeClock(), 5)
        recorder.watch(transport.session)
        transport.call("GET", url, lambda _now: {"Authorization": "Bearer ours"})
        transport.rest()
    assert [request.headers["authorization"] for request in recorder.seen] == ["Bearer ours"]


@pytest.mark.parametrize("url", ["http://zaken.invalid/", "ftp://127.0.0.1/", "zaken", "https:///x", ""])
def test_refuses_an_address_without_tls(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, _port: object) -> object:
        assert host == "zaken.invalid"
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with pytest.raises(SettingsError, match=r"sync\.zaken"):
        check_address("sync.zaken", url)


@pytest.mark.parametrize("url", ["https://zaken.example/", "http://127.0.0.1:8000/", "http://localhost:1/"])
def test_takes_tls_and_this_machine(url: str) -> None:
    check: Callable[[str, str], None] = check_address
    check("sync.zaken", url)


@contextmanager
def drip(head: bytes, piece: bytes, pause_s: float) -> Iterator[str]:
    """A server whose answer never ends."""
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with suppress(OSError):
                near, _ = door.accept()
                with near:
                    near.recv(65536)
                    near.sendall(head)
                    while not is_over.wait(pause_s):
                        near.sendall(piece)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/zaken"
        finally:
            is_over.set()
            door.close()
            thread.join(10)


@pytest.mark.parametrize(
    ("head", "piece", "pause_s"),
    [
        (b"Content-Length: 104857600", b" " * 100_000, 0.0),
        (b"Content-Length: 104857600", b" ", 0.01),
        (b"Transfer-Encoding: chunked", b"1\r\n \r\n", 0.01),
        (b"Connection: close", b" ", 0.01),
    ],
)
def test_cuts_off_an_answer_of_100_mb_and_one_that_drips_for_ever(head: bytes, piece: bytes, pause_s: float) -> None:
    began = time.monotonic()
    transport = Transport(FakeClock(), read_timeout_s=20, longest_answer_s=0.3)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + head + b"\r\n\r\n"
    with drip(answer, piece, pause_s) as url, pytest.raises(ServerFailedError, match="no end"):
        transport.call("GET", url, lambda _now: {})
    transport.rest()
    assert time.monotonic() - began < 15, "far less than the time-out of a read, which each byte begins anew"


def test_uses_one_connection_for_many_calls() -> None:
    clients = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            clients.add(self.client_address)
            self.send_response(200)
            self.send_header("Content-Type", JSON)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        transport = Transport(FakeClock(), 5)
        for _ in range(5):
            transport.call("GET", f"http://127.0.0.1:{running.server_port}/", lambda _now: {})
        transport.rest()
        running.shutdown()
    assert len(clients) == 1
