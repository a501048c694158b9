# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the desk's pages to look something up: the files, the search, the printer, the names of services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assisted.knowledge import knowledge_page
from assisted.look_up import LookUpPorts
from assisted.may_i import may_i_page
from assisted.pages import DeskPage
from assisted.referrals import referrals_page
from commands.desk_handovers import LateHandoverBook, LateSlotBook
from commands.joining import data_dir
from domain.directory_file import parse_search_words
from domain.errors import DefinitionError
from domain.knowledge import Directory, SearchWords
from domain.settings import PaperSize, Settings
from domain.walk import MUNICIPALITY
from i18n.texts import Texts
from kiosk.paper.paper_size import Paper
from kiosk.printing import Printer, SimulatedPrinter, SystemPrinter
from resources.directory_book import DIRECTORY, LOCAL_FILE, SYNONYMS, DirectoryBook
from resources.service_library import ServiceLibrary
from sync.knowledge import SqliteKnowledgeBook


def look_up_pages(ports: LookUpPorts) -> tuple[DeskPage, DeskPage, DeskPage]:
    """Give the pages "Mag ik dit?", "Waarheen?" and "Uitleg"."""
    return may_i_page(ports), referrals_page(ports), knowledge_page(ports)


def look_up_ports(settings: Settings, texts: Texts, *, is_practice: bool) -> LookUpPorts:
    """Read what there is; a wrong file is left out, `loket content check` says what is wrong with it."""
    directory = _with_own_number(DirectoryBook.load(local=local_file(settings)).directory, settings)
    library = ServiceLibrary.load()
    titles = {service.id: library.text(service.id, texts.language, "title")[0] for service in library.services}
    book = LateHandoverBook(settings)
    return LookUpPorts(
        directory=directory,
        book=SqliteKnowledgeBook(directory, search_words()),
        printer=_printer(settings, is_practice=is_practice),
        paper=Paper.ROLL_80 if settings.kiosk.paper is PaperSize.ROLL_80_MM else Paper.A4,
        service_titles=titles,
        handovers=book,
        slots=LateSlotBook(settings),
    )


def _with_own_number(directory: Directory, settings: Settings) -> Directory:
    """Put the help number of the settings with the municipality, which has another number in every place."""
    phone = settings.kiosk.help.phone
    referrals = (
        replace(one, phone=phone) if one.id == MUNICIPALITY and not one.phone and phone else one
        for one in directory.referrals
    )
    return replace(directory, referrals=tuple(referrals))


def local_file(settings: Settings) -> Path:
    """Give where the organisation's own entries stand: beside the store of this machine."""
    return data_dir(settings) / LOCAL_FILE


def search_words(folder: Path = DIRECTORY) -> SearchWords:
    """Read the synonyms; without them the search still works, with less understanding."""
    path = folder / SYNONYMS
    try:
        return parse_search_words(path.read_text(encoding="utf-8-sig"), f"{folder.name}/{SYNONYMS}")
    except (DefinitionError, OSError, UnicodeDecodeError):
        return SearchWords()


def _printer(settings: Settings, *, is_practice: bool) -> Printer:
    if is_practice:
        return SimulatedPrinter(data_dir(settings) / "simulated-printer")
    return SystemPrinter(settings.kiosk.printer)
