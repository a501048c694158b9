# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from commands.cli import COMMANDS, Command, run

PLAIN = Command("plain", "does something")
HEAVY = Command("heavy", "must not be imported")

MODULE = """
from domain.errors import SettingsError

def add_arguments(parser):
    parser.add_argument("--fail", choices=["expected", "unexpected", "stop"])

def run(arguments):
    if arguments.fail == "expected":
        raise SettingsError("device.id is empty", "give the kiosk a name")
    if arguments.fail == "unexpected":
        raise ValueError("Jansen, 999990019")
    if arguments.fail == "stop":
        raise KeyboardInterrupt
    print(f"config={arguments.config}")
    return 0
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"commands_for_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "plain.py").write_text(MODULE)
    (folder / "heavy.py").write_text("raise RuntimeError('imported')\n")
    monkeypatch.syspath_prepend(tmp_path)
    return name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_has_its_module(command: Command) -> None:
    module = import_module(f"commands.{command.name}")
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_imports_only_the_command_that_is_asked_for(package: str) -> None:
    assert run(["plain"], (PLAIN, HEAVY), package) == 0
    assert f"{package}.plain" in sys.modules
    assert run(["heavy"], (PLAIN, HEAVY), package) == 1, "the module that must not be imported can be"


def test_takes_the_settings_from_the_option_before_the_environment(
    package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["plain"], (PLAIN,), package)
    monkeypatch.setenv("LOKET_CONFIG", "from-environment.toml")
    run(["plain"], (PLAIN,), package)
    run(["plain", "--config", "from-option.toml"], (PLAIN,), package)
    assert capsys.readouterr().out.split() == [
        "config=None",
        "config=from-environment.toml",
        "config=from-option.toml",
    ]


def test_prints_one_line_with_slug_and_remedy_for_an_expected_error(
    package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plain", "--fail", "expected"], (PLAIN,), package) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("loket: settings: ")
    assert "give the kiosk a name" in said


def test_keeps_the_text_of_an_unexpected_error_to_itself(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plain", "--fail", "unexpected"], (PLAIN,), package) == 1
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "plain.py:" in said
    assert "Jansen" not in said
    assert "999990019" not in said


def test_ends_quietly_on_an_interrupt(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plain", "--fail", "stop"], (PLAIN,), package) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("argv", [[], ["unheard"], ["plain", "--unheard"]])
def test_gives_two_for_wrong_use(argv: list[str], package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv, (PLAIN,), package) == 2
    assert "usage: loket" in capsys.readouterr().err


def test_help_lists_every_command_without_importing_any(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"], (PLAIN, HEAVY), package) == 0
    said = capsys.readouterr().out
    assert PLAIN.summary in said
    assert HEAVY.summary in said


def test_main_gives_the_exit_code_to_the_shell(repository: Path) -> None:
    ended = subprocess.run([sys.executable, "main.py", "unheard"], cwd=repository, capture_output=True, check=False)
    assert ended.returncode == 2
