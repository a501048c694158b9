# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where installed content lies on a device: a folder for each serial, and a pointer to the one in force.

Reading changes nothing: each look holds the files against what was signed. Putting content there is
`sync.content_install`'s.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.signing import VerifyKey

from domain.content_package import ContentManifest, PackedFile, Taken, judge_place
from domain.errors import ContentError, ContentForgedError, ContentNotKeptError, ContentUnreadableError
from sync.content_archive import MANIFEST, SIGNATURE
from sync.content_seal import name_of, opened, sum_of

POINTER, TAKEN = "in-force.json", "taken.json"
_LARGEST_NOTE = 64 * 1024
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Shelved:
    """Content that is whole and signed, and the folder it lies in."""

    manifest: ContentManifest
    folder: Path
    sum: str  # of its manifest


@dataclass(frozen=True, slots=True)
class ContentStanding:
    """Which content holds; `trouble` is why another one, that should, does not."""

    content: Shelved | None = None
    trouble: ContentError | None = None
    before: tuple[int, ...] = ()  # what a rollback goes back to, the nearest first

    @property
    def serial(self) -> int:
        """Give the serial in force; 0 for the content that Loket came with."""
        return self.content.manifest.serial if self.content is not None else 0


class ContentShelf:
    """The content of one device, signed with one key."""

    def __init__(self, folder: Path, key: VerifyKey, municipality: str) -> None:
        self.folder = folder
        self.key = key
        self._municipality = municipality

    def standing(self, *, is_thorough: bool = False) -> ContentStanding:
        """Tell which content holds: the one in force, or the nearest before it that is whole; never raises.

        The sounds of voices are held against their sums only when this is thorough; playing looks at them too.
        """
        try:
            serials = self.serials()
        except ContentError as error:
            return ContentStanding(trouble=error)
        trouble: ContentError | None = None
        for at, serial in enumerate(serials):
            try:
                found = self.look(serial, is_thorough=is_thorough)
            except ContentError as error:
                trouble = trouble or error
            else:
                return ContentStanding(found, trouble, serials[at + 1 :])
        return ContentStanding(trouble=trouble)

    def serials(self) -> tuple[int, ...]:
        """Give the serial in force and those before it; nothing when Loket's own content is.

        Raises: ContentUnreadableError.
        """
        found = _read_note(self.folder / POINTER)
        if found is None:
            return ()
        serials = found.get("serials")
        if not isinstance(serials, list) or not all(_is_serial(serial) for serial in serials):
            raise _damaged(POINTER)
        return tuple(serials)

    def taken(self) -> Taken:
        """Give what was taken before from this key.

        Raises: ContentUnreadableError when what was noted down is damaged: then nobody knows what is old.
        """
        note = (_read_note(self.folder / TAKEN) or {}).get(name_of(self.key))
        if note is None:
            return Taken()
        if not isinstance(note, dict) or not _is_serial(note.get("highest")) or not isinstance(note.get("sums"), dict):
            raise _damaged(TAKEN)
        try:
            sums = tuple(sorted((int(serial), str(value)) for serial, value in note["sums"].items()))
        except ValueError:
            raise _damaged(TAKEN) from None
        return Taken(note["highest"], sums)

    def look(self, serial: int, *, is_thorough: bool = False) -> Shelved:
        """Give the content with this serial when all of it is as it was signed.

        Raises: ContentError.
        """
        folder = self.folder / str(serial)
        try:
            signature, content = _small(folder / SIGNATURE), _small(folder / MANIFEST)
        except OSError:
            raise ContentForgedError(f"content {serial} is not whole", "install the package again") from None
        manifest = opened(signature, content, self.key)
        if manifest.serial != serial:
            raise ContentForgedError(f"content {serial} is that of another serial", "install the package again")
        judge_place(manifest, self._municipality)
        _hold(folder, manifest.files, is_thorough=is_thorough)
        return Shelved(manifest, folder, sum_of(content))


def _hold(folder: Path, files: tuple[PackedFile, ...], *, is_thorough: bool) -> None:
    """Hold the files of a folder against their sums: no one more, no one less, none changed."""
    wanted = {file.name: file for file in files}
    try:
        present = set(_names_in(folder)) - {SIGNATURE, MANIFEST}
    except OSError:
        raise ContentForgedError("content that was installed cannot be read", "look at the data folder") from None
    if present != set(wanted):
        name = min(present ^ set(wanted))
        shown = name if name in wanted else "a file that was not signed"
        raise ContentForgedError(f"{shown} was taken away or added since", "install the package again")
    for name, file in wanted.items():
        if not _is_as_signed(folder / name, file, reads=is_thorough or not file.is_clip):
            raise ContentForgedError(f"{name} was changed since it was installed", "install the package again")


def _is_as_signed(path: Path, file: PackedFile, *, reads: bool) -> bool:
    try:
        with path.open("rb") as found:
            if os.fstat(found.fileno()).st_size != file.size:
                return False
            if not reads:
                return True
            digest = hashlib.sha256()
            while piece := found.read(_PIECE):
                digest.update(piece)
    except OSError:
        return False
    return digest.hexdigest() == file.sha256


def _names_in(folder: Path) -> Iterator[str]:
    """Give every file by its name from the folder on; what is no file and no folder is a name that nobody signed."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                kind = entry.stat(follow_symlinks=False).st_mode
                name = Path(entry.path).relative_to(folder).as_posix()
                if stat.S_ISDIR(kind):
                    waiting.append(Path(entry.path))
                else:
                    yield name if stat.S_ISREG(kind) else f"{name}: no file"


def _read_note(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(_small(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        raise _damaged(path.name) from None
    if not isinstance(found, dict):
        raise _damaged(path.name)
    return found


def _small(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(4 * 1024**2 + 1)
    if path.suffix == ".json" and path.name != MANIFEST and len(content) > _LARGEST_NOTE:
        raise ValueError(path.name)
    return content


def _is_serial(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _damaged(name: str) -> ContentUnreadableError:
    return ContentUnreadableError(f"content/{name} is damaged", "take that file away, and install the package again")


def not_kept(error: OSError) -> ContentNotKeptError:
    """Word what keeps content from being written."""
    return ContentNotKeptError(f"the content cannot be kept: {error.strerror}", "look at the room and the data folder")
