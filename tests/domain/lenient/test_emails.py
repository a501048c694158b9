# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to write an e-mail address that are all understood (feature C27)."""

import pytest

from domain.lenient.emails import read_email
from domain.lenient.faults import Fault


@pytest.mark.parametrize(
    "text",
    [
        "jan@voorbeeld.nl",
        " jan@voorbeeld.nl ",
        "jan @ voorbeeld . nl",
        "jan@Voorbeeld.NL",
        "jan@voorbeeld,nl",
        "jan@voorbeeld..nl",
        "jan@voorbeeld.nl.",
        "jan(at)voorbeeld.nl",
        "jan [at] voorbeeld.nl",
        "jan at voorbeeld punt nl",
        "jan apenstaartje voorbeeld punt nl",
        "jan Apestaartje voorbeeld.nl",
        "mailto:jan@voorbeeld.nl",
        "e-mail: jan@voorbeeld.nl",
        "Jan Jansen <jan@voorbeeld.nl>",
        "ｊａｎ＠ｖｏｏｒｂｅｅｌｄ．ｎｌ",
        "\u200ejan@voorbeeld.nl\u200f",
    ],
)
def test_reads_an_address_however_it_is_written(text: str) -> None:
    assert read_email(text) == "jan@voorbeeld.nl"


@pytest.mark.parametrize("text", ["j.de-vries+post@mail.voorbeeld.nl", "müller@bücher.example", "a_b'c@x-y.museum"])
def test_keeps_less_common_addresses_as_they_are(text: str) -> None:
    assert read_email(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("jan", "email-no-at"),
        ("jan.voorbeeld.nl", "email-no-at"),
        ("jan@piet@voorbeeld.nl", "email-two-ats"),
        ("@voorbeeld.nl", "email-no-name"),
        ("jan@", "email-no-ending"),
        ("jan@voorbeeld", "email-no-ending"),
        ("jan@voorbeeld.n", "email-no-ending"),
        ("jan@-voorbeeld.nl", "email-form"),
        ("ja(n@voorbeeld.nl", "email-form"),
        ("jan@127.0.0.11", "email-form"),
        ("j" * 300 + "@voorbeeld.nl", "email-too-long"),
        ("j" * 1000, "email-too-long"),
    ],
)
def test_says_what_to_mend(text: str, code: str) -> None:
    assert read_email(text) == Fault(code)
