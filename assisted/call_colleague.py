# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Roep collega: where a colleague is found, large enough to read out, and a sound that carries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from assisted.desk_parts import DeskButton, DeskHeading, DeskText, Scrolling
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget


class CallColleague(DeskPageWidget):
    """What the settings say: a telephone number and a desk."""

    def __init__(self, office: DeskOffice) -> None:
        super().__init__(office)
        self._scrolling = Scrolling(self)
        column = self._scrolling.column
        found = office.settings.kiosk.help
        column.addWidget(DeskHeading(office.tr("desk.call.title")))
        column.addWidget(DeskText(office.tr("desk.call.says"), "lead"))
        if found.phone:
            column.addWidget(DeskText(office.tr("desk.call.phone"), "soft"))
            column.addWidget(_selectable(DeskText(found.phone, "number")))
        if found.desk:
            column.addWidget(DeskText(office.tr("desk.call.desk"), "soft"))
            column.addWidget(DeskText(found.desk, "title"))
        self._ring = DeskButton(office.tr("desk.call.ring"), "human")
        self._ring.clicked.connect(self._on_ring)
        column.addSpacing(12)
        column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignLeft)
        meanwhile = DeskText(office.tr("desk.call.meanwhile"), "notice")
        meanwhile.setMaximumWidth(office.look.px("reading"))
        column.addWidget(meanwhile)
        column.addStretch(1)

    def opened(self) -> None:
        self._on_ring()

    def areas(self) -> Sequence[QWidget]:
        return (self._ring,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scrolling.setGeometry(self.rect())

    def _on_ring(self) -> None:
        self.office.ring()
        self.office.say(self.office.tr("desk.call.rang"))


def _selectable(text: DeskText) -> DeskText:
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text


def call_colleague_page() -> DeskPage:
    return DeskPage("call", "desk.call", "bell-ring-outline", CallColleague, says="desk.call.tile")
