# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads what a block device was asked, request by request, and plays it back up to a power cut.

The log is that of qemu's blklogwrites (the form of the kernel's dm-log-writes). How the device is made, and what lives
on it, is left to `block_disk`.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SECTOR = 512
BLOCK = 4096  # a disk writes so much whole or not at all
TORN = 0.3  # of the writes that did not arrive, so many arrived in part
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4
_HEAD = struct.Struct("<4Q")


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the device: a write, or the wish that all before it is on the disk."""

    sector: int
    sectors: int
    flags: int
    at: int  # where it begins in the log

    @property
    def is_flush(self) -> bool:
        return bool(self.flags & FLUSH)

    @property
    def holds_data(self) -> bool:
        return bool(self.sectors) and not self.flags & DISCARD


def read_log(log: Path) -> list[Request]:
    """Give all requests of a log, in the order in which they came."""
    with log.open("rb") as file:
        magic, _version, entries, sector = _HEAD.unpack(file.read(_HEAD.size))
        if (magic, sector & 0xFFFFFFFF) != (MAGIC, SECTOR):
            raise ValueError("this is no log of writes")
        requests, at = [], SECTOR
        for _ in range(entries):
            file.seek(at)
            where, sectors, flags, _length = _HEAD.unpack(file.read(_HEAD.size))
            requests.append(Request(where, sectors, flags, at))
            at += SECTOR * (1 + (sectors if requests[-1].holds_data else 0))
        return requests


class Replay:
    """The device as it was, brought forward to one moment after another."""

    def __init__(self, log: Path, requests: list[Request], image: Path) -> None:
        self._log = log
        self._requests = requests
        self._image = image
        self._kept = 0  # so many requests are on the image for good

    def cut(self, moment: int, target: Path, chance: random.Random) -> int:
        """Write to `target` what a power cut before request `moment` could leave; give how many writes it dropped.

        All up to the last flush is there. Of the rest each write is there, is not, or only some of its blocks are.
        Moments may not go back.
        """
        last_flush = max((n for n in range(self._kept, moment) if self._requests[n].is_flush), default=None)
        with self._log.open("rb") as log:
            if last_flush is not None:
                with self._image.open("r+b") as image:
                    for request in self._requests[self._kept : last_flush]:
                        _write(request, log, image)
                self._kept = last_flush + 1
            # As a file with holes, so that a copy costs what was written and not what the disk could hold.
            _copy(self._image, target)
            luck, dropped = chance.choice((0.0, 0.5, 0.9, 1.0)), 0
            with target.open("r+b") as image:
                for request in self._requests[self._kept : moment]:
                    if request.flags & FUA or chance.random() < luck:
                        _write(request, log, image)
                        continue
                    dropped += request.holds_data
                    if chance.random() < TORN:
                        _write(request, log, image, lambda: chance.random() < 0.5)
        return dropped


def _write(request: Request, log: BinaryIO, image: BinaryIO, arrives: Callable[[], bool] = lambda: True) -> None:
    if not request.holds_data:
        return
    log.seek(request.at + SECTOR)
    data = log.read(request.sectors * SECTOR)
    for at in range(0, len(data), BLOCK):
        if arrives():
            image.seek(request.sector * SECTOR + at)
            image.write(data[at : at + BLOCK])


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    step = 1 << 16
    with source.open("rb") as read, target.open("wb") as write:
        while piece := read.read(step):
            if piece.strip(b"\0"):
                write.seek(read.tell() - len(piece))
                write.write(piece)
        write.truncate(read.tell())
