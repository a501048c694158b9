# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket demo --card`: a visitor who lays down a document instead of typing name and birth date.

A named fixture is a document that was never printed, read by a reader that goes on when the demo says so: every step
can be seen and heard. With `reader` the real road is gone, through PC/SC, with what lies there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from domain.errors import ExpectedError
from kiosk.card_page import BIRTH, CAN, EXPIRY, KIND, LAY, NUMBER, OTHER_KEY, TYPE, USE
from kiosk.devices.emrtd.document import AccessKey, Can, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.view import NEXT, ButtonRow, Chose, Event, Pressed, Typed, View

REAL = "reader"  # no fixture: whatever lies on the reader of this machine
READING = "card-reading"  # the name of the screen that goes on by itself
_CAN_DIGITS = 6
_FILLED = ("naam", "geboortedatum")
_NOOR = Document(
    kind=DocumentKind.ID_CARD,
    issuer="UTO",  # the country that does not exist
    surname="Voorbeeld",
    given_names="Noor",
    birth_date="1985-03-12",
    expiry_date="2031-08-02",
)
_HELD = Checks(passive=Verdict.HELD, chip=Verdict.HELD)
_CAN, _LINES = Can("123456"), MrzKey("SPECI2014", "850312", "310802")


class CardDemoError(ExpectedError):
    """The demo cannot lay a document down."""

    slug = "demo-card"


@dataclass(frozen=True, slots=True)
class CardFixture:
    """A document for the demo: what a visitor says that it is, what opens it, and what reading it gives."""

    kind: DocumentKind
    key: AccessKey
    reading: Reading | None  # None: the reader tells


def _genuine(kind: DocumentKind) -> Reading:
    return Reading(CardState.DONE, replace(_NOOR, kind=kind), _HELD)


_CARD, _PASSPORT, _PERMIT = DocumentKind.ID_CARD, DocumentKind.PASSPORT, DocumentKind.RESIDENCE_PERMIT
FIXTURES: Mapping[str, CardFixture] = MappingProxyType(
    {
        "id-card": CardFixture(_CARD, _CAN, _genuine(_CARD)),
        "id-card-2014": CardFixture(_CARD, _LINES, _genuine(_CARD)),  # it has no six digits
        "passport": CardFixture(_PASSPORT, _LINES, _genuine(_PASSPORT)),
        "residence-permit": CardFixture(_PERMIT, _CAN, _genuine(_PERMIT)),
        "expired": CardFixture(
            _CARD, _CAN, Reading(CardState.DONE, replace(_NOOR, expiry_date="2024-08-02", is_expired=True), _HELD)
        ),
        "unchecked": CardFixture(_CARD, _CAN, Reading(CardState.DONE, _NOOR)),
        "untrusted-issuer": CardFixture(_CARD, _CAN, Reading(CardState.UNTRUSTED_ISSUER, _NOOR)),
        **{
            state.value.replace("_", "-"): CardFixture(
                _CARD, _CAN, Reading(state, tries_left=2 if state is CardState.WRONG_KEY else None)
            )
            for state in CardState
            if state not in (CardState.DONE, CardState.UNTRUSTED_ISSUER)
        },
    }
)


def real_card(can: str | None, lines: str | None) -> CardFixture:
    """Give the document on the reader, with what opens it.

    Raises: CardDemoError.
    """
    from kiosk.devices.emrtd.mrz_fields import MrzError
    from kiosk.devices.emrtd.typed_lines import key_of_typed_lines

    if can is not None and len(can) == _CAN_DIGITS and can.isdecimal():
        return CardFixture(_CARD, Can(can), None)
    try:
        return CardFixture(_PASSPORT, key_of_typed_lines(lines or ""), None)
    except MrzError:
        raise CardDemoError("nobody told what opens the document", "add --can (six digits) or --mrz (lines)") from None


class SteppedReader:
    """A reader that goes a step further each time the demo says so (`id_reader_port.IdReaderPort`)."""

    presence = Presence.CARD

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._steps: list[Step] = []
        self._progress: Callable[[Progress], None] | None = None
        self._done: Callable[[Reading], None] | None = None

    def watch(self, changed: Callable[[Presence], None]) -> None:
        """Tell of nothing: what lies there stays."""

    def read(self, _key: AccessKey, progress: Callable[[Progress], None], done: Callable[[Reading], None]) -> None:
        """Begin; with a key that does not fit, or where nothing can be read, it ends while the chip is opened."""
        self._progress, self._done = progress, done
        self._steps = [step for step in Step if step is not Step.WAITING]
        if self._reading.document is None:
            del self._steps[1:]

    def go_on(self) -> None:
        """Go a step further, or end."""
        if self._steps and self._progress is not None:
            step = self._steps.pop(0)
            self._progress(Progress(step, 1 - len(self._steps) / len(Step)))
        elif self._done is not None:
            self._done(self._reading)

    def cancel(self) -> None:
        """Forget what was to come."""
        self._steps = []

    def close(self) -> None:
        """Have nothing to end."""


class Visitor(Protocol):
    """Who looks at a screen and says what to touch; `commands.demo_visitor.DemoVisitor` is the usual one."""

    def acts(self, view: View) -> tuple[Event, ...]:
        """Give what this visitor touches on this screen, in order."""
        ...


class CardVisitor:
    """Lays a card down once, at the first question that offers it; all else is the usual visitor's."""

    def __init__(self, usual: Visitor, fixture: CardFixture) -> None:
        self._usual = usual
        self._fixture = fixture
        self._has_laid = False
        self._has_used = False

    def acts(self, view: View) -> tuple[Event, ...]:
        """Give what this visitor touches on this screen, in order."""
        offered = {button.id for part in view.parts if isinstance(part, ButtonRow) for button in part.buttons}
        if LAY in offered and not self._has_laid:
            self._has_laid = True
            return (Pressed(LAY),)
        if view.name.startswith("card-"):
            return self._at_card(view, offered)
        if self._has_used and view.name.partition(".")[2] in _FILLED:
            return (Pressed(NEXT),)  # it stands there already
        return self._usual.acts(view)

    def _at_card(self, view: View, offered: set[str]) -> tuple[Event, ...]:
        if view.name == "card-kind":
            return Chose(KIND, self._fixture.kind.value), Pressed(NEXT)
        if view.name == "card-number" and not isinstance(self._fixture.key, Can):
            return (Pressed(OTHER_KEY),)
        if view.name in ("card-number", "card-lines"):
            return *typed_key(self._fixture.key), Pressed(NEXT)
        self._has_used = USE in offered
        return (Pressed(USE if self._has_used else TYPE),)


def typed_key(key: AccessKey) -> tuple[Typed, ...]:
    """Give what a visitor types to open a chip."""
    if isinstance(key, Can):
        return (Typed(CAN, key.digits),)
    dates = ((BIRTH, key.birth_date), (EXPIRY, key.expiry_date))
    days = (Typed(f"{name}.{part}", text) for name, day in dates for part, text in _parts(day, is_birth=name == BIRTH))
    return Typed(NUMBER, key.document_number), *days


def _parts(day: str, *, is_birth: bool) -> tuple[tuple[str, str], ...]:
    """Write YYMMDD as day, month and year: nobody in a demo is born after 2026, and nothing is valid until 1999."""
    century = "19" if is_birth and day[:2] > "26" else "20"
    return ("day", str(int(day[4:]))), ("month", str(int(day[2:4]))), ("year", century + day[:2])
