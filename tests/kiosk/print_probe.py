# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prints for real in a network namespace of its own, with D-Bus, Avahi, ippeveprinter and CUPS; writes JSON.

Run by test_printing:

unshare --net --mount --pid --fork --mount-proc python -m tests.kiosk.print_probe FOLDER
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event

CUPS_PORT = 8631
PRINTER_PORT = 8501
PRINTER = "loket"
WAITING = "loket-0011223344556677"

CUPSD = f"""
Listen 127.0.0.1:{CUPS_PORT}
Browsing No
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    pause = Event()
    for _ in range(int(seconds / 0.1)):
        if is_so():
            return True
        pause.wait(0.1)
    return False


def run(*command: str, check: bool = True) -> bool:
    return subprocess.run(command, check=check, capture_output=True, timeout=60).returncode == 0


def start(log: Path, *command: str) -> None:
    with log.open("wb") as file:
        subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)


def start_printer(folder: Path) -> None:
    run("ip", "link", "set", "lo", "up")
    run("mount", "-t", "tmpfs", "none", "/run")
    os.environ["XDG_RUNTIME_DIR"] = "/run/memory"
    for name in ("/run/dbus", "/run/cups", "/run/memory"):
        Path(name).mkdir()
    for name in ("spool", "cache", "state", "out", "root", "log", "tmp"):
        (folder / name).mkdir()
    run("dbus-daemon", "--system", "--fork", "--nopidfile")
    run("avahi-daemon", "-D", "--no-drop-root", "--no-chroot")
    (folder / "root/cupsd.conf").write_text(CUPSD)
    (folder / "root/cups-files.conf").write_text(
        f"ServerRoot {folder}/root\nRequestRoot {folder}/spool\nCacheDir {folder}/cache\nStateDir {folder}/state\n"
        f"TempDir {folder}/tmp\nErrorLog {folder}/log/error\nAccessLog {folder}/log/access\nPageLog {folder}/log/page\n"
        "SystemGroup root\n"
    )
    start(
        folder / "log/printer",
        *("ippeveprinter", "-d", str(folder / "out"), "-k", "-f", "application/pdf"),
        *("-p", str(PRINTER_PORT), "-n", "localhost", "Loket"),
    )
    cups = ("-c", str(folder / "root/cupsd.conf"), "-s", str(folder / "root/cups-files.conf"))
    start(folder / "log/cupsd", "cupsd", "-f", *cups)
    os.environ["CUPS_SERVER"] = f"127.0.0.1:{CUPS_PORT}"
    uri = f"ipp://localhost:{PRINTER_PORT}/ipp/print"
    if not wait_until(lambda: run("lpadmin", "-p", PRINTER, "-E", "-v", uri, "-m", "everywhere", check=False)):
        raise SystemExit("no printer queue: " + (folder / "log/cupsd").read_text()[-500:])


def set_sheets(sheets: int) -> None:
    form = f"size1=iso_a4_210x297mm&type1=stationery&level1={sheets}&size3=&type3=&level3=-2"
    with urllib.request.urlopen(f"http://localhost:{PRINTER_PORT}/media?{form}", timeout=5) as answer:
        answer.read()


def spooled(folder: Path) -> list[str]:
    """Give the pages that CUPS keeps; its notes on a cancelled job (c0...) hold a title of chance only."""
    return sorted(path.name for path in (folder / "spool").glob("d0*"))


def main() -> None:
    folder = Path(sys.argv[1])
    start_printer(folder)

    from PySide6.QtGui import QGuiApplication

    from kiosk.paper.paper_size import Paper
    from kiosk.paper.receipt_page import receipt_pdf
    from kiosk.print_queue import system_queue
    from kiosk.printing import SystemPrinter
    from tests.kiosk.paper.receipts import dutch_receipt

    application = QGuiApplication([])
    pdf = receipt_pdf(dutch_receipt(), Paper.A4)
    set_sheets(250)
    good = SystemPrinter(PRINTER).print_pdf(pdf, Paper.A4)
    arrived = [path.name for path in (folder / "out").iterdir()]
    kept = [path.is_file() and path.read_bytes()[:5].decode("latin-1") for path in (folder / "out").iterdir()]
    spool_after_good = spooled(folder)
    set_sheets(0)
    empty = SystemPrinter(PRINTER).print_pdf(pdf, Paper.A4)
    spool_after_empty = spooled(folder)
    page = folder / "page.pdf"
    page.write_bytes(pdf)
    run("lp", "-d", PRINTER, "-H", "hold", "-t", WAITING, str(page))
    waiting = system_queue()
    titles = () if waiting is None else waiting.waiting_titles()
    run("cancel", "-a", "-x")
    folder_of_libcups = Path(os.environ["TMPDIR"])
    found: dict[str, object] = {
        "left_in_memory": [
            path.name for path in folder_of_libcups.iterdir() if path.is_file() and path.read_bytes()[:5] == b"%PDF-"
        ],
        "waiting": list(titles),
        "waiting_afterwards": [] if waiting is None else list(waiting.waiting_titles()),
        "good": [good.outcome, good.reason],
        "arrived": arrived,
        "begins": kept,
        "spool_after_good": spool_after_good,
        "empty": [empty.outcome, empty.reason],
        "spool_after_empty": spool_after_empty,
        "absent": SystemPrinter("nobody").print_pdf(pdf, Paper.A4).outcome,
    }
    # For whoever must find out why a check fails.
    found["log"] = [
        (folder / "log" / name).read_text(errors="replace")[-600:] for name in ("error", "cupsd", "printer")
    ]
    (folder / "found.json").write_text(json.dumps(found))
    application.quit()


if __name__ == "__main__":
    main()
