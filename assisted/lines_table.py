# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of lines for the desk: walked by arrows, each cell words with a picture where one helps, read by its column.

It holds what it was filled with and no more; a page that reads on while somebody scrolls has `assisted.work_table`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assisted.desk_look import DeskLook
from resources.icons import paint_icon

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = int(Qt.ItemDataRole.UserRole)
_PAD, _GAP, _BAR, _MOST_LINES = 12, 8, 5, 3
_WRAPPED = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Cell:
    """Words, with a picture that says the same; never told by colour alone."""

    text: str
    icon: str = ""
    colour: str = "ink"
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `key` is how the page knows it."""

    key: str
    cells: tuple[Cell, ...]


class LinesModel(QAbstractTableModel):
    """The lines as Qt asks for them."""

    def __init__(self, headers: Sequence[str], nothing: str, parent: QObject) -> None:
        super().__init__(parent)
        self._headers, self._nothing = tuple(headers), nothing
        self.lines: tuple[Line, ...] = ()

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headers[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        cell = self.lines[index.row()].cells[index.column()]
        if role == _CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # A reader says the cell alone; without its column "3" could be anything.
            return f"{self._headers[index.column()]}: {cell.text or self._nothing}"
        return None


class LineCells(QStyledItemDelegate):
    """Paints a cell; knows how high its words are."""

    def __init__(self, look: DeskLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def height(self, cell: Cell, width: int) -> int:
        """Give how high a cell must be in so much room."""
        metrics = QFontMetrics(self._look.font("table", 700 if cell.is_strong else 400))
        room = width - 2 * _PAD - (self._side + _GAP if cell.icon else 0)
        box = metrics.boundingRect(QRect(0, 0, max(room, 40), 1000), int(_WRAPPED), cell.text)
        return min(box.height(), _MOST_LINES * metrics.lineSpacing()) + 2 * _GAP

    @property
    def _side(self) -> int:
        return self._look.px("icon") - 4

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, box, cell = self._look, option.rect, index.data(_CELL)
        if not isinstance(cell, Cell):
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, look.colour("tint" if is_chosen else "paper"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), look.colour("line"))
        if is_chosen and index.column() == 0:
            painter.fillRect(QRect(box.x(), box.y(), _BAR, box.height()), look.colour("primary"))
        inside = box.adjusted(_PAD, _GAP - 2, -_PAD, 2 - _GAP)
        if cell.icon:
            place = QRectF(inside.x(), inside.y() + (inside.height() - self._side) / 2, self._side, self._side)
            paint_icon(painter, cell.icon, place, look.colour(cell.colour))
            inside.adjust(self._side + _GAP, 0, 0, 0)
        painter.setFont(look.font("table", 700 if cell.is_strong else 400))
        painter.setPen(look.colour(cell.colour))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | _WRAPPED), cell.text)
        painter.restore()


class LinesTable(QTableView):
    """Lives in the UI thread. `widths` are those of the columns; 0 takes the room that is left."""

    moved = Signal(str)  # Emitted when another line is the one of now, with its key; empty when there is none.
    pressed_enter = Signal(str)

    def __init__(self, look: DeskLook, name: str, headers: Sequence[str], widths: Sequence[int], nothing: str) -> None:
        super().__init__()
        self._look, self._widths = look, tuple(widths)
        self._model = LinesModel(headers, nothing, self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self._cells = LineCells(look, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(3 * look.px("row"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)

    @property
    def key(self) -> str:
        """Give the key of the line of now."""
        row = self.currentIndex().row()
        return self._model.lines[row].key if 0 <= row < len(self._model.lines) else ""

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these; the line of now stays it where it is there still, else the first is."""
        before = self.key
        self._model.fill(lines)
        self._fit()
        row = next((place for place, line in enumerate(lines) if line.key == before), 0)
        if lines:
            self.setCurrentIndex(self._model.index(row, 0))
        else:
            self.moved.emit("")

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802  Qt calls it by this name
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.moved.emit(self.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.key:
                self.pressed_enter.emit(self.key)
            return
        if key is Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Esc is the page's; Ctrl+C would put a line on the clipboard
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  Qt calls it by this name
        """Let letters choose nothing."""

    def _fit(self) -> None:
        room = self.viewport().width()
        free = sum(not width for width in self._widths)
        left = max(room - sum(self._widths), 160 * free)
        widths = [width or left // max(free, 1) for width in self._widths]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for row, line in enumerate(self._model.lines):
            needed = (self._cells.height(cell, width) for cell, width in zip(line.cells, widths, strict=True))
            self.setRowHeight(row, max(self._look.px("row"), *needed))


def show_unless_empty(table: LinesTable, page: QWidget) -> None:
    """Show a table that has lines, and no other: a screen reader hears no columns of one without lines.

    The page then takes the focus that the table had; its own words say that there is nothing.
    """
    is_empty = not table.model().rowCount()
    has_focus = table.hasFocus()
    table.setVisible(not is_empty)
    if is_empty and has_focus:
        page.setFocus()
    elif not is_empty and page.hasFocus():
        table.setFocus()


def lay_out_lines(page: QWidget, above: QWidget | QLayout, table: LinesTable, card: QWidget) -> None:
    """Put a table on its page, with what stands above it and a card of the chosen line below."""
    whole = QVBoxLayout(page)
    whole.setContentsMargins(28, 16, 28, 16)
    whole.setSpacing(10)
    if isinstance(above, QLayout):
        whole.addLayout(above)
    else:
        whole.addWidget(above)
    whole.addWidget(table, 1)
    whole.addWidget(card)
    whole.addStretch(0)  # where there is no table
