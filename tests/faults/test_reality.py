# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen sees when disk, store or clock fail: a calm screen and paper, and nothing confirmed is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.joining import open_database
from commands.office import KioskOffice
from domain.settings import DeviceSettings, Settings
from kiosk.printing import SimulatedPrinter
from kiosk.screens.ending import PRINT_ANSWERS, TRY_AGAIN
from kiosk.screens.rehearsal import OPEN_CARD
from kiosk.view import HUMAN, BigNumber, Columns
from sync.clock_witness import ClockWitness
from sync.database import Database
from sync.outbox import Outbox
from sync.rescue import set_aside_in
from tests.fakes.clock import TUESDAY, FakeClock
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

PAGE = 4096


class Kiosk:
    """One device with the real office, and citizens that come one after another."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder = folder / "data"
        self.clock = clock
        self.settings = replace(Settings(), device=DeviceSettings(id="kiosk-07", data_dir=self.folder))
        self.office = self.started()
        self.told: list[str] = []

    @property
    def path(self) -> Path:
        return self.folder / "loket.db"

    def started(self) -> KioskOffice:
        printer = SimulatedPrinter(self.folder.parent / "printed")
        return KioskOffice(self.settings, library(), texts_of, PLACE, self.clock, printer)

    def restart(self) -> None:
        """Start the kiosk again, as after the night."""
        self.office = self.started()

    def citizen(self) -> Citizen:
        place = replace(PLACE, is_clock_doubtful=self.office.is_clock_doubtful())
        return Citizen(self.office, place=place, clock=self.clock)  # type: ignore[arg-type]

    def visit(self) -> Citizen:
        """Let somebody ask to be called back."""
        citizen = self.citizen()
        citizen.open("bel").go_on().answer_all().go_on()
        self.office.keep_copies()  # as the visit does once the receipt stands
        if citizen.receipt is not None:
            self.told.append(citizen.receipt.reference)
        return citizen

    def kept(self) -> list[str]:
        with closing(open_database(self.settings)) as database:
            database.check()
            return sorted(case.reference for case in Outbox(database).waiting())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def kiosk(tmp_path: Path, clock: FakeClock) -> Kiosk:
    made = Kiosk(tmp_path, clock)
    for _ in range(3):
        made.visit()
    assert len(made.told) == 3
    return made


def assert_calm(kiosk: Kiosk, citizen: Citizen) -> None:
    """The screen says that it is our fault, shows no number, and offers a person, a second try and paper."""
    assert citizen.view.name == "failure"
    assert citizen.heading == "Er ging bij ons iets fout."
    assert {HUMAN, TRY_AGAIN, PRINT_ANSWERS} <= citizen.buttons().keys()
    assert not any(isinstance(part, BigNumber) for part in citizen.view.parts)
    assert citizen.receipt is None
    assert kiosk.office.print_paper_road(citizen.orders[0], is_haste=False) == "printed"


def assert_reads_on(kiosk: Kiosk) -> None:
    """Looking around, the phone card and the letter helper need no store."""
    citizen = kiosk.citizen()
    citizen.open("brief")
    assert citizen.view.name == "brief.service"
    citizen.go_on()
    assert citizen.view.name.startswith("brief.")
    another = kiosk.citizen().open("schulden")
    another.press("service.phone_card" if "service.phone_card" in another.buttons() else OPEN_CARD)
    assert another.view.parts


def assert_notices_nothing(kiosk: Kiosk, citizen: Citizen) -> None:
    """The screen is the usual last one, with a number; and all that was ever told is kept, once."""
    assert citizen.receipt is not None
    assert citizen.view.name != "failure"
    assert citizen.receipt.reference in repr(citizen.view.parts)
    assert "Er ging bij ons iets fout." not in citizen.text
    assert kiosk.kept() == sorted(kiosk.told)


def test_a_newer_store_is_refused_calmly_and_left_alone(kiosk: Kiosk) -> None:
    with closing(Database(kiosk.path)) as database, database.writing() as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA user_version = 99")
    kiosk.restart()
    citizen = kiosk.visit()

    assert_calm(kiosk, citizen)
    assert_reads_on(kiosk)
    assert set_aside_in(kiosk.folder) == []
    import sqlite3

    with closing(sqlite3.connect(kiosk.path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    assert kiosk.kept() == sorted(kiosk.told)


def test_an_older_store_is_brought_up_to_date_and_the_next_citizen_notices_nothing(kiosk: Kiosk) -> None:
    with closing(Database(kiosk.path)) as database, database.writing() as connection:
        for table in ("call_attempts", "outage_marks", "follow_ups", "case_news", "status_tries"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP TRIGGER sealed_parts_are_only_emptied")
        connection.execute("DROP INDEX outbox_queue")
        connection.execute("PRAGMA user_version = 1")
    kiosk.restart()
    assert kiosk.visit().receipt is not None
    assert kiosk.kept() == sorted(kiosk.told)


@pytest.mark.parametrize("page", [0, 4, 7])  # the schema, and an index of each table that a confirm writes
def test_a_spoilt_page_costs_no_case_and_the_next_citizen_notices_nothing(kiosk: Kiosk, page: int) -> None:
    with closing(Database(kiosk.path)) as database:
        assert database.empty_log()
    del kiosk.office
    with kiosk.path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xa5" * PAGE)
    kiosk.restart()
    citizen = kiosk.visit()

    assert citizen.receipt is not None
    assert len(kiosk.told) == 4
    assert kiosk.kept() == sorted(kiosk.told)


def test_damage_in_the_middle_of_a_visit_costs_no_case(kiosk: Kiosk) -> None:
    with closing(Database(kiosk.path)) as database:
        assert database.empty_log()
    with kiosk.path.open("r+b") as file:  # while the office has it open
        for page in range(1, kiosk.path.stat().st_size // PAGE):
            file.seek(page * PAGE)
            file.write(b"\xa5" * PAGE)
    citizen = kiosk.visit()

    assert citizen.receipt is not None
    assert len(set_aside_in(kiosk.folder)) == 1
    assert kiosk.kept() == sorted(kiosk.told)


def test_a_lost_log_costs_no_case(kiosk: Kiosk, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / "data"
    crashed.mkdir(parents=True)
    with closing(Database(kiosk.path)) as database:
        assert database.empty_log()
    kiosk.visit()
    for file in kiosk.folder.iterdir():
        if file.name not in ("loket.db-wal", "loket.db-shm"):
            (shutil.copytree if file.is_dir() else shutil.copyfile)(file, crashed / file.name)
    after = Kiosk(crashed.parent, kiosk.clock)
    after.told = list(kiosk.told)
    assert len(after.kept()) == 3

    from commands.housekeeping import Housekeeping

    Housekeeping(after.settings, after.clock).round()
    assert after.kept() == sorted(after.told)
    assert_notices_nothing(after, after.visit())


def test_after_a_power_cut_the_next_citizen_finds_a_fresh_start_and_every_case_is_kept(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    halfway = kiosk.citizen().open("bel").go_on().answer_all()
    answers = [value for value in halfway.rows.values() if len(value) > 3]
    assert answers, "there must be something that could linger"
    # The files as they lie there at this moment, the log and its index with them; nobody closed anything.
    shutil.copytree(kiosk.folder, tmp_path / "cut" / "data")
    after = Kiosk(tmp_path / "cut", kiosk.clock)
    after.told = list(kiosk.told)

    citizen = after.citizen()
    assert citizen.view.name == "start"
    assert not any(value in citizen.text for value in answers)
    assert_notices_nothing(after, after.visit())
    assert len(after.told) == 4


def test_two_lokets_on_one_store_each_give_their_own_number_and_lose_nothing(kiosk: Kiosk) -> None:
    other = Kiosk(kiosk.folder.parent, kiosk.clock)
    other.told = kiosk.told
    for each in (kiosk, other, other, kiosk):
        assert_notices_nothing(kiosk, each.visit())

    start = threading.Barrier(2)

    def visit_at_once(one: Kiosk) -> None:
        start.wait(20)
        for _ in range(5):
            one.visit()

    together = [threading.Thread(target=visit_at_once, args=(each,)) for each in (kiosk, other)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert len(set(kiosk.told)) == len(kiosk.told) == 3 + 4 + 10
    assert_notices_nothing(kiosk, kiosk.visit())


def test_a_clock_that_jumps_back_between_two_citizens_costs_no_case(kiosk: Kiosk, clock: FakeClock) -> None:
    kiosk.visit()
    clock.advance(timedelta(hours=-30))
    assert_notices_nothing(kiosk, kiosk.visit())
    clock.advance(timedelta(hours=31))
    assert_notices_nothing(kiosk, kiosk.visit())
    assert len(kiosk.told) == 6


def test_a_store_that_is_taken_away_while_running_comes_back(kiosk: Kiosk) -> None:
    for file in list(kiosk.folder.glob("loket.db*")):
        file.unlink()
    kiosk.visit()
    assert len(kiosk.told) == 4
    assert kiosk.kept() == sorted(kiosk.told)


def test_a_disk_that_is_pulled_out_gives_a_calm_screen_and_no_store_elsewhere(kiosk: Kiosk) -> None:
    kiosk.folder.rename(kiosk.folder.with_name("pulled"))
    citizen = kiosk.visit()
    assert_calm(kiosk, citizen)
    assert_reads_on(kiosk)
    assert not kiosk.folder.exists()

    kiosk.folder.with_name("pulled").rename(kiosk.folder)
    citizen.press(TRY_AGAIN)
    assert citizen.receipt is not None
    assert kiosk.kept() == sorted([*kiosk.told, citizen.receipt.reference])


@pytest.mark.parametrize(
    "moment", [datetime(1970, 1, 1, 12, tzinfo=UTC), datetime(2099, 6, 1, tzinfo=UTC), TUESDAY - timedelta(days=30)]
)
def test_a_clock_that_cannot_be_right_promises_no_day(kiosk: Kiosk, clock: FakeClock, moment: datetime) -> None:
    right = deal_of(kiosk.citizen().open("bel"))
    assert "2026" in right
    clock.advance(moment - clock.now())
    kiosk.restart()
    citizen = kiosk.citizen().open("bel")
    assert "Dit apparaat weet de datum niet zeker." in " ".join(citizen.notices)
    shown = deal_of(citizen)
    assert "de dag die de gemeente noemt" in shown
    citizen = kiosk.visit()
    assert citizen.receipt is not None
    assert "Dit apparaat weet de datum niet zeker." in " ".join(citizen.notices)
    said = repr((citizen.receipt.texts, citizen.receipt.dutch)) + shown + deal_of(citizen)
    year = str(moment.year)
    assert year not in said.replace(citizen.receipt.reference, "")
    assert "Dit apparaat weet de datum niet zeker." in said
    assert kiosk.kept() == sorted(kiosk.told)


def test_a_clock_that_a_server_contradicts_promises_no_day_until_the_server_agrees(
    kiosk: Kiosk, clock: FakeClock
) -> None:
    def hear(gap: timedelta) -> None:
        with closing(Database(kiosk.path)) as database:
            ClockWitness(database, clock).hear(gap)

    hear(timedelta(days=-7))
    kiosk.restart()
    assert "de dag die de gemeente noemt" in deal_of(kiosk.citizen().open("bel"))
    receipt = kiosk.visit().receipt
    assert receipt is not None
    assert "2026" not in repr((receipt.texts, receipt.dutch)).replace(receipt.reference, "")

    hear(timedelta(seconds=3))
    kiosk.restart()
    assert "2026" in deal_of(kiosk.citizen().open("bel"))
    assert kiosk.kept() == sorted(kiosk.told)


def deal_of(citizen: Citizen) -> str:
    columns = [part for part in citizen.view.parts if isinstance(part, Columns)]
    return " ".join(line.text for part in columns for card in part.cards for line in card.lines)


ON_A_SMALL_DISK = """
import sys
from contextlib import closing
from pathlib import Path
from tests.faults.test_reality import Kiosk, assert_calm, assert_reads_on
from tests.fakes.clock import FakeClock
import subprocess
disk, what = Path(sys.argv[1]), sys.argv[2]
kiosk = Kiosk(disk, FakeClock())
kiosk.visit()
if what == "full":
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"f" * 4096)
        except OSError:
            pass
    for _ in range(40):
        citizen = kiosk.visit()
        if citizen.receipt is None: break
else:
    kiosk.office._store._database.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    kiosk.restart()
    citizen = kiosk.visit()
calm = citizen
assert calm.view.name == "failure", calm.view.name
assert calm.receipt is None
assert_reads_on(kiosk)
told = len(kiosk.told)
if what == "full":
    (disk / "filler").unlink()
else:
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
assert_calm(kiosk, calm)
calm.press("failure.again")
assert calm.receipt is not None, "works again once there is room"
assert kiosk.kept() == sorted([*kiosk.told, calm.receipt.reference]), "nothing lost, nothing doubled"
print("calm", told)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk takes root")
@pytest.mark.parametrize("what", ["full", "read-only"])
def test_a_disk_without_room_or_right_to_write_gives_a_calm_screen(tmp_path: Path, repository: Path, what: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = tmp_path / "visit.py"
    script.write_text(ON_A_SMALL_DISK)
    # In a mount namespace of its own: nothing of it is left when it ends.
    asked = f'mount -t tmpfs -o size=4m tmpfs "{disk}" && exec "{sys.executable}" "{script}" "{disk}" {what}'
    command = ["unshare", "--mount", "sh", "-c", asked]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    if done.stderr.startswith("unshare:") or "permitted" in done.stderr or "must be superuser" in done.stderr:
        pytest.skip("this machine lets nobody mount")
    assert done.returncode == 0, done.stderr
    assert "calm" in done.stdout
