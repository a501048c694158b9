# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket wipe --verify`: prove that nothing of a visit stays behind, or take this device out of service.

Leaves a signed report for the privacy officer. The sync service does the same each night; see docs/wipe.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.joining import data_dir
from commands.out_of_service import put_back_in_service, take_out_of_service
from commands.system_clock import SystemClock
from commands.visit_traces import media_folders
from domain.ports import Clock
from domain.settings import Settings

MAIN = Path(__file__).resolve().parent.parent / "main.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--verify", action="store_true", help="plant marks, end visits, search every place")
    parser.add_argument("--check", type=Path, metavar="FILE", help="tell whether a report is of this device, unchanged")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--on-screen", action="store_true", help="on the screen of this device instead of unseen")
    parser.add_argument("--act", choices=("kiosk", "visit"), help=argparse.SUPPRESS)  # what the proof starts
    for hidden in ("--talk", "--data-dir", "--pictures"):
        parser.add_argument(hidden, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--heeds-flag", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--show", default="", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Prove; 1 when anything was found, or when the proof itself did not work."""
    if arguments.act == "kiosk":
        return _act_as_kiosk(arguments)
    if arguments.act == "visit":
        return _act_as_visit(arguments)
    if arguments.check is not None:
        from commands.wipe_report import check_report

        print(_as_text(check_report(load_settings(arguments.config), arguments.check)))
        return FINE
    if not arguments.verify:
        print("loket: wipe: nothing was asked -> loket wipe --verify", file=sys.stderr)
        return WRONG_USE
    return _verify(load_settings(arguments.config), arguments, SystemClock())


def _verify(settings: Settings, arguments: argparse.Namespace, clock: Clock) -> int:
    from commands.wipe_proof import Proved, kinds_missed, whole_proof

    folder = data_dir(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    display = os.environ.get("DISPLAY", "") if arguments.on_screen else ""
    proved: list[Proved] = []
    scratch = Path(tempfile.mkdtemp(prefix="loket-wipe-"))
    try:
        for each in whole_proof(arguments.config, folder.resolve(), scratch, display, media_folders(settings)):
            proved.append(each)
            if not arguments.json:
                says = "nothing found" if not each.result.found else f"{len(each.result.found)} found"
                print(
                    f"{each.way}: {len(each.planted)} kinds planted, {len(each.result.searched)} places: {says}",
                    flush=True,
                )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    found = result_of(proved)
    found["missed_kinds"] = list(kinds_missed(proved))
    judge(settings, found, clock)
    if arguments.json:
        print(json.dumps(found, indent=2))
    else:
        print(_as_text(found))
    return PROBLEM if found["found"] or found["missed_kinds"] else FINE


def result_of(proved: Sequence[Any]) -> dict[str, Any]:
    """Sum up; the names of places and kinds only."""
    searched = sorted({name for each in proved for name in each.result.searched})
    return {
        "places": len(searched),
        "found": sorted(
            ({**asdict(found), "way": each.way} for each in proved for found in each.result.found),
            key=lambda found: (found["place"], found["kind"], found["way"]),
        ),
        "visits": len(proved),
        "ways": sorted({each.way for each in proved}),
        "kinds": sorted({kind for each in proved for kind in each.planted}),
        "searched": searched,
        "unreadable": sorted({name for each in proved for name in each.result.unreadable}),
    }


def judge(settings: Settings, found: dict[str, Any], clock: Clock) -> Path:
    """Open or close this device by what was found, and sign for it; give the report."""
    from commands.wipe_report import write_report

    folder = data_dir(settings)
    if found["found"]:
        take_out_of_service(folder, [each["place"] for each in found["found"]], clock.now())
    elif not found.get("missed_kinds"):
        put_back_in_service(folder)
    return write_report(settings, found, clock)


def _as_text(found: Mapping[str, Any]) -> str:
    lines = [f"{found['device']}, {found['at']}"] if "device" in found else []
    lines += [f"{found['visits']} visits, {found['places']} places searched"]
    lines += [f"FOUND in {each['place']}: {each['kind']} (after {each['way']})" for each in found["found"]]
    missed = found.get("missed_kinds", [])
    lines += [f"not planted: {', '.join(missed)}"] if missed else []
    lines += [f"could not be read: {', '.join(found['unreadable'])}"] if found["unreadable"] else []
    lines.append(
        "this device is out of service -> see docs/wipe.md" if found["found"] else "nothing of any visit was found"
    )
    return "\n".join(lines)


def _act_as_kiosk(arguments: argparse.Namespace) -> int:
    """Be a kiosk whose visits do as the proof says."""
    import signal

    from commands.kiosk import Supervisor, _on_sigterm

    signal.signal(signal.SIGTERM, _on_sigterm)
    config = ["--config", str(arguments.config)] if arguments.config else []
    supervisor = Supervisor(
        [
            sys.executable,
            str(MAIN),
            "wipe",
            *config,
            "--act",
            "visit",
            "--talk",
            str(arguments.talk),
            "--data-dir",
            str(arguments.data_dir),
            "--pictures",
            str(arguments.pictures),
            *(["--heeds-flag"] if arguments.heeds_flag else []),
        ]
    )
    supervisor.data_dir = arguments.data_dir
    try:
        return supervisor.run()
    except KeyboardInterrupt:
        return FINE


def _act_as_visit(arguments: argparse.Namespace) -> int:
    """Be one visit of that kiosk."""
    import gc

    from commands.memory_guard import forbid_core_dumps
    from commands.wipe_room import WipeRoom

    gc.disable()
    forbid_core_dumps()
    settings = load_settings(arguments.config)
    settings = replace(
        settings,
        device=replace(settings.device, data_dir=arguments.data_dir),
        kiosk=replace(settings.kiosk, pictures_dir=arguments.pictures),
    )
    arguments.windowed, arguments.simulate = False, True
    return WipeRoom(settings, SystemClock(), arguments).run()
