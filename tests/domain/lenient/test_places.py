# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places outside: street, square or description."""

import pytest

from domain.answers import Place
from domain.lenient.faults import Fault
from domain.lenient.places import read_place


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (("Dorpsstraat", "12 b", "", ""), Place("Dorpsstraat", "12 b")),
        (("  Dorps\u202e  straat ", "", "", ""), Place("Dorps straat")),
        (("", "", "", "B3"), Place(square="B3")),
        (("", "", "", " b 3 "), Place(square="B3")),
        (("", "", " Achter de kerk.\n", ""), Place(near="Achter de kerk.")),
        (("Kerkplein", "", "bij de boom", "C4"), Place("Kerkplein", "", "bij de boom", "C4")),
    ],
)
def test_reads_each_of_the_three_ways_alone_and_together(given: tuple[str, str, str, str], place: Place) -> None:
    assert read_place(*given) == place


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (("", "", "", ""), Fault("place-empty", "street")),
        (("", "12", "", ""), Fault("place-empty", "street")),
        (("", "", "", "G9"), Fault("place-square", "square")),
        (("Dorpsstraat", "", "", "B33"), Fault("place-square", "square")),
        (("x" * 500, "", "", ""), Fault("text-too-long", "street")),
        (("", "", "x" * 100_001, ""), Fault("text-too-long", "near")),
    ],
)
def test_says_what_to_mend(given: tuple[str, str, str, str], fault: Fault) -> None:
    assert read_place(*given) == fault
