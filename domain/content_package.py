# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a content package says of itself, which files it may hold, and whether it holds on this device (feature I01).

The signature under it and its bytes are `sync.content_seal`'s and `sync.content_archive`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import (
    ContentElsewhereError,
    ContentNeedsLoketError,
    ContentOlderError,
    ContentReplayedError,
    ContentUnreadableError,
)
from domain.loket_version import VERSION, as_numbers

FORMAT = 1
MOST_FILES = 20_000
LARGEST_FILE = 1024**2
LARGEST_CLIP = 16 * 1024**2
LARGEST = 2 * 1024**3
_MAKE = "make one with `loket content build`"
_ID = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
_LANGUAGE = r"[a-z]{2,3}"
_ALLOWED = re.compile(
    rf"services/(?:{_ID}/(?:service|{_LANGUAGE})|versions|words|checked-{_LANGUAGE})\.toml"
    rf"|texts/{_LANGUAGE}\.json"
    rf"|directory/(?:cards/)?{_ID}\.toml"
    r"|places/streets\.toml|theme\.toml|help\.toml"
    rf"|voices/{_LANGUAGE}/(?:manifest\.json|[A-Za-z0-9_-]{{1,64}}\.(?:wav|flac|mp3|ogg))",
    re.ASCII,
)
_CLIP = re.compile(r"voices/.*\.(?:wav|flac|mp3|ogg)")
_SUM = re.compile(r"[0-9a-f]{64}", re.ASCII)
# What every service and every search stands on comes with Loket; rare words go in services/words.toml.
_NEVER = frozenset({"services/shared/service.toml", "directory/words.toml", "directory/synonyms.toml"})


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a package."""

    name: str
    size: int
    sha256: str

    @property
    def is_clip(self) -> bool:
        """Tell whether it is a sound, whose own manifest says what it must be whenever it is played."""
        return is_clip(self.name)


@dataclass(frozen=True, slots=True)
class ContentManifest:
    """What is signed: whose content, which serial, which Loket it needs, and the sum of every file."""

    municipality: str
    serial: int  # a later package has a higher one
    made_at: datetime
    needs: str  # the oldest Loket that reads it
    files: tuple[PackedFile, ...]  # by name

    @property
    def size(self) -> int:
        """Give how much room its files take."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Taken:
    """What this device took before: the highest serial, and the sum of each package by its serial."""

    highest: int = 0
    sums: tuple[tuple[int, str], ...] = ()

    def sum_of(self, serial: int) -> str:
        """Give the sum of the package with this serial; empty when there was none."""
        return dict(self.sums).get(serial, "")


def is_allowed(name: str) -> bool:
    """Tell whether a package may hold a file of this name; never one that leads out of its folder, or a program."""
    return _ALLOWED.fullmatch(name) is not None and name not in _NEVER


def is_clip(name: str) -> bool:
    """Tell whether a name is that of a sound of a voice pack."""
    return _CLIP.fullmatch(name) is not None


def most_bytes(name: str) -> int:
    """Give how large a file of this name may be."""
    return LARGEST_CLIP if is_clip(name) or name.startswith("voices/") else LARGEST_FILE


def as_table(manifest: ContentManifest) -> dict[str, Any]:
    """Write it down."""
    return {
        "format": FORMAT,
        "municipality": manifest.municipality,
        "serial": manifest.serial,
        "made_at": manifest.made_at.isoformat(),
        "needs": manifest.needs,
        "files": [[file.name, file.size, file.sha256] for file in manifest.files],
    }


def from_table(table: object) -> ContentManifest:
    """Read what was written; every field must be there and be right.

    Raises: ContentUnreadableError.
    """
    names = {"format", "municipality", "serial", "made_at", "needs", "files"}
    if not isinstance(table, dict) or set(table) != names or table["format"] != FORMAT:
        raise ContentUnreadableError("this is no content package of this version", _MAKE)
    municipality, serial, files = table["municipality"], table["serial"], table["files"]
    if not isinstance(municipality, str) or not 0 < len(municipality.strip()) <= 300:
        raise ContentUnreadableError("the package does not say whose it is", _MAKE)
    if isinstance(serial, bool) or not isinstance(serial, int) or not 0 < serial < 10**15:
        raise ContentUnreadableError("the serial of the package is no number", _MAKE)
    try:
        made_at = datetime.fromisoformat(table["made_at"])
        as_numbers(table["needs"])
    except (TypeError, ValueError, AttributeError):
        raise ContentUnreadableError("the package does not say when it was made, and for which Loket", _MAKE) from None
    if made_at.tzinfo is None or not isinstance(files, list):
        raise ContentUnreadableError("the package does not say when it was made, or what is in it", _MAKE)
    return ContentManifest(municipality, serial, made_at, table["needs"], _files(files))


def _files(rows: list[object]) -> tuple[PackedFile, ...]:
    if not 0 < len(rows) <= MOST_FILES:
        says = f"the package has {len(rows)} files: one at least, and at most {MOST_FILES}"
        raise ContentUnreadableError(says, _MAKE)
    files = tuple(_file(row) for row in rows)
    names = [file.name for file in files]
    if names != sorted(set(names)):
        raise ContentUnreadableError("a file stands in the package twice, or out of order", _MAKE)
    check_sizes(files)
    return files


def check_sizes(files: Iterable[PackedFile]) -> None:
    """See to it that no file and no package is larger than a device takes.

    Raises: ContentUnreadableError.
    """
    total = 0
    for file in files:
        total += file.size
        if file.size > most_bytes(file.name):
            most = most_bytes(file.name) // 1024
            raise ContentUnreadableError(f"{file.name} is larger than {most} KB", "leave it out, or make it smaller")
    if total > LARGEST:
        raise ContentUnreadableError("the package is larger than 2 GB", "leave voices out")


def _file(row: object) -> PackedFile:
    if not isinstance(row, list) or len(row) != 3:
        raise ContentUnreadableError("the list of files is broken", _MAKE)
    name, size, sha256 = row
    if not isinstance(name, str) or not is_allowed(name):
        raise ContentUnreadableError("the package holds a file that does not belong in one", _MAKE)
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise ContentUnreadableError("the list of files is broken", _MAKE)
    if not isinstance(sha256, str) or not _SUM.fullmatch(sha256):
        raise ContentUnreadableError("the list of files is broken", _MAKE)
    return PackedFile(name, size, sha256)


def judge_place(manifest: ContentManifest, municipality: str, version: str = VERSION) -> None:
    """See to it that a package is for here and for this Loket.

    Raises: ContentElsewhereError, ContentNeedsLoketError.
    """
    if manifest.municipality != municipality:
        raise ContentElsewhereError("this content is of another municipality", "look at [device] municipality")
    if as_numbers(manifest.needs) > as_numbers(version):
        raise ContentNeedsLoketError(
            f"this content needs Loket {manifest.needs}, and this is {version}", "install the newer Loket first"
        )


def judge_serial(manifest: ContentManifest, manifest_sum: str, in_force: int, taken: Taken) -> None:
    """See to it that no old package comes back; what was rolled back may be installed anew, as it was.

    Raises: ContentOlderError, ContentReplayedError.
    """
    before = taken.sum_of(manifest.serial)
    if before and before != manifest_sum:
        raise ContentReplayedError(
            f"another package with serial {manifest.serial} was here before", "build it anew: it gets a higher serial"
        )
    if manifest.serial < in_force:
        raise ContentOlderError(
            f"serial {manifest.serial} is older than {in_force}, which is in force",
            "go back on purpose: `loket content rollback`",
        )
    if manifest.serial < taken.highest and not before:
        raise ContentReplayedError(
            f"serial {manifest.serial} is older than {taken.highest}, which was here before",
            "install the latest package, or build a new one",
        )
