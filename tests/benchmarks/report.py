# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps what was measured: a JSON file a row, and all of them as a table in docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, Row, Target

HEAD = """# Benchmarks

Made by `make bench`; do not edit. Ours and the peer's side by side, in turns, in one run of a row, so that a busy
minute weighs on both; a ratio is the median of the ratios of rounds that ran next to each other. The figures are of the
machine named below them: the ratios travel, the milliseconds do not. Nothing here is a test: `make test` times nothing.
"""
COLUMNS = ("what", "ours", "peer", "ratio", "target", "met")


def keep(row: Row, folder: Path, at: datetime, *, is_quick: bool) -> None:
    """Write the row's file."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = [{**asdict(figure), "is_met": figure.is_met} for figure in row.figures]
    record = {
        "row": row.name,
        "measured_at": at.isoformat(timespec="seconds"),
        "is_quick": is_quick,
        "machine": machine(),
        "figures": figures,
        "remarks": row.remarks,
        "series": {name: [round(value, 3) for value in values] for name, values in row.series.items()},
    }
    (folder / f"{row.name}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Say what the figures are of, and how busy it was with other work."""
    return {
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def page(folder: Path, order: list[str]) -> str:
    """Give docs/benchmarks.md from the files of all rows that were ever measured here."""
    records = [
        json.loads(file.read_text(encoding="utf-8")) for name in order if (file := folder / f"{name}.json").exists()
    ]
    lines = [HEAD, "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    missed = []
    for record in records:
        for data in record["figures"]:
            figure = figure_of(data)
            lines.append("| " + " | ".join(cells(figure)) + " |")
            if figure.is_met is False:
                missed.append(f"- **{figure.what}**{_beside(figure)}: {figure.missed_because}.")
    lines += ["", "## Missed, and why", "", *(missed or ["Nothing."]), "", "## How each was measured", ""]
    for record in records:
        lines += [f"**{record['row']}** ({_told(record)})", ""]
        lines += [record["remarks"], ""]
    return "\n".join(lines).rstrip() + "\n"


def table(row: Row) -> str:
    """Give a row as lines for the terminal."""
    found = []
    for figure in row.figures:
        what, *rest = cells(figure)
        found.append(f"  {what:68} " + "  ".join(f"{cell:>14}" for cell in rest))
        if figure.is_met is False:
            found.append(f"      missed: {figure.missed_because}")
    return "\n".join([row.name, *found])


def cells(figure: Figure) -> tuple[str, ...]:
    peer = f"{_number(figure.peer)} {figure.unit} ({figure.peer_name})" if figure.peer is not None else "-"
    return (
        figure.what,
        f"{_number(figure.ours)} {figure.unit}",
        peer,
        "-" if figure.ratio is None else f"{figure.ratio:.2f} x",
        figure.target.words(figure.unit) if figure.target else "-",
        {None: "-", True: "met", False: "MISSED"}[figure.is_met],
    )


def figure_of(data: dict[str, Any]) -> Figure:
    """Read a figure back."""
    own = {name: value for name, value in data.items() if name != "is_met"}
    return Figure(**{**own, "target": Target(**own["target"]) if own["target"] else None})


def _beside(figure: Figure) -> str:
    return f" (next to {figure.peer_name})" if figure.peer_name else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _told(record: dict[str, Any]) -> str:
    of = record["machine"]
    day = str(record["measured_at"])[:10]
    return f"{day}, {of['system']}, Python {of['python']}, {of['cores']} cores, load {of['load'][0]} at the end"
