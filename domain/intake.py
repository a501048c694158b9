# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing in: a finished journey becomes a submission, is sealed, and is kept.

Words come from the screens, already in Dutch; the paper comes from `kiosk.paper`; the store and the key are ports. What
sync does with it later is not known here.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.answers import Address, Amount, AnswerKind, Number, Phone, Problem, Value, is_chosen
from domain.bsn_door import holds_bsn
from domain.case import CaseId, CaseState, CaseSummary
from domain.document_seen import DocumentSeen
from domain.errors import BsnRefusedError, OwnNameError, PracticeError, SealingError
from domain.filled_by import NOBODY, FilledBy
from domain.journey import Journey
from domain.ports import CaseStore, Sealer
from domain.practice import is_practice_case
from domain.submission import Document, Initiator, Submission, SubmissionHeader, SubmissionLine, to_bytes
from domain.validation import understand

LONGEST_TITLE = 80  # the zaak's omschrijving (FACTS)
LONGEST_EXPLANATION = 1000  # the zaak's toelichting

APPLICANT = "naam"
"""The shared question that asks who asks."""

REACH = {
    "telefoon": "phone",
    "email": "email",
    "post": "post",
    "liever-typen": "text",
    "ik-kom-hier-terug": "comes_back",
    "iemand-anders": "someone_else",
}
"""What the shared question `bereiken` offers, as `Initiator.reach` names it."""

_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete submission that has not been kept yet, and what may be known of it without opening it."""

    submission: Submission
    summary: CaseSummary
    bsn_questions: frozenset[str] = frozenset()  # those that name the law that lets them ask


def new_case_id() -> CaseId:
    """Make the id that proves, in the case system, that a zaak is ours."""
    return CaseId(str(uuid.uuid4()))


def prepare(
    *,
    journey: Journey,
    lines: tuple[SubmissionLine, ...],
    documents: tuple[Document, ...],
    title: str,
    explanation: str,
    language: str,
    reference: str,
    case_id: CaseId,
    now: datetime,
    key_id: str,
    device_id: str,
    initiator: Initiator | None = None,
    filled_by: FilledBy = NOBODY,
    document_seen: DocumentSeen | None = None,
) -> Prepared:
    """Make the submission of a finished journey; `lines` are the answers in Dutch, as shown.

    Raises: ValueError when the journey is not complete: that is a mistake of the program, never of a citizen.
    """
    if not journey.is_complete:
        raise ValueError("a journey with an open question cannot be handed in")
    definition = journey.definition
    header = SubmissionHeader(
        case_id=case_id,
        reference=reference,
        service_id=definition.id,
        service_version=definition.version,
        submitted_at=now,
        key_id=key_id,
    )
    submission = Submission(
        header=header,
        device_id=device_id,
        case_type=definition.case_type,
        title=cut(title, LONGEST_TITLE),
        explanation=cut(explanation, LONGEST_EXPLANATION),
        language=language,
        legal_effect=definition.legal_effect.value,
        is_urgent=journey.is_urgent,
        needs_person=journey.needs_person,
        promised_on=journey.promised_on,
        owner=definition.owner,
        initiator=initiator if initiator is not None else initiator_from(journey, language),
        lines=lines,
        properties=_properties(journey, lines),
        documents=documents,
        filled_by=filled_by,
        document_seen=document_seen,
    )
    summary = CaseSummary(
        case_id=case_id,
        reference=reference,
        service_id=definition.id,
        service_version=definition.version,
        state=CaseState.PENDING,
        submitted_at=now,
        promised_on=journey.promised_on,
        is_urgent=journey.is_urgent,
    )
    grounds = frozenset(question.id for question in definition.questions if question.bsn_ground)
    return Prepared(submission, summary, grounds)


@dataclass(frozen=True, slots=True)
class BsnRules:
    """What is known of nine digits here; without a signed profile the strictest rules hold."""

    rsin: str = ""
    may_be_asked: bool = False  # of questions that name their ground

    def refuse(self, submission: Submission, bsn_questions: frozenset[str]) -> None:
        """See to it that nothing is kept with a BSN in it that may not be there.

        The door at the fields took it out already; this is the second one, behind all of them.

        Raises: BsnRefusedError, which says nothing of the digits or of where they stood.
        """
        self.refuse_texts(self._texts(submission, bsn_questions))

    def refuse_texts(self, texts: Iterable[str]) -> None:
        """See to it that none of these texts holds one.

        Raises: BsnRefusedError.
        """
        exempt = frozenset(filter(None, (self.rsin,)))
        if any(holds_bsn(text, exempt) for text in texts):
            raise BsnRefusedError("a case holds a citizen service number", "report it: the fields let it through")

    def _texts(self, submission: Submission, bsn_questions: frozenset[str]) -> Iterator[str]:
        asked = bsn_questions if self.may_be_asked else frozenset[str]()
        for line in submission.lines:
            if line.question_id not in asked:
                yield line.answer
                yield from (text for name, text in line.given.items() if not is_chosen(name))
        yield from (submission.title, submission.explanation)
        who = submission.initiator
        yield from (who.name, who.birth_date, who.phone, who.email, who.address)
        if not asked:
            yield from submission.properties.values()
        for document in submission.documents:
            # Loket names its files itself, by the reference and a number: their digits together are nobody's.
            yield from (document.title, document.file_name.removeprefix(submission.header.reference))


STRICTEST = BsnRules()


@dataclass(frozen=True, slots=True)
class Intake:
    """Seals a submission and hands it to the store; used on the store's lane, never on the UI thread."""

    store: CaseStore
    sealer: Sealer
    bsn_rules: BsnRules = STRICTEST
    is_practice: bool = False  # then it takes practice cases, and no others

    def submit(self, prepared: Prepared, status_code: str) -> CaseSummary:
        """Keep a submission; when this returns it is safe, and the receipt may be shown.

        Raises: BsnRefusedError, OwnNameError, PracticeError, SealingError, StoreError and its kinds; then nothing was
        kept.
        """
        if is_practice_case(prepared.submission.header.case_id) is not self.is_practice:
            raise PracticeError("practice and real cases are kept apart", "practise with `loket desk --practice`")
        self.bsn_rules.refuse(prepared.submission, prepared.bsn_questions)
        if prepared.submission.filled_by.refuses(prepared.submission.initiator.name):
            raise OwnNameError("who fills in seems to be who asks", "say that it is another person, or mend the name")
        header = prepared.submission.header
        if header.key_id != self.sealer.key_id:
            raise SealingError("the case was prepared for another key", "start the kiosk again: its key was replaced")
        sealed = self.sealer.seal(to_bytes(prepared.submission))
        self.store.submit(header, sealed, prepared.summary, status_code)
        return prepared.summary


def initiator_from(journey: Journey, language: str = "nl") -> Initiator:
    """Read who asks from the shared closing questions; what was not given stays empty."""
    birth_date = _value(journey, "geboortedatum")
    phone = _value(journey, "telefoon")
    address = _value(journey, "postadres")
    return Initiator(
        name=_text(_value(journey, APPLICANT)),
        birth_date=birth_date.isoformat() if isinstance(birth_date, date) else "",
        phone=phone.e164 if isinstance(phone, Phone) else "",
        email=_text(_value(journey, "email")),
        address=one_line(address) if isinstance(address, Address) else "",
        reach=REACH.get(_text(_value(journey, "bereiken")), ""),
        language=language,
    )


def one_line(address: Address) -> str:
    """Write a Dutch address on one line: "Dorpsstraat 12 b, 1234 AB Voorbeeldstad"."""
    house = " ".join(filter(None, (address.street, address.number, address.addition)))
    place = " ".join(filter(None, (address.postcode, address.city)))
    return ", ".join(filter(None, (house, place)))


def cut(text: str, longest: int) -> str:
    """Shorten a text to at most so many characters, with an ellipsis, and never inside a letter with its accents."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0 and (_continues(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def _continues(character: str) -> bool:
    """Tell whether a character belongs to the one before it: an accent, a joiner, a skin tone, half a flag."""
    return (
        character in _JOINERS
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U0001f1e6" <= character <= "\U0001f1ff"
    )


def _properties(journey: Journey, lines: tuple[SubmissionLine, ...]) -> dict[str, str]:
    """Give the zaakeigenschappen: dates, numbers and amounts plainly, all else in the Dutch words that were shown."""
    worded = {line.question_id: line.answer for line in lines}
    found: dict[str, str] = {}
    for question, answer in journey.answered():
        if question.case_property and answer.kind is AnswerKind.GIVEN and not answer.is_empty:
            value = _value(journey, question.id)
            words = _property_text(value) or worded.get(question.id, "")
            if words:
                found[question.case_property] = words
    return found


def _property_text(value: Value | None) -> str:
    """Write what a case system can calculate with in a form without words; empty for all else."""
    match value:
        case date():
            return value.isoformat()
        case Number():
            return str(value.value)
        case Amount():
            return f"{value.cents // 100}.{value.cents % 100:02}"
        case _:
            return ""


def _value(journey: Journey, question_id: str) -> Value | None:
    """Give what the answer to a question means; None when it does not apply, was not given, or cannot be read."""
    for question, answer in journey.answered():
        if question.id == question_id:
            value = understand(question, answer, journey.today)
            return None if isinstance(value, Problem) else value
    return None


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""
