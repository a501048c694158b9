# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words the pages that people of the municipality read.

The case page in the case system and the paper for the counter.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.answers import AnswerKind, Origin
from domain.consent import ConsentRecord, Consents
from domain.document_seen import DocumentSeen
from domain.filled_by import FilledBy
from domain.intake import initiator_from
from domain.journey import Journey
from domain.service import LegalEffect
from domain.submission import SubmissionLine
from i18n.language_names import dutch_name_of
from i18n.phones import readable_phone
from i18n.texts import DUTCH
from kiosk.effects import Order
from kiosk.paper.answer_list import Told
from kiosk.paper.case_page import CasePage, Fact
from kiosk.paper.paper_road import PaperRoad
from kiosk.screens.pauses import haste_texts
from kiosk.screens.wording import answer_text
from kiosk.screens.words import Words

HERE = ZoneInfo("Europe/Amsterdam")
NOTED = (
    AnswerKind.UNKNOWN,
    AnswerKind.DECLINED,
    AnswerKind.DIFFERENT,
    *(origin for origin in Origin if origin is not Origin.SELF),
)
CONSENT = "consent."  # + kind: what a visitor allowed a helper, among the lines of a case


def moment_text(words: Words, key: str, moment: datetime) -> str:
    """Write a moment in Dutch time."""
    here = moment.astimezone(HERE)
    return words.tr(key, date=words.day(here.date()), time=f"{here:%H.%M}")


def language_name(language: str) -> str:
    """Name the language of a visit for staff; nothing where it is Dutch, which needs no word."""
    return dutch_name_of(language) if language != DUTCH else ""


def case_page(
    dutch: Words, journey: Journey, order: Order, lines: tuple[SubmissionLine, ...], now: datetime
) -> CasePage:
    """Word the document that goes into the case system."""
    service = journey.definition
    asks = initiator_from(journey, order.language)
    reach = next((line.answer for line in lines if line.question_id == "bereiken"), "")
    found = (reach, readable_phone(asks.phone) if asks.phone else "", asks.email, asks.address)
    here = now.astimezone(HERE)
    facts = (
        Fact(dutch.tr("case_page.service"), dutch.title(service)),
        Fact(dutch.tr("case_page.name"), asks.name),
        Fact(
            dutch.tr("case_page.birth_date"),
            next((line.answer for line in lines if line.question_id == "geboortedatum"), ""),
        ),
        Fact(dutch.tr("case_page.reach"), ", ".join(part for part in found if part)),
        Fact(dutch.tr("case_page.language"), language_name(order.language)),
        Fact(dutch.tr("case_page.made"), f"{dutch.day(here.date())}, {here:%H.%M}"),
        Fact(dutch.tr("case_page.filled_by"), _member(dutch, order.filled_by)),
        Fact(dutch.tr("case_page.seen"), _seen(dutch, order.document_seen)),
        Fact(dutch.tr("case_page.promised"), dutch.counted_day(journey.promised_on)),
        Fact(dutch.tr("case_page.owner"), service.owner),
    )
    has_effect = service.legal_effect is not LegalEffect.NONE
    marks = (
        dutch.tr("case_page.urgent") if journey.is_urgent else "",
        dutch.tr("case_page.needs_person") if journey.needs_person else "",
    )
    return CasePage(
        title=dutch.tr("case_page.title"),
        reference=order.reference,
        facts=facts,
        answers_title=dutch.tr("case_page.questions"),
        lines=lines,
        page_label=lambda number, pages: dutch.tr("case_page.page", number=str(number), pages=str(pages)),
        haste=". ".join(mark for mark in marks if mark),
        effect=dutch.service(service, "effect") if has_effect else "",
        notes={word.value: dutch.tr(f"case_page.note.{word.value}") for word in NOTED},
    )


def _member(dutch: Words, filled_by: FilledBy) -> str:
    """Say which member of staff filled in, by number, and how the citizen was there; nothing where nobody did."""
    if not filled_by.is_somebody:
        return ""
    found = [dutch.tr("case_page.filled_by.member", number=filled_by.number)]
    found.append(dutch.tr(f"case_page.filled_by.{filled_by.how}"))
    if filled_by.is_namesake:
        found.append(dutch.tr("case_page.filled_by.namesake"))
    return ", ".join(found)


def _seen(dutch: Words, seen: DocumentSeen | None) -> str:
    """Say which document was laid down, when, and which checks of its chip held; nothing where none was."""
    if seen is None:
        return ""
    return dutch.tr(
        "case_page.seen.told",
        kind=dutch.tr(f"case_page.seen.{seen.kind.value}"),
        moment=f"{seen.at.astimezone(HERE):%d-%m %H:%M}",
        checks=", ".join(dutch.tr(f"case_page.seen.{check.value}") for check in seen.checks),
    )


def paper_road(own: Words, dutch: Words, journey: Journey, order: Order, now: datetime, *, is_haste: bool) -> PaperRoad:
    """Word the paper to take to the counter, because it cannot wait or could not be kept."""

    def says(words: Words) -> str:
        if not is_haste:
            return words.tr("paper_road.not_kept")
        return " ".join(text for pair in haste_texts(words, journey) for text in pair)

    is_dutch = own.language == dutch.language
    lines = tuple(Told(line.question, line.answer, "") for line in case_lines(dutch, journey))
    return PaperRoad(
        language=own.language,
        title=own.tr("paper_road.title"),
        haste=says(own),
        dutch_haste="" if is_dutch else says(dutch),
        phone_label=own.tr("paper_road.phone"),
        phone=own.place.phone,
        desk_label=own.tr("paper_road.desk"),
        desk=own.place.desk,
        made=moment_text(own, "paper_road.made", now),
        dutch_made="" if is_dutch else moment_text(dutch, "paper_road.made", now),
        answers_title=own.tr("case_page.questions"),
        answers=lines,
        reference_label="" if is_haste else own.tr("receipt.number"),
        reference="" if is_haste else order.reference,
    )


def case_lines(words: Words, journey: Journey) -> tuple[SubmissionLine, ...]:
    """Word every answered question in Dutch, with what was really given beside it."""
    return tuple(
        SubmissionLine(
            question_id=question.id,
            question=words.service(journey.definition, f"question.{question.id}.title"),
            answer=answer_text(words, journey, question, answer),
            kind=answer.kind.value,
            origin=answer.origin.value,
            given=answer.fields,
        )
        for question, answer in journey.answered()
    )


def consent_lines(dutch: Words, consents: Consents) -> tuple[SubmissionLine, ...]:
    """Word what the visitor allowed a helper, or did not: what, for whom, when and how (feature H04)."""
    return tuple(
        SubmissionLine(
            question_id=f"{CONSENT}{record.kind.value}",
            question=dutch.tr(f"case_page.consent.{record.kind.value}"),
            answer=_decision(dutch, record),
            kind=AnswerKind.GIVEN.value,
            origin=Origin.SELF.value,
            given={
                "decision": record.decision.value,
                "role": record.role.value,
                "at": record.at.isoformat(),
                "way": record.way.value,
            },
        )
        for record in consents
    )


def _decision(dutch: Words, record: ConsentRecord) -> str:
    here = record.at.astimezone(HERE)
    return dutch.tr(
        f"case_page.consent.{record.decision.value}",
        date=dutch.day(here.date()),
        time=f"{here:%H.%M}",
        role=dutch.tr(f"case_page.consent.{record.role.value}"),
        way=dutch.tr(f"case_page.consent.{record.way.value}"),
    )
