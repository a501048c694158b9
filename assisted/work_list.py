# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list of a counter (S01): how much there is, what waits on this device, how new it is, and the lines.

It reads off the UI thread, a page at a time, and holds no personal data. What it is part of: `assisted.work_page`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assisted import work_words
from assisted.counter_ports import OTHER_PROCESS, CounterPorts
from assisted.desk_parts import DeskButton, DeskHeading, DeskIcon, DeskText
from assisted.pages import DeskOffice
from assisted.tally import Chips
from assisted.work_model import WorkModel
from assisted.work_table import WorkTable
from assisted.work_words import HERE
from domain.counter import WorkCounts, WorkItem, WorkNews
from domain.errors import CounterError

PAGE = 60
LOOKS_AGAIN_MS = 15_000
_SOON_MS = 2000  # while the list is being fetched
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Read:
    """What one reading gave."""

    items: Sequence[WorkItem]
    counts: WorkCounts
    news: WorkNews
    has_more: bool


class WorkListPane(QWidget):
    """The list and what stands above it. Lives in the UI thread."""

    def __init__(
        self,
        office: DeskOffice,
        ports: CounterPorts,
        opened: Callable[[WorkItem], None],
        conflicts: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._office, self._ports = office, ports
        self._opened, self._conflicts = opened, conflicts
        self._reference = ""  # of the line that was chosen: it stays chosen when the list changes
        self._filter = "all"
        self._round = 0
        self._is_reading = self._is_stale = False
        self._refreshed_at = WorkNews().refreshed_at
        tr = office.tr
        self.counts = DeskText("", "strong")
        self.waiting = DeskText("", "")
        self._waiting_line = QWidget()
        line = QHBoxLayout(self._waiting_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(DeskIcon(office.look, "cloud-upload-outline", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.waiting, 1)
        self._waiting_line.hide()
        self.conflicts = DeskButton("", "danger")
        self.conflicts.clicked.connect(lambda _on=False: conflicts(""))
        self._news_icon = DeskIcon(office.look, "cloud-check-outline", "ink_soft")
        self.news = DeskText("", "soft")
        self.news.setWordWrap(False)
        self.refresh = DeskButton(f"{tr('desk.work.refresh')} (F5)", "", key="F5")
        self.refresh.setAccessibleName(tr("desk.work.refresh"))
        self.refresh.clicked.connect(lambda _on=False: self.fetch())
        words = [(name, tr(f"desk.work.filter.{name}")) for name in ("all", "mine", "nobody")]
        self.filters = Chips(tr("desk.work.filter"), words, self._on_filter, "chip")
        self.filters.choose("all")
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(tr("desk.work.search"))
        self.field.setPlaceholderText(tr("desk.work.search.example"))
        self.field.textChanged.connect(lambda _text: self.read())
        self.field.returnPressed.connect(self._into_table)
        self.field.installEventFilter(self)
        self.model = WorkModel(office, self._read_more, self)
        self.table = WorkTable(office.look, self.model)
        self.table.setAccessibleName(tr("desk.work.list"))
        self.table.opened.connect(self._on_opened)
        self.table.went_up.connect(lambda: self.filters.stop.setFocus(Qt.FocusReason.BacktabFocusReason))
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current_changed())
        self.nothing = DeskText("", "notice")
        self.nothing.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_again)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(DeskHeading(self._office.tr("desk.work")))
        head.addStretch(1)
        head.addWidget(self._news_icon)
        head.addWidget(self.news)
        head.addWidget(self.refresh)
        told = QHBoxLayout()
        told.setSpacing(16)
        self.counts.setWordWrap(False)
        told.addWidget(self.counts)
        told.addStretch(1)
        told.addWidget(self.conflicts)
        choose = QHBoxLayout()
        choose.setSpacing(16)
        choose.addWidget(self.filters, 3)
        self.field.setMaximumWidth(520)
        choose.addWidget(self.field, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 14, 28, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(self._waiting_line)
        column.addLayout(choose)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self.conflicts.hide()

    # -- what the page asks --------------------------------------------------------------------------------------------

    def areas(self) -> Sequence[QWidget]:
        """Give the parts for F6; the table first, for that is where the work is."""
        found: list[QWidget] = [self.table, self.field, self.filters.stop]
        return [*found, self.conflicts] if not self.conflicts.isHidden() else found

    def went_back(self) -> bool:
        """Let Esc empty the field first."""
        if self.field.text():
            self.field.clear()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def dressed(self) -> None:
        self.table.viewport().update()
        self._dress_conflicts()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Slash and not self.field.hasFocus():
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
            return
        if event.key() == Qt.Key.Key_F8 and not self.conflicts.isHidden():
            # On a line with the mark, its own; else all there are.
            item = self.table.item
            self._conflicts(item.reference if item is not None and item.has_conflict else "")
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow down go from the field into the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._into_table()
            return True
        return super().eventFilter(watched, event)

    # -- reading -------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read anew; the line of now stays the line of now."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._round += 1
        work, owner, search = self._ports.work, self._owner, self.field.text()
        today = self._office.clock.now().astimezone(HERE).date()
        limit = max(PAGE, len(self.model.items))

        def reading() -> _Read:
            items = work.page(limit, owner=owner, search=search)
            return _Read(items, work.counts(today), work.news(), has_more=len(items) == limit)

        says = self._office.tr("desk.work.reading")
        self._office.progress.run(says, reading, self._on_read, self._on_read_failed)

    def fetch(self) -> None:
        """Ask the case system now."""
        desk, office = self._ports.desk, self._office
        office.say(office.tr("desk.work.fetching"))
        office.progress.run(
            office.tr("desk.work.fetching"),
            desk.refresh,
            lambda _none: self._on_fetched(),
            self._on_failed,
            OTHER_PROCESS,
        )

    @property
    def _owner(self) -> str | None:
        return {"all": None, "mine": str(self._office.member.number), "nobody": ""}[self._filter]

    def _read_more(self) -> None:
        work, owner, search = self._ports.work, self._owner, self.field.text()
        after, asked_in = self.model.items[-1], self._round

        def done(items: Sequence[WorkItem]) -> None:
            if asked_in == self._round:
                self.model.add(items, has_more=len(items) == PAGE)

        def reading() -> Sequence[WorkItem]:
            return work.page(PAGE, after, owner=owner, search=search)

        self._office.progress.run(self._office.tr("desk.work.reading"), reading, done)

    def _on_read(self, found: _Read) -> None:
        self._is_reading = False
        if self._is_stale:  # something else was typed meanwhile
            self.read()
            return
        kept = self._reference
        self.model.fill(found.items, has_more=found.has_more)
        self._refreshed_at = found.news.refreshed_at
        self._show(found.counts, found.news)
        row = self.model.row_of(kept)
        if found.items:
            self.table.go_to(row if row is not None else 0)
        self.nothing.setVisible(not found.items and bool(found.counts.cases))
        if not found.items:
            self.nothing.setText(self._office.tr("desk.work.nothing"))
        if self.field.hasFocus() and self.field.text():
            self._office.say(self._office.texts.tr_number("desk.work.found", len(found.items)))

    def _on_read_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._timer.start(LOOKS_AGAIN_MS)
        self._office.failed(error)
        self._office.say(self._office.tr("desk.work.broken"))

    def _on_fetched(self) -> None:
        self._office.say(self._office.tr("desk.work.fetched"))
        self.read()

    def _on_failed(self, error: Exception) -> None:
        self._office.failed(error)
        if isinstance(error, CounterError):
            self._office.say(self._office.tr("desk.work.not_fetched"))
        self.read()

    def _look_again(self) -> None:
        """See whether there is news; the lines change only then."""
        if not self.isVisible():
            self._timer.start(LOOKS_AGAIN_MS)
            return
        work, today = self._ports.work, self._office.clock.now().astimezone(HERE).date()

        def done(found: tuple[WorkCounts, WorkNews]) -> None:
            counts, news = found
            self._show(counts, news)
            if news.refreshed_at != self._refreshed_at:
                self.read()

        self._office.progress.run(
            self._office.tr("desk.work.reading"),
            lambda: (work.counts(today), work.news()),
            done,
            lambda _error: self._timer.start(LOOKS_AGAIN_MS),
        )

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show(self, counts: WorkCounts, news: WorkNews) -> None:
        texts, office = self._office.texts, self._office
        # An empty list that nobody fetched yet says nothing of how much work there is.
        is_fetched = counts.cases or news.refreshed_at is not None
        self.counts.setText(work_words.counts(texts, counts) if is_fetched else texts.tr("desk.work.not_yet"))
        # In practice all of it waits for ever, and that is no trouble of anybody.
        is_practice = office.is_practice
        self.waiting.setText(texts.tr("desk.work.practice") if is_practice else work_words.waiting(texts, counts))
        self._waiting_line.setVisible(bool(self.waiting.text()))
        said = work_words.news(texts, news, office.clock.now())
        self.news.setText(said.text)
        self._news_icon.show_icon(said.icon, said.colour)
        self.conflicts.setVisible(bool(counts.conflicts))
        if counts.conflicts:
            text = texts.tr_number("desk.work.count.conflicts", counts.conflicts)
            self.conflicts.setText(f"{text} (F8)")
            self.conflicts.setAccessibleName(text)
            self.conflicts.setAccessibleDescription("F8")
            self._dress_conflicts()
        is_soon = news.is_going_on or not (is_fetched or news.reason)
        self._timer.start(_SOON_MS if is_soon else LOOKS_AGAIN_MS)

    def _dress_conflicts(self) -> None:
        side = self._office.look.px("icon")
        self.conflicts.setIconSize(QSize(side, side))
        self.conflicts.setIcon(self._office.look.icon("call-split", "danger"))

    # -- what a person does --------------------------------------------------------------------------------------------

    def _on_filter(self, name: str) -> None:
        self._filter = name
        self.read()

    def _on_current_changed(self) -> None:
        item = self.table.item
        if item is not None:
            self._reference = item.reference

    def _on_opened(self, item: object) -> None:
        if isinstance(item, WorkItem):
            self._reference = item.reference
            self._opened(item)

    def _into_table(self) -> None:
        if self.model.items:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
