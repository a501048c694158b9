# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket config check`.

Every setting, its value and where it comes from. A secret is named by its file, never shown.
"""

from __future__ import annotations

import argparse
import json

from commands.cli import FINE
from commands.configuration import load_settings
from domain.settings import described


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["check"], help="read the settings whole and print them")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print every setting; a wrong one ends as SettingsError with file, key and remedy."""
    rows = described(load_settings(arguments.config))
    if arguments.json:
        print(json.dumps({"settings": [{"key": key, "value": value, "origin": origin} for key, value, origin in rows]}))
        return FINE
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        print(f"{key:<{width}}  {value}  ({origin})")
    return FINE
