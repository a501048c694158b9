# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When somebody has time: week days, parts of the day, and one button for who can always come."""

from __future__ import annotations

from collections.abc import Mapping

from domain.answers import AnswerKind
from domain.lenient.time_wishes import DAYS, PARTS
from kiosk.screens.asked import Asked
from kiosk.view import Button, ButtonRow, Choices, Option, Part

ALWAYS = "time_wish.always"
DAY_FIELD, PART_FIELD = "days", "parts"
_DAY_ICONS = {day: f"mdi6.alpha-{day[0]}-circle-outline" for day in DAYS}
_PART_ICONS = {
    "ochtend": "mdi6.weather-sunset-up",
    "middag": "mdi6.weather-sunny",
    "avond": "mdi6.weather-night",
}


def time_wish_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the parts; choosing nothing in one of the two groups means that it does not matter."""
    fields = asked.state.fields if asked.state.kind is AnswerKind.GIVEN else {}
    always = Button(ALWAYS, asked.words.tr(ALWAYS), icon="mdi6.calendar-check-outline", is_on=is_always(fields))
    return (
        ButtonRow("time_wish", (always,)),
        _group(asked, fields, DAY_FIELD, _DAY_ICONS),
        _group(asked, fields, PART_FIELD, _PART_ICONS),
    )


def _group(asked: Asked, fields: Mapping[str, str], field: str, icons: Mapping[str, str]) -> Choices:
    options = tuple(Option(each, asked.words.tr(f"time_wish.{each}"), icon) for each, icon in icons.items())
    chosen = frozenset(fields.get(field, "").split())
    label = asked.words.tr(f"time_wish.{field}")
    privacy = asked.question.privacy
    return Choices(field, options, chosen, is_multiple=True, label=label, privacy=privacy, is_compact=True)


def is_always(fields: Mapping[str, str]) -> bool:
    """Tell whether every day and every part of the day was chosen."""
    return set(fields.get(DAY_FIELD, "").split()) == set(DAYS) and set(fields.get(PART_FIELD, "").split()) == set(PARTS)


def with_chosen(fields: Mapping[str, str], field: str, option: str) -> dict[str, str]:
    """Give the fields with one option chosen, or chosen off."""
    chosen = fields.get(field, "").split()
    others = [each for each in chosen if each != option]
    return {**fields, field: " ".join(others if option in chosen else [*chosen, option])}


def with_always(fields: Mapping[str, str]) -> dict[str, str]:
    """Give the fields with everything chosen; with nothing when everything was."""
    if is_always(fields):
        return {**fields, DAY_FIELD: "", PART_FIELD: ""}
    return {**fields, DAY_FIELD: " ".join(DAYS), PART_FIELD: " ".join(PARTS)}
