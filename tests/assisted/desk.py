# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A desk for tests: the real window with an invented staff, and what was told, rung and written in a fake book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assisted.call_colleague import call_colleague_page
from assisted.desk_look import DeskLook
from assisted.home import HomeNotice
from assisted.pages import DeskOffice, DeskPage
from assisted.tally import tally_page
from assisted.window import DeskPorts, DeskWindow
from domain.errors import StaffError
from domain.settings import Settings
from domain.staff import Role, SignInOutcome, SignInReply, StaffId, StaffMember, pin_problem
from domain.tally import Tally
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.view import ThemeName
from tests.fakes.clock import FakeClock

RIET = StaffMember(StaffId("riet"), 12, "Riet de Vries", Role.HELPER)
OMAR = StaffMember(StaffId("omar"), 34, "Omar Aydin", Role.COUNTER)
NEW = StaffMember(StaffId("new"), 56, "Noor Bakker", Role.HELPER, has_start_pin=True)
PINS = {"12": ("739204", RIET), "34": ("518063", OMAR), "56": ("640917", NEW)}
BADGE = "04A3B2C1D0"


@dataclass
class FakeDoor:
    """Knows three members; counts what it was asked."""

    members: Sequence[StaffMember] = (RIET, OMAR, NEW)
    outcome: SignInOutcome | None = None
    tried: list[tuple[str, ...]] = field(default_factory=list)
    left: list[StaffId] = field(default_factory=list)
    pins: dict[StaffId, str] = field(default_factory=dict)

    def has_members(self) -> bool:
        return bool(self.members)

    def sign_in(self, number: str, pin: str) -> SignInReply:
        self.tried.append((number, pin))
        known, member = PINS.get(number, ("", None))
        if self.outcome is not None:
            return SignInReply(self.outcome, locked_until=datetime.max.replace(tzinfo=UTC))
        return SignInReply(SignInOutcome.WELCOME, member) if pin == known else SignInReply(SignInOutcome.WRONG)

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        self.tried.append((badge,))
        return SignInReply(SignInOutcome.WELCOME, RIET) if badge == BADGE else SignInReply(SignInOutcome.WRONG)

    def change_pin(self, member: StaffMember, pin: str) -> None:
        if pin_problem(pin) is not None:
            raise StaffError("this PIN cannot be chosen")
        self.pins[member.staff_id] = pin

    def signed_out(self, member: StaffMember) -> None:
        self.left.append(member.staff_id)


@dataclass
class FakeTallyBook:
    """Counts in memory."""

    counted: list[tuple[Tally, date]] = field(default_factory=list)

    def count(self, tally: Tally, day: date) -> None:
        self.counted.append((tally, day))

    def take_back(self, tally: Tally, day: date) -> bool:
        if (tally, day) not in self.counted:
            return False
        self.counted.remove((tally, day))
        return True

    def month(self, year: int, month: int) -> dict[Tally, int]:
        return {}


class Desk:
    """The window and the hands at it."""

    def __init__(
        self,
        qtbot: QtBot,
        *,
        more: Sequence[DeskPage] = (),
        lock_ms: int = 60_000,
        is_practice: bool = False,
        theme: ThemeName = ThemeName.LIGHT,
        members: Sequence[StaffMember] = (RIET, OMAR, NEW),
        alarm: Callable[[], int] | None = None,
        on_home: Callable[[DeskOffice], HomeNotice] | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.door, self.book = FakeDoor(members), FakeTallyBook()
        self.faults: list[Exception] = []
        self.rings: list[str] = []
        self.background = Background()
        self.clock = FakeClock()
        self.texts = Texts("nl", is_strict=True)
        ports = DeskPorts(
            settings=Settings(),
            texts=self.texts,
            clock=self.clock,
            background=self.background,
            door=self.door,
            failed=self.faults.append,
            ring=lambda: self.rings.append("ring"),
            practice_begun=lambda: None,
            on_home=on_home,
            alarm=alarm,
        )
        pages = (*more, tally_page(self.book), call_colleague_page())
        self.window = DeskWindow(ports, pages, look=DeskLook(theme), is_practice=is_practice, lock_ms=lock_ms)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.begin(RIET if is_practice else None)
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.background.is_busy)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        # The key of a button shows it pressed for a moment before it acts.
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in self.window.findChildren(QPushButton)))
        self.settle()

    def sign_in(self, member: StaffMember = RIET) -> None:
        """Sign in by keys alone."""
        self.window.sign_in.focus_first()
        self.type(str(member.number))
        self.press(Qt.Key.Key_Return)
        self.type(PINS[str(member.number)][0])
        self.press(Qt.Key.Key_Return)

    @property
    def said(self) -> str:
        """All text that can be seen in the window now."""
        return "\n".join(seen(self.window))

    def close(self) -> None:
        self.window.close()
        self.background.close(waits=True)


def seen(widget: QWidget) -> list[str]:
    """Give every text of the widgets that are shown, fields and names included."""
    found = []
    for item in (widget, *widget.findChildren(QWidget)):
        if not item.isVisible():
            continue
        for name in ("text", "plainText", "placeholderText", "accessibleName", "accessibleDescription", "windowTitle"):
            said = item.property(name)
            if isinstance(said, str) and said:
                found.append(said)
    return found
