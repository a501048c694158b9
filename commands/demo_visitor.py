# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invented visitor: looks at a view like a person would and says what to touch next.

The people are data (`resources/practice/visitors.toml`); a question that a script does not know gets an ordinary
answer of its kind, so that a new service can be shown before anybody wrote a script for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kiosk.screens import start
from kiosk.screens.question import NO_ADDRESS, OFFER
from kiosk.view import NEXT, ButtonRow, Choices, Chose, Event, Field, FieldRow, Keyboard, Pressed, Typed, View

VISITORS = Path(__file__).resolve().parent.parent / "resources" / "practice" / "visitors.toml"
ORDINARY = {
    Keyboard.TEXT: "Ik wil graag hulp.",
    Keyboard.NAME: "Sam Voorbeeld",
    Keyboard.DIGITS: "12",
    Keyboard.AMOUNT: "12,50",
    Keyboard.PHONE: "06 12345678",
    Keyboard.EMAIL: "sam@voorbeeld.example",
    Keyboard.POSTCODE: "1234 AB",
}
ORDINARY_IN = {"street": "Dorpsstraat", "number": "12", "addition": "", "city": "Voorbeeldstad", "plate": "AB-12-CD"}


@dataclass(frozen=True, slots=True)
class Script:
    """What one invented visitor comes for and answers, by question id."""

    service_id: str
    answers: Mapping[str, object]


def read_scripts(path: Path = VISITORS) -> tuple[Script, ...]:
    """Read the invented visitors."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Script(visitor["service"], visitor.get("answers", {})) for visitor in found["visitor"])


@dataclass(frozen=True, slots=True)
class DemoVisitor:
    """One visit by script."""

    script: Script
    today: date

    def acts(self, view: View) -> tuple[Event, ...]:
        """Give what this visitor touches on this screen, in order; nothing when the visit is done."""
        service_id = self.script.service_id
        if view.name in ("start", "more"):
            tile = start.SERVICE + service_id
            on_screen = {item.id for part in view.parts if hasattr(part, "tiles") for item in part.tiles}
            return (Pressed(tile if tile in on_screen else start.MORE),)
        place, _, rest = view.name.partition(".")
        if place != service_id or rest == "confirmation":
            return ()
        is_question = any(isinstance(part, ButtonRow) and part.id == "ways_out" for part in view.parts)
        return (*(self._answer(rest, view) if is_question else ()), Pressed(NEXT))

    def _answer(self, question_id: str, view: View) -> tuple[Event, ...]:
        known = self.script.answers.get(question_id)
        if known is None:
            return self._ordinary(view)
        if isinstance(known, list):
            part = next(part for part in view.parts if isinstance(part, Choices))
            return tuple(Chose(part.id, str(choice)) for choice in known if str(choice) not in part.chosen)
        if isinstance(known, dict):
            return self._table(known, view)
        choices = next((part for part in view.parts if isinstance(part, Choices)), None)
        if choices is not None:
            return (Chose(choices.id, str(known)),)
        field = next(part for part in view.parts if isinstance(part, Field))
        return (Typed(field.id, str(known)),)

    def _table(self, known: Mapping[str, object], view: View) -> tuple[Event, ...]:
        if "offer" in known:
            said = (Typed("text", str(known["text"])),) if "text" in known else ()
            return (Pressed(OFFER + str(known["offer"])), *said)
        if "in_days" in known:
            day = self.today + timedelta(days=int(str(known["in_days"])))
            return (Typed("day", str(day.day)), Typed("month", str(day.month)), Typed("year", str(day.year)))
        if known.get("none") == "yes":
            return (Pressed(NO_ADDRESS),)
        acts: list[Event] = []
        on_screen = {field.id for field in fields_of(view)}
        groups = {part.id for part in view.parts if isinstance(part, Choices)}
        for name, text in known.items():
            if name in groups:
                acts.extend(Chose(name, option) for option in str(text).split())
                continue
            if name not in on_screen and name.startswith("name."):
                acts.append(Pressed("persons.add"))
            acts.append(Typed(name, str(text)))
        return tuple(acts)

    def _ordinary(self, view: View) -> tuple[Event, ...]:
        for part in view.parts:
            if isinstance(part, Choices):
                return (Chose(part.id, part.options[0].id),)
        fields = fields_of(view)
        names = {field.id for field in fields}
        if {"day", "month", "year"} <= names:
            return self._table({"in_days": 0}, view)
        texts = {field.id: ORDINARY_IN.get(field.id, ORDINARY[field.keyboard]) for field in fields}
        return tuple(Typed(field_id, text) for field_id, text in texts.items() if text)


def fields_of(view: View) -> tuple[Field, ...]:
    """Give all fields on a screen, in order."""
    found: list[Field] = []
    for part in view.parts:
        if isinstance(part, Field):
            found.append(part)
        elif isinstance(part, FieldRow):
            found.extend(part.fields)
    return tuple(found)
