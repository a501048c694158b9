# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is fuzzed: each target takes any bytes, and bears only the errors that its module promises.

Anything else that is raised is a fault, and so is what breaks a promise that holds for every input.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.apdu import Command, Ins, PlainChannel
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.data_groups import read_card_access, read_com, read_dg1, read_dg14, read_dg15
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair
from kiosk.devices.emrtd.mrz import MrzError, parse_mrz
from kiosk.devices.emrtd.passive import check_passive
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.sod import read_sod
from kiosk.devices.emrtd.states import Verdict
from kiosk.devices.emrtd.trust import TrustStore
from kiosk.devices.emrtd.typed_lines import key_of_typed_lines

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = bytes(range(16))
_UNKNOWN = os.urandom(16)  # no input can be right under these keys
TRUST = Path(__file__).parents[1] / "virtual/fixtures/trust"


def fuzz_tlv(data: bytes) -> None:
    """Take objects apart to the bottom; then the same bytes as each file that is made of them."""
    with suppress(CardError):
        nodes = tlv.parse(data)
        assert b"".join(tlv.encode(node.tag, node.value) for node in nodes) == data or not _is_shortest(data, nodes)
        left = list(nodes)
        while left:
            node = left.pop()
            with suppress(CardError):
                left.extend(node.children())
    for read in (read_com, read_dg14, read_dg15, read_card_access):
        with suppress(CardError):
            read(data)


def _is_shortest(data: bytes, nodes: tuple[tlv.Tlv, ...]) -> bool:
    """Tell whether lengths are written as short as can be; BER lets a card write them longer."""
    return len(data) == sum(len(tlv.encode(node.tag, node.value)) for node in nodes)


def fuzz_mrz(data: bytes) -> None:
    """Read printed lines: as typed, as read by a scanner, and as a chip has them."""
    text = data.decode("utf-8", "replace")
    with suppress(MrzError, CardError):
        parse_mrz(text).document(NOW.date())
    with suppress(MrzError, CardError):
        key_of_typed_lines(text)
    with suppress(CardError):
        read_dg1(tlv.encode(0x61, tlv.encode(0x5F1F, data))).document(NOW.date())


@cache
def _trust() -> TrustStore:
    return TrustStore.load(TRUST)


@cache
def _lines() -> bytes:
    from tests.kiosk.devices.emrtd.virtual.profile import data_group, load

    return load("passport").files[data_group(1)]


def fuzz_sod(data: bytes) -> None:
    """Check a security object over the passport's lines. Nobody without a key of our country gets other hashes through.

    Bytes may differ where nothing is signed, as the list of hash algorithms at its head.
    """
    with suppress(CardError):
        result = check_passive(data, {1: _lines()}, _trust(), NOW)
        assert result.verdict is not Verdict.HELD or dict(read_sod(data).hashes) in _signed()


@cache
def _signed() -> tuple[dict[int, bytes], ...]:
    from tests.kiosk.devices.emrtd.virtual.profile import ODD, SOD, load

    right = (load("passport").files[SOD], *(path.read_bytes() for path in ODD.glob("good_*.sod")))
    return tuple(dict(read_sod(sod).hashes) for sod in right)


@dataclass(slots=True)
class _Says:
    """A card that answers with the pieces of one input, whatever it is asked."""

    left: list[bytes]
    limits: Limits = field(default_factory=Limits)

    def transmit(self, command: bytes) -> bytes:
        return self.left.pop(0) if self.left else b"\x6f\x00"

    def close(self) -> None:
        pass


def fuzz_messaging(data: bytes) -> None:
    """Open answers: as they come, or with the right seal over wrong objects, which a card with the keys could make."""
    if len(data) < 2:
        return
    cipher = (Cipher.DES3, Cipher.AES128, Cipher.AES256)[data[0] % 3]
    is_sealed, body = bool(data[0] & 0x80), data[1:]
    pieces = body.split(b"\x90\x00\xff")
    card = _Says(pieces)
    channel = SecureChannel(PlainChannel(card), cipher, KeyPair.of(SECRET if is_sealed else _UNKNOWN, cipher))
    if is_sealed:
        sealed = SecureChannel(PlainChannel(card), cipher, KeyPair.of(SECRET, cipher), 2)
        objects = body[:-2]
        card.left = [objects + tlv.encode(0x8E, sealed._mac(cipher.pad(objects))) + body[-2:]]
    for _ in range(3):
        with suppress(CardError):
            answer = channel.send(Command(Ins.READ_BINARY, 0, 0, answer_length=224))
            assert is_sealed or not answer.is_protected, "nobody without the keys can seal"


TARGETS: dict[str, Callable[[bytes], None]] = {
    "tlv": fuzz_tlv,
    "mrz": fuzz_mrz,
    "sod": fuzz_sod,
    "messaging": fuzz_messaging,
}
