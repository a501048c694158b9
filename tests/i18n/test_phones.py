# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers as people read them."""

from __future__ import annotations

import pytest

from i18n.phones import readable_phone


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("+31612345678", "06 12345678"),
        ("+31201234567", "020 1234567"),
        ("+31592123456", "0592 123456"),
        ("+31882345678", "088 2345678"),
        ("+4915112345678", "+49 151 123 456 78"),
        ("+380441234567", "+380 441 234 567"),
        ("+12025550123", "+1 202 555 012 3"),
        ("06-what", "06-what"),
        ("+", "+"),
        ("", ""),
    ],
)
def test_writes_a_number_as_people_read_it(number: str, says: str) -> None:
    assert readable_phone(number) == says
