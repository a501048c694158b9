# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Licence plates: Dutch ones in their fourteen forms, others as typed."""

import pytest

from domain.answers import LicencePlate
from domain.lenient.faults import Fault
from domain.lenient.licence_plates import read_licence_plate

DUTCH = [
    "AB-12-34",
    "12-34-AB",
    "12-AB-34",
    "AB-12-CD",
    "AB-CD-12",
    "12-AB-CD",
    "12-ABC-3",
    "1-ABC-23",
    "AB-123-C",
    "A-123-BC",
    "ABC-12-D",
    "A-12-BCD",
    "1-AB-234",
    "123-AB-4",
]


@pytest.mark.parametrize("plate", DUTCH)
@pytest.mark.parametrize("typed", ["{}", "{bare}", " {spaced} ", "{lower}"])
def test_reads_every_dutch_form_however_its_dashes_were_typed(plate: str, typed: str) -> None:
    forms = {"bare": plate.replace("-", ""), "spaced": plate.replace("-", " "), "lower": plate.lower()}
    assert read_licence_plate(typed.format(plate, **forms)) == LicencePlate(plate, True)


@pytest.mark.parametrize("typed", ["W-AB 1234", "1-ABC-234-X", "B 77 XYZ 9", "AA 1234 BC", "ТА 12 34"])
def test_keeps_a_foreign_plate_as_typed(typed: str) -> None:
    assert read_licence_plate(typed) == LicencePlate(typed, False)


@pytest.mark.parametrize("typed", ["", "mijn auto", "??", "1", "x" * 500, "1" * 17])
def test_asks_again_when_it_is_no_plate(typed: str) -> None:
    assert read_licence_plate(typed) == Fault("plate-unclear", "plate")
