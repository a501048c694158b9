# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing in: what is made of a finished journey, and the order in which it is kept."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import Address, Answer, AnswerKind, Answers
from domain.case import CaseId, CaseState
from domain.errors import OwnNameError, SealingError, StoreFullError
from domain.filled_by import FilledBy
from domain.intake import REACH, Intake, Prepared, cut, initiator_from, new_case_id, one_line, prepare
from domain.journey import Journey
from domain.service import AnswerType, Choice, Haste, Question, Term
from domain.submission import Document, Initiator, SubmissionLine, from_bytes
from tests.domain.definitions import answers, choice, day, definition, is_, journey, otherwise, text
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.sealer import FakeSealer

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PDF = Document("Ontvangstbewijs", "ontvangst.pdf", "application/pdf", b"%PDF-")
SHARED = (
    text("naam", is_shared=True),
    Question("geboortedatum", AnswerType.DATE, is_shared=True),
    Question("bereiken", AnswerType.CHOICE, choices=tuple(map(Choice, REACH)), is_shared=True),
    Question("telefoon", AnswerType.PHONE, when=(is_("bereiken", "telefoon"),), is_shared=True),
    Question("email", AnswerType.EMAIL, when=(is_("bereiken", "email"),), is_shared=True),
    Question("postadres", AnswerType.ADDRESS, when=(is_("bereiken", "post"),), is_shared=True),
)


def prepared(
    told: Journey, title: str = "Proef", explanation: str = "", initiator: Initiator | None = None
) -> Prepared:
    lines = tuple(
        SubmissionLine(question.id, question.id, f"woorden van {question.id}", answer.kind.value, answer.origin.value)
        for question, answer in told.answered()
    )
    return prepare(
        journey=told,
        lines=lines,
        documents=(PDF,),
        title=title,
        explanation=explanation,
        language="uk",
        reference="K473-93FM-0X52-P8",
        case_id=CaseId("00000000-0000-4000-8000-000000000001"),
        now=NOW,
        key_id="test-key",
        device_id="bieb-01",
        initiator=initiator,
    )


def test_makes_the_submission_from_definition_and_answers() -> None:
    made = definition(choice("a", "x"), text("b"), promise=Term(working_days=5), hastes=(Haste("h", (is_("a", "x"),)),))
    found = prepared(journey(made, answers(otherwise("b"), a="x")))
    submission = found.submission
    assert submission.header.service_version == made.version
    assert submission.header.submitted_at == NOW
    assert submission.is_urgent
    assert submission.needs_person
    assert submission.promised_on == date(2026, 12, 1)
    assert submission.owner == made.owner
    assert submission.case_type == made.case_type
    assert submission.legal_effect == "none"
    assert [line.question_id for line in submission.lines] == ["a", "b"]
    assert submission.documents == (PDF,)


def test_knows_the_same_of_a_case_without_opening_it() -> None:
    found = prepared(journey(definition(text("a")), answers(a="tekst")))
    header, summary = found.submission.header, found.summary
    assert (summary.case_id, summary.reference) == (header.case_id, header.reference)
    assert (summary.service_id, summary.service_version) == (header.service_id, header.service_version)
    assert summary.state is CaseState.PENDING
    assert summary.promised_on == found.submission.promised_on


def test_refuses_a_journey_with_an_open_question() -> None:
    with pytest.raises(ValueError, match="open question"):
        prepared(journey(definition(text("a"), text("b")), answers(a="tekst")))


def test_gives_the_case_system_dates_as_dates_and_the_rest_in_words() -> None:
    made = definition(
        replace(day("wanneer"), case_property="Datum"),
        replace(choice("a", "x"), case_property="Keuze"),
        replace(text("b"), case_property="Tekst"),
        replace(text("c", is_optional=True), case_property="Leeg"),
        text("d"),
    )
    given_answers = answers(otherwise("b", AnswerKind.DECLINED), wanneer="14 dec 2026", a="x", c="", d="tekst")
    assert prepared(journey(made, given_answers)).submission.properties == {
        "Datum": "2026-12-14",
        "Keuze": "woorden van a",
    }


def test_keeps_a_case_sealed_and_gives_its_summary() -> None:
    store, sealer = FakeCaseStore(), FakeSealer()
    found = prepared(journey(definition(text("a")), answers(a="tekst")))
    assert Intake(store, sealer).submit(found, "0417") == found.summary
    assert store.summaries() == [found.summary]
    case_id = found.summary.case_id
    assert store.status_codes[case_id] == "0417"
    assert from_bytes(FakeSealer.opened(store.shared.sealed[case_id])) == found.submission


def test_keeps_nothing_when_sealing_fails() -> None:
    store, sealer = FakeCaseStore(), FakeSealer()
    sealer.fails_with = SealingError("no key")
    with pytest.raises(SealingError):
        Intake(store, sealer).submit(prepared(journey(definition(text("a")), answers(a="tekst"))), "0417")
    assert store.summaries() == []


def test_keeps_nothing_when_the_key_was_replaced_in_between() -> None:
    store = FakeCaseStore()
    with pytest.raises(SealingError):
        Intake(store, FakeSealer("other-key")).submit(
            prepared(journey(definition(text("a")), answers(a="tekst"))), "0417"
        )
    assert store.summaries() == []


def test_tells_that_the_disk_is_full() -> None:
    store = FakeCaseStore()
    store.fails_with = StoreFullError("no room")
    with pytest.raises(StoreFullError):
        Intake(store, FakeSealer()).submit(prepared(journey(definition(text("a")), answers(a="tekst"))), "0417")


@pytest.mark.parametrize(
    ("reach", "fields", "expected"),
    [
        ("telefoon", {"telefoon": {"phone": "06-12345678"}}, Initiator(phone="+31612345678", reach="phone")),
        ("email", {"email": {"email": "jan@voorbeeld,nl"}}, Initiator(email="jan@voorbeeld.nl", reach="email")),
        (
            "post",
            {"postadres": {"postcode": "1012ab", "number": "12b", "street": "Dorpsstraat", "city": "Voorbeeldstad"}},
            Initiator(address="Dorpsstraat 12 b, 1012 AB Voorbeeldstad", reach="post"),
        ),
        ("liever-typen", {}, Initiator(reach="text")),
        ("ik-kom-hier-terug", {}, Initiator(reach="comes_back")),
        ("iemand-anders", {}, Initiator(reach="someone_else")),
        # Typed before another way was chosen: no longer asked, so not used.
        ("email", {"telefoon": {"phone": "06-12345678"}}, Initiator(reach="email")),
    ],
)
def test_reads_how_to_reach_the_citizen(reach: str, fields: dict[str, dict[str, str]], expected: Initiator) -> None:
    given_answers = answers(bereiken=reach)
    for question_id, typed in fields.items():
        given_answers = given_answers.with_answer(Answer(question_id, fields=typed))
    assert initiator_from(journey(definition(*SHARED), given_answers)) == expected


def test_reads_who_asks() -> None:
    given_answers = answers(naam=" Anna de Vries ", geboortedatum="3-4-1948")
    told = journey(definition(*SHARED), given_answers)
    assert initiator_from(told, "uk") == Initiator(name="Anna de Vries", birth_date="1948-04-03", language="uk")


@pytest.mark.parametrize(
    "given_answers", [Answers(), answers(otherwise("naam"), otherwise("bereiken", AnswerKind.DECLINED))]
)
def test_leaves_empty_who_asks_when_nobody_said(given_answers: Answers) -> None:
    assert initiator_from(journey(definition(*SHARED), given_answers)) == Initiator()
    assert initiator_from(journey(definition(text("a")), given_answers)) == Initiator()


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (Address("1012 AB", "12", "b"), "12 b, 1012 AB"),
        (Address("", "12", "", "Dorpsstraat", "Voorbeeldstad"), "Dorpsstraat 12, Voorbeeldstad"),
        (Address(), ""),
    ],
)
def test_writes_an_address_on_one_line(address: Address, line: str) -> None:
    assert one_line(address) == line


def test_makes_another_case_id_each_time() -> None:
    assert len({new_case_id() for _ in range(100)}) == 100


def test_cuts_title_and_explanation_to_what_the_case_system_takes() -> None:
    found = prepared(
        journey(definition(text("a")), answers(a="tekst")), title="t" * 300, explanation="e" * 3000
    ).submission
    assert len(found.title) == 80
    assert len(found.explanation) == 1000
    assert found.title.endswith("…")


@pytest.mark.parametrize(
    ("given_text", "longest", "expected"),
    [
        ("kort", 10, "kort"),
        ("precies", 7, "precies"),
        ("een zin", 5, "een…"),
        ("abe\u0301d", 4, "ab…"),
        ("ab👩\u200d👧cd", 5, "ab…"),
        ("ab👍🏽cd", 4, "ab…"),
        ("\u0301" * 9, 3, "…"),
    ],
)
def test_never_cuts_through_a_letter(given_text: str, longest: int, expected: str) -> None:
    assert cut(given_text, longest) == expected


@given(given_text=st.text(), longest=st.integers(1, 40))
def test_is_never_longer_than_allowed_and_never_ends_before_an_accent(given_text: str, longest: int) -> None:
    found = cut(given_text, longest)
    assert len(found) <= longest
    if found != given_text:
        kept = found.removesuffix("…")
        assert given_text.startswith(kept)
        assert not kept or unicodedata.category(given_text[len(kept)]) not in {"Mn", "Me", "Mc"}


@pytest.mark.parametrize(
    ("kind", "field", "typed", "value"),
    [
        (AnswerType.NUMBER, "number", "drie", "3"),
        (AnswerType.NUMBER, "number", "1.200", "1200"),
        (AnswerType.AMOUNT, "amount", "€ 1.200,5", "1200.50"),
        (AnswerType.AMOUNT, "amount", "0,05", "0.05"),
        (AnswerType.LICENCE_PLATE, "plate", "ab12cd", "woorden van q"),
        (AnswerType.PLACE, "square", "b3", "woorden van q"),
    ],
)
def test_gives_numbers_and_amounts_to_the_case_system_without_words(
    kind: AnswerType, field: str, typed: str, value: str
) -> None:
    made = definition(Question("q", kind, case_property="eigenschap"))
    told = journey(made, answers(Answer("q", fields={field: typed})))

    assert prepared(told).submission.properties == {"eigenschap": value}


@pytest.mark.parametrize("is_namesake", [False, True])
def test_takes_no_case_in_the_name_of_who_fills_it_in_unless_that_is_said_to_be_another(
    is_namesake: bool,
) -> None:
    store = FakeCaseStore()
    intake = Intake(store, FakeSealer())
    told = journey(definition(text("naam", is_shared=True)), answers(naam="A. de Boer"))
    made = prepared(told)
    by_anja = FilledBy("12", "counter", "desk", "Anja de Boer", is_namesake)
    mixed = replace(made, submission=replace(made.submission, filled_by=by_anja))
    if is_namesake:
        assert intake.submit(mixed, "1234").reference == made.summary.reference
        return
    with pytest.raises(OwnNameError) as refused:
        intake.submit(mixed, "1234")
    assert "Boer" not in str(refused.value)
    assert store.summary(made.summary.case_id) is None
