# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The home of a helper: one large tile for each thing to do (PEOPLE 7), each with its key.

Nobody types here, so the number of a page works without Alt too; it is the number that stands in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskHeading, DeskTile, Scrolling
from assisted.pages import HOME, DeskOffice, DeskPage, DeskPageWidget, key_of, numbers_of


class HomeNotice(QWidget):
    """Something above the tiles that cannot wait; hides itself where there is nothing."""

    def opened(self) -> None:
        """Look again at what may have changed."""


class HomeNotices(HomeNotice):
    """Several under each other."""

    def __init__(self, notices: Sequence[HomeNotice]) -> None:
        super().__init__()
        self._notices = tuple(notices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for notice in self._notices:
            column.addWidget(notice)

    def opened(self) -> None:
        for notice in self._notices:
            notice.opened()


def all_notices(makers: Sequence[Callable[[DeskOffice], HomeNotice]]) -> Callable[[DeskOffice], HomeNotice]:
    """Give what makes all of these for a home page."""
    return lambda office: HomeNotices([make(office) for make in makers])


class Home(DeskPageWidget):
    """The tiles of the pages that this member may see."""

    def __init__(self, office: DeskOffice, pages: Sequence[DeskPage], notice: HomeNotice | None = None) -> None:
        super().__init__(office)
        self._scrolling = Scrolling(self)
        column = self._scrolling.column
        column.addWidget(DeskHeading(office.tr("desk.home.title")))
        self._notice = notice
        if notice is not None:
            column.addWidget(notice)
        numbers = numbers_of(pages, first=1)
        self._tiles: list[DeskTile] = []
        for page in (page for page in pages if page.is_on_home):
            says = office.tr(page.says) if page.says else ""
            tile = DeskTile(office.look, office.tr(page.title), says, page.icon, shows=key_of(page, numbers))
            if page.id in numbers:
                tile.setShortcut(str(numbers[page.id]))
            tile.clicked.connect(lambda _on=False, page_id=page.id: office.go(page_id))
            self._tiles.append(tile)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(20)
        column.addWidget(holder)
        column.addStretch(1)
        self._columns = 0
        self._lay_out(3)

    def opened(self) -> None:
        if self._notice is not None:
            self._notice.opened()

    def areas(self) -> Sequence[QWidget]:
        return self._tiles[:1] or (self,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scrolling.setGeometry(self.rect())
        self._lay_out(3 if self.width() >= 1000 else 2 if self.width() >= 680 else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        if self._tiles:
            self._tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)


def home_page(pages: Sequence[DeskPage], notice: Callable[[DeskOffice], HomeNotice] | None = None) -> DeskPage:
    """Give the home for these pages, of which a member has those of their role; `notice` comes above the tiles."""

    def make(office: DeskOffice) -> Home:
        mine = [page for page in pages if office.member.role in page.roles]
        return Home(office, mine, notice(office) if notice is not None else None)

    return DeskPage(
        HOME,
        "desk.home",
        "home-outline",
        make,
        is_on_home=False,
    )
