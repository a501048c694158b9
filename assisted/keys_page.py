# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""F1: every key of the desk in one list, those of the window first, then those of each page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from assisted.desk_parts import DeskHeading
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget, PageKey

KEYS_PAGE = "keys"


class KeysPage(DeskPageWidget):
    """A table with the keys and what they do."""

    def __init__(self, office: DeskOffice, pages: Sequence[DeskPage], own: Sequence[PageKey]) -> None:
        super().__init__(office)
        rows = [(key.keys, office.tr(key.text), "") for key in own]
        rows += [(key.keys, office.tr(key.text), office.tr(page.title)) for page in pages for key in page.keys]
        self._table = QTableWidget(len(rows), 3)
        self._table.setAccessibleName(office.tr("desk.keys"))
        self._table.setHorizontalHeaderLabels(
            [office.tr(key) for key in ("desk.keys.key", "desk.keys.does", "desk.keys.where")]
        )
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                self._table.setItem(place, column, QTableWidgetItem(text))
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(office.look.px("row"))
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnWidth(0, 240)
        self._table.setColumnWidth(2, 240)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setShowGrid(False)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(28, 22, 28, 28)
        column_of.setSpacing(16)
        column_of.addWidget(DeskHeading(office.tr("desk.keys")))
        column_of.addWidget(self._table)
        if rows:
            self._table.setCurrentCell(0, 0)

    def areas(self) -> Sequence[QWidget]:
        return (self._table,)


def keys_page(pages: Sequence[DeskPage], own: Sequence[PageKey]) -> DeskPage:
    """Give the list of keys, of the window (`own`) and of the pages that a member may see."""
    return DeskPage(
        KEYS_PAGE,
        "desk.keys",
        "keyboard-outline",
        lambda office: KeysPage(office, [page for page in pages if office.member.role in page.roles], own),
        is_on_home=False,
        is_in_list=False,
    )
