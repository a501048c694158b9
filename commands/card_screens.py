# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every screen of "Leg uw kaart neer": which document, its key, each step, and every way in which a reading can end.

`commands.all_screens` walks to the question and keeps what is looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from domain.answers import AnswerKind
from kiosk.card_page import AGAIN, CAN, KIND, LAY
from kiosk.devices.emrtd.document import Checks, Document, DocumentKind, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.navigator import Navigator
from kiosk.screens.question import OFFER
from kiosk.view import NEXT, ButtonRow, Chose, Pressed, Typed

PASSPORT_KEY = {
    "card.number": "SPECI2014",
    "card.birth.day": "10",
    "card.birth.month": "3",
    "card.birth.year": "1965",
    "card.expiry.day": "9",
    "card.expiry.month": "3",
    "card.expiry.year": "2031",
}
# Longer than most, as real names are.
_USUAL = Document(
    kind=DocumentKind.ID_CARD,
    issuer="NLD",
    surname="van den Voorbeeld-El Idrissi",
    given_names="Fatima Wilhelmina Antoinette",
    birth_date="1965-03-10",
    expiry_date="2031-03-09",
)
_SPECIAL = replace(_USUAL, birth_date="1965-00-00", is_expired=True, is_cut_off=True)
_WITH_A_DOCUMENT = frozenset({CardState.DONE, CardState.UNTRUSTED_ISSUER})


def look_at_cards(
    visit: Navigator, fork: Callable[[Navigator], Navigator], look: Callable[[Navigator], object]
) -> None:
    """Lay documents down in a visit that begins, and look at every screen."""
    _go_to_the_card(visit)
    passport, card = fork(visit), visit
    for laid, kind, typed in ((passport, "passport", PASSPORT_KEY), (card, "id_card", {CAN: "123456"})):
        laid.handle(Chose(KIND, kind))
        laid.handle(Pressed(NEXT))
        look(laid)
        wrong = fork(laid)
        wrong.handle(Pressed(NEXT))
        look(wrong)
        for field_id, text in typed.items():
            laid.handle(Typed(field_id, text))
        laid.handle(Pressed(NEXT))
        for step in Step:
            laid.card_desk.progressed(Progress(step, 0.5))
            look(laid)
    two = fork(card)
    two.card_desk.presence_changed(Presence.TWO_CARDS)
    look(two)
    for reading in readings():
        ended = fork(card)
        ended.card_desk.done(reading)
        look(ended)
        ended.handle(Pressed(AGAIN))
        ended.handle(Pressed(NEXT))
        look(ended)


def readings() -> Iterator[Reading]:
    """Give every way in which a reading can end, and what can be special about a document."""
    for document in (_USUAL, _SPECIAL):
        yield Reading(CardState.DONE, document, Checks(passive=Verdict.HELD, chip=Verdict.HELD))
        yield Reading(CardState.DONE, document)
        yield Reading(CardState.UNTRUSTED_ISSUER, document)
    yield from (Reading(state) for state in CardState if state not in _WITH_A_DOCUMENT)
    yield from (Reading(CardState.WRONG_KEY, tries_left=left) for left in (0, 1, 2))


def _go_to_the_card(visit: Navigator) -> None:
    visit.handle(Pressed("service:bel"))
    visit.handle(Pressed(NEXT))
    while not any(
        button.id == LAY for part in visit.view.parts if isinstance(part, ButtonRow) for button in part.buttons
    ):
        visit.handle(Pressed(OFFER + AnswerKind.UNKNOWN.value))
        visit.handle(Pressed(NEXT))
    visit.handle(Pressed(LAY))
