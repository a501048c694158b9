# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in: who may, who is locked and for how long, and that neither PIN, badge nor name lies about."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import SealingError, StaffError
from domain.staff import Role, SignInOutcome, SignInPlace, StaffId, StaffMember
from sync.staff_book import STAFF, SqliteStaffBook, StaffFile
from sync.staff_seal import StaffSeal, staff_key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PIN, OTHER_PIN, BADGE = "402917", "730164", "04A1B2C3D4"
KIOSK, DESK = SignInPlace.KIOSK, SignInPlace.DESK
WELCOME, WRONG, LOCKED = SignInOutcome.WELCOME, SignInOutcome.WRONG, SignInOutcome.LOCKED


class Told:
    """Notes what the audit log would hear."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, StaffId | None]] = []

    def __call__(self, event: str, staff_id: StaffId | None, at: datetime) -> None:
        assert at.tzinfo is not None
        self.lines.append((event, staff_id))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def book(tmp_path: Path, told: Told) -> Iterator[SqliteStaffBook]:
    file = StaffFile(tmp_path / STAFF)
    yield book_on(file, tmp_path, told)
    file.close()


def book_on(file: StaffFile, folder: Path, told: Told) -> SqliteStaffBook:
    return SqliteStaffBook(file, StaffSeal(staff_key(folder / "staff.key"), ops=1, memory=8192), told)


@pytest.fixture
def member(book: SqliteStaffBook) -> StaffMember:
    return book.add("Marja Mulder", Role.IT, PIN, NOW, is_start_pin=False)


def fail(book: SqliteStaffBook, times: int, number: str, place: SignInPlace = KIOSK, now: datetime = NOW) -> None:
    for _ in range(times):
        book.sign_in(number, "999998", place, now)


def test_welcomes_a_member_with_number_and_pin(book: SqliteStaffBook, member: StaffMember, told: Told) -> None:
    reply = book.sign_in(str(member.number), PIN, KIOSK, NOW)
    assert (reply.outcome, reply.member) == (WELCOME, member)
    book.signed_out(member.staff_id, KIOSK, NOW)
    assert told.lines == [
        ("staff-added", member.staff_id),
        ("staff-signed-in", member.staff_id),
        ("staff-signed-out-kiosk", member.staff_id),
    ]


def test_lets_nobody_in_while_there_is_no_staff(book: SqliteStaffBook) -> None:
    for pin in ("", "000000", "123456", "0000", "admin"):
        assert book.sign_in("10", pin, DESK, NOW).member is None


@pytest.mark.parametrize(("number", "pin"), [("10", "402918"), ("11", PIN), ("", PIN), ("10", ""), ("x", "x")])
def test_answers_a_wrong_number_and_a_wrong_pin_alike(
    book: SqliteStaffBook, member: StaffMember, number: str, pin: str
) -> None:
    assert member.number == 10
    reply = book.sign_in(number, pin, KIOSK, NOW)
    assert (reply.outcome, reply.member, reply.locked_until) == (WRONG, None, None)


def test_locks_a_number_for_a_quarter_of_an_hour_after_five_wrong_tries(
    book: SqliteStaffBook, member: StaffMember
) -> None:
    number = str(member.number)
    fail(book, 4, number, DESK)
    assert book.sign_in(number, "999998", DESK, NOW).outcome is LOCKED
    assert book.sign_in(number, PIN, DESK, NOW + timedelta(minutes=14)).outcome is LOCKED
    assert book.sign_in(number, PIN, DESK, NOW + timedelta(minutes=15, seconds=1)).outcome is WELCOME


def test_locks_a_number_that_nobody_has_in_the_same_way(book: SqliteStaffBook) -> None:
    fail(book, 5, "77", DESK)
    assert book.sign_in("77", PIN, DESK, NOW).outcome is LOCKED


def test_keeps_another_number_open_at_the_desk(book: SqliteStaffBook, member: StaffMember) -> None:
    fail(book, 6, "11", DESK)
    assert book.sign_in(str(member.number), PIN, DESK, NOW).outcome is WELCOME


def test_locks_the_kiosk_as_a_whole_however_many_numbers_are_tried(book: SqliteStaffBook, member: StaffMember) -> None:
    book.give_badge(member.number, BADGE, NOW)
    for number in ("21", "22", "23", "24", "25"):
        fail(book, 1, number)
    assert book.sign_in(str(member.number), PIN, KIOSK, NOW).outcome is LOCKED
    assert book.sign_in_by_badge(BADGE, KIOSK, NOW).outcome is LOCKED
    assert book.sign_in(str(member.number), PIN, DESK, NOW).outcome is WELCOME


def test_keeps_the_lock_when_the_device_is_started_again(book: SqliteStaffBook, tmp_path: Path, told: Told) -> None:
    member = book.add("Marja Mulder", Role.IT, PIN, NOW, is_start_pin=False)
    fail(book, 3, str(member.number))
    file = StaffFile(tmp_path / STAFF)
    again = book_on(file, tmp_path, told)
    fail(again, 2, str(member.number))
    assert again.sign_in(str(member.number), PIN, KIOSK, NOW).outcome is LOCKED
    file.close()
    assert book.sign_in(str(member.number), PIN, KIOSK, NOW).outcome is LOCKED


def test_locks_nobody_out_for_longer_when_the_clock_jumps_back(book: SqliteStaffBook, member: StaffMember) -> None:
    fail(book, 5, str(member.number), now=NOW + timedelta(days=4000))
    reply = book.sign_in(str(member.number), PIN, KIOSK, NOW)
    assert reply.locked_until is not None
    assert reply.locked_until <= NOW + timedelta(minutes=15)


def test_tells_of_a_lock_once_and_opens_it_for_it(book: SqliteStaffBook, member: StaffMember, told: Told) -> None:
    fail(book, 9, str(member.number))
    assert [event for event, _ in told.lines].count("staff-locked") == 1
    assert book.unlock(NOW) == 2
    assert book.sign_in(str(member.number), PIN, KIOSK, NOW).outcome is WELCOME


def test_welcomes_a_badge_and_not_one_that_was_taken_away(book: SqliteStaffBook, member: StaffMember) -> None:
    book.give_badge(member.number, BADGE, NOW)
    assert book.sign_in_by_badge(f" {BADGE.lower()}\n", KIOSK, NOW).member == book.member(member.number)
    assert book.sign_in_by_badge("04A1B2C3D5", KIOSK, NOW).outcome is WRONG
    book.give_badge(member.number, "", NOW)
    assert book.sign_in_by_badge(BADGE, KIOSK, NOW).outcome is WRONG
    assert book.sign_in_by_badge("", KIOSK, NOW).outcome is WRONG


def test_gives_one_badge_to_one_member(book: SqliteStaffBook, member: StaffMember) -> None:
    other = book.add("Piet", Role.HELPER, OTHER_PIN, NOW, is_start_pin=True)
    book.give_badge(member.number, BADGE, NOW)
    with pytest.raises(StaffError):
        book.give_badge(other.number, BADGE, NOW)
    with pytest.raises(StaffError):
        book.give_badge(other.number, "12", NOW)


@pytest.mark.parametrize("pin", ["", "12345", "123456", "111111", "19850512"])
def test_keeps_no_pin_that_others_guess(book: SqliteStaffBook, member: StaffMember, pin: str) -> None:
    with pytest.raises(StaffError):
        book.add("Piet", Role.HELPER, pin, NOW, is_start_pin=False)
    with pytest.raises(StaffError):
        book.change_pin(member.staff_id, pin, NOW)
    assert list(book.members()) == [member]


def test_lets_the_new_pin_in_and_not_the_old_one(book: SqliteStaffBook, member: StaffMember) -> None:
    book.change_pin(member.staff_id, OTHER_PIN, NOW, is_start_pin=True)
    assert book.sign_in(str(member.number), PIN, DESK, NOW).outcome is WRONG
    reply = book.sign_in(str(member.number), OTHER_PIN, DESK, NOW)
    assert reply.member is not None
    assert reply.member.has_start_pin


def test_leaves_nothing_of_a_member_who_is_removed(book: SqliteStaffBook, member: StaffMember, tmp_path: Path) -> None:
    book.give_badge(member.number, BADGE, NOW)
    book.remove(member.number, NOW)
    assert book.sign_in(str(member.number), PIN, DESK, NOW).outcome is WRONG
    assert book.sign_in_by_badge(BADGE, DESK, NOW).outcome is WRONG
    assert not any(b"Marja" in path.read_bytes() for path in tmp_path.iterdir())
    with pytest.raises(StaffError):
        book.remove(member.number, NOW)


def test_writes_no_pin_and_no_badge_anywhere_and_no_name_in_what_is_told(
    book: SqliteStaffBook, member: StaffMember, tmp_path: Path, told: Told
) -> None:
    book.give_badge(member.number, BADGE, NOW)
    book.sign_in(str(member.number), PIN, KIOSK, NOW)
    book.sign_in_by_badge(BADGE, KIOSK, NOW)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert PIN.encode() not in content
        assert BADGE.encode() not in content
    assert not any("Marja" in f"{event}{staff_id}" for event, staff_id in told.lines)
    with closing(StaffFile(tmp_path / STAFF)) as file:
        row = file.row("SELECT pin_hash FROM members")
    assert row is not None
    assert row["pin_hash"].startswith("$argon2id$")


def test_knows_nobody_with_the_key_of_another_device(
    book: SqliteStaffBook, member: StaffMember, tmp_path: Path, told: Told
) -> None:
    (tmp_path / "other").mkdir()
    file = StaffFile(tmp_path / STAFF)
    copied = SqliteStaffBook(file, StaffSeal(staff_key(tmp_path / "other" / "staff.key"), ops=1, memory=8192), told)
    assert copied.sign_in(str(member.number), PIN, DESK, NOW).outcome is WRONG
    file.close()


def test_says_so_when_the_key_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "staff.key").write_bytes(b"short")
    with pytest.raises(SealingError):
        staff_key(tmp_path / "staff.key")


def test_takes_as_long_for_a_number_that_nobody_has(book: SqliteStaffBook, member: StaffMember, tmp_path: Path) -> None:
    file = StaffFile(tmp_path / STAFF)
    # So dear that the rest does not count; and at the desk, where other numbers lock nothing.
    slow = SqliteStaffBook(file, StaffSeal(staff_key(tmp_path / "staff.key"), ops=2, memory=2**25))
    slow.change_pin(member.staff_id, OTHER_PIN, NOW)

    def seconds(number: int) -> float:
        began = time.perf_counter()
        assert slow.sign_in(str(number), "999998", DESK, NOW).outcome is WRONG
        return time.perf_counter() - began

    known = [seconds(member.number) for _ in range(3)]
    unknown = [seconds(500 + number) for number in range(3)]
    file.close()
    assert 0.5 < statistics.median(known) / statistics.median(unknown) < 2
