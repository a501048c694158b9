# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line between desk and sync service, with a real service in a process of its own and a real socket."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from multiprocessing.connection import Client, Connection
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.desk_counter import counter_desk, open_work_list
from commands.joining import data_dir, open_counter, open_database, open_store, read_public_key
from commands.system_clock import SystemClock
from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from domain.counter import CounterDesk, Stage, WorkItem
from domain.document_seen import DocumentSeen, SeenCheck, SeenKind
from domain.errors import CounterError
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from domain.submission import Submission
from sync import desk_wire
from sync.act_book import SqliteActBook
from sync.practice import PracticeBackEnd
from sync.staff_book import STAFF, STAFF_KEY, SqliteStaffBook, StaffFile
from sync.staff_seal import StaffSeal, staff_key
from tests.sync.road import CASE_TYPES, RSIN
from tests.sync.samples import MARK, hand_in

REPOSITORY = Path(__file__).resolve().parents[2]
PIN, BADGE = "402871", "04A1-B2C3"
PATIENCE_S = 30.0
STAFF_ID = StaffId("oefenaar")
WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="sockets of Unix")


def until(is_so: Callable[[], object]) -> None:
    """Wait for another process."""
    ends, pause = time.monotonic() + PATIENCE_S, threading.Event()
    while not is_so():
        assert time.monotonic() < ends, "it did not come"
        pause.wait(0.02)


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, back_end: PracticeBackEnd) -> Path:
    (tmp_path / "secret").write_text(back_end.secret)
    file = tmp_path / "settings.toml"
    file.write_text(
        f'[device]\nid = "balie-01"\nrsin = "{RSIN}"\ndata_dir = "data"\n'
        f'[sync]\nclient_id = "{back_end.client_id}"\nsecret_file = "secret"\n'
        f'zaken = "{back_end.urls.zaken}"\ndocumenten = "{back_end.urls.documenten}"\n'
        f'catalogi = "{back_end.urls.catalogi}"\n'
    )
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


@pytest.fixture
def members(settings: Settings) -> dict[Role, StaffMember]:
    folder = data_dir(settings)
    now = SystemClock().now()
    with closing(StaffFile(folder / STAFF)) as file:
        book = SqliteStaffBook(file, StaffSeal(staff_key(folder / STAFF_KEY)))
        found = {role: book.add(role.value, role, PIN, now, is_start_pin=False) for role in (Role.IT, Role.COUNTER)}
        book.give_badge(found[Role.COUNTER].number, BADGE, now)
    return found


@contextmanager
def service(config: Path, settings: Settings, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `loket sync` until the block ends."""
    log = (config.parent / "sync.log").open("wb")
    command = [sys.executable, str(REPOSITORY / "main.py"), "sync", "--config", str(config), *options]
    with log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            until(lambda: _answers(data_dir(settings)) or process.poll() is not None)
            assert process.poll() is None, (config.parent / "sync.log").read_text()
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


SEEN = DocumentSeen(SeenKind.PASSPORT, datetime(2026, 11, 22, 9, 5, tzinfo=UTC), (SeenCheck.SIGNATURE, SeenCheck.CHIP))
SEEN_TEXT = (
    "Document gezien: paspoort, 22-11 10:05, gecontroleerd door de chip: "
    "handtekening van het land klopt, chip is geen kopie"
)


@contextmanager
def sitting(settings: Settings, member: StaffMember, secret: str = PIN) -> Iterator[CounterDesk]:
    desk = counter_desk(settings)
    desk.begin(member, secret)
    try:
        yield desk
    finally:
        desk.end()


def submit(settings: Settings, seen: DocumentSeen | None = None) -> Submission:
    sealer = read_public_key(settings)
    with closing(open_database(settings)):
        return hand_in(open_store(settings), sealer, at=SystemClock().now(), document_seen=seen)


def listed(settings: Settings) -> list[WorkItem]:
    return list(open_work_list(settings).page(50))


def test_a_case_comes_from_the_case_system_and_is_opened(
    config: Path, settings: Settings, members: dict[Role, StaffMember]
) -> None:
    made = submit(settings, SEEN)
    with service(config, settings), sitting(settings, members[Role.COUNTER]) as desk:
        until(lambda: _is_delivered(settings, made))
        desk.refresh()

        [item] = listed(settings)
        assert (item.reference, item.stage) == (made.header.reference, Stage.NEW)
        case = desk.open(item.reference)
        assert case.lines == made.lines
        assert [event.text for event in case.seen] == [SEEN_TEXT]
        assert case.initiator == made.initiator
        assert case.version
        assert desk.document(item.reference, case.documents[0].key) == made.documents[0].content
        desk.end()
        with pytest.raises(CounterError):
            desk.open(item.reference)
    rows = _audit(settings)
    assert ("case-opened", f"{made.header.reference} {members[Role.COUNTER].staff_id}") in rows
    assert MARK.encode() not in _all_readable(settings, config)


def test_a_case_that_waits_here_is_opened_with_what_staff_did(
    config: Path, settings: Settings, members: dict[Role, StaffMember], back_end: PracticeBackEnd
) -> None:
    back_end.stop()  # no network
    made = submit(settings, SEEN)
    member = members[Role.COUNTER]
    header = ActHeader(
        new_act_id(), made.header.reference, ActKind.DOCUMENT_SEEN, SystemClock().now(), str(member.number), "", ""
    )
    with closing(open_counter(settings)) as file:
        act = CaseAct(header, "B. Balie", "ID-kaart gezien 21-11 10:05 door rol balie")
        SqliteActBook(file, read_public_key(settings)).record(act)

    with service(config, settings), sitting(settings, member, BADGE) as desk:
        case = desk.open(made.header.reference)
        assert (case.item.stage, case.version, case.item.acts_waiting) == (Stage.HERE, "", 1)
        assert case.lines == made.lines
        assert [event.text for event in case.seen] == [SEEN_TEXT, "ID-kaart gezien 21-11 10:05 door rol balie"]
        assert desk.document(made.header.reference, case.documents[0].key) == made.documents[0].content
        desk.refresh()
        until(lambda: open_work_list(settings).news().reason == "unreachable")


def test_only_counter_staff_with_the_right_secret_come_in(
    config: Path, settings: Settings, members: dict[Role, StaffMember]
) -> None:
    made = submit(settings)
    with service(config, settings):
        for member, secret in [(members[Role.COUNTER], "111222"), (members[Role.IT], PIN), (members[Role.COUNTER], "")]:
            desk = counter_desk(settings)
            with pytest.raises(CounterError):
                desk.begin(member, secret)
            with pytest.raises(CounterError):
                desk.open(made.header.reference)


def test_says_so_when_the_service_is_not_there(settings: Settings, members: dict[Role, StaffMember]) -> None:
    with pytest.raises(CounterError) as caught:
        counter_desk(settings).begin(members[Role.COUNTER], PIN)
    assert "not there" in caught.value.says


def test_notices_a_service_that_was_killed(config: Path, settings: Settings, members: dict[Role, StaffMember]) -> None:
    with service(config, settings) as process, sitting(settings, members[Role.COUNTER]) as desk:
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)
        with pytest.raises(CounterError):
            desk.open("K473-93FM-0X52-P8")
        with pytest.raises(CounterError):
            counter_desk(settings).begin(members[Role.COUNTER], PIN)
    with service(config, settings), sitting(settings, members[Role.COUNTER]):
        pass  # what the killed one left is no hindrance


def test_a_tied_service_ends_with_who_started_it(config: Path, settings: Settings) -> None:
    command = [sys.executable, str(REPOSITORY / "main.py"), "sync", "--config", str(config), "--tied"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        until(lambda: _answers(data_dir(settings)) or process.poll() is not None)
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
    assert desk_wire.read_note(data_dir(settings)) is None


@WINDOWS
def test_a_tied_service_ends_quietly_when_it_is_asked_to(config: Path, settings: Settings) -> None:
    command = [sys.executable, str(REPOSITORY / "main.py"), "sync", "--config", str(config), "--tied"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        until(lambda: _answers(data_dir(settings)) or process.poll() is not None)
        process.terminate()
        assert process.stderr is not None
        assert b"Fatal" not in process.stderr.read()
        assert process.wait(PATIENCE_S) == 0


def test_a_sitting_begins_when_the_service_comes_later(
    config: Path, settings: Settings, members: dict[Role, StaffMember], back_end: PracticeBackEnd
) -> None:
    back_end.stop()
    made = submit(settings)
    desk, gone = counter_desk(settings), counter_desk(settings)
    for each in (desk, gone):
        with pytest.raises(CounterError):
            each.begin(members[Role.COUNTER], PIN)
    gone.end()
    with service(config, settings):
        until(lambda: _opens(desk, made))
        assert not _opens(gone, made), "who signed out or locked does not sit there after all"
    desk.end()


@WINDOWS
def test_no_garbage_and_no_silence_stops_the_service(
    config: Path, settings: Settings, members: dict[Role, StaffMember], back_end: PracticeBackEnd
) -> None:
    back_end.stop()
    made = submit(settings)
    with service(config, settings), sitting(settings, members[Role.COUNTER]) as desk:
        meeting = desk_wire.read_note(data_dir(settings))
        assert meeting is not None
        silent = [Client(meeting.address) for _ in range(4)]  # say nothing at all
        for rubbish in (b"", b"\x80\x04\x95", b"x" * 32, b"y" * (desk_wire.LARGEST_REQUEST + 1)):
            with closing(Client(meeting.address)) as line, suppress(OSError):
                line.send_bytes(rubbish)
                line.send_bytes(rubbish)
        for message in (b"[]", b"{", b'{"do": "open"}', b'{"do": 7}', b'{"do": "begin", "number": [], "secret": {}}'):
            with closing(Client(meeting.address)) as line:
                desk_wire.prove(line, meeting.key, "desk")
                with suppress(OSError, EOFError):
                    line.send_bytes(message)
                    assert b"error" in line.recv_bytes()
        with closing(Client(meeting.address)) as line:
            desk_wire.prove(line, meeting.key, "desk")
            os.write(line.fileno(), b"\x00\x00\x10\x00half a message")  # and then killed
        with closing(Client(meeting.address)) as line:
            desk_wire.prove(line, meeting.key, "desk")
            with pytest.raises(desk_wire.WireError):
                _say_too_much(line)

        assert desk.open(made.header.reference).lines == made.lines
        for line in silent:
            line.close()


@WINDOWS
def test_a_peer_without_the_key_hears_nothing(
    config: Path, settings: Settings, members: dict[Role, StaffMember]
) -> None:
    with service(config, settings):
        meeting = desk_wire.read_note(data_dir(settings))
        assert meeting is not None
        with closing(Client(meeting.address)) as line, pytest.raises(desk_wire.WireError):
            desk_wire.prove(line, b"another key", "desk")
        files = [Path(meeting.address), data_dir(settings) / desk_wire.NOTE]
        assert [file.stat().st_mode & 0o077 for file in files] == [0, 0]
    assert not any(file.exists() for file in files)


def test_two_desks_sit_at_once(
    config: Path, settings: Settings, members: dict[Role, StaffMember], back_end: PracticeBackEnd
) -> None:
    back_end.stop()
    made = submit(settings)
    member = members[Role.COUNTER]
    with service(config, settings), sitting(settings, member) as one, sitting(settings, member) as other:
        assert one.open(made.header.reference) == other.open(made.header.reference)
        one.end()
        assert other.open(made.header.reference).lines == made.lines


@pytest.mark.parametrize("has_key", [False, True])
def test_a_library_opens_nothing(
    config: Path, settings: Settings, members: dict[Role, StaffMember], back_end: PracticeBackEnd, *, has_key: bool
) -> None:
    back_end.stop()
    made = submit(settings)
    if not has_key:
        (data_dir(settings) / "loket.key").unlink()  # the municipality's alone
    config.write_text(config.read_text().replace("[sync]", 'profile = "bibliotheek"\n[sync]'))
    library = load_settings(config)
    with service(config, library), sitting(library, members[Role.COUNTER]) as desk:
        for asks in (lambda: desk.open(made.header.reference), desk.take_in_library):
            with pytest.raises(CounterError) as caught:
                asks()
            assert "key is not on this device" in caught.value.says
        with pytest.raises(CounterError):
            desk.refresh()
        assert listed(library)[0].stage is Stage.HERE


def test_says_why_the_list_cannot_be_filled(config: Path, settings: Settings, members: dict[Role, StaffMember]) -> None:
    submit(settings)
    (data_dir(settings) / "loket.pub").write_text("no key at all")
    with service(config, settings), sitting(settings, members[Role.COUNTER]) as desk:
        desk.refresh()
        assert open_work_list(settings).news().reason == "sealing"
        with pytest.raises(CounterError):
            desk.open("nobody")


def test_practice_needs_no_pin_and_sends_nothing(tmp_path: Path) -> None:
    config = tmp_path / "practice.toml"
    config.write_text('[device]\nid = "oefenen"\ndata_dir = "data"\nis_practice = true\n')
    settings = load_settings(config)
    made = submit(settings)
    anybody = StaffMember(STAFF_ID, 0, "Oefenaar", Role.COUNTER)
    with service(config, settings, "--practice"), sitting(settings, anybody, "") as desk:
        assert desk.open(made.header.reference).lines == made.lines
        with pytest.raises(CounterError):
            desk.take_in_library()


def test_serves_desks_where_no_case_system_is_configured(tmp_path: Path) -> None:
    config = tmp_path / "alone.toml"
    config.write_text('[device]\nid = "balie-01"\ndata_dir = "data"\nis_practice = true\n')
    settings = load_settings(config)
    made = submit(settings)
    with service(config, settings), sitting(settings, StaffMember(STAFF_ID, 0, "", Role.COUNTER), "") as desk:
        assert desk.open(made.header.reference).lines == made.lines
        with pytest.raises(CounterError) as caught:
            desk.refresh()
        assert "no case system" in caught.value.says


def _opens(desk: CounterDesk, made: Submission) -> bool:
    try:
        return desk.open(made.header.reference).lines == made.lines
    except CounterError:
        return False


def _say_too_much(line: Connection) -> None:
    desk_wire.send(line, {"do": "open", "reference": "z" * desk_wire.LARGEST_REQUEST})
    desk_wire.receive(line, 1000, PATIENCE_S)


def _answers(folder: Path) -> bool:
    meeting = desk_wire.read_note(folder)
    try:
        if meeting is not None:
            Client(meeting.address).close()
    except OSError:
        return False
    return meeting is not None


def _is_delivered(settings: Settings, made: Submission) -> bool:
    with closing(open_database(settings)) as database:
        row = database.row("SELECT state FROM outbox WHERE case_id = ?", (made.header.case_id,))
    return row is not None and row["state"] == "delivered"


def _audit(settings: Settings) -> set[tuple[str, str]]:
    with closing(open_database(settings)) as database:
        return {(row["event"], row["detail"]) for row in database.rows("SELECT event, detail FROM audit_log")}


def _all_readable(settings: Settings, config: Path) -> bytes:
    files = [file for file in data_dir(settings).rglob("*") if file.is_file() and not file.name.endswith(".key")]
    return b"".join(file.read_bytes() for file in [*files, config.parent / "sync.log"])
