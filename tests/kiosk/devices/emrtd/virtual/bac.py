# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Basic Access Control, the card's half (Doc 9303 part 11, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.kiosk.devices.emrtd.virtual.ciphers import ENC, MAC, Keys, Suite
from tests.kiosk.devices.emrtd.virtual.curves import Entropy
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

DES3 = Suite.DES3


@dataclass(frozen=True, slots=True)
class Opened:
    """The reader knew the key: what to answer, and the session."""

    answer: bytes
    messaging: Messaging


def answer_authenticate(seed: bytes, challenge: bytes, data: bytes, entropy: Entropy) -> Opened | None:
    """Judge EXTERNAL AUTHENTICATE; None where the reader does not know the key."""
    enc, mac = DES3.derive(seed, ENC), DES3.derive(seed, MAC)
    hidden, seal = data[:32], data[32:]
    if len(data) != 40 or DES3.mac(mac, DES3.padded(hidden)) != seal:
        return None
    text = DES3.decipher(enc, hidden)
    of_reader, echoed, half = text[:8], text[8:16], text[16:]
    if echoed != challenge:
        return None
    own_half = entropy(16)
    hidden = DES3.encipher(enc, challenge + of_reader + own_half)
    secret = bytes(one ^ other for one, other in zip(half, own_half, strict=True))
    counter = int.from_bytes(challenge[4:] + of_reader[4:], "big")
    session = Messaging(Keys.of_secret(DES3, secret), counter)
    return Opened(hidden + DES3.mac(mac, DES3.padded(hidden)), session)
