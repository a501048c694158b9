# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""At which steps a helper stepped in: pointed, typed after consent, took over, or was called (feature U13).

Ids of a service and a question, no more: nothing of who it was or what was answered. Kept in the memory of the visit.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 6
"""So many fit on the page for the next time; more nobody learns at once."""


@dataclass(frozen=True, slots=True)
class HelpedStep:
    """A step at which a helper stepped in; however often, it is one."""

    service_id: str
    question_id: str


@dataclass(frozen=True, slots=True)
class HelpLog:
    """The steps of one visit, in the order in which help came."""

    steps: tuple[HelpedStep, ...] = ()

    def with_step(self, step: HelpedStep) -> HelpLog:
        """Give the same steps and this one."""
        return self if step in self.steps else HelpLog((*self.steps, step))

    def last_service(self) -> str:
        """Give the service that help was given with last; empty where none was."""
        return self.steps[-1].service_id if self.steps else ""

    def to_practise(self) -> tuple[HelpedStep, ...]:
        """Give the steps for the page for the next time: of the last service, at most six, the first ones."""
        service = self.last_service()
        return tuple(step for step in self.steps if step.service_id == service)[:MOST_STEPS]
