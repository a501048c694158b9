# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The note that a document was seen: three things, written and read back, and nothing else let in."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from domain.document_seen import DocumentSeen, SeenCheck, SeenKind, as_table, from_table

SEEN = DocumentSeen(SeenKind.PASSPORT, datetime(2026, 11, 22, 9, 5, tzinfo=UTC), (SeenCheck.SIGNATURE, SeenCheck.CHIP))


def test_is_read_back_as_it_was_written() -> None:
    assert from_table(as_table(SEEN)) == SEEN


def test_holds_kind_time_and_checks_and_nothing_else() -> None:
    assert {field.name for field in fields(DocumentSeen)} == {"kind", "at", "checks"}


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {**as_table(SEEN), "number": "SPECI2014"},
        {**as_table(SEEN), "kind": "library_card"},
        {**as_table(SEEN), "at": "2026-11-22T09:05:00"},
        {**as_table(SEEN), "at": 5},
        {**as_table(SEEN), "checks": ["clone"]},
        {**as_table(SEEN), "checks": 7},
    ],
)
def test_refuses_anything_else_without_repeating_it(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"^not told which document was seen$"):
        from_table(wrong)
