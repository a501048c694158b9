# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Printing: one contract for the simulated and the real printer, paper trouble, and a real CUPS where it can run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.paper.paper_size import Paper
from kiosk.paper.receipt_page import receipt_pdf
from kiosk.print_queue import Job, JobState
from kiosk.printing import Printer, PrintOutcome, PrintResult, SimulatedPrinter, SystemPrinter, send_by_qt
from tests.kiosk.paper.receipts import dutch_receipt
from tests.kiosk.print_probe import WAITING


class FakeQueue:
    """A print system whose paper the test takes away; ends a job at the second look."""

    def __init__(self) -> None:
        self.complaints: set[str] = set()
        self.is_there = True
        self.ends_as = JobState.COMPLETED
        self.forgotten: list[int] = []
        self.titles: list[str] = []

    def reasons(self, printer: str) -> frozenset[str] | None:
        return frozenset(self.complaints) if self.is_there else None

    def job(self, printer: str, title: str) -> Job | None:
        self.titles.append(title)
        if self.complaints:
            return Job(7, JobState.PROCESSING)
        return Job(7, self.ends_as if len(self.titles) > 1 else JobState.PENDING)

    def forget(self, printer: str, job: Job) -> bool:
        self.forgotten.append(job.id)
        return True


class FakeSystemPrinter(SystemPrinter):
    """The real one, but for the hands: it sends to nobody and knows one name."""

    def __init__(self, queue: FakeQueue, *, takes_pages: bool = True) -> None:
        super().__init__("loket", queue, patience_s=6, trouble_lasts_s=0.4)
        self.queue = queue
        self.sent: list[bytes] = []
        self._takes_pages = takes_pages
        self.is_silent_after_sending = False

    def _real_name(self) -> str:
        return "loket" if self.queue.is_there else ""

    def _send(self, pdf: bytes, paper: Paper, name: str, title: str) -> bool:
        self.sent.append(pdf)
        self.queue.is_there = not self.is_silent_after_sending
        return self._takes_pages


Making = Callable[[Path], tuple[Printer, Callable[[], None]]]


@pytest.fixture(autouse=True)
def spool_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", os.environ.get("TMPDIR", "/tmp"))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return receipt_pdf(dutch_receipt(), Paper.A4)


def simulated(folder: Path) -> tuple[Printer, Callable[[], None]]:
    printer = SimulatedPrinter(folder / "pages")

    def take_paper() -> None:
        printer.has_paper = False

    return printer, take_paper


def system(folder: Path) -> tuple[Printer, Callable[[], None]]:
    printer = FakeSystemPrinter(FakeQueue())
    return printer, lambda: printer.queue.complaints.add("media-empty")


@pytest.mark.parametrize("made", [simulated, system])
class TestEveryPrinter:
    """What both printers promise."""

    def test_says_done_when_the_page_is_printed(self, made: Making, tmp_path: Path, pdf: bytes) -> None:
        printer, _ = made(tmp_path)
        assert printer.status().is_done
        assert printer.print_pdf(pdf, Paper.A4).is_done

    def test_says_so_when_there_is_no_paper(self, made: Making, tmp_path: Path, pdf: bytes) -> None:
        printer, take_paper = made(tmp_path)
        take_paper()
        assert printer.status() == PrintResult(PrintOutcome.PAPER_OUT, "media-empty")
        assert printer.print_pdf(pdf, Paper.A4) == PrintResult(PrintOutcome.PAPER_OUT, "media-empty")

    def test_refuses_what_is_no_pdf(self, made: Making, tmp_path: Path, pdf: bytes) -> None:
        printer, _ = made(tmp_path)
        assert printer.print_pdf(b"<html>", Paper.A4).outcome is PrintOutcome.FAILED


def test_writes_numbered_files_that_name_nobody_when_simulated(tmp_path: Path, pdf: bytes) -> None:
    printer = SimulatedPrinter(tmp_path / "pages")
    printer.print_pdf(pdf, Paper.A4)
    printer.print_pdf(pdf, Paper.ROLL_80)
    assert [path.name for path in printer.printed] == ["page-001-a4.pdf", "page-002-roll-80.pdf"]
    assert printer.printed[0].read_bytes() == pdf


def test_fails_kindly_when_the_folder_cannot_be_written(tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "file").touch()
    assert SimulatedPrinter(tmp_path / "file").print_pdf(pdf, Paper.A4).outcome is PrintOutcome.FAILED


def test_takes_the_page_out_of_the_queue_when_it_is_printed_and_when_it_is_not(pdf: bytes) -> None:
    for complaint in ("", "media-needed", "cover-open"):
        queue = FakeQueue()
        queue.complaints |= {complaint} - {""}
        FakeSystemPrinter(queue).print_pdf(pdf, Paper.A4)
        assert queue.forgotten == [7]


def test_tells_what_is_wrong_when_the_printer_complains(pdf: bytes) -> None:
    queue = FakeQueue()
    queue.complaints.add("cover-open")
    assert FakeSystemPrinter(queue).print_pdf(pdf, Paper.A4) == PrintResult(PrintOutcome.FAILED, "cover-open")


def test_does_not_call_low_ink_a_trouble(pdf: bytes) -> None:
    queue = FakeQueue()
    queue.complaints.add("marker-supply-low")
    assert FakeSystemPrinter(queue).status().is_done


def test_fails_when_the_system_ends_the_job_or_takes_no_page(pdf: bytes) -> None:
    queue = FakeQueue()
    queue.ends_as = JobState.ABORTED
    assert FakeSystemPrinter(queue).print_pdf(pdf, Paper.A4) == PrintResult(PrintOutcome.FAILED, "aborted")
    assert FakeSystemPrinter(FakeQueue(), takes_pages=False).print_pdf(pdf, Paper.A4).outcome is PrintOutcome.FAILED


def test_gives_up_and_takes_the_page_back_when_nothing_happens(pdf: bytes) -> None:
    queue = FakeQueue()
    queue.ends_as = JobState.PROCESSING
    printer = FakeSystemPrinter(queue)
    printer.stop()
    assert printer.print_pdf(pdf, Paper.A4) == PrintResult(PrintOutcome.FAILED, "stopped")
    assert queue.forgotten == [7]


def test_fails_when_the_print_system_gives_no_answer(pdf: bytes) -> None:
    queue = FakeQueue()
    printer = FakeSystemPrinter(queue)
    queue.ends_as = JobState.PROCESSING
    printer.is_silent_after_sending = True
    assert printer.print_pdf(pdf, Paper.A4) == PrintResult(PrintOutcome.FAILED, "no-answer")


def test_says_no_printer_when_there_is_none(pdf: bytes) -> None:
    queue = FakeQueue()
    queue.is_there = False
    assert FakeSystemPrinter(queue).status().outcome is PrintOutcome.NO_PRINTER
    assert FakeSystemPrinter(queue).print_pdf(pdf, Paper.A4).outcome is PrintOutcome.NO_PRINTER


def test_the_title_in_the_queue_names_nobody_and_never_repeats(pdf: bytes) -> None:
    queue = FakeQueue()
    for _ in range(2):
        FakeSystemPrinter(queue).print_pdf(pdf, Paper.A4)
    titles = set(queue.titles)
    assert len(titles) == 2
    assert all(title.startswith("loket-") and "L26" not in title for title in titles)


def test_no_printer_by_an_unknown_name_on_this_machine(qapp: QGuiApplication, pdf: bytes) -> None:
    printer = SystemPrinter("nobody-has-this-printer")
    assert printer.print_pdf(pdf, Paper.A4).outcome is PrintOutcome.NO_PRINTER


@pytest.mark.parametrize("paper", Paper)
def test_draws_the_page_at_its_real_size(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    out = tmp_path / "out.pdf"
    # Qt's own PDF writer stands in for the device; all else is the real road.
    monkeypatch.setattr(QPrinter, "setPrinterName", lambda printer, name: printer.setOutputFileName(str(out)))
    source = receipt_pdf(dutch_receipt(), paper)
    assert send_by_qt(source, paper, "file", "loket-test")
    printed, wished = pypdfium2.PdfDocument(out.read_bytes())[0], pypdfium2.PdfDocument(source)[0]
    assert printed.get_size() == pytest.approx(wished.get_size(), abs=1.5)
    pictures = [page.render(scale=0.5, grayscale=True).to_pil().resize((90, 120)) for page in (printed, wished)]
    differing = [abs(one - other) for one, other in zip(*(picture.tobytes() for picture in pictures), strict=True)]
    assert sum(differing) / len(differing) < 6


# --- A real print system ---------------------------------------------------------------------------------------------


def why_not() -> str:
    """Say why CUPS cannot run here, or nothing."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    tools = ("unshare", "ip", "cupsd", "lpadmin", "ippeveprinter", "avahi-daemon", "dbus-daemon")
    missing = [tool for tool in tools if shutil.which(tool, path=path) is None]
    if missing:
        return f"not installed: {', '.join(missing)} (deploy/apt-test.txt)"
    if os.geteuid() != 0:
        return "needs root, for a network namespace of its own"
    allowed = subprocess.run(
        ("unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "true"), capture_output=True, check=False
    )
    return "" if allowed.returncode == 0 else "this machine allows no network namespaces"


@pytest.fixture(scope="module")
def real_print() -> Iterator[dict[str, object]]:
    if reason := why_not():
        pytest.skip(f"no real print system: {reason}")
    # The print system runs as a user of its own, and pytest closes its own folders to others each time it starts.
    with TemporaryDirectory(prefix="loket-print-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield print_for_real(folder)


def print_for_real(folder: Path) -> dict[str, object]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    command = ("unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child")
    probe = (sys.executable, "-m", "tests.kiosk.print_probe", str(folder))
    root = Path(__file__).parents[2]
    ran = subprocess.run((*command, *probe), cwd=root, env=environment, capture_output=True, timeout=110, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-1500:]
    found: dict[str, object] = json.loads((folder / "found.json").read_text())
    return found


def test_a_page_arrives_at_a_real_printer(real_print: dict[str, object]) -> None:
    assert real_print["good"] == ["done", ""]
    assert real_print["begins"] == ["%PDF-"]


def test_the_spool_holds_nothing_when_a_real_page_was_printed(real_print: dict[str, object]) -> None:
    assert real_print["spool_after_good"] == []
    assert real_print["left_in_memory"] == []


def test_a_real_printer_without_paper_gives_a_result_and_keeps_nothing(real_print: dict[str, object]) -> None:
    assert real_print["empty"] == ["paper_out", "media-empty"], real_print["log"]
    assert real_print["spool_after_empty"] == []


def test_a_real_print_system_tells_what_waits(real_print: dict[str, object]) -> None:
    assert real_print["waiting"] == [WAITING], real_print["log"]
    assert real_print["waiting_afterwards"] == []


def test_an_unknown_printer_is_no_printer_in_a_real_print_system(real_print: dict[str, object]) -> None:
    assert real_print["absent"] == "no_printer"
