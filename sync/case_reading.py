# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads what the case system has of one case as a counter sees it: who asks, in what words, papers, what happened.

Pure: what was fetched comes in, an opened case goes out (`sync.work_fetch` fetches and seals). Answers of a server are
read leniently, for real ones hold nulls that their own document forbids; a citizen service number is never taken over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.case import CaseId
from domain.case_act import ActKind
from domain.counter import CaseDocument, CaseEvent, CounterCase, Stage, WorkItem
from domain.errors import SealingError
from domain.follow_up import FollowUp
from domain.follow_up import from_bytes as follow_up_of
from domain.submission import Initiator, Submission
from domain.submission import from_bytes as submission_of
from sync import act_words
from sync.case_version import handler_name_of, handler_of, is_handler, version_of
from sync.counter_form import KeptCase
from sync.key_ring import KeyRing
from sync.zgw import bodies

Record = Mapping[str, Any]

LARGEST_PAPER = 8 * 1024 * 1024
"""A paper of ours that is larger is not read along, only listed."""

_LARGEST_NOTE = 64 * 1024
_DUTCH = ZoneInfo("Europe/Amsterdam")
_CALLS = "bel"
_ADDED = {"verbetering": "correction", "intrekking": "withdrawal", "herinnering": "reminder"}
_SEALED = ".loket"
_YEARS = range(1900, 2150)
"""Case systems write 0001 or 9999 where they mean "no day"; neither is a term that anybody counts days to."""

_SEEN = "seen"
_STAFF = {
    act_words.TITLES[ActKind.DOCUMENT_SEEN]: _SEEN,
    act_words.TITLES[ActKind.CONTACT]: "contact",
    act_words.TITLES[ActKind.CALL_BACK]: "contact",
}
"""What staff added, by the title of its document."""

_BY = re.compile(r"Door: (.*), \d\d-\d\d-\d{4} \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class StatusType:
    """A step that cases of one type take."""

    name: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the case: what the case system says of it, and what stands in it when it was read along."""

    about: Record
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class FetchedCase:
    """All that was fetched of a case."""

    zaak: Record
    service_id: str  # of the case type; empty: of no service of ours
    title: str  # of the case type
    roles: Sequence[Record]
    statuses: Sequence[Record]
    status_types: Mapping[str, StatusType]  # by the last word of the address
    papers: Sequence[Paper]
    properties: Sequence[Record] = ()


def case_id_of(zaak: Record) -> CaseId | None:
    """Give our own id of a zaak that Loket made."""
    marks = zaak.get("kenmerken")
    for mark in marks if isinstance(marks, list) else []:
        if isinstance(mark, dict) and mark.get("bron") == bodies.SOURCE and mark.get("kenmerk"):
            return CaseId(str(mark["kenmerk"]))
    return None


def is_read_along(zaak: Record, about: Record, *, has_key: bool) -> bool:
    """Tell whether a document holds the words of the citizen, so that it belongs to the opened case itself."""
    owner = _owner_of(about)
    if not owner:
        return False
    name, size, reference = text_of(about, "bestandsnaam"), size_of(about), text_of(zaak, "identificatie")
    if name.endswith(".txt"):
        return name.startswith(reference) and size <= _LARGEST_NOTE
    if owner != case_id_of(zaak) or size > LARGEST_PAPER:
        return False
    return has_key if name.endswith(_SEALED) else name == f"{reference}.json"


def read_case(found: FetchedCase, titles: Mapping[str, str], ring: KeyRing | None, now: datetime) -> KeptCase:
    """Give the case as the counter sees it."""
    zaak, answers = found.zaak, _answers(found, ring)
    service_id = answers.header.service_id if answers is not None else found.service_id
    added = [event for paper in found.papers for event in _added_in(zaak, paper, ring)]
    item = _item(found, answers, service_id, titles.get(service_id, found.title))
    seen = [*seen_of(answers), *(replace(event, kind="act") for event in added if event.kind == _SEEN)]
    said = (text_of(each, "waarde") for each in found.properties if _is_one_of(each, act_words.SEEN_NAMES))
    seen += [CaseEvent(item.submitted_at, "act", text) for text in said if text not in {event.text for event in seen}]
    added = [event for event in added if event.kind != _SEEN]
    listed = [paper for paper in found.papers if not _is_inner(zaak, paper.about)]
    case = CounterCase(
        item=replace(item, is_withdrawn=any(event.kind == "withdrawal" for event in added)),
        version=version_of(zaak, found.roles),
        initiator=answers.initiator if answers is not None else _initiator(found.roles),
        explanation=answers.explanation if answers is not None else text_of(zaak, "toelichting"),
        lines=answers.lines if answers is not None else (),
        facts=tuple((text_of(each, "naam"), text_of(each, "waarde")) for each in found.properties if answers is None),
        documents=tuple(_document(paper.about) for paper in listed),
        seen=tuple(seen),
        history=tuple(sorted((*_status_events(found), *added), key=lambda event: event.at)),
        fetched_at=now,
    )
    if answers is not None:
        case = replace(case, filled_by=answers.filled_by)
    files = {key_of(paper.about): text_of(paper.about, "url") for paper in listed}
    return KeptCase(case, files, frozenset(_owner_of(paper.about) for paper in found.papers) - {"", case_id_of(zaak)})


def seen_of(answers: Submission | None) -> tuple[CaseEvent, ...]:
    """Give the document that answers were read from, where its chip was found in order."""
    seen = answers.document_seen if answers is not None else None
    return () if seen is None else (CaseEvent(seen.at, "act", act_words.seen_by_chip(seen)),)


def stage_of(zaak: Record, roles: Iterable[Record], status: StatusType | None) -> Stage:
    """Tell how far a zaak is. By who has it and not by its status: that stays when somebody gives a case back."""
    if zaak.get("einddatum") or (status is not None and status.is_last):
        return Stage.ANSWERED
    suspended = zaak.get("opschorting")
    if isinstance(suspended, dict) and suspended.get("indicatie") is True:
        return Stage.ASKED
    return Stage.TAKEN if _member(roles) is not None else Stage.NEW


def key_of(about: Record) -> str:
    """Name a document of a case for the desk, which learns no address."""
    return hashlib.sha256(last_word(text_of(about, "url")).encode()).hexdigest()[:16]


def last_word(address: str) -> str:
    """Give the part of an address that is the same behind every proxy."""
    return address.rstrip("/").rsplit("/", 1)[-1]


def text_of(record: Record, name: str) -> str:
    """Give a text of a record; empty for anything else."""
    value = record.get(name)
    return value if isinstance(value, str) else ""


def size_of(about: Record) -> int:
    """Give how large a document is; as large as can be when nobody says."""
    size = about.get("bestandsomvang")
    return size if isinstance(size, int) and size >= 0 else LARGEST_PAPER + 1


def _item(found: FetchedCase, answers: Submission | None, service_id: str, title: str) -> WorkItem:
    zaak = found.zaak
    promised = answers.promised_on if answers is not None else None
    legal, planned = _day(zaak.get("uiterlijkeEinddatumAfdoening")), _day(zaak.get("einddatumGepland"))
    member = _member(found.roles)
    handler = member or next((role for role in found.roles if is_handler(role)), None)
    return WorkItem(
        reference=text_of(zaak, "identificatie"),
        service_id=service_id,
        title=title,
        stage=stage_of(zaak, found.roles, _current(found)),
        submitted_at=answers.header.submitted_at if answers is not None else _begun_at(zaak),
        due_on=legal or promised,
        planned_on=planned or (promised if legal else None),
        owner=handler_of(member) if member is not None else "",
        owner_name=handler_name_of(handler) if handler is not None else "",
        language=answers.language if answers is not None else "nl",
        is_urgent=(answers is not None and answers.is_urgent) or any(map(_says_urgent, found.properties)),
        asks_call=service_id == _CALLS or (answers is not None and answers.initiator.reach == "phone"),
        device_id=answers.device_id if answers is not None else "",
    )


def _member(roles: Iterable[Record]) -> Record | None:
    """Give the role of the member of staff who has it, if one does; a department that has it is nobody yet."""
    return next((role for role in roles if is_handler(role) and role.get("betrokkeneType") == "medewerker"), None)


def _current(found: FetchedCase) -> StatusType | None:
    status = found.zaak.get("status")
    if not isinstance(status, str) or not status:
        return None
    current = next((each for each in found.statuses if last_word(text_of(each, "url")) == last_word(status)), None)
    return None if current is None else found.status_types.get(last_word(text_of(current, "statustype")))


def _status_events(found: FetchedCase) -> Iterable[CaseEvent]:
    for status in found.statuses:
        at = _moment(status.get("datumStatusGezet"))
        known = found.status_types.get(last_word(text_of(status, "statustype")))
        words = [known.name if known is not None else "", text_of(status, "statustoelichting")]
        if at is not None:
            yield CaseEvent(at, "status", ": ".join(filter(None, words)) or "Status")


def _answers(found: FetchedCase, ring: KeyRing | None) -> Submission | None:
    """Give what the citizen answered, from the readable document, else from what a library sent sealed."""
    reference, case_id = text_of(found.zaak, "identificatie"), case_id_of(found.zaak)
    for paper in sorted(found.papers, key=lambda paper: text_of(paper.about, "bestandsnaam").endswith(_SEALED)):
        name = text_of(paper.about, "bestandsnaam")
        if paper.content is None or name not in (f"{reference}.json", f"{reference}{_SEALED}"):
            continue
        try:
            if name.endswith(_SEALED):
                submission = submission_of(ring.open(paper.content)) if ring is not None else None
            else:
                submission = submission_of(json.dumps({**json.loads(paper.content), "documents": []}).encode())
        except (ValueError, TypeError, RecursionError, SealingError):
            continue
        if submission is not None and (submission.header.reference, submission.header.case_id) == (reference, case_id):
            return submission
    return None


def _added_in(zaak: Record, paper: Paper, ring: KeyRing | None) -> Iterable[CaseEvent]:
    """Give what a citizen or staff added later: its document is read along, so that nobody overlooks it."""
    name, at = text_of(paper.about, "bestandsnaam"), _moment(paper.about.get("beginRegistratie"))
    owner, title = _owner_of(paper.about), text_of(paper.about, "titel")
    reference = re.escape(text_of(zaak, "identificatie"))
    match = re.fullmatch(rf"{reference}-([a-z]+)-[0-9a-f-]+(\.txt|\.loket)", name)
    if at is None or not owner:
        return
    if owner == case_id_of(zaak) and match is not None and match[1] in _ADDED:
        yield CaseEvent(at, _ADDED[match[1]], _words_of(paper, ring) or title)
    elif owner != case_id_of(zaak) and name.endswith(".txt"):
        yield _of_staff(at, _STAFF.get(title, "act"), title, _words_of(paper, ring))


def _of_staff(at: datetime, kind: str, title: str, words: str) -> CaseEvent:
    """Read the page that `sync.act_words` wrote: its title, what was done, and by whom."""
    by, said = "", []
    for line in words.splitlines():
        match = _BY.fullmatch(line)
        if match is not None:
            by = match[1]
        elif line.strip() not in ("", title) and not line.startswith("Nummer: "):
            said.append(line)
    text = "\n".join(said)
    return CaseEvent(at, kind, text if kind == _SEEN and text else ": ".join(filter(None, (title, text))), by)


def _words_of(paper: Paper, ring: KeyRing | None) -> str:
    if paper.content is None:
        return ""
    if text_of(paper.about, "bestandsnaam").endswith(".txt"):
        return paper.content.decode(errors="replace").strip()
    return _opened_words(paper.content, ring) if ring is not None else ""


def _owner_of(about: Record) -> str:
    """Give the id of the case or act of Loket that made a document; empty for a document of others."""
    match = re.fullmatch(rf"{bodies.SOURCE} ([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})", _description(about))
    return match[1] if match is not None else ""


def _description(about: Record) -> str:
    return text_of(about, "beschrijving")


def _is_one_of(property_: Record, names: frozenset[str]) -> bool:
    return "".join(sign for sign in text_of(property_, "naam").casefold() if sign.isalnum()) in names


def _says_urgent(property_: Record) -> bool:
    value = text_of(property_, "waarde").strip().casefold()
    return _is_one_of(property_, act_words.URGENT_NAMES) and value not in ("", "nee", "false", "0", "n")


def _opened_words(sealed: bytes, ring: KeyRing) -> str:
    try:
        added: FollowUp = follow_up_of(ring.open(sealed))
    except (SealingError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    lines = [line for each in added.lines for line in (each.question, each.answer)]
    return "\n".join(filter(None, [added.title, added.text, *lines]))


def _is_inner(zaak: Record, about: Record) -> bool:
    """Tell whether a document is for programs: its words are shown, so the file itself need not be offered."""
    name = text_of(about, "bestandsnaam")
    is_ours = case_id_of(zaak) is not None and _owner_of(about) == case_id_of(zaak)
    return is_ours and (name.endswith(_SEALED) or name == f"{text_of(zaak, 'identificatie')}.json")


def _document(about: Record) -> CaseDocument:
    name = text_of(about, "bestandsnaam") or text_of(about, "identificatie")
    size = about.get("bestandsomvang")
    return CaseDocument(
        key=key_of(about),
        title=text_of(about, "titel") or name,
        file_name=name,
        media_type=text_of(about, "formaat") or "application/octet-stream",
        size=size if isinstance(size, int) else 0,
    )


def _initiator(roles: Iterable[Record]) -> Initiator:
    for role in roles:
        if role.get("omschrijvingGeneriek") != "initiator":
            continue
        who, contact = _record(role.get("betrokkeneIdentificatie")), _record(role.get("contactpersoonRol"))
        parts = (
            text_of(who, "voornamen") or text_of(who, "voorletters"),
            text_of(who, "voorvoegselGeslachtsnaam"),
            text_of(who, "geslachtsnaam"),
        )
        name = " ".join(filter(None, parts)) or text_of(who, "statutaireNaam") or text_of(who, "naam")
        born = text_of(who, "geboortedatum")
        return Initiator(
            name=name or text_of(role, "afwijkendeNaamBetrokkene") or text_of(contact, "naam"),
            birth_date=born if re.fullmatch(r"\d{4}-\d{2}-\d{2}", born) else "",
            phone=text_of(contact, "telefoonnummer"),
            email=text_of(contact, "emailadres"),
        )
    return Initiator()


def _record(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def _begun_at(zaak: Record) -> datetime:
    day = _day(zaak.get("registratiedatum")) or _day(zaak.get("startdatum")) or date(1970, 1, 1)
    return datetime.combine(day, time(), _DUTCH).astimezone(UTC)


def _day(value: Any) -> date | None:
    try:
        found = date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
    return found if found is not None and found.year in _YEARS else None


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
