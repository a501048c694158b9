# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much fits through a reader: what it says of itself, and what is known of some that say too much."""

from __future__ import annotations

from kiosk.devices.emrtd.connection import SHORT_APDU, Limits

_LONGEST = 65_535
_STATUS = 2  # bytes of the status word, which come on top of an answer

# Part of the name, and the longest command in bytes: the message of the reader less its head of 10.
_KNOWN = (
    ("ACR122", SHORT_APDU),
    ("OMNIKEY 5022", 510),
    ("OMNIKEY 5427", 510),
    ("UTRUST 4701", 1024),
)


def limits_of(reader: str, *, max_input: int | None, longest_data: int | None) -> Limits:
    """Take the lowest of all that is known; where nothing says that long commands pass, only short ones go."""
    name = reader.upper()
    known = [limit for part, limit in _KNOWN if part in name]
    speaks_extended = longest_data is not None and longest_data > 256
    if not speaks_extended and (longest_data is not None or not any(limit > SHORT_APDU for limit in known)):
        return Limits()
    told = [max_input] if max_input is not None else []
    longest = min([_LONGEST, *known, *told])
    if longest <= SHORT_APDU:
        return Limits()
    return Limits(longest, longest - _STATUS)
