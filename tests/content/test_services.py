# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold for the words and definitions that citizens meet."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.journey import Journey
from domain.service import AnswerType, Offer, Question, ServiceDefinition, Side
from i18n import plain_dutch
from resources.service_library import SERVICES, ServiceLibrary

LIBRARY = ServiceLibrary.load()
IDS = [service.id for service in LIBRARY.services]
TODAY = date(2026, 11, 21)
# May be done without a name: for whom and by whom is not asked there.
NAMELESS = {"straat"}


def icons() -> set[str]:
    import qtawesome

    found = next(Path(qtawesome.__file__).parent.glob("fonts/materialdesignicons6-*.json"))
    return {f"mdi6.{name}" for name in json.loads(found.read_text(encoding="utf-8"))}


def text(service: str, key: str) -> str:
    return LIBRARY.text(service, "nl", key)[0]


def own_words(service: ServiceDefinition) -> dict[str, str]:
    return dict(LIBRARY.dutch(service.id))


def journey(service_id: str, **given: str | AnswerKind | tuple[int, int, int]) -> Journey:
    answers = Answers()
    service = LIBRARY.service(service_id)
    for name, value in given.items():
        question = service.question(name.replace("_", "-"))
        answers = answers.with_answer(answer(question, value))
    return Journey(service, answers, TODAY)


def answer(question: Question, value: str | AnswerKind | tuple[int, int, int]) -> Answer:
    if isinstance(value, AnswerKind):
        return Answer(question.id, value)
    if isinstance(value, tuple):
        day, month, year = value
        return Answer(question.id, fields={"day": str(day), "month": str(month), "year": str(year)})
    name = {AnswerType.CHOICES: "choices", AnswerType.PHONE: "phone"}.get(question.type, "choice")
    return Answer(question.id, fields={name: value})


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_picture_exists(service: ServiceDefinition) -> None:
    used = {service.icon} | {item.icon for item in service.bring}
    used |= {choice.icon for question in service.questions for choice in question.choices if choice.icon}

    assert used <= icons()


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_choice_has_a_picture_and_no_two_share_one(service: ServiceDefinition) -> None:
    for question in service.questions:
        pictures = [choice.icon for choice in question.choices]
        assert all(pictures), question.id
        assert len(set(pictures)) == len(pictures), question.id


def test_every_answer_type_is_used() -> None:
    # A period has to be typed, year and all; who asks for an appointment taps days instead. It stays for own services.
    used = {question.type for service in LIBRARY.services for question in service.questions}
    assert used == set(AnswerType) - {AnswerType.PERIOD}


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_question_says_why_in_fifteen_words(service: ServiceDefinition) -> None:
    for question in service.questions:
        why = text(service.id, f"question.{question.id}.why")
        assert 1 <= len(plain_dutch.words(why)) <= 15, question.id


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_question_takes_i_do_not_know_and_the_like(service: ServiceDefinition) -> None:
    assert all(question.offers == frozenset(Offer) for question in service.questions)


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_text_is_plain(service: ServiceDefinition) -> None:
    texts = own_words(service)
    figures = plain_dutch.measure(texts.values())

    assert figures.flesch_douma >= 70
    assert figures.longest_sentence <= 15
    assert not {key: found for key, value in texts.items() if (found := plain_dutch.refused_words(value))}


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_no_price_and_no_phone_number_stands_in_a_text(service: ServiceDefinition) -> None:
    allowed = re.compile(r"\b(112|113|0800-0113|0800 33 55 555)\b")
    for key, value in own_words(service).items():
        if key.endswith(".example"):
            continue
        left = allowed.sub("", value)
        assert not re.search(r"\d[\d -]{5,}\d|\d+,\d\d|€\s*\d|\d euro", left), key


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_sentence_speaks_to_u(service: ServiceDefinition) -> None:
    for key, value in own_words(service).items():
        assert not re.search(r"\b(je|jij|jou|jouw|jullie)\b", value), key


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_the_phone_card_has_at_most_six_lines_with_blanks_to_fill(service: ServiceDefinition) -> None:
    lines = text(service.id, "phone_card").splitlines()

    assert 3 <= len(lines) <= 6
    assert any("..." in line for line in lines)
    assert any("voor welke dag" in line for line in lines)


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_service_closes_with_the_shared_questions_and_asks_nothing_twice(service: ServiceDefinition) -> None:
    ids = [question.id for question in service.questions]
    if service.id in NAMELESS:
        assert not {"voor-wie", "naam", "geboortedatum"} & set(ids)
        assert {"bereiken", "telefoon", "email", "postadres", "terugkomdag"} <= set(ids)
        return

    assert ids[:3] == ["voor-wie", "grond", "vertegenwoordigde"]
    assert [name for name in ids if name in ("naam", "geboortedatum", "bereiken")] == [
        "naam",
        "geboortedatum",
        "bereiken",
    ]
    assert {"telefoon", "email", "postadres", "terugkomdag", "contactpersoon", "contacttelefoon"} <= set(ids)
    assert [question.type for question in service.questions].count(AnswerType.PHONE) == 2
    assert all(question.is_optional for question in service.questions if question.is_shared)


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
@pytest.mark.parametrize("reach", ["telefoon", "email", "post", "liever-typen", "ik-kom-hier-terug", "iemand-anders"])
def test_every_way_to_be_reached_asks_for_what_it_needs(service: ServiceDefinition, reach: str) -> None:
    if not any(choice.id == reach for choice in service.question("bereiken").choices):
        return
    asked = {question.id for question in journey(service.id, bereiken=reach).questions}
    wanted = {
        "telefoon": {"telefoon"},
        "email": {"email"},
        "post": {"postadres"},
        "liever-typen": {"email"},
        "ik-kom-hier-terug": {"terugkomdag"},
        "iemand-anders": {"contactpersoon", "contacttelefoon"},
    }[reach]

    assert wanted <= asked


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_the_day_to_come_back_is_part_of_the_deal(service: ServiceDefinition) -> None:
    coming = journey(service.id, bereiken="ik-kom-hier-terug", terugkomdag=(30, 11, 2026))
    duty = next(duty for duty in coming.duties if duty.id == "terugkomen")

    assert duty.term is not None
    assert coming.due(duty.term) == date(2026, 11, 30)
    assert "{date}" in text(service.id, "duty.terugkomen")


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_the_deal_is_there_before_anything_was_answered(service: ServiceDefinition) -> None:
    sides = [duty.side for duty in Journey(service, Answers(), TODAY).duties]

    assert set(sides) == set(Side)
    assert len(sides) >= 3


def test_somebody_new_in_the_netherlands_is_invited_with_the_whole_family() -> None:
    new = journey("verhuizen", nieuw="ja")

    assert "eerste-keer" in [advice.id for advice in new.advice]
    assert {"vandaan", "gezin", "papieren", "komen"} <= {question.id for question in new.questions}
    assert "datum" not in {question.id for question in new.questions}
    assert {"samen-komen", "afspraak"} <= {duty.id for duty in new.duties}
    assert {"geboorteakte", "trouwakte", "woning"} <= {item.id for item in new.bring}


@pytest.mark.parametrize("kind", ["nee", AnswerKind.UNKNOWN, AnswerKind.DIFFERENT])
def test_everybody_else_gives_the_day_of_moving(kind: str | AnswerKind) -> None:
    other = journey("verhuizen", nieuw=kind)

    assert "datum" in {question.id for question in other.questions}
    assert "vandaan" not in {question.id for question in other.questions}


def test_the_day_to_show_an_id_comes_five_days_after_moving() -> None:
    moving = journey("verhuizen", nieuw="nee", datum=(14, 12, 2026))
    showing = next(duty for duty in moving.duties if duty.id == "op-tijd")

    assert showing.term is not None
    assert moving.due(showing.term) == date(2026, 12, 19)


@pytest.mark.parametrize(("day", "is_told"), [((15, 11, 2026), True), ((16, 11, 2026), False), ((1, 12, 2026), False)])
def test_somebody_who_moved_longer_ago_is_welcomed(day: tuple[int, int, int], *, is_told: bool) -> None:
    found = [advice.id for advice in journey("verhuizen", nieuw="nee", datum=day).advice]

    assert ("al-verhuisd" in found) is is_told


@pytest.mark.parametrize("word", ["dwangbevel", "deurwaarder", "dagvaarding", "ontruiming"])
def test_words_that_cannot_wait_bring_haste_and_a_person(word: str) -> None:
    letter = journey("brief", woorden=f"betalen {word}")

    assert letter.is_urgent
    assert letter.needs_person


@pytest.mark.parametrize("word", ["betalen", "afspraak", "besluit", "bezwaar", "aanmaning", "geen"])
def test_other_words_bring_no_haste_by_themselves(word: str) -> None:
    assert not journey("brief", woorden=word).is_urgent


@pytest.mark.parametrize(("word", "has_six_weeks"), [("besluit", True), ("bezwaar", True), ("betalen", False)])
def test_six_weeks_count_only_for_a_decision(word: str, *, has_six_weeks: bool) -> None:
    letter = journey("brief", woorden=word, datum=(14, 11, 2026))
    found = {advice.id: advice for advice in letter.advice}

    assert ("bezwaar" in found) is has_six_weeks
    if has_six_weeks:
        term = found["bezwaar"].term
        assert term is not None
        # 26 December is a Saturday and a holiday: the term ends on the first working day after it.
        assert letter.due(term) == date(2026, 12, 28)


@pytest.mark.parametrize(("day", "is_urgent"), [((18, 10, 2026), False), ((17, 10, 2026), True), ((1, 2, 2026), True)])
def test_the_last_week_of_the_six_is_haste(day: tuple[int, int, int], *, is_urgent: bool) -> None:
    assert journey("brief", woorden="besluit", datum=day).is_urgent is is_urgent


@pytest.mark.parametrize(("day", "is_urgent"), [((28, 11, 2026), True), ((29, 11, 2026), False), ((1, 11, 2026), True)])
def test_a_last_day_within_a_week_is_haste(day: tuple[int, int, int], *, is_urgent: bool) -> None:
    letter = journey("brief", laatste_dag_bekend="ja", laatste_dag=day)

    assert letter.is_urgent is is_urgent


def test_the_letter_service_first_asks_whether_somebody_reads_along() -> None:
    own = [question for question in LIBRARY.service("brief").questions if not question.is_shared]

    assert text("brief", f"question.{own[0].id}.title") == "Wilt u dat iemand meeleest?"
    assert journey("brief", meelezen="ja").needs_person


def test_the_letter_service_says_that_this_is_no_objection() -> None:
    assert "Dit is nog geen bezwaar." in text("brief", "advice.bezwaar.text")
    assert "Houd die dag aan." in text("brief", "advice.bezwaar.text")


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_somebody_who_arranges_for_another_without_any_paper_gets_a_person(service: ServiceDefinition) -> None:
    if service.id in NAMELESS:
        return
    assert journey(service.id, voor_wie="iemand-anders", grond="nog-niets").needs_person
    assert not journey(service.id, voor_wie="iemand-anders", grond="volmacht").needs_person
    assert not journey(service.id, bereiken=AnswerKind.DECLINED).needs_person


def test_danger_is_told_the_numbers_that_help() -> None:
    said = text("bel", "haste.gevaar.text")

    assert journey("bel", onderwerp="gevaar").is_urgent
    assert all(number in said for number in ("112", "113", "0800-0113"))


def test_a_call_is_not_promised_to_somebody_who_cannot_be_called() -> None:
    assert "drie-keer" in [duty.id for duty in journey("bel", telefoon="0612345678", taal="nederlands").duties]
    assert "drie-keer" not in [duty.id for duty in journey("bel", telefoon="0612345678", taal="gebaren").duties]
    without = journey("bel", telefoon=AnswerKind.DECLINED)
    assert "drie-keer" not in [duty.id for duty in without.duties]
    assert "geen-nummer" in [advice.id for advice in without.advice]


def test_moving_says_that_more_than_a_message_is_needed() -> None:
    assert text("verhuizen", "effect").startswith("Dit is nog geen aangifte.")


@pytest.mark.parametrize("service", LIBRARY.services, ids=IDS)
def test_every_source_was_looked_at_by_somebody(service: ServiceDefinition) -> None:
    assert all(source.checked_on >= date(2026, 1, 1) for source in service.sources)
    assert not any("geheugen" in source.where for source in service.sources)


@pytest.mark.parametrize("path", sorted(SERVICES.glob("*/*.toml")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_file_bears_its_licence(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith(
        "# SPDX-FileCopyrightText: 2026 Loket contributors\n# SPDX-License-Identifier: EUPL-1.2\n"
    )
