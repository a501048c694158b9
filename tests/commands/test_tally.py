# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket tally export`: two files that say nothing of fewer than five."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from commands.cli import run
from domain.tally import Age, Deed, Tally, Theme
from sync.tally_book import TALLIES, SqliteTallyBook, TallyFile
from tests.kiosk.paper.reading import whole_text

SEPTEMBER = date(2026, 9, 3)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "loket.toml"
    path.write_text('[device]\ndata_dir = "data"\n', encoding="utf-8")
    with closing(TallyFile(tmp_path / "data" / TALLIES)) as file:
        book = SqliteTallyBook(file)
        for theme, number in ((Theme.MOVING, 12), (Theme.MONEY, 9), (Theme.DIGID, 3)):
            for _ in range(number):
                book.count(Tally(theme, Deed.EXPLAINED, age=Age.FROM_65), SEPTEMBER)
    return path


def export(config: Path, month: str, out: Path) -> int:
    return run(["tally", "export", "--config", str(config), "--month", month, "--out", str(out)])


def test_writes_a_table_that_a_spreadsheet_opens(config: Path, tmp_path: Path) -> None:
    assert export(config, "2026-09", tmp_path / "out") == 0
    raw = (tmp_path / "out" / "tellen-2026-09.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Maand", "Onderdeel", "Waarde", "Aantal"]
    assert rows[1] == ["2026-09", "Alle hulp samen", "", "24"]
    themes = {row[2]: row[3] for row in rows if row[1] == "Waar ging het over?"}
    assert themes["DigiD"] == "<5"
    assert themes["Geld, toeslag"] == "niet getoond"
    assert themes["Verhuizen"] == "12"
    assert not {"1", "2", "3", "4"} & {row[3] for row in rows}


def test_writes_a_page_with_the_same_figures(config: Path, tmp_path: Path) -> None:
    export(config, "2026-09", tmp_path / "out")
    said = whole_text((tmp_path / "out" / "tellen-2026-09.pdf").read_bytes())
    for text in ("Hulp aan de balie, september 2026", "Alle hulp samen: 24", "<5", "niet getoond"):
        assert text in said


def test_exports_no_month_that_is_not_over(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(config, "2099-01", tmp_path / "out") == 2
    assert "not over" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("month", ["september", "2026-13", "2026-9", ""])
def test_says_how_a_month_is_written(config: Path, tmp_path: Path, month: str) -> None:
    assert export(config, month, tmp_path / "out") == 2
