# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from kiosk.view import Keyboard
from resources.keyboards import SCRIPTS, capital_of, language_of, next_script, rows_of, script_of


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("kind", list(Keyboard))
def test_every_layout_can_delete_and_can_be_closed(script: str, kind: Keyboard) -> None:
    keys = [key for row in rows_of(script, kind.value) for key in row]

    assert "<done>" in keys
    assert "<delete>" in keys


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("kind", [*(kind.value for kind in Keyboard), "accents"])
def test_no_key_stands_twice_on_one_layout(script: str, kind: str) -> None:
    keys = [key for row in rows_of(script, kind) for key in row]

    assert len(keys) == len(set(keys))


def test_walks_through_all_scripts_and_comes_back() -> None:
    script = script_of("uk")
    seen = [script := next_script(script) for _ in SCRIPTS]

    assert set(seen) == set(SCRIPTS)
    assert seen[-1] == "cyrillic"


def test_a_language_without_a_layout_types_latin() -> None:
    assert script_of("xx") == "latin"


def test_an_email_field_offers_the_sign_every_address_has() -> None:
    assert "@" in [key for row in rows_of("latin", "email") for key in row]


LETTERS = {
    "nl": "abcdefghijklmnopqrstuvwxyzéëïöüèáó'",
    "en": "abcdefghijklmnopqrstuvwxyz'",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "fr": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüÿœæ'",
    "pl": "abcdefghijklmnopqrstuvwxyząćęłńóśźż",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة",
}


def keys_of(language: str, *kinds: str) -> list[str]:
    script = script_of(language)
    return [key for kind in kinds for row in rows_of(script, kind, language) for key in row]


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("kind", ["text", "name"])
def test_every_letter_of_a_language_can_be_typed(language: str, kind: str) -> None:
    keys = set("".join(key for key in keys_of(language, kind, "accents") if not key.startswith("<")))

    assert sorted(set(LETTERS[language]) - keys) == []


@pytest.mark.parametrize("language", ["de", "pl", "tr", "uk", "ar"])
@pytest.mark.parametrize("kind", ["text", "name"])
def test_the_own_letters_of_a_language_are_there_at_once(language: str, kind: str) -> None:
    keys = set("".join(keys_of(language, kind)))

    assert sorted(set(LETTERS[language]) - keys) == []


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("kind", [kind.value for kind in Keyboard])
def test_a_layout_of_a_language_can_delete_be_closed_and_has_no_key_twice(language: str, kind: str) -> None:
    keys = keys_of(language, kind)

    assert {"<done>", "<delete>"} <= set(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", ["uk", "ar"])
@pytest.mark.parametrize(
    ("kind", "wanted"), [("email", "q@._-"), ("postcode", "QWZ19"), ("phone", "+190"), ("digits", "190")]
)
def test_an_email_address_a_postcode_and_a_number_are_latin_in_every_language(
    language: str, kind: str, wanted: str
) -> None:
    keys = keys_of(language, kind)

    assert set(wanted) <= set(keys)
    assert all(key.isascii() for key in keys)


@pytest.mark.parametrize("language", LETTERS)
def test_text_has_western_digits_and_the_question_mark_of_the_language(language: str) -> None:
    keys = keys_of(language, "text")

    assert set("0123456789") <= set(keys)
    assert ("؟" if language == "ar" else "?") in keys


def test_capitals_are_those_of_the_language() -> None:
    assert [capital_of(key, "tr") for key in "iış"] == ["İ", "I", "Ş"]
    assert [capital_of(key, "de") for key in "iß"] == ["I", "ß"]
    assert capital_of("ґ", "uk") == "Ґ"


def test_letters_of_a_script_are_said_in_a_language_that_has_them() -> None:
    assert [language_of(script) for script in SCRIPTS] == ["nl", "uk", "ar"]
