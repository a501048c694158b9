# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice and real cases are told apart by the id alone."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from domain.case import CaseId
from domain.errors import PracticeError
from domain.intake import Intake, Prepared, new_case_id
from domain.practice import is_practice_case, new_practice_case_id
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.sealer import FakeSealer
from tests.sync.samples import submission, summary


def prepared(case_id: str) -> Prepared:
    plain = submission(key_id=FakeSealer().key_id)
    made = replace(plain, header=replace(plain.header, case_id=CaseId(case_id)))
    return Prepared(made, summary(made))


def test_marks_a_practice_case_with_an_id_that_is_a_uuid_like_any_other() -> None:
    ids = {new_practice_case_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(is_practice_case(case_id) and uuid.UUID(case_id).version == 4 for case_id in ids)
    assert all(is_practice_case(case_id.upper()) for case_id in ids)
    assert not any(is_practice_case(new_case_id()) for _ in range(1000))


def test_refuses_to_keep_a_practice_case_among_real_ones() -> None:
    store = FakeCaseStore()
    case = prepared(new_practice_case_id())
    with pytest.raises(PracticeError):
        Intake(store, FakeSealer()).submit(case, "4711")
    assert store.summary(case.summary.case_id) is None


def test_refuses_to_keep_a_real_case_where_practice_is_wiped() -> None:
    store = FakeCaseStore()
    case = prepared(new_case_id())
    with pytest.raises(PracticeError):
        Intake(store, FakeSealer(), is_practice=True).submit(case, "4711")
    assert store.summary(case.summary.case_id) is None


def test_keeps_a_practice_case_where_practice_belongs() -> None:
    store = FakeCaseStore()
    case = prepared(new_practice_case_id())
    Intake(store, FakeSealer(), is_practice=True).submit(case, "4711")
    assert store.summary(case.summary.case_id) is not None
