# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a profile holds, and what a device may do without one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import (
    ProfileElsewhereError,
    ProfileExpiredError,
    ProfileForgedError,
    ProfileReplayedError,
    ProfileUnreadableError,
)
from domain.profile import SignedProfile, Standing, as_table, check_whole, from_table, judge, unsigned
from domain.setting_types import DeviceSettings, Profile

TODAY = date(2026, 11, 22)
DEVICE = DeviceSettings(id="balie-01", profile=Profile.TOWN_HALL)
SIGNED = SignedProfile(
    profile=Profile.TOWN_HALL,
    municipality=DEVICE.municipality,
    rsin=DEVICE.rsin,
    device="balie-01",
    serial=7,
    valid_from=TODAY,
    valid_until=TODAY + timedelta(days=365),
    legal_basis="Wabb art. 10",
)


def test_holds_where_and_when_it_was_signed_for() -> None:
    assert judge(SIGNED, DEVICE, TODAY, last_serial=7) is SIGNED
    assert judge(replace(SIGNED, device="*"), DEVICE, SIGNED.valid_until).device == "*"
    assert SIGNED.may_ask_bsn


@pytest.mark.parametrize(
    "swapped",
    [
        replace(SIGNED, municipality="Elders"),
        replace(SIGNED, rsin="999990019"),
        replace(SIGNED, device="balie-02"),
        replace(SIGNED, profile=Profile.LIBRARY, legal_basis=""),
    ],
)
def test_does_not_hold_elsewhere(swapped: SignedProfile) -> None:
    with pytest.raises(ProfileElsewhereError):
        judge(swapped, DEVICE, TODAY)


def test_an_older_one_does_not_hold_after_a_later_one() -> None:
    with pytest.raises(ProfileReplayedError):
        judge(SIGNED, DEVICE, TODAY, last_serial=8)


@pytest.mark.parametrize("today", [TODAY - timedelta(days=1), SIGNED.valid_until + timedelta(days=1)])
def test_does_not_hold_outside_its_days(today: date) -> None:
    with pytest.raises(ProfileExpiredError):
        judge(SIGNED, DEVICE, today)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SIGNED, legal_basis=" "),
        replace(SIGNED, profile=Profile.LIBRARY),
        replace(SIGNED, valid_until=TODAY - timedelta(days=1)),
        replace(SIGNED, municipality=""),
    ],
)
def test_what_no_device_would_take_is_not_whole(wrong: SignedProfile) -> None:
    with pytest.raises(ProfileUnreadableError):
        check_whole(wrong)


def test_is_read_as_it_was_written() -> None:
    assert from_table(as_table(SIGNED)) == SIGNED


@pytest.mark.parametrize(
    "table",
    [
        None,
        [],
        {},
        {**as_table(SIGNED), "format": 2},
        {**as_table(SIGNED), "more": "x"},
        {**as_table(SIGNED), "serial": "7"},
        {**as_table(SIGNED), "serial": True},
        {**as_table(SIGNED), "serial": 0},
        {**as_table(SIGNED), "device": 3},
        {**as_table(SIGNED), "profile": "kasteel"},
        {**as_table(SIGNED), "valid_until": "morgen"},
        {**as_table(SIGNED), "legal_basis": "x" * 301},
    ],
)
def test_refuses_what_is_no_profile(table: object) -> None:
    with pytest.raises(ProfileUnreadableError):
        from_table(table)


def test_a_device_that_nobody_signed_for_keeps_the_strictest_rules() -> None:
    assert not unsigned().may_ask_bsn
    assert not unsigned().is_signed
    assert unsigned().may_open_cases  # with only the settings of DESIGN 5 cases are still sent


def test_a_changed_profile_opens_nothing_and_one_that_is_over_only_ends_what_it_allowed() -> None:
    changed = Standing(trouble=ProfileForgedError("x", "y"), is_named=True)
    over = Standing(trouble=ProfileExpiredError("x", "y"), is_named=True)
    assert [changed.may_open_cases, changed.may_ask_bsn] == [False, False]
    assert [over.may_open_cases, over.may_ask_bsn] == [True, False]


def test_a_library_never_asks_for_a_bsn() -> None:
    assert not Standing(profile=replace(SIGNED, profile=Profile.LIBRARY, legal_basis="")).may_ask_bsn
