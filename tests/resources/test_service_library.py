# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A wrong service closes itself and nothing else; words fall back to Dutch and say so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from resources.service_library import SERVICES, ServiceLibrary

NAMES = sorted(path.parent.name for path in SERVICES.glob("*/service.toml") if path.parent.name != "shared")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SERVICES, tmp_path / "services"))


def test_loads_every_service_with_none_closed() -> None:
    library = ServiceLibrary.load()

    assert [service.id for service in library.services] == NAMES
    assert library.closed == ()


def test_gives_the_tiles_in_their_order() -> None:
    first_page = ["brief", "bel", "digid", "schulden", "idbewijs", "verhuizen", "wmo", "fout"]

    assert [service.id for service in ServiceLibrary.load().tiles()] == first_page


@pytest.mark.parametrize("content", [b"id = [", b"\xff\xfe\x00", b"", b'id = "\xe2\x80\xae"'])
def test_closes_only_the_service_whose_definition_is_broken(folder: Path, content: bytes) -> None:
    (folder / "brief" / "service.toml").write_bytes(content)

    library = ServiceLibrary.load(folder)

    assert [service.id for service in library.services] == [name for name in NAMES if name != "brief"]
    assert [service_id for service_id, _ in library.closed] == ["brief"]


def test_reads_a_file_as_editors_on_windows_save_it(folder: Path) -> None:
    path = folder / "bel" / "service.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert ServiceLibrary.load(folder).closed == ()


def test_closes_a_service_without_dutch_texts(folder: Path) -> None:
    (folder / "bel" / "nl.toml").unlink()

    library = ServiceLibrary.load(folder)

    assert library.closed[0][0] == "bel"
    assert library.closed[0][1].problems[0].file == "bel/nl.toml"


def test_closes_everything_but_raises_nothing_when_the_shared_questions_are_broken(folder: Path) -> None:
    (folder / "shared" / "service.toml").write_text("[[question]]\n")

    library = ServiceLibrary.load(folder)

    assert library.services == ()
    assert [service_id for service_id, _ in library.closed] == NAMES


def test_closes_the_second_service_on_a_tile_that_is_taken(folder: Path) -> None:
    path = folder / "verhuizen" / "service.toml"
    path.write_text(path.read_text().replace("tile_place = 6", "tile_place = 1"))

    library = ServiceLibrary.load(folder)

    assert [service_id for service_id, _ in library.closed] == ["verhuizen"]
    assert "tile_place 1 is taken" in str(library.closed[0][1])


def test_closes_a_service_whose_folder_has_another_name(folder: Path) -> None:
    (folder / "bel").rename(folder / "belmij")

    assert "the folder is called" in str(ServiceLibrary.load(folder).closed[0][1])


def test_gives_dutch_and_says_so_when_a_translation_is_missing(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text('title = "Call me back"\n')
    library = ServiceLibrary.load(folder)

    assert library.text("bel", "en", "title") == ("Call me back", True)
    assert library.text("bel", "en", "tile") == ("Bel mij terug", False)
    assert library.text("bel", "nl", "tile") == ("Bel mij terug", True)
    assert library.text("bel", "nl", "no-such-key")[0] == ""


def test_gives_dutch_when_a_translation_is_broken(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text("title = [")

    assert ServiceLibrary.load(folder).text("bel", "en", "title") == ("Bel mij terug", False)


def test_prefers_own_dutch_to_a_shared_translation_of_other_words(folder: Path) -> None:
    for service in ("bel", "brief"):
        (folder / service / "en.toml").unlink(missing_ok=True)
    (folder / "shared" / "en.toml").write_text('[question.bereiken]\ntitle = "How may we reach you?"\n')
    library = ServiceLibrary.load(folder)
    own_dutch = library.text("bel", "nl", "question.bereiken.title")[0]

    assert library.text("bel", "en", "question.bereiken.title") == (own_dutch, False)
    assert library.text("brief", "en", "question.bereiken.title") == ("How may we reach you?", True)


def test_reads_no_file_outside_the_folder_whatever_the_language_is_called(folder: Path) -> None:
    (folder / "geheim.toml").write_text('title = "Geheim"\n')

    assert ServiceLibrary.load(folder).text("bel", "../geheim", "title") == ("Bel mij terug", False)


def test_makes_the_pseudo_language_from_dutch() -> None:
    text, is_translated = ServiceLibrary.load().text("bel", "qps", "title")

    assert is_translated
    assert len(text) > len("Bel mij terug")
    assert "Bel" not in text
