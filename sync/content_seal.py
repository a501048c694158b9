# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's signature under content (Ed25519), and its pair of keys.

The private key stays with who may publish content; a device holds the public one only.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.content_package import ContentManifest, as_table, from_table
from domain.errors import ContentForgedError, ContentUnreadableError
from sync.key_files import place_signing_pair, read_key

_PUBLIC = "loket-content-public-key-1"
_PRIVATE = "loket-content-private-key-1"
_FOR = b"loket-content-1\n"  # what else is ever signed with this key is no content


def make_content_keys(public_path: Path, private_path: Path) -> None:
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


def sealed(manifest: ContentManifest, key: SigningKey) -> tuple[bytes, bytes]:
    """Give the signature and the bytes under it.

    Raises: ContentUnreadableError when no device would take it.
    """
    table = as_table(from_table(as_table(manifest)))
    content = (json.dumps(table, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
    return key.sign(_FOR + content, RawEncoder).signature, content


def opened(signature: bytes, content: bytes, key: VerifyKey) -> ContentManifest:
    """Give the manifest when its signature fits; only then is it read.

    Raises: ContentForgedError, ContentUnreadableError.
    """
    try:
        key.verify(_FOR + content, signature)
    except (CryptoError, ValueError, TypeError):
        raise ContentForgedError(
            "the signature does not fit the key of [content]", "was it changed, or signed with another key?"
        ) from None
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        raise ContentUnreadableError("the manifest is no JSON", "make one with `loket content build`") from None
    return from_table(table)


def sum_of(content: bytes) -> str:
    """Give the sum by which the same package is known again."""
    return hashlib.sha256(content).hexdigest()


def name_of(key: VerifyKey) -> str:
    """Give the name under which a device notes down what it took from this key."""
    return hashlib.sha256(bytes(key)).hexdigest()[:16]
