# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a receipt takes to make, warm, on both papers."""

from __future__ import annotations

import statistics
import time

from kiosk.paper.paper_size import Paper
from kiosk.paper.receipt_page import receipt_pdf
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.kiosk.paper.receipts import arabic_receipt, dutch_receipt

TARGET_MS = 60.0


def measure(bench: Bench) -> Row:
    receipts = {"Dutch": dutch_receipt(), "Arabic with the Dutch beside it": arabic_receipt()}
    tasks = {f"{paper.value}, {name}": (receipt, paper) for paper in Paper for name, receipt in receipts.items()}
    series: dict[str, list[float]] = {name: [] for name in tasks}
    for receipt, paper in tasks.values():
        receipt_pdf(receipt, paper)
    for _ in range(bench.rounds(40, 4)):
        for name, (receipt, paper) in tasks.items():
            began = time.perf_counter()
            receipt_pdf(receipt, paper)
            series[name].append((time.perf_counter() - began) * 1000)
    figures = tuple(
        Figure(
            f"receipt PDF, {name}, median",
            statistics.median(taken),
            "ms",
            target=Target(TARGET_MS, is_of_ratio=False),
            missed_because=f"p95 is {p95(taken):.0f} ms; shaping two scripts costs twice",
            samples=len(taken),
        )
        for name, taken in series.items()
    )
    return Row("paper", figures, "One process, fonts read already, as in a kiosk that printed before.", series)
