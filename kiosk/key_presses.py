# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a key does in the window: walk, press, go back, ask for help, ask something of the voice, or only be practised.

Which keys there are is `key_map.py`'s, where they walk `walker.py`'s, how they type `typist.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from kiosk.content import Content
from kiosk.key_map import ASKS, HELP_HOLD_MS, KEYS, Move, action_of
from kiosk.parts.text_block import TextBlock
from kiosk.parts.typing_line import TypingArea, TypingLine
from kiosk.typist import Typist
from kiosk.view import BACK, LEAVE, SOUND, TRIED, Listener, Pressed, View
from kiosk.walker import Walker

_HELD = frozenset({Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT, Move.PAGE_UP, Move.PAGE_DOWN, Move.LOUDER, Move.SOFTER})


class KeyPresses(QObject):
    """Takes the keys of one window."""

    def __init__(
        self,
        window: QMainWindow,
        content: Content,
        walker: Walker,
        typist: Typist,
        listener: Listener,
        *,
        view: Callable[[], View | None],
        open_keyboard: Callable[[], None],
        has_touch_screen: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._content = content
        self._walker = walker
        self._typist = typist
        self._listener = listener
        self._view = view
        self._open_keyboard = open_keyboard
        self._has_touch_screen = has_touch_screen
        self.is_pressing = False  # what is pressed now is pressed by a key
        self._help_timer = QTimer(self)
        self._help_timer.setSingleShot(True)
        self._help_timer.setInterval(HELP_HOLD_MS)
        self._help_timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one comes up to 100 ms late
        self._help_timer.timeout.connect(self._on_help_timer_timeout)

    @property
    def is_trying(self) -> bool:
        """Tell whether keys are only practised."""
        view = self._view()
        return view is not None and view.is_trying_keys

    def press(self, move: Move, *, is_repeat: bool) -> None:
        """Do what a key asks."""
        if is_repeat and move not in _HELD:
            return
        if self._typist.key_pressed(move):
            return
        match move:
            case Move.HELP:
                self._help_timer.start()
            case Move.BACK:
                self._go_back()
            case Move.PRESS:
                self._press_focused()
            case Move() if move in ASKS:
                self._listener(Pressed(ASKS[move]))
            case Move.PAGE_UP | Move.PAGE_DOWN:
                self._content.scroll_by(1 if move is Move.PAGE_DOWN else -1)
            case _:
                self._walker.walk(move)

    def try_out(self, event: QKeyEvent) -> None:
        """Tell which key it was, and let it do nothing; held long enough, Help still is "Snel weg"."""
        event.accept()
        move = KEYS.get(event.key())
        if event.isAutoRepeat():
            return
        if move is Move.HELP:
            self._help_timer.start()
        else:
            self._listener(Pressed(TRIED + action_of(move)))

    def let_go_of_help(self) -> None:
        """Answer a short press; a long one was answered already."""
        if self._help_timer.isActive():
            self._help_timer.stop()
            self._ask_for_help()

    def _on_help_timer_timeout(self) -> None:
        self._listener(Pressed(LEAVE))

    def _ask_for_help(self) -> None:
        """Say what was typed to who is typing, else where they are and what can be done there."""
        view = self._view()
        if self.is_trying:
            self._listener(Pressed(TRIED + action_of(Move.HELP)))
        elif not (view is not None and view.preferences.is_reading and self._typist.say_so_far()):
            self._press_frame(SOUND)

    def _press_frame(self, button_id: str) -> None:
        view = self._view()
        if view is not None and any(button.id == button_id for button in (*view.bar, *view.tools)):
            self._listener(Pressed(button_id))

    def _go_back(self) -> None:
        opened = self._typist.open_panels()
        if self._typist.is_open:
            self._typist.say_so_far()
            self._typist.close()
        elif opened:
            opened[0].open_panel(False)
            opened[0].control.setFocus()
        else:
            self._press_frame(BACK)

    def _press_focused(self) -> None:
        focused = self._window.focusWidget()
        if isinstance(focused, QAbstractButton):
            self.is_pressing = True
            focused.click()
            self.is_pressing = False
        elif isinstance(focused, TextBlock):
            self._walker.focus(focused)  # says it once more
        elif isinstance(focused, TypingLine | TypingArea):
            if self._has_touch_screen and not self._typist.is_open:
                self._open_keyboard()
                self._typist.enter()
            elif isinstance(focused, TypingArea):
                focused.insertPlainText("\n")
            else:
                self._walker.walk_by(1)
