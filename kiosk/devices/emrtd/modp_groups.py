# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Diffie-Hellman over numbers: the three groups of RFC 5114 that Doc 9303 knows, and those a card describes itself."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

SHORTEST_PRIME, LONGEST_PRIME = 1024, 4096  # bits: below is broken, above would take the reader seconds
LARGEST_EXPONENT = 512  # bits, where a card names no subgroup
SMALLEST_ORDER = 160  # bits


@dataclass(frozen=True, slots=True)
class ModpGroup:
    """One group. Elements are bytes as long as the prime."""

    prime: int
    base: int
    order: int | None = None  # of the subgroup, where it is known
    key_tag: int = 0x84  # of a public key

    @property
    def element_length(self) -> int:
        return (self.prime.bit_length() + 7) // 8

    @property
    def exponent_bits(self) -> int:
        """Tell how long a private key is."""
        return self.order.bit_length() if self.order else min(LARGEST_EXPONENT, self.prime.bit_length() - 1)

    @property
    def exponent_limit(self) -> int:
        """Tell what a private key is smaller than."""
        return self.order or 1 << self.exponent_bits

    @property
    def generator(self) -> bytes:
        return self._bytes(self.base)

    def check(self, element: bytes) -> None:
        """Refuse what is no element of the subgroup, or one that says nothing (0, 1, -1).

        Raises CardError (PROTOCOL_VIOLATION).
        """
        self._number(element)

    def power(self, element: bytes, exponent: int) -> bytes:
        result = pow(self._number(element), exponent, self.prime)
        if result in {1, self.prime - 1}:
            raise _broken("a key agreement that comes to nothing")
        return self._bytes(result)

    def combine(self, one: bytes, other: bytes) -> bytes:
        result = self._number(one) * self._number(other) % self.prime
        if result in {1, self.prime - 1}:
            raise _broken("a key agreement that comes to nothing")
        return self._bytes(result)

    def secret(self, element: bytes) -> bytes:
        """Give what two parties that agreed on this element derive keys from."""
        return element

    def short(self, element: bytes) -> bytes:
        """Give the short form of a public key."""
        return element

    def _number(self, element: bytes) -> int:
        number = int.from_bytes(element, "big")
        if len(element) != self.element_length or not 1 < number < self.prime - 1:
            raise _broken("a public key outside its group")
        if self.order and pow(number, self.order, self.prime) != 1:
            raise _broken("a public key outside its subgroup")
        return number

    def _bytes(self, number: int) -> bytes:
        return number.to_bytes(self.element_length, "big")


def described_group(prime: int, base: int, order: int | None = None) -> ModpGroup:
    """Give the group that a card describes in its own public key.

    Raises CardError (PROTOCOL_VIOLATION) where the numbers cannot be one.
    """
    if not SHORTEST_PRIME <= prime.bit_length() <= LONGEST_PRIME or not prime % 2 or not 1 < base < prime - 1:
        raise _broken("numbers that are no group")
    if order is not None and order.bit_length() > LARGEST_EXPONENT:
        return ModpGroup(prime, base)  # nearly all of the group: nothing to be kept out of, and seconds to check
    if order is not None and (order < 1 << SMALLEST_ORDER - 1 or pow(base, order, prime) != 1):
        raise _broken("numbers that are no group")
    return ModpGroup(prime, base, order)


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"key agreement: {says}")


def _group(prime: str, base: str, order: str) -> ModpGroup:
    return ModpGroup(int(prime, 16), int(base, 16), int(order, 16))


# RFC 5114, sections 2.1 to 2.3, by the numbers that Doc 9303 part 11 gives them.
STANDARD_GROUPS = {
    0: _group(  # 1024-bit MODP group with 160-bit subgroup
        "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E28675A23D189838EF1E2EE652C013EC"
        "B4AEA906112324975C3CD49B83BFACCBDD7D90C4BD7098488E9C219A73724EFFD6FAE5644738FAA31A4FF55BCCC0A151AF5F"
        "0DC8B4BD45BF37DF365C1A65E68CFDA76D4DA708DF1FB2BC2E4A4371",
        "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E5C41564B777E690F5504F2131602"
        "17B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1909D0D2263F80A76A6A24C087A091F531DBF0A0169B6A28AD662A4D1"
        "8E73AFA32D779D5918D08BC8858F4DCEF97C2A24855E6EEB22B3B2E5",
        "F518AA8781A8DF278ABA4E7D64B7CB9D49462353",
    ),
    1: _group(  # 2048-bit MODP group with 224-bit subgroup
        "AD107E1E9123A9D0D660FAA79559C51FA20D64E5683B9FD1B54B1597B61D0A75E6FA141DF95A56DBAF9A3C407BA1DF15EB3D"
        "688A309C180E1DE6B85A1274A0A66D3F8152AD6AC2129037C9EDEFDA4DF8D91E8FEF55B7394B7AD5B7D0B6C12207C9F98D11"
        "ED34DBF6C6BA0B2C8BBC27BE6A00E0A0B9C49708B3BF8A317091883681286130BC8985DB1602E714415D9330278273C7DE31"
        "EFDC7310F7121FD5A07415987D9ADC0A486DCDF93ACC44328387315D75E198C641A480CD86A1B9E587E8BE60E69CC928B2B9"
        "C52172E413042E9B23F10B0E16E79763C9B53DCF4BA80A29E3FB73C16B8E75B97EF363E2FFA31F71CF9DE5384E71B81C0AC4"
        "DFFE0C10E64F",
        "AC4032EF4F2D9AE39DF30B5C8FFDAC506CDEBE7B89998CAF74866A08CFE4FFE3A6824A4E10B9A6F0DD921F01A70C4AFAAB73"
        "9D7700C29F52C57DB17C620A8652BE5E9001A8D66AD7C17669101999024AF4D027275AC1348BB8A762D0521BC98AE2471504"
        "22EA1ED409939D54DA7460CDB5F6C6B250717CBEF180EB34118E98D119529A45D6F834566E3025E316A330EFBB77A86F0C1A"
        "B15B051AE3D428C8F8ACB70A8137150B8EEB10E183EDD19963DDD9E263E4770589EF6AA21E7F5F2FF381B539CCE3409D13CD"
        "566AFBB48D6C019181E1BCFE94B30269EDFE72FE9B6AA4BD7B5A0F1C71CFFF4C19C418E1F6EC017981BC087F2A7065B384B8"
        "90D3191F2BFA",
        "801C0D34C58D93FE997177101F80535A4738CEBCBF389A99B36371EB",
    ),
    2: _group(  # 2048-bit MODP group with 256-bit subgroup
        "87A8E61DB4B6663CFFBBD19C651959998CEEF608660DD0F25D2CEED4435E3B00E00DF8F1D61957D4FAF7DF4561B2AA3016C3"
        "D91134096FAA3BF4296D830E9A7C209E0C6497517ABD5A8A9D306BCF67ED91F9E6725B4758C022E0B1EF4275BF7B6C5BFC11"
        "D45F9088B941F54EB1E59BB8BC39A0BF12307F5C4FDB70C581B23F76B63ACAE1CAA6B7902D52526735488A0EF13C6D9A51BF"
        "A4AB3AD8347796524D8EF6A167B5A41825D967E144E5140564251CCACB83E6B486F6B3CA3F7971506026C0B857F689962856"
        "DED4010ABD0BE621C3A3960A54E710C375F26375D7014103A4B54330C198AF126116D2276E11715F693877FAD7EF09CADB09"
        "4AE91E1A1597",
        "3FB32C9B73134D0B2E77506660EDBD484CA7B18F21EF205407F4793A1A0BA12510DBC15077BE463FFF4FED4AAC0BB555BE3A"
        "6C1B0C6B47B1BC3773BF7E8C6F62901228F8C28CBB18A55AE31341000A650196F931C77A57F2DDF463E5E9EC144B777DE62A"
        "AAB8A8628AC376D282D6ED3864E67982428EBC831D14348F6F2F9193B5045AF2767164E1DFC967C1FB3F2E55A4BD1BFFE83B"
        "9C80D052B985D182EA0ADB2A3B7313D3FE14C8484B1E052588B9B7D2BBD2DF016199ECD06E1557CD0915B3353BBB64E0EC37"
        "7FD028370DF92B52C7891428CDC67EB6184B523D1DB246C32F63078490F00EF8D647D148D47954515E2327CFEF98C582664B"
        "4C0F6CC41659",
        "8CF83642A709A097B447997640129DA299B1A47D1EB3750BA308B0FE64F5FBD3",
    ),
}
