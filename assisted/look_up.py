# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A page to look something up: a field to search in, what was found below it, and the chosen one beside it.

Keyboard first: typing searches, arrows choose, Enter goes into the sheet, Esc one step back. What was typed is kept
nowhere and goes with the page. Red flags come first, whatever was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from assisted.desk_look import DeskLook
from assisted.desk_parts import DeskHeading, DeskText, Scrolling
from assisted.entry_sheet import Entry, EntrySheet, SheetPorts, sign_of, title_of
from assisted.pages import DeskOffice, DeskPageWidget
from assisted.paper_out import PaperOut
from domain.handover import HandoverBook
from domain.knowledge import Directory, EntryKind, KnowledgeBook
from domain.slot_plan import SlotBook
from kiosk.paper.paper_size import Paper
from kiosk.printing import Printer

_LONGEST = 120
_MOST = 8
_WIDE = 900  # from here on the sheet stands beside the list
_TITLE_SHARE = 2, 3
_ROW_MARGIN = 60  # beside the text of a row: padding, the mark of the chosen one, the room between picture and text


@dataclass(frozen=True, slots=True)
class LookUpPorts:
    """What the pages that look up ask of the world."""

    directory: Directory
    book: KnowledgeBook
    printer: Printer
    paper: Paper
    service_titles: dict[str, str]
    handovers: HandoverBook | None = None
    slots: SlotBook | None = None


@dataclass(frozen=True, slots=True)
class LookUpWords:
    """Keys of the texts of one such page."""

    title: str
    field: str
    example: str


class _WrappedRows(QStyledItemDelegate):
    """Rows as high as their text in the width of the list: the style sheet's own margins are not in Qt's figure."""

    def __init__(self, results: QListWidget, look: DeskLook) -> None:
        super().__init__(results)
        self._results, self._look = results, look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        room = self._results.viewport().width() - self._look.px("icon") - _ROW_MARGIN
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        metrics = QFontMetrics(self._look.font("body", 700))
        needed = metrics.boundingRect(QRect(0, 0, max(room, 80), 1000), int(Qt.TextFlag.TextWordWrap), text).height()
        return QSize(80, max(needed + 20, self._look.px("row")))


class LookUpPage(DeskPageWidget):
    """What kinds it searches, and what stands first before anything was typed, the page itself says."""

    def __init__(
        self,
        office: DeskOffice,
        ports: LookUpPorts,
        words: LookUpWords,
        kinds: Sequence[EntryKind],
        first: Sequence[Entry] = (),
    ) -> None:
        super().__init__(office)
        self._ports, self._kinds = ports, tuple(kinds)
        self._first = tuple(first)
        self._paper = PaperOut(office, ports.printer, ports.paper)
        self._passed: list[Entry] = []  # sheets that Esc goes back to
        self._entries: list[Entry] = []
        self.sheet: EntrySheet | None = None
        self.field = QLineEdit()
        self.field.setProperty("kind", "search")
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(office.tr(words.field))
        self.field.setPlaceholderText(office.tr(words.example))
        self.field.textChanged.connect(self._on_field_changed)
        self.field.returnPressed.connect(self._go_into_sheet)
        self.field.installEventFilter(self)
        self.results = QListWidget()
        self.results.setProperty("kind", "results")
        self.results.setWordWrap(True)
        self.results.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.results.setItemDelegate(_WrappedRows(self.results, office.look))
        self.results.setAccessibleName(office.tr("desk.look.results"))
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = office.look.px("icon")
        self.results.setIconSize(QSize(side, side))
        self.results.currentRowChanged.connect(self._on_results_row_changed)
        self.results.itemActivated.connect(lambda _item: self._go_into_sheet())
        self.results.installEventFilter(self)
        self._found = DeskText("", "small")
        self._scrolling = Scrolling()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(24, 20, 8, 16)
        left.setSpacing(10)
        left.addWidget(DeskHeading(office.tr(words.title)))
        left.addWidget(DeskText(office.tr(words.field), "strong"))
        left.addWidget(self.field)
        left.addWidget(self._found)
        left.addWidget(self.results, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, _TITLE_SHARE[0])
        row.addWidget(self._scrolling, _TITLE_SHARE[1])
        self._show_all()

    # -- what the window asks ------------------------------------------------------------------------------------------

    def opened(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def dressed(self) -> None:
        for row, entry in enumerate(self._entries):
            self.results.item(row).setIcon(self._icon(entry))
        if self.sheet is not None:
            self.sheet.dress()

    def areas(self) -> Sequence[QWidget]:
        return (self.field, self.results) if self.sheet is None else (self.field, self.results, self.sheet.heading)

    def went_back(self) -> bool:
        if self._passed:
            self._show_sheet(self._passed.pop())
            return True
        if self._is_in_sheet():
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.field.text():
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows go from the field into the list and back, and let pages of the sheet be turned from both."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if watched is self.field and key is Qt.Key.Key_Down and self.results.count():
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.results.currentRow() <= 0 and self.results.count() > 1 and self.sheet is not None:
                self.results.setCurrentRow(min(1, self.results.count() - 1))
            return True
        if watched is self.results and key is Qt.Key.Key_Up and self.results.currentRow() <= 0:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.results and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self._go_into_sheet()
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn_page(1 if key is Qt.Key.Key_PageDown else -1)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn_page(1 if key is Qt.Key.Key_PageDown else -1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = 0.36 if self.width() >= _WIDE else 0.45
        self._left.setFixedWidth(min(520, round(self.width() * share)))

    # -- searching -----------------------------------------------------------------------------------------------------

    def _on_field_changed(self, text: str) -> None:
        self._passed.clear()
        if not text.strip():
            self._show_all()
            return
        flags = self._ports.directory.flags_in(text)
        found = map(self._ports.directory.entry, self._ports.book.search(text, self._kinds, _MOST))
        entries: list[Entry] = [*flags, *(entry for entry in found if entry is not None)]
        told = self._told(len(entries), has_flag=bool(flags))
        self._fill(entries, told)
        self.office.say(told)

    def _told(self, count: int, *, has_flag: bool) -> str:
        if has_flag:
            return self.tr_desk("desk.flag.found")
        return self.tr_desk("desk.look.found", number=str(count)) if count else self.tr_desk("desk.look.nothing")

    def _show_all(self) -> None:
        directory = self._ports.directory
        everything: dict[EntryKind, Sequence[Entry]] = {
            EntryKind.CARD: directory.cards,
            EntryKind.MAY_I: directory.may_i,
            EntryKind.REFERRAL: directory.referrals,
            EntryKind.COURSE: directory.courses,
        }
        entries = [*self._first, *(entry for kind in self._kinds for entry in everything[kind])]
        self._fill(entries, self.tr_desk("desk.look.all", number=str(len(entries))))

    def _fill(self, entries: Sequence[Entry], told: str) -> None:
        self._entries = list(entries)
        self.results.blockSignals(True)
        self.results.clear()
        for entry in entries:
            self.results.addItem(QListWidgetItem(self._icon(entry), title_of(entry, self.office)))
        self.results.blockSignals(False)
        self._found.setText(told)
        if entries:
            self.results.setCurrentRow(0)
        else:
            self._show_sheet(None)

    def _icon(self, entry: Entry) -> QIcon:
        icon = self.office.look.icon(*sign_of(entry))
        # Else Qt paints the picture of the chosen row in a colour of its own.
        icon.addPixmap(icon.pixmap(self.results.iconSize()), QIcon.Mode.Selected)
        return icon

    # -- the sheet -----------------------------------------------------------------------------------------------------

    def _on_results_row_changed(self, row: int) -> None:
        self._passed.clear()
        self._show_sheet(self._entries[row] if 0 <= row < len(self._entries) else None)

    def _show_sheet(self, entry: Entry | None) -> None:
        column = self._scrolling.column
        if self._is_in_sheet():
            # Else Qt gives the focus to a button of the window, which Enter would press.
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.sheet is not None:
            column.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
        if entry is None:
            return
        ports = SheetPorts(
            self._ports.directory,
            lambda service_id: self._ports.service_titles.get(service_id, ""),
            self._paper.print,
            self._ports.handovers,
            self._ports.slots,
        )
        self.sheet = EntrySheet(self.office, ports, entry)
        self.sheet.asked_for.connect(self._on_sheet_asked_for)
        self.sheet.setMaximumWidth(self.office.look.px("reading"))
        column.addWidget(self.sheet)
        self._scrolling.verticalScrollBar().setValue(0)

    def _on_sheet_asked_for(self, entry: Entry) -> None:
        if self.sheet is not None:
            self._passed.append(self.sheet.entry)
        self._show_sheet(entry)
        self.office.say(title_of(entry, self.office))
        self._go_into_sheet()

    def _go_into_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.heading.setFocus(Qt.FocusReason.TabFocusReason)

    def _is_in_sheet(self) -> bool:
        focused = QApplication.focusWidget()
        return self.sheet is not None and focused is not None and self.sheet.isAncestorOf(focused)

    def _turn_page(self, step: int) -> None:
        bar = self._scrolling.verticalScrollBar()
        bar.setValue(bar.value() + step * round(bar.pageStep() * 0.9))
