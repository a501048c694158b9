# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Chip Authentication with every cipher, over curves and over numbers, and with chips that have no right to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.devices.emrtd.apdu import Command, PlainChannel
from kiosk.devices.emrtd.chip_authentication import ChipKey, authenticate, choose, prove
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.curves import Group, standard_group
from kiosk.devices.emrtd.data_groups import (
    CHIP_AUTHENTICATION,
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKey,
    SecurityInfos,
    read_dg14,
)
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair
from kiosk.devices.emrtd.object_ids import object_id
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.vectors import octets, worked_example
from tests.kiosk.devices.emrtd.virtual import ber
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, Suite
from tests.kiosk.devices.emrtd.virtual.commands import Answer, read_command
from tests.kiosk.devices.emrtd.virtual.commands import Command as CardCommand
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

SUITES = [Suite.DES3, Suite.AES128, Suite.AES192, Suite.AES256]
SECRET = b"before"
PRIVATE = 0x1234567890ABCDEF1234567890ABCDEF
SELECT = Command(0xA4, 2, 0x0C, b"\x01\x01")
LONG = Limits(longest_command=65544, longest_answer=65536)


@dataclass(slots=True)
class Chip:
    """A chip with a static key, that keeps the session it was opened with until it has agreed on another."""

    group: Group
    suite: Suite
    number: int | None = None
    private: int = PRIVATE
    limits: Limits = LONG
    messaging: Messaging = field(default_factory=lambda: Messaging(Keys.of_secret(Suite.AES128, SECRET)))
    seen: list[CardCommand] = field(default_factory=list)
    obey: Callable[[CardCommand], Answer] | None = None
    _fresh: Messaging | None = None

    @property
    def public(self) -> bytes:
        return self.group.power(self.group.generator, PRIVATE)

    def transmit(self, raw: bytes) -> bytes:
        read = read_command(raw)
        assert read is not None
        command = self.messaging.open(read)
        self.seen.append(command)
        answer = bytes(self.messaging.seal((self.obey or self.agree)(command)))
        if self._fresh is not None:
            self.messaging, self._fresh = self._fresh, None
        return answer

    def agree(self, command: CardCommand) -> Answer:
        match command.ins, command.p1p2:
            case 0x22, 0x41A4:
                number = dict(ber.parse(command.data)).get(0x84)
                return Answer(sw=0x9000 if number == self._number() else 0x6A80)
            case 0x22, 0x41A6:
                objects = dict(ber.parse(command.data))
                self._renew(objects[0x91])
                return Answer(sw=0x9000 if objects.get(0x84) == self._number() else 0x6A80)
            case 0x86, 0:
                self._renew(ber.first(ber.first(command.data)[1])[1])
                return Answer(ber.tlv(0x7C))
            case _:
                return Answer()

    def _renew(self, public: bytes) -> None:
        agreed = self.group.secret(self.group.power(public, self.private))
        self._fresh = Messaging(Keys.of_secret(self.suite, agreed))

    def _number(self) -> bytes | None:
        return None if self.number is None else bytes([self.number])

    def close(self) -> None:
        pass


def channel_to(chip: Chip) -> SecureChannel:
    return SecureChannel(PlainChannel(chip), Cipher.AES128, KeyPair.of(SECRET, Cipher.AES128))


def infos_of(chip: Chip, *, info_id: int | None = None, key_id: int | None = None) -> SecurityInfos:
    number = {13: 13, 14: 14, 2: 2, 0: 0}[next(n for n in (13, 14, 2, 0) if standard_group(n) == chip.group)]
    parameters = ber.sequence(ber.der_oid("0.4.0.127.0.7.1.2"), ber.integer(number))
    way = "1" if number < 8 else "2"
    return SecurityInfos(
        chip=(ChipAuthenticationInfo(f"{CHIP_AUTHENTICATION}{way}.{SUITES.index(chip.suite) + 1}", 1, info_id),),
        chip_keys=(
            ChipAuthenticationPublicKey(
                f"0.4.0.127.0.7.2.2.1.{way}", ber.sequence(parameters, ber.bit_string(chip.public)), key_id
            ),
        ),
    )


def chosen(infos: SecurityInfos) -> ChipKey:
    chip_key = choose(infos)
    assert chip_key is not None
    return chip_key


def group(number: int) -> Group:
    found = standard_group(number)
    assert found is not None
    return found


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("number", [0, 2, 13, 14])
def test_true_chip_proves_itself(suite: Suite, number: int) -> None:
    chip = Chip(group(number), suite)
    fresh = authenticate(channel_to(chip), chosen(infos_of(chip)))
    assert fresh.cipher.name == suite.name
    assert prove(fresh, SELECT).is_protected
    assert fresh.counter == 2


@pytest.mark.parametrize("suite", SUITES)
def test_copy_without_the_private_key_is_suspected(suite: Suite) -> None:
    chip = Chip(group(13), suite, private=PRIVATE + 1)
    fresh = authenticate(channel_to(chip), chosen(infos_of(chip)))
    chip.obey = lambda _command: Answer()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the card of the test itself cannot open it
        prove(fresh, SELECT)
    assert "MessagingError" in type(caught.value).__name__ or isinstance(caught.value, CardError)


@pytest.mark.parametrize("sw", ["6988", "6987", "6982", "9000", "6F00"])
def test_copy_that_breaks_off_is_suspected(sw: str) -> None:
    chip = Chip(group(13), Suite.AES128)
    fresh = authenticate(channel_to(chip), chosen(infos_of(chip)))

    class Bare:
        limits = LONG

        def transmit(self, command: bytes) -> bytes:
            return bytes.fromhex(sw)

        def close(self) -> None:
            pass

    fresh.plain = PlainChannel(Bare())
    with pytest.raises(CardError) as caught:
        prove(fresh, SELECT)
    assert caught.value.state is CardState.CLONE_SUSPECTED


def test_copy_that_goes_on_with_the_old_keys_is_suspected() -> None:
    chip = Chip(group(13), Suite.AES128, obey=lambda _command: Answer())
    fresh = authenticate(channel_to(chip), chosen(infos_of(chip)))
    old = chip.messaging

    class Pretender:
        limits = LONG

        def transmit(self, command: bytes) -> bytes:
            return bytes(old.seal(Answer()))

        def close(self) -> None:
            pass

    fresh.plain = PlainChannel(Pretender())
    with pytest.raises(CardError) as caught:
        prove(fresh, SELECT)
    assert caught.value.state is CardState.CLONE_SUSPECTED


@pytest.mark.parametrize("suite", [Suite.DES3, Suite.AES256])
def test_chip_that_refuses_is_suspected(suite: Suite) -> None:
    chip = Chip(group(13), suite, obey=lambda _command: Answer(sw=0x6A80))
    with pytest.raises(CardError) as caught:
        authenticate(channel_to(chip), chosen(infos_of(chip)))
    assert caught.value.state is CardState.CLONE_SUSPECTED


def test_card_that_is_taken_away_is_not_suspected() -> None:
    chip = Chip(group(13), Suite.AES128)
    fresh = authenticate(channel_to(chip), chosen(infos_of(chip)))

    def gone(_command: CardCommand) -> Answer:
        raise CardError(CardState.CARD_REMOVED)

    chip.obey = gone
    with pytest.raises(CardError) as caught:
        prove(fresh, SELECT)
    assert caught.value.state is CardState.CARD_REMOVED


@pytest.mark.parametrize(
    ("info_id", "key_id", "wanted", "commands"),
    [(None, None, None, 2), (1, None, None, 2), (1, None, 1, 3), (1, 1, 1, 2), (None, 1, 1, 2)],
)
def test_names_the_key_as_the_chip_wants_it(
    info_id: int | None, key_id: int | None, wanted: int | None, commands: int
) -> None:
    chip = Chip(group(13), Suite.AES128, number=wanted)
    authenticate(channel_to(chip), chosen(infos_of(chip, info_id=info_id, key_id=key_id)))
    assert len(chip.seen) == commands


def test_announces_the_way_by_its_object_identifier() -> None:
    chip = Chip(group(13), Suite.AES256)
    authenticate(channel_to(chip), chosen(infos_of(chip)))
    assert dict(ber.parse(chip.seen[0].data))[0x80] == object_id(f"{CHIP_AUTHENTICATION}2.4")


def test_understands_the_dutch_specimen(shared_dir: Path) -> None:
    (dg14,) = octets(worked_example(shared_dir, "nl_speci2014"), "DG14")
    chip_key = chosen(read_dg14(dg14))
    assert chip_key.cipher is Cipher.AES256
    assert chip_key.key.group == group(14)
    assert chip_key.key_ids == (None,)
    assert chip_key.oid == f"{CHIP_AUTHENTICATION}2.4"


def test_takes_3des_for_a_key_without_info() -> None:
    chip = Chip(group(13), Suite.DES3)
    infos = SecurityInfos(chip_keys=infos_of(chip).chip_keys)
    assert chosen(infos).cipher is Cipher.DES3
    assert prove(authenticate(channel_to(chip), chosen(infos)), SELECT).is_ok


def test_chooses_the_strongest_and_joins_keys_with_their_infos() -> None:
    weak, strong = Chip(group(13), Suite.DES3), Chip(group(14), Suite.AES256)
    one, other = infos_of(weak, info_id=1, key_id=1), infos_of(strong, info_id=2, key_id=2)
    both = SecurityInfos(chip=one.chip + other.chip, chip_keys=one.chip_keys + other.chip_keys)
    chip_key = chosen(both)
    assert (chip_key.cipher, chip_key.key_ids, chip_key.key.group) == (Cipher.AES256, (2,), group(14))


@pytest.mark.parametrize(
    ("info_id", "key_id", "oid", "version"),
    [
        (None, None, f"{CHIP_AUTHENTICATION}2.9", 1),
        (None, None, f"{CHIP_AUTHENTICATION}1.2", 1),  # over numbers, with a key on a curve
        (None, None, f"{CHIP_AUTHENTICATION}2.2", 7),
        (-1, None, f"{CHIP_AUTHENTICATION}2.2", 1),
        (None, -1, f"{CHIP_AUTHENTICATION}2.2", 1),
        (None, 1 << 200, f"{CHIP_AUTHENTICATION}2.2", 1),
    ],
)
def test_leaves_alone_what_it_does_not_know(info_id: int | None, key_id: int | None, oid: str, version: int) -> None:
    chip = Chip(group(13), Suite.AES128)
    infos = infos_of(chip, key_id=key_id)
    assert (
        choose(SecurityInfos(chip=(ChipAuthenticationInfo(oid, version, info_id),), chip_keys=infos.chip_keys)) is None
    )


def test_tells_whether_a_key_fits_through_the_reader() -> None:
    assert chosen(infos_of(Chip(group(14), Suite.AES256))).fits(Limits())
    assert not chosen(infos_of(Chip(group(2), Suite.AES256))).fits(Limits())
    assert chosen(infos_of(Chip(group(2), Suite.AES256))).fits(LONG)
