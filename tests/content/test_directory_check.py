# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content check` looks at the desk's directory too, and names file and line of what was planted."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from commands.content_directory import check_directory
from domain.errors import DefinitionProblem
from resources.directory_book import DIRECTORY
from resources.service_library import SERVICES

TODAY = date(2026, 11, 24)
KNOWN = {path.parent.name for path in SERVICES.glob("*/service.toml")} - {"shared"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DIRECTORY, tmp_path / "directory"))


def problems_in(folder: Path, today: date = TODAY) -> list[DefinitionProblem]:
    return list(check_directory(KNOWN, today, folder, SERVICES))


def plant(folder: Path, name: str, old: str, new: str) -> int:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_finds_nothing_wrong_with_what_loket_brings(folder: Path) -> None:
    assert problems_in(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "cards/geld.toml",
            'services = ["schulden"]',
            'services = ["schuldn"]',
            'a service "schuldn" that is not there',
        ),
        ("cards/geld.toml", '"geldfit"', '"geldvit"', 'a referral "geldvit" that is not there'),
        ("cards/werk.toml", 'courses = ["klik-en-tik"]', 'courses = ["klik"]', 'a course "klik" that is not there'),
        ("cards/recht.toml", 'see = ["klacht"', 'see = ["klachten"', 'did you mean "klacht"'),
        ("flags.toml", '"veilig-thuis"', '"veilig"', 'a referral "veilig" that is not there'),
        ("flags.toml", 'services = ["fout"]', 'services = ["foud"]', 'a service "foud" that is not there'),
        ("may-i.toml", "U mag nee zeggen.", "U mag stante-pede nee zeggen.", 'uses "stante-pede", a rare word'),
        ("courses.toml", "vanaf het begin.", "vanaf het begin indien u wilt.", 'uses "indien"'),
        ("may-i.toml", "reviewed_on = 2026-11-22", "reviewed_on = 2025-11-22", "was last reviewed 367 days ago"),
        ("referrals.toml", "reviewed_on = 2026-11-22", "reviewed_on = 2026-08-01", "was last reviewed 115 days ago"),
        ("referrals.toml", "reviewed_on = 2026-11-22", "reviewed_on = 2027-11-22", "a day still to come"),
        ("referrals.toml", 'id = "politie"', 'id = "noodnummer"', 'there is a "noodnummer" above already'),
    ],
)
def test_names_file_and_line_of_what_was_planted(folder: Path, name: str, old: str, new: str, says: str) -> None:
    line = plant(folder, name, old, new)
    found = [(one.file, one.line) for one in problems_in(folder) if says in one.says]
    assert found == [(f"directory/{name}", line)]


def test_a_long_sentence_is_told(folder: Path) -> None:
    long = "Blijf rustig zitten of staan en praat zacht en heel erg langzaam met wie er voor u staat."
    line = plant(folder, "flags.toml", "Blijf rustig zitten of staan. Praat zacht en langzaam.", long)
    assert [one.line for one in problems_in(folder) if "a sentence of" in one.says] == [line]


def test_a_missing_source_is_told(folder: Path) -> None:
    plant(folder, "courses.toml", 'source = { name = "Oefenen.nl", url = "https://www.oefenen.nl" }\n', "")
    assert any("the source is missing" in one.says for one in problems_in(folder))


def test_the_same_id_in_two_files_is_told(folder: Path) -> None:
    plant(folder, "cards/huis.toml", 'id = "buren"', 'id = "boete"')
    found = {one.file for one in problems_in(folder) if "more than one file" in one.says}
    assert found == {"directory/cards/huis.toml", "directory/cards/geld.toml"}


def test_a_file_that_is_no_toml_is_told_and_the_rest_is_checked(folder: Path) -> None:
    (folder / "courses.toml").write_text("[[course]\n", encoding="utf-8")
    found = problems_in(folder)
    assert [one.line for one in found if one.file == "directory/courses.toml"] == [1]
    assert any('a course "klik-en-tik" that is not there' in one.says for one in found)


def test_without_synonyms_the_search_is_told_to_be_poor(folder: Path) -> None:
    (folder / "synonyms.toml").unlink()
    assert [one.file for one in problems_in(folder)] == ["directory/synonyms.toml"]
