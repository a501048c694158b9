# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pastes pictures onto one large picture, so that a person can look at many screens at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

_GAP = 12
_BEHIND = QColor("#808080")


def paste(pictures: Sequence[QImage], out: Path, *, columns: int, width: int) -> None:
    """Write one sheet with the pictures in rows of `columns`, each `width` pixels wide."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = [picture.scaledToWidth(min(width, picture.width()), smooth) for picture in pictures]
    rows = [small[first : first + columns] for first in range(0, len(small), columns)]
    heights = [max(picture.height() for picture in row) + _GAP for row in rows]
    sheet = QImage(columns * (width + _GAP) + _GAP, sum(heights) + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(_BEHIND)
    painter = QPainter(sheet)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, picture in enumerate(row):
            painter.drawImage(_GAP + column * (width + _GAP), top, picture)
        top += height
    painter.end()
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(str(out))
