# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose certificate may sign whose document."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.emrtd.countries import PAIRS, may_sign_for
from kiosk.devices.emrtd.trust import TrustStore


@pytest.mark.parametrize(
    ("country", "issuer"),
    [
        ("nl", "NLD"),
        ("de", "D"),
        ("gb", "GBR"),
        ("gb", "GBD"),
        ("cn", "CHN"),
        ("eu", "EUE"),
        ("un", "UNO"),
        ("ks", "RKS"),
    ],
)
def test_knows_a_country_by_two_and_by_three_letters(country: str, issuer: str) -> None:
    assert may_sign_for(country, issuer)


@pytest.mark.parametrize(("country", "issuer"), [("nl", "BEL"), ("", "NLD"), ("nl", ""), ("nl", "NL"), ("de", "DNK")])
def test_keeps_countries_apart(country: str, issuer: str) -> None:
    assert not may_sign_for(country, issuer)


def test_has_each_country_of_the_dutch_list(shared_dir: Path) -> None:
    known = {two for _, two in PAIRS}
    assert set(TrustStore.load(shared_dir / "vectors").by_country) <= known
