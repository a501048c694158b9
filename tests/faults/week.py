# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A week at one kiosk, compressed: real supervisor, windows, sync service and desk; invented visitors, drawn faults.

`python -m tests.faults.week FOLDER VISITS SEED DAYS` plays it and writes `week.json` in the folder; what must hold is
`tests.faults.test_week`'s. Run it in a mount namespace of its own (`week_ground.OWN_MOUNTS`): it makes a small disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from commands.sync_beside import SyncBeside
from commands.system_clock import SystemClock
from commands.wipe_marks import new_marks
from commands.wipe_proof import DONE, KILL, LEAVE, ProofError, ProofKiosk
from resources.service_library import ServiceLibrary
from sync.database import Database
from sync.outbox import Outbox
from tests.benchmarks.processes import children, command_of, family, memory_mb, pause, wait_until_idle
from tests.faults import fault_proxy
from tests.faults.fault_proxy import FaultProxy, Seen
from tests.faults.week_ground import (
    CLIENT_ID,
    SECRET,
    SetClock,
    SmallDisk,
    back_end_on,
    back_end_process,
    files_in,
    open_files,
    own_memory_mb,
)
from tests.faults.week_plan import LASTS, Plan, Trouble, plan

MAIN = Path(__file__).resolve().parents[2] / "main.py"
FIGURES, KIOSK_LOG = "week.json", "kiosk.log"
HERE = ZoneInfo("Europe/Amsterdam")
OPENS_AT, OPEN_S = 9, 8 * 3600
NIGHT_AT = 3
WARM_UP = 0.08  # of all visits, before memory is looked at for the first time
CATCHES_UP_S = 120.0
APART = ("simulated-printer",)
SETTINGS = """
[device]
id = "week-01"
rsin = "002564440"
data_dir = "{data}"
[sync]
zaken = "http://127.0.0.1:{port}/zaken/api/v1/"
documenten = "http://127.0.0.1:{port}/documenten/api/v1/"
catalogi = "http://127.0.0.1:{port}/catalogi/api/v1/"
client_id = "{client_id}"
secret_file = "secret"
timeout_s = 5
devices = 1
[retention]
arrived_days = 2
log_days = 3
"""


class WeekKiosk(ProofKiosk):
    """A kiosk of which every visit that ever spoke is remembered."""

    def __init__(self, config: Path, data: Path, pictures: Path) -> None:
        super().__init__(config, data, pictures)
        self.seen: set[int] = set()
        self.over: set[int] = set()  # ended; on a busy machine it takes a while until they are gone

    def is_over(self, process_id: int) -> None:
        """Know that this visit ended: it is not the one on the screen any more, though its process may still be."""
        self.over.add(process_id)
        for guest in self._guests.values():
            if guest.pid in self.over:
                guest.is_shown = False

    def _look(self, timeout_s: float) -> None:
        super()._look(timeout_s)
        self.seen.update(guest.pid for guest in self._guests.values() if guest.pid)


@dataclass(slots=True)
class Counts:
    """What was done, and what came of it."""

    befell: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    stuck: Counter[str] = field(default_factory=Counter)  # a visitor who did not get on, and left; by place
    warm_killed: int = 0
    kept: list[str] = field(default_factory=list)
    sync_pids: list[int] = field(default_factory=list)


class Week:
    """Plays the visits. For one thread."""

    def __init__(self, folder: Path, visits: int, seed: int, days: int) -> None:
        self._folder = folder
        self._plan = plan(visits, seed, [service.id for service in ServiceLibrary.load().services], days)
        self._clock = SetClock(folder / "clock")
        self._server_clock = SetClock(folder / "server-clock")
        self._disk = SmallDisk(folder / "data")
        self._pictures = folder / "pictures"
        self._config = folder / "loket.toml"
        self._lasting: dict[Trouble, int] = {}
        self._jump_s = 0
        self._began = SystemClock().now()
        self._counts = Counts()
        self._syncs: set[int] = set()  # those that were there at the last look
        self._samples: list[dict[str, Any]] = []
        self._nights: list[dict[str, Any]] = []
        self._line: FaultProxy
        self._kiosk: WeekKiosk
        self._sync: SyncBeside
        self._desk: subprocess.Popen[bytes]

    def play(self) -> dict[str, Any]:
        """Play it whole; give the figures."""
        began = time.monotonic()
        with ExitStack() as stack:
            self._set_up(stack)
            warm_at = max(8, round(WARM_UP * len(self._plan)))
            for number, each in enumerate(self._plan):
                self._set_time(each, number)
                self._visit(each)
                is_last_of_day = number + 1 == len(self._plan) or self._plan[number + 1].day != each.day
                if number + 1 == warm_at:
                    self._sample(number + 1, each.day)
                if is_last_of_day:
                    self._end_day(number + 1, each.day)
            log = self._kiosk.log().decode(errors="replace")
            (self._folder / KIOSK_LOG).write_text(log, encoding="utf-8")
        with back_end_on(self._folder, self._config) as back_end:
            arrived = Counter(case.identificatie for case in back_end.registered())
        counts = self._counts
        return {
            "visits": len(self._plan),
            "seconds": round(time.monotonic() - began),
            "has_small_disk": self._disk.is_small,
            "befell": dict(counts.befell),
            "stuck": dict(counts.stuck),
            "cases": len(counts.kept),
            "told_twice": len(counts.kept) - len(set(counts.kept)),
            "arrived": arrived.total(),
            "lost": sum(arrived[reference] == 0 for reference in counts.kept),
            "twice": sum(number > 1 for number in arrived.values()),
            "windows_started": len(self._kiosk.seen),
            "windows_planned": 2 + counts.ended + counts.warm_killed,
            "sync_started": len(counts.sync_pids),
            "sync_planned": 1 + counts.befell[Trouble.SYNC_KILLED],
            "said_hung": log.count("it does not answer"),
            "said_left": log.count("something is left"),
            "said_fault": log.count("fault:") + log.count("Traceback"),
            "samples": self._samples,
            "nights": self._nights,
        }

    def _set_up(self, stack: ExitStack) -> None:
        self._pictures.mkdir(mode=0o700)
        self._disk.mount()
        if self._disk.is_small:
            stack.callback(subprocess.run, ["umount", "-l", str(self._disk.folder)], check=False)
        for name, variable in (("temp", "TMPDIR"), ("home", "HOME"), ("runtime", "XDG_RUNTIME_DIR")):
            (self._folder / name).mkdir(mode=0o700)
            os.environ[variable] = str(self._folder / name)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        (self._folder / "secret").write_text(SECRET, encoding="utf-8")
        self._write_settings(9)
        port = stack.enter_context(back_end_process(self._folder, self._config, self._server_clock.surroundings()))
        self._line = stack.enter_context(FaultProxy(port, self._decide))
        self._write_settings(self._line.port)
        os.environ.update(self._clock.surroundings())
        self._kiosk = stack.enter_context(WeekKiosk(self._config, self._disk.folder, self._pictures))
        self._shown_pid()
        self._sync = SyncBeside([sys.executable, str(MAIN), "sync", "--config", str(self._config)], is_tied=True)
        self._sync.start()
        stack.callback(self._sync.stop)
        self._desk = stack.enter_context(_started("desk", "--config", str(self._config)))

    def _write_settings(self, port: int) -> None:
        text = SETTINGS.format(data=self._disk.folder, port=port, client_id=CLIENT_ID)
        self._config.write_text(text, encoding="utf-8")

    def _decide(self, _seen: Seen) -> fault_proxy.Trouble:
        return fault_proxy.Trouble.HTML_500 if Trouble.SERVER in self._lasting else fault_proxy.Trouble.NONE

    # -- time ------------------------------------------------------------------------------------------------------

    def _set_time(self, each: Plan, number: int) -> None:
        """Spread the visits of a day over its opening hours."""
        same_day = [at for at, other in enumerate(self._plan) if other.day == each.day]
        share = (number - same_day[0]) / len(same_day)
        self._time_is(self._morning(each.day) + timedelta(seconds=share * OPEN_S))

    def _morning(self, day: int) -> datetime:
        first = self._began.astimezone(HERE) + timedelta(days=1 + day)
        return first.replace(hour=OPENS_AT, minute=0, second=0, microsecond=0)

    def _time_is(self, moment: datetime) -> None:
        offset_s = round((moment - SystemClock().now()).total_seconds())
        self._server_clock.set(offset_s)
        self._clock.set(offset_s + self._jump_s)

    # -- a visit ---------------------------------------------------------------------------------------------------

    def _visit(self, each: Plan) -> None:
        shown = self._shown_pid()
        for trouble in each.begins:
            self._begin(trouble, each, shown)
        self._walk_and_end(each, is_hung=Trouble.HUNG in each.begins)
        self._counts.ended += 1
        self._kiosk.is_over(shown)
        self._shown_pid()
        self._note_sync()
        for trouble in list(self._lasting):
            self._lasting[trouble] -= 1
            if self._lasting[trouble] <= 0:
                self._end(trouble)

    def _shown_pid(self) -> int:
        return self._kiosk.shown().pid

    def _walk_and_end(self, each: Plan, *, is_hung: bool) -> None:
        guest, marks, way = self._kiosk.shown(), new_marks(), each.way
        photo = self._pictures / "foto.png"
        photo.write_bytes(marks.png)
        wish = {
            "words": marks.typed(),
            "pcm": marks.pcm.hex(),
            "service": each.service,
            "screens": each.screens,
            "is_different": False,
            "files": way == DONE,
        }
        try:
            told = self._kiosk.answer(guest, do="walk", **wish)
            if told["is_kept"] and told["reference"]:
                self._counts.kept.append(told["reference"])
            elif way == DONE:
                self._counts.stuck[f"{told['at']}, nothing handed in"] += 1
                way = LEAVE
        except ProofError as error:
            self._counts.stuck[str(error)] += 1
            way = LEAVE
        photo.unlink()
        guest.told.clear()
        try:
            if is_hung:
                os.kill(guest.pid, signal.SIGSTOP)
            elif way == KILL:
                os.kill(guest.pid, signal.SIGKILL)
            else:
                guest.ask(do="end", way=way)
        except OSError:
            # Nothing planned ended it: more windows were started than planned, and the week fails by that.
            self._counts.stuck["a window that was gone by itself"] += 1

    # -- what befalls it -------------------------------------------------------------------------------------------

    def _begin(self, trouble: Trouble, each: Plan, shown: int) -> None:
        if trouble in self._lasting or (trouble is Trouble.DISK and not self._disk.is_small):
            return
        if trouble in LASTS:
            self._lasting[trouble] = min(each.lasts, LASTS[trouble])
        match trouble:
            case Trouble.WARM_KILLED if not self._kill(self._warm(shown)):
                return
            case Trouble.WARM_KILLED:
                self._counts.warm_killed += 1
            case Trouble.VOICE_KILLED if not self._kill(next(iter(family(shown)[1:]), 0)):
                return
            case Trouble.PRINTER:
                self._put_printer_away()
            case Trouble.NETWORK:
                self._line.refuse()
            case Trouble.DISK:
                self._disk.fill()
            case Trouble.CLOCK:
                self._jump_s = each.jump_s
                self._clock.set(self._clock.offset_s + each.jump_s)
            case Trouble.SYNC_KILLED if not self._kill(self._sync_pid()):
                return
            case _:
                pass
        self._counts.befell[trouble] += 1

    def _end(self, trouble: Trouble) -> None:
        self._lasting.pop(trouble, None)
        match trouble:
            case Trouble.PRINTER:
                (self._disk.folder / APART[0]).unlink(missing_ok=True)
            case Trouble.NETWORK:
                self._line.listen()
            case Trouble.DISK:
                self._disk.empty()
            case Trouble.CLOCK:
                self._clock.set(self._clock.offset_s - self._jump_s)
                self._jump_s = 0
            case _:
                pass

    def _put_printer_away(self) -> None:
        """Lay a file where the simulated printer wants its folder: nothing comes out."""
        folder = self._disk.folder / APART[0]
        self._throw_pages_away()
        with contextlib.suppress(OSError):
            folder.rmdir()
        with contextlib.suppress(OSError):
            folder.touch(exist_ok=False)

    def _throw_pages_away(self) -> None:
        for page in (self._disk.folder / APART[0]).glob("*.pdf"):
            page.unlink(missing_ok=True)

    def _warm(self, shown: int) -> int:
        # One that is still ending is nobody's next window.
        beside = {*children(self._kiosk.pid)} & self._kiosk.seen
        return next(iter(beside - self._kiosk.over - {shown}), 0)

    @staticmethod
    def _kill(pid: int) -> bool:
        if not pid:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _note_sync(self) -> None:
        there = {self._sync.process_id or 0} - {0}
        # The desk keeps one too: after one was killed, whichever comes first sends.
        there |= {pid for pid in children(self._desk.pid) if command_of(pid).partition(MAIN.name)[2][1:5] == "sync"}
        # One that finds another at work is gone in a moment.
        stay, self._syncs = there & self._syncs, there
        self._counts.sync_pids += sorted(stay - {*self._counts.sync_pids})

    def _sync_pid(self) -> int:
        return next((pid for pid in reversed(self._counts.sync_pids) if pid in self._syncs), 0)

    # -- a day and its night ---------------------------------------------------------------------------------------

    def _end_day(self, visits: int, day: int) -> None:
        for trouble in list(self._lasting):
            self._end(trouble)
        waits = self._catch_up(day)
        self._sample(visits, day)
        self._time_is(self._morning(day + 1).replace(hour=NIGHT_AT))
        cleared = subprocess.run(
            [sys.executable, str(MAIN), "retention", "--config", str(self._config)], capture_output=True, check=False
        )
        self._throw_pages_away()
        with closing(Database(self._disk.folder / "loket.db")) as database:
            rows = database.row("SELECT count(*) AS cases FROM submissions")
            lines = database.row("SELECT count(*) AS lines FROM audit_log")
        stores = [file.stat().st_size for file in self._disk.folder.glob("loket.db*")]
        files, size = files_in(self._disk.folder, APART)
        self._nights.append(
            {
                "day": day,
                "visits": visits,
                "retention": cleared.returncode,
                "waits": waits,
                "cases_here": rows["cases"] if rows else 0,
                "audit_lines": lines["lines"] if lines else 0,
                "store_kb": sum(stores) // 1024,
                "files": files,
                "all_kb": size // 1024,
                "temp": len(list((self._folder / "runtime").glob("loket-visit-*"))),
            }
        )
        print(json.dumps(self._nights[-1]), flush=True)

    def _catch_up(self, day: int) -> int:
        """Let the sync service send what waits, with time going by; give how much still waits."""
        until = time.monotonic() + CATCHES_UP_S
        minutes, waits = 0, 1
        while waits and time.monotonic() < until:
            minutes += 10
            self._time_is(self._morning(day) + timedelta(seconds=OPEN_S, minutes=min(minutes, 8 * 60)))
            self._note_sync()
            pause(2.0)
            with closing(Database(self._disk.folder / "loket.db")) as database:
                counts = Outbox(database).counts()
            waits = counts.pending + counts.retrying + counts.rejected
        self._note_sync()
        return waits

    def _sample(self, visits: int, day: int) -> None:
        """Look at memory and open files while nobody does anything."""
        shown = self._shown_pid()
        until = time.monotonic() + 60
        while not self._warm(shown) and time.monotonic() < until:
            pause(0.2)
            self._kiosk.others(self._kiosk.shown())
        warm = self._warm(shown)
        pause(3.0)
        with contextlib.suppress(TimeoutError):
            wait_until_idle([*family(self._kiosk.pid), self._desk.pid], still_s=0.5)
        sync = self._sync_pid()
        who = {
            "supervisor": [self._kiosk.pid],
            "sync": [sync],
            "desk": [self._desk.pid],
            "window": [shown],
            "warm window": [warm],
            "voice": family(shown)[1:],
        }
        self._samples.append(
            {
                "visits": visits,
                "day": day,
                "sync_pid": sync,
                "memory_mb": {name: round(own_memory_mb(pids), 2) for name, pids in who.items()},
                "shared_too_mb": {
                    name: round(memory_mb([pid for pid in pids if pid]), 2) for name, pids in who.items()
                },
                "open_files": {name: sum(open_files(pid) for pid in pids if pid) for name, pids in who.items()},
            }
        )
        print(json.dumps(self._samples[-1]), flush=True)


@contextlib.contextmanager
def _started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    asked = [sys.executable, str(MAIN), *words]
    with subprocess.Popen(asked, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as it:
        try:
            yield it
        finally:
            it.terminate()
            try:
                it.wait(10)
            except subprocess.TimeoutExpired:
                it.kill()


def main(folder: Path, visits: int, seed: int, days: int) -> None:
    figures = Week(folder, visits, seed, days).play()
    (folder / FIGURES).write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
