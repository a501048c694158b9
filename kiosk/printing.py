# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts a PDF on paper, and says truthfully whether it came out.

pypdfium2 draws it, QPrinter hands it over (decision 8). Printing waits for the printer: run it in the background, never
on the UI thread. What is on the page is `kiosk.paper`'s.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from domain.errors import PaperError
from kiosk.paper.paper_size import POINTS_A_MM, Paper
from kiosk.print_queue import Job, JobState, PrintQueue, system_queue

_DPI = {Paper.A4: 300, Paper.ROLL_80: 203}  # till printers have 8 dots a millimetre
_PAPER_TROUBLE = frozenset({"media-empty", "media-needed", "media-jam"})
_OTHER_TROUBLE = frozenset({"cover-open", "door-open", "offline", "shutdown", "paused", "stopping", "timed-out"})
_LOOK_EVERY_S = 0.2
_PATIENCE_S = 60.0
_MOST_PIXELS = 4000  # of the longer side of a page that is looked at
# Some printers complain for a moment while they take a sheet.
_TROUBLE_LASTS_S = 3.0
# PDFium may be used by one thread at a time.
_pdfium = Lock()
VISIT_TEMP = "loket-visit-"  # how the supervisor calls the temp folder of one visit (`commands.visit_traces`)


class PrintOutcome(StrEnum):
    """What became of a page."""

    DONE = "done"  # on paper; where the system cannot tell, handed over
    NO_PRINTER = "no_printer"
    PAPER_OUT = "paper_out"  # no paper, or stuck
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PrintResult:
    """The outcome, and a word for the log and for staff: a reason of the print system, never anything of the page."""

    outcome: PrintOutcome
    reason: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the citizen holds paper."""
        return self.outcome is PrintOutcome.DONE


class Printer(Protocol):
    """Something that puts pages on paper, one at a time."""

    def status(self) -> PrintResult:
        """Tell how it is now: DONE means ready."""
        ...

    def print_pdf(self, pdf: bytes, paper: Paper) -> PrintResult:
        """Print and wait; on any outcome but DONE the page is not printed later either."""
        ...


class SimulatedPrinter:
    """Writes each page as a PDF file into a folder, for practice and the demo; tests take its paper away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.has_paper = True
        self.printed: list[Path] = []

    def status(self) -> PrintResult:
        """Tell whether there is paper."""
        return PrintResult(PrintOutcome.DONE) if self.has_paper else PrintResult(PrintOutcome.PAPER_OUT, "media-empty")

    def print_pdf(self, pdf: bytes, paper: Paper) -> PrintResult:
        """Write the next file: `page-001-a4.pdf`."""
        if not self.has_paper:
            return self.status()
        if not _is_pdf(pdf):
            return PrintResult(PrintOutcome.FAILED, "no-pdf")
        path = self._folder / f"page-{len(self.printed) + 1:03}-{paper}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
        except OSError as error:
            return PrintResult(PrintOutcome.FAILED, type(error).__name__)
        self.printed.append(path)
        return PrintResult(PrintOutcome.DONE)


class SystemPrinter:
    """A printer of this machine, by its name in the print system; an empty name is the system's default.

    Belongs to the device thread. Needs a QGuiApplication.
    """

    def __init__(
        self,
        name: str = "",
        queue: PrintQueue | None = None,
        *,
        patience_s: float = _PATIENCE_S,
        trouble_lasts_s: float = _TROUBLE_LASTS_S,
    ) -> None:
        self._name = name
        self._queue = queue or system_queue()
        self._patience_s = patience_s
        self._trouble_lasts_s = trouble_lasts_s
        self._stopped = Event()
        keep_spool_in_memory()

    def status(self) -> PrintResult:
        """Tell whether the printer is there and has paper."""
        name = self._real_name()
        if not name:
            return PrintResult(PrintOutcome.NO_PRINTER)
        if self._queue is None:
            return PrintResult(PrintOutcome.DONE)
        reasons = self._queue.reasons(name)
        if reasons is None:
            return PrintResult(PrintOutcome.NO_PRINTER)
        return _trouble(reasons) or PrintResult(PrintOutcome.DONE)

    def print_pdf(self, pdf: bytes, paper: Paper) -> PrintResult:
        """Print and wait until the page lies there, or say why not."""
        name = self._real_name()
        if not name:
            return PrintResult(PrintOutcome.NO_PRINTER)
        if not _is_pdf(pdf):
            return PrintResult(PrintOutcome.FAILED, "no-pdf")
        # Seen by anyone who may look at the queue: chance, nothing of the page or the citizen.
        title = f"loket-{secrets.token_hex(8)}"
        if not self._send(pdf, paper, name, title):
            return PrintResult(PrintOutcome.FAILED, "not-sent")
        if self._queue is None:
            return PrintResult(PrintOutcome.DONE)
        return self._watch(self._queue, name, title)

    def stop(self) -> None:
        """Stop waiting; the page that waits is taken back."""
        self._stopped.set()

    def _real_name(self) -> str:
        if self._name:
            return "" if QPrinterInfo.printerInfo(self._name).isNull() else self._name
        return QPrinterInfo.defaultPrinterName()

    def _send(self, pdf: bytes, paper: Paper, name: str, title: str) -> bool:
        return send_by_qt(pdf, paper, name, title)

    def _watch(self, queue: PrintQueue, name: str, title: str) -> PrintResult:
        waited = troubled = 0.0
        job: Job | None = None
        result: PrintResult | None = None
        while waited < self._patience_s:
            job = queue.job(name, title) or job
            ended = _ended(job)
            if ended is not None:
                result = ended
                break
            reasons = queue.reasons(name)
            # A print system that gives no answer at all is a trouble like any other.
            trouble = _NO_ANSWER if reasons is None else _trouble(reasons)
            troubled = troubled + _LOOK_EVERY_S if trouble else 0.0
            if trouble and troubled >= self._trouble_lasts_s:
                result = trouble
                break
            if self._stopped.wait(_LOOK_EVERY_S):
                result = PrintResult(PrintOutcome.FAILED, "stopped")
                break
            waited += _LOOK_EVERY_S
        if result is None:
            known = "unknown" if job is None else job.state.name.lower()
            result = PrintResult(PrintOutcome.FAILED, f"time-is-up-{known}")
        # Taken out of the queue in each case: who brings new paper must not get an earlier visitor's page.
        if job is not None and not queue.forget(name, job) and result.is_done:
            return PrintResult(PrintOutcome.DONE, "job-not-purged")
        return result


_NO_ANSWER = PrintResult(PrintOutcome.FAILED, "no-answer")


def _ended(job: Job | None) -> PrintResult | None:
    if job is None or job.state < JobState.CANCELED:
        return None
    if job.state is JobState.COMPLETED:
        return PrintResult(PrintOutcome.DONE)
    return PrintResult(PrintOutcome.FAILED, job.state.name.lower())


def _trouble(reasons: frozenset[str]) -> PrintResult | None:
    for known, outcome in ((_PAPER_TROUBLE, PrintOutcome.PAPER_OUT), (_OTHER_TROUBLE, PrintOutcome.FAILED)):
        if found := sorted(known & reasons):
            return PrintResult(outcome, found[0])
    return None


def _is_pdf(pdf: bytes) -> bool:
    return pdf.startswith(b"%PDF-")


def send_by_qt(pdf: bytes, paper: Paper, printer_name: str, title: str) -> bool:
    """Draw each page as a picture and hand all to the print system; tell whether it took them."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setPrinterName(printer_name)
            printer.setDocName(title)
            printer.setCreator("Loket")
            printer.setResolution(_DPI[paper])
            painter = QPainter()
            for number in range(len(document)):
                page = document[number]
                printer.setPageLayout(_layout(paper, page.get_height()))
                printer.setFullPage(True)
                if number == 0:
                    if not painter.begin(printer):
                        return False
                else:
                    printer.newPage()
                bitmap = page.render(scale=_DPI[paper] / 72, rev_byteorder=True)
                image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
                painter.drawImage(QRectF(painter.viewport()), image)
            return painter.end()
        finally:
            document.close()


def draw_pages(pdf: bytes, dpi: int, most: int) -> list[QImage]:
    """Draw the first pages of a PDF as pictures, to be looked at; nothing is written anywhere.

    Raises: PaperError when it is no PDF that can be read.
    """
    if not _is_pdf(pdf):
        raise PaperError("this is no PDF")
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise PaperError("this PDF cannot be read") from None
        try:
            return [_drawn(document[number], dpi) for number in range(min(len(document), most))]
        except pypdfium2.PdfiumError:
            raise PaperError("a page of this PDF cannot be drawn") from None
        finally:
            document.close()


def _drawn(page: pypdfium2.PdfPage, dpi: int) -> QImage:
    # A page as large as a house would take all memory.
    scale = min(dpi / 72, _MOST_PIXELS / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
    return image.copy()  # the bitmap goes with the page


def _layout(paper: Paper, height: float) -> QPageLayout:
    if paper is Paper.A4:
        size = QPageSize(QPageSize.PageSizeId.A4)
    else:
        size = QPageSize(QSizeF(80, height / POINTS_A_MM), QPageSize.Unit.Millimeter, "roll")
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def keep_spool_in_memory() -> None:
    """Let libcups write the page that it sends in a folder that is memory, not disk, where Linux has one."""
    if sys.platform != "linux" or Path(os.environ.get("TMPDIR", "")).name.startswith(VISIT_TEMP):
        return  # the visit has a folder of its own, in memory already
    for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108 - memory, and libcups makes the file 0600
        if folder and os.access(folder, os.W_OK | os.X_OK):
            os.environ["TMPDIR"] = folder
            return
