# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words the letters that only a signature makes count: objection, complaint, authorisation.

The words are the service's; an answer stands where a text names its question, and what nobody said becomes a line to
fill in by hand. How it looks is `kiosk.paper.letter`.
"""

from __future__ import annotations

import re

from domain.answers import Address, Answer, AnswerKind, Person, Phone, Problem, Value
from domain.journey import Journey
from domain.service import AnswerType, Letter
from domain.validation import understand
from i18n.dates import format_date
from i18n.phones import readable_phone
from kiosk.paper.letter import BLANK, LetterPage, Row
from kiosk.screens.letter_words import letter_day, letter_notice
from kiosk.screens.wording import answer_text, choice_text
from kiosk.screens.words import Words

_LONGEST_LIST = 4
_FIELD = re.compile(r"\{([^{}]+)\}")


def letter_page(own: Words, dutch: Words, journey: Journey, letter: Letter) -> LetterPage:
    """Word a letter with its copy."""
    enclose = _lines(dutch, journey, letter, "enclose")
    day = letter_day(journey, letter)

    def told(words: Words) -> tuple[str, ...]:
        steps = ("letter.do_fill", "letter.do_sign", *(("letter.do_enclose",) if enclose else ()), "letter.do_keep")
        return letter_notice(words, journey, letter), *(words.tr(step) for step in steps)

    name = _given(dutch, journey, "naam")
    return LetterPage(
        title=dutch.tr("letter.file_title"),
        sender=(*_sender(dutch, journey, name), *(Row(label) for label in _lines(dutch, journey, letter, "fill"))),
        addressee=_addressee(dutch, journey, letter),
        place=Row(dutch.tr("letter.place")),
        day=Row(dutch.tr("letter.date"), format_date(journey.today, "nl")),
        subject=Row(dutch.tr("letter.subject"), " ".join(_lines(dutch, journey, letter, "subject"))),
        greeting=dutch.tr("letter.greeting"),
        body=_lines(dutch, journey, letter, "body"),
        closing=dutch.tr("letter.closing"),
        signature=dutch.tr("letter.signature"),
        name=Row(dutch.tr("letter.name"), name),
        enclose_title=dutch.tr("letter.enclose"),
        enclose=enclose,
        language=own.language,
        told_title=own.tr("letter.copy_title"),
        told=told(own),
        dutch_told=() if own.language == dutch.language else told(dutch),
        copy=dutch.tr("letter.copy"),
        dates=(own.counted_day(day, letter.term), dutch.counted_day(day, letter.term)) if day else (),
    )


def _sender(dutch: Words, journey: Journey, name: str) -> tuple[Row, ...]:
    address, phone = _value(journey, "postadres"), _value(journey, "telefoon")
    street = city = ""
    if isinstance(address, Address):
        street = " ".join(part for part in (address.street, address.number + address.addition) if part)
        city = " ".join(part for part in (address.postcode, address.city) if part)
    return (
        Row(dutch.tr("letter.name"), name),
        Row(dutch.tr("letter.street"), street),
        Row(dutch.tr("letter.city"), city),
        Row(dutch.tr("letter.phone"), readable_phone(phone.e164) if isinstance(phone, Phone) else ""),
    )


def _addressee(dutch: Words, journey: Journey, letter: Letter) -> tuple[str, ...]:
    answer = journey.answers.get(letter.addressee_by) if letter.addressee_by else None
    if answer is not None and answer.kind is AnswerKind.GIVEN:
        for choice in sorted(answer.chosen):
            name = f"addressee_for.{choice}"
            if dutch.has(journey.definition, f"letter.{letter.id}.{name}"):
                return _lines(dutch, journey, letter, name)
    return _lines(dutch, journey, letter, "addressee")


def _lines(dutch: Words, journey: Journey, letter: Letter, name: str) -> tuple[str, ...]:
    key = f"letter.{letter.id}.{name}"
    if not dutch.has(journey.definition, key):
        return ()
    text = dutch.service(journey.definition, key, name=dutch.place.municipality)
    return tuple(_filled(dutch, journey, letter, line) for line in text.splitlines())


def _filled(dutch: Words, journey: Journey, letter: Letter, line: str) -> str:
    day = letter_day(journey, letter)
    if dutch.place.is_clock_doubtful and not (letter.term and letter.term.after):
        day = None  # filled in by hand

    alone = _FIELD.fullmatch(line.strip())
    if alone and (several := _several(dutch, journey, alone.group(1))):
        return several

    def found(field: re.Match[str]) -> str:
        if field.group(1) == "date":
            return format_date(day, "nl") if day else BLANK
        return _given(dutch, journey, field.group(1)) or BLANK

    return _FIELD.sub(found, line)


def _given(dutch: Words, journey: Journey, question_id: str) -> str:
    """Give an answer in words; empty where it was not asked, not given, or only said to be unknown."""
    question = next((item for item in journey.questions if item.id == question_id), None)
    answer = journey.answers.get(question_id)
    if question is None or not _is_said(answer):
        return ""
    if question.type is AnswerType.PERSONS:
        people = _value(journey, question_id)
        if isinstance(people, tuple):
            return ", ".join(person.name for person in people if isinstance(person, Person))
    day = journey.date_of(question_id)
    return format_date(day, "nl") if day else answer_text(dutch, journey, question, answer)


def _several(dutch: Words, journey: Journey, question_id: str) -> str:
    """Give several choices as a list, one on a line; many of them close together, for the letter is one page."""
    question = next((item for item in journey.questions if item.id == question_id), None)
    answer = journey.answers.get(question_id)
    if question is None or question.type is not AnswerType.CHOICES or answer is None or not _is_said(answer):
        return ""
    named = [choice_text(dutch, journey, question, item.id) for item in question.choices if item.id in answer.chosen]
    if len(named) > _LONGEST_LIST:
        return "; ".join(named)
    return "\n".join(f"– {name}" for name in named)


def _is_said(answer: Answer | None) -> bool:
    return answer is not None and answer.kind is AnswerKind.GIVEN and not answer.is_empty


def _value(journey: Journey, question_id: str) -> Value | None:
    question = next((item for item in journey.questions if item.id == question_id), None)
    answer = journey.answers.get(question_id)
    if question is None or answer is None or not _is_said(answer):
        return None
    found = understand(question, answer, journey.today)
    return None if isinstance(found, Problem) else found
