# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
""" "Hoe ver is mijn vraag?" from paper to answer: what is shown, what never is, and what can be done (C22, U04)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.case import CaseId, CaseState
from domain.follow_up import FollowUp, FollowUpKind, from_bytes
from domain.reference import new_reference
from domain.status_check import FoundCase, StatusOutcome, StatusReply
from domain.submission import Submission
from kiosk.adding import Adding
from kiosk.effects import AddToCase, AskStatus, Effect
from kiosk.navigator import Navigator
from kiosk.speech.reading import utterances
from kiosk.status_desk import CODE, NUMBER, REMIND, WITHDRAW, YES_WITHDRAW
from kiosk.view import NEXT, ErrorText, Pressed
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.status_book import SqliteStatusBook
from tests.fakes.clock import TUESDAY, FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import Citizen, texts_of
from tests.sync.samples import MARK, hand_in

CODE_ON_PAPER = "4711"


@dataclass
class Asker:
    """Somebody with a paper in hand, at a kiosk with a real store."""

    database: Database
    made: Submission
    citizen: Citizen
    effects: list[Effect] = field(default_factory=list)

    def open(self) -> Asker:
        self.citizen.press("start.status")
        return self

    def ask(self, number: str = "", code: str = CODE_ON_PAPER) -> Asker:
        self.citizen.type(NUMBER, number or self.made.header.reference).type(CODE, code)
        return self.press(NEXT)

    def press(self, button: str) -> Asker:
        book = SqliteStatusBook(self.database)
        navigator: Navigator = self.citizen.navigator
        for effect in navigator.handle(Pressed(button)):
            self.effects.append(effect)
            if isinstance(effect, AskStatus):
                reply = book.look_up(effect.reference, effect.status_code, self.citizen.clock.now())
                navigator.status_answered(reply)
            elif isinstance(effect, AddToCase):
                Adding(book, FakeSealer(), texts_of, self.citizen.clock).add(effect)
                navigator.added_to_case(effect.kind, is_kept=True)
        return self

    def now_is(self, state: CaseState, *, on: date | None = None, checked: bool = False) -> Asker:
        if on is not None:
            self.citizen.clock.advance(datetime.combine(on, TUESDAY.timetz()) - self.citizen.clock.now())
        with self.database.writing() as connection:
            claimed = "x" if state is CaseState.SENDING else ""
            connection.execute("UPDATE outbox SET state = ?, claimed_by = ?", (state, claimed))
            if checked:
                at = self.citizen.clock.now().isoformat()
                connection.execute("INSERT INTO case_news VALUES (?, '', ?, 0, ?)", (self.made.header.case_id, at, at))
        return self

    @property
    def said(self) -> str:
        return " ".join(utterance.text for utterance in utterances(self.citizen.view))

    @property
    def errors(self) -> list[str]:
        return [part.text for part in self.citizen.view.parts if isinstance(part, ErrorText)]

    def added(self) -> list[FollowUp]:
        rows = self.database.rows("SELECT sealed FROM follow_ups ORDER BY number")
        return [from_bytes(FakeSealer.opened(row["sealed"])) for row in rows]


@pytest.fixture
def asker(tmp_path: Path) -> Iterator[Asker]:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), FakeSealer())
        yield Asker(database, made, Citizen(clock=FakeClock())).open()


LATE = date(2026, 12, 2)  # promised: 1 December


def test_number_and_code_give_state_and_day(asker: Asker) -> None:
    asker.ask()

    assert asker.citizen.view.name == "status-found"
    assert asker.citizen.heading == "Uw vraag ligt nog hier."
    assert "U hoort van ons op dinsdag 1 december 2026 of eerder." in asker.said


def test_a_clock_in_doubt_says_words_and_no_day_and_claims_no_lateness(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED, on=LATE, checked=True)
    asker.citizen.navigator.place = replace(asker.citizen.place, is_clock_doubtful=True)
    asker.ask()

    assert "U hoort van ons op de dag die de gemeente noemt of eerder." in asker.said
    assert "Dit apparaat weet de datum niet zeker." in asker.said
    assert "2026" not in asker.said
    assert "te laat" not in asker.said


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.DRAFT])
def test_shows_no_name_no_answer_and_no_service_in_any_state(asker: Asker, state: CaseState) -> None:
    asker.now_is(state).ask()
    shown = repr(asker.citizen.view)

    assert asker.citizen.heading == texts_of("nl").tr(f"status.{state.value}.title")
    for secret in (MARK, CODE_ON_PAPER, "erhuiz", asker.made.header.case_id, "+316"):
        assert secret not in shown


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.DRAFT])
def test_never_says_sent_before_the_case_system_said_so(asker: Asker, state: CaseState) -> None:
    asker.now_is(state).ask()
    has_receipt = state in (CaseState.DELIVERED, CaseState.IN_PROGRESS, CaseState.DONE)

    assert "verstuurd" not in asker.said.lower()
    assert ("De gemeente heeft uw vraag." in asker.said) is (state is CaseState.DELIVERED)
    if not has_receipt:
        assert "gemeente werkt" not in asker.said
        assert "Er is antwoord" not in asker.said


def test_number_and_code_are_forgotten_once_they_were_right(asker: Asker) -> None:
    asker.ask().citizen.go_back()

    assert asker.citizen.view.name == "status"
    assert CODE_ON_PAPER not in repr(asker.citizen.view)
    assert asker.made.header.reference not in repr(asker.citizen.view)


def test_a_code_in_other_digits_and_a_number_in_small_letters_are_read(asker: Asker) -> None:
    asker.ask(asker.made.header.reference.lower().replace("-", " "), "٤٧١١")

    assert asker.citizen.view.name == "status-found"


def test_five_wrong_codes_lock_and_a_person_is_offered(asker: Asker) -> None:
    for left in (4, 3, 2, 1):
        asker.ask(code="0000")
        assert asker.errors == [f"Deze code hoort niet bij dit nummer. U kunt het nog {left} keer proberen."]
    asker.ask(code="0000")

    assert asker.citizen.view.name == "status-locked"
    assert "14 000" in asker.said


def test_a_slip_in_the_number_asks_the_store_nothing(asker: Asker) -> None:
    asker.ask("K473-93FM-0W52-P0")

    assert asker.errors == ["Kijk nog eens naar teken 10. Dat teken staat nooit in een nummer."]
    assert not [effect for effect in asker.effects if isinstance(effect, AskStatus)]


def test_an_empty_page_says_of_both_fields_what_to_do(asker: Asker) -> None:
    asker.press(NEXT)

    assert asker.errors == ["Vul uw nummer in. Het staat op uw papier.", "Vul de 4 cijfers van uw code in."]
    assert asker.citizen.view.focus == NUMBER


def test_a_number_of_another_place_leads_to_a_person(asker: Asker) -> None:
    asker.ask(new_reference())

    assert asker.citizen.view.name == "status-unknown"
    assert "Bel 14 000" in asker.said


def test_offline_past_the_day_it_says_what_it_does_not_know(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED, on=LATE).ask()

    assert "De dag is voorbij. Dit apparaat weet niet of er antwoord is. Bel 14 000." in asker.said
    assert "Wij zijn te laat" not in asker.said
    assert REMIND not in asker.citizen.buttons()


def test_known_to_be_late_it_is_our_fault_and_one_tap_reminds(asker: Asker) -> None:
    asker.now_is(CaseState.IN_PROGRESS, on=LATE, checked=True).ask()
    assert "Wij zijn te laat. Dat is onze fout." in asker.said
    order = [asker.said.index(words) for words in ("Herinner de gemeente", "klacht", "ombudsman")]
    assert order == sorted(order)
    asker.press(REMIND).press(REMIND)

    (reminder,) = asker.added()
    assert (reminder.header.kind, reminder.header.case_id) == (FollowUpKind.REMINDER, asker.made.header.case_id)
    assert reminder.text == (
        "De inwoner vroeg op 2 december 2026 waar het antwoord blijft. Het was beloofd voor 1 december 2026."
    )
    assert "Uw herinnering is bewaard." in asker.said
    assert REMIND not in asker.citizen.buttons()


def test_reminds_once_a_day_also_when_asked_again(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED, on=LATE, checked=True).ask().press(REMIND)
    asker.citizen.go_back()
    asker.ask()

    assert REMIND not in asker.citizen.buttons()
    asker.citizen.clock.advance(timedelta(hours=23))
    asker.citizen.go_back()
    assert REMIND in asker.ask().citizen.buttons()


def test_a_complaint_is_one_tap_away_when_we_are_late(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED, on=LATE, checked=True).ask().press("service:fout")

    assert asker.citizen.view.name.startswith("fout")


def test_withdrawing_asks_once_and_is_kept_with_who_said_it(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED).ask().press(WITHDRAW)
    assert asker.citizen.view.name == "status-withdraw"
    assert "boete" not in asker.said
    asker.press(YES_WITHDRAW)

    (withdrawal,) = asker.added()
    assert withdrawal.header.kind is FollowUpKind.WITHDRAWAL
    assert withdrawal.text == "De inwoner meldde dit zelf op 24 november 2026."
    assert "Dat is bewaard. Wij geven het door." in asker.said
    assert WITHDRAW not in asker.citizen.buttons()


def test_going_back_from_withdrawing_keeps_the_case_as_it_is(asker: Asker) -> None:
    asker.ask().press(WITHDRAW).press("bar.back")

    assert asker.citizen.view.name == "status-found"
    assert asker.added() == []


def test_a_store_that_cannot_be_asked_is_our_fault(asker: Asker) -> None:
    navigator = asker.citizen.type(NUMBER, asker.made.header.reference).type(CODE, CODE_ON_PAPER).navigator
    navigator.handle(Pressed(NEXT))
    navigator.status_answered(None)

    assert "Nakijken lukt nu niet. Dat ligt aan ons. Bel 14 000." in asker.said
    assert asker.ask().citizen.view.name == "status-found"


def test_what_could_not_be_added_can_be_tried_again_as_the_same_thing(asker: Asker) -> None:
    asker.now_is(CaseState.DELIVERED, on=LATE, checked=True).ask()
    (first,) = asker.citizen.navigator.handle(Pressed(REMIND))
    asker.citizen.navigator.added_to_case(FollowUpKind.REMINDER, is_kept=False)
    assert "Bewaren lukte niet. Dat ligt aan ons." in asker.said
    asker.press(REMIND)

    assert asker.effects[-1] == first


def test_what_was_typed_is_not_wiped_without_asking(asker: Asker) -> None:
    asker.citizen.type(NUMBER, "K4").press("bar.stop")

    assert asker.citizen.view.name == "stop"


def test_a_second_press_while_the_store_is_asked_does_nothing(asker: Asker) -> None:
    asker.citizen.type(NUMBER, asker.made.header.reference).type(CODE, CODE_ON_PAPER)
    navigator = asker.citizen.navigator

    assert [len(navigator.handle(Pressed(NEXT))) for _ in range(3)] == [1, 0, 0]


def test_an_answer_that_comes_when_the_visitor_has_gone_on_moves_nobody(asker: Asker) -> None:
    asker.citizen.type(NUMBER, asker.made.header.reference).type(CODE, CODE_ON_PAPER)
    asker.citizen.navigator.handle(Pressed(NEXT))
    asker.citizen.press("bar.human")
    case = FoundCase(CaseId("x"), "y", "bel", 1, CaseState.PENDING, LATE)
    asker.citizen.navigator.status_answered(StatusReply(StatusOutcome.FOUND, case))

    assert asker.citizen.view.name == "human"
