# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns PINs and badges of the staff into what may be kept, by Argon2id and a key in a file beside the book.

A copy of the book without that file is worth nothing; with it, each guess at a PIN takes a good part of a second.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from nacl import exceptions, pwhash

from domain.errors import SealingError
from sync.draft_seal import stretched
from sync.shared_folder import fit

_KEY_BYTES = 32
OPS, MEMORY = 3, 64 * 1024 * 1024


def staff_key(path: Path) -> bytes:
    """Read the key, or make it, for the owner's eyes only.

    Raises: SealingError.
    """
    try:
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            key = path.read_bytes()
        else:
            key = secrets.token_bytes(_KEY_BYTES)
            with os.fdopen(descriptor, "wb") as file:
                fit(descriptor, path.parent)  # at the screen the window's user asks for it
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise SealingError(f"the key {path.name} cannot be used", "put the right one back, or add the staff anew")
    return key


class StaffSeal:
    """Closes and compares; a test makes it cheaper."""

    def __init__(self, key: bytes, *, ops: int = OPS, memory: int = MEMORY) -> None:
        self._key = key
        self._ops, self._memory = ops, memory
        self._nobody = self.pin_hash(secrets.token_hex(8))

    def pin_hash(self, pin: str) -> str:
        """Give what is kept of a PIN; two calls never give the same.

        Raises: SealingError when the machine has too little memory for it now.
        """
        try:
            return pwhash.argon2id.str(self._keyed(pin), self._ops, self._memory).decode("ascii")
        except exceptions.RuntimeError:
            raise _too_little_memory() from None

    def is_pin(self, pin_hash: str | None, pin: str) -> bool:
        """Tell whether this is the PIN; as slow for nobody's (None) as for somebody's.

        Raises: SealingError when the machine has too little memory for it now.
        """
        try:
            is_right = pwhash.verify((pin_hash or self._nobody).encode("ascii"), self._keyed(pin))
        except exceptions.InvalidkeyError:
            return False
        except exceptions.RuntimeError:
            raise _too_little_memory() from None
        return is_right and pin_hash is not None

    def badge_hash(self, badge: str, salt: bytes) -> bytes:
        """Give what a badge is found by; the same for the same badge on this device.

        Raises: SealingError when the machine has too little memory for it now.
        """
        return hmac.digest(self._key, stretched(badge, salt, self._ops, self._memory), hashlib.sha256)

    def _keyed(self, pin: str) -> bytes:
        return hmac.digest(self._key, pin.encode(), hashlib.sha256)


def _too_little_memory() -> SealingError:
    return SealingError("too little memory for a sign-in", "try again; see what else runs on this machine")
