# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads by a child process that may do anything: it crashes, hangs, talks nonsense, and each reading ends once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Condition
from time import monotonic

import pytest

from domain.setting_types import IdDocumentSettings
from kiosk.devices import id_reader
from kiosk.devices.emrtd.document import Can, Reading
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader import IdReader, Patience, child_command, make_id_reader
from kiosk.devices.id_reader_port import Presence, Progress
from tests.kiosk.devices.reader_window import KEY, LATE_S, FixedClock, Window

REPOSITORY = Path(__file__).resolve().parents[3]
PATIENT = Patience(20, 20, 20)

# What every child below begins with.
HEAD = """
import json, os, sys, threading
def say(**what): print(json.dumps(what), flush=True)
def order(): return sys.stdin.readline()
def hang(): threading.Event().wait()
def read(state="wrong_key", **more):
    say(reading=dict(state=state, passive="held", active="held", chip="held", tries_left=None, says="", **more))
BODY = dict(kind="id_card", issuer="UTO", surname="Voorbeeld", given_names="Noor", birth_date="1985-03-12",
            expiry_date="2031-08-02", is_expired=False, is_cut_off=False)
say(presence="card"); say(presence="card")
"""


class Room:
    """Makes readers with a child of this body, and closes them."""

    def __init__(self) -> None:
        self.readers: list[IdReader] = []

    def window(self, body: str, patience: Patience = PATIENT, head: str = HEAD) -> Window:
        self.readers.append(IdReader([sys.executable, "-S", "-c", head + body], FixedClock(), patience))
        return Window(self.readers[-1])


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    for reader in room.readers:
        reader.close()


def children() -> set[int]:
    """Give the processes that this one started and that still run."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # the thread, or the child, ended while we looked
            for pid in (task / "children").read_text().split():
                if is_running(int(pid)):
                    found.add(int(pid))
    return found


def gone(pids: set[int]) -> bool:
    ends = monotonic() + LATE_S
    while pids & children():
        if monotonic() > ends:
            return False
        pause()
    return True


def pause() -> None:
    nobody = Condition()
    with nobody:
        nobody.wait(0.01)


# --- a reading -----------------------------------------------------------------------------------------------------


def test_brings_the_reading_and_each_step_before_it(room: Room) -> None:
    window = room.window(
        'order(); say(step="access", share=0.1); say(step="files", share=0.5); read("done", document=BODY)'
    )
    window.ask()
    reading = window.reading()
    assert reading.state is CardState.DONE
    assert reading.document is not None
    assert (reading.document.surname, reading.document.given_names) == ("Voorbeeld", "Noor")
    assert window.steps == [Progress(Step.ACCESS, 0.1), Progress(Step.FILES, 0.5)]


def test_ends_a_reading_once_whatever_comes_after_it(room: Room) -> None:
    window = room.window('order(); read("done", document=BODY); read("timeout"); print("nonsense", flush=True)')
    window.ask()
    window.reading()
    window.reader.close()
    assert len(window.readings) == 1


def test_reads_the_next_document_in_another_process(room: Room) -> None:
    window = room.window('order(); read("wrong_key"); say(presence="empty"); hang()')
    window.watch()
    assert window.sees(Presence.CARD)
    before = children()
    window.ask()
    assert window.reading().state is CardState.WRONG_KEY
    window.ask()
    assert window.reading(2).state is CardState.WRONG_KEY
    assert gone(before)


def test_gives_the_key_by_standard_input_alone(room: Room) -> None:
    body = """
line = order()
seen = json.dumps(sys.orig_argv) + json.dumps(dict(os.environ))
number = "65" + "4321"
read("wrong_key" if number in line and number not in seen else "blocked")
"""
    window = room.window(body)
    window.ask(Can("654321"))
    assert window.reading().state is CardState.WRONG_KEY


def test_gives_the_child_nothing_of_its_environment(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_CONFIG", "/etc/loket.toml")
    monkeypatch.setenv("LD_PRELOAD_X", "x")
    monkeypatch.delenv("PCSCLITE_CSOCK_NAME", raising=False)
    window = room.window('order(); left = set(os.environ) - {"LC_CTYPE"}; read("blocked" if left else "wrong_key")')
    window.ask()
    assert window.reading().state is CardState.WRONG_KEY


def test_tells_the_child_where_pcscd_is_when_it_is_elsewhere(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", "/elsewhere")
    window = room.window(
        'order(); read("wrong_key" if os.environ["PCSCLITE_CSOCK_NAME"] == "/elsewhere" else "blocked")'
    )
    window.ask()
    assert window.reading().state is CardState.WRONG_KEY


# --- a child that does what it should not ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "order(); os._exit(0)",
        "order(); os.abort()",
        'order(); print("nonsense", flush=True); hang()',
        "order(); os.write(1, bytes(range(256)) + bytes([10])); hang()",
        'order(); os.write(1, b"x" * 100_000); hang()',
        'order(); read("done"); hang()',  # without a document
        'order(); read("done", document=dict(BODY, surname="\\x1b[2J")); hang()',
        'order(); say(step="files", share=7); hang()',
        "order()\nwhile True: say(reading=[])",
    ],
)
def test_ends_in_a_violation_when_the_child_crashes_or_talks_nonsense(room: Room, body: str) -> None:
    window = room.window(body)
    window.ask()
    assert window.reading().state is CardState.PROTOCOL_VIOLATION
    assert "Voorbeeld" not in window.reading().says


def test_says_service_down_when_no_child_can_be_started(room: Room) -> None:
    room.readers.append(reader := IdReader(["/nowhere/at-all"], FixedClock(), PATIENT))
    window = Window(reader)
    window.ask()
    assert window.reading().state is CardState.SERVICE_DOWN


def test_says_service_down_when_each_child_dies_before_it_can_begin(room: Room) -> None:
    window = room.window("os._exit(1)", head="import os\n")
    window.watch()
    assert window.sees(Presence.SERVICE_DOWN)


def test_takes_a_child_that_says_nothing_more_for_a_service_that_hangs(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_reader, "SILENCE_S", 0.2)
    window = room.window("order(); hang()")
    window.ask()
    assert window.reading().state is CardState.SERVICE_DOWN


# --- time ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patience", "body", "says"),
    [
        (
            Patience(20, 20, 0.3),
            "order(); say(presence='empty')\nwhile True: say(presence='empty'); order()",
            "no card",
        ),
        (Patience(0.3, 20, 20), "say(step='access', share=0); say(exchange=True); hang()", "one answer"),
        (
            Patience(0.3, 20, 20),
            "say(step='files', share=0)\nfor on in (True, False, True, False, True): say(exchange=on)\nhang()",
            "one answer",
        ),
        (
            Patience(20, 0.3, 20),
            "say(step='access', share=0)\nwhile True: say(exchange=True); say(exchange=False)",
            "opening",
        ),
        (
            Patience(20, 0.1, 3),
            "say(step='files', share=0.4)\nwhile True: say(exchange=True); say(exchange=False)",
            "whole",
        ),
        (Patience(20, 20, 3), "say(step='files', share=0.4); hang()", "whole"),
    ],
)
def test_ends_in_time_whatever_takes_too_long(room: Room, patience: Patience, body: str, says: str) -> None:
    window = room.window(body if body.startswith("order") else f"order(); {body}", patience)
    window.ask()
    reading = window.reading()
    assert reading.state is CardState.TIMEOUT
    assert says in reading.says


def test_is_as_patient_as_the_settings_say() -> None:
    reader = make_id_reader(IdDocumentSettings(Path("/csca"), "omni", 3, 9, 33), FixedClock())
    assert reader._patience == Patience(3, 9, 33)
    assert reader._command == child_command(Path("/csca"), "omni")
    assert make_id_reader(IdDocumentSettings(), FixedClock(), reader="other")._command[-2:] == ("--reader", "other")


# --- stopping ------------------------------------------------------------------------------------------------------


def test_calls_nobody_after_it_was_cancelled_and_ends_the_child(room: Room) -> None:
    window = room.window('order(); say(step="files", share=0.5); hang()')
    window.ask()
    assert window.hears(Step.FILES)
    working = children()
    window.reader.cancel()
    assert gone(working)
    assert window.readings == []
    assert room.readers[0]._job is None


def test_keeps_watching_after_a_reading_was_cancelled(room: Room) -> None:
    window = room.window('order(); say(presence="empty"); say(step="files", share=0.5); hang()')
    window.watch()
    window.ask()
    assert window.hears(Step.FILES)
    window.reader.cancel()
    with window.news:
        assert window.news.wait_for(lambda: window.presences[-1] is Presence.CARD, LATE_S)  # of the next child


def test_begins_anew_when_it_is_asked_while_it_reads(room: Room) -> None:
    body = 'line = order()\nif "111111" in line: say(step="files", share=0.5); hang()\nread("blocked")'
    window = room.window(body)
    window.ask(Can("111111"))
    assert window.hears(Step.FILES)
    window.ask(Can("222222"))
    assert window.reading().state is CardState.BLOCKED
    assert len(window.readings) == 1


def test_closes_at_once_though_the_child_hangs(room: Room) -> None:
    window = room.window('order(); say(step="files", share=0.5); say(exchange=True); hang()')
    window.ask()
    assert window.hears(Step.FILES)
    working = children()
    began = monotonic()
    window.reader.close()
    assert monotonic() - began < 2
    assert gone(working)
    window.ask()  # and nothing comes of it
    assert children() & working == set()
    assert window.readings == []


def test_may_be_closed_and_asked_again_from_its_own_callback(room: Room) -> None:
    window = room.window('order(); read("wrong_key")')
    ended = Condition()
    found: list[Reading] = []

    def done(reading: Reading) -> None:
        with ended:
            found.append(reading)
            ended.notify_all()
        if len(found) < 3:
            window.reader.read(KEY, lambda progress: None, done)
        else:
            window.reader.close()

    window.reader.read(KEY, lambda progress: None, done)
    with ended:
        assert ended.wait_for(lambda: len(found) == 3, LATE_S)


def test_keeps_nothing_of_the_person_once_it_is_done(room: Room) -> None:
    window = room.window('order(); read("done", document=BODY)')
    window.ask()
    window.reading()
    window.readings.clear()
    reader = room.readers[0]
    assert reader._job is None
    held = repr({name: value for name, value in vars(reader).items() if name != "_command"})
    assert "Voorbeeld" not in held
    assert "123456" not in held


# --- the real child ------------------------------------------------------------------------------------------------

LOOKS_AT_ITSELF = """
import sys, threading
from kiosk.devices.id_reader import IdReader, Patience, child_command
from commands.system_clock import SystemClock
reader = IdReader(child_command(None, ""), SystemClock())
seen = threading.Event()
reader.watch(lambda presence: seen.set())
seen.wait(20)
print(reader._child.process.pid, flush=True)
threading.Event().wait()
"""


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PCSCLITE_CSOCK_NAME": "/nowhere/pcscd.comm"}
    process = subprocess.Popen(
        [sys.executable, "-c", LOOKS_AT_ITSELF], stdout=subprocess.PIPE, cwd=REPOSITORY, env=environment
    )
    with process:
        yield process
        process.kill()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_dies_with_its_parent_and_bounds_itself(parent: subprocess.Popen[bytes]) -> None:
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    limits = {line[:26].strip(): line[26:].split()[0] for line in Path(f"/proc/{pid}/limits").read_text().splitlines()}
    assert limits["Max core file size"] == "0"
    assert limits["Max file size"] == "0"
    assert int(limits["Max address space"]) == 512 << 20
    assert is_running(pid)
    parent.kill()
    ends = monotonic() + LATE_S
    while is_running(pid):
        assert monotonic() < ends
        pause()
