# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line between the sync service and a desk on one machine: where it is, who may speak, how a message looks.

Each side proves that it knows the key of the line before the other listens to it; a message is a JSON object of a
largest size. Nothing is ever unpickled: no `recv` and no `authkey` of `multiprocessing` is used here.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from domain.errors import CounterError
from sync.shared_folder import fit

NOTE = "desk-line.json"
"""In the data folder, for the user of Loket alone: where the sync service waits for desks, and the key of the line."""

LARGEST_REQUEST = 64 * 1024
LARGEST_REPLY = 160 * 1024 * 1024  # the largest file of a case, in base64
HANDSHAKE_S = 5.0
MESSAGE_S = 30.0
_NONCE = 32
_LONGEST_PATH = 100  # the system allows 107
_WORDS = {"desk": b"loket-desk-1", "sync": b"loket-sync-1"}

Message = dict[str, Any]


class WireError(Exception):
    """The other side is gone, is silent, or says what was not agreed."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where the sync service waits, and the key of the line."""

    address: str
    key: bytes


def new_meeting(data_dir: Path) -> Meeting:
    """Choose where to wait: beside the data, or where its path is too long for a socket in a folder of its own."""
    key = secrets.token_bytes(32)
    if sys.platform == "win32":
        return Meeting(rf"\\.\pipe\loket-{secrets.token_hex(16)}", key)
    path = data_dir / "desk-line"
    if len(os.fsencode(path)) > _LONGEST_PATH:
        path = Path(tempfile.mkdtemp(prefix="loket-desk-")) / "line"
    with contextlib.suppress(FileNotFoundError):
        path.unlink()  # of a service that was killed; the caller is the only one
    return Meeting(str(path), key)


def close_to_others(meeting: Meeting, data_dir: Path) -> None:
    """Let nobody come but this user, and where the data folder is shared with the window's user, that one.

    Raises: OSError.
    """
    if sys.platform == "win32":
        return
    path = Path(meeting.address)
    path.chmod(0o600)
    if path.parent == data_dir:
        fit(path, data_dir)


def write_note(data_dir: Path, meeting: Meeting) -> None:
    """Say where the service waits, in a file that only this user reads.

    Raises: OSError.
    """
    fresh = data_dir / f".{NOTE}.{secrets.token_hex(4)}"
    plain = json.dumps({"address": meeting.address, "key": meeting.key.hex()})
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(plain)
    fit(fresh, data_dir)
    fresh.replace(data_dir / NOTE)


def read_note(data_dir: Path) -> Meeting | None:
    """Give where the service waits; None where none does."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((data_dir / NOTE).read_text(encoding="ascii"))
        return Meeting(str(found["address"]), bytes.fromhex(found["key"]))
    return None


def leave(data_dir: Path, meeting: Meeting) -> None:
    """Take away what said where to come, when it is still ours."""
    if read_note(data_dir) == meeting:
        with contextlib.suppress(OSError):
            (data_dir / NOTE).unlink()
    if sys.platform == "win32":
        return
    path = Path(meeting.address)
    with contextlib.suppress(OSError):
        path.unlink()
    if path.parent != data_dir:
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def prove(connection: Connection, key: bytes, own: str) -> None:
    """Let each side prove that it has the key; `own` is "sync" or "desk". Nothing else was read before.

    Raises: WireError.
    """
    other = "desk" if own == "sync" else "sync"
    keep_time(connection, HANDSHAKE_S)
    mine = secrets.token_bytes(_NONCE)
    _send_bytes(connection, mine)
    theirs = _receive_bytes(connection, _NONCE, HANDSHAKE_S)
    _send_bytes(connection, _proof(key, own, mine, theirs))
    answer = _receive_bytes(connection, hashlib.sha256().digest_size, HANDSHAKE_S)
    if len(theirs) != _NONCE or not hmac.compare_digest(answer, _proof(key, other, theirs, mine)):
        raise WireError("somebody without the key")
    keep_time(connection, MESSAGE_S)


def _proof(key: bytes, who: str, own: bytes, other: bytes) -> bytes:
    return hmac.digest(key, _WORDS[who] + own + other, hashlib.sha256)


def keep_time(connection: Connection, seconds: float) -> None:
    """Let no read or write of this connection wait longer; a pipe of Windows gives whole messages anyway."""
    if sys.platform == "win32":
        return
    # The connection has no time-out of its own, and one that a slow peer stops in the middle would wait for ever.
    span = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, span)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, span)


def send(connection: Connection, message: Message, largest: int = LARGEST_REPLY) -> None:
    """Say something.

    Raises: WireError.
    """
    written = json.dumps(message).encode()
    if len(written) > largest:
        raise WireError("too much to say")
    _send_bytes(connection, written)


def receive(connection: Connection, largest: int, patience_s: float | None = None) -> Message:
    """Hear something; without a patience for as long as it takes until somebody begins to speak.

    Raises: WireError.
    """
    written = _receive_bytes(connection, largest, patience_s)
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        raise WireError("no message") from None
    if not isinstance(found, dict):
        raise WireError("no message")
    return found


def _send_bytes(connection: Connection, written: bytes) -> None:
    try:
        connection.send_bytes(written)
    except (OSError, ValueError, TypeError):
        raise WireError("the other side does not listen") from None


def _receive_bytes(connection: Connection, largest: int, patience_s: float | None) -> bytes:
    try:
        if not connection.poll(patience_s):
            raise WireError("the other side is silent")
        return connection.recv_bytes(largest)
    except (OSError, EOFError, ValueError, TypeError, MemoryError):
        raise WireError("the other side is gone, or says too much") from None


def hang_up(connection: Connection) -> None:
    """End a connection for both sides; closing alone would leave a thread that waits for it waiting."""
    with contextlib.suppress(OSError, ValueError):
        cut(connection)
        connection.close()


def cut(connection: Connection) -> None:
    """End a connection and leave the closing to the thread that reads it: its number may not be another's meanwhile."""
    with contextlib.suppress(OSError, ValueError):
        if sys.platform == "win32":
            connection.close()
            return
        with socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def refusal(error: CounterError) -> Message:
    """Write what cannot be."""
    return {"error": {"says": error.says, "remedy": error.remedy}}


def refused(message: Message) -> CounterError | None:
    """Give what could not be."""
    error = message.get("error")
    if error is None:
        return None
    said = error if isinstance(error, dict) else {}
    return CounterError(str(said.get("says", "it cannot be done")), str(said.get("remedy", "try again")))


def file_in(message: Message) -> bytes:
    """Give the file of a reply.

    Raises: WireError.
    """
    try:
        return base64.b64decode(str(message.get("file", "")), validate=True)
    except ValueError:
        raise WireError("no file") from None


def with_file(content: bytes) -> Message:
    """Write a file."""
    return {"file": base64.b64encode(content).decode()}
