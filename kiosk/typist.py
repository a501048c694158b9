# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the keyboard on the screen to the field that has the focus: opens it, types its keys, walks it by six keys.

Where things stand is the window's; what the keys are is the keyboard's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QWidget

from domain.service import Privacy
from kiosk.content import Content
from kiosk.key_map import Move
from kiosk.onscreen_keyboard import DELETE, DONE, ENTER, SPACE, OnScreenKeyboard
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.fields import Fields
from kiosk.parts.stage import Stage
from kiosk.parts.typing_line import TypingArea, TypingLine, text_of


def _sign_before(editor: QWidget | None) -> str:
    """Give the sign that the delete key takes away."""
    if isinstance(editor, TypingLine):
        return editor.text()[: editor.cursorPosition()][-1:]
    return editor.toPlainText()[: editor.textCursor().position()][-1:] if isinstance(editor, TypingArea) else ""


class Typist:
    """What a finger or six keys type, brought to the field."""

    def __init__(
        self,
        window: QMainWindow,
        stage: Stage,
        surface: QWidget,
        content: Content,
        *,
        relayout: Callable[[], None],
        show_ring: Callable[[], None],
        said: Callable[[str, Privacy], None],
    ) -> None:
        self._window = window
        self._stage = stage
        self._content = content
        self._relayout = relayout
        self._show_ring = show_ring
        self._say = said
        self._has_explained = self._explains = False
        self._deleted = ""
        self._is_refused = False  # the sign that was typed was taken out at once: it is not said either
        self.keyboard = OnScreenKeyboard(stage, surface, self._type, self._on_keyboard_walked, self._on_key_said)

    # -- fields ----------------------------------------------------------------------------------------------------

    def entries(self) -> list[FieldEntry]:
        return [entry for widget in self._content.widgets if isinstance(widget, Fields) for entry in widget.entries]

    def entry_of(self, item: QWidget | None) -> FieldEntry | None:
        return next((entry for entry in self.entries() if entry.control is item), None)

    def open_panels(self) -> list[FieldEntry]:
        """Give the fields whose words to pick from are shown."""
        return [entry for entry in self.entries() if entry.panel is not None and not entry.panel.isHidden()]

    # -- the keyboard ----------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return not self.keyboard.isHidden()

    def open(self, language: str) -> FieldEntry | None:
        """Show the keys for the field that has the focus; gives the field, or none where none has it."""
        entry = self.entry_of(self._window.focusWidget())
        if entry is None or entry.editor is None:
            return None
        self.keyboard.resize(self._window.width(), self._window.height() // 2)
        is_empty = not text_of(entry.editor)
        self.keyboard.open_for(entry.field.keyboard, language, is_empty, has_lines=entry.field.lines > 1)
        self._relayout()
        return entry

    def close(self) -> None:
        if self.is_open:
            self.keyboard.leave()
            self.keyboard.hide()
            self._relayout()

    def enter(self) -> None:
        """Let the arrows walk over the keys; the first time, say how that goes."""
        self._explains, self._has_explained = not self._has_explained, True
        self.keyboard.enter()
        self._explains = False

    def say_so_far(self) -> bool:
        """Say what stands in the field whose keys are open; False where none are."""
        entry = self.entry_of(self._window.focusWidget())
        if not self.is_open or entry is None or entry.editor is None:
            return False
        text = text_of(entry.editor)
        if not text:
            self._say_words("typed.nothing")
        elif entry.field.privacy is Privacy.SECRET:
            self._say_words("typed.secret")
        else:
            self._say_words("typed.so_far", entry.field.privacy, text=text)
        return True

    def _say_words(self, key: str, privacy: Privacy = Privacy.OPEN, **values: str) -> None:
        said = self._stage.words.get(key, "")
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", value)
        if said:
            self._say(said, privacy)

    def _type(self, key: str) -> None:
        editor = self._window.focusWidget()
        before = len(text_of(editor)) if isinstance(editor, TypingLine | TypingArea) else 0
        self._put(key, editor)
        after = len(text_of(editor)) if isinstance(editor, TypingLine | TypingArea) else 1
        self._is_refused = not key.startswith("<") and after <= before

    def _put(self, key: str, editor: QWidget | None) -> None:
        self._deleted = _sign_before(editor) if key == DELETE else ""
        if key == DONE:
            self.say_so_far()
            self.close()
        elif isinstance(editor, TypingLine):
            editor.backspace() if key == DELETE else editor.insert(" " if key == SPACE else key)
        elif isinstance(editor, TypingArea):
            if key == DELETE:
                editor.textCursor().deletePreviousChar()
            else:
                editor.insertPlainText({SPACE: " ", ENTER: "\n"}.get(key, key))

    def _on_keyboard_walked(self) -> None:
        """Let the arrows belong to the keys while they are walked over, and to the field else."""
        is_walked = self.keyboard.cursor_key is not None
        for entry in self.entries():
            if entry.editor is not None:
                entry.editor.passes_keys = is_walked
        self._show_ring()

    def _on_key_said(self, name: str, pressed: str) -> None:
        """Say a key, as private as what it does: a sign that was typed or taken away is a piece of the answer."""
        entry = self.entry_of(self._window.focusWidget())
        privacy = entry.field.privacy if entry is not None else Privacy.OPEN
        if pressed == DONE:
            return  # what was typed is said instead
        if self._is_refused and pressed and not pressed.startswith("<"):
            return
        if pressed == DELETE and privacy is not Privacy.SECRET:
            if self._deleted:
                self._say_words("typed.deleted", privacy, sign=self.keyboard.name_of(self._deleted))
            else:
                self._say_words("typed.nothing")
        else:
            if self._explains:
                name = f"{self._stage.words.get('typed.opens', '')} {name}".strip()
            is_sign = pressed and not pressed.startswith("<")
            self._say(name, privacy if is_sign else Privacy.OPEN)

    def key_pressed(self, move: Move) -> bool:
        """Take a key of the six while they walk over the keyboard."""
        if self.keyboard.cursor_key is None:
            return False
        if move is Move.PRESS:
            self.keyboard.press_cursor()
        elif move in (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT):
            self.keyboard.move_cursor(move)
        else:
            return False
        return True
