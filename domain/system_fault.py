# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Faults of the government and of Loket itself: reports of one kind are one group, with an owner and an answer (L04).

A report holds words of lists only, never what somebody wrote. Where groups are kept is `sync.fault_book`'s; how the
answer reaches the citizen is `sync.fault_teller`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.answers import AnswerKind
from domain.case_act import ActKind
from domain.promise import due_date, is_working_day, working_days_between
from domain.service import Term
from domain.submission import Submission

SERVICE = "fout"
"""The service by which a citizen tells of a fault."""

DAYS_WITHOUT_OWNER = 2
"""Working days that a group may have nobody."""

_KIND_QUESTION, _WHO_QUESTION = "soort", "organisatie"
_UNSAID = frozenset({AnswerKind.UNKNOWN, AnswerKind.DECLINED, AnswerKind.DIFFERENT})
_OURS = _UNSAID | {"gemeente"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,79}")
_DUTCH = ZoneInfo("Europe/Amsterdam")
_NOT_SAID = "unknown"


class FaultSource(StrEnum):
    """Who tells of a fault, and with that what its two words are."""

    REPORTED = "reported"  # a citizen; about: the organisation, kind: what went wrong, both of the service's choices
    DELIVERY = "delivery"  # a case does not arrive; about: "rejected" or "waiting", kind: the slug of the reason
    ACT = "act"  # what staff did does not arrive; the same words
    PROGRAM = "program"  # our own mistake; about: its kind, kind: the file and line
    DEVICE = "device"  # something of this machine is broken; about: what, kind: how it is
    CONTENT = "content"  # a message or a definition was refused; about: which, kind: the slug


@dataclass(frozen=True, slots=True)
class FaultKey:
    """What makes two reports the same fault."""

    source: FaultSource
    about: str
    kind: str

    def __post_init__(self) -> None:
        for word in (self.about, self.kind):
            if not _WORD.fullmatch(word):
                raise ValueError("a fault is named by words of lists")

    @property
    def is_ours_to_answer(self) -> bool:
        """Tell whether an answer may close the case: a complaint that this municipality itself must answer.

        What goes to another organisation is not ours to close, and a question that came late waits for its own answer.
        """
        return self.source is FaultSource.REPORTED and self.about in _OURS

    @property
    def is_our_mistake(self) -> bool:
        """Tell whether Loket itself failed."""
        return self.source is not FaultSource.REPORTED


@dataclass(frozen=True, slots=True)
class FaultReport:
    """One time that a fault was told of; the same `report_id` is told once."""

    key: FaultKey
    report_id: str
    at: datetime  # aware
    reference: str = ""  # of the case of a citizen who has to hear; empty: nobody waits for an answer


@dataclass(frozen=True, slots=True)
class FaultOwner:
    """Who sees to it: a member of staff, or a department, which has no number."""

    name: str
    staff_number: str = ""


@dataclass(frozen=True, slots=True)
class FaultAnswer:
    """What was done, in plain words for the citizen, and who says so."""

    text: str
    by: FaultOwner
    at: datetime
    closes_cases: bool = False


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All reports of one fault, until it is answered; a report after that begins another group."""

    number: int
    key: FaultKey
    count: int
    first_at: datetime
    last_at: datetime
    opened_at: datetime
    owner: FaultOwner | None = None
    answer: FaultAnswer | None = None
    citizens: int = 0  # how many cases wait for the answer, or had it
    told: int = 0  # to how many it was told

    def days_without_owner(self, today: date) -> int:
        """Count the working days that it had nobody; 0 when somebody has it."""
        if self.owner is not None or self.answer is not None:
            return 0
        return max(0, working_days_between(_day(self.opened_at), today))

    def is_escalated(self, now: datetime) -> bool:
        """Tell whether it had nobody for two working days."""
        return self.owner is None and self.answer is None and now >= owner_due_at(self.opened_at)


class FaultBook(Protocol):
    """Keeps groups; over SQLite in `sync.fault_book`. For the store's lane."""

    def report(self, report: FaultReport) -> bool:
        """Count a report in its group, or begin one; durable on return. False when it is counted already.

        Raises: StoreError and its kinds.
        """
        ...

    def groups(self, *, only_open: bool = False) -> Sequence[FaultGroup]:
        """Give the groups: those without an owner first, then the oldest; answered ones last, the newest first."""
        ...

    def own(self, number: int, owner: FaultOwner, at: datetime) -> bool:
        """Give a group to somebody; False when there is no such group, or it was answered."""
        ...

    def answer(self, number: int, answer: FaultAnswer) -> bool:
        """Write the answer, once; who gives it owns the group where nobody did. False as above."""
        ...


def owner_due_at(opened_at: datetime) -> datetime:
    """Give the moment at which a group must have an owner: two whole working days later.

    What came on a day that nobody works begins with the next working day.
    """
    here = opened_at.astimezone(_DUTCH)
    last = due_date(Term(working_days=DAYS_WITHOUT_OWNER), here.date())
    if is_working_day(here.date()):
        return datetime.combine(last, here.time(), _DUTCH)
    return datetime.combine(last + timedelta(days=1), time(), _DUTCH)


def reported_in(submission: Submission) -> FaultReport | None:
    """Give what a case of the service `fout` tells, by its choices alone; None for any other case."""
    if submission.header.service_id != SERVICE:
        return None
    chosen = {line.question_id: _chosen(line.kind, line.given.get("choice", "")) for line in submission.lines}
    key = FaultKey(FaultSource.REPORTED, chosen.get(_WHO_QUESTION, _NOT_SAID), chosen.get(_KIND_QUESTION, _NOT_SAID))
    header = submission.header
    return FaultReport(key, header.case_id, header.submitted_at, header.reference)


def _chosen(kind: str, choice: str) -> str:
    if kind != AnswerKind.GIVEN:
        return kind if kind in _UNSAID else _NOT_SAID
    return choice if _WORD.fullmatch(choice) else _NOT_SAID


def belongs_to_answered(report: FaultReport, answered_at: datetime) -> bool:
    """Tell whether a report that comes after the answer is of the fault that was answered.

    Nobody read what a citizen tells later, so it is a fault anew; a machine that fails once more on the day of its
    answer is the same fault, on the day after it is another: the answer did not help.
    """
    if report.at <= answered_at:
        return report.key.is_our_mistake
    return report.key.is_our_mistake and _day(report.at) == _day(answered_at)


def act_for(group: FaultGroup) -> ActKind:
    """Tell by what act the citizen hears the answer: it closes the case only where that is ours to close."""
    closes = group.answer is not None and group.answer.closes_cases and group.key.is_ours_to_answer
    return ActKind.ANSWER if closes else ActKind.CONTACT


def word_of(text: str) -> str:
    """Give a word as it may stand in a key; a question of what it was is better than a fault that nobody tells of."""
    return text if _WORD.fullmatch(text) else _NOT_SAID


def _day(moment: datetime) -> date:
    return moment.astimezone(_DUTCH).date()
