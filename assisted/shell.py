# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a signed-in member sees: the list of pages, the page of now, a bar above and a calm line below.

It makes a page when it is first opened, and throws all of them away for the next visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from assisted.alarm_band import AlarmBand, Ask
from assisted.desk_look import DeskLook
from assisted.desk_parts import DeskButton, DeskText
from assisted.keys_page import KEYS_PAGE
from assisted.pages import (
    FAULTS,
    HOME,
    DeskOffice,
    DeskPage,
    DeskPageWidget,
    first_page_for,
    key_of,
    numbers_of,
    pages_for,
)
from kiosk.view import ThemeName
from resources.icons import paint_icon

_ROOMY_LIST = 7  # pages; more stand closer, so that all of them fit on a screen of 768 high
_FULL_LIST = 11
_ROOMY = 1240  # from this width the bar also says where this is and who is signed in


@dataclass(frozen=True, slots=True)
class ShellActs:
    """What the window does for the shell."""

    next_visitor: Callable[[], None]
    lock: Callable[[], None]
    sign_out: Callable[[], None]
    change_theme: Callable[[], None]


class NavButton(DeskButton):
    """One line of the list at the side: a picture, words, and the key at the right."""

    def __init__(self, look: DeskLook, text: str, icon: str, key: str, *, is_small: bool = False) -> None:
        super().__init__(text, "nav", key=key)
        self._look, self._icon, self._key, self._is_small = look, icon, key, is_small
        self._is_chosen = self._is_asked = False
        self._height = look.px("target") + (-4 if is_small else 4)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height)

    def be_low(self, height: int) -> None:
        """Take no more room than this: no line may lie over another."""
        self._height = height
        self.updateGeometry()

    def show_chosen(self, is_chosen: bool, says: str) -> None:
        """Show whether this is the page of now.

        It is no check box: assistive technology would check that without pressing it, and no page would open.
        """
        self._is_chosen = is_chosen
        self.setAccessibleDescription(" · ".join(filter(None, (self._key, says if is_chosen else ""))))
        self.setProperty("chosen", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def call(self, text: str, *, is_asked: bool) -> None:
        """Say something else, and draw the eye where somebody waits."""
        self._is_asked = is_asked
        self.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        look, middle = self._look, Qt.AlignmentFlag.AlignVCenter
        side, inside = look.px("icon"), self.rect().adjusted(12, 0, -12, 0)
        colour = "human" if self._is_asked else "ink_soft" if self._is_small else "primary"
        box = QRectF(inside.x(), (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, box, look.colour(colour))
        painter.setFont(look.font("table"))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | middle), self._key)
        is_on = self._is_chosen or self._is_asked
        painter.setFont(look.font("table" if self._is_small else "body", 700 if is_on else 400))
        painter.setPen(
            look.colour("human" if self._is_asked else "primary" if is_on else "ink_soft" if self._is_small else "ink")
        )
        painter.drawText(inside.adjusted(side + 12, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | middle), self.text())
        painter.end()


class Shell(QWidget):
    """One member at work. Lives in the UI thread."""

    def __init__(
        self, office: DeskOffice, pages: Sequence[DeskPage], acts: ShellActs, ask_alarm: Ask = lambda _told: None
    ) -> None:
        super().__init__()
        self.office = office
        self._pages = pages_for(pages, office.member.role)
        self._acts = acts
        self._made: dict[str, DeskPageWidget] = {}
        self.page_id = ""
        self._stack = QStackedWidget()
        self._gone = out_of_reach(self)
        self._side = self._make_side()
        self._top = self._make_top()
        can_go = any(page.id == FAULTS for page in self._pages)
        self.alarm = AlarmBand(office.look, office.texts, ask_alarm, (lambda: self.go(FAULTS)) if can_go else None)
        self._line = DeskText("", "soft")
        self._line.setWordWrap(False)
        status = QWidget()
        status.setObjectName("status")
        status.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(status)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(self._line, 1)
        row.addWidget(office.progress)
        status.setMinimumHeight(office.look.px("target"))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._side)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.alarm)
        column.addLayout(middle, 1)
        column.addWidget(status)
        self.dress()

    # -- the frame ---------------------------------------------------------------------------------------------------

    def _make_side(self) -> QWidget:
        office = self.office
        side = QWidget()
        side.setObjectName("side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(office.look.px("nav"))
        side.setAccessibleName(office.tr("desk.pages"))
        column = QVBoxLayout(side)
        listed = [page for page in self._pages if page.is_in_list]
        is_dense = len(listed) > _ROOMY_LIST
        column.setContentsMargins(10, 8 if is_dense else 14, 10, 6 if is_dense else 10)
        column.setSpacing(2 if is_dense else 6)
        self.nav: dict[str, NavButton] = {}
        numbers = numbers_of(self._pages)
        for page in listed:
            button = NavButton(office.look, office.tr(page.title), page.icon, key_of(page, numbers))
            button.clicked.connect(lambda _on=False, page_id=page.id: self.go(page_id))
            self.nav[page.id] = button
            column.addWidget(button)
            if is_dense:
                button.be_low(office.look.px("target") - (6 if len(listed) <= _FULL_LIST else 13))
        column.addStretch(1)
        for text, icon, key, act in (
            ("desk.keys", "keyboard-outline", "F1", lambda: self.go(KEYS_PAGE)),
            ("desk.theme", "theme-light-dark", "Ctrl+D", self._acts.change_theme),
            ("desk.lock", "lock-outline", "Ctrl+L", self._acts.lock),
        ):
            if text == "desk.lock" and office.is_practice:
                continue  # nobody signed in, so there is nothing to lock
            quiet = NavButton(office.look, office.tr(text), icon, key, is_small=True)
            quiet.clicked.connect(lambda _on=False, does=act: does())
            if is_dense:
                quiet.be_low(office.look.px("target") - 13)
            column.addWidget(quiet)
        return side

    def _make_top(self) -> QWidget:
        office = self.office
        top = QWidget()
        top.setObjectName("top")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Else a page that wants more room than there is makes the bar lower, and the frame moves.
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(top)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(16)
        brand = DeskText("Loket", "brand")
        brand.setWordWrap(False)
        where = DeskText(office.tr("desk.where", place=office.settings.device.municipality), "soft")
        where.setWordWrap(False)
        who = DeskText(f"{office.member.name} · {office.tr(f'desk.role.{office.member.role.value}')}", "soft")
        who.setWordWrap(False)
        self.top_first = DeskButton(f"{office.tr('desk.next_visitor')} (F9)", "", key="F9")
        self.top_first.setAccessibleName(office.tr("desk.next_visitor"))
        self.top_first.clicked.connect(lambda _on=False: self._acts.next_visitor())
        out = DeskButton(office.tr("desk.practice.stop" if office.is_practice else "desk.sign_out"), "quiet")
        out.clicked.connect(lambda _on=False: self._acts.sign_out())
        self._room_only = (where, who)
        row.addWidget(brand)
        row.addWidget(where)
        row.addStretch(1)
        row.addWidget(self.top_first)
        row.addWidget(who)
        row.addWidget(out)
        return top

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for text in self._room_only:
            text.setVisible(self.width() >= _ROOMY)

    def dress(self) -> None:
        """Take the theme of now."""
        for page in self._made.values():
            page.dressed()

    # -- pages -------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> DeskPageWidget | None:
        """Give the page that is shown."""
        return self._made.get(self.page_id)

    def go(self, page_id: str) -> None:
        """Open a page; an id that this member has no page for leads home."""
        known = {page.id: page for page in self._pages}
        page = known.get(page_id) or known[HOME]
        if page.id not in self._made:
            made = page.make(self.office)
            made.setAccessibleName(self.office.tr(page.title))
            self._made[page.id] = made
            self._stack.addWidget(made)
        for nav_id, button in self.nav.items():
            button.show_chosen(nav_id == page.id, self.office.tr("desk.pages.now"))
        self.page_id = page.id
        shown = self._made[page.id]
        self._stack.setCurrentWidget(shown)
        self.say("")
        shown.opened()
        self.alarm.look_again(is_told_here=page.id == FAULTS)
        first = next(iter(shown.areas()), shown)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Open the page that this member begins with."""
        self.go(first_page_for(self._pages, self.office.member.role))

    def renew(self) -> None:
        """Throw every page away, with all that was on it, and begin anew."""
        self.office.progress.forget()
        self.close_pages()
        self.start()

    def lock_pages(self) -> None:
        """Let every page let go of what may not lie behind a lock."""
        for page in self._made.values():
            page.locked()
        self.say("")

    def close_pages(self) -> None:
        """Throw every page away, with all that was on it."""
        self.page_id = ""
        for page in self._made.values():
            page.left()
            self._stack.removeWidget(page)
            page.hide()
            page.setParent(self._gone)
            page.deleteLater()
        self._made.clear()
        self.say("")

    def say(self, text: str) -> None:
        """Show a calm line, and have a screen reader say it."""
        self._line.setText(text)
        self._line.setAccessibleName(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self._line, QAccessible.Event.Alert))

    # -- keys --------------------------------------------------------------------------------------------------------

    def next_area(self, step: int = 1) -> None:
        """Go to the next part of the window: the list, each part of the page, the bar."""
        page = self.page
        chosen = self.nav.get(self.page_id) or next(iter(self.nav.values()))
        stops = [chosen, *(page.areas() if page is not None else ()), self.top_first]
        holders: list[QWidget] = [self._side, *stops[1:-1], self._top]
        if self.alarm.button.isVisible():
            stops.append(self.alarm.button)
            holders.append(self.alarm)
        now = QApplication.focusWidget()
        at = next((place for place, holder in enumerate(holders) if _holds(holder, now)), None)
        if at is None:  # somewhere in the page that is no area of its own
            at = 1 if step < 0 else 0
        stops[(at + step) % len(stops)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.page_id != HOME:
            self.go(HOME)
            return
        super().keyPressEvent(event)


def _holds(holder: QWidget, widget: QWidget | None) -> bool:
    if widget is None:
        return False
    return holder is widget or holder.isAncestorOf(widget)


def out_of_reach(owner: QWidget) -> QWidget:
    """Make a place that no eye and no screen reader comes to.

    What is put there still belongs to Qt: Python would take it away in whichever thread it happens to clear up.
    """
    return QWidget(owner, Qt.WindowType.Window)


def other_theme(theme: ThemeName) -> ThemeName:
    """Give the theme that comes after this one."""
    themes = tuple(ThemeName)
    return themes[(themes.index(theme) + 1) % len(themes)]
