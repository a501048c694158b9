# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One thing that a helper looked up, as a column to read: a card, a referral, a course, a red flag, the card for anger.

It shows and asks; finding it is `assisted.look_up`, the words on paper are `assisted.take_along`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskIcon, DeskText
from assisted.handover_form import HandoverForm
from assisted.pages import DeskOffice
from assisted.slot_planner import SlotPlanner
from assisted.take_along import (
    checked_line,
    course_lines,
    course_paper,
    next_time_paper,
    referral_facts,
    referral_paper,
)
from domain.handover import Handover, HandoverBook, new_handover_code
from domain.knowledge import (
    AngerCard,
    Checked,
    Course,
    Directory,
    HelpSlot,
    KnowledgeCard,
    MayAnswer,
    MayICard,
    RedFlag,
    Referral,
    oldest_days,
)
from domain.slot_plan import SlotBook
from domain.tally import Deed, Organisation
from i18n.dates import WEEKDAYS
from kiosk.paper.take_along import TakeAlong

_SIGNS = {
    MayAnswer.YES: ("check-circle", "good"),
    MayAnswer.NO: ("close-circle", "danger"),
    MayAnswer.SOMETIMES: ("help-circle", "warn"),
}


@dataclass(frozen=True, slots=True)
class HelpHours:
    """The moments in every week on which somebody helps here (H19)."""

    slots: tuple[HelpSlot, ...]


Entry = KnowledgeCard | MayICard | Referral | Course | RedFlag | AngerCard | HelpHours


@dataclass(frozen=True, slots=True)
class SheetPorts:
    """What a sheet asks of the world."""

    directory: Directory
    service_title: Callable[[str], str]  # empty where there is no such service
    print: Callable[[TakeAlong], None]
    handovers: HandoverBook | None = None  # remembers that something was handed over; None where nothing is
    slots: SlotBook | None = None  # knows what is free at a fixed hour; None where nothing is planned


def title_of(entry: Entry, office: DeskOffice) -> str:
    """Give the line under which an entry is found."""
    match entry:
        case Referral() | Course():
            return entry.name
        case HelpHours():
            return office.tr("desk.slots.title")
        case _:
            return entry.title


def sign_of(entry: Entry) -> tuple[str, str]:
    """Give the picture of an entry and its colour."""
    match entry:
        case RedFlag():
            return "alert-circle", "danger"
        case AngerCard():
            return "emoticon-angry-outline", "human"
        case MayICard():
            return _SIGNS[entry.answer]
        case Referral():
            return ("map-marker-outline" if entry.is_local else "phone-outline"), "primary"
        case Course():
            return "school-outline", "primary"
        case HelpHours():
            return "calendar-clock-outline", "primary"
        case _:
            return "card-text-outline", "primary"


class EntrySheet(QWidget):
    """One entry; thrown away when another is opened. Lives in the UI thread."""

    asked_for = Signal(object)  # Emitted when another entry is asked for, with that entry.

    def __init__(self, office: DeskOffice, ports: SheetPorts, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self._office, self._ports = office, ports
        self._today: date = office.clock.now().date()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.buttons: list[DeskButton] = []
        self._pictures: list[tuple[DeskButton, str, str]] = []
        self._head(entry)
        match entry:
            case KnowledgeCard():
                self._knowledge(entry)
            case MayICard():
                self._may_i(entry)
            case Referral():
                self._referral(entry)
            case Course():
                self._course(entry)
            case RedFlag():
                self._flag(entry)
            case AngerCard():
                self._anger(entry)
            case HelpHours():
                self._hours(entry)
        self._column.addStretch(1)

    def dress(self) -> None:
        """Take the theme of now; what was typed here stays."""
        for button, icon, colour in self._pictures:
            button.setIcon(self._office.look.icon(icon, colour))

    def _tr(self, key: str, **values: str) -> str:
        return self._office.tr(key, **values)

    # -- the kinds -----------------------------------------------------------------------------------------------------

    def _knowledge(self, card: KnowledgeCard) -> None:
        self._text(card.summary, "lead")
        if card.deadline:
            self._text(f"{self._tr('desk.know.deadline')} {card.deadline}", "warn")
        self._steps(self._tr("desk.know.steps"), card.steps)
        if card.bring:
            self._list(self._tr("desk.know.bring"), card.bring)
        self._services(card.services)
        self._links(self._tr("desk.know.who"), map(self._ports.directory.referral, card.referrals))
        self._links(self._tr("desk.know.learn"), map(self._ports.directory.course, card.courses))
        self._links(self._tr("desk.know.see"), map(self._ports.directory.card, card.see))
        self._act("desk.know.next_time", "printer-outline", lambda: self._print_next_time(card))
        self._checked(card, card.checked)

    def _may_i(self, card: MayICard) -> None:
        kind = {MayAnswer.YES: "good", MayAnswer.NO: "danger", MayAnswer.SOMETIMES: "warn"}[card.answer]
        self._text(self._tr(f"desk.may_i.{card.answer.value}"), kind)
        self._text(card.text, "lead")
        self._list(self._tr("desk.may_i.why"), (card.why,))
        self._list(self._tr("desk.may_i.instead"), card.instead)
        self._checked(card, card.checked)

    def _referral(self, referral: Referral) -> None:
        self._text(referral.what, "lead")
        if referral.phone:
            phone = self._text(referral.phone, "number")
            phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        facts = [f"{self._tr(key)}: {text}" for key, text in referral_facts(referral) if not key.endswith("phone")]
        self._list(self._tr("desk.referral.facts"), facts)
        if referral.bring:
            self._list(self._tr("desk.know.bring"), referral.bring)
        self._checked(referral, referral.checked)
        self._act("desk.referral.print", "printer-outline", lambda: self._print_referral(referral))
        if referral.id != "noodnummer":
            self._section(self._tr("desk.handover.title"))
            form = HandoverForm(self._office, referral.name)
            form.agreed.connect(lambda agreed: self._print_handover(referral, agreed))
            self._column.addWidget(form)

    def _course(self, course: Course) -> None:
        self._text(course.what, "lead")
        lines = course_lines(self._office.texts, self._ports.directory, course, self._today)[1:]
        self._list(self._tr("desk.course.where"), lines)
        self._act("desk.referral.print", "printer-outline", lambda: self._print_course(course))
        self._checked(course, course.checked)

    def _flag(self, flag: RedFlag) -> None:
        self._text(self._tr("desk.flag.says"), "danger")
        self._say_first(flag.say)
        self._numbers(filter(None, map(self._ports.directory.referral, flag.referrals)))
        self._text(self._tr("desk.flags.suicide"), "strong")
        self._steps(self._tr("desk.flag.steps"), flag.steps)
        if flag.is_unsafe_at_home:
            self._text(self._tr("desk.flag.no_paper"), "warn")
        self._services(flag.services)
        self._links(self._tr("desk.know.who"), map(self._ports.directory.referral, flag.referrals))
        # No sound by itself: an alarm beside somebody who is afraid does harm. The helper presses.
        self._act("desk.flag.call", "bell-ring-outline", lambda: self._office.go("call"), "human")

    def _numbers(self, referrals: Iterable[Referral]) -> None:
        """Show whom to call, large enough to read from where the visitor sits."""
        for referral in referrals:
            if referral.phone:
                self._text(referral.name, "soft")
                number = self._text(referral.phone, "number")
                number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _anger(self, card: AngerCard) -> None:
        self._say_first(card.say)
        self._steps(self._tr("desk.anger.steps"), card.steps)
        self._list(self._tr("desk.anger.stop"), card.stop)
        self._list(self._tr("desk.anger.after"), card.after)
        self._services(card.services)
        self._act("desk.flag.call", "bell-ring-outline", lambda: self._office.go("call"), "human")

    def _hours(self, hours: HelpHours) -> None:
        if not hours.slots:
            self._text(self._tr("desk.slots.none"))
        for slot in sorted(hours.slots, key=lambda one: (one.weekday, one.hours)):
            day = WEEKDAYS[slot.weekday - 1]
            how = self._tr("desk.slots.appointment" if slot.needs_appointment else "desk.slots.walk_in")
            lines = [f"{slot.place}. {how}"]
            if slot.bring:
                lines.append(f"{self._tr('desk.know.bring')}: {', '.join(slot.bring)}")
            self._list(self._tr("desk.slots.line", day=day, hours=slot.hours, what=slot.what), lines)
            if slot.needs_appointment and self._ports.slots is not None:
                self._column.addWidget(SlotPlanner(self._office, slot, self._ports.slots, self._ports.print))

    # -- what they are made of -----------------------------------------------------------------------------------------

    def _head(self, entry: Entry) -> None:
        icon, colour = sign_of(entry)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(DeskIcon(self._office.look, icon, colour, 40), 0, Qt.AlignmentFlag.AlignTop)
        self.heading = DeskHeading(title_of(entry, self._office))
        # Who goes into the sheet begins here; a screen reader says what it is about.
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.addWidget(self.heading, 1)
        self._column.addLayout(row)

    def _text(self, text: str, kind: str = "") -> DeskText:
        said = DeskText(text, kind)
        self._column.addWidget(said)
        return said

    def _section(self, title: str) -> None:
        self._column.addWidget(DeskHeading(title, "section"))

    def _say_first(self, say: str) -> None:
        self._section(self._tr("desk.flag.say"))
        self._text(f"“{say}”", "human")

    def _steps(self, title: str, steps: Iterable[str]) -> None:
        self._list(title, [f"{number}. {step}" for number, step in enumerate(steps, start=1)])

    def _list(self, title: str, lines: Iterable[str]) -> None:
        self._section(title)
        self._column.addWidget(Card(*(DeskText(line) for line in lines)))

    def _services(self, services: Iterable[str]) -> None:
        titles = [title for title in map(self._ports.service_title, services) if title]
        if titles:
            self._list(self._tr("desk.know.services"), titles)

    def _links(self, title: str, found: Iterable[KnowledgeCard | Referral | Course | None]) -> None:
        entries = [entry for entry in found if entry is not None]
        if not entries:
            return
        self._section(title)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for entry in entries:
            button = self._button(_link_text(entry), "choice", partial(self.asked_for.emit, entry))
            self._picture(button, *sign_of(entry))
            column.addWidget(button)
        self._column.addWidget(holder)

    def _act(self, key: str, icon: str, does: Callable[[], None], kind: str = "primary") -> None:
        button = self._button(self._tr(key), kind, does)
        self._picture(button, icon, "on_primary" if kind == "primary" else "human")
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, text: str, kind: str, does: Callable[[], None]) -> DeskButton:
        button = DeskButton(text, kind)
        side = self._office.look.px("icon")
        button.setIconSize(QSize(side, side))
        button.clicked.connect(lambda _on=False: does())
        self.buttons.append(button)
        return button

    def _picture(self, button: DeskButton, icon: str, colour: str) -> None:
        self._pictures.append((button, icon, colour))
        button.setIcon(self._office.look.icon(icon, colour))

    def _checked(self, entry: KnowledgeCard | MayICard | Referral | Course, checked: Checked) -> None:
        line = checked_line(self._office.texts, checked)
        if checked.is_stale(self._today, oldest_days(entry)):
            line = f"{line} {self._tr('desk.checked.old')}"
        self._text(line, "soft")

    # -- paper ---------------------------------------------------------------------------------------------------------

    def _print_next_time(self, card: KnowledgeCard) -> None:
        self._office.visit.did(Deed.EXPLAINED)
        self._ports.print(next_time_paper(self._office.texts, self._ports.directory, card, self._today))

    def _print_referral(self, referral: Referral) -> None:
        self._office.visit.referred(organisation_of(referral.id))
        self._ports.print(referral_paper(self._office.texts, referral))

    def _print_handover(self, referral: Referral, agreed: str) -> None:
        self._office.visit.referred(organisation_of(referral.id))
        handover = Handover(new_handover_code(), referral.id, self._today)
        book, office = self._ports.handovers, self._office
        if book is not None:
            office.progress.run(self._tr("desk.tally.keeping"), lambda: book.add(handover), lambda _none: None)
        code = handover.code if book is not None else ""
        self._ports.print(referral_paper(office.texts, referral, agreed, is_handover=True, code=code))

    def _print_course(self, course: Course) -> None:
        self._office.visit.did(Deed.COURSE)
        self._ports.print(course_paper(self._office.texts, self._ports.directory, course, self._today))


def _link_text(entry: KnowledgeCard | Referral | Course) -> str:
    if isinstance(entry, Referral):
        return f"{entry.name}: {entry.phone}" if entry.phone not in ("", entry.name) else entry.name
    return entry.title if isinstance(entry, KnowledgeCard) else entry.name


# Whom the tally knows by name (H09); all others are "other".
_ORGANISATIONS = {
    "gemeente": Organisation.MUNICIPALITY,
    "belastingtelefoon": Organisation.TAX,
    "dienst-toeslagen": Organisation.TAX,
    "digid-helpdesk": Organisation.DIGID,
    "digid-machtigen": Organisation.DIGID,
    "mijnoverheid": Organisation.DIGID,
    "uwv": Organisation.UWV,
    "svb": Organisation.SVB,
    "cak": Organisation.CAK,
    "duo": Organisation.DUO,
    "ind": Organisation.IND,
    "cjib": Organisation.COURT,
    "juridisch-loket": Organisation.LEGAL_HELP,
    "ciz": Organisation.CARE,
    "zorgverzekeringslijn": Organisation.CARE,
    "humanitas": Organisation.WELFARE,
    "schuldhulpmaatje": Organisation.WELFARE,
    "leger-des-heils": Organisation.WELFARE,
}


def organisation_of(referral_id: str) -> Organisation:
    """Give the word of the tally for an organisation."""
    return _ORGANISATIONS.get(referral_id, Organisation.OTHER)
