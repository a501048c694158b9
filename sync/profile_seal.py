# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's signature under a profile (Ed25519), its pair of keys, and which profile a device took last.

The private key stays with who may sign; a device holds the public one only. Whether a profile holds here and today is
`domain.profile`'s.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.errors import ProfileForgedError, ProfileUnreadableError
from domain.profile import SignedProfile, as_table, check_whole, from_table
from sync.key_files import place_signing_pair, read_key

LAST_TAKEN = "profile-taken.json"
_PUBLIC = "loket-profile-public-key-1"
_PRIVATE = "loket-profile-private-key-1"
_FOR = b"loket-profile-1\n"  # what else is ever signed with this key is no profile
_LARGEST = 16 * 1024


def make_profile_keys(public_path: Path, private_path: Path) -> None:
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


def sealed(profile: SignedProfile, key: SigningKey) -> bytes:
    """Give the file of a profile.

    Raises: ProfileUnreadableError when no device would take it.
    """
    check_whole(profile)
    table = as_table(profile)
    signature = key.sign(_content(table), RawEncoder).signature
    whole = {"profile": table, "signature": base64.b64encode(signature).decode()}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def opened(content: bytes, key: VerifyKey) -> SignedProfile:
    """Give the profile in a file when its signature fits.

    Raises: ProfileUnreadableError, ProfileForgedError.
    """
    try:
        found = json.loads(content[:_LARGEST])
        table, signature = found["profile"], base64.b64decode(found["signature"], validate=True)
        signed = _content(table)
        is_whole = set(found) == {"profile", "signature"}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ProfileUnreadableError(
            "this is no signed profile, or not all of it", "take the whole file again"
        ) from None
    try:
        key.verify(signed, signature)
    except (CryptoError, ValueError, TypeError):
        is_whole = False
    if not is_whole:
        raise ProfileForgedError(
            "the signature does not fit the key of this device", "was it changed, or signed with another key?"
        )
    return from_table(table)


def read_profile(path: Path, key: VerifyKey) -> SignedProfile:
    """Read the file of a profile.

    Raises: ProfileUnreadableError, ProfileForgedError.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise ProfileUnreadableError(f"{path.name} cannot be read", "look at its place and owner") from None
    return opened(content, key)


def last_taken(folder: Path, key: VerifyKey) -> int:
    """Give the highest serial that this device took from this key; 0 for none.

    Raises: ProfileUnreadableError when what was noted down is damaged: then nobody knows whether a profile is old.
    """
    try:
        content = (folder / LAST_TAKEN).read_text(encoding="ascii")
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeDecodeError):
        raise _damaged() from None
    try:
        serial = json.loads(content)[_name_of(key)]
    except KeyError:
        return 0
    except (ValueError, TypeError):
        raise _damaged() from None
    if isinstance(serial, bool) or not isinstance(serial, int):
        raise _damaged()
    return serial


def note_taken(folder: Path, key: VerifyKey, serial: int) -> None:
    """Note down which profile was taken, so that an older one is known from now on.

    Raises: ProfileUnreadableError when it cannot be written.
    """
    if serial <= last_taken(folder, key):
        return
    draft = folder / f".{LAST_TAKEN}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(json.dumps({_name_of(key): serial}), encoding="ascii")
        draft.replace(folder / LAST_TAKEN)
    except OSError:
        raise ProfileUnreadableError(f"{LAST_TAKEN} cannot be written", "look at the data folder") from None


def _damaged() -> ProfileUnreadableError:
    return ProfileUnreadableError(f"{LAST_TAKEN} is damaged", "check the profile, then take that file away")


def _name_of(key: VerifyKey) -> str:
    return hashlib.sha256(bytes(key)).hexdigest()[:16]


def _content(table: object) -> bytes:
    return _FOR + json.dumps(table, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
