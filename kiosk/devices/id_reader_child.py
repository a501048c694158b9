# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The child process that speaks with readers and cards: it tells what lies there, reads ONE document, and ends.

What a stranger's card says is handled here and nowhere else, and all of it is gone with this process. The key comes by
standard input, never as an argument. How long anything may take is for the parent, `id_reader`, which kills.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import BinaryIO, NoReturn

from kiosk.devices.emrtd.connection import CardConnection, Limits
from kiosk.devices.emrtd.document import Reading
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.pcsc_card import PcscCard, open_card
from kiosk.devices.emrtd.pcsc_codes import E_SHARING_VIOLATION, PcscError
from kiosk.devices.emrtd.readers import LOOK_S, ReaderWatch, Scene
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader_lines import (
    LONGEST_LINE,
    Exchange,
    LineError,
    Order,
    Told,
    order_of,
    told_line,
)
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.devices.locked_process import lock_down

BACK_S = 3.0  # a service that was killed, a reader that was pulled out: back within this, or it is told
SETTLE_S = 1.5  # a card that is being laid down does not answer at once
HELD_S = 5.0  # another program has the card
_MEMORY = 512 << 20
_FILES = 64
_TRY_AGAIN_S = 0.1

# read_document with all but these filled in
ReadOne = Callable[[CardConnection, Order, Callable[[Step, float], None]], Reading]


class IdReaderChild:
    """Watches, and reads when it is asked to. Runs in one thread; `ask` comes from another."""

    def __init__(self, watch: ReaderWatch, tell: Callable[[Told], None], warm_up: Callable[[], ReadOne]) -> None:
        self._watch = watch
        self._tell = tell
        self._warm_up = warm_up
        self._read_one: ReadOne | None = None  # most of the memory; who only watches has none of it
        self._order: Order | None = None
        self._missed_from = 0.0
        self._open_from = 0.0
        self._share = 0.0

    def ask(self, order: Order) -> None:
        """Take the one order of this process."""
        self._order = order
        self._watch.interrupt()

    def run(self) -> None:
        """Tell what lies there until a document is read."""
        scene = self._watch.look(0)
        self._tell(presence_of(scene))
        while not self._serve(scene):
            scene = self._watch.look(_TRY_AGAIN_S if self._open_from else LOOK_S)
            self._tell(presence_of(scene))  # the same again, too: it says that we live

    def _serve(self, scene: Scene) -> bool:
        """Do what was ordered, when it can be done now; tell whether it is done."""
        order = self._order
        if self._read_one is None and (order is not None or scene.with_card):
            self._read_one = self._warm_up()  # a moment, while the card settles or its number is being typed
        if order is None or self._read_one is None:
            return False
        given_up = self._gives_up(scene)
        if given_up is not None:
            self._tell(given_up)
            return True
        if len(scene.with_card) != 1:  # none; or two, and which is meant?
            self._open_from = 0.0
            return False
        card = self._opened(scene.with_card[0])
        if card is None:
            return False
        if isinstance(card, Reading):
            self._tell(card)
            return True
        self._progress(Step.ACCESS, 0.0)
        try:
            reading = self._read_one(_Told(card, self._tell), order, self._progress)
            self._tell(reading)
        finally:
            card.close()
        return True

    def _gives_up(self, scene: Scene) -> Reading | None:
        """Tell whether it makes no sense to wait on."""
        if scene.readers:
            self._missed_from = 0.0
            return None
        self._missed_from = self._missed_from or monotonic()
        if monotonic() - self._missed_from < BACK_S:
            return None
        if scene.error is None:
            return Reading(CardState.NO_READER)
        return Reading(CardState.SERVICE_DOWN, says=str(scene.error))

    def _opened(self, reader: str) -> PcscCard | Reading | None:
        """Take the card; None: not now, look again."""
        self._open_from = self._open_from or monotonic()
        try:
            return open_card(self._watch, reader)
        except PcscError as error:
            patience_s = HELD_S if error.code == E_SHARING_VIOLATION else SETTLE_S
            ends = error.state in (CardState.UNSUPPORTED_CARD, CardState.TIMEOUT)
            if ends and monotonic() - self._open_from > patience_s:
                return Reading(error.state, says=str(error))
            return None

    def _progress(self, step: Step, share: float) -> None:
        self._share = max(self._share, min(share, 1.0))
        self._tell(Progress(step, self._share))


class _Told:
    """A card of which the parent knows when it is being asked something (`connection.CardConnection`)."""

    def __init__(self, card: CardConnection, tell: Callable[[Told], None]) -> None:
        self._card = card
        self._tell = tell

    @property
    def limits(self) -> Limits:
        """Give what fits through."""
        return self._card.limits

    def transmit(self, command: bytes) -> bytes:
        """Ask, between two lines to the parent, who counts how long it takes."""
        self._tell(Exchange(is_open=True))
        answer = self._card.transmit(command)
        self._tell(Exchange(is_open=False))
        return answer

    def close(self) -> None:
        """Let the card go."""
        self._card.close()


def presence_of(scene: Scene) -> Presence:
    """Word a look as a window asks for it."""
    if not scene.is_service_up:
        return Presence.SERVICE_DOWN
    if not scene.readers:
        return Presence.NO_READER
    if not scene.with_card:
        return Presence.EMPTY
    return Presence.CARD if len(scene.with_card) == 1 else Presence.TWO_CARDS


def _warm_up(trusted: Path | None) -> ReadOne:
    from kiosk.devices.emrtd.reading import read_document  # noqa: PLC0415  the first look comes before it
    from kiosk.devices.emrtd.trust import TrustStore  # noqa: PLC0415

    try:
        trust = TrustStore.load(trusted) if trusted is not None else TrustStore.empty()
    except (OSError, ValueError, CardError):
        trust = TrustStore.empty()  # read, and not checked; `loket doctor` tells what is wrong with the folder
    return lambda card, order, progress: read_document(card, order.key, trust, now=order.now, progress=progress)


def _take_orders(requests: BinaryIO, child: IdReaderChild) -> NoReturn:
    """Wait for the order, and then for the end of the parent: this process is of no use without it."""
    while line := requests.readline(LONGEST_LINE):
        try:
            child.ask(order_of(line))
        except LineError:
            break
    os._exit(0)


def main(warm_up: Callable[[Path | None], ReadOne] = _warm_up) -> None:
    """Keep the pipe for ourselves: a C library that prints would break the protocol."""
    lock_down(memory_bytes=_MEMORY, files=_FILES)
    parser = argparse.ArgumentParser()
    parser.add_argument("--trusted", type=Path)
    parser.add_argument("--reader", default="")
    arguments = parser.parse_args()
    told = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    watch = ReaderWatch(arguments.reader)

    def tell(what: Told) -> None:
        told.write(told_line(what))

    child = IdReaderChild(watch, tell, lambda: warm_up(arguments.trusted))
    threading.Thread(target=_take_orders, args=(sys.stdin.buffer, child), daemon=True).start()
    try:
        child.run()
        watch.close()
    except Exception as error:  # noqa: BLE001  a door: its text may hold what a card said, its kind does not
        tell(Reading(CardState.PROTOCOL_VIOLATION, says=type(error).__name__))
    finally:
        os._exit(0)  # at once: nothing here has an end of its own, and the other thread waits for the parent


if __name__ == "__main__":
    main()
