# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof that nothing stays behind: has marks planted at a real kiosk, ends the visit, and searches every place.

This process knows the marks; the kiosk it starts does not, and of its visits only the one that is to leave them. How a
place is read is `commands.wipe_places`'s; what a find means for the device is `commands.wipe`'s.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

from commands.visit_traces import family, is_alive, outlives
from commands.wipe_marks import KINDS, Marks, new_marks
from commands.wipe_places import Found, Place, Search, file_places, memory_place, search, text_place
from domain.errors import ExpectedError

PUBLIC_KEY = "loket.pub"
MAIN = Path(__file__).resolve().parent.parent / "main.py"
PATIENCE_S = 60.0
STOP, IDLE, LEAVE, KILL, DONE = "stop", "idle", "leave", "kill", "done"
WAYS = (STOP, IDLE, LEAVE, KILL, DONE)
SERVICES = ("fout", "verhuizen")  # between them every kind of field
MOST_SCREENS = 120
_TALK = "talk"
T = TypeVar("T")


class ProofError(ExpectedError):
    """The proof itself did not work, so that it proves nothing."""

    slug = "wipe-proof"


@dataclass(frozen=True, slots=True)
class Proved:
    """What one visit left: the places searched and what was found there."""

    way: str
    planted: frozenset[str]
    result: Search


@dataclass(slots=True)
class _Guest:
    """One visit of the kiosk, over its socket."""

    connection: socket.socket
    pid: int = 0
    is_shown: bool = False
    _unread: bytes = b""
    told: list[Mapping[str, Any]] = field(default_factory=list)

    def ask(self, **asked: object) -> None:
        self.connection.sendall(json.dumps(asked).encode() + b"\n")

    def read(self) -> bool:
        """Take what came; False when the visit is gone."""
        try:
            came = self.connection.recv(1 << 20)
        except OSError:
            return False
        self._unread += came
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "is_shown" in said:
                self.pid, self.is_shown = said["pid"], said["is_shown"] or self.is_shown
            else:
                self.told.append(said)
        return bool(came)


class ProofKiosk:
    """A kiosk like any other, with a visitor that does as it is told. For one thread."""

    def __init__(
        self, config: Path | None, data_dir: Path, pictures: Path, display: str = "", *, heeds_flag: bool = False
    ) -> None:
        self._heeds_flag = heeds_flag
        self._config = config
        self._data_dir = data_dir
        self._pictures = pictures
        self._display = display
        self._guests: dict[int, _Guest] = {}
        self._selector = selectors.DefaultSelector()
        self._folder = tempfile.TemporaryDirectory(prefix="loket-proof-")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed when the kiosk ends
        self._process: subprocess.Popen[bytes] | None = None
        self._listener = socket.socket(socket.AF_UNIX)

    def __enter__(self) -> Self:
        address = str(Path(self._folder.name) / _TALK)
        self._listener.bind(address)
        self._listener.listen()
        self._selector.register(self._listener, selectors.EVENT_READ)
        config = ["--config", str(self._config)] if self._config else []
        surroundings = {**os.environ}
        if self._display:
            surroundings["DISPLAY"] = self._display
        else:
            surroundings["QT_QPA_PLATFORM"] = "offscreen"
        self._process = subprocess.Popen(
            [
                sys.executable,
                str(MAIN),
                "wipe",
                *config,
                "--act",
                "kiosk",
                "--talk",
                address,
                "--data-dir",
                str(self._data_dir),
                "--pictures",
                str(self._pictures),
                *(["--heeds-flag"] if self._heeds_flag else []),
            ],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=surroundings,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for guest in self._guests.values():
            guest.connection.close()
        self._listener.close()
        self._selector.close()
        self._log.close()
        self._folder.cleanup()

    @property
    def pid(self) -> int:
        """Give the supervisor's process id."""
        return self._process.pid if self._process is not None else 0

    def log(self) -> bytes:
        """Give all that the kiosk and its visits wrote."""
        self._log.seek(0)
        return self._log.read()

    def shown(self, other_than: int = 0, unless: _Guest | None = None) -> _Guest:
        """Wait for the visit on the screen. Raises: ProofError, also when `unless` says that it could not."""

        def look() -> _Guest | None:
            if unless is not None and unless.told and "failed" in unless.told[0]:
                raise ProofError(f"{unless.told[0]['failed']} at {unless.told[0]['at']}", "report this line")
            return next(
                (
                    each
                    for each in self._guests.values()
                    if each.is_shown and each.pid != other_than and is_alive(each.pid)
                ),
                None,
            )

        return self._wait(look)

    def others(self, guest: _Guest) -> list[_Guest]:
        """Give the visits that wait behind it."""
        self._look(0)
        return [other for other in self._guests.values() if other is not guest and other.pid]

    def answer(self, guest: _Guest, **asked: object) -> Mapping[str, Any]:
        """Ask a visit and wait for what it says. Raises: ProofError."""
        guest.told.clear()
        guest.ask(**asked)
        said = self._wait(lambda: guest.told[0] if guest.told else None)
        if "failed" in said:
            raise ProofError(f"the visitor did not get on at {said['at']}: {said['failed']}", "report this line")
        return said

    def _wait(self, look: Callable[[], T | None]) -> T:
        until = time.monotonic() + PATIENCE_S
        while (found := look()) is None:
            if time.monotonic() > until:
                raise ProofError("the kiosk does not answer", "run `loket doctor`")
            if self._process is not None and self._process.poll() is not None:
                raise ProofError("the kiosk ended by itself", "run `loket doctor`")
            self._look(0.05)
        return found

    def _look(self, timeout_s: float) -> None:
        for key, _ in self._selector.select(timeout_s):
            if key.fileobj is self._listener:
                connection, _ = self._listener.accept()
                self._guests[connection.fileno()] = _Guest(connection)
                self._selector.register(connection, selectors.EVENT_READ)
            elif not self._guests[key.fd].read():
                gone = self._guests.pop(key.fd)
                self._selector.unregister(gone.connection)
                gone.connection.close()


@dataclass(slots=True)
class Visit:
    """One visit that leaves marks: what the visitor does before the end."""

    way: str
    service: str = ""
    screens: int = MOST_SCREENS
    is_different: bool = True
    reference: str = ""  # asks how far this case is, instead of a service
    status_code: str = ""


class Proof:
    """Plants and searches, visit after visit, at one kiosk."""

    def __init__(
        self,
        kiosk: ProofKiosk,
        data_dir: Path,
        pictures: Path,
        *,
        is_paper_here: bool,
        media: frozenset[Path] = frozenset(),
    ) -> None:
        self._kiosk = kiosk
        self._data_dir = data_dir
        self._pictures = pictures
        self._is_paper_here = is_paper_here
        self._media = media
        self.kept: Mapping[str, Any] = {}  # the last case that was handed in

    def prove(self, visit: Visit, marks: Marks | None = None, *, searches_memory: bool = True) -> Proved:
        """Have one visit leave marks and end, and search every place. Raises: ProofError."""
        marks = marks or new_marks()
        since = time.time() - 1
        (self._pictures / "foto.png").write_bytes(marks.png)
        guest = self._kiosk.shown()
        told = self._kiosk.answer(guest, do="walk", **self._wish(visit, marks))
        if visit.way == DONE:
            if not told["is_kept"]:
                raise ProofError(f"nothing was handed in at {told['at']}", "report this line")
            self.kept = told
        if visit.screens == MOST_SCREENS and not told["planted"]:
            raise ProofError(f"nothing was planted; the visitor came to {told['at']}", "report this line")
        beside = family(guest.pid)[1:]
        if searches_memory:
            self._see_that_it_can_be_found(guest, marks, frozenset(told["planted"]))
        (self._pictures / "foto.png").unlink()  # it is the desk that clears its own camera
        self._end(guest, visit.way)
        after = self._kiosk.shown(other_than=guest.pid, unless=guest)
        is_gone = not outlives([guest.pid])
        told_after = self._kiosk.answer(after, do="look")
        places = self._places(after, told_after, since, searches_memory=searches_memory)
        result = search(places, marks)
        more = [] if is_gone else [Found("processes", "visit")]
        more += [Found("processes", "child") for _ in outlives(beside)]
        more += [] if told_after["guarded"] and told_after["core_limit"] == 0 else [Found("core dumps", "allowed")]
        found = (*result.found, *more)
        return Proved(
            visit.way, frozenset(told["planted"]), Search((*result.searched, "processes"), result.unreadable, found)
        )

    def places_now(self, since: float = 0.0) -> list[Place]:
        """Give the places that need no visit to be asked."""
        places = file_places(
            self._data_dir, since, self._pictures, is_paper_here=self._is_paper_here, media=self._media
        )
        return [*places, text_place("log", self._kiosk.log)]

    def _wish(self, visit: Visit, marks: Marks) -> Mapping[str, object]:
        if visit.reference:
            return {
                "words": marks.typed(),
                "reference": visit.reference,
                "status_code": visit.status_code,
                "files": False,
            }
        return {
            "words": marks.typed(),
            "pcm": marks.pcm.hex(),
            "service": visit.service,
            "screens": visit.screens,
            "is_different": visit.is_different,
            "files": visit.way == DONE,
        }

    def _see_that_it_can_be_found(self, guest: _Guest, marks: Marks, planted: frozenset[str]) -> None:
        """Find the marks where they must be now: else finding none afterwards would mean nothing."""
        self._kiosk.answer(guest, do="look")
        seen = search([memory_place("visit", guest.pid)], marks)
        missed = planted - {found.kind for found in seen.found} - _HARD_TO_NAME
        if seen.unreadable or missed:
            what = "its memory cannot be read" if seen.unreadable else f"not found while it was there: {sorted(missed)}"
            raise ProofError(what, "run it as the user that runs Loket, or as root")

    def _end(self, guest: _Guest, way: str) -> None:
        if way == KILL:
            os.kill(guest.pid, signal.SIGKILL)
        else:
            guest.ask(do="end", way=way)

    def _places(
        self, after: _Guest, told: Mapping[str, Any], since: float, *, searches_memory: bool
    ) -> Iterator[Place]:
        yield from file_places(
            self._data_dir, since, self._pictures, is_paper_here=self._is_paper_here, media=self._media
        )
        yield text_place("clipboard", lambda: str(told["clipboard"]))
        yield text_place("selection", lambda: str(told["selection"]))
        yield text_place("screen", lambda: str(told["view"]) + str(told["title"]))
        yield text_place("log", self._kiosk.log)
        if not searches_memory:
            return
        yield memory_place("memory of the supervisor", self._kiosk.pid)
        yield memory_place("memory of the next visit", after.pid)
        for pid in family(after.pid)[1:]:
            yield memory_place("memory of the voice", pid)
        for other in self._kiosk.others(after):
            # Warm already: it began while the visitor was there.
            with contextlib.suppress(ProofError, OSError):
                self._kiosk.answer(other, do="look")
                yield memory_place("memory of the warm visit", other.pid)


# Told as kinds of their own, and found under the mark that they share.
_HARD_TO_NAME = frozenset(
    {"own_words", "long_text", "name", "street", "city", "email", "correction", "photo", "reference"}
)


def whole_proof(
    config: Path | None, data_dir: Path, scratch: Path, display: str = "", media: frozenset[Path] = frozenset()
) -> Iterator[Proved]:
    """Go through every way to end a visit, with every kind of field. Raises: ProofError."""
    pictures = scratch / "pictures"
    pictures.mkdir()
    with ProofKiosk(config, data_dir, pictures, display) as kiosk:
        proof = Proof(kiosk, data_dir, pictures, is_paper_here=True, media=media)
        for service in SERVICES:
            for way in (STOP, IDLE, LEAVE, KILL):
                yield proof.prove(Visit(way, service))
    # What is handed in would go to the municipality: a store of its own takes it, with the same key and the same code.
    own = scratch / "data"
    own.mkdir(mode=0o700)
    with contextlib.suppress(FileNotFoundError):  # where the settings name no key, it lies with the data
        shutil.copyfile(data_dir / PUBLIC_KEY, own / PUBLIC_KEY)
    with ProofKiosk(config, own, pictures, display) as kiosk:
        proof = Proof(kiosk, own, pictures, is_paper_here=True)
        for service in SERVICES:
            yield proof.prove(Visit(DONE, service, is_different=False))
        kept = proof.kept
        yield proof.prove(Visit(STOP, reference=str(kept["reference"]), status_code=str(kept["status_code"])))
        # The proof was only whole when every kind was planted.


def kinds_missed(proved: Sequence[Proved]) -> tuple[str, ...]:
    """Give the kinds of field that no visit planted."""
    planted = {kind for each in proved for kind in each.planted}
    return tuple(kind for kind in KINDS if kind not in planted)
