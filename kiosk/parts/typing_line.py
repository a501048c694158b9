# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen types in: Qt's own editors without menu, completer, drag or clipboard.

Nothing personal leaves a field but by its own text.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from kiosk.key_map import KEYS, Move
from kiosk.parts.look import Look

_NO_LIMIT = 2_000_000  # QLineEdit would cut at 32,767 by itself
_CLIPBOARD = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste)


def _is_clipboard(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in _CLIPBOARD)


def _is_held(event: QKeyEvent) -> bool:
    """Tell whether a key that types a sign is being held: a hand that trembles or rests means one letter."""
    return event.isAutoRepeat() and bool(event.text()) and event.text().isprintable()


def _move_of(event: QKeyEvent) -> Move | None:
    """Give what a key asks; a key that types a letter or a space asks nothing here."""
    return None if event.text().isprintable() and event.text() else KEYS.get(event.key())


def _is_walk(event: QKeyEvent) -> bool:
    return _move_of(event) in (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT, Move.PRESS)


def _dress(editor: QWidget, look: Look) -> None:
    editor.setFont(look.font("field"))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Base, "paper"),
        (QPalette.ColorRole.Window, "paper"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.Highlight, "primary"),
        (QPalette.ColorRole.HighlightedText, "on_primary"),
    ):
        palette.setColor(role, look.colour(colour))
    editor.setPalette(palette)
    editor.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)


class TypingLine(QLineEdit):
    """One line. While `passes_keys`, the arrows belong to the keyboard on the screen."""

    touched = Signal()  # Emitted when a finger or mouse lets go of the field.

    passes_keys = False

    def __init__(self, look: Look, parent: QWidget, is_rtl: bool) -> None:
        super().__init__(parent)
        self.setFrame(False)
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(_NO_LIMIT)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData)
        _dress(self, look)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.hasSelectedText():
            self.end(False)  # Qt selects all for who comes by key; their next letter would wipe the whole answer

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # a tremor taps twice; a word that is selected would be gone with the next letter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_clipboard(event) or _is_held(event):
            event.accept()
            return
        if (self.passes_keys and _is_walk(event)) or self._is_way_out(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _is_way_out(self, event: QKeyEvent) -> bool:
        """Tell whether an arrow stands at the edge of the text, so that six keys can leave the field."""
        move = _move_of(event)
        is_mirrored = bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        back, on = (Move.RIGHT, Move.LEFT) if is_mirrored else (Move.LEFT, Move.RIGHT)
        is_at_start, is_at_end = self.cursorPosition() == 0, self.cursorPosition() == len(self.text())
        return (move is back and is_at_start) or (move is on and is_at_end)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Qt would copy what was selected to the X11 selection here, where the next visitor could paste it.
        event.accept()
        self.touched.emit()


class TypingArea(QPlainTextEdit):
    """Several lines; up from the first and down from the last leave the field. `passes_keys` as for one line."""

    touched = Signal()  # Emitted when a finger or mouse lets go of the field.

    passes_keys = False

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        _dress(self, look)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A press on text that is selected would begin to drag it out of the field, and Qt has no switch for that here.
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_clipboard(event) or _is_held(event):
            event.accept()
            return
        if (self.passes_keys and _is_walk(event)) or self._is_way_out(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _is_way_out(self, event: QKeyEvent) -> bool:
        cursor, block, move = self.textCursor(), self.textCursor().block(), _move_of(event)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        back, on = (Move.RIGHT, Move.LEFT) if is_mirrored else (Move.LEFT, Move.RIGHT)
        return (
            # OK is for the window: it opens the keys, or makes a new line where there are none to open.
            move is Move.PRESS
            or (move is Move.UP and not block.previous().isValid())
            or (move is Move.DOWN and not block.next().isValid())
            or (move is back and cursor.atStart())
            or (move is on and cursor.atEnd())
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.touched.emit()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802  Qt calls it by this name
        return QMimeData()

    def dropEvent(self, event: QDropEvent) -> None:
        event.ignore()


Editor = TypingLine | TypingArea


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, TypingLine) else editor.toPlainText()


def set_text(editor: Editor, text: str) -> None:
    """Put `text` into the editor without telling anyone, the cursor at its end."""
    was_blocked = editor.blockSignals(True)
    if isinstance(editor, TypingLine):
        editor.setText(text)
    else:
        editor.setPlainText(text)
        editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.blockSignals(was_blocked)
