# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what is sent: a parcel as bodies that both the standard and Open Zaak accept.

What is too long for a field is cut, for the whole text stands in the documents; what does not fit at all is left out.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.clock_doubt import is_plausible
from domain.filled_by import FilledBy
from domain.submission import Document, Initiator
from sync.parcel import Parcel
from sync.zgw.catalogi import Property

SOURCE = "Loket"
"""The `bron` of our kenmerk; with the case id it proves that a zaak is ours."""

_DUTCH = ZoneInfo("Europe/Amsterdam")
_LANGUAGES = {
    "nl": "nld", "en": "eng", "ar": "ara", "uk": "ukr", "tr": "tur", "pl": "pol", "de": "deu", "fr": "fra",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_UNNAMED = "Onbekend"


def zaak(parcel: Parcel, zaaktype: str, rsin: str, server_now: datetime) -> dict[str, Any]:
    """Write a zaak; confidentiality is left to the zaaktype."""
    return {
        "identificatie": parcel.reference,
        "bronorganisatie": rsin,
        "verantwoordelijkeOrganisatie": rsin,
        "zaaktype": zaaktype,
        "omschrijving": _cut(parcel.title, 80),
        "toelichting": _cut(parcel.explanation, 1000),
        "startdatum": dutch_day(_handed_in(parcel, server_now)).isoformat(),
        "registratiedatum": _received_on(parcel, server_now),
        "kenmerken": [{"kenmerk": str(parcel.case_id), "bron": SOURCE}],
    }


def rol(initiator: Initiator, zaak_url: str, roltype: str) -> dict[str, Any]:
    """Write the initiator with what is known; nobody has to say who he is."""
    name = initiator.name.strip()
    body: dict[str, Any] = {
        "zaak": zaak_url,
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": roltype,
        "roltoelichting": "Aanvrager",
        "afwijkendeNaamBetrokkene": _cut(name, 625),
        # An empty object is refused as if nobody was named; a name that is empty is not.
        "betrokkeneIdentificatie": {
            "geslachtsnaam": _cut(name, 200),
            "geboortedatum": initiator.birth_date if _ISO_DATE.fullmatch(initiator.birth_date) else "",
        },
    }
    contact = _contact(initiator)
    if contact:
        # 40 and not 200: the standard allows less than Open Zaak.
        body["contactpersoonRol"] = {**contact, "naam": _cut(name, 40) or _UNNAMED}
    return body


def rol_of_staff(filled_by: FilledBy, zaak_url: str, roltype: str) -> dict[str, Any]:
    """Write the member of staff who filled in for the citizen, by the number and name they have here."""
    return {
        "zaak": zaak_url,
        "betrokkeneType": "medewerker",
        "roltype": roltype,
        "roltoelichting": "Vulde in voor de inwoner",
        "afwijkendeNaamBetrokkene": _cut(filled_by.name.strip(), 625),
        # 24 and not 128: so the standard had it long.
        "betrokkeneIdentificatie": {
            "identificatie": _cut(filled_by.number, 24),
            "achternaam": _cut(filled_by.name.strip(), 200),
        },
    }


def _contact(initiator: Initiator) -> dict[str, str]:
    found: dict[str, str] = {}
    if _EMAIL.fullmatch(initiator.email) and len(initiator.email) <= 254:
        found["emailadres"] = initiator.email
    if initiator.phone and len(initiator.phone) <= 20:
        found["telefoonnummer"] = initiator.phone
    return found


def status(zaak_url: str, statustype: str, moment: str) -> dict[str, Any]:
    """Write the first status."""
    return {"zaak": zaak_url, "statustype": statustype, "datumStatusGezet": moment}


def zaakeigenschap(zaak_url: str, eigenschap: str, value: str) -> dict[str, Any]:
    """Write one property."""
    return {"zaak": zaak_url, "eigenschap": eigenschap, "waarde": value}


def enkelvoudiginformatieobject(
    parcel: Parcel, document: Document, identificatie: str, informatieobjecttype: str, rsin: str, server_now: datetime
) -> dict[str, Any]:
    """Write a document with its file inside."""
    received_on = _received_on(parcel, server_now)
    return {
        "identificatie": identificatie,
        "bronorganisatie": rsin,
        "creatiedatum": received_on,
        "ontvangstdatum": received_on,
        "titel": _cut(document.title, 200) or document.file_name,
        "auteur": SOURCE,
        # With a date of receipt a document may not be unfinished.
        "status": "definitief",
        "formaat": document.media_type,
        "taal": language_of("nl" if document.media_type == "application/json" else parcel.language),
        "bestandsnaam": document.file_name,
        "inhoud": base64.b64encode(document.content).decode(),
        "bestandsomvang": len(document.content),
        "beschrijving": ownership(parcel),
        "indicatieGebruiksrecht": False,
        "informatieobjecttype": informatieobjecttype,
    }


def ownership(parcel: Parcel) -> str:
    """Give the line in a document that proves it is ours."""
    return f"{SOURCE} {parcel.case_id}"


def zaakinformatieobject(zaak_url: str, document_url: str, title: str) -> dict[str, Any]:
    """Write the link of a document to its zaak."""
    return {"zaak": zaak_url, "informatieobject": document_url, "titel": _cut(title, 200)}


def language_of(code: str) -> str:
    """Give a language in the three letters of the standard; Dutch for one that is not known here."""
    return _LANGUAGES.get(code, "nld")


def moment(at: datetime, server_now: datetime) -> str:
    """Write a moment that is not in the future of the server, whatever our own clock said."""
    believed = at if is_plausible(at) else server_now
    return min(believed, server_now).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def fitted(value: str, property_: Property) -> str | None:
    """Give a value as a property wants it, or None when it does not fit."""
    value = value.strip()
    day = _ISO_DATE.fullmatch(value)
    match property_.format:
        case "datum" if day:
            value = "".join(day.groups())
        case "datum_tijd" if day:
            value = "".join(day.groups()) + "000000"
        case "getal" if _NUMBER.fullmatch(value):
            pass
        case "tekst" | "":
            value = _cut(value, property_.longest) if property_.longest else value
        case _:
            return None
    if property_.choices:
        same = [choice for choice in property_.choices if choice.casefold() == value.casefold()]
        return same[0] if same else None
    is_short_enough = not property_.longest or len(value) <= property_.longest
    return value if value and is_short_enough else None


def dutch_day(at: datetime) -> date:
    """Give the day that it was in the Netherlands."""
    return at.astimezone(_DUTCH).date()


def _received_on(parcel: Parcel, server_now: datetime) -> str:
    # The server's day is that of UTC: just after a Dutch midnight our day is still its future, which it refuses.
    return min(dutch_day(_handed_in(parcel, server_now)), server_now.astimezone(UTC).date()).isoformat()


def _handed_in(parcel: Parcel, server_now: datetime) -> datetime:
    # A device whose clock stood at 1970 or 2099 knows less of the day than the server does.
    return parcel.submitted_at if is_plausible(parcel.submitted_at) else server_now


def _cut(text: str, longest: int) -> str:
    # U+0000 has no place in the database of the other side.
    text = text.replace("\x00", "")
    return text if len(text) <= longest else text[: longest - 1] + "…"
