# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""People whom a counter easily shuts out, and which answers each of them can give (feature U02, PEOPLE 3 and 4).

A persona says only what stands in somebody's way; nobody is like that in every respect. Walking is `domain.graph_walk`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from domain.answers import Answer, AnswerKind
from domain.service import AnswerType, Privacy, Question, ServiceDefinition


class Lack(StrEnum):
    """What somebody does not have or cannot do; the value is how an editor reads it."""

    PHONE = "has no phone"
    EMAIL = "has no e-mail"
    DIGID = "has no DigiD"
    ADDRESS = "has no fixed address"
    READING = "cannot read or write"
    SIGHT = "cannot see"
    HEARING = "cannot hear"
    HAND = "has the use of one hand"
    DUTCH = "knows no Dutch"
    DECIDING = "stands under guardianship"
    PAPERS = "has no papers"
    DATA = "gives no personal data"
    SAFETY = "is not safe at home"
    KNOWING = "answers nothing but that it is unknown"
    SAYING = "answers nothing but that it is declined"
    FITTING = "answers nothing but that it is different"
    OWN_CASE = "comes for somebody else"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody, by what stands in the way."""

    name: str
    lacks: frozenset[Lack]

    @property
    def says(self) -> str:
        """Tell in words what stands in the way."""
        return ", ".join(lack.value for lack in Lack if lack in self.lacks) or "is in a hurry"

    def __add__(self, other: Persona) -> Persona:
        """Give somebody who is both."""
        return Persona(f"{self.name}+{other.name}", self.lacks | other.lacks)

    def may_give(self, question: Question, answer: Answer) -> bool:
        """Tell whether this person can give an answer."""
        if answer.kind is not AnswerKind.GIVEN or answer.is_empty:
            return self._may_pass(question, answer)
        if self.lacks & _ONLY.keys() and (
            question.type not in _PICKED or question.is_optional or self._is_offered(question)
        ):
            return False
        if Lack.DATA in self.lacks and question.type not in _PICKED and question.privacy is not Privacy.OPEN:
            return False
        if self.lacks & _CANNOT_GIVE.get(question.type, frozenset()):
            return False
        if self._needs_pictures and not _has_pictures(question, answer):
            return False
        return self._may_choose(question, answer)

    def _may_pass(self, question: Question, answer: Answer) -> bool:
        # Whoever answers one thing only leaves empty what is free to leave, and takes no other offer.
        wanted = {_ONLY[lack] for lack in self.lacks if lack in _ONLY}
        if wanted and not answer.is_empty:
            return answer.kind in wanted
        return not (Lack.OWN_CASE in self.lacks and question.id == FOR_WHOM)

    def _is_offered(self, question: Question) -> bool:
        offered = {offer.value for offer in question.offers}
        return any(_ONLY[lack].value in offered for lack in self.lacks if lack in _ONLY)

    @property
    def _needs_pictures(self) -> bool:
        # The voice reads choices aloud, but not to somebody who hears nothing or knows no Dutch.
        return Lack.DUTCH in self.lacks or {Lack.READING, Lack.HEARING} <= self.lacks

    def _may_choose(self, question: Question, answer: Answer) -> bool:
        if question.id == FOR_WHOM and Lack.OWN_CASE in self.lacks:
            return FOR_SOMEBODY_ELSE in answer.chosen
        if question.id == BASIS and Lack.DECIDING in self.lacks:
            return bool(answer.chosen & GUARDIANS)
        if question.id == REACH:
            return any(self.can_be_reached_by(word) for word in answer.chosen)
        return True

    def can_be_reached_by(self, way: str) -> bool:
        """Tell whether one of the choices of the shared question how to be reached helps this person."""
        return not self.lacks & _WAYS.get(way, frozenset())

    @property
    def needs_desk(self) -> bool:
        """Tell whether a screen and a voice alone cannot serve: then a person at the desk is the road."""
        return {Lack.SIGHT, Lack.HEARING} <= self.lacks or {Lack.SIGHT, Lack.DUTCH} <= self.lacks

    @property
    def cannot_call(self) -> bool:
        """Tell whether a telephone number is no road for this person."""
        return bool(self.lacks & {Lack.PHONE, Lack.HEARING, Lack.DUTCH})


FOR_WHOM, FOR_SOMEBODY_ELSE = "voor-wie", "iemand-anders"
BASIS, GUARDIANS = "grond", frozenset({"curator", "bewindvoerder", "mentor", "nog-niets"})
REACH = "bereiken"

_ONLY = {
    Lack.KNOWING: AnswerKind.UNKNOWN,
    Lack.SAYING: AnswerKind.DECLINED,
    Lack.FITTING: AnswerKind.DIFFERENT,
}
_PICKED = {AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.YES_NO}
_WRITTEN = frozenset({Lack.READING})
_CANNOT_GIVE = {
    AnswerType.PHONE: frozenset({Lack.PHONE, Lack.SAFETY}),
    AnswerType.EMAIL: frozenset({Lack.EMAIL, Lack.READING, Lack.SAFETY}),
    AnswerType.ADDRESS: frozenset({Lack.ADDRESS, Lack.READING, Lack.SAFETY}),
    AnswerType.ADDRESS_ABROAD: _WRITTEN,
    AnswerType.TEXT: _WRITTEN,
    AnswerType.LONG_TEXT: frozenset({Lack.READING, Lack.DUTCH, Lack.HAND}),
    AnswerType.PERSONS: _WRITTEN,
    AnswerType.LICENCE_PLATE: _WRITTEN,
    AnswerType.PLACE: _WRITTEN,
    AnswerType.PHOTO: frozenset({Lack.SIGHT, Lack.PAPERS}),
    AnswerType.SPOKEN: frozenset({Lack.HEARING, Lack.DUTCH}),
}
_WAYS = {
    "telefoon": frozenset({Lack.PHONE, Lack.HEARING, Lack.DUTCH, Lack.SAFETY}),
    "email": frozenset({Lack.EMAIL, Lack.READING, Lack.SAFETY}),
    "post": frozenset({Lack.ADDRESS, Lack.READING, Lack.SIGHT, Lack.SAFETY}),
    "liever-typen": frozenset({Lack.PHONE, Lack.EMAIL, Lack.READING, Lack.SAFETY}),
}


def _has_pictures(question: Question, answer: Answer) -> bool:
    return all(choice.icon for choice in question.choices if choice.id in answer.chosen)


def _one(name: str, *lacks: Lack) -> Persona:
    return Persona(name, frozenset(lacks))


TWELVE = (
    _one("geen-telefoon", Lack.PHONE),
    _one("geen-email", Lack.EMAIL),
    _one("geen-digid", Lack.DIGID),
    _one("geen-adres", Lack.ADDRESS),
    _one("kan-niet-lezen", Lack.READING),
    _one("blind", Lack.SIGHT),
    _one("doof", Lack.HEARING),
    _one("een-hand", Lack.HAND),
    _one("geen-nederlands", Lack.DUTCH),
    _one("onder-curatele", Lack.DECIDING),
    _one("geen-papieren", Lack.PAPERS),
    _one("geeft-geen-gegevens", Lack.DATA),
)
VISITS = (
    _one("vrouw-van-74", Lack.READING, Lack.EMAIL, Lack.DIGID),
    _one("man-met-koptelefoon", Lack.SIGHT, Lack.HAND),
    _one("moeder-uit-oekraine", Lack.DUTCH, Lack.DIGID),
    _one("man-zonder-huis", Lack.ADDRESS, Lack.PAPERS, Lack.PHONE, Lack.EMAIL, Lack.DIGID),
    _one("zoon-voor-moeder", Lack.OWN_CASE),
    _one("vrijwilliger-van-70", Lack.FITTING),
)
ANSWERS_NOTHING = (_one("weet-het-niet", Lack.KNOWING), _one("zegt-liever-niet", Lack.SAYING))
MORE = (_one("haast"), _one("niet-veilig-thuis", Lack.SAFETY))
SINGLE = (*TWELVE, *VISITS, *MORE, *ANSWERS_NOTHING)


def all_personas() -> Iterable[Persona]:
    """Give everybody, and every two of them in one person."""
    yield from SINGLE
    yield from (one + other for one, other in combinations(SINGLE, 2))


def roads_to_be_reached(definition: ServiceDefinition, persona: Persona) -> tuple[str, ...]:
    """Give the choices by which a service can reach somebody."""
    choices = (choice.id for question in definition.questions if question.id == REACH for choice in question.choices)
    return tuple(word for word in choices if persona.can_be_reached_by(word))
