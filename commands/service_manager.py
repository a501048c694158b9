# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells systemd how we are (sd_notify): a datagram to the socket that it named; without one nobody is told.

What is started from here is not to speak in our name, so the names are taken out of the environment.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import MutableMapping

SOCKET = "NOTIFY_SOCKET"
_OURS = (SOCKET, "WATCHDOG_USEC", "WATCHDOG_PID")

READY = "READY=1"
WELL = "WATCHDOG=1"
STOPPING = "STOPPING=1"
LONGER = f"EXTEND_TIMEOUT_USEC={60 * 1_000_000}"  # the start goes on: wait a minute more


class ServiceManager:
    """The other end of the notify socket."""

    def __init__(self, environment: MutableMapping[str, str] = os.environ) -> None:
        self.environment = {name: environment[name] for name in _OURS if name in environment}  # for who takes our place
        named = environment.get(SOCKET, "")
        for name in _OURS:
            environment.pop(name, None)
        # A name that begins with @ is no file: Linux knows it by a zero byte.
        self._address = f"\0{named[1:]}" if named.startswith("@") else named

    def tell(self, word: str) -> None:
        """Say one thing; that nobody hears it is for the service manager to notice."""
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line,
        ):
            line.setblocking(False)
            line.sendto(word.encode("ascii"), self._address)
