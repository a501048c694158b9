# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a screen is its list of parts, whole and in order."""

from __future__ import annotations

from typing import get_args

import pytest

from domain.service import Privacy
from i18n.texts import Texts
from kiosk.speech.reading import _Reading, utterances
from kiosk.view import (
    BigNumber,
    Button,
    Choices,
    ErrorText,
    Field,
    Heading,
    Option,
    Paragraph,
    Part,
    View,
    Where,
)

QUESTION = View(
    name="question",
    title="Vraag 3",
    parts=(
        Where("where", "Ik ga verhuizen"),
        Heading("title", "Waar gaat u wonen?"),
        Paragraph("help", "Kies één antwoord."),
        ErrorText("error", "Kies een antwoord.", about="where_to"),
        Choices("where_to", (Option("here", "In Nederland"), Option("far", "Ergens anders", help="Buiten Nederland"))),
    ),
    bar=(Button("bar.back", "Terug"), Button("bar.next", "Verder")),
    tools=(Button("tool.leave", "Snel weg", spoken="Snel weg. Dit stopt meteen."),),
)


def said(view: View) -> list[str]:
    return [utterance.text for utterance in utterances(view)]


def test_says_place_title_help_error_options_and_buttons_in_order() -> None:
    assert said(QUESTION) == [
        "Ik ga verhuizen",
        "Waar gaat u wonen?",
        "Kies één antwoord.",
        "Kies een antwoord.",
        "In Nederland",
        "Keuze 1 van 2",
        "Ergens anders",
        "Keuze 2 van 2",
        "Buiten Nederland",
        "Terug",
        "Knop",
        "Verder",
        "Knop",
        "Snel weg. Dit stopt meteen.",
    ]


def test_never_says_a_secret_field() -> None:
    view = View("q", "q", (Field("pin", "Code", text="4711", privacy=Privacy.SECRET),))
    assert said(view) == ["Code"]


def test_marks_what_was_typed_as_the_field_says() -> None:
    view = View("q", "q", (Field("name", "Naam", text="Jansen"),))
    assert [(u.text, u.privacy) for u in utterances(view)] == [("Naam", Privacy.OPEN), ("Jansen", Privacy.PERSONAL)]


def test_says_the_number_twice() -> None:
    assert said(View("q", "q", (BigNumber("number", "K473-93FM"),))).count("K473-93FM") == 2


def test_speaks_the_language_of_the_view() -> None:
    view = View("q", "q", (Heading("title", "Where?"),), language="en")
    assert {utterance.language for utterance in utterances(view)} == {"en"}


@pytest.mark.parametrize("kind", get_args(Part), ids=lambda kind: kind.__name__)
def test_knows_every_kind_of_part(kind: type[object]) -> None:
    dispatch = _Reading.__dict__["of"].dispatcher.dispatch
    assert dispatch(kind) is not dispatch(object)


def test_has_dutch_words_for_all_that_the_voice_adds() -> None:
    texts = Texts("nl", is_strict=True)
    view = View("q", "q", (Field("a", "Naam"), BigNumber("n", "1"), *QUESTION.parts), bar=QUESTION.bar)
    assert utterances(view, texts)


def test_says_what_there_is_to_choose_to_everybody_and_what_was_chosen_only_to_the_visitor() -> None:
    options = (Option("yes", "Ja", help="Graag"), Option("no", "Nee"))
    chosen = frozenset({"yes"})
    view = View("q", "Vraag", (Choices("answer", options, chosen, privacy=Privacy.PERSONAL),))
    private = [u.text for u in utterances(view) if u.privacy is not Privacy.OPEN]
    assert {"Ja", "Graag", "Nee"} <= {u.text for u in utterances(view) if u.privacy is Privacy.OPEN}
    assert private == ["Gekozen"]


def test_says_what_is_asked_once() -> None:
    options = (Option("ja", "Ja"),)
    asked = View("vraag", "Vraag", (Heading("title", "Huurt u?"), Choices("answer", options, label="Huurt u?")))
    other = View("vraag", "Vraag", (Heading("title", "Uw huis"), Choices("answer", options, label="Huurt u?")))

    assert [found.text for found in utterances(asked)].count("Huurt u?") == 1
    assert [found.text for found in utterances(other)][:2] == ["Uw huis", "Huurt u?"]
