# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes apart and builds the objects a card speaks in (BER-TLV, ISO 7816-4): a tag, a length, a value.

Strict: every byte belongs to an object, lengths are definite and hold within their parent, tags, depth and number are
bounded. One leniency that cards need: a length may take more bytes than it must. What tags mean is for others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

DEEPEST = 12  # objects within objects; a travel document has at most 8
MOST_OBJECTS = 2048  # beside each other
LONGEST_TAG = 3  # bytes
LONGEST_LENGTH = 3  # bytes after the first: 16 MB, far beyond any file, which the data itself then bounds


@dataclass(frozen=True, slots=True)
class Tlv:
    """One object. The value may be personal, so a repr keeps it to itself."""

    tag: int
    value: bytes = field(repr=False)
    depth: int = field(default=0, repr=False, compare=False)

    def children(self) -> tuple[Tlv, ...]:
        """Take the value apart as objects."""
        if self.depth >= DEEPEST:
            raise _broken("objects too deep")
        return _parse(self.value, self.depth + 1)


@dataclass(frozen=True, slots=True)
class Header:
    """How an object begins: its tag, and where its value lies."""

    tag: int
    value_at: int
    length: int

    @property
    def end(self) -> int:
        """Tell how many bytes the whole object takes, counted from its first."""
        return self.value_at + self.length


def parse(data: bytes) -> tuple[Tlv, ...]:
    """Give the objects that make up `data` from the first byte to the last.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    return _parse(data, 0)


def parse_one(data: bytes, tag: int) -> Tlv:
    """Give the one object that `data` is, which must bear this tag.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    nodes = parse(data)
    if len(nodes) != 1 or nodes[0].tag != tag:
        raise _broken(f"not one object {tag:X}")
    return nodes[0]


def find(nodes: Iterable[Tlv], tag: int) -> Tlv | None:
    """Give the object with this tag, None where there is none.

    Raises CardError (PROTOCOL_VIOLATION) where it stands twice: which one counts would be anybody's guess.
    """
    hits = [node for node in nodes if node.tag == tag]
    if len(hits) > 1:
        raise _broken(f"object {tag:X} stands twice")
    return hits[0] if hits else None


def read_header(data: bytes | bytearray, start: int = 0) -> Header:
    """Read tag and length of the object at `start`; its value need not be there yet. Offsets count from `start`.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    tag, at = _tag(data, start)
    first = _byte(data, at)
    at += 1
    if first < 0x80:
        return Header(tag, at - start, first)
    count = first & 0x7F
    if not 1 <= count <= LONGEST_LENGTH:
        raise _broken("a length without end, or of too many bytes")
    if at + count > len(data):
        raise _broken("data end within a length")
    return Header(tag, at + count - start, int.from_bytes(data[at : at + count], "big"))


def refuse_deep(data: bytes, deepest: int = DEEPEST) -> None:
    """Refuse objects nested deeper than a file of this kind has them; other faults are for who reads the file.

    Raises CardError (PROTOCOL_VIOLATION).
    """
    level = [data]
    for _ in range(deepest):
        level = [inner for outer in level for inner in _nested(outer)][:MOST_OBJECTS]
    if level:
        raise _broken("objects too deep")


def encode(tag: int, value: bytes) -> bytes:
    """Write one object, its length in as few bytes as it takes."""
    tag_bytes = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")
    size = len(value)
    if size < 0x80:
        return tag_bytes + bytes([size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return tag_bytes + bytes([0x80 | len(length)]) + length + value


def _parse(data: bytes, depth: int) -> tuple[Tlv, ...]:
    nodes: list[Tlv] = []
    at = 0
    while at < len(data):
        if len(nodes) == MOST_OBJECTS:
            raise _broken("too many objects")
        header = read_header(data, at)
        end = at + header.end
        if end > len(data):
            raise _broken("an object reaches beyond its data")
        nodes.append(Tlv(header.tag, data[at + header.value_at : end], depth))
        at = end
    return tuple(nodes)


def _nested(data: bytes) -> list[bytes]:
    """Give the values in which objects may stand again; none where these bytes are no objects."""
    try:
        return [node.value for node in _parse(data, 0) if _is_constructed(node.tag)]
    except CardError:
        return []


def _is_constructed(tag: int) -> bool:
    return bool(tag >> (8 * ((tag.bit_length() - 1) // 8)) & 0x20)


def _tag(data: bytes | bytearray, start: int) -> tuple[int, int]:
    first = _byte(data, start)
    if first in {0x00, 0xFF}:
        raise _broken("filling where an object is due")
    if first & 0x1F != 0x1F:
        return first, start + 1
    tag = first
    for at in range(start + 1, start + LONGEST_TAG):
        byte = _byte(data, at)
        if at == start + 1 and byte in {0x80, 0x00}:
            raise _broken("a tag with leading zeros")
        tag = tag << 8 | byte
        if byte < 0x80:
            return tag, at + 1
    raise _broken("a tag too long")


def _byte(data: bytes | bytearray, at: int) -> int:
    if at >= len(data):
        raise _broken("data end within an object")
    return data[at]


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"tlv: {says}")
