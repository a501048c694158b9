# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each translation's state is honest: a machine's until signed, void when a word changes, stale when the Dutch does."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from commands.cli import run
from commands.content_report import check_content
from commands.content_states import LanguageReport, TextPair, pairs_of, record, report_of, sign
from resources.checked_texts import CheckedTexts
from resources.service_library import SERVICES, ServiceLibrary

DAY = date(2026, 11, 22)
KEY = "duty.antwoord"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "services"
    for name in ("bel", "shared"):
        (folder / name).mkdir(parents=True)
        for file in ("service.toml", "nl.toml", "en.toml"):
            shutil.copy(SERVICES / name / file, folder / name / file)
    return folder


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    made = tmp_path / "i18n"
    made.mkdir()
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (made / "nl.po").write_text(f'{head}msgid "a"\nmsgstr "een"\n\nmsgid "b"\nmsgstr "twee"\n')
    (made / "en.po").write_text(f'{head}msgid "a"\nmsgstr "one"\n')
    return made


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return tmp_path / "walk"


def edit(path: Path, key: str, text: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines) if line.startswith(f"{key} = ")]
    assert len(found) == 1
    lines[found[0]] = f'{key} = "{text}"'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def pairs(folder: Path, programme: Path, walk: Path) -> tuple[TextPair, ...]:
    return tuple(pairs_of(folder, programme, walk, "en"))


def report(folder: Path, programme: Path, walk: Path) -> LanguageReport:
    return report_of(folder, tuple(pairs_of(folder, programme, walk, "en")), "en")


def test_counts_the_words_of_services_and_programme(pairs: tuple[TextPair, ...]) -> None:
    assert TextPair("programme", "a", "een", "one") in pairs
    assert TextPair("programme", "b", "twee", "") in pairs
    assert {pair.place for pair in pairs} == {"bel", "shared", "programme"}


def test_is_a_machines_until_a_person_signs(folder: Path, programme: Path, walk: Path) -> None:
    found = report(folder, programme, walk)

    assert (found.checked, found.machine, found.missing) == (0, found.texts - 1, 1)


def test_a_person_signs_one_service_and_the_kiosk_knows(
    folder: Path, programme: Path, walk: Path, pairs: tuple[TextPair, ...]
) -> None:
    new, signed = sign(folder, pairs, "en", by='Fatima "F" Ünal', on=DAY, place="bel")

    assert new == signed == report(folder, programme, walk).checked == sum(pair.place == "bel" for pair in pairs)
    library = ServiceLibrary.load(folder)
    assert library.is_checked("bel", "en", KEY)
    assert not library.is_checked("bel", "en", "question.naam.title")  # a shared one
    signature = CheckedTexts(folder).of("en").texts["bel"][KEY]
    assert (signature.by, signature.on) == ('Fatima "F" Ünal', DAY)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_signature_is_void_as_soon_as_the_dutch_or_the_translation_changes(
    language: str, folder: Path, programme: Path, walk: Path, pairs: tuple[TextPair, ...]
) -> None:
    sign(folder, pairs, "en", by="Fatima", on=DAY)
    before = report(folder, programme, walk).checked
    edit(folder / "bel" / f"{language}.toml", "antwoord", "Iets anders, {date}.")

    assert not ServiceLibrary.load(folder).is_checked("bel", "en", KEY)
    assert ServiceLibrary.load(folder).is_checked("bel", "en", "duty.kaart")
    assert report(folder, programme, walk).checked == before - 1


def test_a_signature_that_still_holds_keeps_its_name(
    folder: Path, programme: Path, walk: Path, pairs: tuple[TextPair, ...]
) -> None:
    sign(folder, pairs, "en", by="Fatima", on=DAY)
    edit(folder / "bel" / "en.toml", "antwoord", "Other words, {date}.")
    sign(folder, pairs_of(folder, programme, walk, "en"), "en", by="Piet", on=date(2027, 1, 1))

    texts = CheckedTexts(folder).of("en").texts["bel"]
    assert (texts[KEY].by, texts["duty.kaart"].by) == ("Piet", "Fatima")


def test_tells_which_dutch_changed_after_it_was_translated(
    folder: Path, programme: Path, walk: Path, pairs: tuple[TextPair, ...]
) -> None:
    record(folder, pairs, "en")
    assert report(folder, programme, walk).stale == ()
    edit(folder / "bel" / "nl.toml", "antwoord", "Iets anders, {date}.")
    assert report(folder, programme, walk).stale == (f"bel: {KEY}",)
    edit(folder / "bel" / "en.toml", "antwoord", "Something else, {date}.")  # translated anew
    assert report(folder, programme, walk).stale == ()


def test_a_file_that_says_too_much_is_a_problem(
    folder: Path, programme: Path, walk: Path, pairs: tuple[TextPair, ...]
) -> None:
    path = CheckedTexts(folder).path("en")
    sign(folder, pairs, "en", by="Fatima", on=DAY)
    assert "is_whole = false" in path.read_text()  # one text is missing
    assert not report(folder, programme, walk).is_falsely_whole
    path.write_text(path.read_text().replace("is_whole = false", "is_whole = true"))
    assert report(folder, programme, walk).is_falsely_whole
    found = check_content(folder, programme, walk=walk).problems
    assert [problem.file for problem in found if "all was checked" in problem.says] == ["checked-en.toml"]


def test_all_signed_is_whole(folder: Path, programme: Path, walk: Path) -> None:
    with (programme / "en.po").open("a") as file:
        file.write('\nmsgid "b"\nmsgstr "two"\n')
    sign(folder, pairs_of(folder, programme, walk, "en"), "en", by="Fatima", on=DAY)

    assert CheckedTexts(folder).of("en").is_whole
    assert not report(folder, programme, walk).is_falsely_whole


@pytest.mark.parametrize("text", ["", "= [", 'bel = 1\n[shared]\na = "x"\n'])
def test_a_broken_file_signs_nothing(text: str, folder: Path) -> None:
    (folder / "checked-en.toml").write_text(text)

    assert not ServiceLibrary.load(folder).is_checked("bel", "en", KEY)


def test_the_commands_sign_record_and_report(
    folder: Path, programme: Path, walk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--folder", str(folder), "--programme", str(programme), "--walk", str(walk)]

    assert run(["content", "checked", "en", "--by", "Fatima", "--service", "bel", *where]) == 0
    assert "checked by Fatima" in capsys.readouterr().out
    assert run(["content", "translated", "en", *where]) == 0
    assert run(["content", "checked", "xx", "--by", "Fatima", *where]) == 1
    assert run(["content", "checked", "en", "--by", "Fatima", "--service", "nowhere", *where]) == 1
    capsys.readouterr()
    run(["content", "check", "--json", "--folder", str(folder)])
    told = json.loads(capsys.readouterr().out)["languages"]["en"]
    assert told["checked"] > 40
    assert set(told) == {"texts", "missing", "machine", "checked", "stale", "is_whole"}


def test_letters_are_dutch_in_every_language_and_nobody_misses_them() -> None:
    missing = [pair.key for pair in pairs_of(SERVICES, Path("nowhere"), Path("nowhere"), "en") if not pair.own]

    assert [key for key in missing if key.startswith("letter.")] == []
