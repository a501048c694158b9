# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes object identifiers as bytes; reading them is for `der`."""

from __future__ import annotations


def object_id(dotted: str) -> bytes:
    """Write an object identifier as the contents of its object."""
    arcs = [int(arc) for arc in dotted.split(".")]
    written = b""
    for arc in (arcs[0] * 40 + arcs[1], *arcs[2:]):
        rest = arc
        sevens = [rest & 0x7F]
        while rest := rest >> 7:
            sevens.append(rest & 0x7F | 0x80)
        written += bytes(reversed(sevens))
    return written
