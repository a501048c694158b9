# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How plain a text is, measured."""

from __future__ import annotations

import pytest

from i18n.plain_dutch import measure, refused_words, sentences

PLAIN = "U gaat verhuizen. Dan krijgt u een nieuw adres. Geef dat door aan de gemeente. Dat kost niets."
HARD = "De betreffende rechtspersoonlijkheidsbezittende organisatie verstrekt desgevraagd administratieve documentatie."


def test_finds_the_sentences_of_a_text() -> None:
    text = "Bel {phone}. Of kom langs: {desk}.\nIk ben ... . Mail naam@voorbeeld.nl. Klaar?"
    assert sentences(text) == (
        "Bel 14 000.",
        "Of kom langs: balie 1.",
        "Ik ben ...",
        "Mail naam@voorbeeld.nl.",
        "Klaar?",
    )


def test_scores_plain_text_high_and_hard_text_low() -> None:
    assert measure([PLAIN]).flesch_douma > 80
    assert measure([HARD]).flesch_douma < 30


def test_agrees_with_textstat() -> None:
    import textstat

    textstat.set_lang("nl")
    for text in (PLAIN, HARD):
        assert measure([text]).flesch_douma == pytest.approx(textstat.flesch_reading_ease(text), abs=8)


def test_counts_the_words_of_the_longest_sentence() -> None:
    assert measure(["Een. Twee drie vier. Een " + "woord " * 19 + "eind."]).longest_sentence == 21


def test_finds_office_words_and_shaming_words_but_not_parts_of_words() -> None:
    assert refused_words("Indien u reeds betaalde, helaas.") == ("indien", "reeds", "helaas")
    assert refused_words("Op zondag komt een domino.") == ()


def test_measures_nothing_without_failing() -> None:
    assert measure([]).sentences == 0
    assert measure(["..."]).sentences == 0
