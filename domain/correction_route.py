# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How staff treat a mistake that a citizen reported himself (U07): leniently, unless somebody says why not.

The correction itself, with its line "de inwoner meldde dit zelf op ...", is `domain.follow_up`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ExpectedError

SHORTEST_REASON = 10
"""A full stop is no reason."""


class Route(StrEnum):
    """What follows from the mistake."""

    LENIENT = "lenient"
    STRICT = "strict"


class ReasonMissingError(ExpectedError):
    """The strict route was chosen without a reason."""

    slug = "strict-needs-reason"


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """What a member of staff chose; made by `choose_route`."""

    route: Route = Route.LENIENT
    reason: str = ""  # never empty where the route is strict


def choose_route(route: Route = Route.LENIENT, reason: str = "") -> RouteChoice:
    """Choose; nothing said is the lenient route.

    Raises: ReasonMissingError.
    """
    said = " ".join(reason.split())
    if route is Route.STRICT and len(said) < SHORTEST_REASON:
        raise ReasonMissingError(
            "the strict route needs a reason",
            f"write it in at least {SHORTEST_REASON} signs, or choose the lenient one",
        )
    return RouteChoice(route, said)


def counted(choices: Iterable[RouteChoice]) -> Mapping[Route, int]:
    """Count both routes for a report, also the one that nobody chose."""
    number = dict.fromkeys(Route, 0)
    for choice in choices:
        number[choice.route] += 1
    return number
