# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speaks the protocol of vpcd: puts a virtual card into the virtual reader of a real pcscd.

The driver listens; we connect, once for each time that a card is laid down. Each message begins with its length, two
bytes; one byte long it is an order to the reader's electronics, else a command APDU.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

from tests.kiosk.devices.emrtd.virtual.card import ATR, GoneError, SilentError, VirtualCard

PORT = 35963
_AGAIN_S = 0.05
_NOTICED_S = 3
_POWER_OFF, _POWER_ON, _RESET, _GIVE_ATR = b"\0", b"\1", b"\2", b"\4"


def connect(port: int = PORT) -> socket.socket:
    """Reach a virtual reader of this machine."""
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    line.settimeout(None)
    return line


class Lying:
    """A card that lies on the virtual reader until it is taken away, with a thread of its own.

    Whoever lies there stays there: a driver that lets go, or a pcscd that ends, finds it again.
    """

    def __init__(self, card: VirtualCard, connect_to: Callable[[], socket.socket]) -> None:
        self.card = card
        self._connect = connect_to
        self._line = connect_to()
        self._gone = Event()
        self.gone_at = 0.0
        self.left_by_itself = False
        self._thread = Thread(target=self._serve, name="virtual card", daemon=True)
        self._thread.start()

    def take_away(self) -> None:
        """Lift the card, and wait until the driver sees that it is gone."""
        self._gone.set()
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
        self._thread.join(_NOTICED_S)
        self._hang_up()
        self.gone_at = monotonic()

    def wait_until_gone(self, seconds: float | None = None) -> bool:
        """Wait for a card that leaves by itself."""
        return self._gone.wait(seconds)

    def _serve(self) -> None:
        while not self._gone.is_set():
            try:
                self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while True:
                    message = self._receive()
                    answer = self._answer(message)
                    if answer is not None:
                        self._line.sendall(len(answer).to_bytes(2, "big") + answer)
            except GoneError:
                self.left_by_itself = True
                self._gone.set()
            except OSError:
                self._gone.wait(_AGAIN_S)
            self._hang_up()
            self.card.reset()
            with suppress(OSError):
                if not self._gone.is_set():
                    self._line = self._connect()
        self._hang_up()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()

    def _receive(self) -> bytes:
        size = int.from_bytes(self._exactly(2), "big")
        return self._exactly(size)

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            # Linux forgets this after each use; without it each command waits 40 ms for an acknowledgement.
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = self._line.recv(count - len(data))
            if not part:
                raise ConnectionResetError
            data += part
        return data

    def _answer(self, message: bytes) -> bytes | None:
        if message in {_POWER_OFF, _POWER_ON, _RESET}:
            self.card.reset()
            return None
        if message == _GIVE_ATR:
            return ATR
        began = monotonic()
        try:
            answer = self.card.process(message)
        except SilentError:
            return None
        self._gone.wait(max(0, self.card.delay - (monotonic() - began)))
        return answer
