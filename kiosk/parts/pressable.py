# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all things to press share: the whole box counts, and the six keys are the window's."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from kiosk.key_map import KEYS


def show_checked(button: QAbstractButton, is_checked: bool) -> None:
    """Check or uncheck a button; one of an exclusive group would refuse to be the last one unchecked."""
    is_exclusive = button.autoExclusive()
    button.setAutoExclusive(False)
    button.setChecked(is_checked)
    button.setAutoExclusive(is_exclusive)


class Pressable:
    """Stands before a Qt button in the list of parents."""

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802  Qt calls it by this name
        return isinstance(self, QAbstractButton) and self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS or not isinstance(self, QAbstractButton):
            event.ignore()
            return
        QAbstractButton.keyPressEvent(self, event)
