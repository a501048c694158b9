# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A definition is read whole, and everything wrong in it is said at once, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DefinitionError
from domain.service import AnswerType, LegalEffect, Offer, Privacy, Question, Side, Term
from domain.service_file import parse_service, parse_shared

SHARED_FILE = """
[[question]]
id = "bereiken"
type = "choice"
choices = [
  { id = "telefoon", icon = "mdi6.phone" },
  { id = "post", icon = "mdi6.mailbox" },
  { id = "hier", icon = "mdi6.map-marker" },
]

[[question]]
id = "nummer"
type = "phone"
when = [{ question = "bereiken", is_any = ["telefoon"] }]
"""

WHOLE = """id = "proef"
version = 3
owner = "Burgerzaken"
case_type = "proef"
legal_effect = "none"
icon = "mdi6.home"
closing = ["bereiken", "nummer"]

[promise]
working_days = 5

[[question]]
id = "dag"
type = "date"

[[question]]
id = "kleur"
type = "choice"
choices = [
  { id = "rood", icon = "mdi6.circle" },
  { id = "geen", is_person = true },
]

[[duty]]
id = "bewaren"
side = "citizen"
term = { days = 5, after = "dag" }

[[duty]]
id = "antwoord"
side = "government"
term = { working_days = 5 }

[[haste]]
id = "snel"
when = [{ question = "dag", within_days = 7 }]
phone = "112"

[[advice]]
id = "tip"
when = [{ question = "kleur", is_any = ["rood", "unknown"] }]
comes_after = "kleur"

[[channel]]
kind = "phone"

[[channel]]
kind = "desk"

[[channel]]
kind = "post"

[[source]]
fact = "Vijf dagen"
where = "voorbeeld.nl"
checked_on = 2026-11-21
"""


@pytest.fixture(scope="module")
def shared() -> Mapping[str, Question]:
    return parse_shared(SHARED_FILE, "shared/service.toml")


def problems_in(text: str, shared: Mapping[str, Question]) -> list[tuple[int, str]]:
    with pytest.raises(DefinitionError) as caught:
        parse_service(text, "proef/service.toml", shared)
    assert all(problem.file == "proef/service.toml" for problem in caught.value.problems)
    return [(problem.line, problem.says) for problem in caught.value.problems]


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_reads_every_part_of_a_whole_definition(shared: Mapping[str, Question]) -> None:
    service = parse_service(WHOLE, "proef/service.toml", shared)

    assert (service.id, service.version, service.legal_effect) == ("proef", 3, LegalEffect.NONE)
    assert [question.id for question in service.questions] == ["dag", "kleur", "bereiken", "nummer"]
    assert service.question("dag").type is AnswerType.DATE
    assert service.question("dag").offers == frozenset(Offer)
    assert service.question("dag").privacy is Privacy.PERSONAL
    assert [choice.is_person for choice in service.question("kleur").choices] == [False, True]
    assert service.duties[0].term == Term(days=5, after="dag")
    assert service.duties[1].side is Side.GOVERNMENT
    assert service.hastes[0].when[0].within_days == 7
    assert service.promise == Term(working_days=5)
    assert service.sources[0].checked_on == date(2026, 11, 21)


def test_a_question_may_name_the_law_that_lets_it_ask_a_bsn(shared: Mapping[str, Question]) -> None:
    asked = WHOLE.replace(
        'id = "dag"\ntype = "date"',
        'id = "dag"\ntype = "date"\n\n[[question]]\nid = "nr"\ntype = "text"\nbsn_ground = "Wabb art. 10"',
    )
    service = parse_service(asked, "proef/service.toml", shared)
    assert [question.id for question in service.questions if question.bsn_ground] == ["nr"]


def test_marks_shared_questions_as_shared_and_always_skippable(shared: Mapping[str, Question]) -> None:
    service = parse_service(WHOLE, "proef/service.toml", shared)

    assert [(item.is_shared, item.is_optional) for item in service.questions[2:]] == [(True, True), (True, True)]
    assert not service.question("dag").is_shared


def test_leaves_out_choices_of_a_shared_question_when_the_service_says_so(shared: Mapping[str, Question]) -> None:
    text = WHOLE.replace('"bereiken", "nummer"]', '"bereiken"]') + '\n[shared.bereiken]\nwithout = ["telefoon"]\n'

    service = parse_service(text, "proef/service.toml", shared)

    assert [choice.id for choice in service.question("bereiken").choices] == ["post", "hier"]


def test_reports_a_condition_of_a_shared_question_on_a_choice_that_was_left_out(shared: Mapping[str, Question]) -> None:
    text = WHOLE + '\n[shared.bereiken]\nwithout = ["telefoon"]\n'

    assert '"telefoon" is no answer to "bereiken"' in problems_in(text, shared)[0][1]


@pytest.mark.parametrize(
    ("old", "new", "says", "at"),
    [
        ('legal_effect = "none"\n', "", '"legal_effect" is missing', "id ="),
        ('legal_effect = "none"', 'legal_effect = "nune"', 'did you mean "none"', "legal_effect"),
        ("version = 3\n", "", '"version" is missing', "id ="),
        ("[promise]\nworking_days = 5\n", "", "the promise is missing", "id ="),
        ("[promise]\nworking_days = 5", "[promise]\nworking_days = 5\ndays = 2", "exactly one of", "[promise]"),
        ('[[channel]]\nkind = "desk"\n', "", "no other road by desk", "[[channel]]"),
        ('kind = "desk"', 'kind = "post"', "two roads by post", "[[channel]]"),
        ("term = { working_days = 5 }\n", "", "no duty of the government with a term", "[[duty]]"),
        ("[[source]]", "[[sauce]]", 'unknown key "sauce" (did you mean "source"?)', "[[sauce]]"),
        ('kind = "phone"', 'kind = "phone"\nfone = "112"', 'unknown key "fone" (did you mean "phone"?)', "fone ="),
        ("checked_on = 2026-11-21", 'checked_on = "gisteren"', "is no date", "checked_on"),
        ('question = "dag", within', 'question = "dog", within', 'did you mean "dag"', 'when = [{ question = "dog"'),
        ('is_any = ["rood"', 'is_any = ["rod"', '"rod" is no answer to "kleur" (did you mean "rood"?)', '"rod"'),
        ('question = "dag", within', 'question = "kleur", within', "within_days never holds", 'question = "kleur", w'),
        ('after = "dag"', 'after = "kleur"', "which asks no date", 'after = "kleur"'),
        ('after = "dag"', 'after = "dug"', 'counts from "dug"', 'after = "dug"'),
        ('comes_after = "kleur"', 'comes_after = "klare"', "which is no question here", "comes_after"),
        ('comes_after = "kleur"', 'comes_after = "dag"', "comes before the answer it needs", "comes_after"),
        ('id = "kleur"', 'id = "dag"', 'two questions have the id "dag"', 'id = "dag"\ntype = "choice"'),
        ('id = "antwoord"', 'id = "bewaren"', "two of [[duty]]", 'id = "bewaren"\nside = "gov'),
        ('{ id = "geen"', '{ id = "rood"', 'the choice "rood" twice', '"rood", icon'),
        ('id = "dag"\ntype', 'id = "Dag!"\ntype', "is no id", 'id = "Dag!"'),
        ('id = "dag"\ntype = "date"', 'id = "dag"\ntype = "date"\nlongest = 5', 'takes no "longest"', "longest"),
        (
            'id = "dag"\ntype = "date"',
            'id = "dag"\ntype = "date"\nbsn_ground = "Wabb"',
            'takes no "bsn_ground"',
            "bsn_ground",
        ),
        ('id = "dag"\ntype = "date"', 'id = "dag"\ntype = "date"\nleast = 5', 'takes no "least"', "least"),
        (
            'id = "dag"\ntype = "date"',
            'id = "dag"\ntype = "number"\nleast = 5\nmost = 4',
            "allows no number: least is more than most",
            "most =",
        ),
        ('id = "dag"\ntype = "date"', 'id = "dag"\ntype = "photo"', "add is_optional = true", 'type = "photo"'),
        ('id = "dag"\ntype = "date"', 'id = "dag"\ntype = "spoken"', "add is_optional = true", 'type = "spoken"'),
        ('icon = "mdi6.home"', 'icon = "home.png"', "is no icon", "icon ="),
        ('phone = "112"', 'phone = "bel ons"', "is no telephone number", "phone = "),
        ("working_days = 5\n\n[[q", "working_days = 99999\n\n[[q", "is 99999: it must be", "working_days"),
        ('closing = ["bereiken"', 'closing = ["bereik"', '(did you mean "bereiken"?)', "closing"),
    ],
)
def test_names_line_and_remedy_when_something_is_wrong(
    old: str, new: str, says: str, at: str, shared: Mapping[str, Question]
) -> None:
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE

    found = problems_in(text, shared)

    assert any(says in said and line == line_of(text, at) for line, said in found), found


def test_refuses_a_condition_on_a_later_question(shared: Mapping[str, Question]) -> None:
    text = WHOLE.replace('type = "date"', 'type = "date"\nwhen = [{ question = "kleur", is_any = ["rood"] }]')

    assert "comes before" in problems_in(text, shared)[0][1]


def test_says_that_conditions_go_round_in_a_circle(shared: Mapping[str, Question]) -> None:
    text = WHOLE.replace('type = "date"', 'type = "date"\nwhen = [{ question = "kleur", is_any = ["rood"] }]').replace(
        'type = "choice"\n', 'type = "choice"\nwhen = [{ question = "dag", within_days = 1 }]\n'
    )

    assert "circle" in problems_in(text, shared)[0][1]


def test_reports_all_problems_together_in_the_order_of_the_file(shared: Mapping[str, Question]) -> None:
    text = WHOLE.replace('owner = "Burgerzaken"\n', "").replace('kind = "desk"', 'kind = "door"')

    found = problems_in(text, shared)

    assert len(found) >= 3
    assert [line for line, _ in found] == sorted(line for line, _ in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = [", "not TOML"),
        ("x = " + "[" * 5000, "T"),
        ("# " + "x" * 300_000, "larger than 256 KB"),
        ('owner = "\u202eslecht"', "control or direction mark"),
        ('owner = "a\\u0007b"', "control or direction mark"),
        ('"\\u2066" = 1', "control or direction mark"),
        ("version = " + "9" * 5000, "T"),
        (WHOLE.replace("version = 3", "version = 0x" + "f" * 5000), "is no whole number"),
    ],
)
def test_answers_a_malicious_file_with_one_clear_problem(text: str, says: str, shared: Mapping[str, Question]) -> None:
    found = problems_in(text, shared)

    assert len(found) == 1
    assert says in found[0][1] or says == "T"


def test_refuses_more_questions_and_choices_than_a_person_can_bear(shared: Mapping[str, Question]) -> None:
    many = "".join(f'\n[[question]]\nid = "q{number}"\ntype = "text"\n' for number in range(70))
    choices = ", ".join(f'{{ id = "c{number}" }}' for number in range(25))
    text = WHOLE + many + f'\n[[question]]\nid = "veel"\ntype = "choice"\nchoices = [{choices}]\n'

    assert any("at most 60" in says for _, says in problems_in(text, shared))
    fewer = WHOLE + f'\n[[question]]\nid = "veel"\ntype = "choice"\nchoices = [{choices}]\n'
    assert any("at most 20" in says for _, says in problems_in(fewer, shared))


def test_points_at_the_line_of_a_toml_mistake(shared: Mapping[str, Question]) -> None:
    text = WHOLE.replace('owner = "Burgerzaken"', 'owner = "Burgerzaken')

    assert problems_in(text, shared)[0][0] == 3


@given(st.text(max_size=400))
def test_raises_nothing_but_a_definition_error_whatever_the_file_holds(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse_service(text, "x/service.toml", {})


_KEYS = ("id", "version", "question", "duty", "promise", "channel", "opening", "shared", "settings", "source", "when")
_VALUES = st.recursive(
    st.sampled_from(['"a"', "1", "-1", "true", "1.5", "2026-11-21", '""', '"date"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(inner, max_size=3, min_size=1).map(
            lambda items: "{ " + ", ".join(f"{key} = {item}" for key, item in zip(_KEYS, items, strict=False)) + " }"
        ),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES))
def test_raises_nothing_but_a_definition_error_whatever_the_kinds_of_values(values: dict[str, str]) -> None:
    text = "\n".join(f"{key} = {value}" for key, value in values.items())
    with pytest.raises(DefinitionError):
        parse_service(text, "x/service.toml", {})
