# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lets a chip prove that it is the one that was issued: Chip Authentication (Doc 9303 part 11, 6.2).

It agrees on new session keys with the key that DG14 names. Only the true chip can use those, so the proof is the first
answer under them. That DG14 is genuine is for `passive`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.agreement_keys import AgreementKey, read_agreement_key
from kiosk.devices.emrtd.apdu import EXTENDED_ANSWER, SHORT_ANSWER, SHORT_DATA, Command, Ins, Response
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.curves import CurveGroup, KeyAgreement
from kiosk.devices.emrtd.data_groups import CHIP_AUTHENTICATION, ChipAuthenticationPublicKey, SecurityInfos
from kiosk.devices.emrtd.der import DerError
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair
from kiosk.devices.emrtd.object_ids import object_id
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState

VERSION = 1
LARGEST_KEY_ID = 0xFFFF_FFFF
LONGEST_SHORT_KEY = 200  # bytes, beside headers, padding and checksum in one short command
DH, ECDH = "1", "2"  # the arc after CHIP_AUTHENTICATION and that of a key
CIPHERS = {"1": Cipher.DES3, "2": Cipher.AES128, "3": Cipher.AES192, "4": Cipher.AES256}
MECHANISM, KEY_NUMBER, PUBLIC_KEY, TEMPLATE, AGREEMENT_KEY = 0x80, 0x84, 0x91, 0x7C, 0x80


@dataclass(frozen=True, slots=True)
class ChipKey:
    """One way of Chip Authentication that a chip offers, understood."""

    cipher: Cipher
    key: AgreementKey
    key_ids: tuple[int | None, ...]  # how to name it to the chip, the likeliest first
    oid: str

    def fits(self, limits: Limits) -> bool:
        """Tell whether a public key of this size goes through the reader, under secure messaging."""
        return limits.is_extended or self.key.group.element_length <= LONGEST_SHORT_KEY


def choose(infos: SecurityInfos) -> ChipKey | None:
    """Give the strongest that DG14 offers and we speak, None where there is none.

    Raises CardError (PROTOCOL_VIOLATION) for a public key outside its own group.
    """
    found = [chip_key for key in infos.chip_keys if (chip_key := _understood(key, infos)) is not None]
    return max(found, key=lambda one: (one.cipher.key_length, one.cipher.block), default=None)


def authenticate(
    channel: SecureChannel, chip_key: ChipKey, *, random: Callable[[int], bytes] = os.urandom
) -> SecureChannel:
    """Agree on new keys and give the session under them; nothing is proven until `prove`.

    Raises CardError: CLONE_SUSPECTED where the chip will not, PROTOCOL_VIOLATION, or those of the connection.
    """
    group = chip_key.key.group
    ours = KeyAgreement.draw(group, group.generator, random)
    keys = KeyPair.of(group.secret(ours.agree(chip_key.key.element)), chip_key.cipher)
    if chip_key.cipher is Cipher.DES3:
        _announce(channel, chip_key, 0xA6, tlv.encode(PUBLIC_KEY, ours.public))
    else:
        _announce(channel, chip_key, 0xA4, tlv.encode(MECHANISM, object_id(chip_key.oid)))
        data = tlv.encode(TEMPLATE, tlv.encode(AGREEMENT_KEY, ours.public))
        most = EXTENDED_ANSWER if len(data) > SHORT_DATA else SHORT_ANSWER
        _demand(channel.send(Command(Ins.GENERAL_AUTHENTICATE, 0, 0, data, answer_length=most)))
    return SecureChannel(channel.plain, chip_key.cipher, keys)


def prove(channel: SecureChannel, command: Command) -> Response:
    """Send a first command under the new keys: only the true chip can answer it.

    Raises CardError: CLONE_SUSPECTED, or those of the connection.
    """
    try:
        answer = channel.send(command)
    except CardError as error:
        if error.state is CardState.PROTOCOL_VIOLATION:
            raise _clone("the chip does not have the keys") from None
        raise
    _demand(answer)
    return answer


def _announce(channel: SecureChannel, chip_key: ChipKey, p2: int, data: bytes) -> None:
    """Tell the chip which key is meant. Some want no number for the only one, some the number of its info."""
    answer = None
    for key_id in chip_key.key_ids:
        number = b"" if key_id is None else tlv.encode(KEY_NUMBER, _shortest(key_id))
        answer = channel.send(Command(Ins.MANAGE_SECURITY_ENVIRONMENT, 0x41, p2, data + number))
        if answer.is_ok or not answer.is_protected:
            break
    if answer is not None:
        _demand(answer)


def _understood(key: ChipAuthenticationPublicKey, infos: SecurityInfos) -> ChipKey | None:
    """Join a key with the strongest info that names it; a key without info is for 3DES (Doc 9303 part 11, 9.2.6)."""
    try:
        agreement_key = read_agreement_key(key.public_key)
    except DerError:
        return None
    if not _is_number(key.key_id):
        return None
    way = ECDH if isinstance(agreement_key.group, CurveGroup) else DH
    if not infos.chip:
        return ChipKey(Cipher.DES3, agreement_key, (key.key_id,), f"{CHIP_AUTHENTICATION}{way}.1")
    is_only = len(infos.chip_keys) == 1
    best: ChipKey | None = None
    for info in infos.chip:
        arc, _, sealing = info.oid.removeprefix(CHIP_AUTHENTICATION).partition(".")
        cipher = CIPHERS.get(sealing)
        is_its_own = info.key_id == key.key_id or is_only
        if arc != way or cipher is None or info.version != VERSION or not (is_its_own and _is_number(info.key_id)):
            continue
        if best is None or (cipher.key_length, cipher.block) > (best.cipher.key_length, best.cipher.block):
            names = (key.key_id,) if info.key_id in {key.key_id, None} else (key.key_id, info.key_id)
            best = ChipKey(cipher, agreement_key, names, info.oid)
    return best


def _is_number(key_id: int | None) -> bool:
    return key_id is None or 0 <= key_id <= LARGEST_KEY_ID


def _demand(answer: Response) -> None:
    if not (answer.is_ok and answer.is_protected):
        raise _clone("the chip breaks off")


def _clone(says: str) -> CardError:
    return CardError(CardState.CLONE_SUSPECTED, f"chip authentication: {says}")


def _shortest(number: int) -> bytes:
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
