# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bytes of a content package: a plain tar of its signature, its manifest, and the files in the manifest's order.

Any tar lists it. This reader follows no header of a stranger: it knows each header that must come, and compares. So no
name, link, device, double or size of anybody's making is ever obeyed, and nothing in it is compressed.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from domain.content_package import PackedFile
from domain.errors import ContentCutOffError, ContentForgedError, ContentUnreadableError

SIGNATURE, MANIFEST = "signature", "manifest.json"
SIGNATURE_SIZE = 64
LARGEST_MANIFEST = 4 * 1024**2
_BLOCK = 512
_END = bytes(2 * _BLOCK)
_PIECE = 256 * 1024
_SIZE_AT = slice(124, 135)


def write_archive(
    out: BinaryIO, signature: bytes, manifest: bytes, files: Iterable[tuple[PackedFile, Path | bytes]]
) -> None:
    """Write a package.

    Raises: OSError.
    """
    opening = ((SIGNATURE, signature), (MANIFEST, manifest))
    out.writelines(_header(name, len(content)) + content + _padding(len(content)) for name, content in opening)
    for file, source in files:
        out.write(_header(file.name, file.size))
        if isinstance(source, bytes):
            out.write(source)
        else:
            with source.open("rb") as found:
                while piece := found.read(_PIECE):
                    out.write(piece)
        out.write(_padding(file.size))
    out.write(_END)


class ArchiveReader:
    """Reads a package from its beginning to its end, once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def opening(self) -> tuple[bytes, bytes]:
        """Give the signature and the bytes that it must fit; nothing of them is believed yet.

        Raises: ContentUnreadableError, ContentCutOffError.
        """
        first = self._file.read(_BLOCK)
        wanted = _header(SIGNATURE, SIGNATURE_SIZE)
        if not first or not wanted.startswith(first):
            raise ContentUnreadableError("this is no content package", "name a file of `loket content build`")
        if len(first) < _BLOCK:
            raise _cut_off()
        signature = self._content(SIGNATURE_SIZE)
        header = self._exactly(_BLOCK)
        digits = header[_SIZE_AT]
        size = int(digits, 8) if digits.isdigit() and b"8" not in digits and b"9" not in digits else -1
        if not 0 <= size <= LARGEST_MANIFEST or header != _header(MANIFEST, size):
            raise _changed("the beginning of the package")
        return signature, self._content(size)

    def file(self, wanted: PackedFile, write: Callable[[bytes], object]) -> None:
        """Hand over the content of the next file, which must be this one.

        Raises: ContentCutOffError, ContentForgedError.
        """
        if self._exactly(_BLOCK) != _header(wanted.name, wanted.size):
            raise _changed(wanted.name)
        found = hashlib.sha256()
        left = wanted.size
        while left:
            piece = self._exactly(min(left, _PIECE))
            found.update(piece)
            write(piece)
            left -= len(piece)
        if found.hexdigest() != wanted.sha256 or any(self._exactly(len(_padding(wanted.size)))):
            raise _changed(wanted.name)

    def end(self) -> None:
        """See to it that the package ends here.

        Raises: ContentCutOffError, ContentForgedError.
        """
        if self._exactly(len(_END)) != _END or self._file.read(1):
            raise _changed("the end of the package")

    def _content(self, size: int) -> bytes:
        content = self._exactly(size)
        if any(self._exactly(len(_padding(size)))):
            raise _changed("the beginning of the package")
        return content

    def _exactly(self, size: int) -> bytes:
        found = self._file.read(size)
        if len(found) < size:
            raise _cut_off()
        return found


def _header(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o644
    return entry.tobuf(tarfile.USTAR_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _cut_off() -> ContentCutOffError:
    return ContentCutOffError("the package ends before it is whole", "copy the whole file again")


def _changed(what: str) -> ContentForgedError:
    return ContentForgedError(f"{what} is not what was signed", "take the package again from who made it")
