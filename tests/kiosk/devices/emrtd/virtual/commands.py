# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Command and answer as a card sees them (ISO 7816-4), short and extended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """What the reader asks."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    @property
    def p1p2(self) -> int:
        return self.p1 << 8 | self.p2

    @property
    def is_secured(self) -> bool:
        return bool(self.cla & 0x0C)

    @property
    def header(self) -> bytes:
        return bytes((self.cla, self.ins, self.p1, self.p2))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the card says."""

    data: bytes = b""
    sw: int = 0x9000

    def __bytes__(self) -> bytes:
        return self.data + self.sw.to_bytes(2, "big")


def read_command(raw: bytes) -> Command | None:
    """Give the command; None for what is none."""
    if len(raw) < 4:
        return None
    cla, ins, p1, p2 = raw[:4]
    body = raw[4:]
    if not body:
        return Command(cla, ins, p1, p2)
    if len(body) == 1:
        return Command(cla, ins, p1, p2, le=body[0] or 256)
    if body[0]:
        size = body[0]
        data, rest = body[1 : 1 + size], body[1 + size :]
        if len(data) != size or len(rest) > 1:
            return None
        return Command(cla, ins, p1, p2, data, (rest[0] or 256) if rest else None)
    if len(body) == 3:
        return Command(cla, ins, p1, p2, le=int.from_bytes(body[1:], "big") or 65536)
    size = int.from_bytes(body[1:3], "big")
    data, rest = body[3 : 3 + size], body[3 + size :]
    if not size or len(data) != size or len(rest) not in {0, 2}:
        return None
    return Command(cla, ins, p1, p2, data, (int.from_bytes(rest, "big") or 65536) if rest else None)
