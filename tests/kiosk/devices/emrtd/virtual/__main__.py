# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lays a virtual card on a virtual reader by hand: python -m tests.kiosk.devices.emrtd.virtual FIXTURE --port N."""

from __future__ import annotations

import argparse
import signal
import sys
from functools import partial

from tests.kiosk.devices.emrtd.virtual.card import DUTCH, Delays, VirtualCard
from tests.kiosk.devices.emrtd.virtual.profile import load, names
from tests.kiosk.devices.emrtd.virtual.vpcd import PORT, Lying, connect


def main() -> int:
    """Run until the card is taken away by Ctrl+C."""
    parser = argparse.ArgumentParser(prog="virtual", description=__doc__)
    parser.add_argument("fixture", choices=names())
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--slow", action="store_true", help="answer as slowly as a real Dutch document")
    arguments = parser.parse_args()
    # Said aloud: who was begun in the background by a shell inherits that Ctrl+C is for others.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    profile = load(arguments.fixture)
    print(profile.says, *profile.mrz, *([f"CAN {profile.can}"] if profile.can else []), sep="\n", flush=True)
    try:
        card = Lying(
            VirtualCard(profile, delays=DUTCH if arguments.slow else Delays()), partial(connect, arguments.port)
        )
    except OSError as error:
        print(f"no virtual reader listens on port {arguments.port}: {error.strerror}", file=sys.stderr)
        return 1
    try:
        card.wait_until_gone()
    except KeyboardInterrupt:
        card.take_away()
    return 0


if __name__ == "__main__":
    sys.exit(main())
