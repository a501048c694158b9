# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a helper at the desk can look up: cards, "Mag ik dit?", referrals, courses, hours of help, red flags.

All of it is content that people wrote and nobody's personal data. Reading the files is `domain.directory_file`, finding
`sync.knowledge` behind `KnowledgeBook`, showing `assisted`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

OLDEST_REFERRAL_DAYS = 90  # feature H10
OLDEST_CARD_DAYS = 180  # feature L02


class EntryKind(StrEnum):
    """What can be looked for."""

    CARD = "card"
    MAY_I = "may-i"
    REFERRAL = "referral"
    COURSE = "course"


class MayAnswer(StrEnum):
    """The answer of a "Mag ik dit?" card."""

    YES = "yes"
    NO = "no"
    SOMETIMES = "sometimes"


@dataclass(frozen=True, slots=True)
class Checked:
    """Where a fact comes from and when somebody last looked; `to_check` where nobody held it against the source."""

    name: str
    url: str
    reviewed_on: date
    to_check: bool = False

    def is_stale(self, today: date, most_days: int) -> bool:
        """Tell whether it was looked at too long ago."""
        return (today - self.reviewed_on).days > most_days


@dataclass(frozen=True, slots=True)
class KnowledgeCard:
    """One subject: what to do, step by step, and who helps. `words` are searched and never shown."""

    id: str
    theme: str
    title: str
    summary: str
    steps: tuple[str, ...]
    checked: Checked
    bring: tuple[str, ...] = ()
    deadline: str = ""
    services: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MayICard:
    """One situation of a helper (H05)."""

    id: str
    title: str
    answer: MayAnswer
    text: str
    why: str
    instead: tuple[str, ...]
    checked: Checked
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Referral:
    """An organisation that helps. `is_local`: from the file of this organisation."""

    id: str
    name: str
    what: str
    checked: Checked
    phone: str = ""
    web: str = ""
    address: str = ""
    hours: str = ""
    cost: str = ""
    languages: str = ""
    bring: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A course by its name; when it is given here stands in `CourseDate`."""

    id: str
    name: str
    what: str
    where: str
    cost: str
    web: str
    checked: Checked
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseDate:
    """A day on which a course begins here."""

    course: str
    on: date
    hours: str
    place: str


@dataclass(frozen=True, slots=True)
class HelpSlot:
    """A moment in every week on which somebody helps with forms or law here (H19); `weekday` is 1 (Monday) to 7."""

    what: str
    weekday: int
    hours: str
    place: str
    needs_appointment: bool = False
    bring: tuple[str, ...] = ()
    places: int = 1  # how many may come on one day, where an appointment is needed


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Words that must ring at the desk, and what to say first (H18)."""

    id: str
    title: str
    words: tuple[str, ...]
    say: str
    steps: tuple[str, ...]
    referrals: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    is_unsafe_at_home: bool = False  # "Snel weg" is explained first, and no paper goes along unasked


@dataclass(frozen=True, slots=True)
class NewsItem:
    """News of the work for who helps here (H14); who read what is important is told in the audit log."""

    id: str
    on: date
    title: str
    text: str
    is_important: bool = False


@dataclass(frozen=True, slots=True)
class AngerCard:
    """What to say and do when a visitor is angry."""

    id: str
    title: str
    say: str
    steps: tuple[str, ...]
    stop: tuple[str, ...]
    after: tuple[str, ...]
    checked: Checked
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that can be looked up on this machine."""

    cards: tuple[KnowledgeCard, ...] = ()
    may_i: tuple[MayICard, ...] = ()
    referrals: tuple[Referral, ...] = ()
    courses: tuple[Course, ...] = ()
    dates: tuple[CourseDate, ...] = ()
    slots: tuple[HelpSlot, ...] = ()
    flags: tuple[RedFlag, ...] = ()
    anger: AngerCard | None = None
    news: tuple[NewsItem, ...] = ()
    _by_id: Mapping[tuple[EntryKind, str], KnowledgeCard | MayICard | Referral | Course] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Keep what is there by its id."""
        by_id: dict[tuple[EntryKind, str], KnowledgeCard | MayICard | Referral | Course] = {}
        by_id |= {(EntryKind.CARD, one.id): one for one in self.cards}
        by_id |= {(EntryKind.MAY_I, one.id): one for one in self.may_i}
        by_id |= {(EntryKind.REFERRAL, one.id): one for one in self.referrals}
        by_id |= {(EntryKind.COURSE, one.id): one for one in self.courses}
        object.__setattr__(self, "_by_id", by_id)

    def card(self, card_id: str) -> KnowledgeCard | None:
        found = self._by_id.get((EntryKind.CARD, card_id))
        return found if isinstance(found, KnowledgeCard) else None

    def may_i_card(self, card_id: str) -> MayICard | None:
        found = self._by_id.get((EntryKind.MAY_I, card_id))
        return found if isinstance(found, MayICard) else None

    def referral(self, referral_id: str) -> Referral | None:
        found = self._by_id.get((EntryKind.REFERRAL, referral_id))
        return found if isinstance(found, Referral) else None

    def course(self, course_id: str) -> Course | None:
        found = self._by_id.get((EntryKind.COURSE, course_id))
        return found if isinstance(found, Course) else None

    def entry(self, hit: Hit) -> KnowledgeCard | MayICard | Referral | Course | None:
        """Give what was found."""
        return self._by_id.get((hit.kind, hit.id))

    def next_date(self, course_id: str, today: date) -> CourseDate | None:
        """Give the first day on which a course begins here, today or later."""
        coming = (one for one in self.dates if one.course == course_id and one.on >= today)
        return min(coming, key=lambda one: one.on, default=None)

    def flags_in(self, text: str) -> tuple[RedFlag, ...]:
        """Give the red flags whose words stand in a text, in their order."""
        said = f" {plain_words(text)} "
        return tuple(flag for flag in self.flags if any(f" {plain_words(word)} " in said for word in flag.words))


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What people say for the same thing, what short forms stand for, and the words that say nothing."""

    groups: tuple[tuple[str, ...], ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: EntryKind
    id: str


class KnowledgeBook(Protocol):
    """Finds cards by what people say; over SQLite in `sync.knowledge`, in memory for tests. Keeps no question."""

    def search(self, text: str, kinds: Sequence[EntryKind], most: int = 8) -> tuple[Hit, ...]:
        """Give what fits best among these kinds, best first; nothing for a text without a word in it. Never raises."""
        ...


def plain_words(text: str) -> str:
    """Give the words of a text in small letters without accents, with one space between."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in folded if not unicodedata.combining(sign))))


def stale_ids(entries: Iterable[Referral | KnowledgeCard | MayICard | Course], today: date) -> tuple[str, ...]:
    """Give the ids of what somebody should look at again."""
    return tuple(one.id for one in entries if one.checked.is_stale(today, oldest_days(one)))


def oldest_days(entry: Referral | KnowledgeCard | MayICard | Course | AngerCard) -> int:
    """Give after how many days somebody looks again: telephone numbers and hours change fastest."""
    return OLDEST_REFERRAL_DAYS if isinstance(entry, Referral) else OLDEST_CARD_DAYS
