# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody who cannot see the screen is told when it changes under their hands."""

from __future__ import annotations

from kiosk.news import news
from kiosk.view import Button, ButtonRow, Choices, ErrorText, Field, Heading, Notice, Option, Part, View

OPTIONS = (Option("ja", "Ja"), Option("nee", "Nee"))


def view(*parts: Part) -> View:
    return View("vraag", "Vraag", parts)


def test_names_the_option_that_was_chosen() -> None:
    before = view(Choices("answer", OPTIONS, frozenset({"nee"})))
    after = view(Choices("answer", OPTIONS, frozenset({"ja"})))
    assert news(before, after) == ("answer.ja",)


def test_names_a_way_out_that_was_pressed() -> None:
    before = view(ButtonRow("ways_out", (Button("offer.unknown", "Ik weet het niet", is_on=False),)))
    after = view(ButtonRow("ways_out", (Button("offer.unknown", "Ik weet het niet", is_on=True),)))
    assert news(before, after) == ("offer.unknown",)


def test_names_an_error_and_a_notice_that_were_not_there() -> None:
    before = view(Heading("title", "Vraag"))
    after = view(Heading("title", "Vraag"), ErrorText("problem", "Vul de dag in.", "answer"), Notice("paper", "Klaar."))
    assert news(before, after) == ("problem", "paper")


def test_is_empty_when_only_something_was_typed() -> None:
    assert news(view(Field("text", "Naam", "R")), view(Field("text", "Naam", "Ri"))) == ()


def test_is_empty_when_nothing_changed() -> None:
    same = view(Choices("answer", OPTIONS, frozenset({"ja"})), Notice("paper", "Klaar."))
    assert news(same, same) == ()
