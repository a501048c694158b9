# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invented visitor who leaves a mark in every field: types, speaks, brings a photo, answers in own words.

It looks at a screen and says what to touch; the hands and the window are `commands.wipe_room`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from commands.demo_visitor import DemoVisitor, Script, fields_of, read_scripts
from commands.wipe_marks import DATE, PHONE, PHOTO, RECORDING, REFERENCE
from domain.service import Offer
from kiosk.screens import correction, photo_answer, spoken_answer, start
from kiosk.screens.ending import AWAKE
from kiosk.screens.question import OFFER
from kiosk.status_desk import CODE, CORRECT, NUMBER
from kiosk.view import NEXT, Choices, Chose, Event, Field, Keyboard, Pressed, Typed, View

BIRTH_DATE = "geboortedatum"
_NAMED = {"street": "street", "city": "city"}
_BY_KEYBOARD = {Keyboard.NAME: "name", Keyboard.EMAIL: "email", Keyboard.PHONE: PHONE}
_DIFFERENT = OFFER + Offer.DIFFERENT.value

Has = Callable[[str], bool]  # whether something with this id is on the screen


@dataclass(slots=True)
class MarkingVisitor:
    """One visit to a service, up to its receipt."""

    service_id: str
    today: date
    words: Mapping[str, str]  # what to type for each kind
    is_different: bool = True  # whether one question gets an answer in own words
    planted: set[str] = field(default_factory=set)
    _tried: set[str] = field(default_factory=set)

    def acts(self, view: View, has: Has) -> tuple[Event, ...]:
        """Give what to touch on this screen, in order; nothing when the visit is done."""
        if view.name == "neutral":
            return (Pressed(AWAKE),)  # who was here before left in a hurry
        if view.name == "pictures":
            return (Pressed(f"{photo_answer.TAKE}p1"),)
        device = self._device(has)
        if device:
            return device
        if self.is_different and "own_words" not in self.planted and has(_DIFFERENT) and _has_choices(view):
            self.planted.add("own_words")
            return (Pressed(_DIFFERENT), Typed("text", self.words["own_words"]), Pressed(NEXT))
        acts = DemoVisitor(_script(self.service_id), self.today).acts(view)
        return tuple(self._marked(act, view) for act in acts)

    def _device(self, has: Has) -> tuple[Event, ...]:
        """Photograph and speak once, where the screen offers it."""
        if has(spoken_answer.STOP):
            self.planted.add(RECORDING)
            return (Pressed(spoken_answer.STOP),)
        for button in (spoken_answer.START, photo_answer.CHOOSE):
            if has(button) and button not in self._tried:
                self._tried.add(button)
                if button == photo_answer.CHOOSE:
                    self.planted.add(PHOTO)
                return (Pressed(button),)
        return ()

    def _marked(self, act: Event, view: View) -> Event:
        if not isinstance(act, Typed):
            return act
        shown = next((each for each in fields_of(view) if each.id == act.field_id), None)
        kind = self._kind(act.field_id, shown)
        if view.name.endswith(f".{BIRTH_DATE}") and act.field_id in ("day", "month", "year"):
            born = date.fromisoformat(self.words[DATE])
            self.planted.add(DATE)
            return replace(act, text=str({"day": born.day, "month": born.month, "year": born.year}[act.field_id]))
        if not kind or not act.text:
            return act
        self.planted.add(kind)
        return replace(act, text=self.words[kind])

    @staticmethod
    def _kind(field_id: str, shown: Field | None) -> str:
        if field_id in _NAMED:
            return _NAMED[field_id]
        if field_id in ("day", "month", "year") or "birth" in field_id:
            return ""
        if shown is None:
            return "name" if field_id.startswith("name.") else ""
        if shown.keyboard is Keyboard.TEXT:
            return "long_text" if shown.lines > 1 else "text"
        return _BY_KEYBOARD.get(shown.keyboard, "")


@dataclass(slots=True)
class AskingVisitor:
    """Somebody who asks how far a case is, and corrects an answer of it."""

    reference: str
    status_code: str
    words: Mapping[str, str]
    planted: set[str] = field(default_factory=set)

    def acts(self, view: View, has: Has) -> tuple[Event, ...]:
        """Give what to touch on this screen, in order; nothing when all is typed."""
        match view.name:
            case "neutral":
                return (Pressed(AWAKE),)
            case "start":
                return (Pressed(start.STATUS),)
            case "status" if REFERENCE not in self.planted:
                self.planted.add(REFERENCE)
                return (Typed(NUMBER, self.reference), Typed(CODE, self.status_code), Pressed(NEXT))
            case "status-found":
                return (Pressed(CORRECT),) if has(CORRECT) else ()
            case "correct":
                options = next(part for part in view.parts if isinstance(part, Choices)).options
                named = next((option.id for option in options if option.id == "naam"), options[0].id)
                return (Chose(correction.PICK, named), Pressed(NEXT))
            case name if name.startswith("correct.") and "correction" not in self.planted:
                typed = next(iter(fields_of(view)), None)
                if typed is None:
                    return ()
                self.planted.add("correction")
                return (Typed(typed.id, self.words["correction"]), Pressed(NEXT))
            case _:
                return ()


@cache
def _script(service_id: str) -> Script:
    found = next((script for script in read_scripts() if script.service_id == service_id), None)
    return found or Script(service_id, {})


def _has_choices(view: View) -> bool:
    return any(isinstance(part, Choices) for part in view.parts)
