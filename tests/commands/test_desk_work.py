# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who signs in as counter staff sits down to open cases, with what was just accepted; nobody else does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from commands.desk_work import CounterDoor, LateActBook, LateCallBook, LateWorkList, PractisingDesk
from domain.call_attempts import CallAttempt
from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from domain.errors import CounterError
from domain.settings import DeviceSettings, Settings
from domain.staff import Role, StaffMember
from tests.assisted.counter_cases import LATE, CounterRoom
from tests.assisted.desk import BADGE, NEW, OMAR, RIET, FakeDoor
from tests.fakes.clock import TUESDAY
from tests.fakes.counter_desk import FakeCounterDesk


@dataclass
class SlowDesk(FakeCounterDesk):
    """A service that is not there the first few times."""

    misses: int = 2
    begun: list[StaffMember] = field(default_factory=list)

    def begin(self, member: StaffMember, secret: str) -> None:
        if self.misses:
            self.misses -= 1
            raise CounterError("the sync service is not there")
        self.begun.append(member)
        super().begin(member, secret)


def test_begins_with_the_pin_that_was_accepted() -> None:
    desk = FakeCounterDesk()
    door = CounterDoor(FakeDoor(), desk)
    door.sign_in("34", "518063")
    assert (desk.member, desk.secrets) == (OMAR, ["518063"])


@pytest.mark.parametrize(("number", "pin"), [("34", "000000"), ("12", "739204")])
def test_begins_for_nobody_who_was_refused_or_only_helps(number: str, pin: str) -> None:
    desk = FakeCounterDesk()
    CounterDoor(FakeDoor(), desk).sign_in(number, pin)
    assert desk.secrets == []


def test_begins_with_a_badge_too(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeCounterDesk()
    monkeypatch.setattr("tests.assisted.desk.RIET", replace(RIET, role=Role.COUNTER))
    CounterDoor(FakeDoor(), desk).sign_in_by_badge(BADGE)
    assert desk.secrets == [BADGE]


def test_begins_with_the_pin_of_ones_own_where_one_was_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(NEW, role=Role.COUNTER)
    monkeypatch.setitem(__import__("tests.assisted.desk", fromlist=["PINS"]).PINS, "56", ("640917", given))
    desk = FakeCounterDesk()
    door = CounterDoor(FakeDoor(), desk)
    assert door.sign_in("56", "640917").member == given
    assert desk.secrets == []
    door.change_pin(given, "837465")
    assert desk.secrets == ["837465"]


def test_keeps_no_secret() -> None:
    desk = FakeCounterDesk()
    door = CounterDoor(FakeDoor(), desk)
    door.sign_in("34", "518063")
    assert [kept for kept in vars(door).values() if isinstance(kept, str | list | tuple | dict)] == [OMAR.staff_id]


def test_lets_somebody_in_when_the_service_is_away() -> None:
    door = CounterDoor(FakeDoor(), FakeCounterDesk(fails_with=CounterError("not there")))
    assert door.sign_in("34", "518063").member == OMAR


def test_ends_with_the_sign_out_but_not_the_sitting_of_who_came_after() -> None:
    desk, inner = FakeCounterDesk(), FakeDoor()
    door = CounterDoor(inner, desk)
    door.sign_in("34", "518063")
    door.signed_out(RIET)
    assert desk.ended == 0
    door.signed_out(OMAR)
    assert desk.ended == 1
    assert inner.left == [RIET.staff_id, OMAR.staff_id]


def test_a_desk_that_practises_sits_down_by_itself_and_waits_for_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.desk_work._PAUSE_S", 0.0)
    inner = SlowDesk(CounterRoom().desk.cases, needs_sitting=True)
    desk = PractisingDesk(inner, OMAR)
    assert desk.open(LATE).item.reference == LATE
    assert inner.begun == [OMAR]
    assert inner.secrets == [""]


def test_a_desk_that_practises_sits_down_again_after_the_service_came_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.desk_work._PAUSE_S", 0.0)
    inner = SlowDesk(CounterRoom().desk.cases, needs_sitting=True, misses=0)
    desk = PractisingDesk(inner, OMAR)
    desk.open(LATE)
    inner.member = None
    with pytest.raises(CounterError):
        desk.open(LATE)
    assert desk.open(LATE).item.reference == LATE


def test_a_desk_that_practises_waits_no_more_once_it_ended() -> None:
    desk = PractisingDesk(SlowDesk(misses=1000), OMAR)
    desk.end()
    with pytest.raises(CounterError):
        desk.open(LATE)


def test_the_books_are_opened_at_the_first_use_and_keep_what_they_are_given(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    settings = Settings(device=DeviceSettings(data_dir=folder))
    work, acts, calls = LateWorkList(settings), LateActBook(settings), LateCallBook(settings)
    assert not list(folder.iterdir())
    assert list(work.page(10)) == []
    act = CaseAct(ActHeader(new_act_id(), LATE, ActKind.TAKE_ON, TUESDAY, "34", "v1", ""), "Omar Aydin")
    assert acts.record(act)
    assert [kept.header.reference for kept in acts.acts(only_open=True)] == [LATE]
    assert work.counts(TUESDAY.date()).unsent_acts == 1
    attempt = CallAttempt("00000000-0000-4000-8000-000000000001", LATE, TUESDAY, was_reached=False)
    assert calls.record(attempt)
    assert [kept.attempt_id for kept in calls.attempts(LATE)] == [attempt.attempt_id]
