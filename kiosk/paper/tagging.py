# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a PDF's structure tree, which reportlab leaves out: headings, paragraphs and figures in reading order.

Source: ISO 32000-1, 14.7 and 14.8. It draws nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class _Element:
    kind: str
    page: int
    mark: int
    language: str
    says: str


class Tags:
    """Collects what was drawn, element by element; has the canvas of one document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document: Any = canvas._doc  # noqa: SLF001 - nor for the structure tree
        self._elements: list[_Element] = []
        self._pages: list[Any] = []
        self._marks = 0
        self._is_inside = False

    @contextmanager
    def element(self, kind: str, language: str, says: str) -> Iterator[None]:
        """Mark what is drawn in this block as one element; only the outermost counts."""
        if self._is_inside:
            yield
            return
        self._elements.append(_Element(kind, len(self._pages), self._marks, language, says))
        self._write(f"/{kind} <</MCID {self._marks}>> BDC")
        self._marks += 1
        self._is_inside = True
        try:
            yield
        finally:
            self._is_inside = False
            self.end()

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Mark what is drawn in this block as not read."""
        if self._is_inside:
            yield
            return
        self._write("/Artifact BMC")
        yield
        self.end()

    def end(self) -> None:
        """End the innermost mark."""
        self._write("EMC")

    def _write(self, operators: str) -> None:
        self._canvas._code.append(operators)  # noqa: SLF001 - reportlab has no door for marked content

    def end_page(self) -> None:
        """Note the page that was just closed."""
        page = self._document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages)
        page.Tabs = PDFName("S")
        self._pages.append(page)
        self._marks = 0

    def write(self) -> None:
        """Add the structure tree to the document."""
        document = self._document
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root)
        whole = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document"), "P": root_reference})
        whole_reference = document.Reference(whole)
        by_page: list[list[Any]] = [[] for _ in self._pages]
        references = []
        for element in self._elements:
            reference = document.Reference(self._dictionary(element, whole_reference))
            references.append(reference)
            by_page[element.page].append(reference)
        whole["K"] = PDFArray(references)
        root["K"] = PDFArray([whole_reference])
        parents = [part for page, marked in enumerate(by_page) for part in (page, document.Reference(PDFArray(marked)))]
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(parents)}))
        root["ParentTreeNextKey"] = len(self._pages)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        document.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    def _dictionary(self, element: _Element, parent: Any) -> PDFDictionary:
        document = self._document
        entries: dict[str, Any] = {
            "Type": PDFName("StructElem"),
            "S": PDFName(element.kind),
            "P": parent,
            "Pg": document.Reference(self._pages[element.page]),
            "K": element.mark,
        }
        if element.language:
            entries["Lang"] = PDFString(element.language)
        if element.says:
            entries["Alt"] = PDFString(element.says)
        return PDFDictionary(entries)
