# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every screen checked by geometry in every language, size and window; then contact sheets for a person to look at.

What can be computed is computed (`commands.screen_check`), and a fault makes the command fail. The parts on the sheets
come from their own examples; the screens of the services come from the demo, which fills them in for real.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from commands.contact_sheet import paste
from commands.demo_case import SIZES
from commands.screen_runs import ScreenFault, all_settings, check_everywhere, find_stations, languages_here
from commands.window_words import window_words
from i18n.texts import Texts
from kiosk.parts.catalogue import EXAMPLES
from kiosk.parts.part_widget import PartWidget
from kiosk.view import Direction, Preferences, TextSize, ThemeName, View
from kiosk.window import KioskWindow

_AIR = 24
# Size, letters, theme, language: together every size, every letter size, every theme and both directions.
_RUNS = (
    ("landscape", "100", "light", "nl"),
    ("landscape", "170", "dark", "nl"),
    ("landscape", "130", "light", "qps"),
    ("portrait", "100", "light", "nl"),
    ("portrait", "170", "yellow", "nl"),
    ("portrait", "130", "light", "qps"),
    ("laptop", "100", "dark", "nl"),
    ("laptop", "170", "light", "nl"),
)


_MOST_TOLD = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--check-only", action="store_true", help="check by geometry, and write no sheets")
    parser.add_argument("--sheets-only", action="store_true", help="write the sheets, and check nothing")
    parser.add_argument("--lang", action="append", help="check this language; may be given again (all that are here)")
    parser.add_argument("--text", action="append", choices=[size.value for size in TextSize], help="check this size")
    parser.add_argument("--size", action="append", choices=list(SIZES), help="check in this window")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="check one screen in N")
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="where the sheets go")
    parser.add_argument("--parts-only", action="store_true", help="the parts without the screens of the services")


def run(arguments: argparse.Namespace) -> int:
    """Check all screens and write all sheets."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out: Path = arguments.out
    worst = 0 if arguments.sheets_only else _check(arguments, out)
    return worst if arguments.check_only else max(worst, _sheets(arguments, out))


def _check(arguments: argparse.Namespace, out: Path) -> int:
    """Check by geometry; write report.json, tell what is wrong."""
    languages = arguments.lang or list(languages_here())
    sizes, windows = arguments.text or [size.value for size in TextSize], arguments.size or ["landscape", "portrait"]
    stations = find_stations()[:: arguments.every]
    settings = all_settings(languages, sizes, windows)
    print(f"{len(stations)} screens in {len(settings)} settings: {', '.join(languages)}", flush=True)
    faults = check_everywhere(stations, settings, tell=_tell)
    out.mkdir(parents=True, exist_ok=True)
    report = {
        "screens": len(stations),
        "checked": len(stations) * len(settings),
        "languages": languages,
        "sizes": sizes,
        "windows": windows,
        "faults": [fault.as_json() for fault in faults],
    }
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for fault in faults[:_MOST_TOLD]:
        print(fault)
    print(_outcome(faults, out / "report.json"))
    return 1 if faults else 0


def _outcome(faults: list[ScreenFault], report: Path) -> str:
    if not faults:
        return f"nothing clipped, covered, too small or too close: {report}"
    return f"{len(faults)} faults on {len({fault.screen for fault in faults})} screens: {report}"


def _tell(done: int, of: int) -> None:
    if done % 10 == 0 or done == of:
        print(f"  {100 * done // of} %", flush=True)


def _sheets(arguments: argparse.Namespace, out: Path) -> int:
    app = QApplication.instance() or QApplication(["loket"])
    for size, letters, theme, direction in product(SIZES, TextSize, ThemeName, Direction):
        name = f"parts-{size}-{letters}-{theme}-{direction}.png"
        pictures = _pictures_of_parts(SIZES[size], letters, theme, direction)
        paste(pictures, out / name, columns=3, width=640)
        print(out / name, flush=True)
    app.processEvents()
    return 0 if arguments.parts_only else _services(out)


def _pictures_of_parts(
    size: tuple[int, int], letters: TextSize, theme: ThemeName, direction: Direction
) -> list[QImage]:
    window = KioskWindow(lambda _event: None, words=window_words(Texts))
    window.resize(*size)
    window.show()
    pictures = []
    preferences = Preferences(text_size=letters, theme=theme)
    for example in EXAMPLES:
        window.show_view(View(example.id, "", (example,), direction=direction, preferences=preferences))
        part = next(widget for widget in window.findChildren(PartWidget) if widget.part_id == example.id)
        corner = part.mapTo(window, QPoint(0, 0))
        pictures.append(window.grab(QRect(corner, part.size()).adjusted(-_AIR, -_AIR, _AIR, _AIR)).toImage())
    window.close()
    window.deleteLater()
    return pictures


def _services(out: Path) -> int:
    main = Path(__file__).resolve().parent.parent / "main.py"
    worst = 0
    for size, letters, theme, language in _RUNS:
        name = f"{size}-{letters}-{theme}-{language}"
        folder = out / "pages" / name
        options = ["--size", size, "--text", letters, "--theme", theme, "--lang", language, "--offline"]
        done = subprocess.run(
            [sys.executable, str(main), "demo", "--out", str(folder), *options], check=False, stdout=subprocess.DEVNULL
        )
        worst = max(worst, done.returncode)
        for service in sorted((folder / "screens").glob("*")):
            pictures = [QImage(str(path)) for path in sorted(service.glob("*.png"))]
            if pictures:
                sheet = out / f"{service.name}-{name}.png"
                paste(pictures, sheet, columns=6 if size == "portrait" else 4, width=320 if size == "portrait" else 480)
                print(sheet, flush=True)
    return worst
