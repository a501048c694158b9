# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says written things as people say them, and remembers which written piece each said piece stands for.

How a language says them is one module a language (`dutch.py`); a language without one is said as it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.speech import arabic, dutch, english, french, german, polish, turkish, ukrainian
from kiosk.speech.spoken_forms import CODE_RULE, Rule

_RULES: dict[str, tuple[Rule, ...]] = {
    "nl": dutch.RULES,
    "en": english.RULES,
    "ar": arabic.RULES,
    "uk": ukrainian.RULES,
    "tr": turkish.RULES,
    "pl": polish.RULES,
    "de": german.RULES,
    "fr": french.RULES,
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of said text and the written stretch it stands for; a replaced one is pointed at whole."""

    said_start: int
    said_end: int
    start: int
    end: int
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is said, with the way back to the text as it is written."""

    text: str
    pieces: tuple[_Piece, ...]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Give the written stretch that the said stretch stands for."""
        touched = [piece for piece in self.pieces if piece.said_start < end and start < piece.said_end]
        if not touched:
            return 0, 0
        first, last = touched[0], touched[-1]
        written_start = first.start if first.is_replaced else first.start + max(0, start - first.said_start)
        written_end = last.end if last.is_replaced else last.end - max(0, last.said_end - end)
        return written_start, written_end


def verbalise(text: str, language: str) -> Said:
    """Give the text as it is said in this language."""
    said: list[str] = []
    pieces: list[_Piece] = []
    length = 0

    def add(part: str, start: int, end: int, *, is_replaced: bool) -> None:
        nonlocal length
        if part:
            said.append(part)
            pieces.append(_Piece(length, length + len(part), start, end, is_replaced))
            length += len(part)

    done = 0
    for start, end, replacement in _replacements(text, _rules_of(language.split("-", maxsplit=1)[0])):
        add(text[done:start], done, start, is_replaced=False)
        add(replacement, start, end, is_replaced=True)
        done = end
    add(text[done:], done, len(text), is_replaced=False)
    return Said("".join(said), tuple(pieces))


def _rules_of(language: str) -> tuple[Rule, ...]:
    return (CODE_RULE, *_RULES[language]) if language in _RULES else ()


def _replacements(text: str, rules: tuple[Rule, ...]) -> list[tuple[int, int, str]]:
    """Apply the rules in their order; what an earlier rule took, a later one leaves alone."""
    taken: list[tuple[int, int, str]] = []
    for pattern, say in rules:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end, _ in taken):
                continue
            replacement = say(match)
            if replacement is not None:
                taken.append((start, end, replacement))
    return sorted(taken)
