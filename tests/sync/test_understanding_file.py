# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of tallies keeps numbers, and costs nobody anything when it is damaged or away."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from domain.understanding import Reply, Tally, TextVersion
from sync.understanding_file import UnderstandingFile

BEL = TextVersion("bel", 1, "nl")


def test_counts_each_reply_by_version_and_language(tmp_path: Path) -> None:
    log = UnderstandingFile(tmp_path / "understanding.json")
    for text, reply in ((BEL, Reply.RIGHT), (BEL, Reply.SKIPPED), (BEL, Reply.RIGHT)):
        log.count(text, reply)
    log.count(TextVersion("bel", 2, "uk"), Reply.OTHER)

    again = UnderstandingFile(tmp_path / "understanding.json")
    assert again.tallies() == {BEL: Tally(2, 0, 1), TextVersion("bel", 2, "uk"): Tally(0, 1, 0)}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["understanding.json"]


def test_the_file_itself_does_not_tell_when_somebody_was_here(tmp_path: Path) -> None:
    path = tmp_path / "understanding.json"
    UnderstandingFile(path).count(BEL, Reply.RIGHT)

    assert path.stat().st_mtime == 0
    assert path.read_text(encoding="utf-8").split() == ["{", '"bel', "1", 'nl":', "[", "1,", "0,", "0", "]", "}"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"\xff\xfe",
        b'{"bel 1 nl": [1]}',
        b'{"bel": [1, 2, 3]}',
        b'{"bel 1 nl": [true, -1, "x"]}',
        b"[" * 100_000,
        b" " * 300_000,
    ],
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "understanding.json"
    path.write_bytes(content)
    log = UnderstandingFile(path)
    log.count(BEL, Reply.OTHER)

    assert log.tallies() == {BEL: Tally(0, 1, 0)}


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log = UnderstandingFile(tmp_path / "file" / "understanding.json")
    log.count(BEL, Reply.OTHER)

    assert log.tallies() == {}


def test_loses_no_count_of_two_threads(tmp_path: Path) -> None:
    log = UnderstandingFile(tmp_path / "understanding.json")

    def count() -> None:
        for _ in range(50):
            log.count(BEL, Reply.RIGHT)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert log.tallies()[BEL].right == 200
