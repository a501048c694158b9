# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How plain a Dutch text is, measured without a network: sentence length, Flesch-Douma, and words we do not use.

A formula is weak evidence: readers are the test. These figures catch what slips in.
For command line and tests, and for staff who write to a citizen; never at a kiosk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

LONGEST_SENTENCE = 15  # words
LONGEST_WHY = 15  # words (feature C04)
LEAST_FLESCH_DOUMA = 70.0  # feature L01

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
# A full stop ends a sentence only where something new begins; ".nl" and "..." do not.
_END = re.compile(r"(?<=[.!?:])\s+(?=[\"'„A-ZÀ-Ý€0-9])|\n|(?<=\.\.\.) \.")
_FIELD = re.compile(r"\{([a-z_]+)\}")
_SAMPLES = {"date": "14 december", "phone": "14 000", "desk": "balie 1", "municipality": "Voorbeeldstad"}
_VOWELS = re.compile(r"[aeiouyáéëèêïíóöúü]+", re.IGNORECASE)

# Words of offices, and words that make a reader feel small.
_OFFICE = (
    "aangaande|aanvrager|alsmede|alsnog|applicatie|betreffende|bovengenoemd|conform|derhalve|desbetreffende|"
    "dientengevolge|dient te|dienen te|doch|echter|hieromtrent|indien|inzake|jegens|krachtens|middels|mits|mutatie|"
    "omtrent|onderhavige|ongeldig|onjuist|reeds|rechtens|retourneren|systeem|te allen tijde|ten aanzien|ten behoeve|"
    "ten gevolge|teneinde|tenzij|terzake|tevens|verstrekken|verzoeker|voornoemd|zodoende|zorg dragen|zulks"
)
_SHAMING = (
    "analfabeet|ben je|dom|domme|eigen schuld|foutief|gefaald|helaas|hulpbehoevend|jij|jouw|laaggeletterd|moet u weten|"
    "mislukt|natuurlijk|niet toegestaan|onbegrijpelijk|onwetend|overtreding|simpel|simpelweg|strafbaar|uiteraard|"
    "u bent verplicht|verboden|verkeerd ingevuld|vergeten bent|zoals u weet"
)
_REFUSED = re.compile(rf"\b({_OFFICE}|{_SHAMING})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a number of texts measure together."""

    flesch_douma: float
    longest_sentence: int
    sentences: int


def sentences(text: str) -> tuple[str, ...]:
    """Give the sentences of a text, with samples in the place of its fields."""
    filled = _FIELD.sub(lambda found: _SAMPLES.get(found.group(1), "Noor"), text)
    return tuple(piece for piece in (part.strip() for part in _END.split(filled)) if _WORD.search(piece))


def words(sentence: str) -> tuple[str, ...]:
    """Give the words of a sentence; a number is one word."""
    return tuple(_WORD.findall(sentence))


def longest_sentence(text: str) -> int:
    """Count the words of the longest sentence."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)


def refused_words(text: str) -> tuple[str, ...]:
    """Give the office words and shaming words in a text."""
    return tuple(dict.fromkeys(found.lower() for found in _REFUSED.findall(text)))


def measure(texts: Iterable[str]) -> Figures:
    """Measure texts together: 206.835 - 0.93 x words a sentence - 77 x syllables a word."""
    found = [sentence for text in texts for sentence in sentences(text)]
    all_words = [word for sentence in found for word in words(sentence)]
    if not all_words:
        return Figures(0.0, 0, 0)
    syllables = sum(_syllables(word) for word in all_words)
    score = 206.835 - 0.93 * len(all_words) / len(found) - 77 * syllables / len(all_words)
    return Figures(round(score, 1), max(len(words(sentence)) for sentence in found), len(found))


@cache
def _syllables(word: str) -> int:
    hyphenate = _hyphenator()
    if hyphenate is None:
        return max(len(_VOWELS.findall(word)), 1)
    positions: list[int] = hyphenate.positions(word)
    return len(positions) + 1


@cache
def _hyphenator():  # type: ignore[no-untyped-def]  # pyphen has no types
    try:
        import pyphen  # noqa: PLC0415  only where texts are checked, never on a kiosk
    except ImportError:
        return None
    return pyphen.Pyphen(lang="nl_NL")
