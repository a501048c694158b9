# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What to ask next: derived from the definition and the answers alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import AnswerKind, Answers
from domain.journey import Ask, Check, Explain, Hurry, Journey, Overview, Result, Step
from domain.service import Advice, Bring, Condition, Duty, Haste, Side, Term
from tests.domain.definitions import TODAY, answers, choice, day, definition, is_, journey, otherwise, text
from tests.domain.typed_text import TYPED


def names(steps: tuple[Step, ...]) -> list[str]:
    """Write a road so that it can be read at a glance."""
    found: list[str] = []
    for step in steps:
        match step:
            case Ask():
                found.append(step.question.id)
            case Hurry():
                found.append(f"hurry:{step.haste.id}")
            case Explain():
                found.append(f"explain:{step.advice.id}")
            case Overview():
                found.append(f"overview:{step.number}")
            case Result():
                found.append("result")
            case Check():
                found.append("check")
    return found


def test_asks_the_questions_in_order_and_ends_with_the_check() -> None:
    assert names(journey(definition(text("a"), text("b"))).steps()) == ["a", "b", "check"]


def test_numbers_the_questions_that_apply() -> None:
    made = definition(choice("a", "ja", "nee"), text("b", is_("a", "ja")), text("c"))
    steps = journey(made, answers(a="nee")).steps()
    assert [(step.question.id, step.number) for step in steps if isinstance(step, Ask)] == [("a", 1), ("c", 2)]


@pytest.mark.parametrize(
    ("given_answers", "asked"),
    [
        (answers(), ["a", "c"]),
        (answers(a="ja"), ["a", "b", "c"]),
        (answers(a="nee"), ["a", "c"]),
        (answers(otherwise("a")), ["a", "c"]),
    ],
)
def test_asks_a_question_only_when_its_condition_holds(given_answers: Answers, asked: list[str]) -> None:
    made = definition(choice("a", "ja", "nee"), text("b", is_("a", "ja")), text("c"))
    assert [question.id for question in journey(made, given_answers).questions] == asked


def test_asks_on_an_unknown_answer_when_the_definition_says_so() -> None:
    made = definition(choice("a", "ja", "nee"), text("b", is_("a", "unknown")))
    assert [question.id for question in journey(made, answers(otherwise("a"))).questions] == ["a", "b"]


def test_needs_every_condition_to_hold() -> None:
    made = definition(choice("a", "x", "y"), choice("b", "x", "y"), text("c", is_("a", "x"), is_("b", "x")))
    assert "c" in names(journey(made, answers(a="x", b="x")).steps())
    assert "c" not in names(journey(made, answers(a="x", b="y")).steps())


def test_forgets_an_answer_to_a_question_that_is_no_longer_asked() -> None:
    """A change of mind further up must not leave a condition standing on an answer that nobody sees any more."""
    made = definition(choice("a", "ja", "nee"), choice("b", "x", "y", when=(is_("a", "ja"),)), text("c", is_("b", "x")))
    given_answers = answers(a="ja", b="x")
    assert "c" in names(journey(made, given_answers).steps())
    changed = given_answers.with_answer(answers(a="nee").by_question["a"])
    assert names(journey(made, changed).steps()) == ["a", "check"]
    assert "b" in changed.by_question  # kept, for who changes his mind again
    assert [question.id for question, _ in journey(made, changed).answered()] == ["a"]


def test_holds_for_every_answer_but_those_that_a_condition_excludes() -> None:
    made = definition(choice("a", "x", "y"), text("b", Condition("a", is_none_of=frozenset({"x"}))))
    assert "b" not in names(journey(made, answers()).steps())
    assert "b" not in names(journey(made, answers(a="x")).steps())
    assert "b" in names(journey(made, answers(a="y")).steps())


@pytest.mark.parametrize(
    ("typed", "holds"), [("1-12-2026", True), ("2-12-2026", False), ("1-1-2020", True), ("geen idee", False)]
)
def test_holds_within_days_for_a_day_that_is_near_or_past(typed: str, holds: bool) -> None:
    made = definition(day("wanneer"), text("b", Condition("wanneer", within_days=7)))
    assert ("b" in names(journey(made, answers(wanneer=typed)).steps())) is holds


def test_holds_no_day_condition_for_a_day_that_is_unknown() -> None:
    made = definition(day("wanneer"), text("b", Condition("wanneer", within_days=7)))
    assert "b" not in names(journey(made, answers(otherwise("wanneer"))).steps())


@pytest.mark.parametrize(
    ("number", "road"),
    [
        (4, ["1", "2", "3", "4", "check"]),
        (5, ["1", "2", "3", "4", "5", "check"]),
        (6, ["1", "2", "3", "4", "overview:1", "5", "6", "check"]),
        (9, ["1", "2", "3", "4", "overview:1", "5", "6", "7", "8", "9", "check"]),
        (10, ["1", "2", "3", "4", "overview:1", "5", "6", "7", "8", "overview:2", "9", "10", "check"]),
    ],
)
def test_pauses_after_four_questions_unless_the_end_is_near(number: int, road: list[str]) -> None:
    made = definition(*(text(str(index)) for index in range(1, number + 1)))
    assert names(journey(made).steps()) == road


def test_says_that_there_is_haste_right_after_the_answer_that_means_it() -> None:
    made = definition(choice("a", "eten", "niets"), text("b"), hastes=(Haste("honger", (is_("a", "eten"),)),))
    hasty = journey(made, answers(a="eten"))
    assert names(hasty.steps()) == ["a", "hurry:honger", "b", "check"]
    assert hasty.is_urgent
    calm = journey(made, answers(a="niets"))
    assert names(calm.steps()) == ["a", "b", "check"]
    assert not calm.is_urgent


def test_says_that_there_is_haste_once_and_after_its_last_condition() -> None:
    haste = Haste("uitzetting", (is_("a", "x"), is_("c", "x")))
    made = definition(choice("a", "x"), text("b"), choice("c", "x"), hastes=(haste,))
    steps = names(journey(made, answers(a="x", b="tekst", c="x")).steps())
    assert steps == ["a", "b", "c", "hurry:uitzetting", "check"]


def test_explains_right_after_the_question_that_led_to_it() -> None:
    advice = (Advice("meteen", (is_("a", "x"),), comes_after="a"), Advice("later", (is_("a", "x"),)))
    made = definition(choice("a", "x", "y"), text("b"), advice=advice)
    told = journey(made, answers(a="x"))
    assert names(told.steps()) == ["a", "explain:meteen", "b", "check"]
    assert [each.id for each in told.advice] == ["meteen", "later"]
    assert journey(made, answers(a="y")).advice == ()


def test_opens_with_the_first_question_that_has_no_usable_answer() -> None:
    made = definition(text("a"), day("b"), text("c"))
    step = journey(made, answers(a="tekst", b="31-2-2026", c="tekst")).first_open()
    assert isinstance(step, Ask)
    assert step.question.id == "b"


def test_is_complete_when_everything_was_answered_in_some_way() -> None:
    made = definition(text("a"), day("b"), text("c", is_optional=True))
    half = answers(otherwise("b", AnswerKind.DECLINED), a="tekst")
    assert not journey(made, half).is_complete  # an optional question is asked, and may be passed
    whole = half.with_answer(answers(c="").by_question["c"])
    assert journey(made, whole).is_complete


@pytest.mark.parametrize("kind", [AnswerKind.UNKNOWN, AnswerKind.DECLINED, AnswerKind.DIFFERENT])
def test_needs_a_person_when_an_answer_is_not_given(kind: AnswerKind) -> None:
    assert journey(definition(text("a")), answers(otherwise("a", kind))).needs_person


def test_needs_a_person_when_the_choice_says_so() -> None:
    made = definition(choice("a", "zelf", "samen", person="samen"))
    assert journey(made, answers(a="samen")).needs_person
    assert not journey(made, answers(a="zelf")).needs_person


def test_needs_no_person_when_only_a_shared_question_was_passed() -> None:
    made = definition(text("a"), text("naam", is_shared=True))
    assert not journey(made, answers(otherwise("naam", AnswerKind.DECLINED), a="tekst")).needs_person


def test_shows_the_duties_and_things_that_hold() -> None:
    made = definition(
        choice("a", "x", "y"),
        duties=(Duty("altijd", Side.GOVERNMENT), Duty("soms", Side.CITIZEN, when=(is_("a", "x"),))),
        bring=(Bring("bewijs", "card", (is_("a", "y"),)),),
    )
    assert [duty.id for duty in journey(made, answers(a="x")).duties] == ["altijd", "soms"]
    assert [thing.id for thing in journey(made, answers(a="y")).bring] == ["bewijs"]


def test_counts_a_term_from_today_or_from_the_day_that_was_given() -> None:
    made = definition(day("besluit"))
    told = journey(made, answers(besluit="1-12-2026"))
    assert told.due(Term(weeks=6, after="besluit")) == date(2027, 1, 12)
    assert told.due(Term(days=1)) == date(2026, 11, 25)
    assert journey(made).due(Term(weeks=6, after="besluit")) is None


def test_promises_a_day_counted_from_today() -> None:
    assert journey(definition(text("a"), promise=Term(working_days=5))).promised_on == date(2026, 12, 1)


@given(typed=st.dictionaries(st.sampled_from(["a", "b", "wanneer", "x"]), TYPED))
def test_never_raises_whatever_was_typed(typed: dict[str, str]) -> None:
    made = definition(
        choice("a", "x", "y"),
        day("wanneer"),
        text("b", is_("a", "x"), Condition("wanneer", within_days=7)),
        hastes=(Haste("h", (Condition("wanneer", within_days=7),)),),
    )
    told = Journey(made, answers(**typed), TODAY)
    assert names(told.steps())[-1] == "check"
    assert told.is_complete in {True, False}
    assert told.is_urgent in {True, False}
