# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place outside (feature C35): a street, a square of the map, or a description; three equal ways to one answer."""

from __future__ import annotations

from collections.abc import Mapping

from domain.answers import AnswerKind
from domain.lenient.places import COLUMNS
from kiosk.screens.asked import Asked, field_of
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, FieldRow, Keyboard, MapSquare, Part, PlaceMap, Weight
from resources.streets import load_town

WAY = "place.way."  # + street, square or near: the field that this way fills
STREET = "place.street."  # + the name of a street
SQUARE_FIELD = "square"
_WAYS = {
    "street": "mdi6.road-variant",
    "square": "mdi6.map-outline",
    "near": "mdi6.comment-text-outline",
}


def place_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the three ways and the parts of the one that is shown."""
    fields = asked.state.fields if asked.state.kind is AnswerKind.GIVEN else {}
    way = way_shown(asked.state.way, fields)
    ways = tuple(
        Button(WAY + each, asked.words.tr(WAY + each), icon=icon, is_on=each == way) for each, icon in _WAYS.items()
    )
    return (ButtonRow("place.ways", ways, fills=True), *_parts_of(asked, way, fields))


def way_shown(way: str, fields: Mapping[str, str]) -> str:
    """Give the way to show: the one that was asked for, else the first that was used."""
    return way or next((each for each in _WAYS if fields.get(each, "").strip()), "street")


def _parts_of(asked: Asked, way: str, fields: Mapping[str, str]) -> tuple[Part, ...]:
    if way == "square":
        return (_map(asked, fields),)
    if way == "near":
        return (field_of(asked, "near", "near", lines=3, width=48),)
    street = field_of(asked, "street", "street", keyboard=Keyboard.NAME, width=28)
    number = field_of(asked, "number", "near_number", keyboard=Keyboard.POSTCODE, shows_error=False, width=8)
    names = load_town().suggestions(fields.get("street", ""))
    privacy = asked.question.privacy  # they begin as what was typed
    found = tuple(
        Button(STREET + name, name, icon="mdi6.road-variant", weight=Weight.QUIET, privacy=privacy) for name in names
    )
    return (FieldRow("answer", (street, number)), *((ButtonRow("place.streets", found),) if found else ()))


def _map(asked: Asked, fields: Mapping[str, str]) -> PlaceMap:
    squares = tuple(
        MapSquare(square.id, square_spoken(asked.words, square.id), square.ground, square.name, square.icon)
        for square in load_town().squares
    )
    label = asked.words.tr("place.map_label")
    chosen = fields.get(SQUARE_FIELD, "")
    return PlaceMap(SQUARE_FIELD, label, len(COLUMNS), squares, chosen, privacy=asked.question.privacy)


def square_spoken(words: Words, square: str) -> str:
    """Say a square: its letter and number, and what everybody knows there."""
    landmark = load_town().landmark(square)
    if landmark:
        return words.tr("place.square_near", square=square, landmark=landmark)
    return words.tr("place.square", square=square)


def with_square(fields: Mapping[str, str], square: str) -> dict[str, str]:
    """Give the fields with this square chosen; chosen again, it is chosen off."""
    return {**fields, SQUARE_FIELD: "" if fields.get(SQUARE_FIELD) == square else square}
