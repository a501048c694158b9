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

from i18n.stretches import in_language
from kiosk.key_map import Move
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.pressable import Pressable
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape
from kiosk.view import Keyboard
from resources.icons import paint_icon, sign
from resources.keyboards import capital_of, face_of, language_of, next_script, rows_of, script_name, script_of, width_of

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
_SIGNS = {"@": "at", ".": "dot", "-": "hyphen"}
_PICTURES = {SHIFT: "shift", DELETE: "delete", ENTER: "enter"}
# Where the word would have to be too small to read; it is still the key's name.
_PICTURES_FOR_WORDS = {DONE: "check", SCRIPT: "script", ACCENTS: "accents", LETTERS: "letters"}
_LEAST_KEY, _KEY = 60, 72
_PAD_KEY = 200
_KEY_SIDES = 4
_LEAST_LETTERS = 12
_TIGHT_LINE = 1.1  # of two lines on one key, in heights of the letters
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
        room, tall = self.width() - _KEY_SIDES, self.height() - 4
        fitting = (
            shape
            for style in ("key", "body", "small")
            for shape in (
                TextShape(
                    self.text_on_key, look.font(style), look.line(style), False, is_centred=True, may_shrink=False
                ),
            )
            if shape.natural_width <= room and shape.lay_out(room) <= tall
        )
        self._shape = next(fitting, None)
        if self._shape is None:
            smaller = self._smaller(room, tall)
            fits = not smaller.breaks_a_word and smaller.lay_out(room) <= self.height()
            if fits or self.key not in _PICTURES_FOR_WORDS:
                self._shape = smaller

    def _smaller(self, room: int, tall: int) -> TextShape:
        """Give the word on two lines, or smaller; never smaller than can be read from where one stands."""
        look = self._stage.look
        small = TextShape(self.text_on_key, look.font("small"), look.line("small"), False, may_shrink=False)
        font = QFont(look.font("small"))
        px = min(tall * 2 // 3, font.pixelSize() * room // max(small.natural_width, 1))
        font.setPixelSize(max(_LEAST_LETTERS, look.legible_px, px))
        is_long = px < look.legible_px
        line = round(font.pixelSize() * _TIGHT_LINE) if is_long else tall
        shape = TextShape(self.text_on_key, font, line, False, is_centred=True, is_balanced=is_long, may_shrink=False)
        shape.lay_out(room)
        return shape

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
        picture = _PICTURES.get(self.key) or (_PICTURES_FOR_WORDS.get(self.key) if self._shape is None else "")
        if picture:
            size = min(look.shape("icon_button"), self.height() - 12)
            square = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
            paint_icon(painter, sign(picture), square, look.colour(ink), is_rtl=self._stage.is_rtl)
        elif self._shape is not None:
            high = self._shape.lay_out(self.width() - _KEY_SIDES)
            self._shape.paint(painter, _KEY_SIDES / 2, (self.height() - high) / 2, look.colour(ink))
        painter.end()


class OnScreenKeyboard(QWidget):
    """All keys of one layout; knows shift, accents and scripts, and which key the arrows stand on."""

    def __init__(
        self,
        stage: Stage,
        parent: QWidget,
        typed: Callable[[str], None],
        changed: Callable[[], None],
        said: Callable[[str, str], None] = lambda name, pressed: None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._typed = typed
        self._changed = changed
        # Told the name of a key that the arrows came to, or that was pressed: then also which key it was.
        self._said = said
        self._kind = Keyboard.TEXT
        self._script, self._language = "latin", "nl"
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
        self._language = language
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
        for row in rows_of(self._script, self._page or self._kind.value, self._language):
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

    def name_of(self, sign: str) -> str:
        """Give what the voice calls a sign that was typed."""
        if sign.isspace():
            return self._name_of(ENTER if sign == "\n" else SPACE)
        return self._name_of(sign) if sign in _SIGNS else sign

    def _text_of(self, key: str) -> str:
        if key == SCRIPT:
            return script_name(next_script(self._script))
        if key in _ACTIONS:
            return face_of(key) or self._name_of(key)
        return capital_of(key, self._language) if self._is_shifted else key

    def _name_of(self, key: str) -> str:
        """Give what a screen reader calls the key."""
        if key in _ACTIONS:
            return self._stage.words.get(f"keyboard.{_ACTIONS[key]}", "")
        if key == SCRIPT:
            # "Letters", and then the first ones as the language of that script says them.
            script = next_script(self._script)
            letters = in_language(script_name(script), language_of(script))
            return f"{self._stage.words.get('keyboard.letters', '')} {letters}".strip()
        sign_name = self._stage.words.get(f"keyboard.{_SIGNS[key]}", "") if key in _SIGNS else ""
        return sign_name or self._text_of(key)

    def height_for(self, height: int) -> int:
        """Give the height of the keyboard in a window so high."""
        rows = len(self._rows) or 5
        return rows * (self._key_height(height) + self._gap()) + self._gap() + self._stage.look.space("small")

    def _gap(self) -> int:
        return self._stage.look.space("small")

    def _key_height(self, height: int) -> int:
        look = self._stage.look
        two_lines = 2 * round(look.legible_px * _TIGHT_LINE) + look.space("small")
        wished = max(_KEY, look.line("key") + look.space("small"), two_lines)
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
        name = self._name_of(key.key)
        self._do(key)
        self._said(name, key.key)

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
            self._said(self._name_of(key.key), "")
        self._set_cursor(key)

    def enter(self) -> None:
        """Let the arrows walk over the keys."""
        self._walk_to(self._rows[0][0])

    def leave(self) -> None:
        self._set_cursor(None)

    def move_cursor(self, move: Move) -> None:
        """Walk to the neighbouring key; past an edge to the other side, which is nearer for who walks blindly."""
        if self._cursor is None:
            return
        row, column = self._place_of(self._cursor)
        if move in (Move.LEFT, Move.RIGHT):
            column = (column + (1 if move is Move.RIGHT else -1)) % len(self._rows[row])
            self._walk_to(self._rows[row][column])
            return
        target = (row + (1 if move is Move.DOWN else -1)) % len(self._rows)
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
