# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS before the practice back end, with a CA made for the test: proper certificates, wrong ones, and one for us.

A plain CONNECT proxy stands here too. All of it on the loopback address.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

DAYS = "2"


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA that exists for one test."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "ca.pem"

    def issue(self, name: str, host: str = "", days: str = DAYS) -> tuple[Path, Path]:
        """Make a key and a certificate for a host, or for a client; give (certificate, key)."""
        made, key, asked, says = (self.folder / f"{name}.{end}" for end in ("pem", "key", "csr", "ext"))
        says.write_text(f"subjectAltName={host}\n" if host else "extendedKeyUsage=clientAuth\n")
        _openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", asked, "-subj", f"/CN={name}")
        authority = ("-CA", self.file, "-CAkey", self.folder / "ca.key", "-CAcreateserial")
        _openssl("x509", "-req", "-in", asked, *authority, "-days", days, "-extfile", says, "-out", made)
        return made, key


def authority(folder: Path) -> Authority:
    """Make a CA."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificates of this test, and it is not here (apt: openssl)")
    folder.mkdir(parents=True)
    key, made = folder / "ca.key", folder / "ca.pem"
    _openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        made,
        "-days",
        DAYS,
        "-subj",
        "/CN=Test",
    )
    return Authority(folder)


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


@dataclass(slots=True)
class Pipe:
    """Takes connections and joins each to another port; notes what the other side said of itself."""

    port: int
    clients: list[str] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)


@contextmanager
def tls_before(port: int, certificate: tuple[Path, Path], clients_of: Authority | None = None) -> Iterator[Pipe]:
    """Speak TLS on a new port and pass on to another; with `clients_of` only for who shows a certificate of that CA."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    if clients_of is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(clients_of.file)

    def meet(pipe: Pipe, near: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(near, server_side=True) as inner:
            shown = inner.getpeercert()
            if shown:
                pipe.clients.append(str(shown["subject"]))
            with socket.create_connection(("127.0.0.1", port)) as far:
                _join(inner, far)

    with _listening(meet) as pipe:
        yield pipe


@contextmanager
def connect_proxy() -> Iterator[Pipe]:
    """A proxy that knows CONNECT only, and joins every name to this machine, as one with a DNS of its own would."""

    def meet(pipe: Pipe, near: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += near.recv(4096)
            method, target = head.split(b" ", 2)[:2]
            pipe.asked_for.append(f"{method.decode()} {target.decode()}")
            with socket.create_connection(("127.0.0.1", int(target.rsplit(b":", 1)[1]))) as far:
                near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                _join(near, far)

    with _listening(meet) as pipe:
        yield pipe


@contextmanager
def _listening(meet: Callable[[Pipe, socket.socket], None]) -> Iterator[Pipe]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        pipe = Pipe(door.getsockname()[1])
        threads: list[threading.Thread] = []

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    near, _ = door.accept()
                    thread = threading.Thread(target=_once, args=(near,), daemon=True)
                    threads.append(thread)
                    thread.start()

        def _once(near: socket.socket) -> None:
            with near:
                near.settimeout(10)
                meet(pipe, near)

        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        try:
            yield pipe
        finally:
            door.shutdown(socket.SHUT_RDWR)
            accepting.join(5)
            for thread in threads:
                thread.join(10)


def _join(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until either side is done."""

    def carry(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    back = threading.Thread(target=carry, args=(far, near), daemon=True)
    back.start()
    carry(near, far)
    back.join(10)
