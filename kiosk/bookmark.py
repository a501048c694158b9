# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody was on a screen that another one stands over for a while, so that it can come back exactly so.

What is on the screen is the view's; here is only what the window knows: focus, scroll place, cursor, keyboard.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.parts.typing_line import Editor, TypingLine


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One place in the window."""

    view_name: str
    focused_id: str = ""
    scroll: int = 0
    cursor: int = 0
    has_keyboard: bool = False


def cursor_of(editor: Editor | None) -> int:
    """Give where the cursor stands in what was typed."""
    if editor is None:
        return 0
    return editor.cursorPosition() if isinstance(editor, TypingLine) else editor.textCursor().position()


def put_cursor(editor: Editor, place: int) -> None:
    """Put the cursor back where it stood."""
    if isinstance(editor, TypingLine):
        editor.setCursorPosition(place)
        return
    cursor = editor.textCursor()
    cursor.setPosition(min(place, len(editor.toPlainText())))
    editor.setTextCursor(cursor)
