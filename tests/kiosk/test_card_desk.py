# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a citizen meets the ID reader: every stage and ending, typing one press away, and nothing left behind."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from datetime import date

import pytest

from domain.answers import Origin
from domain.document_seen import SeenCheck, SeenKind
from domain.intake import Intake
from domain.submission import from_bytes
from i18n.texts import Texts
from kiosk.card_page import AGAIN, CAN, KIND, LAY, OTHER_KEY, TYPE, USE, CardPage, Stage
from kiosk.devices.emrtd.document import Can, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.effects import EndVisit, ReadCard, StopCard
from kiosk.filing import Filing
from kiosk.screens.card import card_view
from kiosk.view import (
    BACK,
    HUMAN,
    LANGUAGE,
    LEAVE,
    NEXT,
    STOP,
    AnswerRows,
    Button,
    ButtonRow,
    Chose,
    Drawing,
    ErrorText,
    Field,
    FieldRow,
    Notice,
    Pressed,
    Sketch,
    View,
    Weight,
)
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of
from tests.kiosk.card_visits import GENUINE, HELD, WILLEKE, at_question, ended, laid, reading

BSN = "999990019"  # a published test number
FAILED = tuple(state for state in CardState if state not in (CardState.DONE, CardState.UNTRUSTED_ISSUER))


def answer(citizen: Citizen, question_id: str) -> tuple[dict[str, str], Origin]:
    found = citizen.navigator.journey.answers.get(question_id)
    assert found is not None
    return dict(found.fields), found.origin


def fields_on(view: View) -> dict[str, str]:
    rows = [part.fields for part in view.parts if isinstance(part, FieldRow)]
    alone = [part for part in view.parts if isinstance(part, Field)]
    return {field.id: field.text for field in (*alone, *(field for row in rows for field in row))}


# -- the way in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question_id", ["naam", "geboortedatum"])
def test_offers_the_card_beside_the_field_where_a_reader_is(question_id: str) -> None:
    citizen = at_question(question_id)

    row = citizen.part("card")

    assert isinstance(row, ButtonRow)
    assert row.fills
    assert [button.text for button in row.buttons] == ["Leg uw kaart neer"]
    assert fields_on(citizen.view)  # typing stays where it was


def test_says_nothing_of_a_card_where_no_reader_is() -> None:
    citizen = Citizen().open("bel").go_on()
    for _ in range(30):
        assert LAY not in citizen.buttons()
        if citizen.view.name == "bel.naam":
            break
        citizen.dont_know()
    else:
        pytest.fail("the question never came")
    citizen.press(LAY)
    assert citizen.view.name == "bel.naam"


def test_fills_in_nobody_but_who_lays_the_card_down() -> None:
    """A case for somebody else: the document is of who asks, and not of the person it is about."""
    citizen = Citizen(place=replace(PLACE, has_id_reader=True)).open("afvalpas").go_on()
    asked = []
    for _ in range(60):
        name = citizen.view.name.partition(".")[2]
        if LAY in citizen.buttons():
            asked.append(name)
        if name == "check":
            break
        if name == "voor-wie":
            citizen.choose("iemand-anders").go_on()
        elif "offer.unknown" in citizen.buttons():
            citizen.dont_know()
        else:
            citizen.go_on()

    assert asked == ["naam", "geboortedatum"]


# -- what lies there, and its key --------------------------------------------------------------------------------------


def test_asks_which_document_it_is_and_never_goes_on_by_itself() -> None:
    citizen = at_question().press(LAY)
    assert citizen.view.name == "card-kind"

    citizen.navigator.handle(Chose(KIND, "passport"))
    assert citizen.view.name == "card-kind"

    citizen.go_on()
    assert citizen.view.name == "card-lines"


def test_explains_kindly_when_nothing_was_chosen() -> None:
    citizen = at_question().press(LAY).go_on()

    assert citizen.view.name == "card-kind"
    assert any(isinstance(part, ErrorText) for part in citizen.view.parts)


@pytest.mark.parametrize("kind", [DocumentKind.ID_CARD, DocumentKind.RESIDENCE_PERMIT])
def test_asks_six_digits_of_a_card_and_shows_where_they_stand(kind: DocumentKind) -> None:
    view = laid(kind).view

    assert list(fields_on(view)) == [CAN]
    assert [part.sketch for part in view.parts if isinstance(part, Drawing)] == [Sketch.CARD_NUMBER]


def test_asks_number_and_dates_of_a_card_without_that_number() -> None:
    citizen = laid().press(OTHER_KEY)
    assert len(fields_on(citizen.view)) == 7

    citizen.press(OTHER_KEY)
    assert list(fields_on(citizen.view)) == [CAN]


def test_reads_with_the_key_that_was_typed() -> None:
    citizen = reading(DocumentKind.PASSPORT)

    assert citizen.effects[-1] == ReadCard(MrzKey("SPECI2014", "650310", "310309"))
    assert citizen.view.name == "card-reading"


def test_takes_the_month_from_its_list() -> None:
    citizen = laid(DocumentKind.PASSPORT)
    citizen.navigator.handle(Chose("card.birth.month", "3"))
    citizen.navigator.handle(Chose("card.expiry.month", "12"))

    assert fields_on(citizen.view)["card.birth.month"] == "3"
    assert fields_on(citizen.view)["card.expiry.month"] == "12"


def test_says_what_to_do_about_a_key_that_cannot_be_right() -> None:
    citizen = laid().type(CAN, "123").go_on()

    assert citizen.view.name == "card-number"
    assert "Typ de 6 cijfers van de voorkant." in [p.text for p in citizen.view.parts if isinstance(p, ErrorText)]
    assert not [effect for effect in citizen.effects if isinstance(effect, ReadCard)]


def test_takes_a_bsn_out_of_the_number_of_a_document() -> None:
    citizen = laid(DocumentKind.PASSPORT).type("card.number", BSN + " ")

    assert BSN not in repr(citizen.view)
    assert any("burgerservicenummer" in p.text.lower() or "bsn" in p.text.lower() for p in _errors(citizen))


def _errors(citizen: Citizen) -> list[ErrorText]:
    return [part for part in citizen.view.parts if isinstance(part, ErrorText)]


def test_reads_with_the_lines_that_a_reader_typed() -> None:
    citizen = at_question().press(LAY)

    effects = citizen.navigator.card_desk.swiped(MrzKey("SPECI2014", "650310", "310309"))

    assert effects == (ReadCard(MrzKey("SPECI2014", "650310", "310309")),)
    assert citizen.view.name == "card-reading"


def test_asks_to_type_when_the_lines_came_badly() -> None:
    citizen = laid()

    assert citizen.navigator.card_desk.swiped(None) == ()
    assert citizen.view.name == "card-lines"
    assert _errors(citizen)


def test_hears_no_lines_where_nobody_asked_for_them() -> None:
    citizen = at_question()

    assert citizen.navigator.card_desk.swiped(MrzKey("SPECI2014", "650310", "310309")) == ()
    assert citizen.view.name == "bel.naam"


# -- reading -----------------------------------------------------------------------------------------------------------


def test_tells_each_step_in_words() -> None:
    citizen = reading()
    told = []
    for step in Step:
        citizen.navigator.card_desk.progressed(Progress(step, 0.5))
        told.append(citizen.notices[0])

    assert len(set(told)) == len(Step)
    assert told[-1].endswith("Stap 4 van 4.")


def test_says_that_two_cards_lie_there() -> None:
    citizen = reading()
    citizen.navigator.card_desk.presence_changed(Presence.TWO_CARDS)
    assert "twee kaarten" in citizen.notices[0]

    citizen.navigator.card_desk.presence_changed(Presence.CARD)
    assert "twee kaarten" not in citizen.notices[0]


@pytest.mark.parametrize("button", [TYPE, BACK])
def test_stops_reading_at_once_when_asked(button: str) -> None:
    citizen = reading().press(button)

    assert citizen.effects[-1] == StopCard()
    assert citizen.view.name == ("bel.naam" if button == TYPE else "card-number")


def test_takes_nothing_from_a_reading_that_was_stopped() -> None:
    citizen = reading().press(TYPE)
    citizen.navigator.card_desk.done(GENUINE)

    assert citizen.view.name == "bel.naam"
    assert citizen.navigator.card_desk.page == CardPage()


# -- what it came to ---------------------------------------------------------------------------------------------------


def test_shows_what_would_be_used_before_it_is_used() -> None:
    citizen = ended()

    assert citizen.heading == "Dit is een echt document"
    assert citizen.rows == {"Uw naam": "Willeke Liselotte de Bruijn", "Uw geboortedatum": "10 maart 1965"}
    assert citizen.navigator.journey.answers.get("naam") is None


def test_makes_using_and_typing_equally_large() -> None:
    row = ended().part("choice")

    assert isinstance(row, ButtonRow)
    assert row.fills
    assert [button.id for button in row.buttons] == [USE, TYPE]
    assert row.buttons[0].weight is Weight.PRIMARY


def test_fills_in_name_and_birth_date_with_where_they_come_from() -> None:
    citizen = ended().press(USE)

    assert citizen.view.name == "bel.naam"
    assert fields_on(citizen.view) == {"text": "Willeke Liselotte de Bruijn"}
    assert answer(citizen, "naam") == ({"text": "Willeke Liselotte de Bruijn"}, Origin.CHIP)
    assert answer(citizen, "geboortedatum") == ({"day": "10", "month": "3", "year": "1965"}, Origin.CHIP)
    citizen.go_on()
    assert fields_on(citizen.view) == {"day": "10", "month": "3", "year": "1965"}


def test_fills_in_nothing_when_the_visitor_types_instead() -> None:
    citizen = ended().press(TYPE)

    assert citizen.view.name == "bel.naam"
    assert citizen.navigator.journey.answers.get("naam") is None
    assert citizen.navigator.card_desk.seen is None


def test_fills_in_from_the_birth_date_too() -> None:
    citizen = ended(question_id="geboortedatum").press(USE)

    assert citizen.view.name == "bel.geboortedatum"
    assert answer(citizen, "naam")[1] is Origin.CHIP
    assert answer(citizen, "geboortedatum")[1] is Origin.CHIP


def test_makes_an_answer_the_visitors_own_once_it_is_changed() -> None:
    citizen = ended().press(USE).type("text", "Willeke Liselotte de Bruijn-Jansen").go_on()

    assert answer(citizen, "naam")[1] is Origin.SELF
    assert answer(citizen, "geboortedatum")[1] is Origin.CHIP


def test_says_whose_answer_it_is_on_the_check_page() -> None:
    citizen = ended().press(USE).go_on().answer_all()

    assert "Willeke Liselotte de Bruijn" in citizen.rows.values()
    from_chip = [asked for asked, said in citizen.rows.items() if said == "Willeke Liselotte de Bruijn"]
    assert from_chip == [Texts("nl").tr("check.origin.chip", question="Hoe heet u?")]


def test_leaves_an_unknown_birth_date_to_the_visitor() -> None:
    born_somewhen = replace(GENUINE, document=replace(WILLEKE, birth_date="1965-00-00"))
    citizen = ended(born_somewhen)
    assert list(citizen.rows) == ["Uw naam"]
    assert isinstance(citizen.part("no_birth"), Notice)

    citizen.press(USE)
    assert citizen.navigator.journey.answers.get("geboortedatum") is None


@pytest.mark.parametrize(
    ("found", "part_id"),
    [(replace(WILLEKE, is_expired=True), "expired"), (replace(WILLEKE, is_cut_off=True), "signs")],
)
def test_remarks_kindly_on_what_is_special(found: Document, part_id: str) -> None:
    citizen = ended(replace(GENUINE, document=found))

    assert citizen.heading == "Dit is een echt document"
    assert citizen.part(part_id).id == part_id


@pytest.mark.parametrize(
    "found",
    [
        Reading(CardState.UNTRUSTED_ISSUER, WILLEKE),
        Reading(CardState.UNTRUSTED_ISSUER, WILLEKE, HELD),
        Reading(CardState.DONE, WILLEKE, Checks(passive=Verdict.NOT_CHECKED)),
    ],
)
def test_uses_what_could_not_be_checked_and_says_so(found: Reading) -> None:
    citizen = ended(found)
    assert citizen.heading == "Wij konden dit niet controleren"

    citizen.press(USE)
    assert answer(citizen, "naam")[1] is Origin.CHIP
    assert citizen.navigator.card_desk.seen is None  # nobody is told that it was found in order


@pytest.mark.parametrize("state", [CardState.PASSIVE_FAILED, CardState.CLONE_SUSPECTED])
def test_uses_nothing_of_a_document_that_may_be_false_and_accuses_nobody(state: CardState) -> None:
    citizen = ended(Reading(state, WILLEKE, Checks(passive=Verdict.FAILED)))

    assert citizen.heading == "Vraag de balie om hulp"
    assert "bruijn" not in repr(citizen.navigator.card_desk.page).lower()
    assert "Bruijn" not in repr(citizen.view)
    assert USE not in citizen.buttons()
    said = repr(citizen.view).lower()
    assert not [word for word in ("vals", "nep", "kopie", "fraude", "verdacht", "gestolen") if word in said]


def test_uses_nothing_where_a_check_failed_whatever_the_state_says() -> None:
    citizen = ended(Reading(CardState.DONE, WILLEKE, Checks(passive=Verdict.HELD, active=Verdict.FAILED)))

    assert USE not in citizen.buttons()


@pytest.mark.parametrize("state", FAILED)
def test_has_words_and_a_way_on_for_every_ending(state: CardState) -> None:
    citizen = ended(Reading(state))
    name, heading, text = citizen.view.name, citizen.heading, citizen.text

    assert name == f"card-{state.value.replace('_', '-')}"
    assert heading
    assert text
    assert TYPE in citizen.buttons()
    assert HUMAN in citizen.buttons()
    assert citizen.press(TYPE).view.name == "bel.naam"


def test_gives_every_ending_its_own_words() -> None:
    said = {(ended(Reading(state)).heading, ended(Reading(state)).text) for state in FAILED}

    assert len(said) == len(FAILED)


def test_says_so_when_there_is_no_name_on_the_chip() -> None:
    citizen = ended(replace(GENUINE, document=replace(WILLEKE, surname="", given_names="")))

    assert citizen.view.name == "card-unsupported-card"


# -- another try -------------------------------------------------------------------------------------------------------


def test_keeps_what_was_typed_for_another_try() -> None:
    citizen = ended(Reading(CardState.CARD_REMOVED)).press(AGAIN)
    assert fields_on(citizen.view) == {CAN: "123456"}

    citizen.go_on()
    assert citizen.effects[-1] == ReadCard(Can("123456"))


def test_asks_the_card_once_for_each_thing_that_was_typed() -> None:
    citizen = ended(Reading(CardState.WRONG_KEY, tries_left=2)).press(AGAIN)
    before = len(citizen.effects)

    citizen.go_on()
    assert citizen.view.name == "card-number"
    assert [error.text for error in _errors(citizen)] == ["Dit paste net niet bij uw kaart. Kijk nog eens goed."]
    assert len(citizen.effects) == before

    citizen.type(CAN, "123457").go_on()
    assert citizen.effects[-1] == ReadCard(Can("123457"))


@pytest.mark.parametrize(("left", "told"), [(2, "U kunt nog 2 keer proberen."), (1, "Dit is de laatste keer.")])
def test_warns_before_the_counter_of_the_card_runs_out(left: int, told: str) -> None:
    citizen = ended(Reading(CardState.WRONG_KEY, tries_left=left))
    assert any(notice.startswith(told) for notice in citizen.notices)
    assert citizen.view.focus == (TYPE if left == 1 else AGAIN)

    citizen.press(AGAIN)
    assert any(notice.startswith(told) for notice in citizen.notices)


def test_offers_no_other_try_when_the_chip_is_locked() -> None:
    for found in (Reading(CardState.WRONG_KEY, tries_left=0), Reading(CardState.BLOCKED)):
        citizen = ended(found)
        assert AGAIN not in citizen.buttons()
        assert citizen.press(AGAIN).view.name != "card-number"


def test_asks_anew_what_lies_there_after_a_card_that_is_no_document() -> None:
    assert ended(Reading(CardState.UNSUPPORTED_CARD)).press(AGAIN).view.name == "card-kind"


# -- going elsewhere ---------------------------------------------------------------------------------------------------


def test_goes_back_stage_by_stage_to_the_question() -> None:
    citizen = reading()
    passed = [citizen.go_back().view.name for _ in range(3)]

    assert passed == ["card-number", "card-kind", "bel.naam"]


@pytest.mark.parametrize("aside", [LANGUAGE, HUMAN, STOP])
def test_comes_back_to_the_card_from_what_is_beside_it(aside: str) -> None:
    citizen = reading().press(aside)
    assert not citizen.view.name.startswith("card")

    citizen.navigator.card_desk.done(GENUINE)
    citizen.go_back()
    assert citizen.view.name == "card-read"
    assert citizen.go_back().view.name == "bel.naam"


def test_leaves_nothing_behind_when_the_visitor_goes_to_another_service() -> None:
    citizen = reading().press(HUMAN).press("service:brief")

    assert citizen.effects[-1] == StopCard()
    assert citizen.navigator.card_desk.page == CardPage()
    for _ in range(40):
        assert not citizen.view.name.startswith("card")
        citizen.go_back()


def test_asks_before_what_was_read_is_wiped() -> None:
    assert ended().navigator.has_something_typed
    assert laid().type(CAN, "1").navigator.has_something_typed


def test_ends_at_once_when_somebody_leaves_in_a_hurry() -> None:
    citizen = reading().press(LEAVE)

    assert isinstance(citizen.has_ended, EndVisit)


def test_keeps_no_key_once_the_card_is_left() -> None:
    citizen = ended(Reading(CardState.WRONG_KEY, tries_left=2)).press(TYPE)

    assert citizen.navigator.card_desk.page == CardPage()
    assert not citizen.navigator.card_desk._refused


def test_keeps_of_a_reading_only_what_is_used() -> None:
    """Neither the reading nor its document is anywhere in the visit, the moment it ended."""
    found = ended().navigator.card_desk.page.found
    assert found is not None

    assert {field.name for field in fields(found)} == {
        "kind",
        "name",
        "birth_date",
        "checks",
        "is_expired",
        "is_cut_off",
    }
    assert found.birth_date == date(1965, 3, 10)
    assert b"2031" not in pickle.dumps(found)


# -- what staff are told -----------------------------------------------------------------------------------------------


def _filing(store: FakeCaseStore) -> Filing:
    return Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, FakeClock(), "bieb-01")


def test_tells_the_counter_that_a_document_was_seen() -> None:
    store = FakeCaseStore()
    citizen = at_question(filing=_filing(store)).press(LAY)
    citizen.navigator.handle(Chose(KIND, "id_card"))
    citizen.go_on().type(CAN, "123456").go_on()
    citizen.navigator.card_desk.done(GENUINE)
    citizen.press(USE).go_on().go_on().answer_all().go_on()

    order = citizen.orders[-1]
    assert order.document_seen is not None
    assert order.document_seen.kind is SeenKind.ID_CARD
    assert order.document_seen.checks == (SeenCheck.SIGNATURE, SeenCheck.CHIP)
    assert citizen.receipt is not None
    (sealed,) = store.shared.sealed.values()
    submission = from_bytes(FakeSealer.opened(sealed))
    assert submission.document_seen == order.document_seen
    assert {line.question_id: line.origin for line in submission.lines if line.origin == "chip"} == {
        "naam": "chip",
        "geboortedatum": "chip",
    }


def test_tells_the_counter_nothing_when_nothing_of_it_is_left_among_the_answers() -> None:
    citizen = ended().press(USE).type("text", "Iemand Anders").go_on()
    citizen.type("day", "1").type("month", "1").type("year", "1970").go_on()

    assert citizen.navigator.new_order().document_seen is None


def test_shows_the_same_for_the_same_page() -> None:
    citizen = reading()
    words, journey, page = citizen.navigator.words, citizen.navigator.journey, citizen.navigator.card_desk.page

    assert page.stage is Stage.READING
    assert card_view(words, journey, page) == card_view(words, journey, page)


def test_reaches_every_screen_of_a_card_by_press_alone() -> None:
    """Nothing on these screens waits for a hover, a drag or a time."""
    citizen = at_question()
    for event in (Pressed(LAY), Chose(KIND, "id_card"), Pressed(NEXT)):
        citizen.navigator.handle(event)
    assert all(isinstance(button, Button) for button in citizen.buttons().values())
    assert not [part for part in citizen.view.parts if isinstance(part, AnswerRows)]
