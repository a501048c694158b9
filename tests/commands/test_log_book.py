# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the lines of the log go, and what becomes of those of others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.log_book import FOLDER, LogBook, carry_logging, close_log, open_log, quiet_qt, tell
from domain.log_line import LogEvent
from domain.settings import defaults
from sync.event_log import EventLog
from tests.fakes.clock import FakeClock

TYPED = "Henk de Vries, 06 12345678"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    settings = defaults()
    open_log(replace(settings, device=replace(settings.device, data_dir=tmp_path)), FakeClock())
    yield tmp_path / FOLDER
    close_log()


@pytest.fixture
def carried() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("loket")
    before = list(root.handlers), root.level, ours.level, logging.raiseExceptions
    carry_logging()
    yield
    root.handlers[:], level, ours_level, logging.raiseExceptions = before
    root.setLevel(level)
    ours.setLevel(ours_level)


def written(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.log")))


def test_writes_each_line_to_the_file_of_its_day_for_its_owner_only(folder: Path) -> None:
    tell("delivered number=1")
    (file,) = folder.iterdir()

    assert file.name == "loket-2026-11-24.log"
    assert file.read_text() == "2026-11-24T09:30:00Z delivered number=1\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_day_that_only_a_wrong_clock_knew_stays_for_no_25_years_and_takes_no_other_with_it(tmp_path: Path) -> None:
    clock = FakeClock()
    book = LogBook(tmp_path, 30, clock)
    book.write("first")
    clock.advance(timedelta(days=25 * 365))
    book.write("ahead")
    assert len(list(tmp_path.iterdir())) == 2
    clock.advance(timedelta(days=-60 * 365))
    book.write("behind")
    assert len(list(tmp_path.iterdir())) == 3
    clock.advance(timedelta(days=35 * 365 + 1))
    book.write("right again")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["loket-2026-11-24.log", "loket-2026-11-25.log"]


def test_takes_away_files_after_their_days_and_no_other_file(tmp_path: Path) -> None:
    clock = FakeClock()
    book = LogBook(tmp_path, 30, clock)
    book.write("first")
    (tmp_path / "keep.txt").touch()
    clock.advance(timedelta(days=30))
    book.write("second")
    assert len(list(tmp_path.glob("*.log"))) == 2

    clock.advance(timedelta(days=1))
    book.write("third")
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "keep.txt",
        "loket-2026-12-24.log",
        "loket-2026-12-25.log",
    ]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    LogBook(tmp_path / "log", 30, FakeClock()).write("line")
    assert (tmp_path / "log").read_text() == "in the way"


@pytest.mark.usefixtures("carried")
def test_writes_our_lines_and_of_others_only_who_and_how_bad(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    EventLog("loket.sync").info(LogEvent.DELIVERED, number=1)
    logging.getLogger("urllib3.connectionpool").warning("retrying %s", TYPED)
    logging.getLogger(TYPED).error(TYPED)
    logging.getLogger("loket.sync").error("not by the interface: %s", TYPED)
    logging.getLogger("loket.sync").error(TYPED, exc_info=ValueError(TYPED))
    said = capsys.readouterr().err

    assert written(folder).replace("2026-11-24T09:30:00Z ", "loket: ") == said
    assert said.splitlines() == [
        "loket: info delivered number=1",
        "loket: warning library name=urllib3.connectionpool",
        "loket: error library name=?",
        "loket: error library name=loket.sync",
        "loket: error library name=loket.sync",
    ]


def test_writes_of_qt_only_its_category_and_line(folder: Path) -> None:
    class Context:
        category = "qt.qpa.input"
        line = 17

    class Kind:
        name = "QtWarningMsg"

    handlers: list[Callable[..., None]] = []
    quiet_qt(handlers.append)
    handlers[0](Kind(), Context(), TYPED)
    Context.category = TYPED
    handlers[0](Kind(), Context(), TYPED)

    assert [line.partition(" ")[2] for line in written(folder).splitlines()] == [
        "qt warning category=qt.qpa.input line=17",
        "qt warning category=? line=17",
    ]
