# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all things to press share: the whole box counts, and the six keys are the window's."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from kiosk.key_map import KEYS

_IS_SHOWN = "loket-is-shown"  # set while a view is being shown: that checks buttons too, and is nobody's choice


def show_checked(button: QAbstractButton, is_checked: bool) -> None:
    """Check or uncheck a button; one of an exclusive group would refuse to be the last one unchecked."""
    is_exclusive = button.autoExclusive()
    button.setAutoExclusive(False)
    button.setProperty(_IS_SHOWN, True)
    button.setChecked(is_checked)
    button.setProperty(_IS_SHOWN, False)
    button.setAutoExclusive(is_exclusive)


class Pressable:
    """Stands before a Qt button in the list of parents."""

    def checkStateSet(self) -> None:  # noqa: N802  Qt calls it by this name
        """Take a choice that assistive technology made: it checks the button without a click.

        Qt calls this for a click too, but then with what it does next blocked; and for the one of an exclusive group
        that is unchecked by another's choice, which is no choice of its own.
        """
        if not isinstance(self, QAbstractButton) or self.property(_IS_SHOWN):
            return
        if self.isChecked() or not self.autoExclusive():
            QTimer.singleShot(0, self, self._press_from_outside)

    def _press_from_outside(self) -> None:
        if isinstance(self, QAbstractButton):
            self.clicked.emit()

    def click(self) -> None:
        """Press it as a key does: Qt does not block what follows here, and it would count twice."""
        if isinstance(self, QAbstractButton):
            self.setProperty(_IS_SHOWN, True)
            QAbstractButton.click(self)
            self.setProperty(_IS_SHOWN, False)

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802  Qt calls it by this name
        return isinstance(self, QAbstractButton) and self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS or not isinstance(self, QAbstractButton):
            event.ignore()
            return
        QAbstractButton.keyPressEvent(self, event)
