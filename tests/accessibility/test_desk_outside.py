# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A screen reader outside the process reads every page of the desk: controls by name and role, tables by cell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
DEBIAN_PYTHON = Path("/usr/bin/python3")
CONTROLS = frozenset({"push button", "radio button", "check box", "toggle button", "text", "entry", "combo box"})
_HAS_ALL = (
    LAUNCHER.exists() and DEBIAN_PYTHON.exists() and bool(shutil.which("Xvfb") and shutil.which("dbus-run-session"))
)

pytestmark = pytest.mark.skipif(not _HAS_ALL, reason="no Xvfb, dbus or at-spi2-core here (deploy/apt-test.txt)")

# One bus, one screen, one desk and one reader, all gone when the reader has gone.
_SESSION = """
"$LAUNCHER" --launch-immediately & launcher=$!
mkfifo "$ROOM/number"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$ROOM/number" 2>/dev/null & screen=$!
read number <"$ROOM/number"
DISPLAY=:$number "$LOKET" desk --practice --role "$ROLE" --theme light --config "$ROOM/loket.toml" \
    >"$ROOM/said" 2>"$ROOM/told" & desk=$!
"$READER_PYTHON" "$READER"
result=$?
kill -0 $desk || result=77
kill $desk $screen $launcher
exit $result
"""
Page = dict[str, Any]


@pytest.fixture(scope="module", params=["helper", "counter"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Let the reader open every page, twice; gives what it read."""
    room = tmp_path_factory.mktemp("desk")
    (room / "loket.toml").write_text('[device]\ndata_dir = "data"\n', encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LAUNCHER": str(LAUNCHER),
        "LOKET": str(Path(sys.executable).with_name("loket")),
        "READER_PYTHON": str(DEBIAN_PYTHON),
        "READER": str(Path(__file__).with_name("desk_reader.py")),
        "ROOM": str(room),
        "ROLE": request.param,
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode == 0, f"{done.stderr[-300:]}, after {[page['page'] for page in told]}"
    return told


def test_opens_every_page_twice_by_the_readers_own_hand(pages: list[Page]) -> None:
    names = [page["page"] for page in pages]
    assert {"Begin", "Samen", "Mag ik dit?", "Waarheen?", "Tellen", "Roep collega", "Uitleg", "Toetsen"} <= set(names)
    assert names == names[: len(names) // 2] * 2


def test_every_control_has_a_name_and_can_be_reached_and_pressed(pages: list[Page]) -> None:
    for page in pages:
        found = [node for node in page["nodes"] if node["role"] in CONTROLS]
        assert found, page["page"]
        for node in found:
            where = f"{page['page']}: {node['role']} {node['name']!r}"
            assert node["name"].strip(), where
            assert node["focusable"], where
            assert node["editable"] or node["actions"], where


def test_every_page_has_a_heading(pages: list[Page]) -> None:
    for page in pages:
        assert any(node["role"] == "heading" and node["name"].strip() for node in page["nodes"]), page["page"]


def test_every_table_has_headers_and_words_in_its_cells(pages: list[Page]) -> None:
    tables = [(page["page"], node) for page in pages for node in page["nodes"] if node["rows"]]
    assert any(page == "Toetsen" for page, _ in tables)
    for page, table in tables:
        headers, *rows = table["rows"]
        assert table["name"].strip(), page
        assert all(header.strip() for header in headers), page
        assert all(row[0].strip() for row in rows), page
