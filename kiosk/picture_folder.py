# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures of one folder: what a camera at the desk, or a scanner, puts there for the visitor of now.

Whoever sets `[kiosk] pictures_dir` sees to it that pictures of earlier visitors are gone; this reads and writes nothing
else. What may be kept of a file is `kiosk.picture_check`.
"""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.attachment import FileContent, ShelfPicture
from domain.errors import AttachmentError, AttachmentReason
from kiosk.picture_check import LARGEST_FILE, checked, preview_of

HERE = ZoneInfo("Europe/Amsterdam")
MOST_SHOWN = 12
_LOOKS_AT = 500  # a folder with more than this is not a visitor's
_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".pdf", ".heic", ".webp", ".gif", ".tif", ".tiff", ".bmp"})


class PictureFolder:
    """Lists and fetches. Used in the device lane; what it lists gets ids that mean nothing elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_id: dict[str, Path] = {}

    def pictures(self) -> tuple[ShelfPicture, ...]:
        """Give the newest pictures and papers; none when the folder cannot be read."""
        try:
            names = [Path(entry.path) for entry in os.scandir(self._folder) if _is_file(entry)][:_LOOKS_AT]
            newest = sorted(names, key=lambda path: path.stat().st_mtime, reverse=True)[:MOST_SHOWN]
        except OSError:
            return ()
        self._by_id = {f"p{number}": path for number, path in enumerate(newest, start=1)}
        return tuple(found for each, path in self._by_id.items() if (found := self._shown(each, path)) is not None)

    def fetch(self, picture_id: str) -> FileContent:
        """Give one, checked and cleaned.

        Raises: AttachmentError.
        """
        path = self._by_id.get(picture_id)
        if path is None:
            raise AttachmentError(AttachmentReason.GONE)
        return checked(_content(path))

    @staticmethod
    def _shown(picture_id: str, path: Path) -> ShelfPicture | None:
        try:
            taken = datetime.fromtimestamp(path.stat().st_mtime, HERE)
        except OSError:
            return None
        try:
            content = _content(path)
        except AttachmentError:
            content = b""  # shown without a picture; choosing it says what is wrong
        is_paper = path.suffix.lower() == ".pdf"
        return ShelfPicture(picture_id, f"{taken:%H.%M}", b"" if is_paper else preview_of(content), is_paper)


def _is_file(entry: os.DirEntry[str]) -> bool:
    is_hidden = entry.name.startswith(".")
    return not is_hidden and entry.is_file(follow_symlinks=False) and Path(entry.name).suffix.lower() in _ENDINGS


def _content(path: Path) -> bytes:
    """Read a file whole, never through a link, and never more than may be kept."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise AttachmentError(AttachmentReason.WRONG_TYPE)
            if status.st_size > LARGEST_FILE:
                raise AttachmentError(AttachmentReason.TOO_LARGE)
            return file.read(LARGEST_FILE + 1)
    except OSError:
        raise AttachmentError(AttachmentReason.GONE) from None
