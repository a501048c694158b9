# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file of a case, shown in the window itself: a PDF or a picture, drawn in memory and written nowhere.

It is drawn off the UI thread (`pictures_of`); the view shows what was drawn, and forgets it with itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskHeading, Scrolling
from assisted.pages import DeskOffice
from domain.counter import CaseDocument
from domain.errors import PaperError
from kiosk.printing import draw_pages

_DPI, _MOST_PAGES = 150, 40
_LONGEST_SIDE = 3000
_MEMORY_MB = 400
_MAGIC = {b"\xff\xd8\xff": b"jpeg", b"\x89PNG\r\n\x1a\n": b"png"}
_WIDTHS = (0.5, 0.75, 1.0, 1.5, 2.0)
_FITS = 2  # the place of 1.0


def pictures_of(content: bytes) -> list[QImage]:
    """Draw a file; by what it is, not by what its name says.

    Raises: PaperError when it is no PDF and no picture that can be shown.
    """
    if content.startswith(b"%PDF-"):
        return draw_pages(content, _DPI, _MOST_PAGES)
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if kind is None:
        raise PaperError("this kind of file cannot be shown", "open it in the case system")
    QImageReader.setAllocationLimit(_MEMORY_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(_LONGEST_SIDE, _LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PaperError("this picture cannot be read", "open it in the case system")
    return [image]


class DocumentView(QWidget):
    """One file that is looked at. Lives in the UI thread."""

    def __init__(
        self, office: DeskOffice, document: CaseDocument, pictures: Sequence[QImage], closed: Callable[[], None]
    ) -> None:
        super().__init__()
        self._office, self._pictures = office, pictures
        self._closed = closed
        self._size = _FITS
        tr = office.tr
        self.back = DeskButton(f"{tr('desk.case.document.back')} (Esc)", "quiet")
        self.back.setAccessibleName(tr("desk.case.document.back"))
        self.back.clicked.connect(lambda _on=False: closed())
        self.smaller = DeskButton(f"{tr('desk.case.document.smaller')} (-)", key="-")
        self.larger = DeskButton(f"{tr('desk.case.document.larger')} (+)", key="+")
        for button, step in ((self.smaller, -1), (self.larger, 1)):
            button.clicked.connect(lambda _on=False, by=step: self._zoom(by))
        self.smaller.setAccessibleName(tr("desk.case.document.smaller"))
        self.larger.setAccessibleName(tr("desk.case.document.larger"))
        bar = QHBoxLayout()
        bar.setContentsMargins(28, 12, 28, 8)
        bar.setSpacing(12)
        bar.addWidget(self.back)
        bar.addWidget(DeskHeading(document.title, "section"), 1)
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        self.scrolling = Scrolling()
        self.scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.scrolling.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scrolling.setAccessibleName(document.title)
        self._labels: list[QLabel] = []
        for number in range(1, len(pictures) + 1):
            label = QLabel()
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            said = tr("desk.case.document.page", number=str(number), total=str(len(pictures)))
            label.setAccessibleName(said)
            self._labels.append(label)
            self.scrolling.column.addWidget(label)
        self.scrolling.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.scrolling, 1)

    def areas(self) -> Sequence[QWidget]:
        return (self.scrolling, self.back)

    def draw(self) -> None:
        """Draw the pages at the width of now."""
        room = max(self.scrolling.width() - 90, 200)  # margins and the bar that scrolls
        wide = round(room * _WIDTHS[self._size])
        for label, picture in zip(self._labels, self._pictures, strict=True):
            # A small picture is not blown up by fitting it; only who asks for larger gets it larger.
            width = wide if self._size > _FITS else min(wide, picture.width())
            scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            label.setPixmap(QPixmap.fromImage(scaled))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.scrolling.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: 80,
            Qt.Key.Key_Up: -80,
            Qt.Key.Key_PageDown: round(bar.pageStep() * 0.9),
            Qt.Key.Key_PageUp: -round(bar.pageStep() * 0.9),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def _zoom(self, step: int) -> None:
        self._size = min(max(self._size + step, 0), len(_WIDTHS) - 1)
        self.draw()
