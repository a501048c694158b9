# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures for tests, made on the spot: with a place in them, broken, or far larger than they look."""

import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

SECRET = b"N 52.0907 E 5.1214"
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str = "jpeg", width: int = 64, height: int = 48, *, secret: str = "") -> bytes:
    """Make a small picture; `secret` is written into the texts of the file."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#3366cc"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if secret:
        writer.setText("Description", secret)
    assert writer.write(image)
    return bytes(buffer.data().data())


def with_place(jpeg: bytes) -> bytes:
    """Put an EXIF block with a place and "turn me" into a JPEG."""
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0" + SECRET
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Make a PNG of a few bytes that says it is enormous."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(bytes(1000))),
            (b"IEND", b""),
        )
    )
