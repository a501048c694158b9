# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions with their answers on paper, a thin line between them; any answer is taken, however long or odd.

Used by the case page (for staff) and the paper road (for the citizen to carry); each gives its own type sizes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.ink import Style

_KEPT_TOGETHER = 90.0  # a question and the first lines of its answer


@dataclass(frozen=True, slots=True)
class Told:
    """One question and its answer, already worded; `note` says who gave it or that it was left open."""

    question: str
    answer: str
    note: str = ""


def draw_answers(flow: Flow, told: Iterable[Told], x: float, width: float, label: Style, answer: Style) -> None:
    """Draw all of them from here on, over as many pages as it takes."""
    for number, one in enumerate(told):
        question = flow.block([Passage(one.question, label)], width)
        given = flow.block([Passage(one.answer, answer), Passage(one.note, label)], width, 1)
        flow.need(min(question.height + given.height + 12, _KEPT_TOGETHER))
        if number:
            flow.document.rule(x, flow.at, width, colour=ink.RULE)
        flow.at += 6
        flow.pour(question, x)
        flow.at += 1
        flow.pour(given, x)
        flow.at += 6
