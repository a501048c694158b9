# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of a chip as people write them."""

from __future__ import annotations

import pytest

from kiosk.chip_name import readable_name


@pytest.mark.parametrize(
    ("given", "family", "issuer", "written"),
    [
        ("WILLEKE LISELOTTE", "DE BRUIJN", "NLD", "Willeke Liselotte de Bruijn"),
        ("FATIMA", "JANSEN-EL IDRISSI", "NLD", "Fatima Jansen-El Idrissi"),
        ("ANNA MARIA", "ERIKSSON", "UTO", "Anna Maria Eriksson"),
        ("MARIE", "DE LA CRUZ", "ESP", "Marie De La Cruz"),
        ("SEAN", "O'NEILL", "IRL", "Sean O'Neill"),
        ("", "SUKARNO", "IDN", "Sukarno"),
        ("MADONNA", "", "USA", "Madonna"),
        ("JAN", "VAN", "NLD", "Jan Van"),  # a name that is nothing but a small word
        ("", "", "NLD", ""),
        ("Zoë", "van 't Hof", "NLD", "Zoë van 't Hof"),  # written well already
    ],
)
def test_writes_capitals_as_a_name(given: str, family: str, issuer: str, written: str) -> None:
    assert readable_name(given, family, issuer) == written
