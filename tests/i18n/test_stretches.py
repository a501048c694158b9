# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A piece in another language keeps its language through every joining, and nobody sees the marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.stretches import in_language, only_dutch, stretches, unmarked


def pieces(text: str, language: str) -> list[tuple[str, str]]:
    return [(text[start:end], code) for start, end, code in stretches(text, language)]


def test_gives_each_piece_its_language() -> None:
    text = f"Choose {in_language('العربية', 'ar')} or {in_language('Nederlands', 'nl')}."

    assert pieces(text, "en") == [
        ("Choose ", "en"),
        ("العربية", "ar"),
        (" or ", "en"),
        ("Nederlands", "nl"),
        (".", "en"),
    ]


def test_keeps_the_language_of_each_line_when_a_text_is_cut_into_lines() -> None:
    first, second = in_language("Eén.\nTwee.", "nl").splitlines()

    assert pieces(first, "ar") == [("Eén.", "nl")]
    assert pieces(second, "ar") == [("Twee.", "nl")]


def test_says_of_a_missing_text_that_it_is_dutch() -> None:
    assert pieces(only_dutch("Bel mij terug"), "uk") == [("[NL] Bel mij terug", "nl")]
    assert only_dutch("") == ""


def test_a_value_that_is_kept_in_order_stays_inside_its_piece() -> None:
    assert pieces(in_language("Bel \u206814 000\u2069", "nl"), "ar") == [("Bel \u206814 000\u2069", "nl")]


def test_a_piece_inside_a_piece_takes_the_language_of_the_whole() -> None:
    assert pieces(in_language(f"a {in_language('b', 'ar')} c", "nl"), "en") == [("a b c", "nl")]


def test_marks_are_nothing_to_the_eye() -> None:
    text = in_language("Nederlands", "nl")
    marks = set(text) - set("Nederlands")

    assert {unicodedata.category(mark) for mark in marks} == {"Cf"}
    assert unmarked(f"a {text} b") == "a Nederlands b"


@given(st.text(max_size=60))
def test_takes_any_text_and_loses_no_character(text: str) -> None:
    found = pieces(text, "nl")

    assert unmarked("".join(piece for piece, _ in found)) == unmarked(text)


@pytest.mark.parametrize("language", ["nl", "ar", "uk", "zz", "aa", "ckb"])
def test_knows_every_language_again(language: str) -> None:
    assert pieces(in_language("x", language), "nl") == [("x", language)]


def test_has_no_mark_that_is_cut_in_two_where_a_direction_changes() -> None:
    assert all(ord(sign) < 0x10000 for sign in in_language("Nederlands", "nl"))
