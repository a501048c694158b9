# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A border round the machine: a test that reaches past the loopback fails, even where the code swallows errors."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideNetworkError(RuntimeError):
    """A test tried to leave the machine; not an OSError, so that no retry takes it for a broken cable."""


def close_the_border(patch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every address beyond the loopback; give the list in which each attempt is noted."""
    attempts: list[str] = []
    connect, connect_ex, sendto, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
        socket.getaddrinfo,
    )

    def check(host: object) -> None:
        if not _is_here(host):
            attempts.append(str(host))
            message = f"a test tried to reach {host}; only the loopback is allowed"
            raise OutsideNetworkError(message)

    def check_address(link: socket.socket, address: object) -> None:
        if link.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
            check(address[0])

    def guarded_connect(self: socket.socket, address: object) -> None:
        check_address(self, address)
        connect(self, address)  # type: ignore[arg-type]

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        check_address(self, address)
        return connect_ex(self, address)  # type: ignore[arg-type]

    def guarded_sendto(self: socket.socket, data: bytes, *rest: object) -> int:
        check_address(self, rest[-1])
        return sendto(self, data, *rest)  # type: ignore[call-overload, no-any-return]

    def guarded_look_up(host: object, *rest: Any, **named: Any) -> object:
        check(host)
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket.socket, "sendto", guarded_sendto)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    return attempts


def _is_here(host: object) -> bool:
    if host is None or host in {"", "localhost", b"localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
