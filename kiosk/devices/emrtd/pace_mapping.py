# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How PACE makes a generator that only the two of them know of a nonce (Doc 9303 part 11, 4.4.3.3).

Generic mapping agrees on a hidden element first. Integrated mapping can stand beside it in `MAPPINGS`; chip
authentication mapping is generic mapping with a proof in the last answer, which `chip_authentication` can give as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.curves import Group, KeyAgreement

Ask = Callable[[bytes], bytes]
Random = Callable[[int], bytes]


class Mapping(Enum):
    """The three ways of Doc 9303."""

    GENERIC = auto()
    INTEGRATED = auto()
    CHIP_AUTHENTICATION = auto()


@dataclass(frozen=True, slots=True)
class Way:
    """One way of mapping: what it does, and where it stands when a card offers several (0 first)."""

    map: Callable[[Group, Cipher, bytes, Ask, Random], bytes]
    rank: int
    suits: Callable[[Group], bool] = lambda _group: True


def map_generic(group: Group, _cipher: Cipher, nonce: bytes, ask: Ask, random: Random) -> bytes:
    """Add what the nonce gives to what a first key agreement gives.

    Raises CardError (PROTOCOL_VIOLATION) for a key of the chip that is none.
    """
    ours = KeyAgreement.draw(group, group.generator, random)
    hidden = ours.agree(ask(ours.public))
    return group.combine(group.power(group.generator, int.from_bytes(nonce, "big")), hidden)


MAPPINGS = {
    Mapping.GENERIC: Way(map_generic, 0),
    Mapping.CHIP_AUTHENTICATION: Way(map_generic, 2),
}
