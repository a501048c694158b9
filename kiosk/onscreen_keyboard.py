# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keyboard on the screen, made of our own parts: large keys, accents, three scripts; the field keeps the focus.

Tells the window which key was meant and leaves the field to it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.key_map import Move
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.pressable import Pressable
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape
from kiosk.view import Keyboard
from resources.icons import paint_icon, sign
from resources.keyboards import face_of, next_script, rows_of, script_name, script_of, width_of

SHIFT, DELETE, SPACE, ENTER, DONE, ACCENTS, LETTERS, SCRIPT = (
    "<shift>",
    "<delete>",
    "<space>",
    "<enter>",
    "<done>",
    "<accents>",
    "<letters>",
    "<script>",
)
_ACTIONS = {
    SHIFT: "shift",
    DELETE: "delete",
    SPACE: "space",
    ENTER: "enter",
    DONE: "done",
    ACCENTS: "accents",
    LETTERS: "letters",
}
_PICTURES = {SHIFT: "shift", DELETE: "delete", ENTER: "enter"}
_LEAST_KEY, _KEY = 60, 72
_PAD_KEY = 200
_LARGEST_SHARE = 0.5


class KeyButton(Pressable, QPushButton):
    """One key. Never takes the focus from the field."""

    def __init__(self, stage: Stage, parent: QWidget, key: str, text: str, name: str) -> None:
        super().__init__(parent)
        self._stage = stage
        self.key = key
        self.text_on_key = text
        self.is_under_cursor = False
        self.is_held = False
        self._shape: TextShape | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def fit(self) -> None:
        """Take the largest letters that fit the key."""
        look = self._stage.look
        room, tall = self.width() - 8, self.height() - 4
        fitting = (
            shape
            for style in ("key", "body", "small")
            for shape in (TextShape(self.text_on_key, look.font(style), look.line(style), False, is_centred=True),)
            if shape.natural_width <= room and shape.lay_out(room) <= tall
        )
        self._shape = next(fitting, None)
        if self._shape is None:
            small = TextShape(self.text_on_key, look.font("small"), look.line("small"), False)
            font = QFont(look.font("small"))
            font.setPixelSize(max(12, min(tall * 2 // 3, font.pixelSize() * room // max(small.natural_width, 1))))
            self._shape = TextShape(self.text_on_key, font, tall, False, is_centred=True)
            self._shape.lay_out(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        is_done = self.key == DONE
        fill = "primary" if is_done else "tint" if self.isDown() or self.is_held else "paper"
        ink = "on_primary" if is_done else "ink"
        edge = "primary" if is_done or self.isDown() or self.is_held else "edge"
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour(fill),
            look.colour(edge),
            look.shape("border"),
            look.shape("field_radius"),
        )
        picture = _PICTURES.get(self.key)
        if picture:
            size = min(look.shape("icon_button"), self.height() - 12)
            square = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
            paint_icon(painter, sign(picture), square, look.colour(ink), is_rtl=self._stage.is_rtl)
        elif self._shape is not None:
            width = self.width() - 8
            self._shape.paint(painter, 4, (self.height() - self._shape.lay_out(width)) / 2, look.colour(ink))
        painter.end()


class OnScreenKeyboard(QWidget):
    """All keys of one layout; knows shift, accents and scripts, and which key the arrows stand on."""

    def __init__(
        self,
        stage: Stage,
        parent: QWidget,
        typed: Callable[[str], None],
        changed: Callable[[], None],
        said: Callable[[str, bool], None] = lambda text, is_sign: None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._typed = typed
        self._changed = changed
        # Told the name of a key that was pressed, or that the arrows came to; and whether it put a sign in the field.
        self._said = said
        self._kind = Keyboard.TEXT
        self._script = "latin"
        self._page = ""
        self._has_lines = False
        self._is_shifted = False
        self._rows: list[list[KeyButton]] = []
        self._cursor: KeyButton | None = None
        self.hide()

    @property
    def cursor_key(self) -> KeyButton | None:
        """The key the arrows stand on, or none while fingers type."""
        return self._cursor

    def keys(self) -> list[KeyButton]:
        return [key for row in self._rows for key in row]

    def open_for(self, kind: Keyboard, language: str, is_empty: bool, *, has_lines: bool = False) -> None:
        """Show the keys for a kind of field; a name or a text starts with a capital, several lines have a key."""
        self._has_lines = has_lines
        self._kind, self._script, self._page = kind, script_of(language), ""
        self._is_shifted = is_empty and kind in (Keyboard.TEXT, Keyboard.NAME)
        self._build()
        self.show()
        self.raise_()

    def _build(self) -> None:
        for old in self.keys():
            old.hide()
            old.deleteLater()
        self._cursor = None
        self._rows = []
        for row in rows_of(self._script, self._page or self._kind.value):
            keys = []
            for key in self._with_enter(row):
                button = KeyButton(self._stage, self, key, self._text_of(key), self._name_of(key))
                button.clicked.connect(self._on_key_clicked)
                button.is_held = key == SHIFT and self._is_shifted
                button.show()
                keys.append(button)
            self._rows.append(keys)
        self.lay_out()

    def _with_enter(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """Put the key for a new line before the one that is done with typing, where there are lines."""
        if not self._has_lines or DONE not in row:
            return row
        at = row.index(DONE)
        return (*row[:at], ENTER, *row[at:])

    def _text_of(self, key: str) -> str:
        if key == SCRIPT:
            return script_name(next_script(self._script))
        if key in _ACTIONS:
            return face_of(key) or self._name_of(key)
        return key.upper() if self._is_shifted and key != "ß" else key

    def _name_of(self, key: str) -> str:
        """Give what a screen reader calls the key."""
        if key in _ACTIONS:
            return self._stage.words.get(f"keyboard.{_ACTIONS[key]}", "")
        return self._text_of(key)

    def height_for(self, height: int) -> int:
        """Give the height of the keyboard in a window so high."""
        rows = len(self._rows) or 5
        return rows * (self._key_height(height) + self._gap()) + self._gap() + self._stage.look.space("small")

    def _gap(self) -> int:
        return self._stage.look.space("small")

    def _key_height(self, height: int) -> int:
        look = self._stage.look
        wished = max(_KEY, look.line("key") + look.space("small"))
        rows = len(self._rows) or 5
        most = (round(height * _LARGEST_SHARE) - self._gap() * (rows + 2)) // rows
        return max(_LEAST_KEY, min(wished, most))

    def _width_of(self, key: KeyButton) -> float:
        """Keys of a number pad are all alike."""
        return 1 if self._kind in (Keyboard.DIGITS, Keyboard.AMOUNT, Keyboard.PHONE) else width_of(key.key)

    def lay_out(self) -> None:
        width, gap = self.width(), self._gap()
        margin = self._stage.look.space("medium")
        top = gap + self._stage.look.space("small") // 2
        high = self._key_height(self.window().height())
        is_pad = self._kind in (Keyboard.DIGITS, Keyboard.AMOUNT, Keyboard.PHONE)
        units = max((sum(self._width_of(key) for key in row) for row in self._rows), default=1)
        unit = (width - 2 * margin + gap) / units
        if is_pad:
            unit = min(unit, _PAD_KEY + gap)
        for row in self._rows:
            used = sum(self._width_of(key) for key in row)
            scale = units / used if is_pad or used > units * 0.7 else 1.0
            left = (width + gap - used * unit * scale) / 2
            for key in row:
                size = self._width_of(key) * unit * scale
                rect = (round(left), top, round(left + size) - round(left) - gap, high)
                # Keys stand as on every keyboard: their order is the script's, not the screen's.
                key.setGeometry(*rect)
                key.fit()
                left += size
            top += high + gap

    def _on_key_clicked(self) -> None:
        key = self.sender()
        if isinstance(key, KeyButton):
            self._press(key)

    def _press(self, key: KeyButton) -> None:
        # Said after it did its work: what is done on the screen silences what was being said.
        name, is_sign = self._name_of(key.key), key.key not in _ACTIONS and key.key != SCRIPT
        self._do(key)
        self._said(name, is_sign)

    def _do(self, key: KeyButton) -> None:
        if key.key == SHIFT:
            self._is_shifted = not self._is_shifted
            self._rebuild(key)
        elif key.key in (ACCENTS, LETTERS):
            self._page = "accents" if key.key == ACCENTS else ""
            self._rebuild(key)
        elif key.key == SCRIPT:
            self._script = next_script(self._script)
            self._rebuild(key)
        elif key.key in (SPACE, DELETE, ENTER, DONE):
            self._typed(key.key)
        else:
            self._typed(key.text_on_key)
            if self._is_shifted:
                self._is_shifted = False
                self._rebuild(key)

    def _rebuild(self, pressed: KeyButton) -> None:
        place = self._place_of(self._cursor) if self._cursor is not None else None
        # The pressed key lives until Qt has finished with its click: deleteLater, never del.
        self._build()
        if place is not None:
            self._set_cursor(self._at(*place))
        self._changed()

    def _place_of(self, key: KeyButton) -> tuple[int, int]:
        return next((number, row.index(key)) for number, row in enumerate(self._rows) if key in row)

    def _at(self, row: int, column: int) -> KeyButton:
        keys = self._rows[min(row, len(self._rows) - 1)]
        return keys[min(column, len(keys) - 1)]

    def _set_cursor(self, key: KeyButton | None) -> None:
        self._cursor = key
        self._changed()

    def _walk_to(self, key: KeyButton) -> None:
        if key is not self._cursor:
            self._said(self._name_of(key.key), False)
        self._set_cursor(key)

    def enter(self) -> None:
        """Let the arrows walk over the keys."""
        self._walk_to(self._rows[0][0])

    def leave(self) -> None:
        self._set_cursor(None)

    def move_cursor(self, move: Move) -> None:
        """Walk to the neighbouring key; on an edge stay."""
        if self._cursor is None:
            return
        row, column = self._place_of(self._cursor)
        if move in (Move.LEFT, Move.RIGHT):
            column = max(0, min(column + (1 if move is Move.RIGHT else -1), len(self._rows[row]) - 1))
            self._walk_to(self._rows[row][column])
            return
        target = row + (1 if move is Move.DOWN else -1)
        if not 0 <= target < len(self._rows):
            return
        middle = self._cursor.geometry().center().x()
        self._walk_to(min(self._rows[target], key=lambda key: abs(key.geometry().center().x() - middle)))

    def press_cursor(self) -> None:
        if self._cursor is not None:
            self._press(self._cursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        painter.fillRect(self.rect(), look.colour("canvas"))
        painter.fillRect(0, 0, self.width(), look.shape("border"), look.colour("edge"))
        painter.end()
