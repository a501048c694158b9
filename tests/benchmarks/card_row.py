# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a document: the whole road of the window (child, pcscd, virtual reader) next to the card's own time."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition
from time import monotonic

from commands.system_clock import SystemClock
from domain.settings import IdDocumentSettings
from kiosk.devices.emrtd.document import Can, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.id_reader import IdReader, make_id_reader
from kiosk.devices.id_reader_port import Presence, Progress
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target
from tests.kiosk.devices.emrtd.virtual.card import DUTCH, Delays, VirtualCard
from tests.kiosk.devices.emrtd.virtual.ground import Ground, wait_until, why_not
from tests.kiosk.devices.emrtd.virtual.profile import TRUST, Profile, load

BOUND = 1.15
PATIENCE_S = 120.0
CARDS = (("passport", "passport, PACE with the lines"), ("nik_2021", "identity card, PACE with the number on it"))
REMARKS = """A real pcscd, a virtual reader and a virtual card that thinks as long as Dutch documents do (the whole some
7 s). Ours: from the call of the window, with the card lying there and the child process warm, to the reading with its
checks. The peer is that card: the sum of the times from each command that reached it to its answer. Ours alone: the
same with a card that thinks no longer than its own ciphers take, less that. A card that thinks does not mind other work
on the machine, and we do: where it may, this row asks the system to go before that (real-time scheduling), as at a
kiosk nothing else goes on."""


class TimedCard(VirtualCard):
    """A card that counts how long it takes over its answers."""

    spent_s = 0.0

    def process(self, raw: bytes) -> bytes:
        began = monotonic()
        answer = super().process(raw)
        self.spent_s += max(self.delay, monotonic() - began)  # who serves it lets it think so long
        return answer


class Asker:
    """Waits for what a reader tells."""

    def __init__(self, reader: IdReader) -> None:
        self._reader = reader
        self._news = Condition()
        self._found: list[Reading] = []
        reader.watch(self._on_presence)

    def wait_for_card(self) -> None:
        """Wait until the card is seen, and the child has loaded all it reads with."""
        with self._news:
            if not self._news.wait_for(lambda: self._reader.presence is Presence.CARD, PATIENCE_S):
                raise TimeoutError("the reader sees no card")
        child = self._reader._child
        told = child.lines if child is not None else 0
        if child is None or not wait_until(lambda: child.lines > told, PATIENCE_S):
            raise TimeoutError("the child process does not get ready")

    def read(self, key: Can | MrzKey) -> float:
        """Read, and give how many seconds it took."""
        self._found.clear()
        began = monotonic()
        self._reader.read(key, self._on_progress, self._on_done)
        with self._news:
            if not self._news.wait_for(lambda: bool(self._found), PATIENCE_S):
                raise TimeoutError("the reading does not end")
        took = monotonic() - began
        reading = self._found[0]
        if reading.state is not CardState.DONE:
            raise OSError(f"the reading ended as {reading.state}: {reading.says}")
        return took

    def _on_presence(self, presence: Presence) -> None:
        with self._news:
            self._news.notify_all()

    def _on_progress(self, progress: Progress) -> None:
        """Let it pass."""

    def _on_done(self, reading: Reading) -> None:
        with self._news:
            self._found.append(reading)
            self._news.notify_all()


def measure(bench: Bench) -> Row:
    if reason := why_not():
        return Row("card", (), f"Not measured: {reason}.")
    figures: list[Figure] = []
    series: dict[str, list[float]] = {}
    with _undisturbed(), _ground(bench.room("card")) as ground:
        for name, says in CARDS:
            ours, cards = zip(
                *(_once(ground, load(name), DUTCH) for _ in range(bench.rounds(5, 1))),
                strict=True,
            )
            figures.append(
                Figure(
                    f"chip read: {says}",
                    statistics.median(ours),
                    "s",
                    "the card's own answers",
                    statistics.median(cards),
                    statistics.median(our / card for our, card in zip(ours, cards, strict=True)),
                    Target(BOUND),
                    missed_because="our own work is some 40 ms; the rest waited for a processor: see the load below",
                    samples=len(ours),
                )
            )
            alone = [
                our - card for our, card in (_once(ground, load(name), Delays()) for _ in range(bench.rounds(5, 1)))
            ]
            figures.append(
                Figure(f"chip read, ours alone: {says}", statistics.median(alone) * 1000, "ms", samples=len(alone))
            )
            series |= {f"{name}_s": list(ours), f"{name}_card_s": list(cards), f"{name}_alone_s": alone}
    return Row("card", tuple(figures), REMARKS, series)


def _once(ground: Ground, profile: Profile, delays: Delays) -> tuple[float, float]:
    reader = make_id_reader(IdDocumentSettings(TRUST), SystemClock())
    card = TimedCard(profile, delays=delays)
    lying = ground.lay(card)
    try:
        asker = Asker(reader)
        asker.wait_for_card()
        took = asker.read(_key(profile))
        return took, card.spent_s
    finally:
        reader.close()
        lying.take_away()


def _key(profile: Profile) -> Can | MrzKey:
    if profile.can is not None:
        return Can(profile.can)
    number, birth, expiry = profile.key_lines
    return MrzKey(number[:-1].rstrip("<"), birth[:-1], expiry[:-1])


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Go before all other work, with every thread and process that is started meanwhile."""
    usual = os.sched_getscheduler(0)
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, usual, os.sched_param(0))


@contextmanager
def _ground(room: Path) -> Iterator[Ground]:
    ground = Ground(room)
    before = os.environ.get("PCSCLITE_CSOCK_NAME")
    try:
        ground.start()
        os.environ.update(ground.environment)
        yield ground
    finally:
        ground.close()
        if before is None:
            os.environ.pop("PCSCLITE_CSOCK_NAME", None)
        else:
            os.environ["PCSCLITE_CSOCK_NAME"] = before
