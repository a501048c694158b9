# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one rounded box everything to press or read stands in."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget


def painter_for(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def paint_box(painter: QPainter, rect: QRectF, fill: QColor, edge: QColor | None, edge_width: int, radius: int) -> None:
    """Paint a box whose border lies wholly inside `rect`."""
    half = edge_width / 2 if edge is not None else 0.0
    painter.setPen(QPen(edge, edge_width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)
