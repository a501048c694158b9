# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket demo`: the main job, unattended.

The real window goes through services without a network, prints, the cable comes back, and every case arrives once.
Writes a picture of each screen, the receipts and `summary.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.demo_card import FIXTURES, REAL, CardFixture
from commands.demo_case import CONFIGURED, PRACTICE, SIZES
from commands.system_clock import SystemClock
from domain.errors import SettingsError

OWN_FOLDERS = ("screens", "receipts", "data", "spoken")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where pictures, receipts and summary.json go"
    )
    parser.add_argument(
        "--service", action="append", default=[], metavar="ID", help="only this service; may be repeated"
    )
    parser.add_argument(
        "--lang", default="nl", metavar="XX", help="the visitor's language (qps: mirrored practice language)"
    )
    parser.add_argument("--count", type=int, default=0, metavar="N", help="cases in all, spread over the services")
    parser.add_argument("--back-end", choices=[PRACTICE, CONFIGURED], default=PRACTICE, help="where cases go")
    parser.add_argument("--offline", action="store_true", help="leave the cases waiting")
    parser.add_argument("--keys-only", action="store_true", help="six keys, no touch")
    parser.add_argument(
        "--audio-only",
        action="store_true",
        help="the screen off and everything read aloud; what was said goes to spoken/",
    )
    parser.add_argument("--size", choices=sorted(SIZES), default="landscape", help="the screen")
    parser.add_argument("--text", choices=["100", "130", "170"], default="100", help="text size in percent")
    parser.add_argument("--theme", choices=["light", "dark", "yellow"], default="light", help="colours")
    parser.add_argument(
        "--card",
        choices=[*FIXTURES, REAL],
        metavar="FIXTURE",
        help=f"lay a document down instead of typing: {', '.join(FIXTURES)}; {REAL}: what lies on the reader here",
    )
    key = parser.add_mutually_exclusive_group()
    key.add_argument("--can", metavar="N", help=f"with --card {REAL}: the six digits on its front")
    key.add_argument("--mrz", metavar="LINES", help=f"with --card {REAL}: the printed lines")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def _card(arguments: argparse.Namespace) -> CardFixture | None:
    """Give the document that visitors lay down; None where they type.

    Raises: CardDemoError where nobody said what opens the one that lies on the reader.
    """
    if arguments.card != REAL:
        return FIXTURES.get(arguments.card or "")
    from commands.demo_card import real_card

    return real_card(arguments.can, arguments.mrz)


def run(arguments: argparse.Namespace) -> int:
    """Do the main job; exit 1 when a case did not arrive (unless it was asked to wait)."""
    settings = load_settings(arguments.config)
    card = _card(arguments)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    for name in OWN_FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)
    if arguments.back_end == PRACTICE:
        # Practice never mixes with this device's real cases.
        device = replace(settings.device, data_dir=(out / "data").absolute())
        settings = replace(settings, device=device, sync=type(settings.sync)())
    elif not settings.sync.is_configured:
        raise SettingsError("no case system is configured", "fill in [sync], or leave out --back-end configured")
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from commands.demo_run import DemoRun

    found = DemoRun(settings, SystemClock(), arguments, card).run()
    summary = {"services": [case.plain() for case in found]}
    (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.json:
        print(json.dumps(summary, ensure_ascii=False))
    is_as_asked = all(case.registered is not arguments.offline for case in found) and bool(found)
    is_all_spoken = not any(case.unspoken for case in found)
    if arguments.audio_only and not arguments.json:
        screens, texts = sum(case.spoken_screens for case in found), sum(case.spoken_texts for case in found)
        missing = sum(len(case.unspoken) for case in found)
        print(f"spoken: {texts} texts on {screens} screens of {len(found)} visits, {missing} not")
    return FINE if is_as_asked and is_all_spoken else PROBLEM
