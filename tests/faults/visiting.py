# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kiosk with the real window and scripted visitors, one after another, until it is killed.

Tells each tap before it is made ("tap"), and each reference once its receipt stands on the screen ("shown REF").
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands.configuration import load_settings
from commands.demo_case import CONFIGURED, DemoCase
from commands.demo_hands import Hand
from commands.demo_run import DemoRun
from commands.system_clock import SystemClock
from kiosk.navigator import Navigator
from kiosk.view import BigNumber, Event

MORE_THAN_ENOUGH = 10_000


class ToldRun(DemoRun):
    """A demo without pictures that tells what a visitor sees."""

    def _picture(self, path: Path) -> None:
        """Take none: the moments between the taps are what is wanted."""

    def _say(self, text: str) -> None:
        """Keep standard output for taps and receipts."""

    def _do(self, hand: Hand, act: Event) -> None:
        _tell("tap")
        super()._do(hand, act)

    def _finish(self, case: DemoCase, navigator: Navigator, hand: Hand, folder: Path) -> None:
        number = next(part for part in navigator.view.parts if isinstance(part, BigNumber))
        _tell(f"shown {number.text}")
        super()._finish(case, navigator, hand, folder)


def _tell(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(config: Path) -> None:
    arguments = argparse.Namespace(
        out=config.parent / "out",
        service=["bel"],
        lang="nl",
        count=MORE_THAN_ENOUGH,
        back_end=CONFIGURED,
        offline=True,
        keys_only=False,
        audio_only=False,
        size="laptop",
        text="100",
        theme="light",
        json=True,
    )
    ToldRun(load_settings(config), SystemClock(), arguments).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
