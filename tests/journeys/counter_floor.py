# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town for journeys of a counter: kiosks that bring cases, a case system that goes away and comes back, laptops.

Everything is a real process but the practice back end, which listens on the loopback address and checks nothing away:
each request is kept, to be held against the published documents.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commands.configuration import load_settings
from commands.joining import data_dir, open_counter, open_database, open_store, read_public_key
from commands.system_clock import SystemClock
from domain.case_act import KeptAct
from domain.settings import Settings
from domain.staff import Role, StaffMember
from sync.act_book import SqliteActBook
from sync.practice import PracticeBackEnd, RegisteredCase
from sync.staff_book import STAFF, STAFF_KEY, SqliteStaffBook, StaffFile
from sync.staff_seal import StaffSeal, staff_key
from tests.contracts.openapi_contracts import Recorder
from tests.sync.road import RSIN
from tests.sync.samples import hand_in

REPOSITORY = Path(__file__).resolve().parents[2]
PIN = "402871"
PATIENCE_S = 200.0
CLIENT, SECRET, TOKEN = "balie", "only-for-the-practice-back-end-of-a-journey", "a1" * 20
DEPARTMENT = "Klantcontact"


@dataclass
class Town:
    """The case system and the contact register; `cut` is a network that is gone, for everybody."""

    folder: Path
    services: Sequence[str]
    recorder: Recorder = field(default_factory=Recorder)
    back_end: PracticeBackEnd | None = None
    port: int = 0

    def join(self) -> PracticeBackEnd:
        """Bring it back at the same place, with all that it had."""
        self.back_end = PracticeBackEnd(
            dict.fromkeys(self.services, ()),
            clock=SystemClock(),
            port=self.port,
            client_id=CLIENT,
            secret=SECRET,
            klantinteracties_token=TOKEN,
            journal=self.folder / "town.jsonl",
            on_request=self.recorder,
        )
        self.back_end.start()
        self.port = self.back_end.port
        return self.back_end

    def cut(self) -> None:
        """Take it away."""
        if self.back_end is not None:
            self.back_end.stop()
            self.back_end = None

    @property
    def there(self) -> PracticeBackEnd:
        """Give the one that runs."""
        assert self.back_end is not None
        return self.back_end

    def case(self, reference: str) -> RegisteredCase:
        """Look at a case."""
        [case] = [case for case in self.there.registered() if case.identificatie == reference]
        return case

    def device(self, name: str) -> Device:
        """Set up a device by its settings alone: no more than DESIGN names."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "zgw-secret").write_text(SECRET)
        (folder / "klant-token").write_text(TOKEN)
        urls = self.there.urls
        config = folder / "loket.toml"
        config.write_text(
            f'[device]\nid = "{name}"\nprofile = "gemeentehuis"\nmunicipality = "Voorbeeldstad"\nrsin = "{RSIN}"\n'
            f'data_dir = "data"\n[sync]\nzaken = "{urls.zaken}"\ndocumenten = "{urls.documenten}"\n'
            f'catalogi = "{urls.catalogi}"\nklantinteracties = "{urls.klantinteracties}"\nclient_id = "{CLIENT}"\n'
            'secret_file = "zgw-secret"\ndocument_type = "Ontvangen bericht"\n'
            'klantinteracties_token_file = "klant-token"\n[kiosk.help]\nphone = "14 000"\n'
        )
        return Device(config, load_settings(config))


@dataclass(frozen=True, slots=True)
class Device:
    """One device with its settings file and its own data folder."""

    config: Path
    settings: Settings

    def sync_once(self) -> dict[str, Any]:
        """Run `loket sync --once --json`; its exit code stands under `code`."""
        asked = [sys.executable, "main.py", "sync", "--once", "--json", "--config", str(self.config)]
        done = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=False)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return {**found, "code": done.returncode}

    def hand_in(self, **changes: Any) -> str:
        """Keep a case as a kiosk does; give its reference."""
        sealer = read_public_key(self.settings)
        with closing(open_database(self.settings)):
            made = hand_in(open_store(self.settings), sealer, at=SystemClock().now(), **changes)
        return made.header.reference

    def take_on_staff(self, *names: str) -> list[StaffMember]:
        """Put members of the counter in the staff book of this device, by whom they are known."""
        folder, now = data_dir(self.settings), SystemClock().now()
        with closing(StaffFile(folder / STAFF)) as file:
            book = SqliteStaffBook(file, StaffSeal(staff_key(folder / STAFF_KEY)))
            return [book.add(name, Role.COUNTER, PIN, now, is_start_pin=False) for name in names]

    def acts(self, reference: str = "") -> list[KeptAct]:
        """Give what staff did here, oldest first."""
        with closing(open_counter(self.settings)) as file:
            return list(SqliteActBook(file, read_public_key(self.settings)).acts(reference))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Run the desk, with hands at its keyboard."""
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        asked = [sys.executable, "-m", "tests.journeys.counter_hands", str(self.config)]
        with (
            (self.config.parent / "desk.log").open("ab") as log,
            subprocess.Popen(
                asked,
                cwd=REPOSITORY,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            desk = Desk(process, self.config.parent / "desk.log")
            try:
                yield desk
            finally:
                desk.end()


class Desk:
    """The hands at one desk, told what to do."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process, self._log = process, log
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())
        self._lines.put("")

    def ask(self, asked: str) -> None:
        """Say what to do, and do not wait."""
        assert self._process.stdin is not None
        self._process.stdin.write(asked + "\n")
        self._process.stdin.flush()

    def heard(self, start: str) -> list[str]:
        """Wait for a line that starts so; give it with all before it."""
        found: list[str] = []
        while not found or not found[-1].startswith(start):
            line = self._lines.get(timeout=PATIENCE_S)
            assert line, f"the desk ended: {self._log.read_text()[-3000:]}"
            found.append(line)
        return found

    def do(self, asked: str) -> list[str]:
        """Let it be done; give what was told meanwhile."""
        self.ask(asked)
        return self.heard(f"did {asked.split(maxsplit=1)[0]}")

    def kill(self) -> None:
        """End the desk and the sync service beside it at once, in the middle of anything."""
        children = _children_of(self._process.pid)
        for number in (self._process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(number, 9)
        self._process.wait(PATIENCE_S)

    def end(self) -> None:
        """Close the window, where it is still open."""
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()


def _children_of(number: int) -> list[int]:
    found = Path(f"/proc/{number}/task/{number}/children")
    listed = [path.read_text() for path in found.parents[1].glob("*/children")]
    return [int(child) for text in listed for child in text.split()]


@contextmanager
def town(folder: Path, services: Sequence[str]) -> Iterator[Town]:
    """Build one, and take it down again."""
    built = Town(folder, services)
    built.join()
    try:
        yield built
    finally:
        built.cut()
