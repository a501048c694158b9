# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""News of the work: counted for each helper on the home page until it was read, and who read it is in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assisted.home import all_notices
from assisted.work_news import NEWS, NewsNotice, NewsPage, news_notice, news_page
from commands.configuration import load_settings
from commands.desk_news import LateNewsReceipts
from commands.joining import open_database
from domain.directory_file import parse_directory
from domain.errors import DefinitionError
from domain.settings import Settings
from domain.staff import StaffMember
from tests.assisted.desk import OMAR, RIET, Desk

FILE = """
[[news]]
id = "pinpas"
date = 2026-11-20
title = "Geen pinpas meer"
text = "Vraag nooit om een pinpas. Bel bij twijfel de balie."
important = true
[[news]]
id = "koffie"
date = 2026-11-23
title = "De koffie is op"
text = "Morgen komt er nieuwe."
[[news]]
id = "storing"
date = 2026-11-24
title = "DigiD doet het weer"
text = "De storing is voorbij."
important = true
[[news]]
id = "later"
date = 2026-12-24
title = "Kerst"
text = "Dan zijn wij dicht."
important = true
[[news]]
id = "oud"
date = 2026-01-05
title = "Oud"
text = "Dit is voorbij."
important = true
"""
ITEMS = parse_directory(FILE, "directory.toml").news


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "loket.toml").write_text('[device]\ndata_dir = "data"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    return load_settings(tmp_path / "loket.toml")


@pytest.fixture
def desk(qtbot: QtBot, settings: Settings) -> Iterator[Desk]:
    receipts = LateNewsReceipts(settings)
    found = Desk(
        qtbot, more=(news_page(ITEMS, receipts),), on_home=all_notices([news_notice(ITEMS, LateNewsReceipts(settings))])
    )
    yield found
    found.close()


def page_of(desk: Desk) -> NewsPage:
    desk.window._go(NEWS)
    desk.settle()
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, NewsPage)
    return page


def told_on_home(desk: Desk, member: StaffMember) -> str:
    desk.sign_in(member)
    desk.window._go("home")
    desk.settle()
    [notice] = desk.window.findChildren(NewsNotice)
    return "" if notice.isHidden() else notice.told.text()


def test_counts_for_each_helper_what_is_important_and_unread_and_writes_who_read_it(
    desk: Desk, settings: Settings
) -> None:
    assert told_on_home(desk, RIET) == "Lees nog 2 belangrijke berichten."
    page = page_of(desk)
    assert list(page.buttons) == ["storing", "pinpas"]
    page.buttons["pinpas"].click()
    desk.settle()
    desk.settle()
    assert list(page.buttons) == ["storing"]
    with closing(open_database(settings)) as database:
        rows = database.rows("SELECT event, case_id, detail FROM audit_log WHERE event = 'news-read'")
    assert [tuple(row.values()) for row in rows] == [("news-read", "", "riet pinpas")]
    receipts = LateNewsReceipts(settings)
    assert receipts.read_by(RIET.staff_id) == {"pinpas"}
    assert receipts.read_by(OMAR.staff_id) == frozenset()


def test_says_nothing_on_home_once_all_was_read(desk: Desk, settings: Settings) -> None:
    receipts = LateNewsReceipts(settings)
    for item_id in ("pinpas", "storing"):
        receipts.is_read(RIET.staff_id, item_id, desk.clock.now())
    assert told_on_home(desk, RIET) == ""
    assert not page_of(desk).buttons


def test_refuses_news_without_a_date_or_with_an_id_twice() -> None:
    with pytest.raises(DefinitionError, match="date"):
        parse_directory('[[news]]\nid = "a"\ntitle = "A"\ntext = "B"', "directory.toml")
    with pytest.raises(DefinitionError, match="above already"):
        parse_directory(FILE + FILE, "directory.toml")


def test_reads_what_an_item_says() -> None:
    assert (ITEMS[0].on, ITEMS[0].is_important, ITEMS[1].is_important) == (date(2026, 11, 20), True, False)
