# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences are found where people breathe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.sentences import LONGEST, split


def sentences(text: str, language: str = "nl") -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kom langs. Neem uw paspoort mee!", ["Kom langs.", "Neem uw paspoort mee!"]),
        ("Neem bijv. Uw paspoort mee. Goed?", ["Neem bijv. Uw paspoort mee.", "Goed?"]),
        ("Kom om 14.30 uur. Tot dan", ["Kom om 14.30 uur.", "Tot dan"]),
        ("J. Jansen helpt u. Dag.", ["J. Jansen helpt u.", "Dag."]),
        ("Melk, brood, enz. Daarna niets.", ["Melk, brood, enz.", "Daarna niets."]),
        ("Eerste regel\nTweede regel", ["Eerste regel", "Tweede regel"]),
        ("  ...  !!  ", []),
        ("", []),
    ],
)
def test_splits_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_splits_at_an_arabic_question_mark() -> None:
    assert len(sentences("ما هو عنوانك؟ شكرا.", "ar")) == 2


@given(st.text(max_size=2_000))
def test_loses_no_letter_and_keeps_pieces_short(text: str) -> None:
    pieces = sentences(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert [c for piece in pieces for c in piece if c.isalnum()] == [c for c in text if c.isalnum()]


def test_cuts_a_hundred_thousand_characters_into_pieces() -> None:
    assert "".join(sentences("x" * 100_000)) == "x" * 100_000
