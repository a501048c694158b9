# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What should have gone is gone, to the last byte; what waits stays, however old."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.errors import SealingError
from domain.settings import RetentionSettings
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.retention import Cleared, clear
from sync.second_copy import SecondCopies
from sync.signing import signed, signing_key, verified
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission, summary

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SETTINGS = RetentionSettings()


class Place:
    """A store whose cases hold marks that can be searched for in its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "loket.db")
        self.copies = SecondCopies(folder / "waiting")
        self.store = SqliteCaseStore(self.database, self.copies)
        self.outbox = Outbox(self.database)

    def keep(self, mark: str, size: int = 6000) -> str:
        made = submission(at=TUESDAY)
        self.store.submit(made.header, (mark.encode() * (size // len(mark))), summary(made), "4711")
        self.store.write_copies()
        return made.header.case_id

    def deliver(self, mark: str) -> str:
        case_id = self.keep(mark)
        claim = self.outbox.claim(TUESDAY + HOUR)
        assert claim is not None
        assert claim.header.case_id == case_id
        self.outbox.delivered(claim, TUESDAY + HOUR)
        return case_id

    def clear(self, after: timedelta) -> Cleared:
        return clear(self.database, self.copies, SETTINGS, TUESDAY + HOUR + after)

    def written(self) -> bytes:
        return b"".join(file.read_bytes() for file in sorted(self.folder.rglob("*")) if file.is_file())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "data")
    with closing(made.database):
        yield made


def test_leaves_no_byte_of_the_answers_once_the_municipality_has_them(place: Place) -> None:
    gone = [place.deliver(f"PLANTEDMARK{number:03}") for number in range(30)]
    stays = place.keep("WAITINGMARK")
    assert b"PLANTEDMARK" in place.written(), "the search finds what is there"

    cleared = place.clear(DAY)
    written = place.written()
    assert b"PLANTEDMARK" not in written
    assert b"WAITINGMARK" in written
    assert (cleared.emptied, cleared.removed, cleared.overdue) == ({"delivered": 30}, {}, 0)
    assert cleared.is_log_empty
    states = {case.case_id: case.state for case in place.store.summaries()}
    assert states == dict.fromkeys(gone, CaseState.DELIVERED) | {stays: CaseState.PENDING}
    place.database.check()


def test_would_leave_bytes_without_cutting_off_the_log_so_that_the_test_above_can_fail(place: Place) -> None:
    place.deliver("PLANTEDMARK")
    with place.database.writing() as connection:
        connection.execute("UPDATE submissions SET sealed = x''")
    place.copies.tidy(place.database)
    assert b"PLANTEDMARK" in place.written()


def test_removes_the_whole_case_after_its_days(place: Place) -> None:
    case_id = place.deliver("PLANTEDMARK")
    reference = place.store.summaries()[0].reference
    assert place.clear(59 * DAY).removed == {}
    assert place.store.summaries()[0].reference == reference
    cleared = place.clear(60 * DAY)

    assert cleared.removed == {"delivered": 1}
    assert list(place.store.summaries()) == []
    assert reference.encode() not in place.written()
    events = [row["event"] for row in place.database.rows("SELECT event FROM audit_log WHERE case_id = ?", (case_id,))]
    assert events[-1] == "removed"
    assert audit_log.first_broken(place.database) is None


def test_never_removes_by_age_what_the_municipality_does_not_have(place: Place) -> None:
    place.keep("WAITINGMARK")
    rejected = place.keep("REJECTEDMARK")
    with place.database.writing() as connection:
        connection.execute("UPDATE outbox SET state = 'rejected' WHERE case_id = ?", (rejected,))
    cleared = place.clear(3650 * DAY)
    assert cleared.kept == {"pending": 1, "rejected": 1}
    assert b"WAITINGMARK" in place.written()
    assert b"REJECTEDMARK" in place.written()


def test_says_when_somebody_who_reads_keeps_the_log_from_being_cut_off(place: Place) -> None:
    place.deliver("PLANTEDMARK")
    with closing(Database(place.folder / "loket.db")) as reader:
        reader._connection.execute("BEGIN")
        reader._connection.execute("SELECT count(*) FROM outbox").fetchone()
        place.database._connection.execute("PRAGMA busy_timeout = 50")
        assert not place.clear(DAY).is_log_empty
        reader._connection.execute("ROLLBACK")
    assert place.clear(DAY).is_log_empty


def test_a_sealed_part_can_be_emptied_and_never_edited(place: Place) -> None:
    place.keep("MARK")
    from domain.errors import StoreError

    for change in ("sealed = x'00'", "reference = 'X'", "submitted_at = ''"):
        with pytest.raises(StoreError), place.database.writing() as connection:
            connection.execute(f"UPDATE submissions SET {change}")  # noqa: S608  words of ours


def test_signs_a_report_so_that_a_change_shows(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "device.key")
    assert bytes(signing_key(tmp_path / "device.key")) == bytes(key)
    assert (tmp_path / "device.key").stat().st_mode & 0o777 == 0o600
    text = signed({"removed": {"delivered": 3}}, key)
    assert verified(text, bytes(key.verify_key)) == {"removed": {"delivered": 3}}
    found = json.loads(text)
    found["report"]["removed"]["delivered"] = 2
    with pytest.raises(SealingError):
        verified(json.dumps(found).encode())
    with pytest.raises(SealingError):
        verified(text, bytes(signing_key(tmp_path / "other.key").verify_key))


def test_what_a_clock_years_ahead_wrote_down_goes_as_soon_as_all_else(place: Place) -> None:
    case_id = place.keep("AHEADMARK")
    ahead = TUESDAY + 25 * 365 * DAY
    claim = place.outbox.claim(ahead)
    assert claim is not None
    place.outbox.delivered(claim, ahead)

    def here() -> bytes | None:
        row = place.database.row("SELECT sealed FROM submissions WHERE case_id = ?", (case_id,))
        return None if row is None else row["sealed"]

    assert here()
    place.clear(SETTINGS.content_days * DAY)
    assert here() == b""
    assert b"AHEADMARK" not in place.written()
    place.clear((SETTINGS.content_days + SETTINGS.arrived_days) * DAY)
    assert here() is None
