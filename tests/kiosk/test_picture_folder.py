# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures of a folder: newest first, never through a link, nothing written."""

import os
from pathlib import Path

import pytest

from domain.errors import AttachmentError, AttachmentReason
from kiosk.picture_folder import MOST_SHOWN, PictureFolder
from tests.kiosk.pictures import PDF, picture


def put(folder: Path, name: str, content: bytes, moment: int) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (moment, moment))
    return path


def test_lists_the_newest_first_and_fetches_what_was_chosen(tmp_path: Path) -> None:
    put(tmp_path, "oud.jpg", picture(), 1_700_000_000)
    put(tmp_path, "nieuw.PDF", PDF, 1_700_003_600)
    shelf = PictureFolder(tmp_path)

    paper, photo = shelf.pictures()

    assert (paper.taken, paper.is_paper, paper.preview) == ("00.13", True, b"")
    assert (photo.taken, photo.is_paper) == ("23.13", False)
    assert photo.preview
    assert shelf.fetch(paper.id).media_type == "application/pdf"
    assert shelf.fetch(photo.id).media_type == "image/jpeg"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nieuw.PDF", "oud.jpg"]


def test_leaves_out_links_hidden_files_folders_and_other_files(tmp_path: Path) -> None:
    put(tmp_path, ".verborgen.jpg", picture(), 1)
    put(tmp_path, "brief.docx", b"x", 1)
    (tmp_path / "map.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to("/etc/passwd")
    assert PictureFolder(tmp_path).pictures() == ()


def test_shows_a_picture_that_is_too_large_and_says_so_when_it_is_chosen(tmp_path: Path) -> None:
    path = put(tmp_path, "groot.jpg", b"", 1)
    os.truncate(path, 60_000_000)
    shelf = PictureFolder(tmp_path)
    (found,) = shelf.pictures()
    assert found.preview == b""
    with pytest.raises(AttachmentError) as caught:
        shelf.fetch(found.id)
    assert caught.value.reason is AttachmentReason.TOO_LARGE


def test_says_that_a_picture_is_gone(tmp_path: Path) -> None:
    path = put(tmp_path, "foto.jpg", picture(), 1)
    shelf = PictureFolder(tmp_path)
    (found,) = shelf.pictures()
    path.unlink()
    for picture_id in (found.id, "p99", "../../etc/passwd"):
        with pytest.raises(AttachmentError) as caught:
            shelf.fetch(picture_id)
        assert caught.value.reason is AttachmentReason.GONE


def test_has_nothing_when_there_is_no_folder(tmp_path: Path) -> None:
    assert PictureFolder(tmp_path / "weg").pictures() == ()


def test_shows_no_more_than_a_visitor_can_look_over(tmp_path: Path) -> None:
    for number in range(MOST_SHOWN + 3):
        put(tmp_path, f"{number}.jpg", picture(), number)
    assert len(PictureFolder(tmp_path).pictures()) == MOST_SHOWN
