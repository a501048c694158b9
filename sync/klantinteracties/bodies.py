# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what is sent to Klantinteracties; what is too long for a field is cut, for the case has the whole of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.call_attempts import CallAttempt, DayPart
from domain.errors import SettingsError
from domain.submission import Initiator
from sync.parcel import Parcel
from sync.zgw.bodies import SOURCE, language_of, moment

CHANNEL = "loket"
PHONE = "telefoon"
CALL_ATTEMPT = "Terugbellen"
CALL_BACK = "Bel de inwoner terug"
ANSWER = "Geef de inwoner antwoord"
CLOSED = "Bel de inwoner of open een nieuwe zaak"
CAME_TOO_LATE = "De zaak is al gesloten. Dit van de inwoner kon er niet meer bij:"
_WHEN = "belmoment"  # the case property of a call-back that says which part of the day
_ACTORS = {"afdeling": ("organisatorische_eenheid", "afd"), "groep": ("organisatorische_eenheid", "grp"),
           "medewerker": ("medewerker", "mdw")}  # fmt: skip
_DAY_PARTS = {DayPart.MORNING: "Ochtend", DayPart.AFTERNOON: "Middag", DayPart.EVENING: "Avond"}
_PHONE = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who takes a task on, as KISS knows departments, groups and persons."""

    kind: str  # soortActor
    code: str  # codeObjecttype
    name: str


def assignee_of(setting: str) -> Assignee:
    """Read "afdeling:Burgerzaken".

    Raises: SettingsError.
    """
    kind, _, name = setting.partition(":")
    if kind.strip() not in _ACTORS or not name.strip():
        raise SettingsError(
            "sync.tasks does not say who", 'write "afdeling:...", "groep:..." or "medewerker:...", with the name'
        )
    return Assignee(*_ACTORS[kind.strip()], name.strip()[:200])


def visit(parcel: Parcel, number: str, case_uuid: str, server_now: datetime) -> dict[str, Any]:
    """Write the visit: contact, citizen and the case it was about, made together or not at all."""
    about = _cut(" ".join(filter(None, (ownership(parcel.reference), parcel.explanation))), 1000)
    return {
        "klantcontact": contact(parcel.title, about, number, parcel.language, parcel.submitted_at, server_now),
        "betrokkene": citizen(parcel.initiator),
        "onderwerpobject": about_case(case_uuid),
    }


def call_attempt(attempt: CallAttempt, number: str, case_uuid: str, server_now: datetime) -> dict[str, Any]:
    """Write that somebody called the citizen, and whether he was reached; no more is known of it."""
    about = f"{ownership(attempt.reference)} {_DAY_PARTS[attempt.day_part]}."
    called = contact(CALL_ATTEMPT, about, number, "nl", attempt.at, server_now)
    return {
        "klantcontact": {**called, "kanaal": PHONE, "indicatieContactGelukt": attempt.was_reached},
        # The municipality began this contact, and the citizen did not.
        "betrokkene": {**citizen(None), "initiator": False},
        "onderwerpobject": about_case(case_uuid),
    }


def contact(
    subject: str, content: str, number: str, language: str, happened_at: datetime, server_now: datetime
) -> dict[str, Any]:
    """Write a contact."""
    return {
        "referentienummer": number,
        "kanaal": CHANNEL,
        "onderwerp": _cut(subject, 200) or SOURCE,
        "inhoud": content,
        "indicatieContactGelukt": True,
        "taal": language_of(language),
        # The subject alone can tell of debts.
        "vertrouwelijk": True,
        "plaatsgevondenOp": moment(happened_at, server_now),
    }


def citizen(initiator: Initiator | None) -> dict[str, Any]:
    """Write the citizen, by name where one is known."""
    # Nobody has to say who he is: an empty name is a contact all the same.
    name = _cut(initiator.name.strip(), 200) if initiator else ""
    return {
        "rol": "klant",
        "initiator": True,
        "organisatienaam": "",
        # The whole name in one field: which part of it is the surname, nobody asked.
        "contactnaam": {"voorletters": "", "voornaam": "", "voorvoegselAchternaam": "", "achternaam": name},
    }


def about_case(case_uuid: str) -> dict[str, Any]:
    """Write what a contact was about, by the codes that KISS looks for."""
    return {
        "onderwerpobjectidentificator": {
            "objectId": case_uuid,
            "codeObjecttype": "zgw-Zaak",
            "codeRegister": "openzaak",
            "codeSoortObjectId": "uuid",
        },
    }


def addresses(initiator: Initiator) -> dict[str, str]:
    """Give how the citizen can be reached, by the kind of address; what the API would refuse is left out."""
    found: dict[str, str] = {}
    if _PHONE.fullmatch(initiator.phone):
        found["telefoonnummer"] = initiator.phone
    if _EMAIL.fullmatch(initiator.email) and len(initiator.email) <= 80:
        found["email"] = initiator.email
    return found


def address(citizen_uuid: str, kind: str, value: str) -> dict[str, Any]:
    """Write one of them."""
    return {
        "verstrektDoorBetrokkene": {"uuid": citizen_uuid},
        "adres": value,
        "soortDigitaalAdres": kind,
        "omschrijving": SOURCE,
    }


def actor(who: Assignee) -> dict[str, Any]:
    """Write who takes on tasks, where the API does not know them yet."""
    return {
        "naam": who.name,
        "soortActor": who.kind,
        "indicatieActief": True,
        "actoridentificator": {
            "objectId": who.name,
            "codeObjecttype": who.code,
            "codeRegister": "obj",
            "codeSoortObjectId": "idf",
        },
    }


def task(action: str, explanation: str, number: str, contact_uuid: str, actor_uuid: str) -> dict[str, Any]:
    """Write a task for a person."""
    return {
        "referentienummer": number,
        "gevraagdeHandeling": action,
        "aanleidinggevendKlantcontact": {"uuid": contact_uuid},
        "toegewezenAanActoren": [{"uuid": actor_uuid}],
        "toelichting": _cut(explanation, 1000),
        "status": "te_verwerken",
    }


def call_back_explanation(parcel: Parcel) -> str:
    """Say when to call and in which language."""
    when = next((value for name, value in parcel.properties.items() if name.casefold() == _WHEN), "")
    said = [f"Wanneer bellen: {when}." if when else "", f"Taal: {language_of(parcel.language)}."]
    return " ".join(filter(None, (*said, ownership(parcel.reference))))


def ownership(reference: str) -> str:
    """Give the words by which a contact or task is known to be ours."""
    return f"{SOURCE} {reference}."


def _cut(text: str, longest: int) -> str:
    text = text.replace("\x00", "")
    return text if len(text) <= longest else text[: longest - 1] + "…"
