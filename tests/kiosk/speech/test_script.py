# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each sentence is said by the voice of its language, and points at its place in the whole text."""

from __future__ import annotations

from i18n.stretches import in_language, only_dutch
from kiosk.speech.script import lines_of
from kiosk.speech.utterance import Utterance


def said(text: str, language: str) -> list[tuple[str, str]]:
    return [(line.said.text, line.language) for line in lines_of((Utterance("part", text, language),), 0, 0)]


def test_a_missing_text_is_said_by_the_dutch_voice() -> None:
    assert said(only_dutch("Bewaar uw brief."), "ar") == [("[NL] Bewaar uw brief.", "nl")]


def test_a_translated_deadline_is_said_first_and_then_the_dutch() -> None:
    text = f"We call you. Keep your phone near.\n{in_language('Nederlands: Wij bellen u. Blijf thuis.', 'nl')}"

    assert said(text, "en") == [
        ("We call you.", "en"),
        ("Keep your phone near.", "en"),
        ("Nederlands: Wij bellen u.", "nl"),
        ("Blijf thuis.", "nl"),
    ]


def test_dutch_inside_another_language_is_said_the_dutch_way() -> None:
    (line,) = lines_of((Utterance("part", in_language("Dit kost € 12.", "nl"), "en"),), 0, 0)

    assert "€" not in line.said.text


def test_points_at_the_words_where_they_stand_in_the_whole_text() -> None:
    text = f"First.\n{in_language('Tweede zin.', 'nl')}"
    *_, line = lines_of((Utterance("part", text, "en"),), 0, 0)
    start, end = line.word(0, len("Tweede"))

    assert text[start:end] == "Tweede"
    assert line.written == "Tweede zin."
