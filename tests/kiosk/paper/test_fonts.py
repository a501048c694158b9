# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding fonts: a clear error when there are none, and a font for every script that we use."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import PaperError
from kiosk.paper.fonts import Fonts, find_font, installed


def test_says_what_to_install_when_noto_sans_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="fonts-noto-core"):
        Fonts((tmp_path,))


def test_says_which_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "NotoSans-Regular.ttf").write_bytes(b"no font")
    with pytest.raises(PaperError, match=r"NotoSans-Regular\.ttf"):
        Fonts((tmp_path,))


def test_takes_the_first_folder_that_has_the_font(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two/a.ttf").touch()
    assert find_font("a.ttf", (tmp_path / "one", tmp_path / "two")) == tmp_path / "two/a.ttf"
    assert find_font("b.ttf", (tmp_path / "one",)) is None


@pytest.mark.parametrize("bold", [False, True])
def test_every_script_of_our_languages_has_a_font(bold: bool) -> None:
    for character in "aëłşїЖαعپቀ":
        assert installed().choose(character, bold=bold)[1] == character
