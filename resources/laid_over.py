# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that knows which content of a municipality lies over that of Loket in this process.

`commands.content_in_force` decides it, once, before anything is read; the readers of services, words, directory,
colours and streets ask here. What is read stays for the visit: content never changes in the middle of one.
"""

from __future__ import annotations

from pathlib import Path

from i18n.laid_texts import LAID_TEXTS

SERVICES, DIRECTORY, TEXTS, VOICES = "services", "directory", "texts", "voices"
THEME, HELP, STREETS = "theme.toml", "help.toml", "places/streets.toml"


class _LaidOver:
    """Holds the folder; None: Loket's own content alone."""

    def __init__(self) -> None:
        self.folder: Path | None = None


_NOW = _LaidOver()


def lay_over(folder: Path | None) -> None:
    """Lay the content of this folder over that of Loket, from the next time something is read."""
    _NOW.folder = folder
    LAID_TEXTS.take(folder / TEXTS if folder is not None else None)


def laid_over(name: str = "") -> Path | None:
    """Give the folder that lies over Loket's content, or a file or folder in it, when it is there."""
    if _NOW.folder is None:
        return None
    found = _NOW.folder / name if name else _NOW.folder
    return found if found.exists() else None
