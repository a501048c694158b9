# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A button of the desk that shows its key behind its words, and that a screen reader says without it."""

from __future__ import annotations

from collections.abc import Callable

from assisted.desk_parts import DeskButton


def key_button(says: str, key: str, does: Callable[[], None], kind: str = "") -> DeskButton:
    """Make one; `says` is what it does, `key` a key such as "F2"."""
    button = DeskButton(f"{says} ({key})", kind, key=key)
    button.setAccessibleName(says)
    button.clicked.connect(lambda _on=False: does())
    return button
