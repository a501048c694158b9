# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `loket sync` does for cases that arrived, with the settings of a town hall: additions, and attempts to call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.joining import open_database
from commands.system_clock import SystemClock
from domain.call_attempts import CallAttempt, new_attempt_id
from sync.call_attempt_book import SqliteCallAttemptBook
from sync.practice import PracticeBackEnd
from tests.sync.library_road import CALL_BACK, add, library_road, listed, submit
from tests.sync.road import CASE_TYPES


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


@pytest.fixture
def town_hall(tmp_path: Path, back_end: PracticeBackEnd) -> Path:
    return library_road(tmp_path, back_end).town_hall


def sync(config: Path) -> None:
    assert run(["sync", "--config", str(config), "--once"]) == 0


def test_brings_what_was_sealed_before_the_key_was_rotated(town_hall: Path, back_end: PracticeBackEnd) -> None:
    made = submit(town_hall)
    sync(town_hall)
    add(town_hall, made)
    assert run(["keys", "--config", str(town_hall), "rotate"]) == 0
    add(town_hall, made, answer="12b")
    sync(town_hall)

    for number, answer in ((101, "12a"), (102, "12b")):
        assert answer in back_end.content(f"{made.header.reference}-{number}").decode()


def test_tells_the_contact_register_of_attempts_to_call_back(town_hall: Path, back_end: PracticeBackEnd) -> None:
    made = submit(town_hall, service_id=CALL_BACK)
    sync(town_hall)
    attempt = CallAttempt(new_attempt_id(), made.header.reference, SystemClock().now(), was_reached=False)
    with closing(open_database(load_settings(town_hall))) as database:
        SqliteCallAttemptBook(database).record(attempt)
    for _ in range(2):
        sync(town_hall)

    succeeded = [contact["indicatieContactGelukt"] for contact in listed(back_end, "klantcontacten")]
    assert sorted(succeeded) == [False, True], "the visit, and the call that nobody answered"
