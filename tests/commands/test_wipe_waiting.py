# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A copy of a data directory with a hundred waiting cases: nothing in it can be read with what the window has."""

from __future__ import annotations

import base64
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from commands.joining import COPIES, STORE, second_copies
from commands.office import KioskOffice
from commands.system_clock import SystemClock
from commands.visit_room import place_of, texts_of
from commands.wipe_marks import Marks, new_marks
from commands.wipe_places import Found, Place, search, tree
from commands.wipe_visitor import MarkingVisitor
from domain.settings import Settings, defaults
from kiosk.effects import FileCase
from kiosk.navigator import Navigator
from kiosk.printing import SimulatedPrinter
from resources.service_library import ServiceLibrary
from sync.database import Database
from sync.sealing import make_key_pair
from sync.store_values import every_value

CASES, VISITORS = 100, 5
MOST_SCREENS = 60


@dataclass(frozen=True)
class Window:
    """What a window of a library has: the settings, the public key, and no other."""

    data: Path
    public_key: Path
    private_key: Path  # at the municipality: only to see that the search would find what it opens
    settings: Settings
    office: KioskOffice
    library: ServiceLibrary


@pytest.fixture
def window(tmp_path: Path) -> Window:
    data, elsewhere = tmp_path / "data", tmp_path / "municipality"
    elsewhere.mkdir()
    public, private = tmp_path / "loket.pub", elsewhere / "loket.key"
    make_key_pair(public, private)
    plain = defaults()
    settings = replace(
        plain,
        device=replace(plain.device, data_dir=data),
        sealing=replace(plain.sealing, public_key_file=public),
    )
    library = ServiceLibrary.load()
    office = KioskOffice(
        settings,
        library,
        texts_of,
        place_of(settings),
        SystemClock(),
        SimulatedPrinter(tmp_path / "paper"),
    )
    return Window(data, public, private, settings, office, library)


def hand_in(window: Window, marks: Marks, service: str) -> int:
    """Go through a service without a screen, and hand it in; give how many kinds of field were marked."""
    navigator = Navigator(window.library, texts_of, place_of(window.settings), SystemClock())
    visitor = MarkingVisitor(service, navigator.today, marks.typed(), is_different=False)
    for _ in range(MOST_SCREENS):
        for act in visitor.acts(navigator.view, lambda _item: False):
            for effect in navigator.handle(act):
                if isinstance(effect, FileCase):
                    window.office.file(effect.order)
                    return len(visitor.planted)
    raise AssertionError(f"{service} was not handed in: {navigator.view.name}")


def test_shows_no_field_of_a_hundred_waiting_cases_to_who_copies_the_data(window: Window, tmp_path: Path) -> None:
    visitors = [new_marks() for _ in range(VISITORS)]
    marked = sum(
        hand_in(window, visitors[number % VISITORS], "bel" if number % 2 else "verhuizen") for number in range(CASES)
    )
    with closing(Database(window.data / STORE)) as database:
        second_copies(window.settings).complete(database)
    copy = tmp_path / "stolen"
    shutil.copytree(window.data, copy)
    with closing(Database(tmp_path / "stolen" / STORE)) as database:
        values = list(every_value(database))
        sealed = [row["sealed"] for row in database.rows("SELECT sealed FROM submissions")]
    keys = keys_in(window.public_key)

    opened = [content for parcel in sealed for key in keys for content in tried(key, parcel)]
    places = [Place("raw bytes", lambda: tree(copy)), Place("values", lambda: values), Place("opened", lambda: opened)]
    found: list[Found] = []
    for marks in visitors:
        found += search(places, marks).found

    assert len(sealed) == CASES == len(list((copy / COPIES).iterdir()))
    assert marked >= 3 * CASES
    assert keys
    assert opened == []
    assert found == []
    control = [content for key in keys_in(window.private_key) for content in tried(key, sealed[0])]
    assert visitors[0].kinds_in(b"".join(control)), "the right key opens it, and then the search finds the marks"


def keys_in(file: Path) -> list[PrivateKey]:
    """Give all 32 bytes of a file that anybody could take for a key."""
    found = []
    for word in file.read_text(encoding="ascii").split():
        try:
            content = base64.b64decode(word, validate=True)
        except ValueError:
            continue
        if len(content) == PrivateKey.SIZE:
            found.append(PrivateKey(content))
    return found


def tried(key: PrivateKey, parcel: bytes) -> list[bytes]:
    """Open a parcel with a key, whatever stands before the box in it."""
    found = []
    for start in range(64):
        try:
            found.append(SealedBox(key).decrypt(parcel[start:]))
        except CryptoError:
            continue
    return found
