# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The marks that a proof of wiping plants: for each kind of field something that stands nowhere else.

Knows how a mark may look once it was stored, sent or drawn; where to look for it is `commands.wipe_places`'s.
"""

from __future__ import annotations

import base64
import secrets
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.reference import new_reference, new_status_code

# What is typed into a field with letters; the word after the mark names the kind, so that a find can be named.
WORDY = ("text", "own_words", "long_text", "name", "street", "city", "email", "correction")
RECORDING, PHOTO = "recording", "photo"
PHONE, DATE, REFERENCE = "phone", "date", "reference"
KINDS = (*WORDY, PHONE, DATE, REFERENCE, RECORDING, PHOTO)

_FIRST_BORN = date(1911, 1, 1)
_BORN_WITHIN_DAYS = 40 * 365
_SAMPLES = 16_000  # of one second; shorter is not kept
_SAMPLE_BYTES = 2
_SIDE = 48  # of the picture, in pixels
_PIECE = 48  # bytes of a sound or a picture by which it is known again
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Needle:
    """One way in which a mark can stand in bytes."""

    kind: str
    form: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one visit."""

    token: str  # stands in everything that is typed with letters
    phone: str
    born: date
    reference: str
    status_code: str
    pcm: bytes
    png: bytes
    needles: tuple[Needle, ...]

    def typed(self) -> Mapping[str, str]:
        """Give what is typed for each kind."""
        return {
            **{kind: self.token + kind.replace("_", "") for kind in WORDY},
            "email": f"{self.token}email@voorbeeld.example",
            PHONE: self.phone,
            DATE: self.born.isoformat(),
            REFERENCE: self.reference,
            "status_code": self.status_code,
        }

    def kinds_in(self, content: bytes) -> frozenset[str]:
        """Tell which kinds stand in these bytes, in whatever width their letters are kept."""
        # Qt keeps text in two bytes a letter and Python in one, two or four: without the zeros all are alike. It also
        # makes the search quick, for most of a process's memory is zeros.
        content = content.translate(None, b"\0")
        found: set[str] = set()
        for needle in self.needles:
            at = content.find(needle.form)
            if at >= 0:
                found.add(self._named(needle, content, at))
        return frozenset(found)

    def _named(self, needle: Needle, content: bytes, at: int) -> str:
        if needle.kind != WORDY[0]:
            return needle.kind
        rest = content[at + len(needle.form) : at + len(needle.form) + 64].lower()
        matching = [kind for kind in WORDY if rest.startswith(kind.replace("_", "").encode())]
        return max(matching, key=len) if matching else WORDY[0]


def new_marks() -> Marks:
    """Make marks that nobody has seen."""
    token = "Zq" + "".join(secrets.choice("bdfgklmnprstvwxz") + secrets.choice("aeiou") for _ in range(5))
    phone = "06" + f"{secrets.randbelow(90_000_000) + 10_000_000}"
    born = _FIRST_BORN + timedelta(days=secrets.randbelow(_BORN_WITHIN_DAYS))
    reference = new_reference()
    pixels = _noise(_SIDE * _SIDE * 3)
    samples = _noise(_SAMPLES * _SAMPLE_BYTES)
    return Marks(
        token=token,
        phone=phone,
        born=born,
        reference=reference,
        status_code=new_status_code(),
        pcm=samples,
        png=_png(pixels),
        needles=(
            *_text_needles(WORDY[0], (token[1:], token[1:].upper())),
            *_text_needles(PHONE, (phone[1:], f"6 {phone[2:]}", f"6-{phone[2:]}")),
            *_text_needles(DATE, _dates(born)),
            *_text_needles(REFERENCE, _written(reference)),
            *(Needle(RECORDING, samples[at : at + _PIECE]) for at in (0, len(samples) // 2)),
            *(Needle(PHOTO, form) for form in _picture_forms(pixels)),
        ),
    )


def _noise(size: int) -> bytes:
    """Give chance without a zero: those are left out of a search."""
    return secrets.token_bytes(size).replace(b"\0", b"\1")


def _written(reference: str) -> Sequence[str]:
    whole = reference.replace("-", "")
    return (reference, whole, reference.lower(), whole.lower())


def _dates(born: date) -> Sequence[str]:
    return (
        born.isoformat(),
        f"{born:%d-%m-%Y}",
        f"{born.day}-{born.month}-{born.year}",
        f"{born.day} {_MONTHS[born.month - 1]} {born.year}",
    )


def _text_needles(kind: str, texts: Sequence[str]) -> tuple[Needle, ...]:
    """Give each text as it stands in a file or in memory, and the first in base64, at any place of a line."""
    forms = dict.fromkeys(text.encode() for text in texts)
    forms |= dict.fromkeys(text.encode().replace(b" ", b"%20") for text in texts)
    forms |= dict.fromkeys(_base64_forms(texts[0].encode()))
    return tuple(Needle(kind, form) for form in forms)


def _base64_forms(text: bytes) -> tuple[bytes, ...]:
    """Give what base64 makes of a text whatever stands before and after it: the characters that depend on it only."""
    found = []
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + text)
        begin = (0, 2, 3)[shift]
        end = (shift + len(text)) // 3 * 4
        found.append(whole[begin:end])
    return tuple(found)


def _picture_forms(pixels: bytes) -> tuple[bytes, ...]:
    """Give a stretch of a row as files have it (RGB), and as Qt keeps it in memory (BGRX)."""
    row = pixels[3 * _SIDE * 5 :][: 3 * 16]
    drawn = b"".join(bytes((row[at + 2], row[at + 1], row[at], 255)) for at in range(0, len(row), 3))
    return row[:_PIECE], drawn[:_PIECE]


def _png(pixels: bytes) -> bytes:
    """Write a picture whose pixels stand in the file as they are."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + pixels[at : at + 3 * _SIDE] for at in range(0, len(pixels), 3 * _SIDE))
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
