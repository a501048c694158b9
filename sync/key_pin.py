# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which public key this device seals to, countersigned by the device: a key file that somebody swaps seals nothing.

The record lies beside the store, with the public half of the device's signing key; the audit log knows the key that
seals (`commands.watched`). Whoever swaps all of them for his own needs no secret, but has five minutes: then the sync
service signs again with the real key, and a window sees that the public half is another's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from nacl.signing import SigningKey

from domain.errors import SealingError
from sync.sealing import PublicSealer
from sync.shared_folder import fit
from sync.signing import signed, verified

RECORD = "trusted-key.json"
DEVICE_PUBLIC = "device-signing.pub"
GUARD_REPORT = "audit.json"  # what the sync service found last, signed with the key itself


def trust(folder: Path, sealers: Sequence[PublicSealer], key: SigningKey, now: datetime) -> None:
    """Countersign the key that seals from now on; while keys are changed, the old one and the new one."""
    said = {
        "format": 1,
        "trusted_keys": [sealer.key_id for sealer in sealers],
        "fingerprints": [fingerprint(sealer) for sealer in sealers],
        "at": now.isoformat(timespec="seconds"),
    }
    _write(folder / DEVICE_PUBLIC, base64.b64encode(bytes(key.verify_key)))
    _write(folder / RECORD, signed(said, key))
    if not _is_guarded_by(folder, bytes(key.verify_key)):  # of a key that was lost; the next round leaves another
        (folder / GUARD_REPORT).unlink(missing_ok=True)


def is_trusted(folder: Path) -> bool:
    """Tell whether this device countersigned a key at all."""
    return (folder / RECORD).exists()


def is_record_of(folder: Path, key: SigningKey) -> bool:
    """Tell whether this very key countersigned, and the public half that lies there is its own."""
    public = bytes(key.verify_key)
    try:
        verified((folder / RECORD).read_bytes(), public)
        return device_public(folder) == public
    except (OSError, SealingError):
        return False


def check_trusted(folder: Path, sealer: PublicSealer, is_known: bool) -> None:
    """Hold the key that is about to seal against the record; `is_known` says that there must be one.

    Raises: SealingError when it is another key, or the record was changed or taken away.
    """
    try:
        text = (folder / RECORD).read_bytes()
    except FileNotFoundError:
        if is_known:
            raise SealingError(
                f"{RECORD} is gone: nobody says which key may seal", "look why, then `loket keys trust`"
            ) from None
        return
    except OSError:
        raise SealingError(f"{RECORD} cannot be read", "look at its owner and mode") from None
    public = device_public(folder)
    said = verified(text, public)
    _check_guard(folder, public)
    if fingerprint(sealer) not in said.get("fingerprints", ()):
        raise SealingError(
            "the public key is not the one that this device trusts",
            "was it swapped? if it is right, say so: `loket keys trust`",
        )


def _check_guard(folder: Path, public: bytes) -> None:
    """Hold the public half against what the sync service signs every few minutes: it cannot be swapped for long.

    Raises: SealingError.
    """
    if not _is_guarded_by(folder, public):
        raise SealingError(
            f"{DEVICE_PUBLIC} is not of the key that signs here", "was it swapped? if it is right: `loket keys trust`"
        )


def _is_guarded_by(folder: Path, public: bytes) -> bool:
    try:
        text = (folder / GUARD_REPORT).read_bytes()
    except FileNotFoundError:
        return True  # before its first round
    except OSError:
        raise SealingError(f"{GUARD_REPORT} cannot be read", "look at its owner and mode") from None
    try:
        verified(text, public)
    except SealingError:
        return False
    return True


def fingerprint(sealer: PublicSealer) -> str:
    """Give the whole sum of a public key."""
    return hashlib.sha256(sealer.public_key).hexdigest()


def device_public(folder: Path) -> bytes:
    """Give the public half of this device's signing key, for who may not read the key itself.

    Raises: SealingError.
    """
    try:
        return base64.b64decode((folder / DEVICE_PUBLIC).read_bytes(), validate=True)
    except (OSError, binascii.Error, ValueError):
        raise SealingError(f"{DEVICE_PUBLIC} is gone or changed", "look why, then `loket keys trust`") from None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o644)
    fit(draft, path.parent, is_secret=True)  # readable by all, written by its owner
    draft.replace(path)
