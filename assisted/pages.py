# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a page of the desk is, and what every page is given; the window knows pages only by this.

A page is made for one member of staff and one visitor: when somebody else signs in, or the next visitor comes, it is
thrown away and made anew. So nothing of the one before can be on it (H06), and no page has to think of it.
What only one page needs (a book, a search) its own module takes: `def together_page(port) -> DeskPage`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.progress import Progress
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role, StaffMember
from i18n.texts import Texts

HOME = "home"
FAULTS = "faults"  # where the alarm on top of every page leads
EVERYONE = frozenset(Role)
STAFF = frozenset({Role.HELPER, Role.COUNTER})


@dataclass(frozen=True, slots=True)
class DeskOffice:
    """What the window hands every page. All of it is for the UI thread."""

    texts: Texts
    look: DeskLook
    clock: Clock
    settings: Settings
    member: StaffMember
    is_practice: bool
    visit: AssistedVisit
    progress: Progress  # work off the UI thread; shows itself after a second
    go: Callable[[str], None]  # open a page by its id
    say: Callable[[str], None]  # a calm line at the foot of the window, said by a screen reader
    ring: Callable[[], None]  # an audible sign
    failed: Callable[[Exception], None]  # tell that something did not work, here and in the log

    def tr(self, key: str, **values: str) -> str:
        return self.texts.tr(key, **values)


class DeskPageWidget(QWidget):
    """A page; lives until somebody else signs in or the next visitor comes."""

    def __init__(self, office: DeskOffice) -> None:
        super().__init__()
        self.office = office

    def opened(self) -> None:
        """Come to the front: look again at what may have changed."""

    def locked(self) -> None:
        """Be put behind a lock with the rest of the work: let go of what may not lie there, a case that is open."""

    def left(self) -> None:
        """Be thrown away: end what still runs (a timer, a channel); the widgets go by themselves."""

    def dressed(self) -> None:
        """Put on another theme: only what keeps a picture or colour of its own has anything to do."""

    def areas(self) -> Sequence[QWidget]:
        """Give the parts that F6 goes through, each by the widget that takes the focus there."""
        return (self,)

    def went_back(self) -> bool:
        """Take Esc: go one step back inside the page. False when there is none, then the window goes home."""
        return False

    def tr_desk(self, key: str, **values: str) -> str:
        """Give a text by key."""
        return self.office.tr(key, **values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.went_back():
            return
        super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class PageKey:
    """A key of a page's own, for the list of keys (F1); the page itself makes it work."""

    keys: str
    text: str  # key of the text that says what it does


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page as the window knows it; `title` and `says` are keys of texts, `icon` a Material Design Icon."""

    id: str
    title: str
    icon: str
    make: Callable[[DeskOffice], DeskPageWidget]
    says: str = ""  # what it is for, on its tile
    roles: frozenset[Role] = EVERYONE
    starts_for: frozenset[Role] = frozenset()  # the first page after signing in; else home
    is_on_home: bool = True  # has a tile there
    is_in_list: bool = True  # stands in the list at the side
    keys: tuple[PageKey, ...] = ()


def pages_for(pages: Sequence[DeskPage], role: Role) -> tuple[DeskPage, ...]:
    """Give the pages that a role may see, in their order."""
    return tuple(page for page in pages if role in page.roles)


def first_page_for(pages: Sequence[DeskPage], role: Role) -> str:
    """Give the id of the page that a role begins with."""
    return next((page.id for page in pages_for(pages, role) if role in page.starts_for), HOME)


def numbers_of(pages: Sequence[DeskPage], first: int = 0) -> dict[str, int]:
    """Give each page of the list its number: the same on its tile, in the list and for its key; nothing from ten on."""
    listed = [page.id for page in pages if page.is_in_list]
    return {page_id: number for number, page_id in enumerate(listed, first) if number < 10}


def key_of(page: DeskPage, numbers: dict[str, int]) -> str:
    """Give the key that opens a page from everywhere; nothing where it has none."""
    return f"Alt+{numbers[page.id]}" if page.id in numbers else ""
