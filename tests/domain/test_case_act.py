# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An act of staff reads back as it was written, and nothing else reads as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.case_act import ActHeader, ActKind, CaseAct, from_bytes, to_bytes

ACT = CaseAct(
    ActHeader("a-1", "LK-1", ActKind.ASK_MISSING, datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "12", "v1", "key"),
    "Balie",
    "Wij missen nog een brief.",
    {"what": "brief", "working_days": "10", "called": "yes"},
)


def test_reads_back_as_it_was_written() -> None:
    assert from_bytes(to_bytes(ACT)) == ACT


@pytest.mark.parametrize("written", [b"", b"[]", b"{}", b'{"format": 2}', b'{"format": 1, "header": 3}', b"\xff"])
def test_refuses_what_is_no_act(written: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  that of json has many texts
        from_bytes(written)
