# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words by flat key; what is missing, unknown or cannot be filled in is said with its line."""

from __future__ import annotations

import pytest

from domain.errors import DefinitionError
from domain.service_file import parse_service
from domain.text_table import check_texts, missing_texts, needed_texts, parse_texts
from tests.domain.test_service_file import WHOLE

TEXTS = """title = "Proef"
what_happens = [
  "Eerst dit.",
  "Dan dat.",
]

[question.dag]
title = "Welke dag?"
choice.ja = "Ja"
"""


def test_flattens_tables_and_makes_lists_into_lines() -> None:
    texts = parse_texts(TEXTS, "proef/nl.toml", "nl")

    assert texts["question.dag.title"] == "Welke dag?"
    assert texts["question.dag.choice.ja"] == "Ja"
    assert texts["what_happens"] == "Eerst dit.\nDan dat."


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('a = "Goed"\nb = "Bel {fone}"', 2, 'asks for {fone}, which nobody fills in (did you mean "phone"?)'),
        ('[x]\ny = "Bel { phone"', 2, "loose brace"),
        ('[x]\ny = "{phone.__class__}"', 2, "nobody fills in"),
        ('[x]\n\ny = "  "', 3, "is empty"),
        ("[x]\ny = 3", 2, "is no text"),
        ('[x]\ny = "' + "a" * 1500 + '"', 2, "longer than 1000"),
        ('[x]\ny = "tekst \u202e om"', 2, "direction mark"),
    ],
)
def test_names_the_line_of_a_text_that_cannot_be_shown(text: str, line: int, says: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_texts(text, "proef/nl.toml", "nl")

    assert any(problem.line == line and says in problem.says for problem in caught.value.problems)


def test_accepts_names_from_the_settings_of_the_service() -> None:
    assert parse_texts('a = "Het kost {price}"', "f", "nl", ["price"])["a"] == "Het kost {price}"


def test_keeps_markup_as_plain_letters() -> None:
    assert parse_texts('a = "<b>dik</b>"', "f", "nl")["a"] == "<b>dik</b>"


def test_asks_for_every_text_that_a_definition_needs() -> None:
    service = parse_service(WHOLE.replace('closing = ["bereiken", "nummer"]\n', ""), "proef/service.toml", {})

    needed = needed_texts(service)

    expected = {
        "title",
        "phone_card",
        "question.kleur.choice.rood",
        "duty_no_date.bewaren",
        "haste.snel.text",
        "channel.post",
    }
    assert expected <= set(needed)
    assert "duty_no_date.antwoord" not in needed
    assert "effect" not in needed
    assert missing_texts(service, dict.fromkeys(needed, "x")) == ()


def test_needs_the_effect_when_sending_does_something_in_law() -> None:
    text = WHOLE.replace('closing = ["bereiken", "nummer"]\n', "").replace('"none"', '"objection"')

    assert "effect" in needed_texts(parse_service(text, "proef/service.toml", {}))


def test_names_missing_texts_and_texts_that_nothing_asks_for() -> None:
    service = parse_service(WHOLE.replace('closing = ["bereiken", "nummer"]\n', ""), "proef/service.toml", {})
    own = {key: "x" for key in needed_texts(service) if key != "question.dag.why"} | {"question.dag.titel": "x"}
    source = '[question.dag]\ntitle = "x"\ntitel = "x"\n'

    with pytest.raises(DefinitionError) as caught:
        check_texts(service, own, own, source, "proef/nl.toml")

    said = [(problem.line, problem.says) for problem in caught.value.problems]
    assert (1, 'the text "question.dag.why" is missing: write it') in said
    assert any(line == 3 and 'did you mean "question.dag.title"' in says for line, says in said)


def test_wants_a_second_text_where_one_takes_from_the_settings() -> None:
    head = WHOLE.replace('closing = ["bereiken", "nummer"]\n', 'settings = ["price"]\n')
    service = parse_service(head, "proef/service.toml", {})
    days = {f"duty.{duty.id}": "Voor {date}." for duty in service.duties if duty.term}
    own = dict.fromkeys(needed_texts(service), "x") | days | {"advice.tip.text": "Het kost {price}."}
    source = '[advice.tip]\ntitle = "x"\ntext = "Het kost {price}."\n'

    with pytest.raises(DefinitionError, match=r"advice\.tip\.text_no_setting"):
        check_texts(service, own, own, source, "proef/nl.toml")

    whole = own | {"advice.tip.text_no_setting": "Vraag wat het kost."}
    check_texts(service, whole, whole, source, "proef/nl.toml")


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("duty.papier", "Doe het voor {date}.", "nothing counts that day: give it a term"),
        ("duty.antwoord", "U hoort van ons.", "does not say the day: write {date}"),
        ("advice.tip.text", "Doe het voor {date}.", "nothing counts that day"),
        ("question.dag.help", "Voor {date}.", "nothing counts that day"),
        ("phone_card", "\n".join(["Goedemorgen."] * 7), "has 7 lines: at most 6"),
        ("question.dag.who", "Uw gemeente.", '"who" belongs at the top'),
    ],
)
def test_says_where_a_day_a_line_or_a_key_does_not_fit(key: str, text: str, says: str) -> None:
    head = WHOLE.replace('closing = ["bereiken", "nummer"]\n', "")
    service = parse_service(head + '\n[[duty]]\nid = "papier"\nside = "citizen"\n', "proef/service.toml", {})
    days = {f"duty.{duty.id}": "Voor {date}." for duty in service.duties if duty.term}
    good = dict.fromkeys(needed_texts(service), "x") | days
    check_texts(service, good, good, "", "proef/nl.toml")
    own = good | {key: text}

    with pytest.raises(DefinitionError) as caught:
        check_texts(service, own, own, "", "proef/nl.toml")

    assert [problem.says for problem in caught.value.problems if f'"{key}"' in problem.says or '"who"' in problem.says]
    assert says in caught.value.problems[0].says
