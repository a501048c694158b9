# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The virtual card speaks with a driver as vpcd does, and by hand from the command line."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.kiosk.devices.emrtd.virtual.bad import SilentFrom
from tests.kiosk.devices.emrtd.virtual.card import ATR, VirtualCard
from tests.kiosk.devices.emrtd.virtual.profile import load
from tests.kiosk.devices.emrtd.virtual.vpcd import Lying, connect

ROOT = Path(__file__).parents[4]
SELECT_LDS1 = bytes.fromhex("00A4040C07A0000002471001")
POWER_ON, GIVE_ATR = b"\1", b"\4"
LATE_S = 30


class Driver:
    """The listening side, as small as can be."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(LATE_S)
        self.port: int = self._door.getsockname()[1]

    @contextmanager
    def card(self) -> Iterator[socket.socket]:
        line, _ = self._door.accept()
        line.settimeout(LATE_S)
        with line:
            yield line

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def driver() -> Iterator[Driver]:
    with closing(Driver()) as found:
        yield found


def tell(line: socket.socket, message: bytes) -> None:
    line.sendall(len(message).to_bytes(2, "big") + message)


def ask(line: socket.socket, message: bytes) -> bytes:
    tell(line, message)
    size = int.from_bytes(line.recv(2, socket.MSG_WAITALL), "big")
    return line.recv(size, socket.MSG_WAITALL)


def lay(card: VirtualCard, driver: Driver) -> Lying:
    return Lying(card, lambda: connect(driver.port))


def test_a_card_gives_its_name_and_answers(driver: Driver) -> None:
    lying = lay(VirtualCard(load("passport")), driver)
    with driver.card() as line:
        assert ask(line, GIVE_ATR) == ATR
        tell(line, POWER_ON)  # has no answer
        assert ask(line, SELECT_LDS1) == b"\x90\x00"
    lying.take_away()


def test_a_card_that_is_taken_away_hangs_up(driver: Driver) -> None:
    lying = lay(VirtualCard(load("passport"), removed_at=0), driver)
    with driver.card() as line:
        tell(line, SELECT_LDS1)
        assert line.recv(2) == b""
    assert lying.wait_until_gone(LATE_S)
    lying.take_away()


def test_a_card_that_lies_there_is_found_again_by_the_next_driver(driver: Driver) -> None:
    lying = lay(VirtualCard(load("passport")), driver)
    for _ in range(2):
        with driver.card() as line:
            assert ask(line, GIVE_ATR) == ATR
    lying.take_away()


def test_a_silent_card_still_lies_there(driver: Driver) -> None:
    lying = lay(SilentFrom(load("passport"), speaks=0), driver)
    with driver.card() as line:
        tell(line, SELECT_LDS1)
        assert ask(line, GIVE_ATR) == ATR
    lying.take_away()


def test_a_card_is_laid_down_by_hand(driver: Driver) -> None:
    command = (sys.executable, "-m", "tests.kiosk.devices.emrtd.virtual", "nik_2021", "--port", str(driver.port))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        with driver.card() as line:
            assert ask(line, GIVE_ATR) == ATR
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=LATE_S)
    assert "CAN 314159" in told


def test_a_port_where_nobody_listens_is_said() -> None:
    with closing(Driver()) as gone:
        port = gone.port
    command = (sys.executable, "-m", "tests.kiosk.devices.emrtd.virtual", "nik_2021", "--port", str(port))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "no virtual reader listens" in done.stderr) == (1, True)
