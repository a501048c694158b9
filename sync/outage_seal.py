# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's signature under a message that closes services (Ed25519), and its pair of keys.

The private key stays with whoever may close a service; a device holds the public one only.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.errors import OutageForgedError, OutageUnreadableError
from domain.outage import OutageMessage, as_table, from_table
from sync.key_files import place_signing_pair, read_key

_PUBLIC = "loket-outage-public-key-1"
_PRIVATE = "loket-outage-private-key-1"
_FOR = b"loket-outage-1\n"  # what else is ever signed with this key is no such message


def make_outage_keys(public_path: Path, private_path: Path) -> None:
    """Write a new pair, the private one for the owner's eyes only.

    Raises: SealingError when either file is there already.
    """
    place_signing_pair(public_path, private_path, _PUBLIC, _PRIVATE)


def read_private(path: Path) -> SigningKey:
    """Read the key that signs.

    Raises: SealingError.
    """
    return SigningKey(read_key(path, _PRIVATE))


def read_public(path: Path) -> VerifyKey:
    """Read the key that a signature is held against.

    Raises: SealingError.
    """
    return VerifyKey(read_key(path, _PUBLIC))


def sealed(message: OutageMessage, key: SigningKey) -> bytes:
    """Give the file of a message."""
    table = as_table(from_table(as_table(message)))  # nothing is signed that a device would not take
    signature = key.sign(_content(table), RawEncoder).signature
    whole = {"outages": table, "signature": base64.b64encode(signature).decode()}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def parsed(text: bytes) -> Any:
    """Read JSON that anybody may have written.

    Raises: OutageUnreadableError.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise OutageUnreadableError("this is no JSON, or not all of it", "take the whole file again") from None


def opened(found: object, key: VerifyKey) -> OutageMessage:
    """Give the message when its signature fits.

    Raises: OutageUnreadableError, OutageForgedError.
    """
    if not isinstance(found, dict) or set(found) != {"outages", "signature"}:
        raise OutageUnreadableError("this is no message about outages", "make one with `loket outage make`")
    try:
        signature = base64.b64decode(found["signature"], validate=True)
        content = _content(found["outages"])
    except (ValueError, TypeError, RecursionError):
        raise OutageUnreadableError("the signature or the message is broken", "take the whole file again") from None
    try:
        key.verify(content, signature)
    except (CryptoError, ValueError, TypeError):
        raise OutageForgedError(
            "the signature does not fit the key of [outages]", "was it changed, or signed with another key?"
        ) from None
    return from_table(found["outages"])


def _content(table: object) -> bytes:
    return _FOR + json.dumps(table, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
