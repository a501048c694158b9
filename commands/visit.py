# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket visit`: one visit, one process. Started by `loket kiosk`; waits warm and hidden until it is told what to show.

Before the first paint it imports only PySide6, domain, resources and texts (DESIGN section 6): store, paper, speech
and HTTP come after the screen stands.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from commands.configuration import load_settings
from commands.system_clock import SystemClock

# Once PySide6 is there, it reads the source of every module that is imported after it. What needs no Qt goes first:
# that saves 20 to 30 ms of the start.
WITHOUT_QT = ("kiosk.navigator", "resources.service_library")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--show", default="", metavar="PLACE", help="show at once: start or neutral")
    parser.add_argument("--simulate", action="store_true", help="simulate printer and reader")
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")


def run(arguments: argparse.Namespace) -> int:
    """Show one visit until it ends."""
    settings = load_settings(arguments.config)
    _forbid_core_dumps()
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for module in WITHOUT_QT:
        import_module(module)
    from commands.visit_room import VisitRoom

    return VisitRoom(settings, SystemClock(), arguments).run()


def _forbid_core_dumps() -> None:
    """Keep what a visitor typed out of a crash's memory image."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
