# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a helper stepped in: each step once, and at most six on the page for the next time."""

from __future__ import annotations

from domain.help_log import MOST_STEPS, HelpedStep, HelpLog


def test_counts_a_step_once_however_often_the_helper_steps_in() -> None:
    log = HelpLog().with_step(HelpedStep("verhuizen", "adres"))
    again = log.with_step(HelpedStep("verhuizen", "adres"))
    assert again.steps == (HelpedStep("verhuizen", "adres"),)


def test_gives_at_most_six_steps_of_the_last_service() -> None:
    log = HelpLog().with_step(HelpedStep("brief", "van-wie"))
    for number in range(9):
        log = log.with_step(HelpedStep("verhuizen", f"vraag-{number}"))
    steps = log.to_practise()
    assert len(steps) == MOST_STEPS
    assert steps == tuple(HelpedStep("verhuizen", f"vraag-{number}") for number in range(6))
    assert HelpLog().to_practise() == ()
