# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The word that a service is closed: what is taken, what is refused, and that the last good one stays."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from nacl.signing import SigningKey

from domain.errors import (
    OutageElsewhereError,
    OutageError,
    OutageExpiredError,
    OutageForgedError,
    OutageReplayedError,
    OutageUnreadableError,
    SealingError,
)
from domain.outage import Closure, OutageMessage, as_table
from sync.outage_seal import make_outage_keys, opened, parsed, read_private, read_public, sealed
from sync.outages import DROPPED, HEARD, LARGEST, Outages
from sync.signing import signed
from tests.fakes.clock import TUESDAY

KEY = SigningKey(b"k" * 32)
OTHER_KEY = SigningKey(b"o" * 32)
WHY = "Het systeem is stuk."
MESSAGE = OutageMessage(
    id="m-1",
    municipality="Voorbeeldstad",
    issued_at=TUESDAY - timedelta(hours=1),
    expires_at=TUESDAY + timedelta(days=2),
    serial=7,
    closures=MappingProxyType({"verhuizen": Closure(MappingProxyType({"nl": WHY}), "14 0999")}),
)


@pytest.fixture
def outages(tmp_path: Path) -> Outages:
    return Outages(tmp_path, "Voorbeeldstad", KEY.verify_key)


def word(message: OutageMessage = MESSAGE, key: SigningKey = KEY) -> Any:
    return parsed(sealed(message, key))


def test_a_good_message_closes_what_it_says(outages: Outages) -> None:
    outages.hear(word(), TUESDAY)
    closed = outages.outages(TUESDAY)

    assert list(closed) == ["verhuizen"]
    assert closed["verhuizen"].closure == MESSAGE.closures["verhuizen"]
    assert closed["verhuizen"].heard_at == TUESDAY


def test_offline_the_last_word_holds_with_the_day_it_was_heard(outages: Outages, tmp_path: Path) -> None:
    outages.hear(word(), TUESDAY)
    later = Outages(tmp_path, "Voorbeeldstad", KEY.verify_key).outages(TUESDAY + timedelta(days=1))

    assert later["verhuizen"].heard_at == TUESDAY


def test_hearing_the_same_again_renews_its_day(outages: Outages) -> None:
    outages.hear(word(), TUESDAY)
    outages.hear(word(), TUESDAY + timedelta(days=1))

    assert outages.outages(TUESDAY + timedelta(days=1))["verhuizen"].heard_at == TUESDAY + timedelta(days=1)


def test_its_end_opens_the_service_without_any_word(outages: Outages) -> None:
    outages.hear(word(), TUESDAY)

    assert outages.outages(MESSAGE.expires_at - timedelta(seconds=1))
    assert not outages.outages(MESSAGE.expires_at)


def test_a_later_message_that_closes_nothing_lifts_all(outages: Outages) -> None:
    outages.hear(word(), TUESDAY)
    outages.hear(word(replace(MESSAGE, id="m-2", serial=8, closures=MappingProxyType({}))), TUESDAY)

    assert not outages.outages(TUESDAY)
    with pytest.raises(OutageReplayedError):
        outages.hear(word(), TUESDAY)
    assert not outages.outages(TUESDAY)


def changed(change: Callable[[dict[str, Any]], object]) -> Any:
    found = word()
    change(found["outages"])
    return found


REFUSED = {
    "another key": (word(key=OTHER_KEY), OutageForgedError),
    "text changed": (
        changed(lambda table: table["closures"]["verhuizen"]["texts"].update(nl="Betaal.")),
        OutageForgedError,
    ),
    "serial changed": (changed(lambda table: table.update(serial=99)), OutageForgedError),
    "no signature": ({"outages": as_table(MESSAGE)}, OutageUnreadableError),
    "signature cut off": ({**word(), "signature": word()["signature"][:-8]}, OutageForgedError),
    "signature of no text": ({**word(), "signature": 5}, OutageUnreadableError),
    "another municipality": (word(replace(MESSAGE, municipality="Elders")), OutageElsewhereError),
    "older": (word(replace(MESSAGE, serial=6)), OutageReplayedError),
    "the same serial, another text": (word(replace(MESSAGE, id="m-9")), OutageReplayedError),
    "over": (word(replace(MESSAGE, serial=8, expires_at=TUESDAY)), OutageExpiredError),
    "a list": ([], OutageUnreadableError),
    "nothing": (None, OutageUnreadableError),
    "a signed report of a device": (parsed(signed(as_table(MESSAGE), KEY)), OutageUnreadableError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_the_last_good_word(outages: Outages, tmp_path: Path, name: str) -> None:
    found, kind = REFUSED[name]
    outages.hear(word(), TUESDAY)
    before = (tmp_path / HEARD).read_bytes()

    with pytest.raises(kind):
        outages.hear(found, TUESDAY + timedelta(minutes=5))

    assert (tmp_path / HEARD).read_bytes() == before
    assert list(outages.outages(TUESDAY)) == ["verhuizen"]


GARBAGE = {
    "cut off": sealed(MESSAGE, KEY)[:-40],
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "a page": b"<html>busy</html>",
    "nested deep": b"[" * (LARGEST - 1),
    "endless": b" " * (LARGEST + 1),
    "a number that is none": b'{"outages": NaN, "signature": ""}',
    "half a letter": b'{"outages": "\\ud800", "signature": ""}',
}


@pytest.mark.parametrize("name", GARBAGE)
def test_a_file_of_garbage_is_refused_and_the_last_good_word_stays(outages: Outages, tmp_path: Path, name: str) -> None:
    outages.hear(word(), TUESDAY)
    (tmp_path / DROPPED).write_bytes(GARBAGE[name])

    with pytest.raises(OutageError):
        outages.hear_dropped(TUESDAY)
    assert list(outages.outages(TUESDAY)) == ["verhuizen"]


def test_every_cut_of_a_message_is_refused(outages: Outages) -> None:
    whole = sealed(MESSAGE, KEY).rstrip()
    for length in range(len(whole)):
        with pytest.raises(OutageError):
            outages.hear(parsed(whole[:length]), TUESDAY)
    assert not outages.outages(TUESDAY)


def test_a_dropped_file_is_taken_once_and_its_day_does_not_move(outages: Outages, tmp_path: Path) -> None:
    (tmp_path / DROPPED).write_bytes(sealed(MESSAGE, KEY))

    assert outages.hear_dropped(TUESDAY) == MESSAGE
    assert outages.hear_dropped(TUESDAY + timedelta(days=1)) is None
    assert outages.outages(TUESDAY + timedelta(days=1))["verhuizen"].heard_at == TUESDAY


def test_a_kiosk_alone_believes_a_dropped_file_and_writes_nothing(outages: Outages, tmp_path: Path) -> None:
    (tmp_path / DROPPED).write_bytes(sealed(MESSAGE, KEY))

    assert outages.outages(TUESDAY)["verhuizen"].heard_at == MESSAGE.issued_at
    assert [file.name for file in tmp_path.iterdir()] == [DROPPED]


def test_what_was_kept_and_then_changed_closes_nothing(outages: Outages, tmp_path: Path) -> None:
    outages.hear(word(), TUESDAY)
    kept = json.loads((tmp_path / HEARD).read_text())
    kept["message"]["outages"]["closures"]["bel"] = kept["message"]["outages"]["closures"].pop("verhuizen")
    (tmp_path / HEARD).write_text(json.dumps(kept))

    assert not outages.outages(TUESDAY)
    with pytest.raises(OutageForgedError):
        outages.last()
    assert outages.hear(word(), TUESDAY) == MESSAGE  # and it heals by itself


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_cannot_be_right_opens_nothing_and_tells_no_wrong_day(outages: Outages, year: int) -> None:
    wrong = datetime(year, 1, 2, tzinfo=UTC)
    outages.hear(word(), wrong)

    assert outages.outages(wrong)["verhuizen"].heard_at == MESSAGE.issued_at


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "no Dutch": lambda table: table["closures"]["verhuizen"].update(texts={"en": "broken"}),
    "text too long": lambda table: table["closures"]["verhuizen"]["texts"].update(nl="x" * 301),
    "text empty": lambda table: table["closures"]["verhuizen"]["texts"].update(nl=""),
    "hidden sign": lambda table: table["closures"]["verhuizen"]["texts"].update(nl="a\u202eb"),
    "two lines": lambda table: table["closures"]["verhuizen"]["texts"].update(nl="a\nb"),
    "text a number": lambda table: table["closures"]["verhuizen"]["texts"].update(nl=3),
    "service with a path": lambda table: table["closures"].update({"../x": table["closures"]["verhuizen"]}),
    "closure a list": lambda table: table["closures"].update(verhuizen=[]),
    "moment without zone": lambda table: table.update(expires_at="2026-12-01T00:00:00"),
    "moment far away": lambda table: table.update(expires_at="9999-12-31T23:59:59-14:00"),
    "serial true": lambda table: table.update(serial=True),
    "serial huge": lambda table: table.update(serial=2**60),
    "unknown field": lambda table: table.update(more=1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_signed_message_of_the_wrong_shape_is_refused_all_the_same(outages: Outages, name: str) -> None:
    table = as_table(MESSAGE)
    table = json.loads(json.dumps(table))
    WRONG[name](table)
    content = b"loket-outage-1\n" + json.dumps(table, sort_keys=True, separators=(",", ":")).encode()
    found = {"outages": table, "signature": base64.b64encode(KEY.sign(content).signature).decode()}

    with pytest.raises(OutageUnreadableError):
        outages.hear(found, TUESDAY)


def test_keys_are_made_once_and_the_private_one_is_for_its_owner(tmp_path: Path) -> None:
    public, private = tmp_path / "outage.pub", tmp_path / "outage.key"
    make_outage_keys(public, private)

    assert opened(word(key=read_private(private)), read_public(public)) == MESSAGE
    assert private.stat().st_mode & 0o077 == 0
    with pytest.raises(SealingError):
        make_outage_keys(public, private)
    with pytest.raises(SealingError):
        read_public(private)
    with pytest.raises(SealingError):
        read_private(public)
