# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invullen voor iemand: choose a service and how the citizen is here, then fill in in a window of its own (S02, H07).

That window is a visit, a process of its own; nothing the citizen says ever comes to this page. It knows only whether a
case was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget, PageKey
from assisted.tally import Chips
from domain.filled_by import FilledBy, How, filled_by
from domain.staff import Role

FILL = "fill"
_LONGEST = 120
_LEFT = 0.46


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """A service that can be filled in; `words` is what else people call it."""

    id: str
    title: str
    words: str = ""


class CitizenWindow(Protocol):
    """The window for the citizen's visit, in a process of its own; `commands.fill_in` makes it. UI thread."""

    shown: SignalInstance  # Emitted when it stands on the screen.
    ended: SignalInstance  # Emitted when it is gone, with whether a case was kept.
    broke: SignalInstance  # Emitted when it went by itself.

    @property
    def is_open(self) -> bool:
        """Tell whether one is there; no second one is opened."""
        ...

    def begin(self, service_id: str, who: FilledBy) -> None:
        """Open it."""
        ...

    def to_front(self) -> None:
        """Bring it before this window."""
        ...

    def hide_away(self) -> None:
        """Take it from the screen: the desk was locked."""
        ...

    def end(self) -> None:
        """Close it; what was typed and not kept is gone."""
        ...


class _Stage(Enum):
    CHOOSING = auto()
    OPENING = auto()
    OPEN = auto()
    KEPT = auto()
    GONE = auto()
    BROKE = auto()


_SAYS = {
    _Stage.OPENING: "desk.fill.opening",
    _Stage.OPEN: "desk.fill.open",
    _Stage.KEPT: "desk.fill.kept",
    _Stage.GONE: "desk.fill.gone",
    _Stage.BROKE: "desk.fill.broke",
}
_KINDS = {_Stage.KEPT: "good", _Stage.BROKE: "warn"}


class FillIn(DeskPageWidget):
    """One member of staff, one citizen."""

    def __init__(self, office: DeskOffice, services: Sequence[ServiceChoice], window: CitizenWindow) -> None:
        super().__init__(office)
        self._services = tuple(sorted(services, key=lambda one: one.title.casefold()))
        self._window = window
        self._found: tuple[ServiceChoice, ...] = ()
        self._how = How.DESK
        self._stage = _Stage.CHOOSING
        self._is_away = False  # the desk was locked over it
        tr = office.tr

        self.search, self.services = self._make_search(), self._make_services()
        self.count = DeskText("", "small")

        self.chosen = DeskHeading("", "section")
        words = [(how.value, tr(f"desk.fill.how.{how.value}")) for how in How]
        self.how = Chips(tr("desk.fill.how"), words, self._on_how_chosen, "chip")
        self.how.choose(self._how.value)
        self.start = DeskButton(f"{tr('desk.fill.start')} (F4)", "primary", key="F4")
        self.start.setAccessibleName(tr("desk.fill.start"))
        self.start.clicked.connect(self._on_start_clicked)

        self.state = DeskText("", "lead")
        self.front = DeskButton(tr("desk.fill.front"), "primary")
        self.front.clicked.connect(self._on_front_clicked)
        self.stop = DeskButton(tr("desk.fill.stop"), "danger")
        self.stop.clicked.connect(self._on_stop_clicked)
        self.next = DeskButton(f"{tr('desk.fill.next')} (F4)", "primary")
        self.next.setAccessibleName(tr("desk.fill.next"))
        self.next.clicked.connect(self._on_next_clicked)

        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_choosing())
        self._stack.addWidget(self._make_state())
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(12)
        column.addWidget(DeskHeading(tr("desk.fill.title")))
        for_whom = DeskText(tr("desk.fill.for"), "notice")
        column.addWidget(for_whom)
        column.addWidget(self._stack, 1)

        window.shown.connect(self._on_window_shown)
        window.ended.connect(self._on_window_ended)
        window.broke.connect(self._on_window_broke)
        self._show_found("")
        self._tell(_Stage.CHOOSING)

    def _make_search(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("kind", "search")
        field.setMaxLength(_LONGEST)
        field.setClearButtonEnabled(True)
        field.setAccessibleName(self.office.tr("desk.fill.search"))
        field.setPlaceholderText(self.office.tr("desk.fill.example"))
        field.textChanged.connect(self._on_search_changed)
        field.returnPressed.connect(self._on_search_entered)
        field.installEventFilter(self)
        return field

    def _make_services(self) -> QListWidget:
        found = QListWidget()
        found.setProperty("kind", "results")
        found.setAccessibleName(self.office.tr("desk.fill.services"))
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.currentRowChanged.connect(self._on_services_row_changed)
        found.itemActivated.connect(lambda _item: self._on_search_entered())
        found.installEventFilter(self)
        return found

    def _make_choosing(self) -> QWidget:
        tr, page = self.office.tr, QWidget()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(DeskText(tr("desk.fill.search"), "strong"))
        left.addWidget(self.search)
        left.addWidget(self.count)
        left.addWidget(self.services, 1)
        card = Card(
            DeskText(tr("desk.fill.chosen"), "small"), self.chosen, DeskText(tr("desk.fill.how"), "strong"), self.how
        )
        right.setSpacing(16)
        right.addWidget(card)
        right.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(DeskText(tr("desk.fill.own_window"), "soft"))
        right.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, round(_LEFT * 100))
        row.addLayout(right, round((1 - _LEFT) * 100))
        return page

    def _make_state(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.state)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.front, self.next, self.stop):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    # -- what the window of the desk asks ------------------------------------------------------------------------------

    def opened(self) -> None:
        first = next(iter(self.areas()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def areas(self) -> Sequence[QWidget]:
        """Give the field, the list, how, and the button; or the buttons beside what is going on."""
        if self._stage is _Stage.CHOOSING:
            return (self.search, self.services, self.how.stop, self.start)
        return tuple(button for button in (self.front, self.next, self.stop) if button.isVisibleTo(self)) or (self,)

    def left(self) -> None:
        """Go, and the citizen's window with it: whoever comes next begins with nothing of this one."""
        window = self._window
        window.shown.disconnect(self._on_window_shown)
        window.ended.disconnect(self._on_window_ended)
        window.broke.disconnect(self._on_window_broke)
        window.end()

    def went_back(self) -> bool:
        if self._stage is _Stage.CHOOSING and self.search.text():
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def locked(self) -> None:
        """Take the citizen's window from the screen too."""
        self._is_away = self._window.is_open
        if self._is_away:
            self._window.hide_away()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_away and self._window.is_open:
            self._window.to_front()
        self._is_away = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows go from the field into the list and back."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if watched is self.search and key is Qt.Key.Key_Down and self.services.count():
                self.services.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if watched is self.services and key is Qt.Key.Key_Up and self.services.currentRow() <= 0:
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _on_search_changed(self, text: str) -> None:
        self._show_found(text)
        self.office.say(self.count.text())

    def _show_found(self, text: str) -> None:
        asked = text.casefold().split()
        self._found = tuple(
            one for one in self._services if all(word in f"{one.title} {one.words}".casefold() for word in asked)
        )
        self.services.blockSignals(True)
        self.services.clear()
        self.services.addItems([one.title for one in self._found])
        self.services.blockSignals(False)
        number = len(self._found)
        key = "desk.fill.found" if number else "desk.fill.nothing"
        self.count.setText(self.tr_desk(key, number=str(number)))
        self.services.setCurrentRow(0 if number else -1)
        self._on_services_row_changed(0 if number else -1)

    def _on_services_row_changed(self, row: int) -> None:
        one = self._found[row] if 0 <= row < len(self._found) else None
        self.chosen.setText(one.title if one is not None else self.tr_desk("desk.fill.none_chosen"))
        self.start.setEnabled(one is not None)
        said = self.tr_desk("desk.fill.start")
        self.start.setAccessibleDescription(f"{one.title} · F4" if one is not None else said)

    def _on_search_entered(self) -> None:
        if self.start.isEnabled():
            self.how.stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_how_chosen(self, word: str) -> None:
        self._how = How(word)
        self.how.choose(word)

    # -- the citizen's window ------------------------------------------------------------------------------------------

    def _on_start_clicked(self) -> None:
        row = self.services.currentRow()
        if self._stage is not _Stage.CHOOSING or not 0 <= row < len(self._found):
            return
        one = self._found[row]
        self.office.visit.begin()
        self.office.visit.served(one.id)
        self._tell(_Stage.OPENING)
        self._window.begin(one.id, filled_by(self.office.member, self._how))

    def _on_front_clicked(self) -> None:
        self._window.to_front()

    def _on_stop_clicked(self) -> None:
        self._window.end()

    def _on_window_shown(self) -> None:
        if self._stage is _Stage.OPENING:
            self._tell(_Stage.OPEN)

    def _on_window_ended(self, is_kept: bool) -> None:
        self._over(_Stage.KEPT if is_kept else _Stage.GONE)

    def _on_window_broke(self) -> None:
        self._over(_Stage.BROKE)

    def _over(self, stage: _Stage) -> None:
        if self._stage not in (_Stage.OPENING, _Stage.OPEN):
            return  # of the citizen before: nothing is told of it here
        self.office.visit.rest()
        self._tell(stage)
        self.window().activateWindow()

    def _tell(self, stage: _Stage) -> None:
        self._stage = stage
        is_choosing, is_there = stage is _Stage.CHOOSING, stage in (_Stage.OPENING, _Stage.OPEN)
        self._stack.setCurrentIndex(0 if is_choosing else 1)
        self.front.setVisible(stage is _Stage.OPEN)
        self.stop.setVisible(is_there)
        self.next.setVisible(not (is_choosing or is_there))
        # One key, for the one button that goes on.
        self.start.setShortcut("F4" if is_choosing else "")
        self.next.setShortcut("F4" if self.next.isVisibleTo(self) else "")
        if not is_choosing:
            said = self.tr_desk(_SAYS[stage])
            self.state.setProperty("kind", _KINDS.get(stage, "lead"))
            self.state.style().unpolish(self.state)
            self.state.style().polish(self.state)
            self.state.setText(said)
            self.office.say(said)
            first = self.front if stage is _Stage.OPEN else self.stop if is_there else self.next
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_next_clicked(self) -> None:
        """Let this citizen go: every page is made anew, and we begin here again."""
        go = self.office.go
        self.office.visit.end()
        go(FILL)


def fill_in_page(services: Callable[[], Sequence[ServiceChoice]], window: CitizenWindow) -> DeskPage:
    """Give the page for the window; `services` is asked when it is first opened."""
    return DeskPage(
        FILL,
        "desk.fill",
        "account-edit-outline",
        lambda office: FillIn(office, services(), window),
        says="desk.fill.says",
        roles=frozenset({Role.COUNTER}),
        keys=(PageKey("F4", "desk.fill.start"),),
    )
