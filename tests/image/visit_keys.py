# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of one visit, found by playing it here on a window of the same size; the tested machine gets only the keys.

A list of screens, of each the keys that its visitor presses. So the script is always that of the texts of today.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from commands.configuration import load_settings
from commands.demo_case import SIZES, DemoCase
from commands.demo_hands import Hand, KeyHand
from commands.demo_run import DemoRun
from commands.system_clock import SystemClock
from kiosk.navigator import Navigator
from kiosk.view import Event
from kiosk.window import KioskWindow

QCODES = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Return: "ret",
}


class ToldHand(KeyHand):
    """Six keys, each written down before it is pressed."""

    def __init__(self, window: KioskWindow, told: list[str]) -> None:
        super().__init__(window)
        self._told = told

    def _press(self, key: Qt.Key) -> None:
        self._told.append(QCODES[key])
        super()._press(key)


class ToldVisit(DemoRun):
    """A demo of one visit without pictures, that stops at the receipt."""

    def __init__(self, config: Path, width: int, height: int, service: str) -> None:
        arguments = argparse.Namespace(
            out=config.parent / "out", service=[service], lang="nl", count=1, back_end="practice", offline=True,
            keys_only=True, audio_only=False, size="laptop", text="100", theme="light", json=True,
        )  # fmt: skip
        SIZES["laptop"] = (width, height)
        super().__init__(load_settings(config), SystemClock(), arguments)
        self._place = replace(self._place, has_printer=False)
        self.screens: list[tuple[str, list[str]]] = []

    def _do(self, hand: Hand, act: Event) -> None:
        told: list[str] = []
        view = self._shown.view.name if self._shown.view is not None else ""
        super()._do(ToldHand(self._shown, told), act)
        self.screens.append((view, told))

    def _picture(self, path: Path) -> None:
        """Take none."""

    def _say(self, text: str) -> None:
        """Keep quiet."""

    def _finish(self, case: DemoCase, navigator: Navigator, hand: Hand, folder: Path) -> None:
        """Leave the receipt on the screen."""


def keys_of_visit(
    width: int, height: int, stick: Mapping[str, bytes], service: str = "bel"
) -> list[tuple[str, list[str]]]:
    """Give the keys of a visit, a screen at a time, with the settings on the stick: they decide what is on a page."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in stick.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.replace(b'"/var/lib/loket"', f'"{folder}/data"'.encode()))
        visit = ToldVisit(Path(folder) / "loket.toml", width, height, service)
        visit.run()
        return visit.screens
