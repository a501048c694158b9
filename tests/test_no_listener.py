# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing of Loket waits for calls from the network: there is no port to knock at."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from sync.practice.server import Door, PracticeServer
from tests.fakes.clock import FakeClock

HOUSE = ("assisted", "commands", "domain", "i18n", "kiosk", "resources", "sync")
# What listens, and on what: the practice case system on this machine only, the proof of wiping on a file in its folder.
ALLOWED = {"sync/practice/server.py", "commands/wipe_proof.py"}
SERVERS = {
    "BaseServer", "HTTPServer", "QLocalServer", "QTcpServer", "QWebSocketServer", "TCPServer", "ThreadingHTTPServer",
    "UDPServer", "UnixStreamServer", "create_server", "make_server", "start_server",
}  # fmt: skip


def _nothing(*_asked: object) -> NoReturn:
    raise AssertionError("nobody calls here")


def _listeners(code: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(code)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in SERVERS:
            yield node.lineno  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "bind":
            yield node.lineno


def test_no_program_of_loket_opens_a_port(repository: Path) -> None:
    files = [repository / "main.py", *(file for folder in HOUSE for file in (repository / folder).rglob("*.py"))]
    listening = {
        file.relative_to(repository).as_posix() for file in files if any(_listeners(file.read_text(encoding="utf-8")))
    }
    assert listening == ALLOWED


def test_the_proof_of_wiping_listens_on_a_file(repository: Path) -> None:
    code = (repository / "commands/wipe_proof.py").read_text(encoding="utf-8")
    assert "socket.socket(socket.AF_UNIX)" in code
    assert "AF_INET" not in code


def test_the_practice_case_system_answers_this_machine_only() -> None:
    with PracticeServer(0, Door(respond=_nothing, now=FakeClock().now)) as server:
        assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "code",
    ["from PySide6.QtNetwork import QTcpServer\nQTcpServer()", "import socket\nsocket.socket().bind(('', 80))",
     "import http.server as web\nweb.HTTPServer(('', 80), None)"],
)  # fmt: skip
def test_finds_a_port_that_is_planted(code: str) -> None:
    assert list(_listeners(code))
