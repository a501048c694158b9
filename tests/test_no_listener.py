# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing of Loket waits for calls from the network: there is no port to knock at."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import AuthenticationError
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QCoreApplication

from kiosk.together.line import NOTE, Waiting, go_to, waiting_visit
from sync.practice.server import Door, PracticeServer
from tests.fakes.clock import FakeClock

HOUSE = ("assisted", "commands", "domain", "i18n", "kiosk", "resources", "sync")
# What listens, and on what: the practice case system on this machine only; the proof of wiping, and a visit that asked
# for a helper, on a file in a folder of their own; the sync service, for desks, on a file beside the data.
ALLOWED = {"sync/practice/server.py", "commands/wipe_proof.py", "kiosk/together/line.py", "sync/desk_channel.py"}
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
        elif isinstance(node, ast.ImportFrom) and node.module == "multiprocessing.connection":
            yield from (node.lineno for each in node.names if each.name == "Listener")
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


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a named pipe")
def test_a_visit_waits_for_its_helper_in_a_folder_that_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    waiting = Waiting(tmp_path / "data")
    waiting.open()
    try:
        meeting = waiting_visit(tmp_path / "data")
        assert meeting is not None
        socket = Path(meeting.address)
        assert socket.is_relative_to(temp)
        assert socket.is_socket()
        assert [file.stat().st_mode & 0o077 for file in (socket, socket.parent, tmp_path / "data" / NOTE)] == [0, 0, 0]
        with pytest.raises((AuthenticationError, EOFError, OSError)):
            go_to(replace(meeting, key=b"another key"))
    finally:
        waiting.close()
    assert list(temp.iterdir()) == []
    assert not (tmp_path / "data" / NOTE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a named pipe")
def test_a_visit_waits_beside_the_data_where_the_desk_is_another_user(tmp_path: Path, qapp: QCoreApplication) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o2770)
    killed = data / "together-00000000"
    killed.touch()
    waiting = Waiting(data)
    waiting.open()
    try:
        meeting = waiting_visit(data)
        assert meeting is not None
        assert Path(meeting.address).parent == data
        assert [file.stat().st_mode & 0o777 for file in (Path(meeting.address), data / NOTE)] == [0o660, 0o660]
        go_to(meeting).close()
        with pytest.raises((AuthenticationError, EOFError, OSError)):
            go_to(replace(meeting, key=b"another key"))
    finally:
        waiting.close()
    assert list(data.iterdir()) == []


def test_the_practice_case_system_answers_this_machine_only() -> None:
    with PracticeServer(0, Door(respond=_nothing, now=FakeClock().now)) as server:
        assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "code",
    ["from PySide6.QtNetwork import QTcpServer\nQTcpServer()", "import socket\nsocket.socket().bind(('', 80))",
     "from multiprocessing.connection import Listener\nListener(('', 80))",
     "import http.server as web\nweb.HTTPServer(('', 80), None)"],
)  # fmt: skip
def test_finds_a_port_that_is_planted(code: str) -> None:
    assert list(_listeners(code))
