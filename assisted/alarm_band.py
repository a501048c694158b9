# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The band on top of every page while a fault has had no owner for too long: a picture, words, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import Shiboken

from assisted.desk_look import DeskLook
from assisted.desk_parts import DeskButton, DeskIcon, DeskText
from i18n.texts import Texts

EVERY_MS = 60_000

Ask = Callable[[Callable[[int], None]], None]
"""Counts the faults off the UI thread, and hands the count back in it."""


class AlarmBand(QWidget):
    """Hidden while there is nothing to tell. Lives in the UI thread."""

    def __init__(self, look: DeskLook, texts: Texts, ask: Ask, go: Callable[[], None] | None) -> None:
        super().__init__()
        self._texts, self._ask = texts, ask
        self._is_told_here = False
        self.setObjectName("alarm")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said = DeskText("", "alarm")
        self._said.setWordWrap(False)
        self.button = DeskButton(texts.tr("desk.faults.escalated.look"), parent=self)
        self._can_go = go is not None
        if go is not None:
            self.button.clicked.connect(lambda _on=False: go())
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(DeskIcon(look, "alert-circle", "danger"))
        row.addWidget(self._said, 1)
        row.addWidget(self.button)
        self.button.setVisible(self._can_go)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look_again)
        self._timer.start()
        self.hide()

    def look_again(self, *, is_told_here: bool | None = None) -> None:
        """Ask how many there are now; the page of faults tells it itself."""
        if is_told_here is not None:
            self._is_told_here = is_told_here
            self.setVisible(bool(self._said.text()) and not is_told_here)
        self._ask(self._show)

    def _show(self, number: int) -> None:
        if not Shiboken.isValid(self):  # who asked signed out meanwhile
            return
        said = [self._texts.tr_number("desk.faults.escalated", number)] if number else []
        if number and not self._can_go:
            said.append(self._texts.tr("desk.faults.escalated.tell"))
        self._said.setText(" ".join(said))
        self.setVisible(bool(number) and not self._is_told_here)
