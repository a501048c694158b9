# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visitor allows a helper: to see and fill in one kind of answers, for this visit (features H02, H04, U14).

Refusing is an answer like any other and blocks nothing. How it is asked is `kiosk.screens.consent`'s. A withdrawal
takes away the answers of that kind that the helper filled in and that are in no case yet: what they were allowed by is
gone (GDPR 17(1)(b)). What the visitor went over with his own hands, or sent himself, is his and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from domain.service import AnswerType, Question
from domain.staff import Role


class ConsentKind(StrEnum):
    """What is asked for at once; more than three nobody can weigh."""

    IDENTITY = "identity"  # name and address
    CONTACT = "contact"
    REST = "rest"


class Decision(StrEnum):
    """What the visitor said."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # the helper left: what was done stays, and nothing more is allowed


class Way(StrEnum):
    """How the question reached the visitor."""

    SCREEN = "screen"  # pictures and words
    READ_ALOUD = "read_aloud"  # and heard


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One decision: what, whom for, when, how. The helper is a role; no name is needed to decide."""

    kind: ConsentKind
    decision: Decision
    role: Role
    at: datetime  # aware, UTC
    way: Way


@dataclass(frozen=True, slots=True)
class Consents:
    """All decisions of one visit, in order; the last of a kind holds."""

    records: tuple[ConsentRecord, ...] = ()

    def with_record(self, record: ConsentRecord) -> Consents:
        """Give the same decisions and this one."""
        return Consents((*self.records, record))

    def holds(self, kind: ConsentKind) -> bool:
        """Tell whether a helper may, now."""
        return self.last_of(kind) is Decision.GIVEN

    def last_of(self, kind: ConsentKind) -> Decision | None:
        """Give what was said last about a kind; None when it was never asked."""
        return next((found.decision for found in reversed(self.records) if found.kind is kind), None)

    @property
    def held(self) -> tuple[ConsentKind, ...]:
        """Give the kinds that hold now, in one order."""
        return tuple(kind for kind in ConsentKind if self.holds(kind))

    def __iter__(self) -> Iterator[ConsentRecord]:
        """Walk over the decisions in order."""
        return iter(self.records)


_IDENTITY_TYPES = frozenset({AnswerType.ADDRESS, AnswerType.ADDRESS_ABROAD, AnswerType.PERSONS})
_CONTACT_TYPES = frozenset({AnswerType.PHONE, AnswerType.EMAIL})
_IDENTITY_IDS = frozenset({"naam", "geboortedatum", "vertegenwoordigde"})  # of `resources/services/shared`
_CONTACT_IDS = frozenset({"bereiken", "terugkomdag", "contactpersoon"})


def kind_of(question: Question) -> ConsentKind:
    """Tell which consent a question falls under."""
    if question.type in _CONTACT_TYPES or (question.is_shared and question.id in _CONTACT_IDS):
        return ConsentKind.CONTACT
    if question.type in _IDENTITY_TYPES or (question.is_shared and question.id in _IDENTITY_IDS):
        return ConsentKind.IDENTITY
    return ConsentKind.REST


@dataclass(frozen=True, slots=True)
class HelperSight:
    """What no helper ever sees or fills in, whatever was allowed: answers about health (feature H03).

    `services` are hidden whole but for their shared questions; `questions` by service.
    """

    services: frozenset[str] = frozenset()
    questions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", MappingProxyType(dict(self.questions)))

    def hides_service(self, service_id: str) -> bool:
        """Tell whether what a service says because of its answers is hidden."""
        return service_id in self.services

    def hides(self, service_id: str, question: Question) -> bool:
        """Tell whether the answer to a question is hidden."""
        is_hidden_with_all = service_id in self.services and not question.is_shared
        return is_hidden_with_all or question.id in self.questions.get(service_id, frozenset())
