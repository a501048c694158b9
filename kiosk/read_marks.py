# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Marks on the screen what the voice is saying, and brings it into view; one mark at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.content import Content
from kiosk.frame import Bar, FrameStrip
from kiosk.parts.readable import Readable

BAR_NOTE = "bar.note"  # what the voice calls the quiet words in the bar


class ReadMarks:
    """Finds what an id of `kiosk.speech.reading` means, in the page or in the frame."""

    def __init__(self, content: Content, bar: Bar, tools: FrameStrip) -> None:
        self._content = content
        self._bar = bar
        self._tools = tools
        self._marked: Readable | None = None

    def mark(self, part_id: str, sentence: tuple[int, int], word: tuple[int, int]) -> None:
        """Mark a sentence and a word in it instead of what was marked."""
        self.clear()
        target = self._content.readable(part_id) or self._in_frame(part_id)
        if target is None:
            return
        area = target.mark(sentence, word)
        self._marked = target
        if isinstance(target, QWidget) and self._content.holds(target):
            self._content.show_area(area.translated(self._content.area_of(target).topLeft()))

    def _in_frame(self, part_id: str) -> Readable | None:
        if part_id == BAR_NOTE:
            return self._bar.note
        return next(
            (button for button in (*self._bar.buttons, *self._tools.buttons) if button.button_id == part_id), None
        )

    def clear(self) -> None:
        """Mark nothing any more."""
        if self._marked is not None:
            self._marked.unmark()
        self._marked = None

    def forget(self) -> None:
        """Know that what was marked is gone with its widgets."""
        self._marked = None
