# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the ring of the kiosk around what has the focus at the desk, also when it moves, scrolls or goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget

from assisted.desk_look import DeskLook
from kiosk.focus_ring import FocusRing

_MOVED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})
_RADIUS = 10


class DeskRing(QObject):
    """One for a window."""

    def __init__(self, window: QWidget, look: DeskLook) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._ring = FocusRing(window, look.kiosk)
        self._watched: list[QWidget] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def dress(self) -> None:
        """Take the theme of now."""
        self._ring.use(self._look.kiosk)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._place()
        return False

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []
        step = now
        while step is not None and step is not self._window:
            if step.property("ownRing"):
                step = None  # it shows by itself what has the focus
                break
            self._watched.append(step)
            step = step.parentWidget()
        if step is None:  # in another window, or nowhere
            self._watched = []
        for widget in self._watched:
            widget.installEventFilter(self)
        if self._watched and (area := self._area()) is not None and now is not None:
            area.ensureWidgetVisible(now, 24, 24)
        self._place()

    def _area(self) -> QScrollArea | None:
        return next((widget for widget in self._watched[1:] if isinstance(widget, QScrollArea)), None)

    def _place(self) -> None:
        target = self._watched[0] if self._watched else None
        if target is None or not target.isVisible():
            self._ring.hide()
            return
        area = self._area()
        inside: QRect | None = None
        if isinstance(area, QAbstractScrollArea):
            inside = FocusRing.box_of(area.viewport(), self._window)
        self._ring.surround(FocusRing.box_of(target, self._window), _RADIUS, inside)
