# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The flag that takes a device out of service: something of a visitor was found after the visit.

Set by the proof of wiping and by the supervisor; taken away by a proof that finds nothing. The window looks at it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

FLAG = "out-of-service.json"


def take_out_of_service(data_dir: Path, places: Sequence[str], now: datetime) -> None:
    """Close this device for visitors; names places only."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = data_dir / f".{FLAG}.new"
    draft.write_text(
        json.dumps({"since": now.isoformat(timespec="seconds"), "places": sorted(set(places))}), encoding="utf-8"
    )
    draft.replace(data_dir / FLAG)


def put_back_in_service(data_dir: Path) -> None:
    """Open it again."""
    (data_dir / FLAG).unlink(missing_ok=True)


def is_out_of_service(data_dir: Path | None) -> bool:
    """Tell whether this device is closed for visitors; a flag that cannot be read closes it too."""
    return data_dir is not None and (data_dir / FLAG).exists()


def places_found(data_dir: Path) -> tuple[str, ...]:
    """Give the places that were named, for staff."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        return tuple(str(place) for place in json.loads((data_dir / FLAG).read_text(encoding="utf-8"))["places"])
    return ()
