# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to write a telephone number that are all understood (feature C27)."""

import pytest

from domain.answers import Phone
from domain.lenient.faults import Fault
from domain.lenient.phone_numbers import read_phone


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06 12345678",
        "06-12345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06/12345678",
        "(06) 12345678",
        "+31612345678",
        "+31 6 12345678",
        "+31 (0)6 12345678",
        "+31 06 12345678",
        "0031612345678",
        "0031 (0) 6 1234 5678",
        "31612345678",
        "612345678",
        "+0612345678",
        "tel. 06-12345678",
        "mobiel: 06 12345678",
        "٠٦١٢٣٤٥٦٧٨",
        "０６１２３４５６７８",
        "\u202a0612345678\u202c",
    ],
)
def test_reads_a_mobile_number_however_it_is_written(text: str) -> None:
    assert read_phone(text) == Phone("+31612345678")


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("020-1234567", "+31201234567"),
        ("(020) 123 45 67", "+31201234567"),
        ("0341 - 123456", "+31341123456"),
        ("+49 170 1234567", "+491701234567"),
        ("0049 170 1234567", "+491701234567"),
        ("+380 50 123 45 67", "+380501234567"),
        ("380501234567", "+380501234567"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0800-1234", "+318001234"),
    ],
)
def test_reads_landlines_and_numbers_of_other_countries(text: str, e164: str) -> None:
    assert read_phone(text) == Phone(e164)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("06123", "phone-too-short"),
        ("1234567", "phone-too-short"),
        ("061234567890", "phone-too-long"),
        ("+1234567890123456", "phone-too-long"),
        ("ik heb er geen", "phone-letters"),
        ("06 12345678 of 06 87654321", "phone-letters"),
        ("---", "phone-unclear"),
        ("000612345678", "phone-unclear"),
        # Nine digits without a 0 may be another number of a person: never made into a telephone number.
        ("999990019", "phone-too-short"),
    ],
)
def test_says_what_to_mend(text: str, code: str) -> None:
    assert read_phone(text) == Fault(code)
