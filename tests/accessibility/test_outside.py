# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A screen reader outside the process reads every control of the window and completes a service with it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from commands.joining import STORE
from i18n.texts import Texts
from resources.service_library import ServiceLibrary

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
DEBIAN_PYTHON = Path("/usr/bin/python3")
CONTROLS = frozenset({"push button", "radio button", "check box", "toggle button", "text", "entry"})
_HAS_ALL = (
    LAUNCHER.exists() and DEBIAN_PYTHON.exists() and bool(shutil.which("Xvfb") and shutil.which("dbus-run-session"))
)

pytestmark = pytest.mark.skipif(not _HAS_ALL, reason="no Xvfb, dbus or at-spi2-core here (deploy/apt-test.txt)")

# One bus, one screen, one kiosk and one reader, all gone when the reader has gone.
_SESSION = """
"$LAUNCHER" --launch-immediately & launcher=$!
mkfifo "$ROOM/number" "$ROOM/hold"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$ROOM/number" 2>/dev/null & screen=$!
read number <"$ROOM/number"
DISPLAY=:$number "$LOKET" visit --config "$ROOM/loket.toml" --show start --simulate --windowed \
    <"$ROOM/hold" >"$ROOM/said" 2>"$ROOM/told" & kiosk=$!
exec 4>"$ROOM/hold"
"$READER_PYTHON" "$READER" "$PLAN"
result=$?
kill $kiosk $screen $launcher
exit $result
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], Path]:
    """Let the reader do the service "bel"; gives what it read, screen by screen, and where the kiosk kept its cases."""
    room = tmp_path_factory.mktemp("outside")
    (room / "loket.toml").write_text('[device]\ndata_dir = "data"\n', encoding="utf-8")
    texts, library = Texts("nl"), ServiceLibrary.load()
    plan = {
        "application": "loket",
        "tile": library.text("bel", "nl", "tile")[0],
        "onward": [texts.tr(key) for key in ("bar.next", "bar.start", "bar.send")],
        "declines": [texts.tr("answer.declined")],
        "last": texts.tr("confirm.hear"),
    }
    reader = Path(__file__).with_name("outside_reader.py")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LAUNCHER": str(LAUNCHER),
        "LOKET": str(Path(sys.executable).with_name("loket")),
        "READER_PYTHON": str(DEBIAN_PYTHON),
        "READER": str(reader),
        "ROOM": str(room),
        "PLAN": json.dumps(plan),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    screens = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode == 0, f"{done.stderr[-300:]}, after {screens[-1:]}"
    return screens, room / "data"


def controls(screen: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in screen["items"] if item["role"] in CONTROLS]


def test_a_screen_reader_completes_a_service_and_the_case_is_kept(told: tuple[list[dict[str, Any]], Path]) -> None:
    screens, data = told
    read = " ".join(item["name"] + " " + item["text"] for item in screens[-1]["items"])
    with closing(sqlite3.connect(f"file:{data / STORE}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT reference FROM submissions").fetchall()
    assert len(rows) == 1
    assert rows[0][0] in read


def test_every_control_of_every_screen_has_name_role_and_action(told: tuple[list[dict[str, Any]], Path]) -> None:
    for screen in told[0]:
        assert controls(screen), screen["title"]
        for item in controls(screen):
            where = f"{screen['title']}: {item['role']} {item['name']!r}"
            assert item["name"].strip(), where
            assert "focusable" in item["states"], where
            if "editable" not in item["states"]:
                assert item["actions"], where


def test_every_screen_has_one_title_one_heading_and_one_focus(told: tuple[list[dict[str, Any]], Path]) -> None:
    for screen in told[0]:
        assert screen["title"].strip()
        assert [item["role"] for item in screen["items"]].count("heading") >= 1, screen["title"]
        assert sum("focused" in item["states"] for item in screen["items"]) == 1, screen["title"]


def test_choices_tell_whether_they_are_chosen(told: tuple[list[dict[str, Any]], Path]) -> None:
    roles = {item["role"] for screen in told[0] for item in screen["items"]}
    assert "radio button" in roles
    assert not any(item["role"] == "filler" and item["actions"] for screen in told[0] for item in screen["items"])


def test_all_words_of_a_screen_are_in_the_tree(told: tuple[list[dict[str, Any]], Path]) -> None:
    texts = Texts("nl")
    first = {item["name"] for item in told[0][0]["items"]}
    for key in ("tool.read", "tool.size", "tool.colours", "tool.language", "tool.leave", "bar.human"):
        assert texts.tr(key) in first
