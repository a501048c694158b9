# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What child and parent of the ID reader say to each other comes over whole, and nothing else is understood."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd.document import AccessKey, Can, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.id_reader_lines import (
    LONGEST_LINE,
    Exchange,
    LineError,
    Order,
    Told,
    order_line,
    order_of,
    told_line,
    told_of,
)
from kiosk.devices.id_reader_port import Presence, Progress

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DOCUMENT = Document(DocumentKind.PASSPORT, "NLD", "De Vries-Öz", "Jo'anne", "1965-00-00", "2031-08-02", True, True)
CHECKS = Checks(Verdict.HELD, Verdict.FAILED, Verdict.NOT_CHECKED)
TOLD: list[Told] = [
    *Presence,
    Exchange(is_open=True),
    Exchange(is_open=False),
    *(Progress(step, 0.25) for step in Step),
    *(Reading(state) for state in CardState if state is not CardState.DONE),
    Reading(CardState.WRONG_KEY, tries_left=3, says="one step"),
    *(
        Reading(state, DOCUMENT, CHECKS)
        for state in (
            CardState.DONE,
            CardState.UNTRUSTED_ISSUER,
            CardState.PASSIVE_FAILED,
            CardState.CLONE_SUSPECTED,
        )
    ),
]


@pytest.mark.parametrize("told", TOLD, ids=str)
def test_brings_over_all_that_a_child_tells(told: Told) -> None:
    assert told_of(told_line(told)) == told


@pytest.mark.parametrize("key", [Can("123456"), MrzKey("AB1234567", "650310", "240309")])
def test_brings_over_all_that_a_parent_asks(key: AccessKey) -> None:
    assert order_of(order_line(Order(key, NOW))) == Order(key, NOW)


def changed(**fields: Any) -> bytes:
    found = json.loads(told_line(Reading(CardState.DONE, DOCUMENT, CHECKS)))
    for name, value in fields.items():
        place = found["reading"]["document"] if name in found["reading"]["document"] else found["reading"]
        place[name] = value
    return json.dumps(found).encode() + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[]\n",
        b'{"presence":"card"}',  # half a line
        b'{"presence":"other"}\n',
        b'{"presence":["card"]}\n',
        b'{"exchange":1}\n',
        b'{"step":"files"}\n',
        b'{"step":"files","share":1.5}\n',
        b'{"step":"files","share":NaN}\n',
        b'{"step":"files","share":true}\n',
        b'{"step":"elsewhere","share":0}\n',
        b'{"reading":{}}\n',
        b'{"reading":{"state":"done"}}\n',
        b"[" * 10_000 + b"\n",
        b"\xff\xfe\n",
        b'{"presence":"card","x":"' + b"y" * LONGEST_LINE + b'"}\n',
        changed(surname="A\x1b[2J"),
        changed(surname="x" * 201),
        changed(given_names=None),
        changed(birth_date="yesterday"),
        changed(expiry_date="2031-08-02\n"),
        changed(issuer="Nederland"),
        changed(kind="book"),
        changed(is_expired="no"),
        changed(state="wrong_key"),  # with a document
        changed(document=None),
        changed(document=[]),
        changed(tries_left=16),
        changed(tries_left=True),
        changed(passive="fine"),
        changed(says=1),
    ],
    ids=repr,
)
def test_understands_nothing_that_is_not_a_line_of_a_child(line: bytes) -> None:
    with pytest.raises(LineError) as caught:
        told_of(line)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}\n",
        b'{"key":{"can":123456},"now":"2026-11-22T12:00:00+00:00"}\n',
        b'{"key":{"can":"123456"},"now":"noon"}\n',
        b'{"key":{"document_number":"A"},"now":"2026-11-22T12:00:00+00:00"}\n',
        b'{"key":"123456","now":"2026-11-22T12:00:00+00:00"}\n',
    ],
)
def test_understands_nothing_that_is_not_an_order(line: bytes) -> None:
    with pytest.raises(LineError):
        order_of(line)


@given(st.binary(max_size=200))
def test_ends_on_no_line_in_anything_but_its_own_error(line: bytes) -> None:
    try:
        told_of(line + b"\n")
    except LineError:
        return


def test_shows_no_key_and_no_name_in_a_repr() -> None:
    assert "123456" not in repr(Order(Can("123456"), NOW))
    assert "Vries" not in repr(Reading(CardState.DONE, DOCUMENT))
