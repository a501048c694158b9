# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the arrows go: along the ordered list of parts, bar and tools, and in rows and columns inside one part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from kiosk.key_map import Move


def step(order: Sequence[QWidget], now: QWidget | None, by: int) -> QWidget | None:
    """Give the next item in the order, round at the ends."""
    if not order:
        return None
    if now not in order:
        return order[0] if by > 0 else order[-1]
    return order[(order.index(now) + by) % len(order)]


def neighbour(group: Sequence[QWidget], now: QWidget, move: Move) -> QWidget | None:
    """Give the item above or below in a group that stands in rows; none at its edge."""
    here = _middle(now)
    sign = 1 if move is Move.DOWN else -1
    beyond = [item for item in group if sign * (_middle(item).y() - here.y()) > now.height() // 2]
    if not beyond:
        return None
    return min(beyond, key=lambda item: (abs(_middle(item).y() - here.y()), abs(_middle(item).x() - here.x())))


def has_rows(group: Sequence[QWidget]) -> bool:
    """Say whether at least two items stand beside each other."""
    tops = [_middle(item).y() for item in group]
    return len(set(tops)) < len(tops)


def _middle(item: QWidget) -> QPoint:
    return item.mapTo(item.window(), item.rect().center())
