# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A leak that is planted in a place is found there: one test a place. The writers here are the tests' own."""

from __future__ import annotations

import base64
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands.joining import COPIES, STORE
from commands.wipe_marks import KINDS, PHOTO, RECORDING, WORDY, Marks, new_marks
from commands.wipe_places import Found, Place, file_places, memory_place, search, text_place
from sync.database import Database


@dataclass(frozen=True)
class Device:
    """A device with nothing of anybody, and one visitor's marks."""

    data: Path
    outside: Path
    marks: Marks

    @property
    def typed(self) -> str:
        return self.marks.typed()["text"]

    def places(self) -> list[Place]:
        return file_places(self.data, 0.0, self.outside / "pictures")

    def found(self) -> tuple[Found, ...]:
        return search(self.places(), self.marks).found


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Device]:
    data, outside = tmp_path / "data", tmp_path / "outside"
    for folder in ("temp", "home/.cache", "runtime", "pictures", "spool", "bin", "lasting", "shared"):
        (outside / folder).mkdir(parents=True)
    data.mkdir()
    monkeypatch.setenv("HOME", str(outside / "home"))
    monkeypatch.setenv("PATH", str(outside / "bin"))
    monkeypatch.setattr("commands.wipe_places.SPOOL", outside / "spool")
    monkeypatch.setattr("commands.wipe_places.DUMPS", ())
    folders = {name: outside / where for name, where in TEMP_FOLDERS.items()}
    monkeypatch.setattr("commands.wipe_places.temp_folders", lambda: list(folders.items()))
    monkeypatch.chdir(outside)
    with closing(Database(data / STORE)):
        yield Device(data, outside, new_marks())


TEMP_FOLDERS = {
    "temp folder": "temp",
    "lasting temp folder": "lasting",
    "shared memory": "shared",
    "runtime folder": "runtime",
}


def test_finds_nothing_where_nothing_was_left(device: Device) -> None:
    assert device.found() == ()
    assert search(device.places(), device.marks).unreadable == ()


def test_finds_no_document_but_a_mark_where_pictures_and_clips_belong(device: Device) -> None:
    folder = device.data / "stemmen"
    folder.mkdir()
    (folder / "1.wav").write_bytes(b"RIFFxxxxWAVE")
    assert Found("data directory", "document") in device.found()
    places = file_places(device.data, 0.0, media=[folder])
    assert search(places, device.marks).found == ()

    (folder / "2.wav").write_bytes(b"RIFFxxxxWAVE" + device.typed.encode())

    assert search(places, device.marks).found == (Found("media", "text"),)


def in_a_table(device: Device) -> None:
    with closing(Database(device.data / STORE)) as database, database.writing() as connection:
        connection.execute(
            "INSERT INTO submissions VALUES (?, ?, 'bel', 1, '', '', ?, x'', x'')",
            (str(uuid.uuid4()), "x", device.typed.encode()),
        )


def in_a_file(where: str) -> Callable[[Device], None]:
    def write(device: Device) -> None:
        path = device.outside / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"before {device.typed} after", encoding="utf-8")

    return write


def in_the_data(name: str) -> Callable[[Device], None]:
    def write(device: Device) -> None:
        path = device.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(device.typed.encode())

    return write


def said_by(program: str) -> Callable[[Device], None]:
    def write(device: Device) -> None:
        path = device.outside / "bin" / program
        path.write_text(f"#!/bin/sh\necho {device.typed}\n", encoding="utf-8")
        path.chmod(0o755)

    return write


LEAKS: dict[str, tuple[str, Callable[[Device], None]]] = {
    "a column of the store": ("store", in_a_table),
    "raw bytes of the store": (STORE, in_the_data(STORE)),
    "the log of the store": (f"{STORE}-wal", in_the_data(f"{STORE}-wal")),
    "the index of that log": (f"{STORE}-shm", in_the_data(f"{STORE}-shm")),
    "a second copy": ("second copies", in_the_data(f"{COPIES}/one.case")),
    "a file in the data directory": ("data directory", in_the_data("drafts/one.draft")),
    "the name of a temp folder": ("temp folder", lambda device: (device.outside / "temp" / device.typed).mkdir()),
    "the temp folder": ("temp folder", in_a_file("temp/loket-visit-1-a/page")),
    "the lasting temp folder": ("lasting temp folder", in_a_file("lasting/x")),
    "shared memory": ("shared memory", in_a_file("shared/loket-visit-1-a/page")),
    "the runtime folder": ("runtime folder", in_a_file("runtime/x")),
    "what a completer or a recent list keeps": ("home", in_a_file("home/.local/share/recently-used.xbel")),
    "a speech cache on disk": ("home", in_a_file("home/.cache/clips/1.wav")),
    "the print spool": ("print spool", in_a_file("spool/d00001-001")),
    "the print queue": ("print queue", said_by("lpstat")),
    "the journal": ("journal", said_by("journalctl")),
    "a core dump": ("core dumps", in_the_data("core.4711")),
    "the folder of pictures": ("pictures", in_a_file("pictures/foto.txt")),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_finds_a_leak(device: Device, leak: str) -> None:
    place, plant = LEAKS[leak]
    plant(device)

    assert Found(place, "text") in device.found()


@pytest.mark.parametrize("place", ["clipboard", "selection", "screen", "log"])
def test_finds_a_leak_in_what_is_told(device: Device, place: str) -> None:
    told = search([text_place(place, lambda: f"x {device.typed} y")], device.marks)

    assert told.found == (Found(place, "text"),)


HOLDS = """
import sys
kept = sys.stdin.readline().strip()
wide = (kept + chr(0x1F600))
print("ready", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_finds_a_leak_in_the_memory_of_a_living_process(device: Device) -> None:
    command = [sys.executable, "-c", HOLDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(device.typed + "\n")
        process.stdin.flush()
        process.stdout.readline()
        found = search([memory_place("memory", process.pid)], device.marks)
        process.stdin.write("\n")

    assert found.found == (Found("memory", "text"),)


@pytest.mark.parametrize("kind", KINDS)
def test_names_the_kind_of_every_field(device: Device, kind: str) -> None:
    marks = device.marks
    content = {RECORDING: b"RIFF" + marks.pcm, PHOTO: marks.png}.get(kind) or marks.typed()[kind].encode()

    assert marks.kinds_in(b"before " + content + b" after") == {kind}


FORMS: dict[str, Callable[[str], bytes]] = {
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, the other way round": lambda text: text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "capitals": lambda text: text.upper().encode(),
    "small letters": lambda text: text.lower().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, a byte later": lambda text: base64.b64encode(b"x" + text.encode()),
    "base64, two bytes later": lambda text: base64.b64encode(b"xy" + text.encode()),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["text", "phone", "reference"])
def test_finds_a_mark_in_every_form(device: Device, form: str, kind: str) -> None:
    assert device.marks.kinds_in(FORMS[form](device.marks.typed()[kind])) == {kind}


@pytest.mark.parametrize("written", ["{0:%d-%m-%Y}", "{0.day}-{0.month}-{0.year}", "{0}"])
def test_finds_a_date_however_it_is_written(device: Device, written: str) -> None:
    assert device.marks.kinds_in(written.format(device.marks.born).encode()) == {"date"}


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"RIFF....WAVE", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_takes_a_readable_page_picture_or_recording_for_a_leak_whatever_is_in_it(
    device: Device, content: bytes
) -> None:
    (device.data / "left-behind").write_bytes(content)

    assert device.found() == (Found("data directory", "document"),)


def test_takes_a_page_of_others_in_a_folder_that_all_share_for_no_leak_but_a_mark_there_is_one(device: Device) -> None:
    shared = device.outside / "temp"
    (shared / "page.pdf").write_bytes(b"%PDF-1.7 x")
    assert device.found() == (Found("temp folder", "document"),), "the folder is ours alone"

    shared.chmod(0o1777)
    assert device.found() == ()

    (shared / "marked.pdf").write_bytes(b"%PDF-1.7 " + device.typed.encode())
    assert device.found() == (Found("temp folder", "text"),)


def test_finds_a_mark_on_the_border_of_two_blocks(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.wipe_places.BLOCK", 64)
    (device.data / "large").write_bytes(b"." * 60 + device.typed.encode() + b"." * 60)

    assert Found("data directory", WORDY[0]) in device.found()


def test_tells_which_place_it_may_not_read(device: Device) -> None:
    def refuses() -> Iterator[bytes]:
        raise PermissionError

    told = search([Place("locked", refuses)], device.marks)

    assert told.unreadable == ("locked",)
    assert told.searched == ()
