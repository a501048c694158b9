# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts a content package on the shelf, whole or not at all, and goes back to the one before.

What was unpacked is on the disk before it gets its name, and has its name before the pointer is switched: whenever the
power fails, what was in force is in force. Whether the content is good, the caller's `check` says.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from domain.content_package import ContentManifest, Taken, from_table, judge_place, judge_serial
from domain.errors import ContentBusyError, ContentError, ContentNotKeptError, ContentUnreadableError, StoreError
from sync.content_archive import MANIFEST, SIGNATURE, ArchiveReader
from sync.content_seal import name_of, opened, sum_of
from sync.content_shelf import POINTER, TAKEN, ContentShelf, Shelved, not_kept
from sync.content_versions import Versions, check_versions, joined, read_versions, versions_in
from sync.shared_folder import fit, make_folder
from sync.sole_sender import sole_sender

_DRAFT = ".incoming-"
_KEEPS = 3  # the one in force and two before: a visit that goes on still reads from the one it began with
_SPARE = 32 * 1024**2
_MOST_SUMS = 200
_VERSIONS = "versions"

Check = Callable[[Path], None]
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """What installing did; `was_in_force`: it was there already, and nothing was done."""

    manifest: ContentManifest
    was_in_force: bool = False


def made_at(folder: Path) -> datetime:
    """Give when the content in this folder was made; its signature was looked at before.

    Raises: OSError, ContentUnreadableError.
    """
    return from_table(json.loads((folder / MANIFEST).read_bytes())).made_at


def _no_step(_name: str) -> None:
    """Go on."""


class ContentInstaller:
    """Changes the shelf of one device; one process at a time."""

    def __init__(self, shelf: ContentShelf, municipality: str, check: Check, step: Step = _no_step) -> None:
        self._shelf = shelf
        self._municipality = municipality
        self._check = check
        self._step = step  # told before each thing that the power can cut off

    def install(self, package: Path) -> Installed:
        """Install a package and put it in force.

        Raises: ContentError; then everything is as it was.
        """
        with _opened(package) as file, self._alone():
            return self._install(file)

    def rollback(self) -> int:
        """Put the content in force that was before; give its serial, 0 for Loket's own.

        Raises: ContentError.
        """
        with self._alone():
            serials = self._shelf.serials()
            if not serials:
                raise ContentError("there is nothing to go back from", "Loket's own content is in force")
            # What is left must not come back by itself: it was taken, whatever its note says.
            self._note(serials[0], "", {})
            left = list(serials[1:])
            while left:
                try:
                    self._shelf.look(left[0], is_thorough=True)
                except ContentError:
                    del left[0]
                else:
                    break
            self._step("switch")
            self._write(POINTER, {"serials": left})
            return left[0] if left else 0

    def _install(self, file: BinaryIO) -> Installed:
        reader = ArchiveReader(file)
        signature, content = reader.opening()
        manifest = opened(signature, content, self._shelf.key)
        judge_place(manifest, self._municipality)
        standing = self._shelf.standing(is_thorough=True)
        manifest_sum = sum_of(content)
        if standing.content is not None and standing.content.sum == manifest_sum and standing.trouble is None:
            return Installed(manifest, was_in_force=True)
        judge_serial(manifest, manifest_sum, self._serial_in_force(), self._shelf.taken())
        self._see_room(manifest)
        draft = self._shelf.folder / f"{_DRAFT}{os.getpid()}"
        try:
            self._unpack(draft, signature, content, manifest, reader)
            self._step("check")
            versions = versions_in(draft)
            check_versions(versions, self._versions())
            self._check(draft)
            self._place(draft, manifest.serial)
        except OSError as error:
            raise not_kept(error) from None
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._shelf.look(manifest.serial, is_thorough=True)
        self._switch(Shelved(manifest, self._shelf.folder / str(manifest.serial), manifest_sum), versions)
        return Installed(manifest)

    def _serial_in_force(self) -> int:
        try:
            serials = self._shelf.serials()
        except ContentUnreadableError:
            return 0  # what was taken says what is old
        return serials[0] if serials else 0

    def _see_room(self, manifest: ContentManifest) -> None:
        try:
            free = shutil.disk_usage(self._shelf.folder).free
        except OSError as error:
            raise not_kept(error) from None
        if free < manifest.size + _SPARE:
            raise ContentNotKeptError("there is no room on the disk for this content", "make room, and try again")

    def _unpack(
        self, draft: Path, signature: bytes, content: bytes, manifest: ContentManifest, reader: ArchiveReader
    ) -> None:
        self._step("unpack")
        make_folder(draft)
        folders = {draft}
        for name, found in ((SIGNATURE, signature), (MANIFEST, content)):
            with _fresh(draft / name) as out:
                out.write(found)
        for file in manifest.files:
            self._step(f"file {file.name}")
            path = draft / file.name  # its name was looked at with the manifest (`domain.content_package.is_allowed`)
            for folder in reversed([parent for parent in path.parents if parent.is_relative_to(draft)]):
                make_folder(folder)
                folders.add(folder)
            with _fresh(path) as out:
                reader.file(file, out.write)
        reader.end()
        self._step("to the disk")
        for folder in folders:
            _sync(folder)

    def _place(self, draft: Path, serial: int) -> None:
        wanted = self._shelf.folder / str(serial)
        self._step("place")
        if wanted.exists():  # of an attempt that was cut off, or damaged since
            shutil.rmtree(wanted)
        draft.replace(wanted)
        _sync(self._shelf.folder)

    def _switch(self, content: Shelved, versions: Versions) -> None:
        serial = content.manifest.serial
        try:
            before = self._shelf.serials()
        except ContentUnreadableError:
            before = ()
        serials = [serial, *(each for each in before if each != serial)][:_KEEPS]
        self._step("switch")
        self._write(POINTER, {"serials": serials})
        self._step("note")
        self._note(serial, content.sum, versions)
        self._step("tidy")
        self._tidy(set(serials))

    def _note(self, serial: int, manifest_sum: str, versions: Versions) -> None:
        try:
            taken = self._shelf.taken()
        except ContentUnreadableError:
            taken = Taken()
        sums = dict(taken.sums)
        if manifest_sum:
            sums[serial] = manifest_sum
        kept = dict(sorted(sums.items())[-_MOST_SUMS:])
        note = {"highest": max(serial, taken.highest), "sums": {str(each): value for each, value in kept.items()}}
        # What was noted for other keys stays: one that comes back must not bring old content back.
        both = joined(versions, self._versions())
        self._write(TAKEN, {**self._noted(), name_of(self._shelf.key): note, _VERSIONS: both})

    def _versions(self) -> Versions:
        return read_versions(self._noted().get(_VERSIONS))

    def _noted(self) -> dict[str, object]:
        try:
            found = json.loads((self._shelf.folder / TAKEN).read_bytes())
        except (OSError, ValueError):
            return {}
        return dict(found) if isinstance(found, dict) else {}

    def _write(self, name: str, note: dict[str, object]) -> None:
        folder = self._shelf.folder
        draft = folder / f".{name}.{os.getpid()}"
        try:
            draft.unlink(missing_ok=True)
            with _fresh(draft) as out:
                out.write(json.dumps(note).encode())
            draft.replace(folder / name)
            _sync(folder)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise not_kept(error) from None

    def _tidy(self, keeps: set[int]) -> None:
        for path in self._shelf.folder.iterdir():
            if path.is_dir() and path.name.isdigit() and int(path.name) not in keeps:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self._shelf.folder
        try:
            make_folder(folder)
            with sole_sender(folder / "content", 0.0, "lock") as is_alone:
                if not is_alone:
                    raise ContentBusyError("content is being installed already", "wait a moment, and try again")
                for left in folder.glob(f"{_DRAFT}*"):  # of an attempt that was cut off
                    shutil.rmtree(left, ignore_errors=True)
                for note in (*folder.glob(f".{POINTER}.*"), *folder.glob(f".{TAKEN}.*")):
                    note.unlink(missing_ok=True)
                yield
        except OSError as error:
            raise not_kept(error) from None
        except StoreError as error:
            raise ContentNotKeptError(error.says, error.remedy) from None


@contextmanager
def _opened(package: Path) -> Iterator[BinaryIO]:
    try:
        file = package.open("rb")
    except OSError as error:
        raise ContentUnreadableError(f"{package.name} cannot be read: {error.strerror}", "look at its place") from None
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ContentUnreadableError(f"{package.name} is no file", "name a file of `loket content build`")
        yield file


@contextmanager
def _fresh(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is not there yet, open to the group of a shared folder; on the disk when this ends."""
    with path.open("xb") as file:
        fit(file.fileno(), path.parent)
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
