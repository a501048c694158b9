# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Walks through DER: certificates, signed data, security infos. Nothing is copied or decoded before it is asked for.

Strict and bounded: definite, shortest lengths; every element inside its parent; each level is asked for by name, so
that depth is ours and never the card's. `tlv` reads what cards say; this reads what countries sign, where the exact
bytes of an element count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_ID = 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET = 0x30, 0x31
MAX_CHILDREN = 100_000  # a revocation list may be long; a SOD has a dozen


class DerError(ValueError):
    """These bytes are not DER, or not what stands at this place. The text names the rule alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element: where it begins and ends in the bytes that hold it."""

    data: bytes
    tag: int
    start: int
    body: int
    end: int

    @property
    def value(self) -> bytes:
        """Give the contents, without tag and length."""
        return self.data[self.body : self.end]

    @property
    def encoded(self) -> bytes:
        """Give the element as it stands there, tag and length included."""
        return self.data[self.start : self.end]

    def children(self) -> list[Node]:
        """Give the elements inside."""
        return list(_walk(self.data, self.body, self.end))

    def expect(self, tag: int) -> Node:
        """Give itself when it has this tag.

        Raises DerError.
        """
        if self.tag != tag:
            raise DerError("another element stands at this place")
        return self

    def only(self, tag: int) -> Node:
        """Give the one element inside, as after an explicit tag.

        Raises DerError.
        """
        inside = self.children()
        if len(inside) != 1:
            raise DerError("one element belongs here")
        return inside[0].expect(tag)

    def number(self) -> int:
        """Read an INTEGER.

        Raises DerError.
        """
        value = self.expect(INTEGER).value
        if not value or len(value) > 2048:
            raise DerError("a number has one byte at least, and an end")
        return int.from_bytes(value, "big", signed=True)

    def object_id(self) -> str:
        """Read an OBJECT IDENTIFIER as digits with dots.

        Raises DerError.
        """
        return dotted(self.expect(OBJECT_ID).value)

    def bits(self) -> bytes:
        """Read a BIT STRING of whole bytes.

        Raises DerError.
        """
        value = self.expect(BIT_STRING).value
        if not value or value[0] != 0:
            raise DerError("a string of whole bytes belongs here")
        return value[1:]


def only_element(data: bytes, tag: int) -> Node:
    """Read bytes that are one element with this tag, and nothing after it.

    Raises DerError.
    """
    node = _element(data, 0, len(data))
    if node.end != len(data):
        raise DerError("bytes follow the element")
    return node.expect(tag)


def first_inside(parent: Node) -> Node:
    """Give the first element inside, without a look at the others.

    Raises DerError.
    """
    return _element(parent.data, parent.body, parent.end)


def next_inside(parent: Node, node: Node) -> Node:
    """Give the element after one.

    Raises DerError.
    """
    return _element(parent.data, node.end, parent.end)


def dotted(value: bytes) -> str:
    """Write the contents of an OBJECT IDENTIFIER with dots.

    Raises DerError.
    """
    if not value or len(value) > 40 or value[-1] & 0x80:
        raise DerError("an object identifier ends with its last arc")
    arcs = [0]
    for byte in value:
        arcs[-1] = arcs[-1] << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(0)
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:-1]))


def _walk(data: bytes, at: int, end: int) -> Iterator[Node]:
    for _ in range(MAX_CHILDREN):
        if at == end:
            return
        node = _element(data, at, end)
        yield node
        at = node.end
    raise DerError("too many elements")


def _element(data: bytes, start: int, end: int) -> Node:
    at = start + 2
    if at > end:
        raise DerError("an element is cut off")
    tag, length = data[start], data[start + 1]
    if tag & 0x1F == 0x1F:  # a tag of two bytes: only the card's own files have those
        if tag not in {0x5F, 0x7F} or at + 1 > end or data[start + 1] & 0x80:
            raise DerError("no such tag is used here")
        tag, length, at = tag << 8 | data[start + 1], data[start + 2], at + 1
    if length >= 0x80:
        width = length & 0x7F
        if not 1 <= width <= 4 or at + width > end:
            raise DerError("a length is definite and has four bytes at most")
        length = int.from_bytes(data[at : at + width], "big")
        at += width
        if length < 0x80 or length >> 8 * (width - 1) == 0:
            raise DerError("a length is written in its shortest form")
    if at + length > end:
        raise DerError("an element ends outside its parent")
    return Node(data, tag, start, at, at + length)
