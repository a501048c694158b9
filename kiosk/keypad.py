# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns the keys of this device's keypad, as the settings name them, into the keys that Loket knows.

Nothing else hears of a keypad's own codes. Which keys Loket knows is `key_map.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow

from domain.key_names import KeyAction
from kiosk.key_map import STANDARD, code_of


class Keypad(QObject):
    """Stands before every window of the application; lives as long as `application`."""

    def __init__(self, application: QCoreApplication, keys: Mapping[str, KeyAction]) -> None:
        super().__init__(application)
        self._meant = {code_of(name): STANDARD[action] for name, action in keys.items()}
        if self._meant:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send the key that is meant instead, on its way into a window."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        meant = self._meant.get(event.key())
        if meant is None or meant == event.key():
            return False
        instead = QKeyEvent(event.type(), meant, event.modifiers(), "", event.isAutoRepeat(), event.count())
        return QCoreApplication.sendEvent(watched, instead)
