# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letters that need a signature, last days, and a result for who wants no case: as a definition asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.answers import Answer, Answers
from domain.errors import DefinitionError
from domain.journey import Ask, Check, Journey, Result
from domain.service import LastDay, Letter, LetterKind, SenderColour, ServiceDefinition, Term
from domain.service_file import parse_service, parse_shared
from domain.text_table import check_texts, missing_texts, parse_texts
from tests.domain.definitions import TODAY, choice, day, definition, is_, text
from tests.domain.test_service_file import SHARED_FILE, WHOLE, line_of

SHARED = parse_shared(SHARED_FILE, "shared/service.toml")
MORE = """
[[letter]]
id = "nee"
kind = "objection"
when = [{ question = "kleur", is_any = ["rood"] }]
term = { weeks = 6, after = "dag", is_legal = true }
addressee_by = "kleur"

[[last_day]]
id = "uiterlijk"
term = { weeks = 6, after = "dag" }

[result]
when = [{ question = "kleur", is_any = ["geen"] }]
"""


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(DefinitionError) as caught:
        parse_service(text, "proef/service.toml", SHARED)
    return [(problem.line, problem.says) for problem in caught.value.problems]


def test_reads_letters_last_days_and_the_result() -> None:
    service = parse_service(WHOLE + MORE, "proef/service.toml", SHARED)

    (letter,) = service.letters
    assert (letter.kind, letter.addressee_by) == (LetterKind.OBJECTION, "kleur")
    assert letter.term == Term(weeks=6, after="dag", is_legal=True)
    assert [found.id for found in service.last_days] == ["uiterlijk"]
    assert service.result_when == (is_("kleur", "geen"),)


def test_reads_the_colour_of_a_choice_and_refuses_one_that_nobody_paints() -> None:
    blue = WHOLE.replace('icon = "mdi6.circle" }', 'icon = "mdi6.circle", colour = "blue" }')

    service = parse_service(blue, "proef/service.toml", SHARED)

    assert [found.colour for found in service.question("kleur").choices] == [SenderColour.BLUE, None]
    assert any("mauve" in says and "blue" in says for _, says in problems(blue.replace('"blue"', '"mauve"')))


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('addressee_by = "kleuren"', 'addressee_by = "kleur"', 'goes by "kleuren", which is no question here'),
        ('addressee_by = "dag"', 'addressee_by = "kleur"', "which is no question with one choice"),
        ('kind = "threat"', 'kind = "objection"', "threat"),
        ('after = "kleur", is_legal', 'after = "dag", is_legal', "which asks no date"),
    ],
)
def test_names_the_line_of_a_letter_that_cannot_be_sent(wrong: str, right: str, says: str) -> None:
    source = WHOLE + MORE.replace(right, wrong, 1)
    found = problems(source)

    assert any(says in said for _, said in found)
    assert any(abs(line - line_of(source, wrong)) <= 5 for line, _ in found)


def test_refuses_a_last_day_without_a_term_and_a_result_without_an_answer() -> None:
    found = problems(WHOLE + '\n[[last_day]]\nid = "ooit"\n\n[result]\n')

    assert any('last_day "ooit" has no "term"' in says for _, says in found)
    assert any('[result] has no "when"' in says for _, says in found)


def test_asks_for_the_words_of_every_letter_not_only_of_the_last() -> None:
    two = MORE.replace("[[last_day]]", '[[letter]]\nid = "ook"\nkind = "complaint"\n\n[[last_day]]', 1)
    service = parse_service(WHOLE + two, "proef/service.toml", SHARED)
    missing = missing_texts(service, {})

    assert {"letter.nee.title", "letter.nee.notice_no_date", "letter.ook.body", "last_day.uiterlijk"} <= set(missing)
    assert "letter.ook.notice_no_date" not in missing


def test_refuses_an_answer_in_a_letter_that_nobody_is_asked_for() -> None:
    service = parse_service(WHOLE + MORE, "proef/service.toml", SHARED)
    source = '[letter.nee]\nbody = ["Uw brief van {dag}.", "Het gaat over {dak}."]\naddressee_for.paars = "Iemand"\n'
    own = parse_texts(source, "proef/nl.toml", "nl")
    with pytest.raises(DefinitionError) as caught:
        check_texts(service, own, own, source, "proef/nl.toml")
    found = [(problem.line, problem.says) for problem in caught.value.problems]

    assert any(line == 2 and "{dak}" in says for line, says in found)
    assert any("addressee_for.paars" in says and "nothing asks for" in says for _, says in found)
    assert not any("{dag}" in says for _, says in found)


def given(**fields: dict[str, str]) -> Answers:
    answers = Answers()
    for name, values in fields.items():
        answers = answers.with_answer(Answer(name, fields=values))
    return answers


def with_letter() -> ServiceDefinition:
    return definition(
        choice("wens", "zelf", "samen"),
        day("dag"),
        text("naam"),
        letters=(Letter("brief", LetterKind.REQUEST, (is_("wens", "zelf"),)),),
        last_days=(
            LastDay("later", Term(days=0, after="dag"), (is_("wens", "samen"),)),
            LastDay("eerst", Term(weeks=6, after="dag")),
        ),
        result_when=(is_("wens", "zelf"),),
    )


DAY = {"day": "2", "month": "11", "year": "2026"}


def test_a_letter_is_there_only_when_its_conditions_hold() -> None:
    service = with_letter()

    assert Journey(service, given(wens={"choice": "samen"}), TODAY).letters == ()
    assert [found.id for found in Journey(service, given(wens={"choice": "zelf"}), TODAY).letters] == ["brief"]


def test_the_first_last_day_that_applies_and_has_a_date_is_given() -> None:
    service = with_letter()
    both = Journey(service, given(wens={"choice": "samen"}, dag=DAY), TODAY).last_day
    one = Journey(service, given(wens={"choice": "zelf"}, dag=DAY), TODAY).last_day

    assert both is not None
    assert one is not None
    assert (both[0].id, both[1]) == ("later", date(2026, 11, 2))
    assert (one[0].id, one[1]) == ("eerst", date(2026, 12, 14))
    assert Journey(service, given(wens={"choice": "zelf"}), TODAY).last_day is None


def test_the_result_stands_right_after_the_answer_that_led_to_it_and_the_road_goes_on() -> None:
    steps = Journey(with_letter(), given(wens={"choice": "zelf"}), TODAY).steps()

    assert isinstance(steps[0], Ask)
    assert isinstance(steps[1], Result)
    assert [step.question.id for step in steps[2:] if isinstance(step, Ask)] == ["dag", "naam"]
    assert isinstance(steps[-1], Check)
    others = Journey(with_letter(), given(wens={"choice": "samen"}), TODAY).steps()
    assert not any(isinstance(step, Result) for step in others)


def test_refuses_a_last_day_that_no_result_shows() -> None:
    found = problems(WHOLE + '\n[[last_day]]\nid = "ooit"\nterm = { days = 3 }\n')

    assert any("a last_day shows on the result, and there is none" in says for _, says in found)
