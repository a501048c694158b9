# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line between desk and sync service under attack, by somebody who may even read the key of the line."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Client, Connection
from pathlib import Path

import pytest

from commands.counter_service import CounterService
from commands.joining import data_dir, open_database
from domain.case_act import ActConflict
from domain.counter import CounterCase
from domain.errors import CounterError
from domain.settings import Settings, defaults
from domain.staff import Role, SignInOutcome, SignInPlace, StaffMember
from sync import desk_wire
from sync.desk_channel import MOST_LINES, DeskChannel
from sync.desk_wire import Meeting, Message, WireError
from sync.staff_book import STAFF, STAFF_KEY, SqliteStaffBook, StaffFile
from sync.staff_seal import StaffSeal, staff_key
from tests.fakes.clock import FakeClock
from tests.faults.figures import count

PIN, OTHER_PIN = "402871", "618402"
ROBBERS = 500

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets of Unix")


@dataclass
class NoCases:
    """An office that has no cases, and knows what it was asked."""

    asked: list[str] = field(default_factory=list)

    def admit(self, number: str, secret: str) -> StaffMember:
        self.asked.append(number)
        raise CounterError("nobody comes in here", "go away")

    def left(self, member: StaffMember) -> None:
        raise AssertionError(member)

    def open(self, reference: str, member: StaffMember) -> CounterCase:
        raise AssertionError(reference)

    def document(self, reference: str, key: str, member: StaffMember) -> bytes:
        raise AssertionError(reference)

    def conflicts(self, reference: str) -> Sequence[ActConflict]:
        raise AssertionError(reference)

    def refresh(self) -> None:
        raise AssertionError

    def take_in_library(self) -> tuple[int, int]:
        raise AssertionError


@dataclass
class Line:
    """A service that waits in a folder."""

    folder: Path
    office: NoCases

    @property
    def meeting(self) -> Meeting:
        found = desk_wire.read_note(self.folder)
        assert found is not None
        return found

    def connected(self) -> Connection:
        return Client(self.meeting.address)

    def proven(self) -> Connection:
        connection = self.connected()
        desk_wire.prove(connection, self.meeting.key, "desk")
        return connection


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    office = NoCases()
    channel = DeskChannel(tmp_path, office)
    channel.start()
    yield Line(tmp_path, office)
    channel.stop()


def ask(connection: Connection, **message: object) -> Message:
    desk_wire.send(connection, dict(message), desk_wire.LARGEST_REQUEST)
    return desk_wire.receive(connection, desk_wire.LARGEST_REPLY, 20)


def is_shut(connection: Connection) -> bool:
    """Tell whether the service hung up; it says nothing more then."""
    with suppress(OSError, EOFError):
        while connection.poll(10):
            connection.recv_bytes(desk_wire.LARGEST_REPLY)
        return False
    return True


def test_a_handshake_that_was_listened_to_opens_nothing_later(line: Line) -> None:
    with closing(line.connected()) as honest:
        first = honest.recv_bytes()
        mine = b"m" * 32
        honest.send_bytes(mine)
        proof = desk_wire._proof(line.meeting.key, "desk", mine, first)
        honest.send_bytes(proof)
        honest.recv_bytes()
        assert "error" in ask(honest, do="open", reference="X")
    with closing(line.connected()) as thief:
        thief.send_bytes(mine)
        thief.send_bytes(proof)
        with suppress(BrokenPipeError):  # shut already
            thief.send_bytes(b'{"do": "begin", "number": "1", "secret": "1"}')
        assert is_shut(thief)
    assert line.office.asked == []


def test_what_the_service_says_of_itself_proves_nothing_when_it_is_said_back(line: Line) -> None:
    with closing(line.connected()) as mirror:
        mirror.send_bytes(mirror.recv_bytes())  # its own number
        mirror.send_bytes(mirror.recv_bytes())  # its own proof
        with suppress(BrokenPipeError):  # shut already
            mirror.send_bytes(b'{"do": "begin", "number": "1", "secret": "1"}')
        assert is_shut(mirror)
    assert line.office.asked == []


@pytest.mark.parametrize(
    "head", [b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff" + b"\x00\x00\x00\xff" + b"\x00" * 4, b"\x80"]
)
def test_a_message_that_says_it_is_huge_takes_no_room(line: Line, head: bytes) -> None:
    with closing(line.proven()) as robber:
        os.write(robber.fileno(), head)
        with suppress(BrokenPipeError):  # it hung up at once
            os.write(robber.fileno(), b"x" * 4096)
        if head != b"\x80":
            assert is_shut(robber)
    with closing(line.proven()) as honest:
        assert "error" in ask(honest, do="open")


@pytest.mark.parametrize(
    "message",
    [
        {"do": "begin", "number": "9" * 60_000, "secret": "1"},
        {"do": "begin", "number": ["1"], "secret": {"a": 1}},
        {"do": "open", "reference": "../../etc/passwd"},
        {"do": "document", "reference": "X", "key": "own-1"},
        {"do": "conflicts"},
        {"do": "refresh"},
        {"do": "take_in_library"},
        {"do": "__init__"},
        {"do": None},
        {},
    ],
)
def test_nobody_who_did_not_sign_in_gets_anything(line: Line, message: Message) -> None:
    with closing(line.proven()) as robber:
        assert set(ask(robber, **message)) == {"error"}


def test_five_hundred_who_say_nothing_keep_out_nobody_who_sits_and_nobody_for_long(line: Line) -> None:
    with closing(line.proven()) as sitting:
        crowd: list[Connection] = []
        for _ in range(ROBBERS):
            with suppress(OSError):
                crowd.append(line.connected())
        assert "error" in ask(sitting, do="open")
        threads = [found for found in threading.enumerate() if found.name == "loket-sitting"]
        assert len(threads) <= MOST_LINES + 1
        count(connections_to_the_line_of_a_desk=len(crowd))
        until(lambda: _comes_in(line))
        for each in crowd:
            each.close()


def test_lines_that_prove_themselves_and_say_nothing_keep_no_desk_out(line: Line) -> None:
    silent = [line.proven() for _ in range(MOST_LINES)]
    for each in silent:  # so that the service has taken them all in
        assert "error" in ask(each, do="open")
    assert _comes_in(line), "the seventeenth is let in at once"
    assert is_shut(silent[0]), "in the place of the oldest"
    assert "error" in ask(silent[-1], do="open")
    for each in silent:
        each.close()


def _comes_in(line: Line) -> bool:
    with suppress(OSError, EOFError, WireError), closing(line.proven()) as honest:
        return "error" in ask(honest, do="open")
    return False


def until(is_so: Callable[[], bool]) -> None:
    ends, pause = time.monotonic() + 40, threading.Event()
    while not is_so():
        assert time.monotonic() < ends, "it did not come"
        pause.wait(0.2)


# -- who guesses -----------------------------------------------------------------------------------------------------


@dataclass
class Counter:
    """The real office with a staff of three, and its clock."""

    settings: Settings
    clock: FakeClock
    staff: dict[Role, StaffMember]

    def proven(self) -> Connection:
        meeting = desk_wire.read_note(data_dir(self.settings))
        assert meeting is not None
        connection = Client(meeting.address)
        desk_wire.prove(connection, meeting.key, "desk")
        return connection

    def begin(self, role: Role, secret: str) -> str:
        """Give why not; empty when one sits."""
        with closing(self.proven()) as connection:
            said = ask(connection, do="begin", number=str(self.staff[role].number), secret=secret)
        return "" if said.get("done") else str(said["error"]["says"])

    def at_the_door(self, role: Role, pin: str) -> SignInOutcome:
        with closing(StaffFile(data_dir(self.settings) / STAFF)) as file:
            book = SqliteStaffBook(file, StaffSeal(staff_key(data_dir(self.settings) / STAFF_KEY)))
            return book.sign_in(str(self.staff[role].number), pin, SignInPlace.DESK, self.clock.now()).outcome


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    settings = defaults()
    settings = replace(settings, device=replace(settings.device, data_dir=tmp_path / "data"))
    data_dir(settings).mkdir(parents=True, exist_ok=True)
    clock = FakeClock()
    with closing(StaffFile(data_dir(settings) / STAFF)) as file:
        book = SqliteStaffBook(file, StaffSeal(staff_key(data_dir(settings) / STAFF_KEY)))
        staff = {role: book.add(role.value, role, PIN, clock.now(), is_start_pin=False) for role in Role}
    with closing(open_database(settings)) as store:
        service, stop = CounterService(settings, clock, store, None), threading.Event()
        service.start(stop)
        yield Counter(settings, clock, staff)
        stop.set()
        service.close()


def test_who_guesses_a_pin_over_the_line_is_locked_out_there_and_at_the_door(counter: Counter) -> None:
    refusals = []
    for _ in range(20):
        refusals.append(counter.begin(Role.COUNTER, OTHER_PIN))
        if "too many" in refusals[-1]:
            break
    assert len(refusals) <= 6
    assert "too many" in counter.begin(Role.COUNTER, PIN)
    assert counter.at_the_door(Role.COUNTER, PIN) is SignInOutcome.LOCKED


@pytest.mark.parametrize("role", [Role.HELPER, Role.IT])
def test_no_other_role_sits_at_the_line_and_none_opens_a_case_after_trying(counter: Counter, role: Role) -> None:
    with closing(counter.proven()) as connection:
        said = ask(connection, do="begin", number=str(counter.staff[role].number), secret=PIN)
        assert "only counter staff" in said["error"]["says"]
        assert "nobody signed in" in ask(connection, do="open", reference="X")["error"]["says"]


def test_a_sitting_is_one_line_and_ends_with_it(counter: Counter) -> None:
    number = str(counter.staff[Role.COUNTER].number)
    with closing(counter.proven()) as connection, closing(counter.proven()) as other:
        assert ask(connection, do="begin", number=number, secret=PIN) == {"done": True}
        assert "nobody signed in" not in str(ask(connection, do="open", reference="X"))
        assert "nobody signed in" in str(ask(other, do="open", reference="X"))
        desk_wire.send(connection, {"do": "end"})
        assert is_shut(connection)
        assert "nobody signed in" in str(ask(other, do="open", reference="X"))
