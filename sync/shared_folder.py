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
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o770 if is_shared(folder.parent) else 0o700)
    fit(folder, folder.parent)


def is_shared(folder: Path) -> bool:
    """Tell whether its group may do in it what its owner may."""
    return os.name == "posix" and bool(folder.stat().st_mode & stat.S_ISGID)


def is_anothers(folder: Path) -> bool:
    """Tell whether we share a folder of another user, who does there what only its owner can."""
    if os.name != "posix" or not folder.exists():
        return False
    return is_shared(folder) and os.geteuid() not in (0, folder.stat().st_uid)


def fit(made: int | Path, folder: Path, *, is_secret: bool = False) -> None:
    """Fit what was just made (a descriptor, or a path) into its folder; a secret stays the owner's alone.

    Raises: OSError.
    """
    if not is_shared(folder):
        return
    if os.geteuid() == 0:
        around = folder.stat()
        os.chown(made, around.st_uid, around.st_gid)
    if is_secret:
        return
    now = os.stat(made).st_mode  # noqa: PTH116  a descriptor too
    wanted = 0o2770 if stat.S_ISDIR(now) else 0o660
    # A hardened service may set no such bit itself (RestrictSUIDSGID); with its umask the folder is right already.
    if stat.S_IMODE(now) != wanted:
        os.chmod(made, wanted)  # noqa: PTH101  as above
