# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a consent is, what falls under which, and whose an answer is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.answers import Origin
from domain.consent import ConsentKind, ConsentRecord, Consents, Decision, HelperSight, Way, kind_of
from domain.service import AnswerType, Question
from domain.staff import Role
from domain.together import origin_after

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def said(kind: ConsentKind, decision: Decision) -> ConsentRecord:
    return ConsentRecord(kind, decision, Role.HELPER, NOW, Way.SCREEN)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Question("adres", AnswerType.ADDRESS), ConsentKind.IDENTITY),
        (Question("naam", AnswerType.TEXT, is_shared=True), ConsentKind.IDENTITY),
        (Question("geboortedatum", AnswerType.DATE, is_shared=True), ConsentKind.IDENTITY),
        (Question("telefoon", AnswerType.PHONE), ConsentKind.CONTACT),
        (Question("bereiken", AnswerType.CHOICE, is_shared=True), ConsentKind.CONTACT),
        (Question("naam", AnswerType.TEXT), ConsentKind.REST),
        (Question("bedrag", AnswerType.AMOUNT), ConsentKind.REST),
    ],
)
def test_knows_under_which_consent_a_question_falls(question: Question, kind: ConsentKind) -> None:
    assert kind_of(question) is kind


def test_holds_only_for_its_kind_and_until_it_is_taken_back() -> None:
    consents = Consents().with_record(said(ConsentKind.CONTACT, Decision.GIVEN))
    assert consents.held == (ConsentKind.CONTACT,)
    assert not consents.holds(ConsentKind.IDENTITY)
    for decision in (Decision.WITHDRAWN, Decision.ENDED, Decision.REFUSED):
        assert not consents.with_record(said(ConsentKind.CONTACT, decision)).held
    assert len(tuple(consents.with_record(said(ConsentKind.REST, Decision.REFUSED)))) == 2


def test_hides_health_whatever_was_allowed_but_not_the_name() -> None:
    sight = HelperSight(frozenset({"wmo"}), {"geen-huis": frozenset({"nodig"})})
    assert sight.hides("wmo", Question("wat", AnswerType.CHOICES))
    assert not sight.hides("wmo", Question("naam", AnswerType.TEXT, is_shared=True))
    assert sight.hides("geen-huis", Question("nodig", AnswerType.CHOICES))
    assert not sight.hides("geen-huis", Question("tot", AnswerType.DATE))


@pytest.mark.parametrize(
    ("before", "hand", "was_filled", "after"),
    [
        (Origin.SELF, Origin.SELF, True, Origin.SELF),
        (Origin.SELF, Origin.HELPER, True, Origin.HELPER),
        (Origin.SELF, Origin.HELPER, False, Origin.HELPER),
        (Origin.HELPER, Origin.SELF, True, Origin.TOGETHER),
        (Origin.HELPER, Origin.SELF, False, Origin.SELF),
        (Origin.TOGETHER, Origin.SELF, True, Origin.TOGETHER),
        (Origin.CHIP, Origin.SELF, True, Origin.SELF),
        (Origin.SELF, Origin.TOGETHER, True, Origin.TOGETHER),
    ],
)
def test_tells_whose_an_answer_is(before: Origin, hand: Origin, was_filled: bool, after: Origin) -> None:
    assert origin_after(before, hand, was_filled=was_filled) is after
