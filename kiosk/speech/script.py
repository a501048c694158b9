# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns utterances into lines to be spoken: one sentence each, as it is said, with the way back to the written text.

A piece in another language is a line by itself, for the voice of that language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from i18n.stretches import stretches
from kiosk.speech import sentences
from kiosk.speech.utterance import Utterance
from kiosk.speech.verbalisation import Said, verbalise


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the utterance at `index`: the written text[start:end] and how it is said."""

    index: int
    utterance: Utterance
    start: int
    end: int
    said: Said
    language: str

    @property
    def written(self) -> str:
        """Give the sentence as it stands on the screen."""
        return self.utterance.text[self.start : self.end]

    def word(self, said_start: int, said_end: int) -> tuple[int, int]:
        """Give the place in the utterance of a word of what is said."""
        start, end = self.said.written(said_start, said_end)
        return self.start + start, self.start + end


def lines_of(utterances: Sequence[Utterance], first: int, first_start: int) -> Iterator[Line]:
    """Give the lines from this utterance and this place in it on, one by one: the first is there at once."""
    for index in range(first, len(utterances)):
        utterance = utterances[index]
        for start, end, language in _sentences(utterance):
            if index > first or start >= first_start:
                said = verbalise(utterance.text[start:end], language)
                yield Line(index, utterance, start, end, said, language)


def _sentences(utterance: Utterance) -> Iterator[tuple[int, int, str]]:
    for from_here, to_here, language in stretches(utterance.text, utterance.language):
        for start, end in sentences.split(utterance.text[from_here:to_here], language):
            yield from_here + start, from_here + end, language


def replacement_of(line: Line, text: str) -> Line:
    """Give the line that is said instead of a private utterance; it stands nowhere on the screen."""
    instead = Utterance(line.utterance.part_id, text, line.utterance.language, is_shown=False)
    said = verbalise(text, instead.language)
    return Line(line.index, instead, 0, len(text), said, instead.language)
