# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the audit log says of a row when it is written, so that a row changed afterwards is noticed.

Sums only: nothing of a citizen can be read from them, for the answers go in as they were sealed. Made before the
transaction, so that nobody waits for it. Who compares them is `sync.reconcile`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

_SIZE = 16  # a second row with the same sum is not found in the life of the universe

_SUBMISSION = ("case_id", "reference", "service_id", "service_version", "submitted_at", "key_id")
_VERSION = "service_version"
_FOLLOW_UP = ("follow_up_id", "case_id", "number", "kind", "made_at", "made_on", "key_id")


def of_submission(row: Mapping[str, Any]) -> str:
    """Sum up the columns that never change; `row` has those of submissions and `is_urgent`."""
    # JSON put together by hand: each confirm waits for it.
    said = [str(row[name]) if name == _VERSION else _quoted(row[name]) for name in _SUBMISSION]
    written = f"[{', '.join(said)}, {int(row['is_urgent'])}]"
    return _sum(written.encode() + row["code_salt"] + row["code_hash"])


def of_follow_up(row: Mapping[str, Any]) -> str:
    """Sum up what never changes of something that was added to a case."""
    return _sum(json.dumps([row[name] for name in _FOLLOW_UP]).encode())


def of_sealed(sealed: bytes) -> str:
    """Sum up a sealed part."""
    return _sum(sealed)


def of_address(identifier: str, address: str) -> str:
    """Sum up where a case lies at the case system: what is added later goes there."""
    return _sum(json.dumps([identifier, address]).encode())


def _sum(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=_SIZE).hexdigest()
