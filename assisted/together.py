# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Samen: the helper sees the visitor's screen without what is private, and points; the visitor presses (H01-H04, H07).

Nothing is decided here: a key goes to the visit, which takes or refuses it. Of a visit nothing stays in this page once
its helper is not beside it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskHeading, DeskText
from assisted.flags_page import FLAGS
from assisted.next_time import NextTimeOffer, NextTimePorts
from assisted.pages import STAFF, DeskOffice, DeskPage, DeskPageWidget, PageKey
from assisted.visit_link import VisitLink
from domain.consent import ConsentKind
from domain.help_log import HelpedStep
from domain.setting_types import Screens
from domain.together import AskConsent, HelperChose, HelperTyped, HelpState, Point
from i18n.language_names import dutch_name_of
from kiosk.together.masking import DOTS
from kiosk.together.messages import Shown
from kiosk.view import Chose, Event, Preferences, Pressed, Typed
from kiosk.window import KioskWindow, WindowWords

TOGETHER = "together"
ROOM_FOR_TOOLS = 800  # on a low screen the helper sees the page and the bar, and not the row of tools
TYPES_MS = 400  # so long after a key of our own, an echo of the visit waits: it may be older than the key


class Together(DeskPageWidget):
    """One helper beside one visitor."""

    def __init__(
        self,
        office: DeskOffice,
        link: VisitLink,
        words: Callable[[str], WindowWords],
        speak: Callable[[str], None],
        next_time: NextTimePorts | None = None,
    ) -> None:
        super().__init__(office)
        self._link = link
        self._words = words
        self._speak = speak
        self._now: Shown | None = None
        self._late: Shown | None = None
        self.mirror: KioskWindow | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPES_MS)
        self._typing.timeout.connect(self._on_typing_timeout)

        self._make_buttons()
        self._count = next_time.count if next_time is not None else None
        self.next_time = NextTimeOffer(office, next_time) if next_time is not None else None
        self._counted: tuple[HelpedStep, ...] = ()  # of the visit of now, each once
        self._is_turned = False  # one screen, and the visitor looks at it
        top, row = QVBoxLayout(self), QHBoxLayout()
        for item in (self.come, self.join, self.turn, self.ask, self.flag, self.leave):
            row.addWidget(item)
        row.insertWidget(0, self.header)
        row.insertStretch(1, 1)
        top.addLayout(row)
        top.addWidget(self.state)
        self._glass = QWidget()
        self._glass_column = QVBoxLayout(self._glass)
        self._glass_column.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._glass, 1)
        self._rest = QWidget()
        beneath = QVBoxLayout(self._rest)
        beneath.setContentsMargins(0, 0, 0, 0)
        if self.next_time is not None:
            beneath.addWidget(self.next_time)
        beneath.addStretch(1)
        top.addWidget(self._rest, 1)
        top.setContentsMargins(28, 16, 28, 10)
        top.setSpacing(8)

        link.shown.connect(self._on_link_shown)
        link.refused.connect(self._on_link_refused)
        link.help_changed.connect(self._on_link_help_changed)
        link.ended.connect(self._on_link_ended)
        link.lost.connect(self._on_link_lost)
        self._tell()

    def _make_buttons(self) -> None:
        tr = self.tr_desk
        self.header = DeskHeading(tr("desk.together.header"))
        self.header.setWordWrap(False)
        self.state = DeskText("")
        self.come = DeskButton(tr("desk.together.coming"), "human")
        self.come.clicked.connect(self._on_come_clicked)
        self.join = DeskButton(tr("desk.together.join"), "primary")
        self.join.clicked.connect(self._on_join_clicked)
        self.ask = DeskButton("", "primary")
        self.ask.clicked.connect(self._on_ask_clicked)
        self.leave = DeskButton(tr("desk.together.leave"))
        self.leave.clicked.connect(self._on_leave_clicked)
        self.turn = DeskButton(tr("desk.together.turn"), "primary")
        self.turn.clicked.connect(self._on_turn_clicked)
        self.flag = DeskButton(tr("desk.flags.open"), "human", key="F8")
        self.flag.clicked.connect(self._on_flag_clicked)

    def areas(self) -> Sequence[QWidget]:
        """Give the buttons, then the visitor's screen."""
        offer = (self.next_time.button,) if self.next_time is not None else ()
        buttons = (self.come, self.join, self.turn, self.ask, self.leave, *offer)
        first = next((item for item in buttons if item.isVisibleTo(self)), self)
        return (first, self.mirror) if self.mirror is not None else (first,)

    def left(self) -> None:
        """Go: another visitor, or another helper, begins with nothing of this one."""
        if self._now is not None:
            self._link.leave()
        link = self._link
        link.shown.disconnect(self._on_link_shown)
        link.refused.disconnect(self._on_link_refused)
        link.help_changed.disconnect(self._on_link_help_changed)
        link.ended.disconnect(self._on_link_ended)
        link.lost.disconnect(self._on_link_lost)
        self._forget()

    # -- what the visit says ---------------------------------------------------------------------------------------

    def _on_link_shown(self, shown: Shown) -> None:
        if not self.office.visit.is_going_on:
            self.office.visit.begin()
        is_same = self._now is not None and shown.view.name == self._now.view.name
        if is_same and self._typing.isActive():
            self._late = shown
            return
        self._show(shown)

    def _show(self, shown: Shown) -> None:
        was_allowed = self._now is not None and self._now.may_type
        self._now, self._late = shown, None
        if shown.may_type and not was_allowed:
            self.office.say("")  # what was refused before is allowed now
        self._learn(shown)
        if self.mirror is None:
            self.mirror = KioskWindow(self._on_event, words=self._words, has_touch_screen=False)
            self.mirror.setWindowFlags(Qt.WindowType.Widget)
            self.mirror.setProperty("ownRing", True)  # the window draws its own around what has the focus
            self._glass_column.addWidget(self.mirror)
        self._undress(self.mirror)
        self._mirrored(self.mirror, shown)
        with self._focus_stays():
            self._tell()

    def _learn(self, shown: Shown) -> None:
        """Know what it is about and where we stepped in: ids, for the tally and the page for the next time."""
        visit, helped = self.office.visit, shown.helped
        if shown.service_id:
            visit.served(shown.service_id)
        if not set(self._counted) <= set(helped):
            self._counted = ()  # another visit
        new = [step for step in helped if step not in self._counted]
        if helped:
            visit.helped = helped
        self._counted = helped
        if self._count is not None:
            today = self.office.clock.now().date()
            for step in new:
                said = self.tr_desk("desk.tally.keeping")
                self.office.progress.run(said, partial(self._count, step, today), _counted)

    def _undress(self, mirror: KioskWindow) -> None:
        """Keep the style of the desk's fields from the visitor's."""
        ink = self.office.look.kiosk.colour("ink").name()
        plain = f"background: transparent; border: 0; padding: 0; margin: 0; min-height: 0; color: {ink};"
        sheet = f"QLineEdit, QPlainTextEdit {{ {plain} }}"
        if mirror.styleSheet() != sheet:
            mirror.setStyleSheet(sheet)

    def _mirrored(self, mirror: KioskWindow, shown: Shown) -> None:
        """Show the screen as this helper reads it: how the visitor wants to see and hear is the visitor's."""
        view = shown.view
        has_room = self.height() >= ROOM_FOR_TOOLS
        own = Preferences(language=view.language, theme=self.office.look.theme)
        held = QApplication.focusWidget()
        mirror.show_view(replace(view, preferences=own, tools=view.tools if has_room else ()))
        if held is not None and self.isAncestorOf(held) and not mirror.isAncestorOf(held):
            held.setFocus(Qt.FocusReason.OtherFocusReason)  # the visitor's next screen takes no key from a button here

    def _on_typing_timeout(self) -> None:
        if self._late is not None:
            self._show(self._late)

    def _on_link_refused(self, _refused: object) -> None:
        said = self.tr_desk("desk.together.refused")
        self.office.say(said)
        self._speak(said)
        self._typing.stop()
        if self.mirror is not None and self._now is not None:
            self._mirrored(self.mirror, self._now)  # nothing of what was typed stays

    def _on_link_help_changed(self, _state: object) -> None:
        with self._focus_stays():
            self._tell()

    def _on_link_ended(self) -> None:
        with self._focus_stays():
            self._forget()
            self._tell()

    def _on_link_lost(self) -> None:
        with self._focus_stays():
            self._forget()
            self._tell()
        said = self.tr_desk("desk.together.gone")
        self.state.setText(said)
        self.office.say(said)

    @contextmanager
    def _focus_stays(self) -> Iterator[None]:
        """Keep the focus on this page when what had it goes: what comes next is the button that forgets all of it."""
        held = QApplication.focusWidget()
        yield
        if held is not None and self.isAncestorOf(held) and not held.isVisibleTo(self):
            self.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Let nothing of the visitor stay."""
        self._now = self._late = None
        self._typing.stop()
        if self.mirror is not None:
            self._glass_column.removeWidget(self.mirror)
            self.mirror.hide()  # stays Qt's own until Qt takes it away, in this thread
            self.mirror.deleteLater()
            self.mirror = None
        if self.office.visit.is_going_on:
            self.office.visit.rest()

    def _tell(self) -> None:
        shown, state = self._now, self._link.help
        has_one_screen = self.office.settings.desk.screens is Screens.TURN
        self._is_turned = self._is_turned and shown is not None and has_one_screen
        self.turn.setVisible(shown is not None and has_one_screen)
        self.turn.setText(self.tr_desk("desk.together.turned" if self._is_turned else "desk.together.turn"))
        self.turn.setAccessibleName(self.turn.text())
        self.come.setVisible(shown is None and state is HelpState.CALLED)
        self.join.setVisible(shown is None and state is not HelpState.NONE)
        self.leave.setVisible(shown is not None)
        self.flag.setVisible(shown is not None)
        self._glass.setVisible(shown is not None and not self._is_turned)
        self._rest.setVisible(not self._glass.isVisibleTo(self))
        if self.next_time is not None:
            self.next_time.tell()
        may_ask = (
            not self._is_turned
            and shown is not None
            and shown.kind is not None
            and not shown.may_type
            and not shown.is_asking
        )
        self.ask.setVisible(may_ask)
        if shown is None:
            key = {HelpState.NONE: "nobody", HelpState.CALLED: "called", HelpState.COMING: "told"}[state]
            self.state.setText(self.tr_desk(f"desk.together.{key}"))
            return
        if may_ask and shown.kind is not None:
            self.ask.setText(self.tr_desk(f"desk.together.ask.{shown.kind.value}"))
            self.ask.setAccessibleName(self.ask.text())
        key = "asking" if shown.is_asking else "may" if shown.may_type else "point"
        said = [self.tr_desk(f"desk.together.{key}")]
        if DOTS in repr(shown.view.parts):
            said.append(self.tr_desk("desk.together.hidden"))
        if shown.flag:
            said.append(self.tr_desk("desk.flags.shown"))
        if shown.view.language != "nl":
            said.append(self.tr_desk("desk.together.language", language=dutch_name_of(shown.view.language)))
        self.state.setText(" ".join(said))

    # -- what the helper does --------------------------------------------------------------------------------------

    def _on_event(self, event: Event) -> None:
        may_type = self._now is not None and self._now.may_type
        match event:
            case Pressed():
                self._point(event.id)
            case Chose() if may_type:
                self._link.say(HelperChose(event.part_id, event.option_id))
            case Chose():
                self._point(f"{event.part_id}.{event.option_id}", event.option_id)
            case Typed():
                self._typing.start()
                self._link.say(HelperTyped(event.field_id, event.text))

    def _point(self, part_id: str, item_id: str = "") -> None:
        self._link.say(Point(part_id))
        if self.mirror is not None:
            self.mirror.point_at(item_id or part_id)

    def _on_come_clicked(self) -> None:
        self._link.come()

    def _on_join_clicked(self) -> None:
        self._link.join(self.office.member.role)

    def _on_ask_clicked(self) -> None:
        kind = self._now.kind if self._now is not None else None
        if isinstance(kind, ConsentKind):
            self._link.say(AskConsent(kind))

    def _on_turn_clicked(self) -> None:
        """Turn the one screen: the visitor's window comes to the front, or ours comes back."""
        self._is_turned = not self._is_turned
        self._tell()
        if self._is_turned:
            self.window().showMinimized()

    def _on_flag_clicked(self) -> None:
        self.office.go(FLAGS)

    def _on_leave_clicked(self) -> None:
        self._link.leave()


def together_page(
    link: VisitLink,
    words: Callable[[str], WindowWords],
    speak: Callable[[str], None] = lambda said: None,
    next_time: NextTimePorts | None = None,
) -> DeskPage:
    """Give the page for the window."""
    return DeskPage(
        TOGETHER,
        "desk.together.title",
        "account-multiple-outline",
        lambda office: Together(office, link, words, speak, next_time),
        says="desk.together.says",
        roles=STAFF,
        keys=(PageKey("F8", "desk.flags.open"),),
    )


def _counted(_nothing: object) -> None:
    """Go on: nobody waits for a count."""
