# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's own services, words, directory and streets lie over those of Loket, and nothing else changes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.content_merge import merge
from i18n.texts import Texts
from resources.directory_book import DirectoryBook
from resources.laid_over import lay_over
from resources.service_library import SERVICES, ServiceLibrary
from resources.streets import FILE, load_town

LANGUAGES = ("nl", "en", "ar")


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Path]:
    """Give a folder that lies over Loket's content, and take it away after the test."""
    folder = tmp_path / "over"
    folder.mkdir()
    lay_over(folder)
    yield folder
    lay_over(None)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    # The words of a folder are read once: tell that there are new ones.
    root = next(parent for parent in path.parents if parent.name == "over")
    lay_over(root)


def test_changes_the_words_that_are_given_and_no_others(over: Path) -> None:
    plain = ServiceLibrary.load(SERVICES)
    write(over / "services/bel/nl.toml", 'title = "Wij bellen u"\n')

    library = ServiceLibrary.load()

    assert library.closed == ()
    assert library.text("bel", "nl", "title") == ("Wij bellen u", True)
    assert dict(library.dutch("bel")) == {**plain.dutch("bel"), "title": "Wij bellen u"}
    assert library.dutch("brief") == plain.dutch("brief")


def test_shows_the_new_dutch_where_the_translation_says_what_it_said_before(over: Path) -> None:
    write(over / "services/bel/nl.toml", 'title = "Wij bellen u"\ntile = "Wij bellen u"\n')
    write(over / "services/bel/en.toml", 'title = "We call you"\n')

    library = ServiceLibrary.load()

    assert library.text("bel", "ar", "title") == ("Wij bellen u", False)
    assert library.text("bel", "en", "title") == ("We call you", True)
    assert library.text("bel", "en", "tile") == ("Wij bellen u", False)
    assert library.text("bel", "en", "event")[1]


def test_changes_shared_words_in_every_service_that_has_no_own(over: Path) -> None:
    key, before = shared_word()
    write(over / "services/shared/nl.toml", f'"{key}" = "Heel anders gezegd."\n')

    library = ServiceLibrary.load()

    assert library.text("bel", "nl", key) == ("Heel anders gezegd.", True)
    assert library.text("bel", "ar", key) == ("Heel anders gezegd.", False)
    assert before != "Heel anders gezegd."


def shared_word() -> tuple[str, str]:
    """Give a word that only the shared texts have."""
    from domain.text_table import parse_texts

    shared = parse_texts((SERVICES / "shared/nl.toml").read_text(encoding="utf-8"), "nl.toml", "nl")
    own = parse_texts((SERVICES / "bel/nl.toml").read_text(encoding="utf-8"), "nl.toml", "nl", ("price",))
    return next((key, text) for key, text in shared.items() if key not in own)


def test_takes_a_whole_service_with_its_own_words_only(over: Path) -> None:
    shutil.copytree(SERVICES / "bel", over / "services/bel")
    path = over / "services/bel/service.toml"
    version = next(service.version for service in ServiceLibrary.load(SERVICES).services if service.id == "bel")
    path.write_text(path.read_text().replace(f"version = {version}\n", f"version = {version + 1}\n"), encoding="utf-8")
    (over / "services/bel/ar.toml").unlink()

    library = ServiceLibrary.load()

    assert library.closed == ()
    assert library.service("bel").version == version + 1
    assert library.text("bel", "en", "title")[1]
    assert not library.text("bel", "ar", "title")[1]


def test_adds_a_service_of_its_own_and_a_wrong_one_closes_that_service_only(over: Path) -> None:
    write(over / "services/zwemmen/service.toml", 'id = "zwemmen"\n')

    library = ServiceLibrary.load()

    assert [name for name, _ in library.closed] == ["zwemmen"]
    assert len(library.services) == len(ServiceLibrary.load(SERVICES).services)


def test_a_word_that_a_later_loket_does_not_ask_for_closes_nothing(over: Path) -> None:
    write(over / "services/bel/nl.toml", 'title = "Wij bellen u"\nno_longer = "Weg."\n')

    library = ServiceLibrary.load()

    assert library.closed == ()
    assert "no_longer" not in library.dutch("bel")


def test_says_the_words_of_the_programme_otherwise(over: Path) -> None:
    plural = "understood.days_ahead"
    write(over / "texts/nl.json", json.dumps({"start.more": "Alles", plural: ["Morgen al.", "Pas over {number}."]}))
    write(over / "texts/en.json", json.dumps({"start.more": "Everything"}))

    assert Texts().tr("start.more") == "Alles"
    assert Texts("en").tr("start.more") == "Everything"
    assert "Alles" in Texts("ar").tr("start.more")
    assert (Texts().tr_number(plural, 1), Texts().tr_number(plural, 5)) == ("Morgen al.", "Pas over 5.")
    assert not Texts("en").has(plural)
    assert Texts().tr("start.greeting_morning") != "start.greeting_morning"


@pytest.mark.parametrize("text", ["", "[]", '{"start.more": 3}', "{" * 5000])
def test_words_that_cannot_be_read_change_nothing(over: Path, text: str) -> None:
    before = Texts().tr("start.more")
    write(over / "texts/nl.json", text)

    assert Texts().tr("start.more") == before


def test_an_entry_of_the_municipality_goes_before_that_of_loket(over: Path) -> None:
    plain = DirectoryBook.load().directory
    first = plain.courses[0]
    source = (SERVICES.parent / "directory/courses.toml").read_text(encoding="utf-8")
    block = "[[course]]" + source.split("[[course]]")[1]
    write(over / "directory/courses.toml", block.replace(first.name, "Onze eigen cursus"))

    book = DirectoryBook.load()

    assert book.errors == ()
    assert len(book.directory.courses) == len(plain.courses)
    assert next(course for course in book.directory.courses if course.id == first.id).name == "Onze eigen cursus"


def test_takes_the_streets_of_the_municipality(over: Path) -> None:
    known = next(iter(load_town().streets))
    write(over / "places/streets.toml", FILE.read_text(encoding="utf-8").replace(known, "Eigenstraat"))

    assert load_town().square_of("Eigenstraat")
    assert not load_town().square_of(known)


def test_nothing_lies_over_a_folder_that_somebody_names(over: Path) -> None:
    write(over / "services/bel/nl.toml", 'title = "Wij bellen u"\n')

    assert ServiceLibrary.load(SERVICES).text("bel", "nl", "title")[0] != "Wij bellen u"


def test_what_is_read_is_what_the_check_reads(over: Path, tmp_path: Path) -> None:
    write(over / "services/bel/nl.toml", 'title = "Wij bellen u"\nphone_card = ["Goedendag.", "Ik bel \\"terug\\"."]\n')
    write(over / "services/bel/en.toml", 'tile = "Call"\n')
    write(over / "services/shared/nl.toml", f'"{shared_word()[0]}" = "Anders."\n')
    shutil.copytree(SERVICES / "brief", over / "services/brief")
    made = merge(over, tmp_path / "merged")

    laid, merged = ServiceLibrary.load(), ServiceLibrary.load(made.services)

    assert laid.services == merged.services
    for service in laid.services:
        assert dict(laid.dutch(service.id)) == dict(merged.dutch(service.id))
        for language in LANGUAGES:
            for key in laid.dutch(service.id):
                assert laid.text(service.id, language, key) == merged.text(service.id, language, key), key
