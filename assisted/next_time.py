# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Offers "De volgende keer zelf" (U13): a page with the steps at which the helper stepped in, and the fitting course.

The words are those of the steps themselves. Nothing of who it was or what was answered is on it, or is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt

from assisted.desk_parts import Card, DeskButton, DeskText
from assisted.pages import DeskOffice
from assisted.paper_out import PaperOut
from assisted.take_along import course_lines
from domain.help_log import HelpedStep, HelpLog
from domain.knowledge import Course, Directory
from i18n.texts import Texts
from kiosk.paper.paper_size import Paper
from kiosk.paper.take_along import Section, TakeAlong
from kiosk.printing import Printer

USUAL_COURSE = "digisterker"  # about doing things with the government yourself


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step asks, and how its own screen explains it."""

    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class NextTimePorts:
    """What the offer asks of the world."""

    directory: Directory
    service_title: Callable[[str], str]  # empty where it may not stand on paper, or is not known
    words_of: Callable[[HelpedStep], StepWords | None]  # None where there is no such step
    count: Callable[[HelpedStep, date], None]  # in the store's lane
    printer: Printer
    paper: Paper


class NextTimeOffer(Card):
    """The offer; hidden as long as nothing was helped with."""

    def __init__(self, office: DeskOffice, ports: NextTimePorts) -> None:
        self._said = DeskText("")
        self.button = DeskButton(office.tr("desk.next_time.print"), "primary")
        super().__init__(DeskText(office.tr("desk.next_time.title"), "strong"), self._said)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._office, self._ports = office, ports
        self._paper = PaperOut(office, ports.printer, ports.paper)
        self.button.clicked.connect(self._on_button_clicked)
        self.tell()

    @property
    def page(self) -> TakeAlong | None:
        """Give what would be printed; None where there is nothing to print."""
        steps = HelpLog(self._office.visit.helped).to_practise()
        found = [words for words in map(self._ports.words_of, steps) if words is not None]
        title = self._ports.service_title(steps[0].service_id) if steps else ""
        if not found or not title:
            return None
        course = course_for(self._ports.directory, steps[0].service_id)
        today = self._office.clock.now().date()
        return helped_steps_paper(self._office.texts, self._ports.directory, title, found, course, today)

    def tell(self) -> None:
        """Show how many steps there are now."""
        page = self.page
        self.setVisible(page is not None)
        if page is not None:
            self._said.setText(self._office.tr("desk.next_time.says", number=str(len(page.sections[0].lines))))

    def _on_button_clicked(self) -> None:
        page = self.page
        if page is not None:
            self._paper.print(page)


def course_for(directory: Directory, service_id: str) -> Course | None:
    """Give the course that fits a service: that of the first card about it, else the usual one."""
    named = (course for card in directory.cards if service_id in card.services for course in card.courses)
    found = (directory.course(course_id) for course_id in (*named, USUAL_COURSE))
    return next((course for course in found if course is not None), None)


def helped_steps_paper(
    texts: Texts, directory: Directory, title: str, steps: Sequence[StepWords], course: Course | None, today: date
) -> TakeAlong:
    """Word the page: each step in its own words, and the course."""
    lines = tuple(f"{step.title} {step.help}".strip() for step in steps)
    sections = [Section(texts.tr("desk.next_time.steps"), lines, is_numbered=True)]
    if course is not None:
        sections.append(Section(texts.tr("desk.paper.course"), course_lines(texts, directory, course, today)))
    return TakeAlong(
        title=texts.tr("desk.paper.next_time", title=title),
        summary=texts.tr("desk.next_time.summary"),
        sections=tuple(sections),
        note=texts.tr("desk.next_time.note"),
    )
