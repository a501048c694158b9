# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of whom to call: for which day, about what, and what was tried; walked by arrows, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from assisted.call_panel import day_words
from assisted.pages import DeskOffice
from assisted.work_words import HERE
from domain.call_list import ToCall
from domain.counter import WorkItem
from i18n.texts import Texts

_COLUMNS = ("promised", "about", "tried")
_SHARES = (33, 40, 27)  # percent
_PAD, _ABOVE = 30, 22


def tried_words(one: ToCall, texts: Texts) -> str:
    """Say what was tried and whether it is enough."""
    if not one.attempts:
        return texts.tr("desk.calls.not_yet")
    if one.needed.is_nothing:
        return texts.tr("desk.calls.enough")
    return texts.tr_number("desk.calls.tried", len(one.attempts))


class CallTable(QTableWidget):
    """Lives in the UI thread."""

    opened = Signal(object)  # Emitted when a line is to be opened, with its WorkItem.

    def __init__(self, office: DeskOffice) -> None:
        super().__init__(0, len(_COLUMNS))
        self._office = office
        self.rows: tuple[ToCall, ...] = ()
        self.setAccessibleName(office.tr("desk.calls.title"))
        self.setHorizontalHeaderLabels([office.tr(f"desk.calls.column.{name}") for name in _COLUMNS])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.doubleClicked.connect(self._on_double_clicked)

    def fill(self, rows: Sequence[ToCall]) -> None:
        """Show these; the line of now stays where it is."""
        at = max(self.currentRow(), 0)
        self.rows = tuple(rows)
        self.setRowCount(len(self.rows))
        for row, one in enumerate(self.rows):
            strong = self._strong(one)
            for column, said in enumerate(self._words(one)):
                item = QTableWidgetItem(said)
                # A reader says the cell alone; without the header a day could be any.
                name = self._office.tr(f"desk.calls.column.{_COLUMNS[column]}")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {said}")
                item.setFont(self._office.look.font("table", 700 if column in strong else 400))
                self.setItem(row, column, item)
        self._fit()
        if self.rows:
            self.setCurrentCell(min(at, len(self.rows) - 1), 0)

    def _words(self, one: ToCall) -> tuple[str, str, str]:
        texts, tr = self._office.texts, self._office.tr
        today = self._office.clock.now().astimezone(HERE).date()
        day = one.promised_on
        said = tr("desk.calls.no_day") if day is None else day_words(day, today, texts)
        if one.item.is_late(today):
            said = tr("desk.calls.late", day=said)
        about = tr("desk.calls.urgent", title=one.item.title) if one.item.is_urgent else one.item.title
        return said, about, tried_words(one, texts)

    def _strong(self, one: ToCall) -> set[int]:
        """Give the columns that must be seen first; their words say so too."""
        is_late = one.item.is_late(self._office.clock.now().astimezone(HERE).date())
        return {column for column, is_on in enumerate((is_late, one.item.is_urgent)) if is_on}

    def _fit(self) -> None:
        room = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, room * share // 100)
        look = self._office.look
        metrics = QFontMetrics(look.font("table", 700))
        for row in range(self.rowCount()):
            # Counted here: Qt leaves out the room that the style sheet keeps around the words.
            high = max(
                metrics.boundingRect(
                    QRect(0, 0, self.columnWidth(column) - _PAD, 1000), int(Qt.TextFlag.TextWordWrap), said
                ).height()
                for column, said in enumerate(self._words(self.rows[row]))
            )
            self.setRowHeight(row, max(look.px("row"), high + _ABOVE))

    @property
    def item_of_now(self) -> WorkItem | None:
        """Give the case of the line of now."""
        row = self.currentRow()
        return self.rows[row].item if 0 <= row < len(self.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.item_of_now) is not None:
            self.opened.emit(item)
            return
        if event.key() == Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Esc is the page's; Ctrl+C would put a line on the clipboard
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  Qt calls it by this name
        """Let letters choose nothing."""

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows[index.row()].item)
