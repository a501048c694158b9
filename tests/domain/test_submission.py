# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one written form of a submission."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.case import CaseId
from domain.document_seen import DocumentSeen, SeenCheck, SeenKind
from domain.filled_by import FilledBy
from domain.submission import (
    Document,
    Initiator,
    Submission,
    SubmissionHeader,
    SubmissionLine,
    answers_document,
    from_bytes,
    to_bytes,
)
from tests.domain.typed_text import TYPED


def submission(answer: str = "Dorpsstraat", name: str = "Anna", content: bytes = b"%PDF-") -> Submission:
    """Make a whole submission."""
    header = SubmissionHeader(
        case_id=CaseId("00000000-0000-4000-8000-000000000001"),
        reference="K473-93FM-0X52-P8",
        service_id="verhuizen",
        service_version=3,
        submitted_at=datetime(2026, 11, 24, 9, 30, 12, 345678, tzinfo=UTC),
        key_id="test-key",
    )
    return Submission(
        header=header,
        device_id="bieb-01",
        case_type="verhuizen",
        title="Verhuizing doorgeven",
        explanation="Iemand gaat verhuizen.",
        language="ar",
        legal_effect="declaration",
        is_urgent=True,
        needs_person=False,
        promised_on=date(2026, 12, 1),
        owner="burgerzaken",
        initiator=Initiator(name=name, phone="+31612345678", reach="phone"),
        lines=(SubmissionLine("straat", "Welke straat?", answer, "given", "self", {"text": answer}),),
        properties={"Verhuisdatum": "2026-12-14"},
        documents=(Document("Ontvangstbewijs", "ontvangst.pdf", "application/pdf", content),),
    )


@given(answer=TYPED, name=TYPED, content=st.binary())
@example(answer="half \ud800 teken", name="\0\u202e", content=b"")
def test_reads_back_exactly_what_was_written(answer: str, name: str, content: bytes) -> None:
    made = submission(answer, name, content)
    assert from_bytes(to_bytes(made)) == made


def test_writes_the_same_bytes_each_time() -> None:
    assert to_bytes(submission()) == to_bytes(from_bytes(to_bytes(submission())))


def test_leaves_the_files_out_of_the_readable_answers() -> None:
    readable = json.loads(answers_document(submission()))
    assert "documents" not in readable
    assert readable["lines"][0]["answer"] == "Dorpsstraat"


def test_writes_readable_answers_that_every_reader_can_read() -> None:
    readable = answers_document(submission("half \ud800 teken"))
    assert json.loads(readable.decode())["lines"][0]["answer"] == "half ? teken"


def test_is_not_changed_when_the_properties_change_later() -> None:
    made = submission()
    with pytest.raises(TypeError):
        made.properties["Verhuisdatum"] = "2030-01-01"  # type: ignore[index]


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"\xff\xfe",
        b'{"format": 2}',
        b'{"format": 1}',
        b'{"format": 1, "header": []}',
        b"[" * 100_000,
    ],
)
def test_refuses_bytes_that_are_no_submission(plain: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json, Unicode and base64 each have a kind of their own
        from_bytes(plain)


@given(plain=st.binary())
def test_raises_only_a_value_error_on_any_bytes(plain: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_bytes(plain)


def _changed(path: list[str | int], value: object) -> bytes:
    plain = json.loads(to_bytes(submission()))
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["header", "submitted_at"], 7),
        (["header", "submitted_at"], "gisteren"),
        (["header", "service_version"], "drie"),
        (["promised_on"], None),
        (["initiator"], {"bsn": "x"}),
        (["lines"], 7),
        (["lines", 0], {"vraag": "x"}),
        (["lines", 0, "given"], 7),
        (["properties"], 7),
        (["documents", 0, "content"], "***"),
        (["documents", 0, "content"], None),
    ],
)
def test_refuses_a_submission_with_a_broken_part(path: list[str | int], value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_bytes(_changed(path, value))


def test_tells_nothing_of_the_answers_when_a_part_is_broken() -> None:
    with pytest.raises(ValueError, match="not a submission") as caught:
        from_bytes(_changed(["lines", 0], {"Dorpsstraat": "Anna"}))
    assert "Dorpsstraat" not in str(caught.value)
    assert "Anna" not in str(caught.value)


BY_STAFF = FilledBy("12", "counter", "phone", "Bo Balie")


@given(name=TYPED, is_namesake=st.booleans())
def test_keeps_who_filled_it_in_beside_who_asks(name: str, is_namesake: bool) -> None:
    made = replace(submission(), filled_by=FilledBy("12", "counter", "desk", name, is_namesake))
    found = from_bytes(to_bytes(made))
    assert found == made
    assert found.initiator.name == "Anna"


def test_reads_a_case_that_was_written_before_anybody_could_fill_in_for_another() -> None:
    plain = to_bytes(submission())
    assert b"filled_by" not in plain
    assert not from_bytes(plain).filled_by.is_somebody


def test_writes_who_filled_it_in_among_the_readable_answers() -> None:
    readable = json.loads(answers_document(replace(submission(), filled_by=BY_STAFF)))
    assert (readable["filled_by"]["number"], readable["filled_by"]["how"]) == ("12", "phone")


@pytest.mark.parametrize("said", [None, [], {}, {"number": "12"}, {"number": "12", "role": "counter", "how": "fax"}, 3])
def test_opens_no_case_that_does_not_tell_well_who_filled_it_in(said: object) -> None:
    table = json.loads(to_bytes(submission())) | {"filled_by": said}
    with pytest.raises(ValueError, match="not told who fills in"):
        from_bytes(json.dumps(table).encode())


def test_keeps_which_document_was_seen_and_nothing_of_what_stands_on_it() -> None:
    seen = DocumentSeen(SeenKind.ID_CARD, datetime(2026, 11, 22, 9, 5, tzinfo=UTC), (SeenCheck.SIGNATURE,))
    made = replace(submission(), document_seen=seen)
    assert from_bytes(to_bytes(made)) == made
    assert json.loads(answers_document(made))["document_seen"] == {
        "kind": "id_card",
        "at": "2026-11-22T09:05:00+00:00",
        "checks": ["signature"],
    }


def test_reads_a_case_that_was_written_before_any_document_was_read() -> None:
    plain = to_bytes(submission())
    assert b"document_seen" not in plain
    assert from_bytes(plain).document_seen is None
