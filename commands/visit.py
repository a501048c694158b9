# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket visit`: one visit, one process. Started by `loket kiosk`; waits warm and hidden until it is told what to show.

Before the first paint it imports only PySide6, domain, resources and texts (DESIGN section 6): store, paper, speech
and HTTP come after the screen stands.
"""

from __future__ import annotations

import argparse
import builtins
import gc
import os
import sys
from importlib import import_module

from commands.cli import PROBLEM
from commands.configuration import load_settings
from commands.log_book import open_log, quiet_qt
from commands.memory_guard import forbid_core_dumps
from commands.system_clock import SystemClock
from domain.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--show", default="", metavar="PLACE", help="show at once: start or neutral")
    parser.add_argument("--simulate", action="store_true", help="simulate printer and reader")
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")
    parser.add_argument(
        "--for-citizen", action="store_true", help="at the counter, by a member of staff who is told on standard input"
    )


def run(arguments: argparse.Namespace) -> int:
    """Show one visit until it ends."""
    # What the start makes stays: looking for garbage in it takes 30 ms of it. The room looks for it later.
    gc.disable()
    settings = load_settings(arguments.config)
    open_log(settings, SystemClock())
    forbid_core_dumps()
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _import_qt()
    quiet_qt(import_module("PySide6.QtCore").qInstallMessageHandler)
    if arguments.for_citizen:
        return _fill_in(settings, arguments)
    from commands.visit_room import VisitRoom

    return VisitRoom(settings, SystemClock(), arguments).run()


def _fill_in(settings: Settings, arguments: argparse.Namespace) -> int:
    from commands.fill_room import FillRoom, read_task

    task = read_task(sys.stdin)
    if task is None:
        print("loket: visit: not told who fills in -> begin it at `loket desk`", file=sys.stderr)
        return PROBLEM
    arguments.windowed, arguments.show = True, "start"
    return FillRoom(settings, SystemClock(), arguments, task).run()


def _import_qt() -> None:
    """Import PySide6, and import what comes after it as Python does.

    PySide6 puts an import of its own in the place of Python's, which reads the source of every later module to see
    whether it asks for snake_case names. Nothing here does, and it costs 15 to 30 ms.
    """
    own = builtins.__import__
    import_module("PySide6.QtWidgets")
    builtins.__import__ = own
