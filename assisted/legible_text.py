# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A field for words that a citizen will read, with what makes them hard said below it while they are written (L01).

It advises and refuses nothing. A formula is weak evidence: who writes decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from assisted.desk_parts import DeskText, dress
from i18n.plain_dutch import LEAST_FLESCH_DOUMA, LONGEST_SENTENCE, measure, refused_words
from i18n.texts import Texts

_ENOUGH_WORDS = 12  # a formula says nothing about fewer


@dataclass(frozen=True, slots=True)
class Legibility:
    """What is hard in a text."""

    longest: int  # words of its longest sentence
    words: tuple[str, ...]  # of offices, or that make a reader feel small
    is_heavy: bool  # many long words

    @property
    def is_plain(self) -> bool:
        return self.longest <= LONGEST_SENTENCE and not self.words and not self.is_heavy


def legibility(text: str) -> Legibility:
    """Measure a text."""
    figures = measure((text,))
    is_long_enough = len(text.split()) >= _ENOUGH_WORDS
    is_heavy = is_long_enough and figures.flesch_douma < LEAST_FLESCH_DOUMA
    return Legibility(figures.longest_sentence, refused_words(text), is_heavy)


def said_of(text: str, texts: Texts) -> str:
    """Say it in one or two short sentences; nothing of an empty text."""
    if not text.strip():
        return ""
    found = legibility(text)
    if found.is_plain:
        return texts.tr("desk.sheet.legible.yes", number=str(found.longest))
    said = []
    if found.longest > LONGEST_SENTENCE:
        said.append(texts.tr("desk.sheet.legible.long", number=str(found.longest)))
    if found.words:
        said.append(texts.tr("desk.sheet.legible.word", word=found.words[0]))
    if found.is_heavy and not said:
        said.append(texts.tr("desk.sheet.legible.heavy"))
    return " ".join(said)


class NoteField(QPlainTextEdit):
    """Some lines of text; Tab leaves it, as it leaves every other field."""

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self._lines = lines

    def minimumSizeHint(self) -> QSize:
        return QSize(160, QFontMetrics(self.font()).lineSpacing() * self._lines + 32)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class LegibleText(QWidget):
    """The field, and below it whether it can be read."""

    changed = Signal()  # Emitted when the words changed.

    def __init__(self, texts: Texts, name: str, lines: int = 6) -> None:
        super().__init__()
        self._texts = texts
        self.field = NoteField(name, lines)
        self.figure = DeskText("", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field, 1)
        column.addWidget(self.figure)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._on_text_changed)

    @property
    def text(self) -> str:
        return self.field.toPlainText().strip()

    def put(self, text: str) -> None:
        """Put words in it that somebody may still change."""
        self.field.setPlainText(text)

    def _on_text_changed(self) -> None:
        said = said_of(self.text, self._texts)
        self.figure.setText(said)
        # Said by a screen reader with the field, not in between the letters.
        self.field.setAccessibleDescription(said)
        dress(self.figure, "good" if self.text and legibility(self.text).is_plain else "soft")
        self.changed.emit()
