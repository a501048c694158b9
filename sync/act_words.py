# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Dutch that stands in the case system for what staff did: titles of documents, texts of statuses.

For people at the municipality and, in the text of a status, for the citizen. Nothing here goes to a log.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.case_act import ActKind, CaseAct
from domain.document_seen import DocumentSeen, SeenCheck, SeenKind

TITLES = {
    ActKind.TAKE_ON: "Zaak opgepakt",
    ActKind.GIVE_BACK: "Zaak teruggelegd",
    ActKind.ASK_MISSING: "Vraag om aanvulling",
    ActKind.RESUME: "Aanvulling is er",
    ActKind.CONTACT: "Contact met inwoner",
    ActKind.CALL_BACK: "Terugbelverzoek",
    ActKind.DOCUMENT_SEEN: "Document gezien",
    ActKind.FORWARD: "Doorgestuurd",
    ActKind.URGENT: "Spoed",
    ActKind.CORRECTION: "Vergissing van de inwoner",
    ActKind.ANSWER: "Antwoord",
}
ROUTES = {"lenient": "Gewoon aangepast.", "strict": "Streng behandeld; de reden staat hierboven."}
NOTE = "Aantekening"
SUSPENDED = "Wij wachten op een aanvulling van de inwoner."
ASKED = "Wij vroegen u om meer informatie."
RESUMED = "De aanvulling is er. Wij gaan verder met uw vraag."
FORWARDED = "Wij sturen uw vraag door naar {to}."
SEEN_NAMES = frozenset({"documentgezien", "identiteitgezien", "idgezien", "gezien"})
"""Properties of a case type that say which document was seen, without what stands between words."""

URGENT_NAMES = frozenset({"urgent", "spoed", "haast"})
CHANNELS = {"phone": "telefoon", "desk": "balie", "mail": "e-mail", "post": "post"}
DAY_PARTS = {"morning": "Ochtend", "afternoon": "Middag", "evening": "Avond"}
GIVEN = {
    "channel": "Hoe",
    "questions": "Aantal vragen",
    "to": "Voor",
    "day_part": "Wanneer bellen",
    "language": "Taal",
    "name": "Naam",
    "phone": "Telefoon",
    "email": "E-mail",
    "rule": "Regel",
    "object_by": "Bezwaar maken kan tot en met",
    "tried": "Zo is de inwoner gezocht",
    "letter": "Brief aan de inwoner",
}
"""How the names of `CaseAct.given` are said."""

LEFT_OUT = {
    "no-handler-role": "Het zaaksysteem kent hier geen behandelaar.",
    "no-status-type": "Het zaaksysteem kent hier geen status voor.",
    "no-result-type": "De zaak is nog open: het zaaksysteem kent dit resultaat niet.",
    "no-term": "De termijn is niet verschoven: het zaaksysteem kent hier geen termijn.",
}
"""What of an act has no place at the case system, by `KeptAct.reason`; the rest of it is there."""

_DOCUMENTS = {
    "id_card": "ID-kaart",
    "passport": "Paspoort",
    "driving_licence": "Rijbewijs",
    "residence_permit": "Verblijfsdocument",
    "other": "Ander papier",
}
_BY_CHIP = {
    SeenKind.PASSPORT: "paspoort",
    SeenKind.ID_CARD: "ID-kaart",
    SeenKind.RESIDENCE_PERMIT: "verblijfsdocument",
    SeenKind.OTHER: "ander document",
}
_CHECKS = {
    SeenCheck.SIGNATURE: "handtekening van het land klopt",
    SeenCheck.CHIP: "chip is geen kopie",
}
_DUTCH = ZoneInfo("Europe/Amsterdam")


def when(at: datetime) -> str:
    """Write a moment as it is said at a desk."""
    return at.astimezone(_DUTCH).strftime("%d-%m %H:%M")


def seen(act: CaseAct) -> str:
    """Write which document was seen, without number or image (S08)."""
    if act.text.strip():
        return one_line(act.text)
    kind = act.given.get("document", "")
    role = act.given.get("role", "") or "balie"
    return f"{_DOCUMENTS.get(kind, kind or 'Document')} gezien {when(act.header.at)} door rol {role}"


def seen_by_chip(seen: DocumentSeen) -> str:
    """Write which document was laid down at the kiosk, and which checks of its chip held (S08)."""
    told = ", ".join(_CHECKS[check] for check in seen.checks)
    checks = f": {told}" if told else ""
    return f"Document gezien: {_BY_CHIP[seen.kind]}, {when(seen.at)}, gecontroleerd door de chip{checks}"


def closing(act: CaseAct) -> str:
    """Write who gave the answer and when."""
    return f"Antwoord gegeven door {act.staff_name} op {act.header.at.astimezone(_DUTCH):%d-%m-%Y %H:%M}."


def page(title: str, act: CaseAct, more: tuple[str, ...] = ()) -> str:
    """Write a small document."""
    lines = [title, "", *filter(None, (act.text.strip(), *more)), ""]
    if act.header.reference:
        lines.append(f"Nummer: {act.header.reference}")
    lines.append(f"Door: {act.staff_name}, {act.header.at.astimezone(_DUTCH):%d-%m-%Y %H:%M}")
    return "\n".join([*lines, ""])


def one_line(text: str) -> str:
    """Write it on one line."""
    return " ".join(text.split())


def cut(text: str, longest: int) -> str:
    """Cut what is too long for a field; the whole of it stands in a document."""
    text = text.replace("\x00", "")
    return text if len(text) <= longest else text[: longest - 1] + "…"
