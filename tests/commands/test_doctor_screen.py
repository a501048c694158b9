# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor says when letters that can be read from afar leave no room for words."""

import pytest

from commands.doctor_check import Health
from commands.doctor_screen import check_letters


@pytest.mark.parametrize(("dpi", "distance_mm"), [(92, 600), (92, 800), (120, 600)])
def test_a_screen_that_can_show_them_is_fine(dpi: int, distance_mm: int) -> None:
    assert check_letters(dpi, distance_mm).state is Health.OK


@pytest.mark.parametrize(("dpi", "distance_mm"), [(141, 700), (92, 1200)])
def test_a_screen_that_cannot_is_a_warning_with_what_to_do(dpi: int, distance_mm: int) -> None:
    check = check_letters(dpi, distance_mm)

    assert check.state is Health.WARNING
    assert "viewing_distance_mm" in check.remedy
