# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signed heads of the audit log: how long it is and with which hash it ends, in words of the device (Ed25519).

Each stands in the log itself and in a file beside the store, so that neither can be cut off, put back or replaced
without the other; the newest goes out with the heartbeat, so that a copy elsewhere tells of a device that was put back
as a whole. Retention leaves one too, and a person who looked at what was found.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.errors import StoreError
from sync import audit_log
from sync.database import Database, stamp
from sync.shared_folder import fit

_MOST_BYTES = 64 * 1024 * 1024


class HeadKind(StrEnum):
    """Why it was signed; the event of its line in the log."""

    SIGNED = "signed"
    CUT = "lines-removed"  # by retention: the log begins after it
    ACCEPTED = "accepted"  # a person looked at what was found: the log is judged from here on


EVENTS = frozenset(kind.value for kind in HeadKind)


@dataclass(frozen=True, slots=True)
class Head:
    """What is signed: after the line with this number the log had this hash."""

    kind: HeadKind
    number: int
    hash: str  # hex
    at: str
    signature: str  # base64

    def is_of(self, key: VerifyKey) -> bool:
        """Tell whether the device with this key signed it."""
        try:
            key.verify(_content(self.kind, self.number, self.hash, self.at), base64.b64decode(self.signature))
        except (CryptoError, ValueError, binascii.Error):
            return False
        return True


def file_of(store: Path) -> Path:
    """Give the file beside a store that holds its heads."""
    return store.with_suffix(".heads")


def of_line(line: audit_log.Line) -> Head | None:
    """Read a head from its line in the log; None when the line is none."""
    if line.event not in EVENTS:
        return None
    parts = line.detail.split(" ")
    if len(parts) != 3 or not parts[0].isdecimal():
        return None
    return Head(HeadKind(line.event), int(parts[0]), parts[1], line.at, parts[2])


def in_file(file: Path) -> Sequence[Head]:
    """Give the heads of the file, in order; a line that cannot be read is left out, so that the log has one more."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return ()
        rows = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    found = []
    for row in rows:
        with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
            said = json.loads(row)
            kind, number = HeadKind(said["kind"]), int(said["number"])
            found.append(Head(kind, number, str(said["hash"]), str(said["at"]), str(said["signature"])))
    return found


def sign(
    database: Database,
    key: SigningKey,
    now: datetime,
    kind: HeadKind = HeadKind.SIGNED,
    before: Callable[[sqlite3.Connection], int | None] | None = None,
) -> Head | None:
    """Sign how the log stands, in the log and in the file; None when it is empty.

    `before` does what belongs to it in the same transaction, and may name an earlier line to sign for.

    Raises: StoreError and its kinds.
    """
    with database.writing() as connection:
        number = before(connection) if before is not None else None
        last = audit_log.newest(connection) if number is None else audit_log.line_at(connection, number)
        if last is None:
            return None
        at = stamp(now)
        signature = key.sign(_content(kind, last.number, last.hash.hex(), at), RawEncoder).signature
        head = Head(kind, last.number, last.hash.hex(), at, base64.b64encode(signature).decode())
        audit_log.append(connection, now, kind, "", f"{head.number} {head.hash} {head.signature}")
        if kind is HeadKind.CUT:
            connection.execute("DELETE FROM audit_log WHERE number <= ?", (head.number,))
    _add(file_of(database.path), [head])
    return head


def complete(file: Path, missing: Sequence[Head]) -> None:
    """Write into the file what only the log has, such as after a power cut between the two.

    Raises: StoreError.
    """
    _add(file, missing)


def _add(file: Path, heads: Sequence[Head]) -> None:
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as opened:
            size = opened.seek(0, os.SEEK_END)
            if not size:
                fit(descriptor, file.parent)
            torn = b""
            if size:
                opened.seek(size - 1)
                torn = b"" if opened.read(1) == b"\n" else b"\n"
            opened.write(torn + b"".join(_written(head) for head in heads))
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise StoreError("the heads of the log cannot be written beside the store", "look at the disk") from error


def _written(head: Head) -> bytes:
    said = {
        "kind": head.kind.value,
        "number": head.number,
        "hash": head.hash,
        "at": head.at,
        "signature": head.signature,
    }
    return json.dumps(said).encode() + b"\n"


def _content(kind: str, number: int, hash_: str, at: str) -> bytes:
    return json.dumps(["loket-audit-head-1", str(kind), number, hash_, at]).encode()
