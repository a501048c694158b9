# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every place where something of a visitor could stay behind, and how each is read: files, tables, queues, memory.

It only reads. What to look for is `commands.wipe_marks`'s; planting and judging is `commands.wipe_proof`'s.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from commands.joining import COPIES, STORE
from commands.wipe_marks import Marks
from domain.errors import StoreError
from sync.database import Database
from sync.store_values import every_value

BLOCK = 8 * 1024 * 1024
LARGEST_FILE = 256 * 1024 * 1024  # a larger one in a temp folder was not written by a visit
LARGEST_REGION = 512 * 1024 * 1024
SPOOL = Path("/var/spool/cups")
DUMPS = (Path("/var/lib/systemd/coredump"), Path("/var/crash"))
PATIENCE_S = 10.0
# What a page, a picture or a recording begins with. None belongs in the clear in any of our folders.
DOCUMENTS = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"RIFF", b"OggS", b"fLaC", b"ID3")
DOCUMENT = "document"
PAPER_FOLDER = "simulated-printer"  # `--simulate` writes what would be paper there: the visitor takes it along


@dataclass(frozen=True, slots=True)
class Found:
    """A mark that should not be there: the place and the kind of field, never what stands around it."""

    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `pieces` gives what stands in it now and raises OSError where it may not be read."""

    name: str
    pieces: Callable[[], Iterable[bytes]]
    may_hold_documents: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """What a search gave."""

    searched: tuple[str, ...]
    unreadable: tuple[str, ...]
    found: tuple[Found, ...]


def search(places: Iterable[Place], marks: Marks) -> Search:
    """Look for every mark in every place."""
    searched: list[str] = []
    unreadable: list[str] = []
    found: dict[Found, None] = {}
    for place in places:
        try:
            for piece in place.pieces():
                for kind in marks.kinds_in(piece):
                    found[Found(place.name, kind)] = None
                if not place.may_hold_documents and piece.startswith(DOCUMENTS):
                    found[Found(place.name, DOCUMENT)] = None
        except (OSError, StoreError):
            unreadable.append(place.name)
        else:
            searched.append(place.name)
    return Search(tuple(searched), tuple(unreadable), tuple(found))


def file_places(
    data_dir: Path,
    since: float,
    pictures: Path | None = None,
    *,
    is_paper_here: bool = False,
    media: Iterable[Path] = (),
) -> list[Place]:
    """Give the places on disk: all of the data directory, and what is new since then everywhere else that is ours."""
    store = data_dir / STORE
    copies = data_dir / COPIES
    apart = {store, *(store.with_name(STORE + ending) for ending in ("-wal", "-shm")), copies}
    if is_paper_here:
        apart.add(data_dir / PAPER_FOLDER)
    # Wherever the settings put them, pictures and clips belong there; marks do not.
    apart |= {folder for folder in media if folder.is_relative_to(data_dir)}
    places = [
        Place("store", lambda: _tables(store)),
        *(
            Place(path.name, _reader(path), may_hold_documents=False)
            for path in sorted(apart)
            if path.name[:5] == STORE[:5]
        ),
        Place("second copies", lambda: tree(copies), may_hold_documents=False),
        Place("data directory", lambda: tree(data_dir, without=apart), may_hold_documents=False),
        Place("core dumps", lambda: _dumps(data_dir, since)),
        *(
            Place(name, _new_in(folder, since, without={data_dir}), may_hold_documents=_is_shared(folder))
            for name, folder in temp_folders()
        ),
        Place("home", _new_in(Path.home(), since, without={data_dir, *dict(temp_folders()).values()}, is_hidden=True)),
        Place("print spool", lambda: _new_in(SPOOL, since)() if SPOOL.exists() else ()),
        Place("print queue", _print_queue),
        Place("journal", lambda: _journal(since)),
    ]
    places += [Place("media", lambda folder=folder: tree(folder)) for folder in media]  # type: ignore[misc]
    if pictures is not None:
        places.append(Place("pictures", lambda: tree(pictures)))
    return places


def memory_place(name: str, pid: int) -> Place:
    """Give the memory of a living process that it can write in, and its command line and surroundings."""
    return Place(name, lambda: _memory(pid))


def text_place(name: str, text: Callable[[], str | bytes]) -> Place:
    """Give a place whose content is told, such as a clipboard."""

    def pieces() -> Iterator[bytes]:
        told = text()
        yield told if isinstance(told, bytes) else told.encode()

    return Place(name, pieces)


def tree(folder: Path, *, without: Iterable[Path] = (), newer_than: float = 0.0) -> Iterator[bytes]:
    """Give the names and the content of all files under a folder that are ours."""
    apart = set(without)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        with os.scandir(folder) as entries:
            listed = list(entries)
        for entry in listed:
            path = Path(entry.path)
            if path in apart:
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # it went while we looked
            if entry.is_dir(follow_symlinks=False):
                yield entry.name.encode(errors="surrogateescape")
                with contextlib.suppress(PermissionError):
                    yield from tree(path, without=apart, newer_than=newer_than)
            elif entry.is_file(follow_symlinks=False) and _is_ours(status) and status.st_mtime >= newer_than:
                yield entry.name.encode(errors="surrogateescape")
                with contextlib.suppress(FileNotFoundError):
                    yield from _blocks(path)


def _is_shared(folder: Path) -> bool:
    """Tell whether others write here too: a page of theirs would close the device. A mark is a mark anywhere."""
    try:
        return bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return False


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == (os.getuid() if hasattr(os, "getuid") else status.st_uid) and status.st_size <= LARGEST_FILE


def _blocks(path: Path, overlap: int = 4096) -> Iterator[bytes]:
    """Give a file in blocks that overlap, so that nothing hides on a border."""
    before = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield before + block
            before = block[-overlap:]


def _reader(path: Path) -> Callable[[], Iterable[bytes]]:
    return lambda: _blocks(path) if path.exists() else ()


def _tables(store: Path) -> Iterator[bytes]:
    if not store.exists():
        return
    with closing(Database(store)) as database:
        yield from every_value(database)


def temp_folders() -> list[tuple[str, Path]]:
    """Give the folders where programs put what they need for a moment, each once."""
    named = (
        ("temp folder", tempfile.gettempdir()),
        ("lasting temp folder", "/var/tmp"),  # noqa: S108  it is only read
        ("shared memory", "/dev/shm"),  # noqa: S108  it is only read
        ("runtime folder", os.environ.get("XDG_RUNTIME_DIR", "")),
    )
    found: dict[Path, str] = {}
    for name, folder in named:
        if folder and Path(folder).is_dir():
            found.setdefault(Path(folder).resolve(), name)
    return [(name, path) for path, name in found.items()]


def _new_in(
    folder: Path, since: float, *, without: Iterable[Path] = (), is_hidden: bool = False
) -> Callable[[], Iterable[bytes]]:
    apart = set(without)

    def pieces() -> Iterator[bytes]:
        if not is_hidden:
            yield from tree(folder, without=apart, newer_than=since)
            return
        for name in (".cache", ".config", ".local", ".cups", ".recently-used", ".xsession-errors", ".python_history"):
            path = folder / name
            if path.is_dir():
                yield from tree(path, without=apart, newer_than=since)
            elif path.is_file() and path.stat().st_mtime >= since:
                yield from _blocks(path)

    return pieces


def _dumps(data_dir: Path, since: float) -> Iterator[bytes]:
    for folder in (*DUMPS, data_dir, Path.cwd()):
        if folder.is_dir():
            for path in folder.iterdir():
                if path.name.startswith("core") and path.is_file() and path.stat().st_mtime >= since:
                    yield from _blocks(path)


def _print_queue() -> Iterator[bytes]:
    for command in (("lpstat", "-W", "not-completed", "-o"), ("lpstat", "-W", "completed", "-o")):
        yield _said_by(*command)


def _journal(since: float) -> Iterator[bytes]:
    yield _said_by("journalctl", "--no-pager", "-q", "-o", "cat", "--since", f"@{int(since)}")


def _said_by(program: str, *arguments: str) -> bytes:
    found = shutil.which(program)
    if found is None:
        return b""
    try:
        return subprocess.run([found, *arguments], capture_output=True, timeout=PATIENCE_S, check=False).stdout
    except subprocess.TimeoutExpired as error:
        raise OSError(program) from error


def _memory(pid: int) -> Iterator[bytes]:
    proc = Path(f"/proc/{pid}")
    yield (proc / "cmdline").read_bytes()
    yield (proc / "environ").read_bytes()
    overlap = 4096
    with (proc / "mem").open("rb", buffering=0) as memory:
        for line in (proc / "maps").read_text(encoding="ascii", errors="replace").splitlines():
            span, rights, _, _, _, *name = line.split(maxsplit=5)
            start, end = (int(bound, 16) for bound in span.split("-"))
            if "r" not in rights or "w" not in rights or end - start > LARGEST_REGION or name[:1] == ["[vvar]"]:
                continue
            before = b""
            for at in range(start, end, BLOCK):
                try:
                    memory.seek(at)
                    block = memory.read(min(BLOCK, end - at))
                except OSError:
                    break  # a region of a device, or one that went meanwhile
                yield before + block
                before = block[-overlap:]
