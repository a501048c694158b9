# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket tally export`: the counts of a month that is over, as CSV for a spreadsheet and as PDF with charts.

No number under five is in either, nor one that can be worked out. A month that is not over is not exported: two
exports of it, held beside each other, would tell what happened in between.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.cli import FINE, WRONG_USE
from commands.configuration import load_settings
from commands.joining import data_dir
from commands.system_clock import SystemClock
from domain.errors import SettingsError
from domain.settings import Settings
from domain.tally_table import Cell, Shown, StepCell, TallyReport, report_of
from i18n.texts import Texts
from kiosk.paper.tally_page import Bar, BarChart, TallyPage, tally_pdf
from resources.service_library import ServiceLibrary
from sync.tally_book import TALLIES, SqliteTallyBook, TallyFile

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_HERE = ZoneInfo("Europe/Amsterdam")
_LISTS = {"referral": "organisation"}  # whose words are those of another


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["export"], help="write the counts of a month")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="a month that is over")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder for the two files")
    parser.add_argument("--lang", choices=["nl", "en"], default="nl", help="the language of the words")


def run(arguments: argparse.Namespace) -> int:
    """Write the two files."""
    wanted = _MONTH.fullmatch(arguments.month)
    if wanted is None:
        print("loket tally: --month is written as 2026-11", file=sys.stderr)
        return WRONG_USE
    year, month = int(wanted[1]), int(wanted[2])
    if (year, month) >= _month_of(SystemClock().now()):
        print("loket tally: this month is not over; export it after its last day", file=sys.stderr)
        return WRONG_USE
    report = read_report(load_settings(arguments.config), year, month)
    for path in write_report(report, arguments.out, Texts(arguments.lang)):
        print(path)
    return FINE


def read_report(settings: Settings, year: int, month: int) -> TallyReport:
    """Give the figures of a month that may be seen.

    Raises: StoreError and its kinds.
    """
    with closing(TallyFile(data_dir(settings) / TALLIES)) as file:
        book = SqliteTallyBook(file)
        return report_of(book.month(year, month), year, month, book.steps(year, month))


def write_report(report: TallyReport, folder: Path, texts: Texts) -> tuple[Path, Path]:
    """Write CSV and PDF.

    Raises: SettingsError when the folder cannot be written, PaperError.
    """
    name = f"tellen-{report.year}-{report.month:02}"
    table, page = folder / f"{name}.csv", folder / f"{name}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # With its mark at the start a spreadsheet knows that it is UTF-8.
        table.write_text(csv_of(report, texts), encoding="utf-8-sig", newline="")
        page.write_bytes(tally_pdf(page_of(report, texts)))
    except OSError as error:
        raise SettingsError(f"--out cannot be written: {error.strerror}", "name a folder of your own") from None
    return table, page


def csv_of(report: TallyReport, texts: Texts) -> str:
    """Give the lines: what, which, how often."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    month = f"{report.year}-{report.month:02}"
    writer.writerow([texts.tr(f"desk.tally.csv.{name}") for name in ("month", "what", "which", "number")])
    writer.writerow([month, texts.tr("desk.tally.total"), "", _shown(report.total, texts)])
    for table in report.tables:
        title = texts.tr(f"desk.tally.{table.dimension}")
        if not table.cells:
            writer.writerow([month, title, "", texts.tr("desk.tally.too_few")])
        for cell in table.cells:
            writer.writerow([month, title, _word(table.dimension, cell.word, texts), _shown(cell, texts)])
    library = ServiceLibrary.load()
    for step in report.steps:
        writer.writerow([month, texts.tr("desk.tally.steps"), _step(library, step), step.number])
    return text.getvalue()


def _step(library: ServiceLibrary, cell: StepCell) -> str:
    """Give the words of a step; its ids where this version has no such step any more."""
    said = library.dutch(cell.service_id).get(f"question.{cell.question_id}.title", cell.question_id)
    return f"{library.dutch(cell.service_id).get('title', cell.service_id)}: {said}"


def page_of(report: TallyReport, texts: Texts) -> TallyPage:
    """Give the report on paper."""
    charts = tuple(
        BarChart(
            texts.tr(f"desk.tally.{table.dimension}"),
            tuple(
                Bar(_word(table.dimension, cell.word, texts), _shown(cell, texts), cell.number) for cell in table.cells
            ),
            texts.tr("desk.tally.too_few"),
        )
        for table in report.tables
    )
    title = texts.tr("desk.tally.report", month=texts.month(report.month), year=str(report.year))
    total = f"{texts.tr('desk.tally.total')}: {_shown(report.total, texts)}"
    return TallyPage(title, texts.language, (total, texts.tr("desk.tally.how")), charts)


def _word(dimension: str, word: str, texts: Texts) -> str:
    return texts.tr(f"desk.tally.{_LISTS.get(dimension, dimension)}.{word}")


def _shown(cell: Cell, texts: Texts) -> str:
    match cell.shown:
        case Shown.NUMBER:
            return str(cell.number)
        case Shown.SMALL:
            return "<5"
        case Shown.HIDDEN:
            return texts.tr("desk.tally.hidden")


def _month_of(moment: datetime) -> tuple[int, int]:
    here = moment.astimezone(_HERE)
    return here.year, here.month
