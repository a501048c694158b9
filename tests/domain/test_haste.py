# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Haste: three working days, and silence towards a home that is not safe (H18)."""

from datetime import date

from domain.haste import Haste, due_on


def test_somebody_helps_within_three_working_days() -> None:
    assert due_on(date(2026, 11, 24)) == date(2026, 11, 27)
    assert due_on(date(2026, 11, 26)) == date(2026, 12, 1)


def test_violence_is_unsafe_at_home() -> None:
    assert [haste for haste in Haste if haste.is_unsafe_at_home] == [Haste.VIOLENCE]
