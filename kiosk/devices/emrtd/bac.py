# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens an older chip with its machine readable lines: Basic Access Control (Doc 9303 part 11, 4.3).

Only for a card that has no EF.CardAccess; that is for `reading` to see to.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable

from kiosk.devices.emrtd.apdu import Command, Ins, PlainChannel, Response, Sw
from kiosk.devices.emrtd.ciphers import MAC_LENGTH, Cipher
from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair, bac_seed
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState

CHALLENGE = 8
KEYING = 16
EXCHANGED = 2 * CHALLENGE + KEYING


def open_with_lines(
    channel: PlainChannel, key: MrzKey, *, random: Callable[[int], bytes] = os.urandom
) -> SecureChannel:
    """Prove to know the lines, let the chip prove the same, and give the session.

    Raises CardError: WRONG_KEY, BLOCKED, UNSUPPORTED_CARD, PROTOCOL_VIOLATION, or those of the connection.
    """
    return open_with_seed(channel, bac_seed(key), random=random)


def open_with_seed(channel: PlainChannel, seed: bytes, *, random: Callable[[int], bytes] = os.urandom) -> SecureChannel:
    """Do the same with a seed that was made in another way, as a driving licence's is.

    Raises CardError, as `open_with_lines`.
    """
    cipher = Cipher.DES3
    keys = KeyPair.of(seed, cipher)
    theirs = _challenge(channel)
    ours, our_keying = random(CHALLENGE), random(KEYING)
    sealed = cipher.encrypt(keys.enc, ours + theirs + our_keying)
    data = sealed + cipher.mac(keys.mac, cipher.pad(sealed))
    answer = channel.send(Command(Ins.EXTERNAL_AUTHENTICATE, 0, 0, data, answer_length=len(data)))
    refuse_wrong_key(answer)
    if len(answer.data) != EXCHANGED + MAC_LENGTH:
        raise _broken("an answer of another length")
    sealed, checksum = answer.data[:EXCHANGED], answer.data[EXCHANGED:]
    if not hmac.compare_digest(cipher.mac(keys.mac, cipher.pad(sealed)), checksum):
        raise _broken("the checksum of the chip is wrong")
    opened = cipher.decrypt(keys.enc, sealed)
    if opened[:CHALLENGE] != theirs or opened[CHALLENGE : 2 * CHALLENGE] != ours:
        raise _broken("the chip answers another challenge")
    their_keying = opened[2 * CHALLENGE :]
    if hmac.compare_digest(their_keying, our_keying):
        raise _broken("the chip reflects our key")
    secret = bytes(a ^ b for a, b in zip(our_keying, their_keying, strict=True))
    counter = int.from_bytes(theirs[-4:] + ours[-4:], "big")
    return SecureChannel(channel, cipher, KeyPair.of(secret, cipher), counter)


def refuse_wrong_key(answer: Response) -> None:
    """Give what a status word says of the key that was tried.

    Raises CardError: BLOCKED, WRONG_KEY (with the tries left, where the card tells), or PROTOCOL_VIOLATION.
    """
    sw = answer.sw
    if answer.is_ok:
        return
    if sw in {Sw.BLOCKED, Sw.REFERENCE_DATA_UNUSABLE} or answer.tries_left == 0:
        raise CardError(CardState.BLOCKED, "the card takes no more attempts", tries_left=0)
    if sw >> 8 in {0x63, 0x69} or sw == Sw.WRONG_DATA:
        raise CardError(CardState.WRONG_KEY, "the card does not take the key", tries_left=answer.tries_left)
    raise CardError(CardState.PROTOCOL_VIOLATION, "the card breaks off while it is opened")


def _challenge(channel: PlainChannel) -> bytes:
    answer = channel.send(Command(Ins.GET_CHALLENGE, 0, 0, answer_length=CHALLENGE))
    if answer.sw in {Sw.BLOCKED, Sw.REFERENCE_DATA_UNUSABLE}:
        raise CardError(CardState.BLOCKED, "the card takes no more attempts", tries_left=0)
    if not answer.is_ok:
        raise CardError(CardState.UNSUPPORTED_CARD, "the card gives no challenge")
    if len(answer.data) != CHALLENGE:
        raise _broken("a challenge of another length")
    return answer.data


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"basic access control: {says}")
