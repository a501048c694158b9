# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import os
import socket
from pathlib import Path

import pytest

from commands.service_manager import READY, WELL, ServiceManager


def listening(address: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(address)
    line.settimeout(5.0)
    return line


@pytest.mark.parametrize("kind", ["file", "abstract"])
def test_tells_the_socket_that_was_named(kind: str, tmp_path: Path) -> None:
    name = str(tmp_path / "notify") if kind == "file" else f"@loket-test-{os.getpid()}"
    with listening(name.replace("@", "\0")) as line:
        manager = ServiceManager({"NOTIFY_SOCKET": name})
        manager.tell(READY)
        manager.tell(WELL)

        assert (line.recv(64), line.recv(64)) == (b"READY=1", b"WATCHDOG=1")


def test_what_is_started_later_does_not_speak_in_our_name() -> None:
    environment = {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1", "PATH": "/bin"}
    ServiceManager(environment)

    assert environment == {"PATH": "/bin"}


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}, {"NOTIFY_SOCKET": ""}])
def test_goes_on_where_nobody_listens(environment: dict[str, str]) -> None:
    ServiceManager(environment).tell(READY)
