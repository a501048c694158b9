# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dutch as people say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.texts import Texts
from kiosk.speech.verbalisation import verbalise

SAID = [
    ("14-12-2026", "14 december 2026"),
    ("Kom vóór 1/2/2027.", "Kom vóór 1 februari 2027."),
    ("2026-12-14", "14 december 2026"),
    ("99-99-2026", "99-99-2026"),
    ("14:30", "14 uur 30"),
    ("9.00 uur", "9 uur"),
    ("09:05 uur", "9 uur 5"),
    ("12:99", "12:99"),
    ("ma-vr 9-17, balie 1", "maandag tot en met vrijdag 9 tot 17 uur, balie 1"),
    ("ma-vr 9-17 uur", "maandag tot en met vrijdag 9 tot 17 uur"),
    ("Uw code is 9018. Bewaar hem.", "Uw code is 9 0 1 8. Bewaar hem."),
    ("Uw postcode is 1234 AB", "Uw postcode is 12 34 A B"),
    ("In 2026 zijn 6990 mensen verhuisd.", "In 2026 zijn 6990 mensen verhuisd."),
    ("2-4 weken", "2 tot 4 weken"),
    ("Straat 12-2", "Straat 12-2"),
    ("€ 84,50", "84 euro 50"),
    ("€84", "84 euro"),
    ("€ 1.234,56", "1234 euro 56"),
    ("€ 84,-", "84 euro"),
    ("84,05 euro", "84 euro en 5 cent"),
    ("€ 0,50", "50 cent"),
    ("06-12345678", "0 6, 1 2, 3 4, 5 6, 7 8"),
    ("06 1234 5678", "0 6, 1 2, 3 4, 5 6, 7 8"),
    ("020-1234567", "0 2 0, 1 2 3, 4 5, 6 7"),
    ("+31 6 12345678", "plus 3 1, 6, 1 2, 3 4, 5 6, 7 8"),
    ("0800-0113", "0 8 0 0, 0 1, 1 3"),
    ("14 000", "14, 0 0 0"),
    ("Bel 112.", "Bel 1 1 2."),
    ("1234 AB", "12 34 A B"),
    ("1234AB", "12 34 A B"),
    ("K473-93FM-0X52-P8", "K 4 7 3, 9 3 F M, 0 X 5 2, P 8"),
    ("Uw code is BKDF-RTXZ.", "Uw code is B K D F, R T X Z."),
    ("jan.de-vries@voorbeeld.nl", "jan punt de streepje vries apenstaartje voorbeeld punt nl"),
    ("Kijk op www.voorbeeld.nl.", "Kijk op www punt voorbeeld punt nl."),
    ("bijv. een paspoort", "bijvoorbeeld een paspoort"),
    ("t/m maandag", "tot en met maandag"),
    ("nr. 5", "nummer 5"),
    ("melk, enz.", "melk, enzovoort."),
    ("ID-kaart", "I D kaart"),
    ("DigiD", "die gie dee"),
    ("100%", "100 procent"),
    ("Gewone zin zonder iets.", "Gewone zin zonder iets."),
]


@pytest.mark.parametrize(("written", "said"), SAID, ids=[written for written, _ in SAID])
def test_says_written_things_as_people_say_them(written: str, said: str) -> None:
    assert verbalise(written, "nl").text == said


@pytest.mark.parametrize("language", ["nl", "en", "ar", "uk", "tr", "pl", "de", "fr"])
def test_says_the_code_of_a_receipt_figure_by_figure_in_every_language(language: str) -> None:
    said = verbalise(Texts(language).tr("confirm.code", code="9018"), language).text

    assert "9 0 1 8" in said
    assert "9018" not in said


def test_leaves_the_text_alone_in_a_language_without_rules() -> None:
    assert verbalise("14-12-2026", "so").text == "14-12-2026"


def test_points_at_the_whole_date_for_each_of_its_said_words() -> None:
    said = verbalise("Kom op 14-12-2026 langs.", "nl")
    december = said.text.index("december")
    assert said.written(december, december + len("december")) == (7, 17)
    langs = said.text.index("langs")
    assert said.written(langs, langs + len("langs.")) == (18, 24)


@given(st.text(max_size=200))
def test_points_inside_the_text_whatever_it_is(text: str) -> None:
    said = verbalise(text, "nl")
    for position in range(len(said.text)):
        start, end = said.written(position, position + 1)
        assert 0 <= start < end <= len(text)
