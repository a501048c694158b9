# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where content lies in the data folder, and what changes there when other content is put in force.

For who must be quick: nothing is read, and nothing imported.
"""

from __future__ import annotations

from pathlib import Path

SHELF = "content"
NO_MARK = (0, 0)
_POINTER = "in-force.json"  # as `sync.content_shelf` calls it


def content_mark(data_dir: Path | None) -> tuple[int, int]:
    """Give a mark of the content in force; `NO_MARK` where no package was ever installed."""
    if data_dir is None:
        return NO_MARK
    try:
        found = (data_dir / SHELF / _POINTER).stat()
    except OSError:
        return NO_MARK
    return found.st_ino, found.st_mtime_ns
