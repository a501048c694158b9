# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One question on one screen (feature C02): where am I, the question, help, the answer, ways out.

Each answer type has one function below that gives its parts; adding a type means adding one here, one in
`domain.validation` and its fields in `domain.answers.Answer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.answers import Answer, AnswerKind, Origin, Problem
from domain.journey import Ask, Journey
from domain.service import AnswerType, Offer, Question
from domain.validation import understand
from kiosk.screens import card
from kiosk.screens.asked import Asked, Beside, QuestionState, field_of
from kiosk.screens.filled_in import namesake
from kiosk.screens.frame import forward, page, passing_name
from kiosk.screens.photo_answer import photo_parts
from kiosk.screens.place_answer import place_parts
from kiosk.screens.spoken_answer import spoken_parts
from kiosk.screens.time_wish_answer import time_wish_parts
from kiosk.screens.wording import choice_text, grouped, understood_text
from kiosk.screens.words import Words
from kiosk.view import (
    Button,
    ButtonRow,
    Choices,
    ErrorText,
    Field,
    FieldRow,
    Heading,
    Keyboard,
    Notice,
    Option,
    Paragraph,
    Part,
    Understood,
    View,
    Weight,
    Where,
)

ANSWER = "answer"
OFFER = "offer."  # + kind
WHY = "why"
ADD_PERSON = "persons.add"
REMOVE_PERSON = "persons.remove."  # + number
NO_ADDRESS = "address.none"
OWN_NAME = "own_name"  # the problem of an applicant who bears the name of the member of staff who fills in
OFFER_ICONS = {
    Offer.UNKNOWN: "mdi6.help-circle-outline",
    Offer.DECLINED: "mdi6.message-off-outline",
    Offer.DIFFERENT: "mdi6.account-question-outline",
}
YES_NO_ICONS = {"ja": "mdi6.thumb-up-outline", "nee": "mdi6.thumb-down-outline"}
MOST_PERSONS = 12


def question_view(words: Words, journey: Journey, ask: Ask, state: QuestionState, beside: Beside | None = None) -> View:
    """Build the screen of one question."""
    service, question = journey.definition, ask.question
    key = f"question.{question.id}"
    parts: list[Part] = [
        Where("where", words.tr("where.question", title=passing_name(words, service), number=str(ask.number))),
        Heading("title", words.service(service, f"{key}.title")),
    ]
    if words.has(service, f"{key}.help"):
        parts.append(Paragraph("help", words.service(service, f"{key}.help"), is_soft=True))
    problem_text = _problem_text(words, question, state.problem)
    if problem_text:
        parts.append(ErrorText("problem", problem_text, about=ANSWER))
    parts.extend(_ANSWER_PARTS[question.type](Asked(words, journey, question, state, problem_text, beside or Beside())))
    if state.problem is not None and state.problem.code == OWN_NAME:
        parts.append(namesake(words))
    if state.kind is AnswerKind.GIVEN:
        parts.extend(_understood(words, journey, question, state))
    if state.origin is not Origin.CHIP:
        parts.extend(card.second_road(words, question))
    parts.append(_ways_out(words, question, state))
    if state.kind is AnswerKind.DIFFERENT and not any(isinstance(part, Field) and part.id == "text" for part in parts):
        # Where the answer is a text already, what is different is told in that same field.
        parts.append(
            Field("text", words.tr("question.different_label"), state.fields.get("text", ""), lines=3, width=48)
        )
    if state.shows_why:
        why = words.service(service, f"{key}.why")
        parts.append(Notice("why_text", words.tr("question.why_title"), why, icon="mdi6.chat-question-outline"))
    return page(
        words,
        f"{service.id}.{question.id}",
        tuple(parts),
        title=words.service(service, f"{key}.title"),
        primary=forward(words),
        focus=_focus(parts, state, asks_for_voice=question.type is AnswerType.SPOKEN),
    )


def _focus(parts: list[Part], state: QuestionState, *, asks_for_voice: bool) -> str:
    if state.problem is not None and state.problem.field:
        return state.problem.field
    if asks_for_voice:
        # Speaking comes first here; the field stands below it.
        row = next((part for part in parts if isinstance(part, ButtonRow) and part.id == "spoken"), None)
        if row is not None:
            return row.buttons[0].id
    first = next((part for part in parts if isinstance(part, Choices | Field | FieldRow)), None)
    if isinstance(first, FieldRow):
        return first.fields[0].id
    return first.id if first else ""


def _problem_text(words: Words, question: Question, problem: Problem | None) -> str:
    if problem is None:
        return ""
    least, most = (grouped(bound or 0) for bound in (question.least, question.most))
    return words.tr(f"problem.{problem.code}", least=least, most=most)


def _ways_out(words: Words, question: Question, state: QuestionState) -> ButtonRow:
    offers = [
        Button(
            OFFER + offer.value,
            words.tr(f"question.{offer.value}"),
            icon=OFFER_ICONS[offer],
            weight=Weight.QUIET,
            is_on=state.kind.value == offer.value,
        )
        for offer in (Offer.UNKNOWN, Offer.DECLINED, Offer.DIFFERENT)
        if offer in question.offers
    ]
    why = Button(
        WHY,
        words.tr("question.why"),
        icon="mdi6.chat-question-outline",
        weight=Weight.QUIET,
        is_on=state.shows_why,
    )
    return ButtonRow("ways_out", (*offers, why))


def _understood(words: Words, journey: Journey, question: Question, state: QuestionState) -> tuple[Understood, ...]:
    answer = state.answer(question.id)
    if state.problem is not None or answer.is_empty:
        return ()
    value = understand(question, answer, journey.today)
    if value is None or isinstance(value, Problem):
        return ()
    strong, soft = understood_text(words, question, value)
    return (Understood("understood", strong, soft),) if strong or soft else ()


def _choices(asked: Asked) -> tuple[Part, ...]:
    words, journey, question, state = asked.words, asked.journey, asked.question, asked.state
    service = journey.definition
    is_yes_no = question.type is AnswerType.YES_NO
    ids = [(choice.id, choice.icon) for choice in question.choices] or list(YES_NO_ICONS.items())
    colours = {choice.id: choice.colour.value for choice in question.choices if choice.colour}
    options = tuple(
        Option(
            choice_id,
            choice_text(words, journey, question, choice_id),
            icon or (YES_NO_ICONS.get(choice_id, "") if is_yes_no else ""),
            words.service(service, f"question.{question.id}.choice_help.{choice_id}")
            if words.has(service, f"question.{question.id}.choice_help.{choice_id}")
            else "",
            colours.get(choice_id, ""),
        )
        for choice_id, icon in ids
    )
    chosen = Answer(question.id, fields=state.fields).chosen if state.kind is AnswerKind.GIVEN else frozenset[str]()
    label = words.service(service, f"question.{question.id}.title")
    return (
        Choices(
            ANSWER,
            options,
            chosen,
            is_multiple=question.type is AnswerType.CHOICES,
            label=label,
            privacy=question.privacy,
        ),
    )


def _text(asked: Asked) -> tuple[Part, ...]:
    is_name = asked.question.is_shared or asked.question.longest <= 200
    return (
        field_of(
            asked,
            "text",
            "name" if asked.question.is_shared else "text",
            # A short text may hold digits, such as a year; the keys for names have none.
            keyboard=Keyboard.NAME if asked.question.is_shared else Keyboard.TEXT,
            width=32 if is_name else 48,
            lines=1 if is_name else 4,
        ),
    )


def _date(asked: Asked) -> tuple[Part, ...]:
    day = field_of(asked, "day", "day", keyboard=Keyboard.DIGITS, width=4)
    picks = tuple(Option(str(number), asked.words.texts.month(number)) for number in range(1, 13))
    month = replace(field_of(asked, "month", "month", width=12), picks=picks)
    year = field_of(asked, "year", "year", keyboard=Keyboard.DIGITS, width=6)
    return (FieldRow(ANSWER, (day, month, year)),)


def _period(asked: Asked) -> tuple[Part, ...]:
    return (
        FieldRow(
            ANSWER,
            (
                field_of(asked, "from", "from", width=18),
                field_of(asked, "until", "until", width=18),
            ),
        ),
    )


def _phone(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "phone", "phone", keyboard=Keyboard.PHONE, width=18),)


def _email(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "email", "email", keyboard=Keyboard.EMAIL, width=36),)


def _address(asked: Asked) -> tuple[Part, ...]:
    first = (
        field_of(asked, "postcode", "postcode", keyboard=Keyboard.POSTCODE, width=9),
        field_of(asked, "number", "number", keyboard=Keyboard.DIGITS, width=6),
        field_of(asked, "addition", "addition", shows_error=False, width=6),
    )
    second = (
        field_of(asked, "street", "street", shows_error=False, keyboard=Keyboard.NAME, width=24),
        field_of(asked, "city", "city", shows_error=False, keyboard=Keyboard.NAME, width=18),
    )
    return (FieldRow(ANSWER, first), FieldRow("answer.more", second))


def _abroad(asked: Asked) -> tuple[Part, ...]:
    has_none = asked.state.fields.get("none") == "yes"
    none = Button(
        NO_ADDRESS,
        asked.words.tr("answer.no_address"),
        icon="mdi6.home-off-outline",
        weight=Weight.QUIET,
        is_on=has_none,
    )
    fields = (
        ()
        if has_none
        else (
            field_of(asked, "country", "country", keyboard=Keyboard.NAME),
            field_of(asked, "lines", "address_lines", lines=3, width=36),
        )
    )
    return (*fields, ButtonRow("answer.none", (none,)))


def _persons(asked: Asked) -> tuple[Part, ...]:
    numbers = person_numbers(asked.state.fields)
    rows: list[Part] = []
    for number in numbers:
        names = [field_of(asked, f"name.{number}", "name", keyboard=Keyboard.NAME, width=24)]
        if asked.question.with_birth_dates:
            names.append(field_of(asked, f"birth.{number}", "birth_date", width=14))
        rows.append(
            FieldRow(f"person.{number}", tuple(names), label=asked.words.tr("field.person", number=str(number)))
        )
    buttons = []
    if len(numbers) < MOST_PERSONS:
        buttons.append(Button(ADD_PERSON, asked.words.tr("field.add_person"), icon="mdi6.account-plus-outline"))
    if len(numbers) > 1:
        last = str(numbers[-1])
        remove = asked.words.tr("field.remove_person", number=last)
        buttons.append(Button(REMOVE_PERSON + last, remove, icon="mdi6.account-minus-outline", weight=Weight.QUIET))
    rows.append(ButtonRow("persons", tuple(buttons)))
    return tuple(rows)


def person_numbers(fields: Mapping[str, str]) -> tuple[int, ...]:
    """Give the numbers of the rows for persons, at least one."""
    numbers = {int(name.rpartition(".")[2]) for name in fields if name.startswith(("name.", "birth."))}
    return tuple(range(1, max(numbers, default=1) + 1))


def _long_text(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "text", "text", width=56, lines=6),)


def _number(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "number", "count", keyboard=Keyboard.DIGITS, width=8),)


def _amount(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "amount", "amount", keyboard=Keyboard.AMOUNT, width=12),)


def _licence_plate(asked: Asked) -> tuple[Part, ...]:
    return (field_of(asked, "plate", "plate", keyboard=Keyboard.POSTCODE, width=12),)


_AnswerParts = Callable[[Asked], tuple[Part, ...]]
_ANSWER_PARTS: dict[AnswerType, _AnswerParts] = {
    AnswerType.CHOICE: _choices,
    AnswerType.CHOICES: _choices,
    AnswerType.YES_NO: _choices,
    AnswerType.TEXT: _text,
    AnswerType.DATE: _date,
    AnswerType.PERIOD: _period,
    AnswerType.PHONE: _phone,
    AnswerType.EMAIL: _email,
    AnswerType.ADDRESS: _address,
    AnswerType.ADDRESS_ABROAD: _abroad,
    AnswerType.PERSONS: _persons,
    AnswerType.LONG_TEXT: _long_text,
    AnswerType.NUMBER: _number,
    AnswerType.AMOUNT: _amount,
    AnswerType.TIME_WISH: time_wish_parts,
    AnswerType.LICENCE_PLATE: _licence_plate,
    AnswerType.PHOTO: photo_parts,
    AnswerType.PLACE: place_parts,
    AnswerType.SPOKEN: spoken_parts,
}
