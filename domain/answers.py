# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen answered, kept as given.

An `Answer` holds the text of each field as typed, never a corrected form of it. What it means is computed by
`domain.validation.understand` each time; what it looks like in a sentence is made by the screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType


class AnswerKind(StrEnum):
    """How a question was answered; all but GIVEN reach a person who follows up (feature C03)."""

    GIVEN = "given"
    UNKNOWN = "unknown"  # "Ik weet het niet"
    DECLINED = "declined"  # "Dat zeg ik liever niet"
    DIFFERENT = "different"  # "Bij mij is het anders"


class Origin(StrEnum):
    """Who gave an answer (feature U06)."""

    SELF = "self"
    TOGETHER = "together"
    HELPER = "helper"  # after consent
    CHIP = "chip"
    TAKEN_OVER = "taken_over"


def _frozen(fields: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(fields))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, as given.

    `fields` maps a field name to what was typed or chosen. Field names by answer type:
    choice, yes_no: `choice`; choices: `choices` (ids joined by a space); text: `text`; date: `day`, `month`, `year`;
    period: `from`, `until` (free text dates) ; phone: `phone`; email: `email`;
    address: `postcode`, `number`, `addition`, `street`, `city`; address_abroad: `lines`, `country`, or
    `none` = "yes" (no address); persons: `name.1`, `birth.1`, `name.2` ...; long_text: `text`; number: `number`;
    amount: `amount`; time_wish: `days` and `parts` (ids joined by a space; an empty one means: no matter which);
    licence_plate: `plate`; photo: `photo.1`, `photo.2` ... (attachment ids); place: `street`, `number`, `near`,
    `square` (a square of the map, "B3"); spoken: `recording` (an attachment id), `text`.
    DIFFERENT may carry a free `text`.
    """

    question_id: str
    kind: AnswerKind = AnswerKind.GIVEN
    fields: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin.SELF

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", _frozen(self.fields))

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was given."""
        return self.kind is AnswerKind.GIVEN and not any(value.strip() for value in self.fields.values())

    @property
    def chosen(self) -> frozenset[str]:
        """Give the ids chosen, for choice, yes_no and choices."""
        return frozenset((self.fields.get("choice", "") + " " + self.fields.get("choices", "")).split())


_CHOSEN = frozenset({"choice", "choices", "days", "parts", "none", "square", "recording"})


def is_chosen(field_id: str) -> bool:
    """Tell whether a field holds ids of ours, and nothing that was typed."""
    return field_id in _CHOSEN or field_id.startswith("photo.")


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one case so far, by question; a change makes a new one."""

    by_question: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_question", MappingProxyType(dict(self.by_question)))

    def get(self, question_id: str) -> Answer | None:
        """Give the answer to a question, or None when it was not asked yet."""
        return self.by_question.get(question_id)

    def with_answer(self, answer: Answer) -> Answers:
        """Give the same answers with this one added or replaced."""
        return Answers({**self.by_question, answer.question_id: answer})

    def without(self, question_id: str) -> Answers:
        """Give the same answers without the one to this question."""
        return Answers({key: value for key, value in self.by_question.items() if key != question_id})

    def __iter__(self) -> Iterator[Answer]:
        """Walk over the answers in the order in which they were first given."""
        return iter(self.by_question.values())

    def __len__(self) -> int:
        """Count the answers."""
        return len(self.by_question)


@dataclass(frozen=True, slots=True)
class Problem:
    """A citizen's slip: which question, which field, and a code that keys the kind text that says how to mend it."""

    question_id: str
    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until a day; the end may be open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as E.164 (`+31612345678`)."""

    e164: str


@dataclass(frozen=True, slots=True)
class Address:
    """A Dutch address; `postcode` as "1234 AB"."""

    postcode: str = ""
    number: str = ""
    addition: str = ""
    street: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class AddressAbroad:
    """An address elsewhere, as the lines on the envelope."""

    lines: str
    country: str


@dataclass(frozen=True, slots=True)
class NoAddress:
    """Somebody without an address; an answer like any other."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in an answer."""

    name: str
    birth_date: date | None = None
    birth_text: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in euros; `cents` is the whole of it."""

    cents: int


@dataclass(frozen=True, slots=True)
class TimeWish:
    """When somebody has time: week days and parts of the day, in order; an empty one means that it does not matter."""

    days: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LicencePlate:
    """The number of a vehicle; a Dutch one in capitals with its dashes, another one as typed."""

    text: str
    is_dutch: bool


@dataclass(frozen=True, slots=True)
class AttachmentRefs:
    """Pictures or papers that were added, by the ids of `domain.attachment.Attachment`."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place outside: a street, a square of the map or a description; at least one of the three is there."""

    street: str = ""
    number: str = ""
    near: str = ""
    square: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message: recorded (an attachment id), typed, or both."""

    recording: str = ""
    text: str = ""


Value = (
    str
    | bool
    | date
    | time
    | Period
    | Phone
    | Address
    | AddressAbroad
    | NoAddress
    | tuple[str, ...]
    | tuple[Person, ...]
    | Number
    | Amount
    | TimeWish
    | LicencePlate
    | AttachmentRefs
    | Place
    | Spoken
)
"""What an answer was understood as: free text or a choice id (str), yes or no, a date, choice ids, persons ..."""
