# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which reports are one fault, when a group had nobody for too long, and by what act the citizen hears the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.case_act import ActKind
from domain.submission import SubmissionLine
from domain.system_fault import (
    FaultAnswer,
    FaultGroup,
    FaultKey,
    FaultOwner,
    FaultReport,
    FaultSource,
    act_for,
    belongs_to_answered,
    owner_due_at,
    reported_in,
    word_of,
)
from tests.sync.samples import MARK, submission

HERE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)
KEY = FaultKey(FaultSource.REPORTED, "gemeente", "gegevens")
LATE = FaultKey(FaultSource.DELIVERY, "rejected", "catalogue")
RIET = FaultOwner("Riet de Vries", "12")


def line(question: str, kind: str = "given", **given: str) -> SubmissionLine:
    return SubmissionLine(question, "Vraag?", MARK, kind, "self", given)


def group(key: FaultKey = KEY, opened_at: datetime = AT, **changes: object) -> FaultGroup:
    return replace(FaultGroup(1, key, 1, opened_at, opened_at, opened_at), **changes)  # type: ignore[arg-type]


def test_a_case_of_fout_tells_who_and_what_by_its_choices_alone() -> None:
    made = submission(
        "fout",
        lines=(
            line("soort", choice="geld"),
            line("verhaal", text=MARK),
            line("organisatie", choice="uwv"),
            line("helpt", text=MARK),
        ),
    )
    report = reported_in(made)
    assert report == FaultReport(
        FaultKey(FaultSource.REPORTED, "uwv", "geld"),
        made.header.case_id,
        made.header.submitted_at,
        made.header.reference,
    )
    assert MARK not in repr(report)


def test_what_was_not_chosen_is_a_word_too() -> None:
    unsaid = submission("fout", lines=(line("soort", "unknown"), line("organisatie", "different", text=MARK)))
    found = reported_in(unsaid)
    assert found is not None
    assert (found.key.kind, found.key.about) == ("unknown", "different")
    nothing = reported_in(submission("fout", lines=()))
    assert nothing is not None
    assert (nothing.key.kind, nothing.key.about) == ("unknown", "unknown")


def test_words_of_a_person_never_become_a_key() -> None:
    odd = submission("fout", lines=(line("soort", choice=f"{MARK} woont hier"), line("organisatie", MARK)))
    found = reported_in(odd)
    assert found is not None
    assert found.key == FaultKey(FaultSource.REPORTED, "unknown", "unknown")
    with pytest.raises(ValueError, match="words of lists"):
        FaultKey(FaultSource.DELIVERY, "rejected", "Jan Jansen")
    assert word_of("Jan Jansen") == "unknown"


def test_another_service_tells_of_no_fault() -> None:
    assert reported_in(submission("verhuizen", lines=(line("soort", choice="geld"),))) is None


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=HERE), datetime(2026, 11, 26, 10, 0, tzinfo=HERE)),  # Tuesday
        (datetime(2026, 11, 27, 16, 30, tzinfo=HERE), datetime(2026, 12, 1, 16, 30, tzinfo=HERE)),  # over a weekend
        (datetime(2026, 11, 28, 15, 0, tzinfo=HERE), datetime(2026, 12, 2, 0, 0, tzinfo=HERE)),  # on a Saturday
        (datetime(2026, 4, 24, 9, 0, tzinfo=HERE), datetime(2026, 4, 29, 9, 0, tzinfo=HERE)),  # Friday, Koningsdag
        (datetime(2026, 4, 27, 9, 0, tzinfo=HERE), datetime(2026, 4, 30, 0, 0, tzinfo=HERE)),  # on Koningsdag itself
        (datetime(2026, 12, 24, 9, 0, tzinfo=HERE), datetime(2026, 12, 29, 9, 0, tzinfo=HERE)),  # Christmas, a weekend
    ],
)
def test_a_group_has_two_whole_working_days_to_get_an_owner(opened: datetime, due: datetime) -> None:
    assert owner_due_at(opened.astimezone(UTC)) == due
    found = group(opened_at=opened.astimezone(UTC))
    assert not found.is_escalated(due - timedelta(minutes=1))
    assert found.is_escalated(due)


def test_the_days_without_an_owner_are_working_days() -> None:
    friday = datetime(2026, 4, 24, 9, 0, tzinfo=HERE)
    found = group(opened_at=friday)
    days = [found.days_without_owner(date(2026, 4, day)) for day in (24, 25, 26, 27, 28, 29)]
    assert days == [0, 0, 0, 0, 1, 2]
    assert group(opened_at=friday, owner=RIET).days_without_owner(date(2026, 4, 29)) == 0


def test_an_owner_or_an_answer_ends_the_escalation() -> None:
    later = AT + timedelta(days=30)
    assert group().is_escalated(later)
    assert not group(owner=RIET).is_escalated(later)
    assert not group(answer=FaultAnswer("Dat is hersteld.", RIET, AT)).is_escalated(later)


def test_an_answer_closes_only_what_is_ours_to_close() -> None:
    closing = FaultAnswer("Dat is hersteld.", RIET, AT, closes_cases=True)
    assert act_for(group(answer=closing)) is ActKind.ANSWER
    assert act_for(group(answer=replace(closing, closes_cases=False))) is ActKind.CONTACT
    for key in (LATE, replace(KEY, about="uwv"), replace(KEY, about="anders")):
        assert act_for(group(key, answer=closing)) is ActKind.CONTACT
    for about in ("unknown", "declined", "different"):
        assert replace(KEY, about=about).is_ours_to_answer


def test_what_a_citizen_tells_after_the_answer_is_a_fault_anew() -> None:
    for minutes in (-60, 60):
        assert not belongs_to_answered(FaultReport(KEY, "a", AT + timedelta(minutes=minutes)), AT)


def test_a_machine_that_fails_again_the_day_after_its_answer_is_a_fault_anew() -> None:
    again = FaultReport(LATE, "a", AT + timedelta(hours=6))
    assert belongs_to_answered(again, AT)
    assert belongs_to_answered(replace(again, at=AT - timedelta(days=3)), AT)
    assert not belongs_to_answered(replace(again, at=AT + timedelta(days=1)), AT)
