# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a visitor can be: the name of a place and, for steps of a journey, which one."""

from __future__ import annotations

from dataclasses import dataclass

from domain.journey import Ask, Check, Explain, Hurry, Overview, Result, Step

STEPS = frozenset({"ask", "hurry", "explain", "overview", "result", "check"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a visit; `detail` is a service, question, haste or advice id, or an overview's number."""

    name: str
    detail: str = ""

    @property
    def is_step(self) -> bool:
        """Tell whether this is a step of a journey."""
        return self.name in STEPS


def step_spot(step: Step) -> Spot:
    """Give the place of a step."""
    match step:
        case Ask():
            return Spot("ask", step.question.id)
        case Hurry():
            return Spot("hurry", step.haste.id)
        case Explain():
            return Spot("explain", step.advice.id)
        case Overview():
            return Spot("overview", str(step.number))
        case Result():
            return Spot("result")
        case Check():
            return Spot("check")
