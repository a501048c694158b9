# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket understood` names the texts to write better, and no number that tells of few people."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.cli import FINE, PROBLEM, run
from commands.understood import as_text
from domain.understanding import Reply, Tally, TextVersion
from sync.understanding_file import FILE_NAME, UnderstandingFile

BEL, UKRAINIAN = TextVersion("bel", 1, "nl"), TextVersion("bel", 1, "uk")


def test_tells_a_share_only_of_enough_replies() -> None:
    told = as_text({BEL: Tally(45, 5, 9), UKRAINIAN: Tally(1, 2, 3), TextVersion("straat", 2, "nl"): Tally(20, 20, 0)})

    assert told.splitlines() == [
        "bel 1 nl: 90% of 50 understood it",
        "bel 1 uk: fewer than 30 replies",
        "straat 2 nl: 50% of 40 understood it; write it better, the goal is 80%",
    ]


@pytest.mark.parametrize(("reply", "code"), [(Reply.RIGHT, FINE), (Reply.OTHER, PROBLEM)])
def test_finds_a_problem_when_a_text_is_not_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reply: Reply, code: int
) -> None:
    config = tmp_path / "loket.toml"
    config.write_text('[device]\nid = "bieb-01"\ndata_dir = "data"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    log = UnderstandingFile(tmp_path / "data" / FILE_NAME)
    for _ in range(30):
        log.count(BEL, reply)

    assert run(["understood", "--config", str(config)]) == code
    assert "bel 1 nl" in capsys.readouterr().out


def test_says_so_when_nobody_was_asked(tmp_path: Path) -> None:
    assert as_text({}) == "nobody was asked yet"
