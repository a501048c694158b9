# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen at a kiosk without a window: page objects over the navigator, so that a journey reads as a walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from domain.errors import StoreError, StoreUnsureError
from domain.receipt import Receipt
from i18n.texts import Texts
from kiosk.effects import Effect, EndVisit, FileCase, Order, PrintPaperRoad, PrintReceipt
from kiosk.filing import Filing
from kiosk.navigator import Navigator
from kiosk.screens.words import Surroundings
from kiosk.view import (
    BACK,
    NEXT,
    STOP,
    AnswerRows,
    Button,
    ButtonRow,
    Chose,
    Heading,
    Notice,
    Paragraph,
    Part,
    Pressed,
    Typed,
    View,
)
from resources.service_library import ServiceLibrary
from tests.fakes.clock import FakeClock

PLACE = Surroundings(
    municipality="Voorbeeldstad",
    phone="14 000",
    desk="ma-vr 9-17, balie 1",
    languages=("nl", "qps"),
    has_printer=True,
)


@cache
def library() -> ServiceLibrary:
    """Give the real services, read once."""
    return ServiceLibrary.load()


@cache
def texts_of(language: str) -> Texts:
    """Give the real programme texts."""
    return Texts(language, is_strict=True)


@dataclass
class Citizen:
    """One visitor; each verb is something a person does, and the effects are carried out at once."""

    filing: Filing | None = None
    place: Surroundings = PLACE
    clock: FakeClock = field(default_factory=FakeClock)
    effects: list[Effect] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    receipt: Receipt | None = None
    fails_to_keep: bool = False
    _navigator: Navigator | None = None

    @property
    def navigator(self) -> Navigator:
        """Give the navigator of this visit."""
        if self._navigator is None:
            self._navigator = Navigator(library(), texts_of, self.place, self.clock)
        return self._navigator

    @property
    def view(self) -> View:
        """Give the screen of now."""
        return self.navigator.view

    @property
    def today(self) -> date:
        """Give the day."""
        return self.navigator.today

    @property
    def heading(self) -> str:
        """Read the heading."""
        return next(part.text for part in self.view.parts if isinstance(part, Heading))

    @property
    def notices(self) -> list[str]:
        """Read the boxes."""
        return [f"{part.title} {part.text}".strip() for part in self.view.parts if isinstance(part, Notice)]

    @property
    def text(self) -> str:
        """Read the paragraphs."""
        return " ".join(part.text for part in self.view.parts if isinstance(part, Paragraph))

    @property
    def rows(self) -> dict[str, str]:
        """Read the answers on an overview or check page, by question."""
        return {
            row.question: row.answer for part in self.view.parts if isinstance(part, AnswerRows) for row in part.rows
        }

    @property
    def has_ended(self) -> EndVisit | None:
        """Tell how the visit ended, if it did."""
        return next((effect for effect in self.effects if isinstance(effect, EndVisit)), None)

    def part(self, part_id: str) -> Part:
        """Find a part by id."""
        return next(part for part in self.view.parts if part.id == part_id)

    def buttons(self) -> dict[str, Button]:
        """Find every button on the screen by id."""
        view = self.view
        inside = [button for part in view.parts if isinstance(part, ButtonRow) for button in part.buttons]
        return {button.id: button for button in (*inside, *view.bar, *view.tools)}

    def press(self, button_id: str) -> Citizen:
        """Press anything that can be pressed."""
        for effect in self.navigator.handle(Pressed(button_id)):
            self.effects.append(effect)
            if isinstance(effect, FileCase):
                self._keep(effect.order)
            elif isinstance(effect, PrintReceipt | PrintPaperRoad):
                self.navigator.printed("printed")
        return self

    def _keep(self, order: Order) -> None:
        self.orders.append(order)
        if self.fails_to_keep:
            self.navigator.filing_failed()
        elif self.filing is not None:
            try:
                receipt = self.filing.file(order)
            except StoreError as error:
                self.navigator.filing_failed(is_unsure=isinstance(error, StoreUnsureError))
                return
            self.receipt = receipt
            self.navigator.filed(receipt)

    def open(self, service_id: str) -> Citizen:
        """Choose a service on the start screen."""
        return self.press(f"service:{service_id}")

    def go_on(self) -> Citizen:
        """Press "Verder", or whatever the one primary button is called here."""
        return self.press(NEXT)

    def go_back(self) -> Citizen:
        """Press "Terug"."""
        return self.press(BACK)

    def stop(self) -> Citizen:
        """Press "Stoppen"."""
        return self.press(STOP)

    def choose(self, *option_ids: str) -> Citizen:
        """Choose options."""
        for option_id in option_ids:
            self.navigator.handle(Chose("answer", option_id))
        return self

    def type(self, field_id: str, text: str) -> Citizen:
        """Type into a field."""
        self.navigator.handle(Typed(field_id, text))
        return self

    def dont_know(self) -> Citizen:
        """Press "Ik weet het niet" and go on."""
        return self.press("offer.unknown").go_on()

    def answer_all(self, answers: dict[str, dict[str, str]] | None = None) -> Citizen:
        """Go on until the check page: given answers where there are any, "Ik weet het niet" elsewhere."""
        given = answers or {}
        for _ in range(200):
            name = self.view.name.partition(".")[2]
            if name == "check":
                return self
            if name in given:
                for field_id, text in given[name].items():
                    if field_id == "choice":
                        self.choose(text)
                    else:
                        self.type(field_id, text)
                self.go_on()
            elif "offer.unknown" in self.buttons():
                self.dont_know()
            else:
                self.go_on()
        message = f"no end in sight at {self.view.name}"
        raise AssertionError(message)
