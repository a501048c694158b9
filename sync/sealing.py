# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Closes submissions for the holder of one private key, and opens them again where that key lies.

X25519 sealed boxes (libsodium). A kiosk that only submits needs the public key alone; the private key is read by the
sync service and `loket open`, never by a window.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from domain.errors import SealingError, TamperedError
from domain.submission import Submission, SubmissionHeader, from_bytes
from sync.custody import is_closed
from sync.shared_folder import fit

_PUBLIC = "loket-public-key-1"
_PRIVATE = "loket-private-key-1"


def key_id_of(public_key: bytes) -> str:
    """Name a public key: the start of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


class PublicSealer:
    """Seals to one public key (`domain.ports.Sealer`)."""

    def __init__(self, public_key: bytes) -> None:
        self._box = SealedBox(PublicKey(public_key))
        self._key_id = key_id_of(public_key)
        self.public_key = public_key

    @property
    def key_id(self) -> str:
        """Name the key."""
        return self._key_id

    def seal(self, plain: bytes) -> bytes:
        """Give the sealed form; two calls never give the same."""
        return self._box.encrypt(plain)


class Opener:
    """Opens what was sealed to the public half of its key."""

    def __init__(self, private_key: bytes) -> None:
        key = PrivateKey(private_key)
        self._box = SealedBox(key)
        self.key_id = key_id_of(bytes(key.public_key))

    def for_key(self, _key_id: str) -> Opener:
        """Give the opener for what was sealed to a key: there is one only."""
        return self

    def open(self, sealed: bytes) -> bytes:
        """Give the plain form.

        Raises: SealingError when it was sealed for another key or was changed.
        """
        try:
            return self._box.decrypt(sealed)
        except CryptoError as error:
            raise SealingError(
                "a submission does not open with this key", "`loket keys check` names the key it needs"
            ) from error


def open_submission(header: SubmissionHeader, sealed: bytes, opener: Opener) -> Submission:
    """Open a row and hold its readable columns against what was sealed with them.

    Raises: SealingError when the key does not fit, TamperedError when the row was changed.
    """
    if header.key_id != opener.key_id:
        raise SealingError(
            f"a submission needs key {header.key_id}, this is key {opener.key_id}", "see `loket keys check`"
        )
    try:
        submission = from_bytes(opener.open(sealed))
    except SealingError:
        raise TamperedError("the sealed part was changed", "a person must look; keep the store") from None
    except ValueError:
        raise TamperedError("the sealed part is no submission", "a person must look; keep the store") from None
    if submission.header != header:
        raise TamperedError("the readable columns do not match the sealed part", "a person must look; keep the store")
    return submission


def make_key_pair(public_path: Path, private_path: Path) -> str:
    """Write a new key pair, the private one for the owner's eyes only; give its id.

    Raises: SealingError when either file is there already: a key that is overwritten opens nothing any more.
    """
    if public_path.exists() or private_path.exists():
        raise SealingError("a key file is there already", "move it away first, and keep it: it opens what is waiting")
    _generate(private_path)
    return restore_public_key(public_path, private_path)


def restore_public_key(public_path: Path, private_path: Path) -> str:
    """Write the public half beside a private key that has none; give the key's id."""
    public_key = bytes(PrivateKey(_read(private_path, _PRIVATE)).public_key)
    with contextlib.suppress(FileExistsError):
        _place(public_path, _text(_PUBLIC, public_key, public_key), 0o644)
    return key_id_of(public_key)


def ensure_key_pair(public_path: Path, private_path: Path) -> bool:
    """Make a pair when there is none at all; tell whether one was made. Safe when two processes start at once."""
    if public_path.exists():
        return False
    is_made = False
    if not private_path.exists():
        with contextlib.suppress(FileExistsError):
            _generate(private_path)
            is_made = True
    restore_public_key(public_path, private_path)
    return is_made


def read_sealer(public_path: Path) -> PublicSealer:
    """Read a public key file.

    Raises: SealingError.
    """
    return PublicSealer(_read(public_path, _PUBLIC))


def read_opener(private_path: Path) -> Opener:
    """Read a private key file.

    Raises: SealingError.
    """
    return Opener(_read(private_path, _PRIVATE))


def _generate(private_path: Path) -> None:
    private_key = PrivateKey.generate()
    _place(private_path, _text(_PRIVATE, bytes(private_key.public_key), bytes(private_key)), 0o600)


def _text(kind: str, public_key: bytes, key: bytes) -> str:
    return f"{kind}\nid {key_id_of(public_key)}\nkey {base64.b64encode(key).decode()}\n"


def _place(path: Path, text: str, mode: int) -> None:
    # Written whole under another name and then linked: a reader never sees half a key, an old one is never replaced.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            fit(descriptor, path.parent, is_secret=True)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()


def _read(path: Path, kind: str) -> bytes:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except FileNotFoundError as error:
        if is_closed(path):
            says, remedy = f"systemd keeps {path.name} closed", "ask as root: `loket` then asks systemd for it"
            raise SealingError(says, remedy) from error
        raise SealingError(f"the key file {path.name} is not there", "`loket keys create` makes a pair") from error
    except (OSError, ValueError) as error:
        raise SealingError(f"the key file {path.name} cannot be read", "look at its owner and mode") from error
    try:
        fields = dict(line.split(" ", 1) for line in lines[1:])
        key = base64.b64decode(fields["key"], validate=True)
        public_key = bytes(PrivateKey(key).public_key) if kind == _PRIVATE else bytes(PublicKey(key))
        is_right = lines[0] == kind and fields["id"] == key_id_of(public_key)
    except (IndexError, KeyError, ValueError, TypeError, binascii.Error, CryptoError):
        is_right, key = False, b""
    if not is_right:
        # Raised outside the handler: the original error could hold pieces of a private key.
        raise SealingError(f"the key file {path.name} is no {kind}", "is it the other half, or cut short?")
    return key
