# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The device's own signature under what it reports (Ed25519); the key is made at the first report.

Whoever keeps the public key sees that a report was written by this device and not changed since.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.errors import SealingError
from sync.custody import is_closed
from sync.shared_folder import fit


def signing_key(path: Path) -> SigningKey:
    """Read the device's key, or make it, for the owner's eyes only.

    Raises: SealingError.
    """
    if is_closed(path):
        raise SealingError(f"systemd keeps {path.name} closed", "ask as root: `loket` then asks systemd for it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return SigningKey(base64.b64decode(path.read_text(encoding="ascii"), validate=True))
        made = SigningKey.generate()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            fit(descriptor, path.parent, is_secret=True)
            file.write(base64.b64encode(bytes(made)).decode())
            file.flush()
            os.fsync(file.fileno())
    except PermissionError:
        raise SealingError(f"{path.name} is for the sync service only", "ask as its user, or as root") from None
    except (OSError, ValueError, binascii.Error, CryptoError):
        raise SealingError(f"the signing key {path.name} cannot be used", "move it away; a new one is made") from None
    return made


def signed(report: Mapping[str, Any], key: SigningKey) -> bytes:
    """Give the report with its signature and the public key that it fits, as JSON."""
    content = _content(report)
    return json.dumps(
        {
            "report": report,
            "public_key": base64.b64encode(bytes(key.verify_key)).decode(),
            "signature": base64.b64encode(key.sign(content, RawEncoder).signature).decode(),
        },
        indent=2,
    ).encode()


def verified(text: bytes, public_key: bytes | None = None) -> Mapping[str, Any]:
    """Give the report when its signature fits; with `public_key` only when that device wrote it.

    Raises: SealingError.
    """
    try:
        found = json.loads(text)
        key = base64.b64decode(found["public_key"], validate=True)
        report: Mapping[str, Any] = found["report"]
        if public_key is not None and key != public_key:
            raise SealingError("another device signed this report", "compare with the key of this device")
        VerifyKey(key).verify(_content(report), base64.b64decode(found["signature"], validate=True))
    except (ValueError, KeyError, TypeError, CryptoError):
        raise SealingError("the report was changed, or is none", "take the one on the device") from None
    return report


def _content(report: Mapping[str, Any]) -> bytes:
    return json.dumps(report, sort_keys=True, separators=(",", ":")).encode()
