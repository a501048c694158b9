# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at a file that a stranger gives, and keeps only the picture in it: no place, no camera, nothing hidden.

A picture is decoded by Qt and drawn anew, so that whatever else was in the file stays behind. A paper (PDF) is kept as
it is, and only when nothing in it can run.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from domain.attachment import FileContent
from domain.errors import AttachmentError, AttachmentReason

LARGEST_FILE = 20_000_000  # bytes; phones make pictures of 3 to 12
LARGEST_KEPT = 10_000_000  # feature C34
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 20_000
_KEPT_SIDE = 3000  # enough to read a letter
_PREVIEW = QSize(480, 360)
_ALLOCATION_MB = 400
_JPEG_QUALITY = 88
_JPEG, _PNG = b"jpeg", b"png"
_MAGIC = {
    b"\xff\xd8\xff": _JPEG,
    b"\x89PNG\r\n\x1a\n": _PNG,
}
_PDF = b"%PDF-"
# Names of what may run, open or hide something; also with letters written as #4a.
_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|RichMedia|XFA|Encrypt)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def checked(content: bytes) -> FileContent:
    """Give what may be kept of a file.

    Raises: AttachmentError that says why nothing may.
    """
    if len(content) > LARGEST_FILE:
        raise AttachmentError(AttachmentReason.TOO_LARGE)
    if content.startswith(_PDF):
        return _paper(content)
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if kind is None:
        raise AttachmentError(AttachmentReason.WRONG_TYPE)
    image = _drawn_anew(_decoded(content, kind, None))
    kept = _encoded(image, _PNG if kind == _PNG else _JPEG)
    media_type = "image/png" if kind == _PNG else "image/jpeg"
    if len(kept) > LARGEST_KEPT:
        kept, media_type = _encoded(image, _JPEG), "image/jpeg"
    return FileContent(media_type, kept, _encoded(_scaled(image, _PREVIEW), _JPEG))


def preview_of(content: bytes) -> bytes:
    """Give a small picture of a file, read at that size; empty for what is no picture that can be read."""
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if kind is None:
        return b""
    try:
        return _encoded(_drawn_anew(_decoded(content, kind, _PREVIEW)), _JPEG)
    except AttachmentError:
        return b""


def _paper(content: bytes) -> FileContent:
    if len(content) > LARGEST_KEPT:
        raise AttachmentError(AttachmentReason.TOO_LARGE)
    plain = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), content)
    if _RUNS.search(plain):
        raise AttachmentError(AttachmentReason.UNSAFE)
    if b"%%EOF" not in content[-2048:]:
        raise AttachmentError(AttachmentReason.BROKEN)
    return FileContent("application/pdf", content)


def _decoded(content: bytes, kind: bytes, within: QSize | None) -> QImage:
    """Decode by the one decoder that the first bytes name; the size is looked at before anything is unpacked."""
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoTransform(True)  # which side is up stands in what is thrown away
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise AttachmentError(AttachmentReason.BROKEN)
    if max(size.width(), size.height()) > LONGEST_SIDE or size.width() * size.height() > MOST_PIXELS:
        raise AttachmentError(AttachmentReason.TOO_LARGE)
    target = size.scaled(within or QSize(_KEPT_SIDE, _KEPT_SIDE), Qt.AspectRatioMode.KeepAspectRatio)
    if target.width() < size.width():
        reader.setScaledSize(target.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise AttachmentError(AttachmentReason.BROKEN)
    return image


def _drawn_anew(image: QImage) -> QImage:
    """Draw on an empty sheet: texts, profiles and places of the file do not come along."""
    sheet = QImage(image.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, image)
    painter.end()
    return sheet


def _scaled(image: QImage, within: QSize) -> QImage:
    if image.width() <= within.width() and image.height() <= within.height():
        return image
    return image.scaled(within, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _encoded(image: QImage, form: bytes) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(form))
    if form == _JPEG:
        writer.setQuality(_JPEG_QUALITY)
    if not writer.write(image):
        raise AttachmentError(AttachmentReason.BROKEN)
    return bytes(buffer.data().data())
