# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket desk`: the helper's and counter's window, a process of its own.

With `--practice` nobody signs in, everybody is invented, and nothing of it is ever sent.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from commands.cli import FINE
from commands.configuration import load_settings
from commands.log_book import open_log, quiet_qt
from commands.memory_guard import close_memory, forbid_core_dumps
from commands.system_clock import SystemClock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--practice", action="store_true", help="practise with invented people; nothing is sent")
    parser.add_argument("--role", choices=["helper", "counter", "it"], default="helper", help="practice: as whom")
    parser.add_argument("--theme", choices=["light", "dark", "yellow"], help="the colours to begin with")
    parser.add_argument("--lang", choices=["nl", "en"], default="nl", help="the language of the desk itself")


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    settings, clock = load_settings(arguments.config), SystemClock()
    open_log(settings, clock)
    forbid_core_dumps()
    close_memory()  # what a visitor allows a helper to see, and what a counter opens, is a visitor's here too
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    quiet_qt(import_module("PySide6.QtCore").qInstallMessageHandler)
    from commands.desk_room import DeskRoom

    room = DeskRoom(settings, clock, arguments)
    room.run()
    return FINE
