# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command line: which commands there are, and what a failure prints.

A command is a module of this package with `add_arguments(parser)` and `run(arguments) -> exit code`. Only the module of
the command that was asked for is imported, so that `loket kiosk` starts quickly.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from commands.crash_hooks import on_fault
from domain.errors import ExpectedError

FINE = 0
PROBLEM = 1
WRONG_USE = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `loket`; its module has the same name."""

    name: str
    summary: str


COMMANDS = (
    Command("kiosk", "open the citizen's window"),
    Command("desk", "open the helper's and counter's window"),
    Command("demo", "do the main job unattended and keep pictures and receipts"),
    Command("sync", "register waiting cases in the case system"),
    Command("open", "at the municipality: open sealed cases of libraries and complete them"),
    Command("outbox", "list waiting cases with state, age and reason"),
    Command("faults", "faults of the government and of Loket: how many, since when, who owns them"),
    Command("keys", "make or check the key pair that seals submissions"),
    Command("audit", "check the log of what happened, and write it out for the data protection officer"),
    Command("profile", "at the municipality: sign what a device may do; at the device: see whether it holds"),
    Command("outage", "at the municipality: close a service everywhere for now, with a text and the other road"),
    Command("card", "read an ID document once, and print what Loket would use of it"),
    Command("visit", "one visit; started by `loket kiosk`"),
    Command("screens", "every part and screen as contact sheets"),
    Command("doctor", "look at every device, server, key, disk and setting, and say what to do"),
    Command("health", "figures for monitoring, without personal data"),
    Command("retention", "take away what this device need not know any more, and report it"),
    Command("wipe", "prove that nothing of a visit stays behind: plant marks, end visits, search every place"),
    Command("staff", "who of the staff may sign in here, with which PIN or badge"),
    Command("tally", "the counts of help at the desk, a month at a time, without small numbers"),
    Command("config", "check every setting: its value and where it comes from"),
    Command("content", "check services and texts; build, install, show and go back with signed content"),
    Command("understood", "which texts people understand, and which must be written better"),
    Command("voice", "render a voice pack, or check one"),
)


def run(argv: Sequence[str], commands: Sequence[Command] = COMMANDS, package: str = "commands") -> int:
    """Run one command; give 0 when all is fine, 1 when a problem was found, 2 for wrong use."""
    try:
        return _run(argv, commands, package)
    except ExpectedError as error:
        print(f"loket: {error}", file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read along has seen enough (`loket outbox | head`)
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  Python flushes it at its end
        return FINE
    except Exception as error:  # one of the three doors: no error text of a library reaches the screen
        if sys.flags.dev_mode:
            raise
        on_fault(type(error), error, error.__traceback__)
        return PROBLEM


def _run(argv: Sequence[str], commands: Sequence[Command], package: str) -> int:
    parser = argparse.ArgumentParser(
        prog="loket", description="Public services at the counter, with and without network."
    )
    choices = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asked_for = argv[0] if argv else ""
    for command in commands:
        choice = choices.add_parser(command.name, help=command.summary, description=command.summary)
        if command.name == asked_for:
            module = import_module(f"{package}.{command.name}")
            _add_config(choice)
            module.add_arguments(choice)
            choice.set_defaults(run=module.run)
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has printed help, or what is wrong
        return stop.code if isinstance(stop.code, int) else WRONG_USE
    exit_code: int = arguments.run(arguments)
    return exit_code


def _add_config(parser: argparse.ArgumentParser) -> None:
    named = os.environ.get("LOKET_CONFIG")
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(named) if named else None,
        metavar="FILE",
        help="the settings (TOML); LOKET_CONFIG names one too",
    )
