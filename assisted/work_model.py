# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list as Qt asks for it: what stands in each cell, in words; more lines come when the end comes near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assisted import work_words
from assisted.pages import DeskOffice
from assisted.work_words import HERE, Said
from domain.counter import WorkItem

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ITEM = int(Qt.ItemDataRole.UserRole)
SAID = ITEM + 1  # the words of a cell with their pictures


class Column(IntEnum):
    """The columns in their order."""

    DAYS = 0
    TITLE = 1
    REFERENCE = 2
    OWNER = 3
    STAGE = 4
    MARKS = 5


class WorkModel(QAbstractTableModel):
    """Holds the lines that were read so far. `more` is called when another page is wanted."""

    def __init__(self, office: DeskOffice, more: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._more = office, more
        self._items: list[WorkItem] = []
        self._has_more = False
        self._is_waiting = False
        self._number = str(office.member.number)

    @property
    def items(self) -> Sequence[WorkItem]:
        return self._items

    def fill(self, items: Sequence[WorkItem], *, has_more: bool) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._items, self._has_more, self._is_waiting = list(items), has_more, False
        self.endResetModel()

    def add(self, items: Sequence[WorkItem], *, has_more: bool) -> None:
        """Show these below the others."""
        known = {item.reference for item in self._items}
        new = [item for item in items if item.reference not in known]
        self._has_more, self._is_waiting = has_more, False
        if new:
            self.beginInsertRows(_ROOT, len(self._items), len(self._items) + len(new) - 1)
            self._items += new
            self.endInsertRows()

    def row_of(self, reference: str) -> int | None:
        return next((row for row, item in enumerate(self._items) if item.reference == reference), None)

    # -- what Qt asks --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._office.tr(f"desk.work.column.{Column(section).name.lower()}")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item, column = self._items[index.row()], Column(index.column())
        if role == ITEM:
            return item
        if role == SAID:
            return self._said(item, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # A reader says the cell alone; without the header "Nieuw" could be anything.
            header = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{header}: {self._text(item, column) or self._office.tr('desk.work.mark.none')}"
        return None

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802  Qt calls it by this name
        return not parent.isValid() and self._has_more and not self._is_waiting

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802  Qt calls it by this name
        if self.canFetchMore(parent):
            self._is_waiting = True
            self._more()

    # -- words ---------------------------------------------------------------------------------------------------------

    def _said(self, item: WorkItem, column: Column) -> tuple[Said, ...]:
        texts = self._office.texts
        if column is Column.DAYS:
            today = self._office.clock.now().astimezone(HERE).date()
            return (work_words.days_left(texts, item, today),)
        if column is Column.MARKS:
            return work_words.marks(texts, item)
        return (Said(self._text(item, column), ""),)

    def _text(self, item: WorkItem, column: Column) -> str:
        texts = self._office.texts
        match column:
            case Column.TITLE:
                return item.title
            case Column.REFERENCE:
                return item.reference
            case Column.OWNER:
                return work_words.owner(texts, item, self._number)
            case Column.STAGE:
                return work_words.stage(texts, item)
            case _:
                return ", ".join(said.text for said in self._said(item, column))
