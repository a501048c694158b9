# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version changes with what one member of staff can overwrite of another, and with nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from sync.case_version import standing_of, version_of

ROOT = "http://case.example/zaken/api/v1"
ZAAK: dict[str, Any] = {
    "url": f"{ROOT}/zaken/1",
    "status": f"{ROOT}/statussen/2",
    "opschorting": {"indicatie": False, "reden": ""},
    "einddatum": None,
    "resultaat": None,
    "toelichting": "een tekst",
}


def role(number: str, kind: str = "behandelaar") -> dict[str, Any]:
    return {"omschrijvingGeneriek": kind, "betrokkeneIdentificatie": {"identificatie": number, "achternaam": "M"}}


@pytest.mark.parametrize(
    ("changed", "roles"),
    [
        ({"status": f"{ROOT}/statussen/3"}, []),
        ({"opschorting": {"indicatie": True, "reden": "x"}}, []),
        ({"einddatum": "2026-11-24"}, []),
        ({"resultaat": f"{ROOT}/resultaten/9"}, []),
        ({}, [role("12")]),
    ],
)
def test_is_another_after_a_change_that_can_overwrite(changed: dict[str, Any], roles: list[dict[str, Any]]) -> None:
    assert version_of({**ZAAK, **changed}, roles) != version_of(ZAAK, [])


def test_is_the_same_for_what_overwrites_nothing_and_at_another_address() -> None:
    moved = {**ZAAK, "status": "https://proxy.example/api/v1/statussen/2", "toelichting": "een andere"}
    assert version_of(moved, [role("900", "initiator")]) == version_of(ZAAK, [])


def test_is_the_same_in_whatever_order_the_handlers_are_told() -> None:
    both = [role("12"), role("7")]
    assert version_of(ZAAK, both) == version_of(ZAAK, [*reversed(both), role("7")])


def test_reads_nulls_and_other_shapes_as_nothing() -> None:
    odd = standing_of({"status": None, "opschorting": None, "resultaat": {"uuid": "9"}}, [{"betrokkene": None}])
    assert (odd.status, odd.handlers, odd.is_suspended, odd.result) == ("", (), False, "9")
