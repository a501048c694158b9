# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words by key: filled in safely, Dutch where a language has none, the same with and without a compiled catalogue."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.validation import PROBLEM_CODES
from i18n.stretches import only_dutch
from i18n.texts import FOLDER, MissingTextError, Texts

TODAY = date(2026, 11, 21)


@pytest.fixture
def texts() -> Texts:
    return Texts("nl", is_strict=True)


def write(folder: Path, language: str, *entries: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    (folder / f"{language}.po").write_text("\n".join((head, *entries)), encoding="utf-8")


def test_says_the_words_that_people_agreed_on(texts: Texts) -> None:
    said = [texts.tr(f"tool.{name}") for name in ("read", "size", "colours", "language", "leave")]
    assert said == ["Lees voor", "Grotere letters", "Kleuren", "Taal", "Snel weg"]
    said = [texts.tr(f"bar.{name}") for name in ("back", "human", "stop", "next")]
    assert said == ["Terug", "Hulp van een mens", "Stoppen", "Verder"]
    said = [texts.tr(f"question.{name}") for name in ("unknown", "declined", "different")]
    assert said == ["Ik weet het niet", "Dat zeg ik liever niet", "Bij mij is het anders"]
    assert texts.tr("human.coming") == "Er komt iemand. U hoeft niets uit te leggen."
    assert texts.tr("check.change") == "Aanpassen"
    assert texts.tr("start.status") == "Hoe ver is mijn vraag?"
    assert texts.tr("service.other_roads") == "Bellen, langskomen of een brief?"
    pending = f"{texts.tr('status.pending.title')} {texts.tr('status.pending.text')}"
    assert pending.startswith("Uw vraag ligt nog hier. De gemeente heeft hem nog niet.")
    assert texts.tr("status.delivered.title") == "De gemeente heeft uw vraag."
    assert texts.tr("late.offline", phone="14 000") == (
        "De dag is voorbij. Dit apparaat weet niet of er antwoord is. Bel 14 000."
    )


@pytest.mark.parametrize("state", list(CaseState))
def test_has_an_honest_title_and_text_for_every_state(state: CaseState, texts: Texts) -> None:
    said = texts.tr(f"status.{state.value}.title") + texts.tr(f"status.{state.value}.text")

    assert "verstuurd" not in said
    if state in (CaseState.PENDING, CaseState.RETRYING):
        assert "De gemeente heeft hem nog niet" in said


@pytest.mark.parametrize("code", PROBLEM_CODES)
def test_says_for_every_slip_what_to_do(code: str, texts: Texts) -> None:
    said = texts.tr(f"problem.{code}")

    assert "ongeldig" not in said.lower()
    assert "fout" not in said.lower()


def test_has_a_text_for_every_key_in_the_code(repository: Path, texts: Texts) -> None:
    missing: set[str] = set()
    asked = 0
    for folder in ("kiosk", "commands", "assisted"):
        for path in (repository / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            # A sheet of the counter asks by the part behind "desk.sheet." only.
            roots = ("", "desk.sheet.") if "tr_sheet" in text else ("",)
            keys = re.findall(r'\btr\(\s*"([a-z_.-]+)"', text)
            missing |= {key for key in keys if not any(texts.has(root + key) for root in roots)}
            asked += len(keys)

    assert not missing
    assert asked > 500


def test_shows_the_key_when_nobody_wrote_it() -> None:
    assert Texts("nl").tr("no.such.key") == "no.such.key"


def test_raises_in_tests_when_nobody_wrote_the_key(texts: Texts) -> None:
    with pytest.raises(MissingTextError):
        texts.tr("no.such.key")


def test_never_looks_into_a_value(texts: Texts) -> None:
    assert texts.fill("{a} en {b}", {"a": "{b}", "b": "{a}", "c": "x"}) == "{b} en {a}"
    assert texts.fill("{a.__class__} {0} {a!r}", {"a": "x"}) == "{a.__class__} {0} {a!r}"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (0, "Dat is vandaag."),
        (1, "Dat is morgen."),
        (-1, "Dat was gisteren."),
        (23, "Dat is over 23 dagen."),
        (-6, "Dat was 6 dagen geleden."),
        (-27093, ""),
        (400, ""),
    ],
)
def test_says_how_far_a_day_is_away(days: int, says: str, texts: Texts) -> None:
    assert texts.days_from(TODAY, TODAY + timedelta(days=days)) == says


def test_gives_marked_dutch_where_a_language_has_no_word(tmp_path: Path) -> None:
    write(tmp_path, "nl", 'msgid "a"\nmsgstr "een"\n', 'msgid "b"\nmsgstr "twee"\n')
    write(tmp_path, "en", 'msgid "a"\nmsgstr "one"\n')
    english = Texts("en", folder=tmp_path, is_strict=True)

    assert (english.tr("a"), english.tr("b")) == ("one", only_dutch("twee"))
    assert (english.has("a"), english.has("b")) == (True, False)


def test_gives_dutch_for_a_language_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "nl", 'msgid "a"\nmsgstr "een"\n')

    assert Texts("xx", folder=tmp_path).tr("a") == only_dutch("een")


def test_shows_a_key_that_nobody_wrote_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, "nl", 'msgid "a"\nmsgstr "een"\n')

    assert Texts("en", folder=tmp_path).tr("b") == "b"


def test_reads_the_source_when_it_is_newer_than_the_compiled_catalogue(tmp_path: Path) -> None:
    write(tmp_path, "nl", 'msgid "a"\nmsgstr "oud"\n')
    compile_catalogue(tmp_path)
    write(tmp_path, "nl", 'msgid "a"\nmsgstr "nieuw"\n')
    made = (tmp_path / "nl.mo").stat().st_mtime
    os.utime(tmp_path / "nl.po", (made + 5, made + 5))

    assert Texts("nl", folder=tmp_path).tr("a") == "nieuw"


def compile_catalogue(folder: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (folder / "nl.po").open("rb") as source, (folder / "nl.mo").open("wb") as target:
        write_mo(target, read_po(source))


def test_speaks_dutch_without_babel_when_the_catalogue_is_compiled(tmp_path: Path, repository: Path) -> None:
    shutil.copy(FOLDER / "nl.po", tmp_path / "nl.po")
    compile_catalogue(tmp_path)
    code = (
        "import sys; from datetime import date; from pathlib import Path; from i18n.texts import Texts;"
        f"from i18n.dates import format_date; texts = Texts('nl', folder=Path({str(tmp_path)!r}));"
        "print(texts.tr('bar.next'), format_date(date(2026, 12, 14), with_weekday=True), texts.month(3));"
        "print(texts.days_from(date(2026, 11, 21), date(2026, 12, 14)));"
        "sys.exit(any(name.split('.')[0] in ('babel', 'PySide6') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=False)

    assert done.stdout == "Verder maandag 14 december 2026 maart\nDat is over 23 dagen.\n"
    assert done.returncode == 0


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("uk", "ltr"), ("ar", "rtl"), ("qps", "rtl")])
def test_knows_which_way_a_language_runs(language: str, direction: str) -> None:
    assert Texts(language).direction == direction


def test_every_note_for_translators_is_there() -> None:
    blocks = (FOLDER / "nl.po").read_text(encoding="utf-8").split("\n\n")[1:]
    without = [block for block in blocks if "msgid" in block and "#. " not in block]

    assert not without


def test_keeps_a_telephone_number_in_order_inside_right_to_left_words() -> None:
    assert "\u206814 000\u2069" in Texts("qps").tr("human.reach", phone="14 000", desk="balie 1")
    assert "\u2068" not in Texts("nl").tr("human.reach", phone="14 000", desk="balie 1")


PLURALS = {
    "en": {1: "That is in 1 day.", 2: "That is in 2 days."},
    "de": {1: "Das ist in 1 Tag.", 23: "Das ist in 23 Tagen."},
    "uk": {21: "Це через 21 день.", 23: "Це через 23 дні.", 25: "Це через 25 днів."},
    "ar": {3: "أيام", 11: "يوما", 23: "يوما", 100: "يوم."},
}


@pytest.mark.parametrize("language", PLURALS)
def test_a_number_of_days_has_the_form_that_the_language_asks(language: str) -> None:
    if not (FOLDER / f"{language}.po").exists():
        pytest.skip(f"{language} is not written yet")
    texts = Texts(language, is_strict=True)

    for number, says in PLURALS[language].items():
        assert texts.tr_number("understood.days_ahead", number).rstrip(".").endswith(says.rstrip("."))


@pytest.mark.parametrize(
    ("language", "forms"), [("en", 2), ("ar", 6), ("uk", 3), ("tr", 2), ("pl", 3), ("de", 2), ("fr", 2)]
)
def test_a_catalogue_has_as_many_plural_forms_as_its_language(language: str, forms: int) -> None:
    path = FOLDER / f"{language}.po"
    if not path.exists():
        pytest.skip(f"{language} is not written yet")
    (number,) = re.findall(r"nplurals=(\d+)", path.read_text(encoding="utf-8"))

    assert int(number) == forms
    assert "msgstr[" in path.read_text(encoding="utf-8")
    assert f"msgstr[{forms}]" not in path.read_text(encoding="utf-8")
