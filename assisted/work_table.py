# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of the work list: walked by arrows, opened by Enter, painted with a word beside each picture."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from assisted.desk_look import DeskLook
from assisted.work_model import ITEM, SAID, Column, WorkModel
from assisted.work_words import Said
from domain.counter import WorkItem
from resources.icons import paint_icon

_PAD, _GAP, _ABOVE, _BAR = 12, 8, 6, 5
_MOST_LINES = 2
_WIDTHS = {Column.DAYS: 208, Column.REFERENCE: 124, Column.OWNER: 134, Column.STAGE: 110, Column.MARKS: 190}
_ROOMY_WIDTHS = {Column.DAYS: 230, Column.REFERENCE: 220, Column.OWNER: 210, Column.STAGE: 150, Column.MARKS: 280}
_ROOMY = 1300
_WRAPPED = Qt.TextFlag.TextWordWrap


class WorkCells(QStyledItemDelegate):
    """Paints a cell; knows how high its words are."""

    def __init__(self, look: DeskLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def height(self, index: QModelIndex, width: int) -> int:
        """Give how high a cell must be in so much room."""
        said = index.data(SAID)
        line = self._line
        if index.column() == Column.MARKS:
            lines = len(self._placed(said, width - 2 * _PAD))
            return max(lines, 1) * line + 2 * _ABOVE
        if index.column() == Column.REFERENCE:
            return len(self._halves(str(index.data()), width - 2 * _PAD)) * line + 2 * _ABOVE
        metrics = QFontMetrics(self._look.font("table", 700))
        box = metrics.boundingRect(QRect(0, 0, width - 2 * _PAD, 1000), int(_WRAPPED), str(index.data()))
        return min(box.height(), _MOST_LINES * metrics.lineSpacing()) + 2 * _ABOVE

    @property
    def _line(self) -> int:
        return max(self._look.px("icon"), QFontMetrics(self._look.font("table")).lineSpacing()) + 2

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, box = self._look, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.colour("tint" if is_chosen else "paper"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), look.colour("line"))
        if is_chosen and index.column() == Column.DAYS:
            painter.fillRect(QRect(box.x(), box.y(), _BAR, box.height()), look.colour("primary"))
        inside = box.adjusted(_PAD, 0, -_PAD, 0)
        said: tuple[Said, ...] = index.data(SAID)
        if index.column() in (Column.DAYS, Column.MARKS):
            self._paint_marks(painter, inside, said)
        else:
            self._paint_text(painter, inside, index)
        painter.restore()

    def _paint_text(self, painter: QPainter, inside: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        look = self._look
        item: WorkItem = index.data(ITEM)
        is_strong = index.column() == Column.TITLE
        is_soft = index.column() == Column.OWNER and not item.owner
        font = look.font("table", 700 if is_strong else 400)
        painter.setFont(font)
        painter.setPen(look.colour("ink_soft" if is_soft else "ink"))
        metrics, text = QFontMetrics(font), str(index.data())
        if is_strong:
            high = metrics.boundingRect(QRect(0, 0, inside.width(), 1000), int(_WRAPPED), text).height()
            if high > _MOST_LINES * metrics.lineSpacing() + 2:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(inside.width() * 1.8))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | _WRAPPED), text)
        elif index.column() == Column.REFERENCE:
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), "\n".join(self._halves(text, inside.width())))
        else:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _halves(self, reference: str, width: int) -> tuple[str, ...]:
        """Give a number on one line, or broken between its groups where there is no room for it."""
        if QFontMetrics(self._look.font("table")).horizontalAdvance(reference) <= width:
            return (reference,)
        groups = reference.split("-")
        middle = (len(groups) + 1) // 2
        return ("-".join(groups[:middle]), "-".join(groups[middle:])) if len(groups) > 1 else (reference,)

    def _paint_marks(self, painter: QPainter, inside: QRect, said: tuple[Said, ...]) -> None:
        look, line = self._look, self._line
        rows = self._placed(said, inside.width())
        side, top = look.px("icon") - 4, inside.y() + (inside.height() - len(rows) * line) // 2
        metrics = QFontMetrics(look.font("table", 700))
        for number, row in enumerate(rows):
            x, y = inside.x(), top + number * line
            for mark in row:
                paint_icon(painter, mark.icon, QRectF(x, y + (line - side) / 2, side, side), look.colour(mark.colour))
                wide = min(metrics.horizontalAdvance(mark.text) + 4, inside.right() - x - side - _GAP + 1)
                painter.setFont(look.font("table", 700 if mark.colour in ("danger", "human") else 400))
                painter.setPen(look.colour("ink" if mark.colour == "ink_soft" else mark.colour))
                text = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, wide)
                painter.drawText(QRect(x + side + _GAP, y, wide, line), int(Qt.AlignmentFlag.AlignVCenter), text)
                x += side + _GAP + wide + 2 * _GAP

    def _placed(self, said: tuple[Said, ...], width: int) -> list[list[Said]]:
        """Put marks beside each other, on as many lines as it takes."""
        metrics, side = QFontMetrics(self._look.font("table", 700)), self._look.px("icon") - 4
        rows: list[list[Said]] = []
        left = 0
        for mark in said:
            wide = side + _GAP + metrics.horizontalAdvance(mark.text) + 4
            if not rows or wide > left:
                rows.append([])
                left = width
            rows[-1].append(mark)
            left -= wide + 2 * _GAP
        return rows


class WorkTable(QTableView):
    """Lives in the UI thread."""

    opened = Signal(object)  # Emitted when a line is to be opened, with its WorkItem.
    went_up = Signal()  # Emitted when the arrow goes up from the first line.

    def __init__(self, look: DeskLook, model: WorkModel) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self._cells = WorkCells(look, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(lambda _parent, first, last: self._fit_rows(first, last))

    @property
    def item(self) -> WorkItem | None:
        """Give the line of now."""
        found = self.currentIndex().data(ITEM)
        return found if isinstance(found, WorkItem) else None

    def go_to(self, row: int) -> None:
        """Make a line the one of now."""
        self.setCurrentIndex(self.model().index(row, Column.DAYS))

    def fit(self) -> None:
        """Give each column its width and each line its height."""
        room = self.viewport().width()
        widths = _ROOMY_WIDTHS if room >= _ROOMY else _WIDTHS
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(Column.TITLE, max(room - sum(widths.values()), 160))
        self._fit_rows(0, self.model().rowCount() - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        model = self.model()
        for row in range(first, last + 1):
            needed = (
                self._cells.height(model.index(row, column), self.columnWidth(column))
                for column in (Column.TITLE, Column.REFERENCE, Column.MARKS)
            )
            self.setRowHeight(row, max(self._look.px("row"), *needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item is not None:
            self.opened.emit(self.item)
            return
        if key is Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.went_up.emit()
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            self.go_to(0 if key is Qt.Key.Key_Home else self.model().rowCount() - 1)
            return
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Slash, Qt.Key.Key_Tab, Qt.Key.Key_Backtab) or (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            # Esc and "/" are the page's; Ctrl+C would put a line on the clipboard.
            event.ignore()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                super().keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  Qt calls it by this name
        """Let letters choose nothing: the field searches."""

    def _on_double_clicked(self, index: QModelIndex) -> None:
        found = index.data(ITEM)
        if isinstance(found, WorkItem):
            self.opened.emit(found)
