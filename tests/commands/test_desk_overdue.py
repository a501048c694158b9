# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A reminder from the desk is sealed, says who asks and for which day, and is kept once a day."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.desk_overdue import LateOverdueBook
from commands.joining import key_paths, open_database, read_public_key
from domain.case import CaseState
from domain.follow_up import FollowUpKind, from_bytes
from domain.settings import Settings
from i18n.texts import Texts
from sync.case_store import SqliteCaseStore
from sync.sealing import make_key_pair, read_opener
from tests.fakes.clock import TUESDAY
from tests.sync.samples import hand_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "loket.toml"
    file.write_text('[device]\nid = "balie-1"\ndata_dir = "data"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    found = load_settings(file)
    public, private = key_paths(found)
    assert private is not None
    make_key_pair(public, private)
    return found


def test_reminds_the_owner_once_a_day_in_sealed_dutch_words(settings: Settings) -> None:
    with closing(open_database(settings)) as database:
        made = hand_in(SqliteCaseStore(database), read_public_key(settings))
        with database.writing() as connection:
            connection.execute("UPDATE outbox SET state = ?", (CaseState.DELIVERED.value,))
        book = LateOverdueBook(settings, Texts("en"))
        [late] = book.passed(made.promised_on + timedelta(days=1))
        assert [book.remind(late, TUESDAY), book.remind(late, TUESDAY + timedelta(hours=2))] == [True, False]
        assert book.remind(late, TUESDAY + timedelta(days=1))
        [row, _] = database.rows("SELECT * FROM follow_ups ORDER BY number")
    private = key_paths(settings)[1]
    assert private is not None
    reminder = from_bytes(read_opener(private).open(row["sealed"]))
    assert (reminder.header.kind, reminder.title) == (FollowUpKind.REMINDER, "Herinnering van de balie")
    assert reminder.text.startswith("De balie vroeg op 24 november 2026 waar het antwoord blijft.")
