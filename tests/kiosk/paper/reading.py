# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a PDF back, page by page, as a reader would see it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character: what, how large, and where (left, bottom, right, top in points)."""

    text: str
    size: float
    box: tuple[float, float, float, float]


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def left_half(pdf: bytes) -> str:
    """Give what stands in the left half of the pages: the Dutch beside a language that runs right to left."""
    pages = list(pypdfium2.PdfDocument(pdf))
    found = [page.get_textpage().get_text_bounded(right=page.get_width() / 2) for page in pages]
    return " ".join(" ".join(found).split())


def whole_text(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    return [page.get_size() for page in pypdfium2.PdfDocument(pdf)]


def letters(pdf: bytes) -> Iterator[Letter]:
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, index))
            if not character.isspace() and character.isprintable():
                size = raw.FPDFText_GetFontSize(text, index)
                yield Letter(character, size, text.get_charbox(index))


def metadata(pdf: bytes) -> dict[str, str]:
    return dict(pypdfium2.PdfDocument(pdf).get_metadata_dict())


def is_tagged(pdf: bytes) -> bool:
    return bool(raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(pdf)))


def element_kinds(pdf: bytes) -> list[str]:
    """Give the kinds of the elements on the first page, in reading order."""
    page = pypdfium2.PdfDocument(pdf)[0]
    tree = raw.FPDF_StructTree_GetForPage(page)
    root = raw.FPDF_StructTree_GetChildAtIndex(tree, 0)
    found = []
    for index in range(raw.FPDF_StructElement_CountChildren(root)):
        child = raw.FPDF_StructElement_GetChildAtIndex(root, index)
        size = raw.FPDF_StructElement_GetType(child, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(child, buffer, size)
        found.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
    return found
