# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The seven languages beside Dutch, as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.dates import MONTHS, format_date
from kiosk.speech import arabic, english, french, german, polish, turkish, ukrainian
from kiosk.speech.sentences import split
from kiosk.speech.spoken_forms import SpokenForms
from kiosk.speech.verbalisation import verbalise

FORMS: dict[str, SpokenForms] = {
    "en": english.FORMS,
    "ar": arabic.FORMS,
    "uk": ukrainian.FORMS,
    "tr": turkish.FORMS,
    "pl": polish.FORMS,
    "de": german.FORMS,
    "fr": french.FORMS,
}
SAID = [
    ("en", "14-12-2026", "14 December 2026"),
    ("en", "At 9:00.", "At 9 o'clock."),
    ("en", "€ 84,50", "84 euros and 50 cents"),
    ("en", "€ 1,00", "1 euro"),
    ("en", "e.g. a letter", "for example a letter"),
    ("en", "jan@voorbeeld.nl", "jan at voorbeeld dot nl"),
    ("de", "14.12.2026", "14. Dezember 2026"),
    ("de", "14:30", "14 Uhr 30"),
    ("de", "84,50 €", "84 Euro und 50 Cent"),
    ("de", "z.B. ein Brief", "zum Beispiel ein Brief"),
    ("de", "Brot, Milch usw.", "Brot, Milch und so weiter."),
    ("fr", "1-5-2027", "premier mai 2027"),
    ("fr", "€ 0,50", "50 centimes"),
    ("fr", "50 %", "50 pour cent"),
    ("pl", "€ 0,01", "1 cent"),
    ("pl", "€ 0,22", "22 centy"),
    ("pl", "€ 0,21", "21 centów"),
    ("pl", "np. list", "na przykład list"),
    ("tr", "14-12-2026", "14 Aralık 2026"),
    ("tr", "14:30", "saat 14 30"),
    ("uk", "4 грудня 2026 р.", "4 грудня 2026 року."),
    ("uk", "€ 1.234,02", "1234 євро 2 центи"),
    ("uk", "€ 0,11", "11 центів"),
    ("ar", "14-12-2026", "14 ديسمبر 2026"),
    ("ar", "اتصل \u206806-12345678\u2069", "اتصل 0 6, 1 2, 3 4, 5 6, 7 8"),
    ("ar", "€ \u206884,00\u2069", "84 يورو"),
    ("ar", "06\u00a012345678", "0 6, 1 2, 3 4, 5 6, 7 8"),
    ("ar", "08000113", "0 8 0 0, 0 1, 1 3"),
    ("ar", "9:00", "الساعة 9"),
]


@pytest.mark.parametrize(("language", "written", "said"), SAID, ids=[f"{row[0]}-{row[1]}" for row in SAID])
def test_says_written_things_as_people_say_them(language: str, written: str, said: str) -> None:
    assert verbalise(written, language).text == said


@pytest.mark.parametrize("language", FORMS)
def test_says_numbers_to_copy_down_digit_by_digit_in_every_language(language: str) -> None:
    said = verbalise("06-12345678. 1234 AB. K473-93FM-0X52-P8. 14 000. 112.", language).text
    assert said == "0 6, 1 2, 3 4, 5 6, 7 8. 12 34 A B. K 4 7 3, 9 3 F M, 0 X 5 2, P 8. 14, 0 0 0. 1 1 2."


@pytest.mark.parametrize("language", FORMS)
def test_names_the_months_as_the_written_dates_do(language: str) -> None:
    forms = FORMS[language]
    assert len(forms.months) == len(MONTHS)
    for month, name in enumerate(forms.months, start=1):
        assert name in format_date(date(2026, month, 4), language)


@pytest.mark.parametrize("language", FORMS)
def test_every_sign_of_an_address_has_a_word(language: str) -> None:
    assert set(FORMS[language].signs) == set("@.-_+/")


def test_a_german_date_is_not_cut_after_its_day() -> None:
    text = "Kommen Sie am 14. Dezember 2026. Bringen Sie 2. Danach nichts."
    assert [text[start:end] for start, end in split(text, "de")] == [
        "Kommen Sie am 14. Dezember 2026.",
        "Bringen Sie 2.",
        "Danach nichts.",
    ]


@pytest.mark.parametrize("language", FORMS)
@given(text=st.text(max_size=120))
def test_points_inside_the_text_whatever_it_is(language: str, text: str) -> None:
    said = verbalise(text, language)
    for position in range(len(said.text)):
        start, end = said.written(position, position + 1)
        assert 0 <= start < end <= len(text)
