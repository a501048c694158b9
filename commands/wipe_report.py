# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The signed daily report of the proof of wiping, for the privacy officer: places, kinds and counts, nobody's data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from commands.joining import data_dir
from domain.errors import SettingsError
from domain.ports import Clock
from domain.settings import Settings
from sync.custody import in_custody
from sync.shared_folder import fit, make_folder
from sync.signing import signed, signing_key, verified

FOLDER = "reports"
KEY = "device-signing.key"


def write_report(settings: Settings, found: Mapping[str, Any], clock: Clock) -> Path:
    """Write it, whole or not at all; give where it is. Raises: SealingError."""
    now = clock.now()
    report = {"format": 1, "device": settings.device.id, "at": now.isoformat(timespec="seconds"), **found}
    folder = data_dir(settings) / FOLDER
    make_folder(folder)
    path = folder / f"wipe-{now:%Y-%m-%d}.json"
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fit(descriptor, folder)
        file.write(signed(report, signing_key(in_custody(data_dir(settings) / KEY))))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def last_report_at(folder: Path) -> datetime | None:
    """Tell when the last proof was signed for; None when there is none that can be read."""
    reports = sorted((folder / FOLDER).glob("wipe-*.json"))
    try:
        return datetime.fromisoformat(json.loads(reports[-1].read_bytes())["report"]["at"]) if reports else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_report(settings: Settings, file: Path) -> Mapping[str, Any]:
    """Give a report that this device signed and nobody changed. Raises: SealingError, SettingsError."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file.name} cannot be read: {error.strerror}", "name a report") from None
    key = in_custody(data_dir(settings) / KEY)
    return verified(text, bytes(signing_key(key).verify_key) if key.exists() else None)
