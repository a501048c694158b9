# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a service is: the data that one folder under `resources/services` holds, parsed and checked.

Data only. Reading the files is `domain.service_file`; what to ask next is `domain.journey`; words are by key, in text
files beside the definition (the notes on texts below name the keys).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AnswerType(StrEnum):
    """The kinds of answer that a question can ask for; `domain.answers.Answer` names the fields of each."""

    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TEXT = "text"
    DATE = "date"
    PERIOD = "period"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"  # Dutch: postcode and house number, street and place
    ADDRESS_ABROAD = "address_abroad"
    PERSONS = "persons"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    AMOUNT = "amount"
    TIME_WISH = "time_wish"
    LICENCE_PLATE = "licence_plate"
    PHOTO = "photo"
    PLACE = "place"
    SPOKEN = "spoken"


class LegalEffect(StrEnum):
    """What sending this does in law (PEOPLE 1); a definition without it is refused."""

    NONE = "none"
    REPORT = "report"
    OBJECTION = "objection"
    DECLARATION = "declaration"


class Side(StrEnum):
    """Who has a duty in the deal (feature U01)."""

    CITIZEN = "citizen"
    GOVERNMENT = "government"


class Privacy(StrEnum):
    """Who may hear or see a text (feature U10): the hall, only the visitor, or nobody (dots)."""

    OPEN = "open"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105 - who may hear a text, no password


class LetterKind(StrEnum):
    """What a printed letter is, that only a signature makes count."""

    OBJECTION = "objection"  # bezwaar
    COMPLAINT = "complaint"  # klacht
    AUTHORISATION = "authorisation"  # machtiging
    REQUEST = "request"


class SenderColour(StrEnum):
    """A colour by which people know a letter or a thing; shown beside picture and word, never alone."""

    BLUE = "blue"
    GREEN = "green"
    ORANGE = "orange"
    PINK = "pink"
    PURPLE = "purple"
    RED = "red"
    TEAL = "teal"
    GREY = "grey"


class AlsoKind(StrEnum):
    """Why something is pointed out once a case is kept (feature L08)."""

    THINK_OF = "think-of"  # "Denk ook aan"
    ENTITLED = "entitled"  # "Misschien hebt u ook recht op"


class ChannelKind(StrEnum):
    """The other roads to a person; each service has all three."""

    PHONE = "phone"
    DESK = "desk"
    POST = "post"


class Offer(StrEnum):
    """The answers that a question accepts besides its own type; the values equal those of `AnswerKind`."""

    UNKNOWN = "unknown"
    DECLINED = "declined"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of the answer to an earlier question; all parts that are set must.

    `is_any`: it is one of these (choice ids, or "unknown", "declined", "different"); `is_none_of`: it is none of these;
    `within_days`: it is a date at most so many days from today, past days included.
    """

    question: str
    is_any: frozenset[str] = frozenset()
    within_days: int | None = None
    is_none_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A date counted from today, or from the date that another question gave (`after`).

    `working_days` skips weekends and Dutch holidays (`domain.promise`). Exactly one unit is set. `is_legal`: a term
    that a law sets; the Algemene termijnenwet makes it longer around weekends and holidays.
    """

    days: int | None = None
    weeks: int | None = None
    working_days: int | None = None
    after: str = ""  # question id; empty: today
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice question. Texts: `question.<id>.choice.<choice>` and optional `.choice_help.<choice>`."""

    id: str
    icon: str = ""
    is_person: bool = False  # choosing this brings in a person straight away
    colour: SenderColour | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question, one screen. Texts: `question.<id>.title`, `.help` (optional), `.why`, `.example` (optional)."""

    id: str
    type: AnswerType
    choices: tuple[Choice, ...] = ()
    when: tuple[Condition, ...] = ()  # all must hold
    offers: frozenset[Offer] = frozenset(Offer)
    is_optional: bool = False  # may be left empty: "Verder" just goes on
    privacy: Privacy = Privacy.PERSONAL
    earliest_days: int | None = None  # a date this many days from today at the earliest (negative: past)
    latest_days: int | None = None
    longest: int = 2000  # characters kept of a text
    least: int | None = None  # of a number (0 unless it says so); of an amount in whole euros
    most: int | None = None
    with_birth_dates: bool = False  # persons: ask the birth date too
    case_property: str = ""  # the zaakeigenschap that takes it, where the case type has one
    is_shared: bool = False  # one of the opening or closing questions that every service has
    bsn_ground: str = ""  # the law that lets a town hall ask a BSN here; empty: a BSN that is typed is taken out


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the deal. Text: `duty.<id>`, may hold `{date}` and `{name}`."""

    id: str
    side: Side
    term: Term | None = None
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Bring:
    """Something to take along. Texts: `bring.<id>.title`, `bring.<id>.otherwise` ("Hebt u dit niet? ...")."""

    id: str
    icon: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Haste:
    """Answers that cannot wait (PEOPLE 1). Texts: `haste.<id>.title`, `haste.<id>.text`.

    `phone` is a number to call now; empty means the help number of the settings.
    """

    id: str
    when: tuple[Condition, ...]
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """An explanation that the answers lead to. Texts: `advice.<id>.title`, `advice.<id>.text` (may hold `{date}`)."""

    id: str
    when: tuple[Condition, ...] = ()
    term: Term | None = None
    phone: str = ""
    comes_after: str = ""  # shown right after this question instead of only at the end


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to print, sign and send, because a message is not enough in law (PEOPLE 1).

    Texts: `letter.<id>.title`, `.notice` (what to do with it; may hold `{date}`), `.notice_no_date` where the term may
    have no date, `.addressee`, `.subject`, `.body` (lines; `{datum}` is the answer to question "datum", `...` a line to
    fill in by hand); optional `.fill` (labels to fill in by hand under the sender's address), `.enclose`, and
    `.addressee_for.<choice>` for a choice of the question that `addressee_by` names.
    """

    id: str
    kind: LetterKind
    when: tuple[Condition, ...] = ()
    term: Term | None = None  # the last day to send it
    addressee_by: str = ""


@dataclass(frozen=True, slots=True)
class LastDay:
    """A day by which something must be done; the first that applies and has a date is shown. Text: `last_day.<id>`."""

    id: str
    term: Term
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """What may help as well, by a rule that anybody can read (feature L08). Texts: `also.<id>.title`, `also.<id>.why`.

    `service` is where the visitor may go on to; empty: a word only. Nothing about it is stored.
    """

    id: str
    kind: AlsoKind
    when: tuple[Condition, ...] = ()
    service: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from and when somebody last looked (feature L02)."""

    fact: str
    where: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Channel:
    """Another road. Text: `channel.<kind>`, may hold `{phone}` and `{desk}`; `phone` empty: the settings' number."""

    kind: ChannelKind
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ServiceDefinition:
    """One service at one version, checked whole.

    Texts of its own: `title` (full), `tile` (short), `event`, `what_happens` (lines), `how_long`, `who`,
    `good_to_know` (optional), `effect` (what this is not, in law; needed unless legal_effect is none),
    `privacy_title` (what the loudspeaker says in place of a private title; needed when title_privacy is not open).
    """

    id: str
    version: int
    owner: str
    case_type: str
    legal_effect: LegalEffect
    icon: str
    questions: tuple[Question, ...]  # opening, own and closing questions, in order
    duties: tuple[Duty, ...]
    promise: Term
    channels: tuple[Channel, ...]
    sources: tuple[Source, ...]
    bring: tuple[Bring, ...] = ()
    hastes: tuple[Haste, ...] = ()
    advice: tuple[Advice, ...] = ()
    see_also: tuple[str, ...] = ()
    title_privacy: Privacy = Privacy.OPEN
    tile_place: int = 0  # 1-8 on the first page; 0: behind "Meer"
    settings: frozenset[str] = field(default_factory=frozenset)  # names that texts take from [services.<id>]
    also: tuple[Also, ...] = ()
    letters: tuple[Letter, ...] = ()
    last_days: tuple[LastDay, ...] = ()
    result_when: tuple[Condition, ...] = ()  # then everything is said and nothing has to be kept; empty: never

    def question(self, question_id: str) -> Question:
        """Give a question by id.

        Raises: KeyError when the definition has no such question.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)
