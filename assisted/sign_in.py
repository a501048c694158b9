# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who works here comes in: number and PIN by keys or mouse, or a badge that types. The book is asked off the UI thread.

It says never what was wrong. Who was given a PIN chooses one of their own first. What was typed is in no widget once
it was tried.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assisted.desk_look import DeskLook
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText, dress
from domain.errors import StaffError
from domain.staff import LEAST_BADGE, LONGEST_BADGE, SignInOutcome, SignInReply, StaffMember, badge_of, number_of
from i18n.texts import Texts
from kiosk.background import Background

BADGE_PAUSE_MS = 400  # a reader types all of a badge in less
LOOKS_AGAIN_MS = 5000  # while nobody may sign in yet
_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "delete")


class DeskDoor(Protocol):
    """Knows the staff; joined by `commands`. Called off the UI thread; all raise StoreError or SealingError."""

    def has_members(self) -> bool:
        """Tell whether anybody may sign in at all."""
        ...

    def sign_in(self, number: str, pin: str) -> SignInReply:
        """Answer number and PIN."""
        ...

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        """Answer a badge."""
        ...

    def change_pin(self, member: StaffMember, pin: str) -> None:
        """Give a member a PIN of their own; raises StaffError when it cannot be chosen."""
        ...

    def signed_out(self, member: StaffMember) -> None:
        """Know that a member left."""
        ...


class SignIn(QWidget):
    """The page in front of everything. Lives in the UI thread."""

    def __init__(
        self,
        texts: Texts,
        look: DeskLook,
        door: DeskDoor,
        background: Background,
        *,
        welcome: Callable[[StaffMember], None],
        failed: Callable[[Exception], None],
        to_practice: Callable[[], None] | None = None,
        badge_pause_ms: int = BADGE_PAUSE_MS,
    ) -> None:
        super().__init__()
        self._texts = texts
        self._door = door
        self._background = background
        self._welcome = welcome
        self._failed = failed
        self._is_asking = False
        self._member: StaffMember | None = None  # has to choose a PIN before anything else
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(LOOKS_AGAIN_MS)
        self._look_again.timeout.connect(self.look_for_staff)
        self._badge_pause = QTimer(self)
        self._badge_pause.setSingleShot(True)
        self._badge_pause.setInterval(badge_pause_ms)
        self._badge_pause.timeout.connect(self._on_badge_pause)

        self._title = DeskHeading("")
        self._says = DeskText("", "soft")
        self._note = DeskText("", "danger")
        self._note.hide()
        self._label = DeskText(texts.tr("desk.sign_in.number"))
        self.number = self._field("desk.sign_in.number", LONGEST_BADGE)
        self._label_pin = DeskText(texts.tr("desk.sign_in.pin"))
        self.pin = self._field("desk.sign_in.pin", LONGEST_BADGE)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.number.textEdited.connect(self._on_number_edited)
        self._go = DeskButton(texts.tr("desk.sign_in.go"), "primary")
        self._go.clicked.connect(self._try)
        self._practice = DeskButton(texts.tr("desk.sign_in.practice"), "quiet")
        self._has_practice = to_practice is not None
        self._badge = DeskText(texts.tr("desk.sign_in.badge"), "soft")

        self._fields = self._make_fields(look)
        self._lay_out(look, to_practice)
        self.begin()

    def _make_fields(self, look: DeskLook) -> QWidget:
        card = Card(self._label, self.number, self._label_pin, self.pin, self._go, self._badge)
        card.setFixedWidth(look.px("form") - 140)
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setSpacing(32)
        row.addStretch(1)
        row.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._make_pad(), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return fields

    def _lay_out(self, look: DeskLook, to_practice: Callable[[], None] | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(2)
        head = QWidget()
        head.setFixedWidth(look.px("reading"))
        beneath = QVBoxLayout(head)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(16)
        for item in (self._title, self._says, self._note):
            item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            beneath.addWidget(item)
        column.addWidget(head, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._fields)
        if to_practice is not None:
            self._practice.clicked.connect(to_practice)
            column.addWidget(self._practice, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _field(self, key: str, longest: int) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("kind", "pin")
        field.setAccessibleName(self._texts.tr(key))
        field.setMaxLength(longest)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        field.returnPressed.connect(self._on_return)
        field.installEventFilter(self)
        return field

    def _make_pad(self) -> QWidget:
        pad = QWidget()
        pad.setAccessibleName(self._texts.tr("desk.sign_in.pad"))
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, digit in enumerate(_DIGITS):
            if not digit:
                continue
            words = self._texts.tr("desk.sign_in.delete") if digit == "delete" else digit
            key = DeskButton("⌫" if digit == "delete" else digit, "key")
            key.setAccessibleName(words)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has these keys itself
            key.clicked.connect(self._on_delete if digit == "delete" else lambda _on=False, sign=digit: self._put(sign))
            grid.addWidget(key, place // 3, place % 3)
        return pad

    # -- what is shown -----------------------------------------------------------------------------------------------

    def begin(self, *, is_locked: bool = False, said: str = "") -> None:
        """Begin anew, with nothing typed; `is_locked`: somebody walked away, and their work is kept."""
        tr = self._texts.tr
        self._member = None
        self._title.setText(tr("desk.locked.title" if is_locked else "desk.sign_in.title"))
        self._says.setText(tr("desk.locked.says") if is_locked else "")
        self._says.setVisible(is_locked)
        self._label.setText(tr("desk.sign_in.number"))
        self._label_pin.setText(tr("desk.sign_in.pin"))
        self.number.setAccessibleName(tr("desk.sign_in.number"))
        self.pin.setAccessibleName(tr("desk.sign_in.pin"))
        self._badge.show()
        self._go.setText(tr("desk.sign_in.go"))
        self._empty()
        self.number.setEchoMode(QLineEdit.EchoMode.Normal)
        self._say(said)
        self._practice.setVisible(self._has_practice and not is_locked)
        self._fields.show()

    def look_for_staff(self) -> None:
        """Look whether anybody may sign in; with nobody, say what IT must do."""
        self._background.run(self._door.has_members, self._on_members, self._on_failed)

    def focus_first(self) -> None:
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, key: str) -> None:
        self._note.setText(self._texts.tr(key) if key else "")
        self._note.setAccessibleName(self._note.text())
        self._note.setVisible(bool(key))

    def _on_members(self, has_members: bool) -> None:
        if has_members and self._fields.isHidden():  # somebody of IT was here meanwhile
            dress(self._note, "danger")
            self.begin()
        if not has_members:
            self._look_again.start()
            tr = self._texts.tr
            self._title.setText(tr("desk.nobody.title"))
            self._says.setText(tr("desk.nobody.says"))
            self._says.show()
            self._note.setText("loket staff add")
            self._note.setAccessibleName("loket staff add")
            dress(self._note, "notice")
            self._note.show()
            self._fields.hide()
        self.focus_first()

    def _empty(self) -> None:
        for field in (self.number, self.pin):
            field.clear()
            # Only this empties what Ctrl+Z would bring back.
            field.setText("")

    # -- what a person does ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        other = {(self.number, Qt.Key.Key_Down): self.pin, (self.pin, Qt.Key.Key_Up): self.number}
        for (field, key), to in other.items():
            if watched is field and event.key() == key:
                to.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _put(self, digit: str) -> None:
        field = self.pin if self.pin.hasFocus() else self.number
        if not field.hasFocus():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.insert(digit)
        if field is self.number:
            self._on_number_edited(field.text())

    def _on_delete(self) -> None:
        (self.pin if self.pin.hasFocus() else self.number).backspace()

    def _on_number_edited(self, text: str) -> None:
        """Hide what is no number any more: a reader is typing a badge, or somebody a PIN in the wrong place."""
        if self._member is not None:
            return
        is_badge = len(badge_of(text)) >= LEAST_BADGE and number_of(text) is None
        is_hidden = bool(text) and not (text.isdecimal() and len(text) <= 4)
        self.number.setEchoMode(QLineEdit.EchoMode.Password if is_hidden else QLineEdit.EchoMode.Normal)
        if is_badge:
            self._badge_pause.start()
        else:
            self._badge_pause.stop()

    def _on_badge_pause(self) -> None:
        if self._badge_typed():
            self._try()

    def _badge_typed(self) -> str:
        """Give what a reader typed, wherever the focus was; empty when it is no badge."""
        if self._member is not None:
            return ""
        number, pin = self.number.text(), self.pin.text()
        if not pin and len(badge_of(number)) >= LEAST_BADGE and number_of(number) is None:
            return number
        is_in_pin = not number and len(badge_of(pin)) >= LEAST_BADGE
        return pin if is_in_pin else ""

    def _on_return(self) -> None:
        if self.sender() is self.number and not self._badge_typed():
            self.pin.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._try()

    def _try(self) -> None:
        if self._is_asking:
            return
        self._badge_pause.stop()
        number, pin, badge = self.number.text(), self.pin.text(), self._badge_typed()
        if self._member is not None:
            self._choose_pin(self._member, number, pin)
            return
        if not badge and not (number and pin):
            (self.pin if number else self.number).setFocus(Qt.FocusReason.OtherFocusReason)
            self._say("desk.sign_in.both")
            return
        self._is_asking = True
        self._empty()
        door = self._door
        if badge:
            self._background.run(lambda: door.sign_in_by_badge(badge), self._on_answered, self._on_failed)
        else:
            self._background.run(lambda: door.sign_in(number, pin), self._on_answered, self._on_failed)

    def _on_answered(self, reply: SignInReply) -> None:
        self._is_asking = False
        self.number.setEchoMode(QLineEdit.EchoMode.Normal)
        if reply.member is None:
            is_locked = reply.outcome is SignInOutcome.LOCKED
            self._say("desk.sign_in.locked" if is_locked else "desk.sign_in.wrong")
            self.focus_first()
        elif reply.member.has_start_pin:
            self._ask_own_pin(reply.member)
        else:
            self._say("")
            self._welcome(reply.member)

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._failed(error)
        self._say("desk.sign_in.broken")
        self.focus_first()

    # -- a PIN of one's own ------------------------------------------------------------------------------------------

    def _ask_own_pin(self, member: StaffMember) -> None:
        tr = self._texts.tr
        self._member = member
        self._title.setText(tr("desk.own_pin.title"))
        self._says.setText(tr("desk.own_pin.says"))
        self._says.show()
        self._label.setText(tr("desk.own_pin.new"))
        self._label_pin.setText(tr("desk.own_pin.again"))
        self.number.setAccessibleName(tr("desk.own_pin.new"))
        self.pin.setAccessibleName(tr("desk.own_pin.again"))
        self.number.setEchoMode(QLineEdit.EchoMode.Password)
        self._go.setText(tr("desk.own_pin.go"))
        self._badge.hide()
        self._say("")
        self.focus_first()

    def _choose_pin(self, member: StaffMember, pin: str, again: str) -> None:
        if pin != again:
            self._empty()
            self._say("desk.own_pin.differs")
            self.focus_first()
            return
        self._is_asking = True
        self._empty()
        door = self._door
        self._background.run(
            lambda: door.change_pin(member, pin), lambda _none: self._on_chosen(member), self._on_pin_failed
        )

    def _on_chosen(self, member: StaffMember) -> None:
        self._is_asking = False
        self._say("")
        self._welcome(member)

    def _on_pin_failed(self, error: Exception) -> None:
        if not isinstance(error, StaffError):
            self._on_failed(error)
            return
        self._is_asking = False
        self._say("desk.own_pin.refused")
        self.focus_first()
