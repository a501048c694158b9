# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real child process with a reading of one command: for tests of readers, time and presence.

The last digit of the CAN says what the reading is to do beside that.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

from kiosk.devices import id_reader_child
from kiosk.devices.emrtd.connection import CardConnection
from kiosk.devices.emrtd.document import Can, Document, DocumentKind, Reading
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader_lines import Order

PATIENT = "--patient"
SELECT = bytes.fromhex("00A4040C07A0000002471001")
NOBODY = Document(DocumentKind.ID_CARD, "UTO", "Voorbeeld", "Noor", "1985-03-12", "2031-08-02")


def read_one(card: CardConnection, order: Order, progress: Callable[[Step, float], None]) -> Reading:
    progress(Step.ACCESS, 0.1)
    what = order.key.digits[-1] if isinstance(order.key, Can) else "0"
    try:
        card.transmit(SELECT)
        match what:
            case "1":
                os.abort()
            case "2":
                os.write(3, b"\xff\x00 this is not ours\n")  # the pipe, past the door
                Event().wait()
            case "3":
                Event().wait()  # while it opens the chip
            case "4":
                progress(Step.FILES, 0.5)
                Event().wait()  # after that
            case "5":
                raise ValueError(NOBODY.surname)
            case "6":
                return Reading(CardState.DONE, Document(DocumentKind.ID_CARD, "UTO", "\0", "N", "", ""))
            case "7":
                bytearray(1 << 30)
            case "8":
                for _ in range(200):
                    card.transmit(SELECT)
            case _:
                pass
    except CardError as error:
        return Reading(error.state, says=str(error))
    progress(Step.CHECKS, 1.0)
    return Reading(CardState.DONE, NOBODY)


def _warm_up(trusted: Path | None) -> id_reader_child.ReadOne:
    return read_one


if __name__ == "__main__":
    if PATIENT in sys.argv:  # on a machine that does much else a service is not back in three seconds
        sys.argv.remove(PATIENT)
        id_reader_child.BACK_S = 60.0
    id_reader_child.main(_warm_up)
