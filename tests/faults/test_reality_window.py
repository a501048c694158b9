# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on the real window when the store fails, and after: words to read and buttons to press."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from commands.window_words import window_words
from kiosk.screens.ending import PRINT_ANSWERS, TRY_AGAIN
from kiosk.view import HUMAN, View
from sync.database import Database
from tests.fakes.clock import FakeClock
from tests.faults.test_reality import Kiosk
from tests.journeys.citizen import texts_of
from tests.kiosk.window_views import Page

TITLE = "Er ging bij ons iets fout."
PAPER = "Dan telt vandaag als de dag van uw vraag."
CALM = {
    "newer": (TITLE, "Uw vraag is nog niet bewaard. Uw antwoorden staan er nog.", PAPER),
    # Taken away while it was open: then only the disk knows.
    "gone": (TITLE, "Misschien is uw vraag al bewaard. Dat weten wij niet zeker.", "Het blijft één vraag.", PAPER),
}
OFFERED = (HUMAN, TRY_AGAIN, PRINT_ANSWERS)


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    made = Kiosk(tmp_path, FakeClock())
    made.visit()
    return made


def shown(qtbot: QtBot, view: View) -> tuple[str, Page]:
    """Show a screen on the window; give all that can be read on it."""
    page = Page(words=window_words(texts_of))
    qtbot.addWidget(page.window)
    page.show(view)
    read = [_words_of(each) for each in page.window.findChildren(QWidget) if each.isVisibleTo(page.window)]
    return " ".join(" ".join(read).split()), page


def _words_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else ""
    return f"{text} {widget.accessibleName()}"


def break_store(kiosk: Kiosk, fault: str) -> None:
    if fault == "gone":
        kiosk.folder.rename(kiosk.folder.with_name("pulled"))
        return
    with closing(Database(kiosk.path)) as database, database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    kiosk.restart()


@pytest.mark.parametrize("fault", list(CALM))
def test_the_window_tells_calmly_that_it_is_our_fault_and_what_can_be_done(
    qtbot: QtBot, kiosk: Kiosk, fault: str
) -> None:
    break_store(kiosk, fault)
    read, page = shown(qtbot, kiosk.visit().view)
    for sentence in CALM[fault]:
        assert sentence in read
    for button in OFFERED:
        assert page.item(button).isVisibleTo(page.window)
        assert page.item(button).isEnabled()
    assert kiosk.told[0] not in read


@pytest.mark.parametrize("fault", ["spoilt", "power", "log", "second"])
def test_the_window_shows_the_number_as_always_where_nothing_need_be_noticed(
    qtbot: QtBot, kiosk: Kiosk, tmp_path: Path, fault: str
) -> None:
    if fault == "power":
        shutil.copytree(kiosk.folder, tmp_path / "cut" / "data")
        told, kiosk = kiosk.told, Kiosk(tmp_path / "cut", kiosk.clock)
        kiosk.told = list(told)
    elif fault == "second":
        told, kiosk = kiosk.told, Kiosk(kiosk.folder.parent, kiosk.clock)
        kiosk.told = told
    else:
        with closing(Database(kiosk.path)) as database:
            assert database.empty_log()
        del kiosk.office
        for file in kiosk.folder.glob("loket.db-*"):
            file.unlink()
        if fault == "spoilt":
            with kiosk.path.open("r+b") as pages:
                pages.seek(4 * 4096)
                pages.write(b"\xa5" * 4096)
        kiosk.restart()
    read, _page = shown(qtbot, kiosk.visit().view)
    assert kiosk.told[-1] in read
    assert TITLE not in read
    assert kiosk.kept() == sorted(kiosk.told)
