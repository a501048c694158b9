# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Closes a draft with the code on the citizen's paper, which is kept nowhere (feature C25, decision 18).

Argon2id makes each guess dear, once for all: of what it gives, one part finds the draft and another opens it, and
neither tells the other.
"""

from __future__ import annotations

import hashlib
import secrets

from nacl import exceptions, pwhash
from nacl.secret import SecretBox

from domain.errors import SealingError

SALT_BYTES = 16
OPS, MEMORY = 3, 128 * 1024 * 1024  # 0.3 to 0.7 s on a kiosk's processor
_PAGE = 4096  # sealed drafts are whole pages long: their size does not tell which service it is


def new_salt() -> bytes:
    """Make a salt."""
    return secrets.token_bytes(SALT_BYTES)


def stretched(code: str, device_salt: bytes, ops: int = OPS, memory: int = MEMORY) -> bytes:
    """Give what a code is worth on this device; takes its time, so never on the UI thread.

    Raises: SealingError when the machine has too little memory for it now.
    """
    try:
        return pwhash.argon2id.kdf(32, code.encode(), device_salt, opslimit=ops, memlimit=memory)
    except exceptions.RuntimeError:
        raise SealingError("too little memory for a code", "try again; see what else runs on this machine") from None


def draft_id_of(secret: bytes) -> bytes:
    """Give what finds the draft: it opens nothing, and no guess at the code is cheaper by it."""
    return hashlib.blake2b(secret, digest_size=16, person=b"loket-draft-id").digest()


def seal(secret: bytes, salt: bytes, plain: bytes) -> bytes:
    """Close a draft; two calls never give the same."""
    length = len(plain).to_bytes(4, "big")
    padding = bytes(-(len(plain) + 4) % _PAGE)
    return bytes(SecretBox(_key(secret, salt)).encrypt(length + plain + padding))


def opened(secret: bytes, salt: bytes, sealed: bytes) -> bytes:
    """Open a draft.

    Raises: SealingError when it was changed.
    """
    try:
        padded = SecretBox(_key(secret, salt)).decrypt(sealed)
    except (exceptions.CryptoError, ValueError):
        raise SealingError("a draft was changed", "it cannot be opened any more") from None
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def _key(secret: bytes, salt: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=32, salt=salt, person=b"loket-draft-key").digest()
