# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the files of a chip: EF.COM, the data groups, EF.CardAccess, from what is printed on an invented document."""

from __future__ import annotations

from dataclasses import dataclass

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.proofs import (
    CHIP_OIDS,
    CHIP_PUBLIC_KEY,
    ECDSA_PLAIN,
    ActiveKey,
    ChipKey,
    RsaKey,
)

_TAGS = {1: 0x61, 2: 0x75, 3: 0x63, 11: 0x6B, 14: 0x6E, 15: 0x6F}
_VALUES = {**{str(digit): digit for digit in range(10)}, "<": 0}
_VALUES |= {chr(65 + number): 10 + number for number in range(26)}


def check_digit(text: str) -> str:
    return str(sum(_VALUES[sign] * (7, 3, 1)[place % 3] for place, sign in enumerate(text)) % 10)


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on an invented document. Dates are YYMMDD."""

    number: str
    surname: str
    given_names: str
    birth: str
    expiry: str
    sex: str = "F"
    nationality: str = "NLD"
    issuer: str = "NLD"
    optional: str = ""

    @property
    def _names(self) -> str:
        surname, given = (text.replace(" ", "<") for text in (self.surname, self.given_names))
        return f"{surname}<<{given}"

    def passport_lines(self) -> tuple[str, ...]:
        """Lay it out as TD3, two lines of 44."""
        number, birth, expiry = (_checked(text) for text in (self.number.ljust(9, "<"), self.birth, self.expiry))
        optional = _checked(self.optional.ljust(14, "<"))
        two = f"{number}{self.nationality}{birth}{self.sex}{expiry}{optional}"
        two += check_digit(two[0:10] + two[13:20] + two[21:43])
        return f"P<{self.issuer}{self._names}"[:44].ljust(44, "<"), two

    def card_lines(self, kind: str = "I<") -> tuple[str, ...]:
        """Lay it out as TD1, three lines of 30."""
        number = _checked(self.number.ljust(9, "<"))
        optional = self.optional
        if len(self.number) > 9:
            number, optional = self.number[:9] + "<", self.number[9:] + check_digit(self.number) + "<" + optional
        one = f"{kind}{self.issuer}{number}{optional}".ljust(30, "<")
        two = f"{_checked(self.birth)}{self.sex}{_checked(self.expiry)}{self.nationality}".ljust(29, "<")
        two += check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29])
        return one, two, self._names[:30].ljust(30, "<")


def _checked(text: str) -> str:
    return text + check_digit(text)


def dg1(lines: tuple[str, ...]) -> bytes:
    return ber.tlv(0x61, ber.tlv(0x5F1F, "".join(lines).encode()))


def dg2() -> bytes:
    """Give a face that is none: nobody may read it, so any bytes do."""
    return ber.tlv(0x75, ber.tlv(0x7F61, ber.tlv(0x02, b"\x01"), ber.tlv(0x7F60, ber.tlv(0x5F2E, b"no face " * 40))))


def dg3() -> bytes:
    """Give fingerprints that are none."""
    return ber.tlv(0x63, ber.tlv(0x7F61, ber.tlv(0x02, b"\x00")))


def dg11(full_name: str, bsn: str) -> bytes:
    tags = bytes.fromhex("5F0E5F10")
    return ber.tlv(0x6B, ber.tlv(0x5C, tags), ber.tlv(0x5F0E, full_name.encode()), ber.tlv(0x5F10, bsn.encode()))


def dg14(pace: tuple[PaceInfo, ...], chip: ChipKey | None, active: ActiveKey | None) -> bytes:
    infos = [info.der for info in pace]
    if pace:  # Terminal Authentication: there, and none of our business
        infos.append(ber.sequence(ber.der_oid("0.4.0.127.0.7.2.2.2"), ber.integer(1)))
    if chip is not None:
        number = () if chip.number is None else (ber.integer(chip.number),)
        infos.append(ber.sequence(ber.der_oid(CHIP_OIDS[chip.suite]), ber.integer(1), *number))
        spki = curves.public_key_info(chip.key, explicit=True)
        infos.append(ber.sequence(ber.der_oid(CHIP_PUBLIC_KEY), spki, *number))
    if active is not None and not isinstance(active.key, RsaKey):
        plain = "0.4.0.127.0.7.1.1.4.1." + ECDSA_PLAIN[active.hash_name]
        infos.append(ber.sequence(ber.der_oid("2.23.136.1.1.5"), ber.integer(1), ber.der_oid(plain)))
    return ber.tlv(0x6E, ber.set_of(*infos))


def dg15(active: ActiveKey) -> bytes:
    if isinstance(active.key, RsaKey):
        return ber.tlv(0x6F, active.key.public_key_info)
    return ber.tlv(0x6F, curves.public_key_info(active.key, explicit=True))


def com(numbers: list[int]) -> bytes:
    tags = bytes(_TAGS[number] for number in sorted(numbers))
    return ber.tlv(0x60, ber.tlv(0x5F01, b"0107"), ber.tlv(0x5F36, b"040000"), ber.tlv(0x5C, tags))


def card_access(pace: tuple[PaceInfo, ...]) -> bytes:
    return ber.set_of(*(info.der for info in pace))
