# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text that is selected cannot be dragged out of a field, and a secret one shows dots."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.look import look_for
from kiosk.parts.stage import Stage
from kiosk.parts.typing_line import TypingArea, TypingLine
from kiosk.view import Field, Preferences

NAME = Field("name", "Uw naam", "Marja Mulder")


def entry_of(qtbot: QtBot, field: Field) -> FieldEntry:
    entry = FieldEntry(Stage(look_for(Preferences(), 92, 0)), None, field, frozenset())  # type: ignore[arg-type]
    qtbot.addWidget(entry)
    entry.resize(800, 400)
    entry.lay_out(700, entry.head_height(700))
    entry.show()
    return entry


@pytest.mark.parametrize("field", [NAME, replace(NAME, lines=4)])
def test_begins_no_drag_when_selected_text_is_pressed(qtbot: QtBot, field: Field) -> None:
    entry = entry_of(qtbot, field)
    editor = entry.editor
    assert isinstance(editor, TypingLine | TypingArea)
    editor.selectAll()
    surface = editor if isinstance(editor, TypingLine) else editor.viewport()
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(12, 12))
    selected = editor.hasSelectedText() if isinstance(editor, TypingLine) else editor.textCursor().hasSelection()
    assert not selected


@pytest.mark.parametrize(("privacy", "is_dots"), [(Privacy.SECRET, True), (Privacy.PERSONAL, False)])
def test_shows_dots_for_a_secret_and_keeps_its_text(qtbot: QtBot, privacy: Privacy, *, is_dots: bool) -> None:
    entry = entry_of(qtbot, replace(NAME, privacy=privacy))
    editor = entry.editor
    assert isinstance(editor, TypingLine)
    assert ("Marja" not in editor.displayText()) is is_dots
    assert editor.text() == NAME.text
