# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen's own mistake: the lenient road is the default, and the strict one needs a reason (U07)."""

from __future__ import annotations

import pytest

from domain.correction_route import ReasonMissingError, Route, choose_route, counted

WHY = "De inwoner deed dit drie keer met opzet."


def test_nothing_said_is_the_lenient_route() -> None:
    assert choose_route().route is Route.LENIENT


@pytest.mark.parametrize("reason", ["", " ", ".", "omdat\n\t   ", "a  b  c  d"])
def test_the_strict_route_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(ReasonMissingError):
        choose_route(Route.STRICT, reason)


def test_the_strict_route_keeps_its_reason() -> None:
    assert choose_route(Route.STRICT, f" {WHY}\n").reason == WHY


def test_a_report_counts_both_also_the_one_that_nobody_chose() -> None:
    assert counted([]) == {Route.LENIENT: 0, Route.STRICT: 0}
    assert counted([choose_route(), choose_route(), choose_route(Route.STRICT, WHY)]) == {
        Route.LENIENT: 2,
        Route.STRICT: 1,
    }
