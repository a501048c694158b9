# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket retention`: what was kept under a code goes after its last day, and the signed report counts it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.joining import open_database, open_draft_book, open_drafts
from commands.retention import DRAFTS, clear_and_report
from domain.answers import Answer, Answers
from domain.draft import Draft
from domain.errors import ClockDoubtedError
from domain.settings import Settings
from sync.draft_book import clear_drafts
from tests.fakes.clock import FakeClock

MARK = "Zonnestraal 17"
DRAFT = Draft("bel", 1, "nl", ("ask", "naam"), Answers({"naam": Answer("naam", fields={"text": MARK})}))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\nid = "kiosk-07"\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return load_settings(file)


def cleared(settings: Settings, clock: FakeClock) -> dict[str, int]:
    database = open_database(settings)
    try:
        report = json.loads(clear_and_report(settings, database, clock).read_bytes())["report"]
    finally:
        database.close()
    counts: dict[str, int] = report[DRAFTS]
    return counts


def test_takes_a_draft_away_on_the_night_after_its_last_day_and_signs_for_it(settings: Settings) -> None:
    clock = FakeClock()
    open_draft_book(settings).keep(DRAFT, clock.now(), is_clock_doubtful=False)
    clock.advance(timedelta(days=7))
    assert cleared(settings, clock) == {"removed": 0, "kept": 1, "overdue": 0, "is_log_empty": True}

    clock.advance(timedelta(days=1))
    assert cleared(settings, clock) == {"removed": 1, "kept": 0, "overdue": 0, "is_log_empty": True}


def test_leaves_no_byte_of_what_was_taken_away(settings: Settings) -> None:
    clock = FakeClock()
    book = open_draft_book(settings)
    kept = book.keep(DRAFT, clock.now(), is_clock_doubtful=False)
    data = settings.device.data_dir or Path()
    row = open_drafts(settings).row("SELECT sealed FROM drafts")
    assert row is not None
    piece = bytes(row["sealed"])[100:140]

    def lies_somewhere(mark: bytes) -> bool:
        return any(mark in file.read_bytes() for file in data.rglob("*") if file.is_file())

    assert lies_somewhere(piece)
    assert not lies_somewhere(MARK.encode())
    assert not lies_somewhere(kept.code.encode())
    book.forget(kept.draft_id)
    assert not lies_somewhere(piece)


def test_throws_nothing_away_while_the_clock_is_doubted(settings: Settings) -> None:
    clock = FakeClock()
    open_draft_book(settings).keep(DRAFT, clock.now(), is_clock_doubtful=False)
    clock.advance(timedelta(days=20_000))
    with pytest.raises(ClockDoubtedError):
        cleared(settings, clock)
    assert open_drafts(settings).rows("SELECT 1 FROM drafts")


def test_counts_the_days_from_the_first_night_with_a_clock_that_is_right(settings: Settings) -> None:
    clock = FakeClock()
    long_ago = clock.now() - timedelta(days=5000)
    open_draft_book(settings).keep(DRAFT, long_ago, is_clock_doubtful=True)
    file = open_drafts(settings)

    assert clear_drafts(file, 7, clock.now()).kept == 1
    assert clear_drafts(file, 7, clock.now() + timedelta(days=7)).kept == 1
    assert clear_drafts(file, 7, clock.now() + timedelta(days=8)).removed == 1
