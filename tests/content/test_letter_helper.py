# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter helper read to by people with sixty invented letters: whose it is, the last day, and what cannot wait."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.journey import Ask, Hurry, Journey, Result
from resources.service_library import ServiceLibrary

LIBRARY = ServiceLibrary.load()
TODAY = date(2026, 11, 24)
LETTERS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))[
    "letter"
]
LEAST_RIGHT = 57


def day_fields(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def read_to_loket(letter: dict[str, Any]) -> Journey:
    """Answer the questions of the letter helper in the order in which it asks them."""
    stated = "ja" if "day" in letter else "veertien-dagen" if letter.get("days14") else "nee"
    known: dict[str, dict[str, str]] = {
        "voor-wie": {"choice": "mijzelf"},
        "meelezen": {"choice": "nee"},
        "afzender": {"choice": letter["sender"]},
        "woorden": {"choices": " ".join(letter["words"])},
        "laatste-dag-bekend": {"choice": stated},
        "bezwaar-maken": {"choice": "nee"},
        "bedrag": {"choice": "nee"},
        "wens": {"choice": "zelf"},
    }
    if "date" in letter:
        known["datum"] = day_fields(letter["date"])
    if "day" in letter:
        known["laatste-dag"] = day_fields(letter["day"])
    answers = Answers()
    journey = Journey(LIBRARY.service("brief"), answers, TODAY)
    while not journey.has_result:
        step = journey.first_open()
        assert isinstance(step, Ask)
        question = step.question.id
        fields = known.get(question)
        kind = AnswerKind.GIVEN if fields else AnswerKind.UNKNOWN
        answers = answers.with_answer(Answer(question, kind, fields or {}))
        journey = Journey(journey.definition, answers, TODAY)
    return journey


def told(journey: Journey) -> str:
    """Give all that is said about whose letter it is."""
    owners = [advice for advice in journey.advice if advice.id.startswith("afzender")]
    keys = [f"advice.{advice.id}.{part}" for advice in owners for part in ("title", "text")]
    return " ".join(LIBRARY.text("brief", "nl", key)[0] for key in keys)


def miss(letter: dict[str, Any]) -> str:
    """Say what is wrong with what Loket makes of a letter; nothing when all is right."""
    journey = read_to_loket(letter)
    found = journey.last_day[1] if journey.last_day else None
    wrong = []
    if letter["owner"] not in told(journey):
        wrong.append(f"owner is not {letter['owner']}")
    if found != letter.get("last_day"):
        wrong.append(f"last day is {found}, not {letter.get('last_day')}")
    if journey.is_urgent != letter.get("is_urgent", False):
        wrong.append("haste" if journey.is_urgent else "no haste")
    return f"{letter['from']}: {letter['about']}: {', '.join(wrong)}" if wrong else ""


def test_gets_at_least_57_of_60_letters_right() -> None:
    misses = [found for letter in LETTERS if (found := miss(letter))]
    print(*misses, sep="\n")

    assert len(LETTERS) == 60
    assert len(LETTERS) - len(misses) >= LEAST_RIGHT, "\n".join(misses)


def test_every_letter_that_cannot_wait_goes_straight_to_a_person() -> None:
    words = {"dwangbevel", "deurwaarder", "dagvaarding", "ontruiming"}
    heavy = [letter for letter in LETTERS if words & set(letter["words"])]

    assert len(heavy) >= 5
    for letter in heavy:
        steps = read_to_loket(letter).steps()
        spot = next(
            number for number, step in enumerate(steps) if isinstance(step, Ask) and step.question.id == "woorden"
        )
        assert isinstance(steps[spot + 1], Hurry), letter["about"]


def test_tells_a_wrong_owner_and_a_wrong_day() -> None:
    letter = dict(LETTERS[0])

    assert miss(letter) == ""
    assert "owner" in miss({**letter, "owner": "SVB"})
    assert "last day" in miss({**letter, "last_day": date(2026, 12, 1)})


@pytest.mark.parametrize("words", [["besluit"], ["geen"]])
def test_shows_the_result_before_any_question_about_who_you_are(words: list[str]) -> None:
    journey = read_to_loket({"sender": "uwv", "words": words, "date": date(2026, 11, 10), "owner": ""})
    steps = journey.steps()
    place = next(number for number, step in enumerate(steps) if isinstance(step, Result))
    before = {step.question.id for step in steps[:place] if isinstance(step, Ask)}

    assert not before & {"naam", "geboortedatum", "bereiken", "telefoon"}
    assert "wens" in before


def test_a_day_in_the_letter_goes_before_the_six_weeks() -> None:
    letter = {"sender": "gemeente", "words": ["besluit", "bezwaar"], "date": date(2026, 11, 9), "owner": ""}

    assert read_to_loket(letter).last_day is not None
    found = read_to_loket({**letter, "day": date(2026, 12, 4)}).last_day
    assert found is not None
    assert (found[0].id, found[1]) == ("die-dag", date(2026, 12, 4))
