# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letters to sign, the result without a case, and practising a call: as somebody meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.intake import Intake
from domain.journey import Journey
from domain.service import Term
from kiosk.effects import EndVisit, PrintLetter, PrintPhoneCard, PrintStrip, SayParts
from kiosk.filing import Filing
from kiosk.letters import letter_page
from kiosk.paper.letter import letter_pdf
from kiosk.paper.paper_size import Paper
from kiosk.paper.strip import strip_pdf
from kiosk.screens.result import last_day_notice
from kiosk.screens.words import Words
from kiosk.take_home import phone_card, strip, weeks
from kiosk.view import BACK, NEXT, Card, Columns, Preferences
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of
from tests.kiosk.paper.reading import page_texts, whole_text

TODAY = date(2026, 11, 24)
NINTH = {"day": "9", "month": "11", "year": "2026"}
DECISION = {
    "voor-wie": {"choice": "mijzelf"},
    "meelezen": {"choice": "nee"},
    "afzender": {"choice": "gemeente"},
    "woorden": {"choice": "besluit"},
    "datum": NINTH,
    "laatste-dag-bekend": {"choice": "nee"},
    "bezwaar-maken": {"choice": "ja"},
    "bedrag": {"choice": "nee"},
    "wens": {"choice": "zelf"},
}


@pytest.fixture
def store() -> FakeCaseStore:
    return FakeCaseStore()


@pytest.fixture
def citizen(store: FakeCaseStore) -> Citizen:
    clock = FakeClock()
    filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    return Citizen(filing=filing, clock=clock)


def words(language: str = "nl") -> Words:
    return Words(texts_of(language), library(), PLACE, Preferences(language=language), TODAY)


def until_result(citizen: Citizen, answers: dict[str, dict[str, str]]) -> Citizen:
    citizen.open("brief").go_on()
    for _ in range(40):
        name = citizen.view.name.partition(".")[2]
        if name == "result":
            return citizen
        for field_id, text in answers.get(name, {}).items():
            citizen.choose(text) if field_id == "choice" else citizen.type(field_id, text)
        citizen.go_on()
    raise AssertionError(citizen.view.name)


def journey(service_id: str, **given: dict[str, str] | AnswerKind) -> Journey:
    service, answers = library().service(service_id), Answers()
    for name, value in given.items():
        question_id = name.replace("_", "-")
        known = Answer(question_id, value) if isinstance(value, AnswerKind) else Answer(question_id, fields=value)
        answers = answers.with_answer(known)
    return Journey(service, answers, TODAY)


# -- the result without a case -----------------------------------------------------------------------------------------


def test_tells_owner_last_day_and_whom_to_call_and_keeps_nothing(citizen: Citizen, store: FakeCaseStore) -> None:
    until_result(citizen, DECISION)

    said = " ".join(citizen.notices)
    assert "De brief is van uw gemeente." in said
    assert "Uw laatste dag: maandag 21 december 2026 Dat is over 27 dagen." in said
    assert "Bel 14 000." in said
    citizen.press("result.print").go_on()
    assert [type(effect) for effect in citizen.effects] == [PrintStrip, EndVisit]
    assert not store.summaries()


def test_goes_on_to_a_case_when_help_is_wanted_after_all(citizen: Citizen, store: FakeCaseStore) -> None:
    until_result(citizen, DECISION).press("result.go_on")

    assert citizen.view.name == "brief.naam"
    citizen.answer_all().go_on()
    assert len(store.summaries()) == 1


def test_goes_back_from_the_result_to_the_last_question(citizen: Citizen) -> None:
    assert until_result(citizen, DECISION).go_back().view.name == "brief.wens"


def test_says_that_no_last_day_is_known_and_what_to_ask(citizen: Citizen) -> None:
    until_result(citizen, {**DECISION, "woorden": {"choice": "geen"}, "bezwaar-maken": {}})

    assert any("Wij weten geen laatste dag." in notice for notice in citizen.notices)


def test_the_strip_holds_no_number_and_no_name() -> None:
    known = journey("brief", woorden={"choices": "besluit"}, datum=NINTH, naam={"text": "Jan Voorbeeld"})
    made = strip(words(), words(), known)

    assert "Voorbeeld" not in str(replace(made, contact="")).replace("Voorbeeldstad", "")
    assert made.day == "maandag 21 december 2026"
    assert [week.left for week in made.weeks] == ["Nog 3 weken", "Nog 2 weken", "Nog 1 week", "Uw laatste dag"]


DOUBTED = replace(PLACE, is_clock_doubtful=True)


def test_a_clock_in_doubt_counts_no_days_from_today_on_the_result_page(store: FakeCaseStore) -> None:
    clock = FakeClock()
    filing = Filing(Intake(store, FakeSealer()), library(), texts_of, DOUBTED, clock, "bieb-01")
    shown = " ".join(until_result(Citizen(filing=filing, clock=clock, place=DOUBTED), DECISION).notices)

    assert "Uw laatste dag: maandag 21 december 2026" in shown, "six weeks after the day in the letter is no guess"
    assert "Dat is over" not in shown
    assert "Dit apparaat weet de datum niet zeker." in shown


def test_a_clock_in_doubt_puts_no_day_of_its_own_on_the_strip() -> None:
    known = journey("brief", woorden={"choices": "besluit"}, datum=NINTH)
    doubting = replace(words(), place=DOUBTED)
    made = strip(doubting, doubting, known)

    assert (made.date_line, made.weeks) == ("Dit apparaat weet de datum niet zeker.", ())
    assert made.day == "maandag 21 december 2026"


def test_a_last_day_that_is_counted_from_a_doubtful_today_is_words() -> None:
    known = journey("brief", woorden={"choices": "besluit"}, datum=NINTH)
    from_today = replace(known.definition.last_days[-1], when=(), term=Term(weeks=4))
    known = Journey(replace(known.definition, last_days=(from_today,)), known.answers, TODAY)
    doubting = replace(words(), place=DOUBTED)
    made = strip(doubting, doubting, known)

    assert made.day == "de dag die de gemeente noemt"
    assert "2026" not in f"{made.until} {made.date_line}"
    assert "Uw laatste dag" in whole_text(strip_pdf(made, Paper.A4))
    assert "de dag die de gemeente noemt" in last_day_notice(doubting, known).title
    assert "2026" in last_day_notice(words(), known).title


def test_counts_at_most_twelve_weeks_and_none_that_are_gone() -> None:
    assert len(weeks(words(), TODAY, date(2027, 11, 24))) == 13
    assert weeks(words(), TODAY, date(2026, 11, 20)) == ()
    assert [week.left for week in weeks(words(), TODAY, TODAY)] == ["Uw laatste dag"]


# -- letters -----------------------------------------------------------------------------------------------------------


def test_says_that_it_is_no_objection_yet_on_screen_and_receipt_and_prints_the_letter(
    citizen: Citizen, store: FakeCaseStore
) -> None:
    citizen.open("brief").go_on().answer_all({**DECISION, "wens": {"choice": "samen"}}).go_on()

    wanted = (
        "Dit is nog geen bezwaar. Wij printen een brief. Zet uw handtekening. "
        "Stuur hem voor maandag 21 december 2026 naar het adres in uw brief."
    )
    assert any(wanted in notice for notice in citizen.notices)
    assert citizen.receipt is not None
    assert wanted in citizen.receipt.texts.effect
    assert "maandag 21 december 2026" in citizen.receipt.texts.dates
    citizen.press("letter.print:bezwaar")
    effect = citizen.effects[-1]
    assert isinstance(effect, PrintLetter)
    assert effect.order is citizen.orders[0]
    assert "Uw papier komt eraan." in citizen.notices
    citizen.navigator.sheet_printed(effect, "printed")
    assert "Uw papier is klaar. Neem het mee." in citizen.notices


def test_offers_no_letter_to_who_does_not_object(citizen: Citizen) -> None:
    answers = {**DECISION, "bezwaar-maken": {"choice": "nee"}, "wens": {"choice": "samen"}}
    citizen.open("brief").go_on().answer_all(answers).go_on()

    assert not any(button.startswith("letter.print") for button in citizen.buttons())
    citizen.press("letter.print:bezwaar")
    assert not any(isinstance(effect, PrintLetter) for effect in citizen.effects)


def test_a_person_makes_the_letter_when_there_is_no_printer(citizen: Citizen) -> None:
    citizen.place = replace(PLACE, has_printer=False)
    citizen.open("brief").go_on().answer_all({**DECISION, "wens": {"choice": "samen"}}).go_on()

    assert any("Een mens maakt de brief met u." in notice for notice in citizen.notices)


def test_fills_in_what_was_said_and_leaves_a_line_for_what_was_not() -> None:
    known = journey(
        "brief",
        afzender={"choice": "uwv"},
        woorden={"choices": "besluit"},
        datum=NINTH,
        **{"bezwaar-maken": {"choice": "ja"}},
        naam={"text": "Fatima Jansen"},
        bereiken={"choice": "post"},
        postadres={"postcode": "1234ab", "number": "12", "street": "Dorpsstraat", "city": "Voorbeeldstad"},
    )
    page = letter_page(words(), words(), known, known.letters[0])

    assert [row.value for row in page.sender] == ["Fatima Jansen", "Dorpsstraat 12", "1234 AB Voorbeeldstad", "", ""]
    assert page.addressee[0] == "UWV"
    assert page.subject.value == "bezwaar tegen uw besluit van 9 november 2026"
    unknown = journey(
        "brief",
        afzender=AnswerKind.UNKNOWN,
        woorden={"choices": "besluit"},
        datum=AnswerKind.UNKNOWN,
        bezwaar_maken={"choice": "ja"},
    )
    bare = letter_page(words(), words(), unknown, unknown.letters[0])
    assert bare.subject.value == "bezwaar tegen uw besluit van ..."
    assert bare.addressee[0] == "..."
    assert "6 weken" in bare.told[0]


def test_an_answer_cannot_pretend_to_be_a_field_of_the_letter() -> None:
    known = journey("fout", organisatie={"choice": "gemeente"}, helpt={"text": "{naam} {date} ..."})
    klacht = next(letter for letter in known.letters if letter.id == "klacht")
    page = letter_page(words(), words(), known, klacht)

    assert any("{naam} {date}" in line for line in page.body)


@pytest.mark.parametrize(
    ("service_id", "letter_id", "answers"),
    [
        (
            "brief",
            "bezwaar",
            {
                "afzender": {"choice": "gemeente"},
                "woorden": {"choices": "besluit"},
                "bezwaar-maken": {"choice": "ja"},
                "datum": NINTH,
            },
        ),
        ("toeslag", "bezwaar", {"wens": {"choices": "bezwaar"}, "datum": NINTH}),
        ("fout", "klacht", {"organisatie": {"choice": "gemeente"}}),
        ("fout", "bezwaar", {"besluit": {"choice": "ja"}, "besluit-datum": NINTH}),
        (
            "machtigen",
            "machtiging",
            {
                "kiezen": {"choice": "ik-zelf"},
                "helper": {"choice": "familie"},
                "waarvoor": {"choices": "gemeente brieven belasting uitkering zorg wonen bellen"},
                "hoe-lang": {"choice": "tot-ik-stop"},
            },
        ),
    ],
)
@pytest.mark.parametrize("language", ["nl", "qps"])
def test_every_letter_is_one_page_to_send(
    service_id: str, letter_id: str, answers: dict[str, dict[str, str]], language: str
) -> None:
    known = journey(service_id, **answers)
    letter = next(found for found in known.letters if found.id == letter_id)
    pages = page_texts(letter_pdf(letter_page(words(language), words(), known, letter)))

    assert "Handtekening" in pages[0]
    assert "Onderwerp" in pages[0]
    assert "{" not in "".join(pages)
    assert not any("Handtekening Naam" in page for page in pages[1:])


def test_nobody_who_cannot_choose_is_asked_to_sign() -> None:
    assert journey("machtigen", kiezen={"choice": "kan-niet"}).letters == ()
    assert journey("machtigen", kiezen={"choice": "rechter"}).letters == ()


# -- the phone card and practising a call ------------------------------------------------------------------------------


def cards(citizen: Citizen) -> dict[str, Card]:
    return {card.id: card for part in citizen.view.parts if isinstance(part, Columns) for card in part.cards}


def test_prints_and_says_the_phone_card_from_the_page_of_a_service(citizen: Citizen) -> None:
    citizen.open("brief").press("service.phone_card").press("phone_card.print").press("phone_card.hear")

    assert [type(effect) for effect in citizen.effects] == [PrintPhoneCard, SayParts]
    assert "Uw papier komt eraan." in citizen.notices


@pytest.mark.parametrize("service_id", [service.id for service in library().services])
def test_every_call_can_be_practised_from_the_first_to_the_last_line(service_id: str, citizen: Citizen) -> None:
    citizen.open(service_id).press("service.phone_card").press("phone_card.rehearse")
    lines = words().service(library().service(service_id), "phone_card").splitlines()

    for number, line in enumerate(lines, start=1):
        assert citizen.view.name == f"{service_id}.rehearse-{number}"
        assert cards(citizen)["you"].lines[0].text == line
        citizen.go_on()
    assert citizen.heading == "U hebt alles gezegd."
    assert citizen.go_on().view.name == f"{service_id}.service"
    assert citizen.effects == []


def test_goes_back_a_line_and_then_out_of_the_practice(citizen: Citizen) -> None:
    citizen.open("brief").press("phone_card.rehearse").go_on()

    assert citizen.press(BACK).view.name == "brief.rehearse-1"
    assert citizen.press(BACK).view.name == "brief.service"


def test_the_other_opens_with_the_name_of_the_municipality_and_asks_at_the_end(citizen: Citizen) -> None:
    citizen.open("brief").press("phone_card.rehearse")
    first = cards(citizen)["other"].lines[0].text
    for _ in range(5):
        citizen.press(NEXT)
    last = cards(citizen)["other"].lines[0].text

    assert "gemeente Voorbeeldstad" in first
    assert last == "Is het zo duidelijk? Kan ik nog iets voor u doen?"
    citizen.press("rehearse.hear_other")
    assert citizen.effects == [SayParts(("other",))]


def test_practises_from_the_confirmation_and_comes_back_to_the_number(citizen: Citizen) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    kept = citizen.view.name

    citizen.press("confirm.phone_card")
    assert citizen.view.name == "bel.phone-card"
    citizen.press("phone_card.rehearse").press(BACK)
    assert citizen.view.name == kept


def test_shows_and_prints_the_dutch_beside_another_language() -> None:
    card = phone_card(words("qps"), words(), library().service("brief"))

    assert card.lines[0].dutch.startswith("Goedemorgen.")
    assert card.lines[0].own
    assert card.lines[0].own != card.lines[0].dutch
    assert all(not line.own for line in phone_card(words(), words(), library().service("brief")).lines)


@pytest.mark.parametrize("sender", ["cjib", "rechtbank", "incasso"])
def test_prints_no_objection_where_the_law_has_another_road(sender: str) -> None:
    known = journey(
        "brief",
        afzender={"choice": sender},
        woorden={"choices": "besluit"},
        datum=NINTH,
        bezwaar_maken={"choice": "ja"},
    )

    assert known.letters == ()
