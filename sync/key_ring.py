# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The private key of today and those before it: what was sealed to an old key still opens after `loket keys rotate`.

An old pair lies beside the new one, under its name with the key's id behind it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from domain.errors import SealingError
from sync.sealing import Opener, PublicSealer, make_key_pair, read_opener, read_sealer


class KeyRing:
    """Several private keys; the first is the one in use."""

    def __init__(self, openers: Sequence[Opener]) -> None:
        self._openers = {opener.key_id: opener for opener in openers}

    @property
    def key_ids(self) -> frozenset[str]:
        """Name all keys."""
        return frozenset(self._openers)

    def for_key(self, key_id: str) -> Opener:
        """Give the opener for what was sealed to a key.

        Raises: SealingError when it is not here.
        """
        found = self._openers.get(key_id)
        if found is None:
            raise SealingError(f"a submission needs key {key_id}, which is not here", "put it beside the private key")
        return found

    def open(self, sealed: bytes) -> bytes:
        """Open what does not say for which key it is sealed.

        Raises: SealingError when no key fits.
        """
        for opener in self._openers.values():
            try:
                return opener.open(sealed)
            except SealingError:
                continue
        raise SealingError("no key here opens this case", "put the old private keys beside the one in use")


def read_key_ring(private_path: Path) -> KeyRing:
    """Read the key in use and the old ones beside it.

    Raises: SealingError when any of them cannot be read.
    """
    older = sorted(private_path.parent.glob(f"{private_path.name}.*"))
    return KeyRing([read_opener(path) for path in [private_path, *older]])


def rotate(
    public_path: Path, private_path: Path, before_use: Callable[[PublicSealer], None] | None = None
) -> tuple[str, str]:
    """Put a new pair in use and keep the old one; give the old id and the new. `before_use` hears of the new key.

    Raises: SealingError.
    """
    old = read_opener(private_path).key_id
    drafts = public_path.with_name(f".{public_path.name}.new"), private_path.with_name(f".{private_path.name}.new")
    in_use = read_sealer(public_path).key_id
    if in_use != old:
        if (
            drafts[0].exists()
            and read_sealer(drafts[0]).key_id == old
            and in_use in read_key_ring(private_path).key_ids
        ):
            drafts[0].replace(public_path)  # a rotation was cut short between its two last steps
            return in_use, old
        raise SealingError("the two key files are of different pairs", "see `loket keys check`")
    for draft in drafts:
        draft.unlink(missing_ok=True)  # of a rotation that was cut short
    new = make_key_pair(*drafts)
    for path in (private_path, public_path):
        kept = path.with_name(f"{path.name}.{old}")
        if not kept.exists():
            os.link(path, kept)
    if before_use is not None:
        before_use(read_sealer(drafts[0]))
    # The private one first: cut short here, the old public key stays in use, and what it seals opens with the kept one.
    drafts[1].replace(private_path)
    drafts[0].replace(public_path)
    return old, new
