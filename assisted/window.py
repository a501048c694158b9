# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The helper's and counter's window: nobody signed in, somebody at work, or locked with the work kept.

What somebody had before them is gone when another signs in or the next visitor comes (H06). While it is locked the
work lies outside the window, so that neither eye nor screen reader reaches it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QStyleFactory,
    QVBoxLayout,
    QWidget,
)

from assisted.accessible import install_desk_roles
from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.desk_parts import DeskText
from assisted.desk_ring import DeskRing
from assisted.home import HomeNotice, home_page
from assisted.keys_page import keys_page
from assisted.pages import DeskOffice, DeskPage, PageKey
from assisted.progress import Progress
from assisted.shell import Shell, ShellActs, other_theme, out_of_reach
from assisted.sign_in import DeskDoor, SignIn
from assisted.walk_away import WalkAway
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from i18n.texts import Texts
from kiosk.background import Background

LOCK_MS = 60_000
KEYS = (
    PageKey("Alt+0 … Alt+9", "desk.key.pages"),
    PageKey("1 … 9", "desk.key.numbers"),
    PageKey("F6, Shift+F6", "desk.key.areas"),
    PageKey("Tab, Shift+Tab", "desk.key.next"),
    PageKey("↑ ↓ ← →", "desk.key.arrows"),
    PageKey("Enter", "desk.key.enter"),
    PageKey("Esc", "desk.key.esc"),
    PageKey("F9", "desk.next_visitor"),
    PageKey("F1", "desk.keys"),
    PageKey("Ctrl+D", "desk.theme"),
    PageKey("Ctrl+L", "desk.lock"),
)


@dataclass(frozen=True, slots=True)
class DeskPorts:
    """What the window reaches the world by; joined by `commands`."""

    settings: Settings
    texts: Texts
    clock: Clock
    background: Background
    door: DeskDoor
    failed: Callable[[Exception], None]  # hears of what went wrong, for the log
    ring: Callable[[], None]
    practice_begun: Callable[[], None] | None = None  # open a window to practise in; None where there is none
    on_home: Callable[[DeskOffice], HomeNotice] | None = None  # above the tiles
    alarm: Callable[[], int] | None = None  # counts the faults without an owner, in the store's lane


class DeskWindow(QMainWindow):
    """One window for a desk. Everything in it runs in the UI thread."""

    def __init__(
        self,
        ports: DeskPorts,
        pages: Sequence[DeskPage],
        *,
        look: DeskLook | None = None,
        is_practice: bool = False,
        lock_ms: int = LOCK_MS,
    ) -> None:
        super().__init__()
        install_desk_roles()
        self._ports = ports
        self._look = look or DeskLook()
        self._is_practice = is_practice
        all_pages = (home_page(pages, ports.on_home), *pages)
        self._pages = (*all_pages, keys_page(all_pages, KEYS))
        self._held: Shell | None = None  # the work of who walked away
        self.shell: Shell | None = None
        self.visit = AssistedVisit(self._on_visit_ended)
        self._walk_away = WalkAway(self, lock_ms, lambda: self.visit.is_going_on, self.lock)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyle(QStyleFactory.create("Fusion"))  # shows the keys of buttons
        self.setWindowTitle(ports.texts.tr("desk.window"))
        self.setMinimumSize(1024, 680)
        self._stack = QStackedWidget()
        self._aside = out_of_reach(self)
        self.sign_in = SignIn(
            ports.texts,
            self._look,
            ports.door,
            ports.background,
            welcome=self._on_welcome,
            failed=ports.failed,
            to_practice=ports.practice_begun,
        )
        self._stack.addWidget(self.sign_in)
        self.setCentralWidget(self._make_surface())
        self._ring = DeskRing(self, self._look)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=step: self._next_area(by))
        self.dress()

    def begin(self, member: StaffMember | None = None) -> None:
        """Show who may come in; in practice an invented member is in at once."""
        if member is not None:
            self._on_welcome(member)
        else:
            self.sign_in.look_for_staff()

    def _make_surface(self) -> QWidget:
        surface = QWidget()
        surface.setObjectName("desk")
        surface.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(surface)
        column.setSpacing(0)
        edge = self._look.px("frame") if self._is_practice else 0
        column.setContentsMargins(edge, 0, edge, edge)
        if self._is_practice:
            surface.setObjectName("practice")
            band = DeskText(self._ports.texts.tr("desk.practice.band"), "practice")
            band.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            band.setWordWrap(False)
            band.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(band)
            inside = _Inside()
            # A page that wants more room than there is may not press the band away: it says that all is invented.
            inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            inside.setObjectName("desk")
            inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            beneath = QVBoxLayout(inside)
            beneath.setContentsMargins(0, 0, 0, 0)
            beneath.addWidget(self._stack)
            column.addWidget(inside, 1)
        else:
            column.addWidget(self._stack)
        return surface

    # -- looks -------------------------------------------------------------------------------------------------------

    def dress(self) -> None:
        """Put on the theme of the look."""
        self.setStyleSheet(self._look.style_sheet)
        for shell in (self.shell, self._held):
            if shell is not None:
                shell.dress()
        self._ring.dress()
        self.update()

    def _change_theme(self) -> None:
        self._look.theme = other_theme(self._look.theme)
        self.dress()

    # -- who is here -------------------------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """Tell whether somebody's work is kept behind the sign-in."""
        return self._held is not None

    def _on_welcome(self, member: StaffMember) -> None:
        held, self._held = self._held, None
        if held is not None and held.office.member.staff_id == member.staff_id:
            self._show(held)
            page = held.page
            if page is not None:
                next(iter(page.areas()), page).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if held is not None:
            self._throw_away(held)
        self._forget_visitor()
        shell = Shell(self._office_for(member), self._pages, self._acts(), self._ask_alarm)
        self._show(shell)
        shell.start()

    def _office_for(self, member: StaffMember) -> DeskOffice:
        ports = self._ports
        progress = Progress(ports.background, self._on_work_failed)
        return DeskOffice(
            texts=ports.texts,
            look=self._look,
            clock=ports.clock,
            settings=ports.settings,
            member=member,
            is_practice=self._is_practice,
            visit=self.visit,
            progress=progress,
            go=self._go,
            say=self._say,
            ring=ports.ring,
            failed=self._on_work_failed,
        )

    def _acts(self) -> ShellActs:
        return ShellActs(
            next_visitor=self.visit.end, lock=self.lock, sign_out=self.sign_out, change_theme=self._change_theme
        )

    def _show(self, shell: Shell) -> None:
        self.shell = shell
        self._stack.addWidget(shell)
        self._stack.setCurrentWidget(shell)
        shell.dress()
        if not self._is_practice:
            self._walk_away.watch()

    def lock(self) -> None:
        """Close the window to who passes by; what is being worked on is kept."""
        if self.shell is None or self._is_practice:
            return
        self._held, self.shell = self.shell, None
        self._take_out(self._held)
        self._held.lock_pages()
        self._to_sign_in(is_locked=True)

    def sign_out(self) -> None:
        """Let who is here go, with all that was before them."""
        shell = self.shell
        if shell is None:
            return
        self.shell = None
        self._take_out(shell)
        self._throw_away(shell)
        if self._is_practice:
            self.close()
        else:
            self._to_sign_in(is_locked=False)

    def _to_sign_in(self, *, is_locked: bool) -> None:
        self._walk_away.stop()
        self.sign_in.begin(is_locked=is_locked)
        self._stack.setCurrentWidget(self.sign_in)
        self.sign_in.focus_first()

    def _take_out(self, shell: Shell) -> None:
        self._stack.removeWidget(shell)
        shell.hide()
        shell.setParent(self._aside)

    def _throw_away(self, shell: Shell) -> None:
        member = shell.office.member
        shell.office.progress.forget()
        shell.close_pages()
        shell.deleteLater()
        self._forget_visitor()
        if not self._is_practice:
            door = self._ports.door
            self._ports.background.run(lambda: door.signed_out(member), lambda _none: None, self._ports.failed)

    # -- the visitor -------------------------------------------------------------------------------------------------

    def _on_visit_ended(self) -> None:
        _empty_clipboard()
        if self.shell is not None:
            self.shell.renew()
            self.shell.say(self._ports.texts.tr("desk.next_visitor.done"))

    def _forget_visitor(self) -> None:
        self.visit = AssistedVisit(self._on_visit_ended)
        _empty_clipboard()

    def _ask_alarm(self, told: Callable[[int], None]) -> None:
        if self._ports.alarm is not None:
            self._ports.background.run(self._ports.alarm, told, self._ports.failed)

    # -- what pages ask ----------------------------------------------------------------------------------------------

    def _go(self, page_id: str) -> None:
        if self.shell is not None:
            self.shell.go(page_id)

    def _say(self, text: str) -> None:
        if self.shell is not None:
            self.shell.say(text)

    def _next_area(self, step: int) -> None:
        if self.shell is not None:
            self.shell.next_area(step)

    def _on_work_failed(self, error: Exception) -> None:
        self._ports.failed(error)
        self._say(self._ports.texts.tr("desk.failed"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of all that was on the screen."""
        for shell in (self.shell, self._held):
            if shell is not None:
                shell.close_pages()
        self.shell = self._held = None
        _empty_clipboard()
        super().closeEvent(event)


def _empty_clipboard() -> None:
    """Leave nothing for who comes next to paste."""
    clipboard = QGuiApplication.clipboard()
    for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
        if mode is clipboard.Mode.Clipboard or clipboard.supportsSelection():
            clipboard.clear(mode)


class _Inside(QWidget):
    """The room inside the frame of practice: as high as it is given, however high its wrapped text would be."""

    def hasHeightForWidth(self) -> bool:
        return False  # else Qt takes that height, whatever the size policy says


def practice_member(name: str, role: Role) -> StaffMember:
    """Give somebody invented, who is in without a PIN."""
    return StaffMember(StaffId("practice"), 0, name, role)
