# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens a chip with its number or its lines: PACE (Doc 9303 part 11, 4.4), and which of a card's offers to take.

Steps and checks are here; how a nonce becomes a generator is in `pace_mapping`. A card that offers PACE is never opened
in another way.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.apdu import EXTENDED_ANSWER, SHORT_ANSWER, SHORT_DATA, Command, Ins, PlainChannel, Response, Sw
from kiosk.devices.emrtd.bac import refuse_wrong_key
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.curves import CurveGroup, Group, KeyAgreement, standard_group
from kiosk.devices.emrtd.document import AccessKey, Can
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair, Purpose, derive, password_of
from kiosk.devices.emrtd.object_ids import object_id
from kiosk.devices.emrtd.pace_mapping import MAPPINGS, Mapping
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState

PACE = "0.4.0.127.0.7.2.2.4."
VERSION = 2
CHAINED = 0x10  # in the class byte: more commands belong to this one
TEMPLATE, PUBLIC_KEY, OBJECT_ID = 0x7C, 0x7F49, 0x06
MECHANISM, PASSWORD, PARAMETERS = 0x80, 0x83, 0x84
WITH_MRZ, WITH_CAN = b"\x01", b"\x02"
NONCE, OUR_MAPPING, THEIR_MAPPING, OUR_KEY, THEIR_KEY, OUR_TOKEN, THEIR_TOKEN = 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86
LONGEST_NONCE = 64

ARCS = {
    "1": (False, Mapping.GENERIC),
    "2": (True, Mapping.GENERIC),
    "3": (False, Mapping.INTEGRATED),
    "4": (True, Mapping.INTEGRATED),
    "6": (True, Mapping.CHIP_AUTHENTICATION),
}
CIPHERS = {"1": Cipher.DES3, "2": Cipher.AES128, "3": Cipher.AES192, "4": Cipher.AES256}
STRENGTH = [Cipher.DES3, Cipher.AES128, Cipher.AES192, Cipher.AES256]


class PaceOffer(Protocol):
    """One PACEInfo of EF.CardAccess."""

    @property
    def oid(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def parameter_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Suite:
    """One offer, understood: what to ask the card for and what to do it with."""

    oid: str
    parameter_id: int
    group: Group
    mapping: Mapping
    cipher: Cipher

    @property
    def rank(self) -> tuple[int, int, int]:
        """Tell how good it is: the way of mapping that is known best, then the cipher, then the group."""
        bits = self.group.exponent_bits if isinstance(self.group, CurveGroup) else 0
        return -MAPPINGS[self.mapping].rank, STRENGTH.index(self.cipher), bits


def choose(offers: Sequence[PaceOffer]) -> Suite:
    """Give the best offer that we speak.

    Raises CardError (UNSUPPORTED_CARD).
    """
    suites = [suite for offer in offers if (suite := understood(offer)) is not None]
    if not suites:
        raise CardError(CardState.UNSUPPORTED_CARD, "PACE: no offer that is known here")
    return max(suites, key=lambda suite: suite.rank)


def understood(offer: PaceOffer) -> Suite | None:
    """Give the suite of an offer, None where it is not for us."""
    way, _, sealing = offer.oid.removeprefix(PACE).partition(".")
    if not offer.oid.startswith(PACE) or way not in ARCS or sealing not in CIPHERS or offer.version != VERSION:
        return None
    on_curve, mapping = ARCS[way]
    group = None if offer.parameter_id is None else standard_group(offer.parameter_id)
    if group is None or offer.parameter_id is None or isinstance(group, CurveGroup) is not on_curve:
        return None
    if mapping not in MAPPINGS or not MAPPINGS[mapping].suits(group):
        return None
    return Suite(offer.oid, offer.parameter_id, group, mapping, CIPHERS[sealing])


def open_with_pace(
    channel: PlainChannel,
    offers: Sequence[PaceOffer],
    key: AccessKey,
    *,
    random: Callable[[int], bytes] = os.urandom,
    advanced: Callable[[float], None] = lambda _share: None,
) -> SecureChannel:
    """Agree on a session with the card, each side knowing number or lines, and give it.

    Raises CardError: WRONG_KEY, BLOCKED, UNSUPPORTED_CARD, PROTOCOL_VIOLATION, or those of the connection.
    """
    suite = choose(offers)
    password = derive(password_of(key), Purpose.PASSWORD, suite.cipher)
    told = _announce(channel, suite, key, needs_parameters=len(offers) > 1)
    advanced(0.1)
    run = _Run(channel, suite, told)
    nonce = suite.cipher.decrypt(password, run.ask(b"", NONCE))
    if not 0 < len(nonce) <= LONGEST_NONCE:
        raise broken("a nonce of another length")
    advanced(0.2)
    generator = MAPPINGS[suite.mapping].map(suite.group, suite.cipher, nonce, run.ask_mapping, random)
    advanced(0.5)
    ours = KeyAgreement.draw(suite.group, generator, random)
    theirs = run.ask(tlv.encode(OUR_KEY, ours.public), THEIR_KEY)
    keys = KeyPair.of(suite.group.secret(ours.agree(theirs)), suite.cipher)
    advanced(0.8)
    token = run.ask(tlv.encode(OUR_TOKEN, _token(suite, keys, theirs)), THEIR_TOKEN, is_last=True)
    if not hmac.compare_digest(token, _token(suite, keys, ours.public)):
        raise broken("the chip cannot prove that it knows the key")
    advanced(1.0)
    return SecureChannel(channel, suite.cipher, keys)


def broken(says: str) -> CardError:
    """Give the error for a card that does not keep to PACE."""
    return CardError(CardState.PROTOCOL_VIOLATION, f"PACE: {says}")


def _announce(channel: PlainChannel, suite: Suite, key: AccessKey, *, needs_parameters: bool) -> int | None:
    """Tell the card how it will be opened; give the tries left, where it tells them."""
    data = tlv.encode(MECHANISM, object_id(suite.oid))
    data += tlv.encode(PASSWORD, WITH_CAN if isinstance(key, Can) else WITH_MRZ)
    if needs_parameters:
        data += tlv.encode(PARAMETERS, bytes([suite.parameter_id]))
    answer = channel.send(Command(Ins.MANAGE_SECURITY_ENVIRONMENT, 0xC1, 0xA4, data))
    if answer.is_ok or answer.tries_left:
        return answer.tries_left
    if answer.sw == Sw.REFERENCED_DATA_NOT_FOUND and isinstance(key, Can):  # lines open every card
        raise CardError(CardState.WRONG_KEY, "PACE: the card does not open with this kind of key")
    if answer.tries_left == 0 or answer.sw in {Sw.BLOCKED, Sw.REFERENCE_DATA_UNUSABLE}:
        refuse_wrong_key(answer)
    raise CardError(CardState.UNSUPPORTED_CARD, "PACE: the card does not take its own offer")


@dataclass(frozen=True, slots=True)
class _Run:
    """The commands of one PACE, that belong together."""

    channel: PlainChannel
    suite: Suite
    tries_told: int | None

    def ask(self, data: bytes, wanted: int, *, is_last: bool = False, may_lack: bool = False) -> bytes:
        """Send one step and give the value that the answer to it is."""
        data = tlv.encode(TEMPLATE, data)
        is_long = len(data) > SHORT_DATA or self.suite.group.element_length + 8 > SHORT_ANSWER
        command = Command(
            Ins.GENERAL_AUTHENTICATE,
            0,
            0,
            data,
            EXTENDED_ANSWER if is_long else SHORT_ANSWER,
            cla=0 if is_last else CHAINED,
        )
        answer = self.channel.send(command)
        if not answer.is_ok:
            self._refuse(answer, is_last=is_last)
        nodes = tlv.parse_one(answer.data, TEMPLATE).children()
        if may_lack and not nodes:
            return b""
        node = tlv.find(nodes, wanted)
        if node is None or (len(nodes) > 1 and not is_last):  # the last may bear certificate references too
            raise broken("an answer without what was asked")
        return node.value

    def ask_mapping(self, data: bytes) -> bytes:
        """Send what a mapping sends, and give what comes back; of integrated mapping that is nothing."""
        is_bare = self.suite.mapping is Mapping.INTEGRATED
        return self.ask(tlv.encode(OUR_MAPPING, data), THEIR_MAPPING, may_lack=is_bare)

    def _refuse(self, answer: Response, *, is_last: bool) -> None:
        try:
            refuse_wrong_key(answer)
        except CardError as error:
            if error.state is CardState.BLOCKED:
                raise
            if error.state is not CardState.WRONG_KEY or not (is_last or answer.sw >> 8 == 0x63):
                raise broken("the card breaks off") from None
            left = error.tries_left
            if left is None and self.tries_told:
                left = self.tries_told - 1
            raise CardError(CardState.WRONG_KEY, "PACE: the card does not take the key", tries_left=left) from None


def _token(suite: Suite, keys: KeyPair, public_key: bytes) -> bytes:
    written = tlv.encode(OBJECT_ID, object_id(suite.oid)) + tlv.encode(suite.group.key_tag, public_key)
    return suite.cipher.token(keys.mac, tlv.encode(PUBLIC_KEY, written))
