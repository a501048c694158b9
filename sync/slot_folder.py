# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder in which the devices of one location tell each other which places they gave away (`[desk] slots_folder`).

Each device writes its own file and reads those of the others: slot, day, hour, a code; no person. Whatever lies there
that is not understood is passed over: another's file never stops anything here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from domain.slot_plan import Booking

FORMAT = 1
LARGEST = 500_000  # bytes of one file
MOST_FILES, MOST_BOOKINGS, LONGEST_SLOT, MOST_PLACES = 100, 2000, 600, 1000
_PREFIX, _SUFFIX = "loket-uren-", ".json"
_DEVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CODE = re.compile(r"[A-Z0-9]{4}")


def write_own(folder: Path, device_id: str, bookings: Sequence[Booking]) -> None:
    """Tell the others what this device gave away; whole or not at all, and only when it is something else.

    Raises: OSError.
    """
    path = folder / f"{_PREFIX}{device_id}{_SUFFIX}"
    said = {
        "format": FORMAT,
        "bookings": [
            {
                "code": one.code,
                "slot": one.slot,
                "on": one.on.isoformat(),
                "at": one.at.isoformat(),
                "places": one.places,
            }
            for one in bookings
        ],
    }
    written = json.dumps(said, ensure_ascii=False, indent=1).encode()
    if path.is_file() and path.read_bytes() == written:
        return  # a synchronised folder carries nothing round for nothing
    beside = folder / f".{_PREFIX}{device_id}.part"
    beside.write_bytes(written)
    os.replace(beside, path)  # noqa: PTH105  in one step, also on a share


def read_others(folder: Path, device_id: str) -> tuple[Booking, ...]:
    """Give what the other devices gave away, as far as it can be read.

    Raises: OSError when the folder itself cannot be read.
    """
    found: list[Booking] = []
    paths = sorted(path for path in folder.iterdir() if path.name.startswith(_PREFIX) and path.suffix == _SUFFIX)
    for path in paths[:MOST_FILES]:
        other = path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
        if other != device_id and _DEVICE.fullmatch(other):
            found += _bookings(path, other)
    return tuple(found)


def _bookings(path: Path, device_id: str) -> Iterator[Booking]:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return
        said = json.loads(path.read_bytes())
        listed = said["bookings"] if said["format"] == FORMAT else []
        listed = listed[:MOST_BOOKINGS] if isinstance(listed, list) else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    for one in listed:
        booking = _booking(one, device_id)
        if booking is not None:
            yield booking


def _booking(said: object, device_id: str) -> Booking | None:
    if not isinstance(said, dict):
        return None
    try:
        code, slot, places = said["code"], said["slot"], said["places"]
        on, at = date.fromisoformat(said["on"]), datetime.fromisoformat(said["at"])
    except (KeyError, TypeError, ValueError):
        return None
    is_text = isinstance(code, str) and isinstance(slot, str) and "\0" not in slot
    if not is_text or not _CODE.fullmatch(code) or len(slot) > LONGEST_SLOT or at.tzinfo is None:
        return None
    if isinstance(places, bool) or not isinstance(places, int) or not 0 < places <= MOST_PLACES:
        return None
    try:
        slot.encode()
        at.astimezone()
    except (UnicodeError, OverflowError, OSError):
        return None
    return Booking(code, slot, on, at, places, device_id)
