# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visitor with a helper, without a window: asked, refused, taken back, and whose each answer is to the end."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from domain.answers import Answer, Origin
from domain.consent import ConsentKind, Decision
from domain.intake import Intake
from domain.journey import FLAGGED
from domain.promise import due_date
from domain.staff import Role
from domain.submission import from_bytes
from domain.together import HelpState
from kiosk.filing import Filing
from kiosk.screens.consent import ANSWER, NO, STOP_HELP, YES
from kiosk.together.masking import DOTS, masked
from kiosk.view import HUMAN, AnswerRows, ButtonRow, Chose, Field, FieldRow, Heading, Pictures, Preferences, Typed
from resources.helper_sight import helper_sight
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

ADDRESS = {"postcode": "1234AB", "number": "7", "street": "Wilgenlaan", "city": "Voorbeeldstad"}


@dataclass
class Two:
    """A visitor who moves house, and a helper."""

    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.store = FakeCaseStore()
        filing = Filing(Intake(self.store, FakeSealer()), library(), texts_of, PLACE, self.clock, "bieb-01")
        self.citizen = Citizen(filing, clock=self.clock)
        self.desk = self.citizen.navigator.consent_desk
        self.desk.hidden = helper_sight()

    def meet(self, *, is_on_one_screen: bool = False) -> Two:
        self.citizen.press(HUMAN).go_back()
        self.desk.joined(Role.HELPER, is_on_one_screen=is_on_one_screen)
        return self

    def go_to(self, question_id: str, service_id: str = "verhuizen") -> Two:
        citizen = self.citizen.open(service_id).go_on()
        for _ in range(80):
            if citizen.navigator.asked_id == question_id:
                return self
            if self.desk.asking is not None:
                citizen.press(NO)
            elif "offer.unknown" in citizen.buttons():
                citizen.dont_know()
            else:
                citizen.go_on()
        raise AssertionError(citizen.view.name)

    def helper_fills(self, fields: dict[str, str] = ADDRESS) -> bool:
        done = [self.citizen.navigator.handle_from_helper(Typed(name, text)) for name, text in fields.items()]
        return all(effects is not None for effects in done)

    def says_yes(self, kind: ConsentKind = ConsentKind.IDENTITY) -> Two:
        assert self.desk.ask(kind)
        self.citizen.press(YES)
        return self

    def answer(self, question_id: str) -> Answer | None:
        return self.citizen.navigator.journey.answers.get(question_id)


@pytest.fixture
def two() -> Two:
    return Two()


def test_refuses_the_helper_without_consent_and_changes_nothing(two: Two) -> None:
    two.meet().go_to("adres")
    before = two.citizen.view
    assert not two.helper_fills()
    assert two.citizen.navigator.handle_from_helper(Chose("answer", "x")) is None
    assert two.citizen.view == before


def test_opens_one_kind_and_no_other(two: Two) -> None:
    two.meet().go_to("adres").says_yes(ConsentKind.CONTACT)
    assert not two.helper_fills()
    two.says_yes()
    assert two.helper_fills()


def test_asks_in_three_pictures_and_changes_the_order_each_time(two: Two) -> None:
    two.meet().go_to("adres")
    orders = []
    for _ in range(4):
        assert two.desk.ask(ConsentKind.IDENTITY)
        view = two.citizen.view
        assert isinstance(view.parts[0], Heading)
        pictures = next(part for part in view.parts if isinstance(part, Pictures))
        assert len(pictures.pictures) == 3
        row = next(part for part in view.parts if isinstance(part, ButtonRow) and part.id == ANSWER)
        assert row.fills
        assert len({(button.weight, button.tone) for button in row.buttons}) == 1
        orders.append(row.buttons[0].id)
        two.citizen.press(NO)
    assert orders == [NO, YES, NO, YES]


def test_changes_nothing_behind_the_question(two: Two) -> None:
    two.meet().go_to("adres")
    two.citizen.type("street", "Wilgenlaan")
    before = two.citizen.view
    two.desk.ask(ConsentKind.IDENTITY)
    two.citizen.go_on()
    assert two.citizen.view.name == "consent.identity"
    two.citizen.press(NO)
    assert two.citizen.view == before
    assert two.citizen.dont_know().view.name != before.name


def test_has_the_way_back_on_every_screen_as_long_as_a_helper_is_there(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    for button in ("tool.language", "bar.back", "bar.human", "bar.back", "tool.sound", "bar.back"):
        assert STOP_HELP in two.citizen.buttons()
        two.citizen.press(button)
    two.citizen.press(STOP_HELP)
    assert STOP_HELP not in two.citizen.buttons()
    assert two.desk.help is HelpState.NONE
    assert not two.helper_fills()


def test_takes_back_what_the_helper_filled_in_and_leaves_the_visitors_own(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    assert two.helper_fills()
    two.citizen.go_on()
    while not (asked := two.citizen.navigator.asked_id):
        two.citizen.go_on()
    two.says_yes(ConsentKind.REST)
    two.citizen.dont_know()
    two.citizen.press(STOP_HELP)
    assert two.answer("adres") is None
    assert two.answer(asked) is not None
    assert [found.decision for found in two.desk.consents] == [
        Decision.GIVEN,
        Decision.GIVEN,
        Decision.WITHDRAWN,
        Decision.WITHDRAWN,
    ]


def test_leaves_what_the_visitor_went_over_himself(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    assert two.helper_fills()
    two.citizen.type("number", "9").go_on()
    found = two.answer("adres")
    assert found is not None
    assert found.origin is Origin.TOGETHER
    two.citizen.press(STOP_HELP)
    assert two.answer("adres") == found


def test_holds_for_this_helper_only(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    two.desk.joined(Role.COUNTER)
    assert not two.helper_fills()


def test_tells_the_sealed_case_and_its_staff_who_answered_and_what_was_allowed(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    assert two.helper_fills()
    two.citizen.go_on().answer_all()
    rows = next(part for part in two.citizen.view.parts if isinstance(part, AnswerRows)).rows
    assert [row.question for row in rows if "(de helper vulde dit in)" in row.question]
    two.citizen.go_on()
    assert two.citizen.receipt is not None
    submission = from_bytes(FakeSealer.opened(next(iter(two.store.shared.sealed.values()))))
    lines = {line.question_id: line for line in submission.lines}
    assert lines["adres"].origin == "helper"
    assert {line.origin for name, line in lines.items() if name != "adres"} == {"self"}
    consent = lines["consent.identity"]
    assert consent.given["decision"] == "given"
    assert consent.given["role"] == "helper"
    assert consent.answer.startswith("Ja. ")


def test_keeps_who_answered_when_an_answer_is_looked_at_again(two: Two) -> None:
    two.meet().go_to("adres").says_yes()
    assert two.helper_fills()
    two.citizen.go_on().go_back().go_on()
    found = two.answer("adres")
    assert found is not None
    assert found.origin is Origin.HELPER


def test_does_it_together_before_one_screen_once_the_visitor_agrees(two: Two) -> None:
    two.meet(is_on_one_screen=True)
    two.citizen.open("verhuizen").go_on()
    assert two.desk.asking is not None
    two.citizen.press(YES).choose("mijzelf").go_on()
    found = two.answer("voor-wie")
    assert found is not None
    assert found.origin is Origin.TOGETHER


def test_is_the_visitors_own_before_one_screen_after_a_no(two: Two) -> None:
    two.meet(is_on_one_screen=True)
    two.citizen.open("verhuizen").go_on().press(NO).choose("mijzelf").go_on()
    found = two.answer("voor-wie")
    assert found is not None
    assert found.origin is Origin.SELF
    assert two.desk.asking is None


def test_hides_health_even_after_a_yes(two: Two) -> None:
    two.meet().go_to("wat", "wmo").says_yes(ConsentKind.REST)
    two.citizen.choose("wassen")
    seen = masked(two.citizen.view, two.desk.sight)
    assert two.citizen.navigator.handle_from_helper(Chose("answer", "koken")) is None
    assert not any(getattr(part, "chosen", ()) for part in seen.parts)
    assert two.desk.kind is None


def test_shows_the_address_only_while_it_is_allowed(two: Two) -> None:
    two.meet().go_to("adres")
    two.citizen.type("street", "Wilgenlaan")
    assert _texts(two) == {DOTS}
    two.says_yes()
    assert "Wilgenlaan" in _texts(two)
    two.citizen.press(STOP_HELP)
    assert _texts(two) == {DOTS}


def test_records_that_it_was_read_aloud(two: Two) -> None:
    two.citizen.navigator.preferences = Preferences(is_reading=True)
    two.meet().go_to("adres").says_yes()
    assert [found.way.value for found in two.desk.consents] == ["read_aloud"]


def _texts(two: Two) -> set[str]:
    seen = masked(two.citizen.view, two.desk.sight)
    rows = [part.fields for part in seen.parts if isinstance(part, FieldRow)]
    alone = [part for part in seen.parts if isinstance(part, Field)]
    return {found.text for row in rows for found in row} | {found.text for found in alone}


def steps(two: Two) -> list[str]:
    return [step.question_id for step in two.desk.help_log.steps]


def test_logs_the_step_at_which_help_was_called_typed_or_pointed_at_and_no_other(two: Two) -> None:
    two.go_to("nieuw")
    two.meet()
    two.go_to("adres").says_yes()
    assert two.helper_fills()
    assert steps(two) == ["nieuw", "adres"]
    two.citizen.go_on().go_on()
    two.desk.stepped_in()
    assert steps(two) == ["nieuw", "adres", two.citizen.navigator.asked_id]


def test_logs_the_step_at_which_the_helper_took_over_at_the_kiosk_itself(two: Two) -> None:
    two.go_to("adres")
    two.desk.joined(Role.HELPER, is_on_one_screen=True)
    assert steps(two) == ["adres"]


def test_a_refused_key_is_no_help(two: Two) -> None:
    two.meet().go_to("adres")
    two.helper_fills()
    assert steps(two) == []


def test_a_flag_makes_what_is_sent_urgent_and_due_within_three_working_days(two: Two) -> None:
    two.meet().go_to("adres")
    assert two.desk.raise_flag("ontruiming")
    two.citizen.answer_all({})
    two.citizen.go_on()
    [kept] = two.store.shared.sealed.values()
    submission = from_bytes(FakeSealer.opened(kept))
    assert submission.is_urgent
    assert submission.promised_on == due_date(FLAGGED, two.citizen.navigator.today)
    assert "Een helper meldt haast: ontruiming." in submission.explanation
    assert two.citizen.receipt is not None
    assert two.citizen.receipt.promised_on == submission.promised_on
    assert "ontruiming" not in repr(two.citizen.receipt)


def test_takes_a_flag_from_a_helper_only_in_a_word_and_before_it_was_sent(two: Two) -> None:
    assert not two.desk.raise_flag("ontruiming")
    two.meet().go_to("adres")
    assert not two.desk.raise_flag("Jan de Vries, 06 12345678")
    assert not two.desk.raise_flag("x" * 41)
    two.citizen.answer_all({})
    two.citizen.go_on()
    assert not two.desk.raise_flag("geweld")
    assert two.desk.flag == ""
