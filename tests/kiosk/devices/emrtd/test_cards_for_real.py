# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole road, nothing left out: the window's port, the child process, PC/SC, a real pcscd, a virtual card.

Each bad card ends in its own state, within its time, and its child does not grow. How readers and pcscd come and go
is in `test_id_reader_hot_plug`.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

import pytest
from _pytest.mark.structures import ParameterSet

from kiosk.devices import id_reader
from kiosk.devices.emrtd.document import AccessKey, Can, Reading
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.id_reader import IdReader, Patience, child_command
from tests.fakes.clock import FakeClock
from tests.kiosk.devices.emrtd.virtual import ground
from tests.kiosk.devices.emrtd.virtual.bad_cases import cases
from tests.kiosk.devices.emrtd.virtual.card import Delays, VirtualCard
from tests.kiosk.devices.emrtd.virtual.connection import key_of
from tests.kiosk.devices.emrtd.virtual.ground import Ground, wait_until
from tests.kiosk.devices.emrtd.virtual.profile import TRUST, data_group, load, names
from tests.kiosk.devices.emrtd.virtual.vpcd import Lying

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NEVER = {data_group(number) for number in (2, 3, 11)}
SIDES = 2  # readings at once: as many as CI has processors, and the driver slots
MOST_MEMORY = 150 << 20
# A bad card may cost its time-outs, and this much for all around it, on a busy machine.
AROUND_S = 20.0
PATIENCE = Patience(apdu_s=8.0, access_s=40.0, all_s=60.0)

# One of each kind; the others run with `-m long`, and all of them in one process each time.
EACH_TIME = (
    "garbage",
    "another kind of card",
    "one byte",
    "silent after 9",
    "blocked",
    "PACE: reflected",
    "PACE: off curve",
    "PACE: bad token",
    "PACE: integrated mapping alone",
    "BAC: bit 100",
    "sealed: plain",
    "sealed: bad mac",
    "sealed by AES: replayed",
    "sealed: other status",
    "sealed: doubled",
    "sealed: bomb",
    "DG1: 4 GB",
    "DG1: endless",
    "DG1: refused",
    "CardAccess: bomb",
    "DG1: changed",
    "SOD: unknown_type",
    "SOD: unknown_signer",
    "SOD: expired_signer",
    "AA: another key, residence_permit",
    "AA: a recording, nik_2014",
    "CA: another key",
)


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of one card, how long it took from its laying down, and the most memory that the child had."""

    reading: Reading
    seconds: float
    memory: int
    asked_for: frozenset[int]


class Side:
    """One reader with the port that a window would have."""

    def __init__(self, place: Ground, number: int) -> None:
        self._ground = place
        self._number = number
        self.port = IdReader(child_command(TRUST, ground.NAMES[number]), FakeClock(NOW), PATIENCE)

    def read(self, card: VirtualCard, key: AccessKey | None = None) -> Ended:
        """Lay the card down, let it be read, and take it away again."""
        done, found = Event(), SimpleQueue[Reading]()

        def ends(reading: Reading) -> None:
            found.put(reading)
            done.set()

        lying = self._ground.lay(card, self._number)
        began = monotonic()
        self.port.read(key or key_of(card.profile), lambda _: None, ends)
        memory, child = 0, self.port._child
        while not done.wait(0.02) and monotonic() - began < PATIENCE.all_s + AROUND_S:
            memory = max(memory, self._memory())
            child = self.port._child or child
        seconds = monotonic() - began
        # As a person does: the card is lifted when the reader has let it go.
        if child is not None:
            wait_until(lambda: child.process.poll() is not None, AROUND_S)
        lying.take_away()
        return Ended(found.get_nowait(), seconds, memory, frozenset(card.asked_for))

    def _memory(self) -> int:
        child = self.port._child
        if child is None:
            return 0
        try:
            text = Path(f"/proc/{child.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0
        return next((int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("VmHWM")), 0)


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    if reason := ground.why_not():
        pytest.skip(f"no virtual reader: {reason}")
    with TemporaryDirectory(prefix="loket-cards-") as name, closing(Ground(Path(name))) as found:
        found.start()
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in found.environment.items():
                patch.setenv(variable, value)
            # How long a child may take to start is not what is tried here, on a machine that does much else.
            patch.setattr(id_reader, "START_S", 60.0)
            patch.setattr(id_reader, "SILENCE_S", 60.0)
            yield found


@dataclass(frozen=True, slots=True)
class Laid:
    """A card that is to be laid down, and how its reading must end."""

    name: str
    make: Callable[[], VirtualCard]
    ends: str
    key: AccessKey | None = None


def good() -> list[Laid]:
    return [Laid(name, partial(VirtualCard, load(name)), "done") for name in names()]


def bad() -> list[Laid]:
    wrong, counting = load("nik_2021"), partial(VirtualCard, load("nik_2021"), tries=3)
    found = [Laid(case.name, case.make, case.ends) for case in cases()]
    found += [
        Laid("wrong key", partial(VirtualCard, wrong), "wrong_key", Can("000000")),
        Laid("wrong key, counted", counting, "wrong_key", Can("000000")),
    ]
    found += [
        Laid(f"removed at {count}", partial(VirtualCard, load("passport"), removed_at=count), "card_removed")
        for count in (0, 3, 7, 14, 21)
    ]
    return found


def each_or_long(laid: Laid) -> ParameterSet:
    is_each_time = laid.name in EACH_TIME or laid.name.startswith(("wrong key", "removed at"))
    return pytest.param(laid, id=laid.name, marks=() if is_each_time else pytest.mark.long)


@pytest.fixture(scope="module")
def ended(place: Ground, request: pytest.FixtureRequest) -> Iterator[Callable[[Laid], Ended]]:
    """Have all cards of this run read, two at a time; each test waits for its own."""
    wanted: list[Laid] = []
    for item in request.session.items:
        if item.path == request.path and isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            laid = item.callspec.params["laid"]
            assert isinstance(laid, Laid)
            wanted.append(laid)
    sides = [Side(place, number) for number in range(SIDES)]
    free = SimpleQueue[Side]()
    for side in sides:
        free.put(side)

    def read(laid: Laid) -> Ended:
        side = free.get()
        try:
            return side.read(laid.make(), laid.key)
        finally:
            free.put(side)

    with ThreadPoolExecutor(SIDES, thread_name_prefix="side") as pool:
        asked = {laid.name: pool.submit(read, laid) for laid in wanted}
        yield lambda laid: asked[laid.name].result(100)
        pool.shutdown(cancel_futures=True)
    for side in sides:
        side.port.close()


@pytest.mark.parametrize("laid", good(), ids=lambda laid: laid.name)
def test_every_good_card_is_read(laid: Laid, ended: Callable[[Laid], Ended]) -> None:
    found = ended(laid)
    assert found.reading.state is CardState.DONE, found.reading.says
    assert found.reading.checks.passive is Verdict.HELD
    assert Verdict.HELD in {found.reading.checks.active, found.reading.checks.chip}
    assert found.asked_for & NEVER == set()
    assert found.memory < MOST_MEMORY


@pytest.mark.parametrize("laid", [each_or_long(laid) for laid in bad()])
def test_every_bad_card_ends_in_its_own_state_and_time(laid: Laid, ended: Callable[[Laid], Ended]) -> None:
    found = ended(laid)
    assert found.reading.state.value == laid.ends, found.reading.says
    assert found.reading.tries_left == (2 if laid.name == "wrong key, counted" else found.reading.tries_left)
    assert found.seconds < PATIENCE.all_s + AROUND_S
    assert found.asked_for & NEVER == set()
    assert found.memory < MOST_MEMORY
    for line in laid.make().profile.mrz:
        assert line not in found.reading.says


def test_all_that_is_named_to_run_each_time_is_there() -> None:
    assert set(EACH_TIME) <= {case.name for case in cases()}


# --- While one reading goes on ---


def begun(place: Ground, side: Side, card: VirtualCard) -> tuple[Lying, SimpleQueue[Reading]]:
    """Lay a slow card down and wait until it is being read."""
    found = SimpleQueue[Reading]()
    lying = place.lay(card)
    side.port.read(key_of(card.profile), lambda _: None, found.put)
    assert wait_until(lambda: card.count > 5, 40)
    return lying, found


@pytest.fixture
def side(place: Ground) -> Iterator[Side]:
    found = Side(place, 0)
    yield found
    found.port.close()


def test_another_card_laid_down_while_one_is_read_is_told(place: Ground, side: Side) -> None:
    lying, found = begun(place, side, VirtualCard(load("passport"), delays=Delays(each=0.1)))
    lying.take_away()
    other = place.lay(VirtualCard(load("passport")))
    assert found.get(timeout=40).state is CardState.CARD_REMOVED
    other.take_away()
