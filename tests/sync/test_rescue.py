# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Damage, loss and company: whatever happens to the store's files, no case that somebody was told of is lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.call_attempts import CallAttempt
from domain.case import CaseId
from domain.errors import StoreDamagedError, StoreGoneError
from domain.follow_up import FollowUpHeader, FollowUpKind
from sync import audit_log
from sync.call_attempt_book import SqliteCallAttemptBook
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outage_marks import OutageMark, OutageMarks
from sync.outbox import Outbox
from sync.rescue import rescue, set_aside_in
from sync.second_copy import SecondCopies
from sync.status_book import SqliteStatusBook
from tests.fakes.clock import TUESDAY
from tests.sync.samples import MARK, submission, summary

PAGE = 4096


@dataclass
class Shop:
    """A store with its second copies, and what was told to be kept in it."""

    folder: Path
    told: list[str]

    @property
    def path(self) -> Path:
        return self.folder / "loket.db"

    @property
    def copies(self) -> SecondCopies:
        return SecondCopies(self.folder / "waiting")

    def keep(self, database: Database, number: int = 1) -> None:
        store = SqliteCaseStore(database, self.copies)
        for _ in range(number):
            made = submission()
            store.submit(made.header, random.Random(number).randbytes(3000), summary(made), "4711")
            store.write_copies()
            self.told.append(made.header.case_id)

    def there(self) -> list[str]:
        with closing(Database(self.path)) as database:
            database.check()
            assert audit_log.first_broken(database) is None
            return sorted(
                row["case_id"] for row in database.rows("SELECT case_id FROM submissions JOIN outbox USING (case_id)")
            )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path / "data", [])
    with closing(Database(made.path)) as database:
        made.keep(database, 40)
    return made


def spoil(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xa5" * PAGE)


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_leaves_a_whole_store_as_it_is(shop: Shop) -> None:
    assert rescue(shop.path, shop.copies, TUESDAY) is None
    assert set_aside_in(shop.folder) == []


@pytest.mark.parametrize("page", [0, 1, 2, 3, 5, 8, 13, 21, 30])
def test_keeps_every_case_when_any_page_is_spoilt(shop: Shop, page: int) -> None:
    assert pages(shop.path) > 30
    spoil(shop.path, page)
    before = shop.path.read_bytes()
    done = rescue(shop.path, shop.copies, TUESDAY)

    if done is not None:  # a page that holds nothing is no damage
        assert (done.folder / "loket.db").read_bytes() == before
    assert shop.there() == sorted(shop.told)


def test_reads_most_of_the_cases_from_the_damaged_file_itself(shop: Shop) -> None:
    spoil(shop.path, 30)
    shutil.rmtree(shop.folder / "waiting")
    done = rescue(shop.path, shop.copies, TUESDAY)
    assert done is not None
    assert done.carried >= len(shop.told) - 8


def test_carries_over_what_became_of_a_case(shop: Shop) -> None:
    with closing(Database(shop.path)) as database:
        claim = Outbox(database).claim(TUESDAY + timedelta(hours=1))
        assert claim is not None
        Outbox(database).delivered(claim, TUESDAY)
    # An index, so that each row can be read still.
    with closing(Database(shop.path)) as database:
        root = database.row("SELECT rootpage FROM sqlite_schema WHERE name = 'submissions_by_time'")
    assert root is not None
    spoil(shop.path, root["rootpage"] - 1)
    done = rescue(shop.path, shop.copies, TUESDAY)
    assert done is not None
    with closing(Database(shop.path)) as database:
        assert Outbox(database).counts().delivered == 1
    assert shop.there() == sorted(shop.told)


def test_carries_over_what_belongs_to_no_case(shop: Shop) -> None:
    attempts = [CallAttempt(f"{number:03}", "LK-1", TUESDAY, was_reached=False) for number in range(30)]
    with closing(Database(shop.path)) as database:
        for attempt in attempts:
            SqliteCallAttemptBook(database).record(attempt)
    mark = OutageMark(7, "d" * 32)
    OutageMarks(shop.path, "Voorbeeldstad").keep(mark)
    with closing(Database(shop.path)) as database:
        root = database.row("SELECT rootpage FROM sqlite_schema WHERE name = 'submissions_by_time'")
    assert root is not None
    spoil(shop.path, root["rootpage"] - 1)
    assert rescue(shop.path, shop.copies, TUESDAY) is not None

    with closing(Database(shop.path)) as database:
        assert list(SqliteCallAttemptBook(database).attempts("LK-1")) == attempts
    assert OutageMarks(shop.path, "Voorbeeldstad").newest() == mark


def test_has_something_to_restore_so_that_the_tests_above_can_fail(shop: Shop) -> None:
    shutil.rmtree(shop.folder / "waiting")
    spoil(shop.path, 0)
    with pytest.raises(StoreDamagedError):
        Database(shop.path)
    rescue(shop.path, shop.copies, TUESDAY)
    assert shop.there() == []
    assert len(set_aside_in(shop.folder)) == 1


def test_brings_back_what_a_lost_log_held(shop: Shop) -> None:
    database = Database(shop.path)
    shop.keep(database, 3)
    # As after a kill: the log is not emptied, and then somebody cleans up.
    crashed = shop.folder / "crashed"
    crashed.mkdir()
    shutil.copyfile(shop.path, crashed / "loket.db")
    shutil.copytree(shop.folder / "waiting", crashed / "waiting")
    database.close()
    after = Shop(crashed, shop.told)
    assert len(after.there()) == 40
    with closing(Database(after.path)) as opened:
        assert after.copies.restore(opened, TUESDAY) == 3
        assert after.copies.restore(opened, TUESDAY) == 0
    assert after.there() == sorted(shop.told)


def test_looks_at_the_case_system_first_for_a_case_that_came_back(shop: Shop) -> None:
    spoil(shop.path, 0)
    rescue(shop.path, shop.copies, TUESDAY)
    with closing(Database(shop.path)) as database:
        claim = Outbox(database).claim(TUESDAY)
        assert claim is not None
        assert claim.attempts > 1


def test_never_brings_back_what_was_taken_away(shop: Shop) -> None:
    copies = shop.folder / "waiting"
    kept = {file.name: file.read_bytes() for file in copies.iterdir()}
    with closing(Database(shop.path)) as database:
        store = SqliteCaseStore(database, shop.copies)
        gone = shop.told[0]
        assert store.forget(store.summaries()[0].case_id) or gone
        for name, content in kept.items():  # as if the kiosk was killed before it could take its copy away
            (copies / name).write_bytes(content)
        assert shop.copies.restore(database, TUESDAY) == 0


def test_takes_a_copy_away_when_the_case_has_arrived(shop: Shop) -> None:
    with closing(Database(shop.path)) as database:
        claim = Outbox(database).claim(TUESDAY + timedelta(hours=1))
        assert claim is not None
        Outbox(database).delivered(claim, TUESDAY)
        assert shop.copies.tidy(database) == 1
        assert not (shop.folder / "waiting" / f"{claim.header.case_id}.case").exists()
        assert shop.copies.tidy(database) == 0


@pytest.mark.parametrize("has_arrived", [False, True])
def test_brings_back_what_was_added_to_a_case(shop: Shop, has_arrived: bool) -> None:
    with closing(Database(shop.path)) as database:
        if has_arrived:
            claim = Outbox(database).claim(TUESDAY + timedelta(hours=1))
            assert claim is not None
            case_id = claim.header.case_id
            Outbox(database).delivered(claim, TUESDAY)
        else:
            case_id = CaseId(shop.told[0])
        header = FollowUpHeader("follow-up-1", case_id, FollowUpKind.CORRECTION, TUESDAY, "0" * 16)
        assert SqliteStatusBook(database, shop.copies).add(header, b"sealed correction")
        shop.copies.tidy(database)
    spoil(shop.path, 0)
    rescue(shop.path, shop.copies, TUESDAY)
    with closing(Database(shop.path)) as database:
        assert [row["sealed"] for row in database.rows("SELECT sealed FROM follow_ups")] == [b"sealed correction"]
        state = database.row("SELECT state FROM outbox WHERE case_id = ?", (case_id,))
        assert state == {"state": "delivered" if has_arrived else "retrying"}
        with database.writing() as connection:
            connection.execute("DELETE FROM follow_ups")
        assert shop.copies.restore(database, TUESDAY) == 1
        assert len(database.rows("SELECT * FROM follow_ups")) == 1


def test_holds_nothing_readable_of_a_citizen_in_a_copy(tmp_path: Path) -> None:
    from sync.sealing import make_key_pair, read_sealer
    from tests.sync.samples import hand_in

    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    with closing(Database(tmp_path / "loket.db")) as database:
        hand_in(SqliteCaseStore(database, SecondCopies(tmp_path / "waiting")), read_sealer(tmp_path / "loket.pub"))
    written = b"".join(file.read_bytes() for file in (tmp_path / "waiting").iterdir())
    assert written
    assert MARK.encode() not in written


def test_a_process_with_the_old_file_open_goes_on_in_the_new_one(shop: Shop) -> None:
    with closing(Database(shop.path)) as other:
        shop.keep(other)
        spoil(shop.path, 30)
        assert rescue(shop.path, shop.copies, TUESDAY) is not None
        shop.keep(other, 2)
        assert shop.there() == sorted(shop.told)
    # Whose old file was the last: closing it takes nothing away from the new one.
    assert shop.there() == sorted(shop.told)


class Watched(Database):
    """Tells when it is about to ask for the lock."""

    is_asking = threading.Event()

    def _begin(self, *, survives_power_cut: bool) -> None:
        self.is_asking.set()
        super()._begin(survives_power_cut=survives_power_cut)


class SlowCopies(SecondCopies):
    """In the middle of the mending, somebody else hands in a case."""

    def __init__(self, folder: Path, meanwhile: Callable[[], None]) -> None:
        super().__init__(folder)
        self._meanwhile = meanwhile

    def restore(self, database: Database, now: datetime) -> int:
        self._meanwhile()
        return super().restore(database, now)


def test_loses_no_case_that_is_handed_in_while_the_store_is_mended(shop: Shop) -> None:
    threads: list[threading.Thread] = []
    with closing(Watched(shop.path)) as other:

        def meanwhile() -> None:
            Watched.is_asking.clear()
            threads.append(threading.Thread(target=lambda: shop.keep(other)))
            threads[0].start()
            assert Watched.is_asking.wait(10)

        spoil(shop.path, 30)
        assert rescue(shop.path, SlowCopies(shop.copies.folder, meanwhile), TUESDAY) is not None
        threads[0].join(20)
        assert shop.there() == sorted(shop.told)
        assert len(shop.told) == 41


def test_puts_the_store_back_when_somebody_takes_it_away_while_it_is_open(shop: Shop) -> None:
    with closing(Database(shop.path)) as database:
        shop.keep(database, 2)
        for ending in ("", "-wal", "-shm"):
            shop.path.with_name("loket.db" + ending).unlink(missing_ok=True)
        shop.keep(database, 2)
    assert shop.there() == sorted(shop.told)


def test_says_that_the_folder_is_gone_and_makes_no_store_elsewhere(shop: Shop) -> None:
    with closing(Database(shop.path)) as database:
        shop.folder.rename(shop.folder.with_name("unplugged"))
        with pytest.raises(StoreGoneError):
            shop.keep(database)
        assert not shop.folder.exists()
        shop.folder.with_name("unplugged").rename(shop.folder)
        shop.keep(database)
    assert shop.there() == sorted(shop.told)


SUBMITTING = """
import sys
from pathlib import Path
from sync.case_store import SqliteCaseStore
from sync.database import Database
from tests.sync.samples import submission, summary
store = SqliteCaseStore(Database(Path(sys.argv[1])))
for _ in range(40):
    made = submission()
    store.submit(made.header, b"s" * 2000, summary(made), "4711")
    print(made.header.case_id, flush=True)
"""


def test_two_lokets_on_one_store_lose_nothing(shop: Shop, repository: Path) -> None:
    asked = [sys.executable, "-c", SUBMITTING, str(shop.path)]
    both = [subprocess.Popen(asked, cwd=repository, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for child in both:
        told, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        shop.told += told.split()
    assert len(shop.told) == 120
    assert shop.there() == sorted(shop.told)
