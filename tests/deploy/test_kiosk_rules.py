# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What polkit lets the window's user do, and nobody else: read ID chips, and power where the settings say so.

The rules are run here by another JavaScript than polkit's own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtQml import QJSEngine

from deploy.may_power_off import may_power_off

pytestmark = pytest.mark.usefixtures("qapp")
WINDOW = "loket-kiosk"
POWER = ("org.freedesktop.login1.power-off", "org.freedesktop.login1.reboot")
CHIPS = ("org.debian.pcsc-lite.access_pcsc", "org.debian.pcsc-lite.access_card")
OTHERS = (
    *(f"{action}-{how}" for action in POWER for how in ("multiple-sessions", "ignore-inhibit")),
    "org.freedesktop.login1.halt",
    "org.freedesktop.login1.suspend",
    "org.freedesktop.login1.set-reboot-to-firmware-setup",
    "org.freedesktop.systemd1.manage-units",
    "org.freedesktop.policykit.exec",
)
POLKIT = """
var rule = null, spawned = [];
var polkit = {
    Result: {YES: "yes", NO: "no", NOT_HANDLED: null},
    addRule: function (given) { if (rule) { throw "one rule"; } rule = given; },
    spawn: function (words) { spawned.push(words.join(" ")); if (!allows) { throw "it ended with 1"; } },
};
"""


class Rules:
    """The rules, asked as polkit asks them."""

    def __init__(self, file: Path, *, allows: bool) -> None:
        self._engine: Any = QJSEngine()  # its stubs say wrongly what it gives
        self._engine.evaluate(f"var allows = {str(allows).lower()};{POLKIT}")
        found: Any = self._engine.evaluate(file.read_text(encoding="utf-8"))
        assert not found.isError(), found.toString()

    def answer(self, action: str, user: str) -> str:
        said: Any = self._engine.evaluate(f'String(rule({{id: "{action}"}}, {{user: "{user}"}}))')
        assert not said.isError(), said.toString()
        return str(said.toString())

    @property
    def spawned(self) -> str:
        return str(self._engine.evaluate("spawned.join()").toString())


@pytest.fixture
def file(repository: Path) -> Path:
    return repository / "deploy/loket.rules"


@pytest.mark.parametrize("action", POWER)
def test_power_is_the_windows_where_the_settings_say_so(file: Path, action: str) -> None:
    rules = Rules(file, allows=True)
    assert rules.answer(action, WINDOW) == "yes"
    assert rules.spawned == "/usr/lib/loket/may-power-off"
    assert Rules(file, allows=False).answer(action, WINDOW) == "no"


@pytest.mark.parametrize("action", CHIPS)
def test_chips_are_the_windows(file: Path, action: str) -> None:
    rules = Rules(file, allows=False)
    assert rules.answer(action, WINDOW) == "yes"
    assert rules.spawned == ""


@pytest.mark.parametrize("action", OTHERS)
def test_nothing_else_is_the_windows(file: Path, action: str) -> None:
    assert Rules(file, allows=True).answer(action, WINDOW) == "null"


@pytest.mark.parametrize("user", ["loket-sync", "root", "anna", "loket-kiosk2", ""])
@pytest.mark.parametrize("action", [*POWER, *CHIPS])
def test_nobody_else_gets_anything_by_it(file: Path, action: str, user: str) -> None:
    rules = Rules(file, allows=True)
    assert rules.answer(action, user) == "null"
    assert rules.spawned == ""


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("[kiosk]\nmay_power_off = true\n", True),
        ("kiosk = {may_power_off = true}\n", True),
        ("\ufeff[kiosk]\nmay_power_off = true\n", True),
        ("[kiosk]\nmay_power_off = false\n", False),
        ('[kiosk]\nmay_power_off = "true"\n', False),
        ("[kiosk]\nmay_power_off = 1\n", False),
        ("[kiosk]\n# may_power_off = true\n", False),
        ("may_power_off = true\n", False),
        ('[device]\nid = """\n[kiosk]\nmay_power_off = true\n"""\n', False),
        ("kiosk = 3\n", False),
        ("[kiosk\nmay_power_off = true\n", False),
        ("", False),
    ],
)
def test_the_settings_say_it_plainly_or_not_at_all(text: str, may: bool, tmp_path: Path) -> None:
    (tmp_path / "loket.toml").write_text(text, encoding="utf-8")
    assert may_power_off(tmp_path / "loket.toml") is may


def test_no_settings_are_a_no(tmp_path: Path) -> None:
    assert not may_power_off(tmp_path / "loket.toml")


def test_the_package_brings_what_the_rules_ask(repository: Path, file: Path) -> None:
    packed = (repository / "deploy/package.sh").read_text(encoding="utf-8")
    assert 'deploy/may_power_off.py "$home/may-power-off"' in packed
    assert "/usr/share/polkit-1/rules.d/50-loket-kiosk.rules" in packed
    assert "- polkitd\n" in (repository / "deploy/nfpm.yaml").read_text(encoding="utf-8")
    (asked,) = re.findall(r'spawn\(\["([^"]+)"\]\)', file.read_text(encoding="utf-8"))
    assert asked == "/usr/lib/loket/may-power-off"
