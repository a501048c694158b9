# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The replay of a power cut: what was flushed is on the disk, and what was not may be missing or torn."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from tests.faults.block_log import BLOCK, DISCARD, FLUSH, FUA, MAGIC, SECTOR, Replay, read_log

DISK = 16 * BLOCK
PER_BLOCK = BLOCK // SECTOR


@pytest.fixture
def image(tmp_path: Path) -> Path:
    made = tmp_path / "image"
    made.write_bytes(bytes(DISK))
    return made


def written(folder: Path, *requests: tuple[int, bytes, int]) -> Path:
    """Write a log as blklogwrites does: the block, what is written there, and the flags."""
    parts = [struct.pack("<3QI", MAGIC, 1, len(requests), SECTOR)]
    for block, data, flags in requests:
        head = struct.pack("<4Q", block * PER_BLOCK, len(data) // SECTOR, flags, 0)
        parts += [head, b"" if flags & DISCARD else data]
    log = folder / "log"
    log.write_bytes(b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0") for part in parts))
    return log


def block(letter: str, times: int = 1) -> bytes:
    return letter.encode() * BLOCK * times


def found(image: Path, number: int) -> str:
    first = image.read_bytes()[number * BLOCK]
    return chr(first) if first else "-"


def test_reads_every_request_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    log = written(tmp_path, (1, block("a", 2), 0), (5, block("x"), DISCARD), (0, b"", FLUSH), (3, block("b"), FUA))
    requests = read_log(log)
    assert [(each.sector // PER_BLOCK, each.is_flush, each.holds_data) for each in requests] == [
        (1, False, True), (5, False, False), (0, True, False), (3, False, True),
    ]  # fmt: skip


def test_refuses_a_file_that_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(bytes(4096))
    with pytest.raises(ValueError, match="no log"):
        read_log(tmp_path / "log")


def test_keeps_what_was_flushed_and_may_lose_what_was_not(tmp_path: Path, image: Path) -> None:
    log = written(
        tmp_path, (1, block("a"), 0), (0, b"", FLUSH), (1, block("b"), 0), (2, block("c"), 0), (3, block("d"), FUA)
    )
    requests, target, seen = read_log(log), tmp_path / "state", set()
    replay = Replay(log, requests, image)
    for seed in range(60):
        replay.cut(5, target, random.Random(seed))
        assert found(target, 3) == "d", "it was written through"
        seen.add(found(target, 1) + found(target, 2))
    assert seen == {"a-", "b-", "ac", "bc"}
    assert target.stat().st_size == DISK


def test_tears_a_long_write_that_was_not_flushed(tmp_path: Path, image: Path) -> None:
    log = written(tmp_path, (0, block("a", 4), 0))
    replay, target, seen = Replay(log, read_log(log), image), tmp_path / "state", set()
    for seed in range(200):
        replay.cut(1, target, random.Random(seed))
        seen.add("".join(found(target, number) for number in range(4)))
    assert {"aaaa", "----"} < seen
    assert len(seen) > 4


def test_goes_on_from_one_moment_to_the_next(tmp_path: Path, image: Path) -> None:
    log = written(tmp_path, (1, block("a"), 0), (0, b"", FLUSH), (1, block("b"), 0), (0, b"", FLUSH))
    replay, target = Replay(log, read_log(log), image), tmp_path / "state"
    assert replay.cut(2, target, random.Random(1)) == 0
    assert found(target, 1) == "a"
    assert replay.cut(4, target, random.Random(1)) == 0
    assert found(target, 1) == "b"
