# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The harness runs a row, keeps it as JSON, and says what was missed. No time is asserted anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import report
from tests.benchmarks.__main__ import main
from tests.benchmarks.figures import Figure, Row, Target, p95, paired_ratio
from tests.fakes.clock import TUESDAY

MISSED = Figure("tap", 20.0, "ms", "a peer", 40.0, 0.5, Target(0.3), "painting takes long", 4)


def test_a_quick_run_of_one_row_keeps_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--out", str(tmp_path), "paper"]) == 0
    record = json.loads((tmp_path / "quick" / "paper.json").read_text(encoding="utf-8"))
    assert record["is_quick"]
    assert {figure["unit"] for figure in record["figures"]} == {"ms"}
    assert all(len(values) == 4 for values in record["series"].values())
    assert "receipt PDF, a4, Dutch" in capsys.readouterr().out


def test_the_page_names_what_was_missed_with_its_reason(tmp_path: Path) -> None:
    report.keep(Row("tap", (MISSED,), "By eye."), tmp_path, TUESDAY, is_quick=False)
    page = report.page(tmp_path, ["start", "tap"])
    assert "| tap | 20.0 ms | 40.0 ms (a peer) | 0.50 x | ≤ 0.3 x | MISSED |" in page
    assert "- **tap** (next to a peer): painting takes long." in page


def test_a_figure_that_is_kept_is_read_back_the_same(tmp_path: Path) -> None:
    report.keep(Row("tap", (MISSED,)), tmp_path, TUESDAY, is_quick=False)
    [data] = json.loads((tmp_path / "tap.json").read_text(encoding="utf-8"))["figures"]
    assert report.figure_of(data) == MISSED


@pytest.mark.parametrize(
    ("target", "ours", "ratio", "is_met"),
    [
        (Target(0.3), 9.0, 0.3, True),
        (Target(0.3), 9.0, 0.31, False),
        (Target(0.9, is_ceiling=False), 9.0, 0.89, False),
        (Target(50, is_of_ratio=False), 50.0, None, True),
        (Target(50, is_of_ratio=False), 51.0, None, False),
    ],
)
def test_a_target_is_met_by_the_ratio_or_by_our_own_figure(
    target: Target, ours: float, ratio: float | None, is_met: bool
) -> None:
    assert Figure("what", ours, "ms", ratio=ratio, target=target).is_met is is_met


def test_p95_is_exceeded_by_five_in_a_hundred_and_of_a_few_it_is_the_largest() -> None:
    assert p95([float(number) for number in range(1, 101)]) == 95.0
    assert p95([3.0, 1.0, 2.0]) == 3.0


def test_a_busy_round_weighs_on_both_sides_of_a_ratio() -> None:
    assert paired_ratio([10.0, 100.0, 10.0], [20.0, 200.0, 20.0]) == 0.5
