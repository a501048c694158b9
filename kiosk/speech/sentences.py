# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Divides a text into sentences, so that sound starts soon and the highlight is never longer than a breath.

Which words end with a full stop without ending a sentence is told by the language's own module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.speech import arabic, dutch, english, french, german, polish, turkish, ukrainian

LONGEST = 300  # characters; a longer "sentence" is a list or a slip of the keyboard and is cut between words

_ABBREVIATIONS = {
    "nl": dutch.ABBREVIATIONS_WITH_STOP,
    "en": english.ABBREVIATIONS_WITH_STOP,
    "ar": arabic.ABBREVIATIONS_WITH_STOP,
    "uk": ukrainian.ABBREVIATIONS_WITH_STOP,
    "tr": turkish.ABBREVIATIONS_WITH_STOP,
    "pl": polish.ABBREVIATIONS_WITH_STOP,
    "de": german.ABBREVIATIONS_WITH_STOP,
    "fr": french.ABBREVIATIONS_WITH_STOP,
}
_DAY_OF_MONTH = re.compile(r"\d{1,2}\.\Z")
_END = re.compile(r"[.!?…؟።]+[\"'”’)\]]*(?=\s)|\n+")
_WORD_BEFORE = re.compile(r"\S+\Z")
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.\Z")


def split(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Give start and end of each sentence, without the spaces around it."""
    return tuple(
        piece
        for sentence in _sentences(text, language)
        for piece in _at_most(text, *sentence)
        if _is_sayable(text, piece)
    )


def _sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    language = language.split("-", maxsplit=1)[0]
    abbreviations = _ABBREVIATIONS.get(language, frozenset())
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and (
            _goes_on(text, match.end(), abbreviations) or (language == "de" and _is_german_day(text, match.end()))
        ):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _goes_on(text: str, end: int, abbreviations: frozenset[str]) -> bool:
    """Say whether the full stop before `end` belongs to an abbreviation, an initial or the middle of a sentence."""
    rest = text[end : end + 20].lstrip()
    if rest[:1].islower():
        return True
    before = _WORD_BEFORE.search(text[max(0, end - 40) : end])
    if before is None:
        return False
    word = before.group().lstrip("(\"'“‘")
    return word.lower() in abbreviations or (_INITIAL.match(word) is not None and word[0].isupper())


def _is_german_day(text: str, end: int) -> bool:
    """Say whether the full stop belongs to the day of a date: "14. Dezember"."""
    following = text[end:].lstrip()
    is_month = any(following.startswith(month) for month in german.FORMS.months)
    return is_month and _DAY_OF_MONTH.search(text[max(0, end - 3) : end]) is not None


def _at_most(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + 1, start + LONGEST) for mark in (", ", "; ", ": "))
        if cut <= start + LONGEST // 3:
            cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut + 1 if cut > start else start + LONGEST
        yield _stripped(text, start, cut)
        start = cut
    yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _is_sayable(text: str, piece: tuple[int, int]) -> bool:
    start, end = piece
    return start < end and any(character.isalnum() or ord(character) > 0x2190 for character in text[start:end])
