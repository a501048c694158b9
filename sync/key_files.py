# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A signing key in a file of its own, which says what it is: half a pair of keys for messages, or for profiles.

What is signed with it is for `sync.outage_seal` and `sync.profile_seal`.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

from nacl.signing import SigningKey

from domain.errors import SealingError


def place_key(path: Path, kind: str, key: bytes, mode: int) -> None:
    """Write a key that is not there yet.

    Raises: FileExistsError, OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "w", encoding="ascii") as file:
        file.write(f"{kind}\nkey {base64.b64encode(key).decode()}\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path, kind: str) -> bytes:
    """Read a key of this kind.

    Raises: SealingError.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        raise SealingError(f"the key file {path.name} cannot be read", "look at its place and owner") from None
    try:
        found, key = lines[0], base64.b64decode(lines[1].removeprefix("key "), validate=True)
    except (IndexError, ValueError):
        found, key = "", b""
    if found != kind or len(key) != 32:
        # Raised outside the handler: the original error could hold pieces of a private key.
        raise SealingError(f"the key file {path.name} is no {kind}", "is it the other half, or cut short?")
    return key


def place_signing_pair(public_path: Path, private_path: Path, public_kind: str, private_kind: str) -> None:
    """Write a new pair to sign with, the private one for the owner's eyes only.

    Raises: SealingError when either file is there already.
    """
    key = SigningKey.generate()
    try:
        place_key(private_path, private_kind, bytes(key), 0o600)
        place_key(public_path, public_kind, bytes(key.verify_key), 0o644)
    except FileExistsError:
        raise SealingError("a key file is there already", "devices know it: use it, or name other files") from None
    except OSError:
        raise SealingError("the key files cannot be written", "look at the folder and its owner") from None
