# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""BER-TLV for the card: what it sends out and the little that it takes in."""

from __future__ import annotations


class BerError(ValueError):
    """These bytes are no TLV."""


def length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def tlv(tag: int, *values: bytes) -> bytes:
    value = b"".join(values)
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length(len(value)) + value


def parse(data: bytes) -> list[tuple[int, bytes]]:
    """Give tags and values of one level, in their order."""
    found = []
    while data:
        tag, value, data = first(data)
        found.append((tag, value))
    return found


def first(data: bytes) -> tuple[int, bytes, bytes]:
    """Give the first object's tag and value, and what follows it."""
    try:
        at = 1
        if data[0] & 0x1F == 0x1F:
            while data[at] & 0x80:
                at += 1
            at += 1
        tag = int.from_bytes(data[:at], "big")
        size = data[at]
        at += 1
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[at : at + count], "big")
            at += count
    except IndexError as error:
        raise BerError("cut off") from error
    if len(data) < at + size:
        raise BerError("cut off")
    return tag, data[at : at + size], data[at + size :]


# --- The few DER kinds that certificates and security infos are made of ---


def oid(dotted: str) -> bytes:
    """Give the contents of an object identifier, without tag and length."""
    parts = [int(part) for part in dotted.split(".")]
    out = bytes((parts[0] * 40 + parts[1],))
    for part in parts[2:]:
        septets = [part & 0x7F]
        while part := part >> 7:
            septets.append(part & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return out


def der_oid(dotted: str) -> bytes:
    return tlv(0x06, oid(dotted))


def integer(number: int) -> bytes:
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def sequence(*values: bytes) -> bytes:
    return tlv(0x30, *values)


def set_of(*values: bytes) -> bytes:
    return tlv(0x31, *sorted(values))


def octets(value: bytes) -> bytes:
    return tlv(0x04, value)


def bit_string(value: bytes) -> bytes:
    return tlv(0x03, b"\0" + value)


NULL = b"\x05\0"
