# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second door: a case with a BSN in it is not kept, wherever it stands, and the refusal says nothing of it."""

from dataclasses import replace

import pytest

from domain.errors import BsnRefusedError
from domain.intake import BsnRules, Intake, Prepared
from domain.submission import Document, Initiator
from tests.domain.definitions import answers, definition, journey, text
from tests.domain.test_intake import prepared
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.sealer import FakeSealer

BSN = "999990019"  # published for testing
HONEST = prepared(journey(definition(text("a"), text("b")), answers(a="Jan", b="06 12345678")))


def changed(where: str) -> Prepared:
    submission = HONEST.submission
    line, document = submission.lines[0], submission.documents[0]
    match where:
        case "answer":
            found = replace(submission, lines=(replace(line, answer=f"mijn nummer {BSN}"),))
        case "given":
            found = replace(submission, lines=(replace(line, given={"text": "999 990 019"}),))
        case "file name":
            found = replace(submission, documents=(replace(document, file_name=f"scan-{BSN}.pdf"),))
        case "title of a document":
            found = replace(submission, documents=(Document(BSN, "a.pdf", "application/pdf", b""),))
        case "name":
            found = replace(submission, initiator=Initiator(name=f"Jan {BSN}"))
        case "address":
            found = replace(submission, initiator=Initiator(address=f"Dorpsstraat {BSN}"))
        case "property":
            found = replace(submission, properties={"oms": BSN})
        case _:
            found = replace(submission, explanation=BSN)
    return replace(HONEST, submission=found)


@pytest.mark.parametrize(
    "where", ["answer", "given", "file name", "title of a document", "name", "address", "property", "explanation"]
)
def test_a_case_with_a_bsn_in_it_is_not_kept(where: str) -> None:
    store = FakeCaseStore()
    with pytest.raises(BsnRefusedError) as refused:
        Intake(store, FakeSealer()).submit(changed(where), "1234")
    assert not store.summaries()
    assert refused.value.slug == "bsn_refused"
    assert not any(sign.isdigit() for sign in str(refused.value))


def test_an_honest_case_is_kept() -> None:
    store = FakeCaseStore()
    Intake(store, FakeSealer()).submit(HONEST, "1234")
    assert len(store.summaries()) == 1


@pytest.mark.parametrize(
    "who",
    [
        Initiator(address="Kerkstraat 133 12, 2414 AB Voorbeeldstad"),  # house, addition and postcode are nine digits
        Initiator(phone="+597471034"),  # Suriname; both pass the eleven test
    ],
)
def test_a_case_with_an_honest_address_or_number_is_kept(who: Initiator) -> None:
    store = FakeCaseStore()
    told = replace(HONEST, submission=replace(HONEST.submission, initiator=who))
    Intake(store, FakeSealer()).submit(told, "1234")
    assert len(store.summaries()) == 1


@pytest.mark.parametrize(
    ("ground", "may_be_asked", "is_kept"),
    [("Wabb art. 10", True, True), ("Wabb art. 10", False, False), ("", True, False)],
)
def test_is_kept_only_with_a_signed_profile_and_a_question_that_names_its_ground(
    ground: str, may_be_asked: bool, is_kept: bool
) -> None:
    asked = replace(text("a"), bsn_ground=ground)
    told = prepared(journey(definition(asked), answers(a=BSN)))
    line = replace(told.submission.lines[0], answer=BSN, given={"text": BSN})
    store = FakeCaseStore()
    intake = Intake(store, FakeSealer(), BsnRules(may_be_asked=may_be_asked))
    try:
        intake.submit(replace(told, submission=replace(told.submission, lines=(line,))), "1234")
    except BsnRefusedError:
        assert not is_kept
    assert bool(store.summaries()) is is_kept


def test_the_name_that_loket_gives_a_document_is_nobodys_number() -> None:
    reference = "P14K-2X71-1764-93"
    header = replace(HONEST.submission.header, reference=reference)
    named = Document("Foto 1", f"{reference}-1.pdf", "application/pdf", b"")
    BsnRules().refuse(replace(HONEST.submission, header=header, documents=(named,)), frozenset())
    with pytest.raises(BsnRefusedError):
        BsnRules().refuse(replace(HONEST.submission, documents=(named,)), frozenset())


def test_the_number_of_the_municipality_is_no_citizens() -> None:
    rules = BsnRules(rsin="002564440")
    submission = replace(HONEST.submission, explanation="RSIN 002564440")
    rules.refuse(submission, frozenset())
    with pytest.raises(BsnRefusedError):
        BsnRules().refuse(submission, frozenset())
