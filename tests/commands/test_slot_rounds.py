# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two desks that gave the same last place away without a network both find it, and the later one has to plan anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from assisted.slot_clashes import SlotNotice, slot_notice
from commands.configuration import load_settings
from commands.desk_handovers import LateSlotBook
from commands.slot_rounds import SlotRounds
from domain.knowledge import HelpSlot
from domain.settings import Settings
from domain.slot_plan import SlotClash, slot_key
from tests.assisted.desk import RIET, Desk
from tests.fakes.clock import TUESDAY, FakeClock

SLOT = HelpSlot("Hulp bij formulieren", 2, "13.00 tot 15.00 uur", "Bibliotheek", True, places=1)
KEY = slot_key(SLOT)
TODAY, DAY = TUESDAY.date(), date(2026, 12, 1)


@dataclass
class OneDesk:
    """A desk with a data folder of its own."""

    settings: Settings
    book: LateSlotBook

    def give_away(self, at: datetime = TUESDAY, places: int = 1) -> str:
        return self.book.book(KEY, DAY, places, at)

    def round(self) -> bool:
        return SlotRounds(self.settings, FakeClock()).round()

    @property
    def clashing(self) -> list[SlotClash]:
        return list(self.book.clashing(TODAY))

    @property
    def given(self) -> int:
        return self.book.booked(TODAY).get((KEY, DAY), 0)


def desk_at(place: Path, name: str, shared: Path) -> OneDesk:
    folder = place / name
    (folder / "data").mkdir(parents=True)
    file = folder / "loket.toml"
    file.write_text(
        f'[device]\nid = "{name}"\ndata_dir = "data"\n[desk]\nslots_folder = "{shared.as_posix()}"\n', encoding="utf-8"
    )
    settings = load_settings(file)
    return OneDesk(settings, LateSlotBook(settings))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def one(tmp_path: Path, shared: Path) -> OneDesk:
    return desk_at(tmp_path, "balie-1", shared)


@pytest.fixture
def two(tmp_path: Path, shared: Path) -> OneDesk:
    return desk_at(tmp_path, "balie-2", shared)


def test_two_desks_that_gave_the_last_place_away_both_see_it_and_the_later_one_is_marked(
    one: OneDesk, two: OneDesk
) -> None:
    later = two.give_away(TUESDAY + timedelta(minutes=5))
    earlier = one.give_away(TUESDAY)
    assert (one.clashing, two.clashing) == ([], [])
    for desk in (one, two, one):
        assert desk.round()
    assert [(clash.booking.code, clash.is_ours) for clash in two.clashing] == [(later, True)]
    assert [(clash.booking.code, clash.is_ours) for clash in one.clashing] == [(later, False)]
    assert (one.given, two.given) == (2, 2)
    assert earlier != later


def test_a_place_that_another_desk_gave_away_is_not_given_away_again(one: OneDesk, two: OneDesk) -> None:
    assert one.give_away()
    one.round()
    two.round()
    assert two.give_away() == ""
    assert two.clashing == []


def test_it_is_over_for_both_when_the_later_one_planned_another_hour(one: OneDesk, two: OneDesk) -> None:
    one.give_away(TUESDAY)
    later = two.give_away(TUESDAY + timedelta(hours=1))
    for desk in (one, two, one):
        desk.round()
    assert two.book.take_back(later)
    assert two.clashing == []
    two.round()
    one.round()
    assert (one.clashing, one.given) == ([], 1)


def test_every_desk_writes_its_own_file_alone_and_no_person_in_it(one: OneDesk, two: OneDesk, shared: Path) -> None:
    code = one.give_away()
    for desk in (one, two):
        desk.round()
    assert sorted(path.name for path in shared.iterdir()) == ["loket-uren-balie-1.json", "loket-uren-balie-2.json"]
    said = json.loads((shared / "loket-uren-balie-1.json").read_text(encoding="utf-8"))
    assert said["bookings"] == [{"code": code, "slot": KEY, "on": "2026-12-01", "at": TUESDAY.isoformat(), "places": 1}]
    before = (shared / "loket-uren-balie-1.json").stat().st_mtime_ns
    one.round()
    assert (shared / "loket-uren-balie-1.json").stat().st_mtime_ns == before


GOOD = {"code": "BCDF", "slot": KEY, "on": "2026-12-01", "at": "2026-11-20T10:00:00+00:00", "places": 1}


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 20_000,
        b"{}",
        b'{"format": 2, "bookings": []}',
        b'{"format": 1, "bookings": 7}',
        b'{"format": 1, "bookings": [1, null, {}, {"code": 5}]}',
        json.dumps({"format": 1, "bookings": [GOOD | {"places": True}, GOOD | {"places": 0}]}).encode(),
        json.dumps({"format": 1, "bookings": [GOOD | {"code": "Jan de Vries"}, GOOD | {"at": "2026-11-20"}]}).encode(),
        json.dumps({"format": 1, "bookings": [GOOD | {"at": "0001-01-01T00:00:00+14:00"}]}).encode(),
        json.dumps({"format": 1, "bookings": [GOOD | {"slot": "\ud800"}, GOOD | {"slot": "x" * 700}]}).encode(),
        b" " * 600_000,
    ],
)
def test_garbage_of_another_never_stops_anything(one: OneDesk, two: OneDesk, shared: Path, garbage: bytes) -> None:
    (shared / "loket-uren-balie-9.json").write_bytes(garbage)
    (shared / "loket-uren-map.json").mkdir()
    (shared / "loket-uren-!.json").write_bytes(json.dumps({"format": 1, "bookings": [GOOD]}).encode())
    assert two.give_away()
    for desk in (two, one):
        assert desk.round()
    assert (one.given, one.clashing) == (1, [])


def test_what_can_be_read_of_a_file_with_garbage_counts(one: OneDesk, shared: Path) -> None:
    written = json.dumps({"format": 1, "bookings": [{}, GOOD, GOOD]})
    (shared / "loket-uren-balie-9.json").write_text(written, encoding="utf-8")
    assert one.round()
    assert one.given == 1


def test_a_folder_that_is_away_is_no_fault_and_what_was_heard_stays(one: OneDesk, two: OneDesk, shared: Path) -> None:
    two.give_away()
    two.round()
    one.round()
    shared.rename(shared.with_name("away"))
    assert not one.round()
    assert one.given == 1


def test_home_says_which_number_has_to_come_at_another_hour(qtbot: QtBot, one: OneDesk, two: OneDesk) -> None:
    one.give_away(TUESDAY)
    later = two.give_away(TUESDAY + timedelta(hours=1))
    for desk in (one, two, one):
        desk.round()
    window = Desk(qtbot, on_home=slot_notice(two.book))
    window.sign_in(RIET)
    window.window._go("home")
    window.settle()
    [notice] = window.window.findChildren(SlotNotice)
    [row] = notice.rows
    said = row.findChildren(QLabel)[0].text()
    assert said.startswith(f"{later}: dinsdag 1 december 2026, 13.00 tot 15.00 uur, Hulp bij formulieren.")
    assert said.endswith("Dit uur was al vol. Plan een ander uur en bel de bezoeker.")
    row.findChildren(QPushButton)[0].click()
    window.settle()
    window.settle()
    assert notice.isHidden()
    assert two.clashing == []
    window.close()
