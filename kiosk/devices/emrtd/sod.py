# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the Document Security Object (EF.SOD): the hashes of the data groups, signed (Doc 9303 part 10, 4.6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.devices.emrtd import der, tlv
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.signatures import Algorithm
from kiosk.devices.emrtd.signed_data import SignedData, read_signed_data
from kiosk.devices.emrtd.states import CardState

SOD = 0x77
# ICAO's own; its first, as old documents have; the Dutch one.
CONTENT_TYPES = frozenset({"2.23.136.1.1.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1"})
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """An EF.SOD, taken apart. Nothing of it is proven yet."""

    signed: SignedData
    hash_algorithm: str
    hashes: Mapping[int, bytes] = field(repr=False)

    @property
    def groups(self) -> frozenset[int]:
        """Give the numbers of the data groups that the document was issued with."""
        return frozenset(self.hashes)


def read_sod(data: bytes) -> SecurityObject:
    """Take the SOD apart.

    Raises CardError: PASSIVE_FAILED where something else was signed than a list of hashes (a master list, say, by a
    signer that we trust for those), PROTOCOL_VIOLATION where it is no signed data at all.
    """
    if len(data) > LARGEST:
        raise _broken("it is too large")
    try:
        signed = read_signed_data(tlv.parse_one(data, SOD).value)
        if signed.content_type not in CONTENT_TYPES:
            raise CardError(CardState.PASSIVE_FAILED, "SOD: its contents are of a type that is not accepted")
        algorithm, hashes = _lds_object(signed.content)
    except der.DerError as error:
        raise _broken(str(error)) from None
    return SecurityObject(signed, algorithm, hashes)


def _lds_object(content: bytes) -> tuple[str, dict[int, bytes]]:
    """Read version 0 (three parts) or 1 (with the version of the data structure behind, which changes nothing)."""
    parts = der.only_element(content, der.SEQUENCE).children()
    if len(parts) < 3:
        raise der.DerError("the list of hashes lacks a part")
    version = parts[0].number()
    if (version, len(parts)) not in {(0, 3), (1, 4)}:
        raise der.DerError("a list of hashes of no known version")
    hashes: dict[int, bytes] = {}
    for node in parts[2].expect(der.SEQUENCE).children():
        pair = node.expect(der.SEQUENCE).children()
        if len(pair) != 2:
            raise der.DerError("a hash has a number")
        number = pair[0].number()
        if not 1 <= number <= 16 or number in hashes:
            raise der.DerError("a data group that stands twice, or cannot be")
        hashes[number] = pair[1].expect(der.OCTET_STRING).value
    return Algorithm.of(parts[1]).oid, hashes


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"SOD: {says}")
