# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen with a document, and readings such as a reader gives them; all people are invented."""

from __future__ import annotations

from dataclasses import replace

from commands.card_screens import PASSPORT_KEY
from kiosk.card_page import CAN, KIND, LAY
from kiosk.devices.emrtd.document import Checks, Document, DocumentKind, Reading
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.filing import Filing
from kiosk.view import Chose
from tests.journeys.citizen import PLACE, Citizen

WILLEKE = Document(
    kind=DocumentKind.ID_CARD,
    issuer="NLD",
    surname="de Bruijn",
    given_names="Willeke Liselotte",
    birth_date="1965-03-10",
    expiry_date="2031-03-09",
)
HELD = Checks(passive=Verdict.HELD, chip=Verdict.HELD)
GENUINE = Reading(CardState.DONE, WILLEKE, HELD)
READER = replace(PLACE, has_id_reader=True)


def at_question(question_id: str = "naam", *, service_id: str = "bel", filing: Filing | None = None) -> Citizen:
    """Bring a citizen to a question, where a reader is; all before it is not known."""
    citizen = Citizen(place=READER, filing=filing).open(service_id).go_on()
    while citizen.view.name != f"{service_id}.{question_id}":
        if "offer.unknown" in citizen.buttons():
            citizen.dont_know()
        else:
            citizen.go_on()
    return citizen


def laid(kind: DocumentKind = DocumentKind.ID_CARD, question_id: str = "naam", service_id: str = "bel") -> Citizen:
    """Choose which document it is."""
    citizen = at_question(question_id, service_id=service_id).press(LAY)
    citizen.navigator.handle(Chose(KIND, kind.value))
    return citizen.go_on()


def reading(kind: DocumentKind = DocumentKind.ID_CARD, question_id: str = "naam", service_id: str = "bel") -> Citizen:
    """Type the key, so that the reader reads."""
    citizen = laid(kind, question_id, service_id)
    typed = PASSPORT_KEY if kind is DocumentKind.PASSPORT else {CAN: "123456"}
    for field_id, text in typed.items():
        citizen.type(field_id, text)
    return citizen.go_on()


def ended(found: Reading = GENUINE, question_id: str = "naam", service_id: str = "bel") -> Citizen:
    """Let the reading end so."""
    citizen = reading(question_id=question_id, service_id=service_id)
    citizen.navigator.card_desk.done(found)
    return citizen
