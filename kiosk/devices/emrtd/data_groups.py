# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads files of a document's chip: what there is (EF.COM), the lines (DG1), what it can do (DG14), its key (DG15).

Never DG2 (face), DG3 (fingers) or DG11 (BSN): nothing here can read those. Whether files are genuine: `passive`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.devices.emrtd import der, tlv
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.mrz import Mrz, forget_optional, mrz_of_chip
from kiosk.devices.emrtd.mrz_fields import LAYOUTS
from kiosk.devices.emrtd.states import CardState

COM, DG1, DG14, DG15 = 0x60, 0x61, 0x6E, 0x6F
GROUP_TAGS = {
    0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x65: 5, 0x66: 6, 0x67: 7, 0x68: 8,
    0x69: 9, 0x6A: 10, 0x6B: 11, 0x6C: 12, 0x6D: 13, 0x6E: 14, 0x6F: 15, 0x70: 16,
}  # fmt: skip

BSI = "0.4.0.127.0.7.2.2"
PACE = f"{BSI}.4."
CHIP_AUTHENTICATION = f"{BSI}.3."
CHIP_AUTHENTICATION_KEY = f"{BSI}.1."
TERMINAL_AUTHENTICATION = f"{BSI}.2"
ACTIVE_AUTHENTICATION = "2.23.136.1.1.5"
MOST_INFOS = 64


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way of PACE that the chip offers; `parameter_id` is the standardised curve or group."""

    oid: str
    version: int
    parameter_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    """One way of Chip Authentication, with the key it is done with."""

    oid: str
    version: int
    key_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationPublicKey:
    """A key of the chip: a SubjectPublicKeyInfo in DER."""

    oid: str
    public_key: bytes = field(repr=False)
    key_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActiveAuthenticationInfo:
    """With which algorithm the chip signs when its Active Authentication key is on a curve."""

    oid: str
    version: int
    signature_algorithm: str


@dataclass(frozen=True, slots=True)
class TerminalAuthenticationInfo:
    """That the chip can ask readers who they are (for fingers, which we never read)."""

    oid: str
    version: int


SecurityInfo = (
    PaceInfo
    | ChipAuthenticationInfo
    | ChipAuthenticationPublicKey
    | ActiveAuthenticationInfo
    | TerminalAuthenticationInfo
)


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """What a chip can do, as EF.CardAccess or DG14 tells; kinds we do not know are left out."""

    pace: tuple[PaceInfo, ...] = ()
    chip: tuple[ChipAuthenticationInfo, ...] = ()
    chip_keys: tuple[ChipAuthenticationPublicKey, ...] = ()
    active: tuple[ActiveAuthenticationInfo, ...] = ()
    terminal: tuple[TerminalAuthenticationInfo, ...] = ()


def read_com(data: bytes) -> frozenset[int]:
    """Give the numbers of the data groups that EF.COM names. It is not signed: the SOD has the last word.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    tags = tlv.find(tlv.parse_one(data, COM).children(), 0x5C)
    if tags is None:
        raise _broken("EF.COM without a list")
    return frozenset(GROUP_TAGS[tag] for tag in tags.value if tag in GROUP_TAGS)


def read_dg1(data: bytes | bytearray) -> Mrz:
    """Read the lines in place: the optional data (a BSN in older Dutch documents) is in no slice and no object.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    with memoryview(data) as whole, whole[_start_of_lines(data) :] as lines:
        return mrz_of_chip(lines)


def forget_optional_data(data: bytearray) -> None:
    """Overwrite the optional data of DG1 in place, once its hash is known. Bytes that are no DG1 are wiped whole.

    What Python promises: these bytes are gone. What it does not: copies that others made while these came in (the
    cipher, the reader's library) are let go and not overwritten; they end with the process that reads one document.
    """
    try:
        start = _start_of_lines(data)
    except CardError:
        data[:] = bytes(len(data))
        return
    with memoryview(data) as whole, whole[start:] as lines:
        forget_optional(lines)


def _start_of_lines(data: bytes | bytearray) -> int:
    head = bytes(data[:10])
    outer = tlv.read_header(head)
    if outer.tag != DG1 or outer.end != len(data):
        raise _broken("DG1 is not one object 61")
    inner = tlv.read_header(head, outer.value_at)
    start = outer.value_at + inner.value_at
    if inner.tag != 0x5F1F or start + inner.length != len(data) or inner.length not in LAYOUTS:
        raise _broken("DG1 without lines of a known length")
    return start


def read_dg14(data: bytes) -> SecurityInfos:
    """Read what the chip can do.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    return read_card_access(tlv.parse_one(data, DG14).value)


def read_dg15(data: bytes) -> bytes:
    """Give the key of Active Authentication: a SubjectPublicKeyInfo in DER.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    value = tlv.parse_one(data, DG15).value
    try:
        return der.only_element(value, der.SEQUENCE).encoded
    except der.DerError as error:
        raise _broken(f"DG15: {error}") from None


def read_card_access(data: bytes) -> SecurityInfos:
    """Read EF.CardAccess, or what DG14 holds: a SET of SecurityInfo.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    try:
        nodes = der.only_element(data, der.SET).children()
        infos = [info for node in nodes[:MOST_INFOS] if (info := _info(node)) is not None]
    except der.DerError as error:
        raise _broken(f"SecurityInfos: {error}") from None
    return SecurityInfos(
        pace=tuple(info for info in infos if isinstance(info, PaceInfo)),
        chip=tuple(info for info in infos if isinstance(info, ChipAuthenticationInfo)),
        chip_keys=tuple(info for info in infos if isinstance(info, ChipAuthenticationPublicKey)),
        active=tuple(info for info in infos if isinstance(info, ActiveAuthenticationInfo)),
        terminal=tuple(info for info in infos if isinstance(info, TerminalAuthenticationInfo)),
    )


def _info(node: der.Node) -> SecurityInfo | None:
    parts = node.expect(der.SEQUENCE).children()
    if not 2 <= len(parts) <= 3:
        raise der.DerError("an info has two or three parts")
    oid = parts[0].object_id()
    if oid == ACTIVE_AUTHENTICATION:
        if len(parts) != 3:
            raise der.DerError("no signature algorithm")
        return ActiveAuthenticationInfo(oid, parts[1].number(), parts[2].object_id())
    if oid.startswith(CHIP_AUTHENTICATION_KEY):
        return ChipAuthenticationPublicKey(oid, parts[1].expect(der.SEQUENCE).encoded, _optional(parts))
    if oid == TERMINAL_AUTHENTICATION:
        return TerminalAuthenticationInfo(oid, parts[1].number())
    if parts[1].tag != der.INTEGER:
        return None  # domain parameters of PACE, which name no version, and kinds to come
    if oid.startswith(PACE):
        return PaceInfo(oid, parts[1].number(), _optional(parts))
    if oid.startswith(CHIP_AUTHENTICATION):
        return ChipAuthenticationInfo(oid, parts[1].number(), _optional(parts))
    return None


def _optional(parts: list[der.Node]) -> int | None:
    return parts[2].number() if len(parts) == 3 else None


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, says)
