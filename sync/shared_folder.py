# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A data folder that two users share: the window's and the sync service's, each in the group of the folder.

The folder itself says so, by its set-group-id bit; then what is made in it is open to its group, and what root makes
there belongs to the folder's owner, as SQLite does with its own files. Elsewhere everything is the owner's alone.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder, closed to others, or shared as the one it lies in.

    Raises: OSError.
    """
    if folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fit(folder, folder.parent)


def fit(made: int | Path, folder: Path, *, is_secret: bool = False) -> None:
    """Fit what was just made (a descriptor, or a path) into its folder; a secret stays the owner's alone.

    Raises: OSError.
    """
    if os.name != "posix":
        return
    around = folder.stat()
    if not around.st_mode & stat.S_ISGID:
        return
    if os.geteuid() == 0:
        os.chown(made, around.st_uid, around.st_gid)
    if not is_secret:
        is_folder = stat.S_ISDIR(os.stat(made).st_mode)  # noqa: PTH116  a descriptor too
        os.chmod(made, 0o2770 if is_folder else 0o660)  # noqa: PTH101  a descriptor too
