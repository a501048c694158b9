# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps how often each text was understood, in one small file beside the store (`domain.ports.UnderstandingLog`).

Numbers only. A file that is damaged, full or away costs the numbers and nothing else: no visit ever notices.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from domain.understanding import Reply, Tally, TextVersion

FILE_NAME = "understanding.json"
_LARGEST = 256 * 1024
_SHAPE = ("right", "other", "skipped")


class UnderstandingFile:
    """The tallies of one device. Safe from any thread of one process; a second process at most loses one count."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def count(self, text: TextVersion, reply: Reply) -> None:
        """Count one reply; when that cannot be kept, it is not kept."""
        with self._lock, suppress(OSError):
            tallies = {**self.tallies(), text: self.tallies().get(text, Tally()).plus(reply)}
            self._write(tallies)

    def tallies(self) -> Mapping[TextVersion, Tally]:
        """Give all tallies; what cannot be read is left out."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return {}
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        rows = found.items() if isinstance(found, dict) else ()
        read = [(_version(key), _tally(row)) for key, row in rows]
        return {version: tally for version, tally in read if version is not None and tally is not None}

    def _write(self, tallies: Mapping[TextVersion, Tally]) -> None:
        """Put a whole new file in the place of the old one; its time tells nothing about when somebody was here."""
        rows = {
            f"{text.service_id} {text.version} {text.language}": [tally.right, tally.other, tally.skipped]
            for text, tally in sorted(tallies.items())
        }
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(rows, indent=0), encoding="utf-8")
        os.utime(new, (0, 0))
        new.replace(self._path)


def _version(key: str) -> TextVersion | None:
    service_id, _, rest = key.partition(" ")
    version, _, language = rest.partition(" ")
    if not (service_id and version.isascii() and version.isdigit() and language):
        return None
    return TextVersion(service_id, int(version), language)


def _tally(row: object) -> Tally | None:
    if not isinstance(row, list) or len(row) != len(_SHAPE):
        return None
    numbers = [number for number in row if isinstance(number, int) and not isinstance(number, bool) and number >= 0]
    return Tally(*numbers) if len(numbers) == len(_SHAPE) else None
