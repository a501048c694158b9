# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who does not know TOML reads what to do, with the line, and never only the parser's words."""

from __future__ import annotations

import pytest

from domain.errors import DefinitionError, DefinitionProblem
from domain.toml_lines import Findings
from domain.toml_reading import read_toml


def said_about(text: str) -> DefinitionProblem:
    with pytest.raises(DefinitionError) as caught:
        read_toml(text, Findings("proef/nl.toml", text))
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('a = "Goed"\nb = "Waar is het eind\n', 2, 'has no " at its end'),
        ("a = \u201cGoed\u201d\n", 1, "curly quotation marks"),
        ('a = "Kies "ja" of nee"\n', 1, 'is there a " inside it?'),
        ('a: "Goed"\n', 1, 'name = "..."'),
        ('a = [\n  "een"\n  "twee",\n]\n', 3, "a comma is missing at the end of the line above"),
        ('a = [\n  "een",\nb = "x"\n', 3, "] at its end"),
        ('a = [\n  { id = "x",\n  icon = "y" },\n]\n', 2, "on one line"),
        ("a = True\n", 1, "true and false have no capital"),
        ("a = ja\n", 1, 'a text stands between "'),
        ('[q]\na = "x"\na = "y"\n', 3, "stands twice in the same table"),
        ('[q]\na = "x"\n[r]\n[q]\nb = "y"\n', 4, "[q] stands twice in this file"),
        ('[q]\na = "x"\n[[q]]\nb = "y"\n', 3, "[q] and [[q]] both stand in this file"),
    ],
)
def test_says_what_to_do_about_a_file_that_is_no_toml(text: str, line: int, says: str) -> None:
    problem = said_about(text)

    assert problem.line == line
    assert problem.says.startswith("not TOML: ")
    assert says in problem.says


def test_keeps_the_words_of_the_parser_where_it_can_guess_nothing() -> None:
    assert "(at line 1, column" in said_about("[[\n").says
