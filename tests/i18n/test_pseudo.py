# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pseudo-language is longer, accented, and leaves placeholders whole."""

from __future__ import annotations

import unicodedata

from i18n.pseudo import pseudo
from i18n.texts import FOLDER, Texts


def test_keeps_placeholders_whole() -> None:
    text = pseudo("Bel {phone} of kom naar {desk}.")

    assert "{phone}" in text
    assert "{desk}" in text
    assert "Bel" not in text


def test_is_about_a_third_longer() -> None:
    dutch = (FOLDER / "nl.po").read_text(encoding="utf-8")
    assert 1.2 < len(pseudo(dutch)) / len(dutch) < 1.6


def test_holds_no_mark_that_turns_the_direction_of_text() -> None:
    text = pseudo("Hulp van een mens, en wij slaan niets op: 14 december 2026")

    assert all(unicodedata.bidirectional(sign) not in ("R", "AL", "RLO", "LRO", "RLE", "LRE", "PDF") for sign in text)
    assert all(unicodedata.category(sign) != "Cf" for sign in text)


def test_reaches_programme_texts_and_leaves_values_alone() -> None:
    said = Texts("qps").tr("late.text", phone="14 000", desk="balie 1")

    assert "14 000" in said
    assert "balie 1" in said
    assert "Zijn" not in said


def test_is_nothing_when_there_is_nothing() -> None:
    assert not pseudo("")
