# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One opened case (S08): what must be known first, the citizen's own words, what happened, and what can be done.

It shows a `CounterCase` and nothing else; opening it is `assisted.work_page`'s. What can be done are sheets
(`assisted.case_sheets`), which stand beside the case. Nothing of it can be selected, so nothing goes on the clipboard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assisted import case_words, work_words
from assisted.case_parts import ActionButton, EventLine, FactRow, LineOfCitizen, OwnWords, SectionHeading, facts_card
from assisted.case_sheets import CaseSheet, CaseSheetWidget, SheetHand, sheets_for
from assisted.counter_ports import CounterPorts
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText, Scrolling
from assisted.pages import DeskOffice
from assisted.work_words import HERE, Said
from domain.case_act import CaseAct
from domain.counter import CaseDocument, CounterCase, Stage
from i18n.dates import format_date
from i18n.phones import readable_phone

_ACTIONS_WIDTH, _SHEET_WIDTH, _ROOMY_SHEET_WIDTH, _ROOMY = 380, 500, 640, 1300
_TOP_KINDS = ("withdrawal", "correction", "reminder")


@dataclass(frozen=True, slots=True)
class CaseActs:
    """What the page does for the view."""

    closed: Callable[[], None]
    document: Callable[[CaseDocument], None]
    conflict: Callable[[], None]
    done: Callable[[CaseAct], None]  # an act was kept


class CaseView(QWidget):
    """Thrown away when the case is closed or shown anew. Lives in the UI thread."""

    def __init__(
        self,
        office: DeskOffice,
        ports: CounterPorts,
        case: CounterCase,
        acts: CaseActs,
        *,
        speaks: str = "",
        said: str = "",
    ) -> None:
        super().__init__()
        self.case = case
        self._office, self._ports, self._acts = office, ports, acts
        self._speaks, self._said = speaks, said
        self.sheet: CaseSheetWidget | None = None
        self.documents: list[DeskButton] = []
        self.action_buttons: list[ActionButton] = []
        self._pictures: list[tuple[DeskButton, str, str]] = []
        self.heading = SectionHeading(case.item.title, "section")
        self._scrolling = Scrolling()
        self._scrolling.column.setContentsMargins(28, 16, 28, 28)
        self._scrolling.column.setSpacing(12)
        self._fill(self._scrolling.column)
        self._side = QWidget()
        self._side.setObjectName("beside")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(16, 12, 10, 6)
        self._side_column.setSpacing(6)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._scrolling, 1)
        body.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addLayout(body, 1)
        self._show_actions()

    # -- the head ------------------------------------------------------------------------------------------------------

    def _make_head(self) -> QWidget:
        tr, item = self._office.tr, self.case.item
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(28, 12, 20, 10)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.back = DeskButton(f"{tr('desk.case.back')} (Esc)", "quiet")
        self.back.setAccessibleName(tr("desk.case.back"))
        self.back.clicked.connect(lambda _on=False: self._acts.closed())
        number = DeskText(item.reference, "strong")
        number.setWordWrap(False)
        row.addWidget(self.heading, 1)
        row.addWidget(number)
        row.addWidget(self.back)
        column.addLayout(row)
        column.addWidget(FactRow(self._office.look, self._facts()))
        return head

    def _facts(self) -> list[Said]:
        office, item = self._office, self.case.item
        texts = office.texts
        today = office.clock.now().astimezone(HERE).date()
        facts = [
            work_words.days_left(texts, item, today),
            Said(work_words.stage(texts, item), "progress-check"),
            Said(self._owner(), "account-outline"),
        ]
        if self._speaks:
            facts.append(Said(texts.tr("desk.case.speaks", language=self._speaks), "translate", "human"))
        # Withdrawn, waiting and conflict stand large below.
        shown = [mark for mark in work_words.marks(texts, item) if mark.icon in ("run-fast", "phone-outline")]
        return [*facts, *shown]

    def _owner(self) -> str:
        tr, item = self._office.tr, self.case.item
        if not item.owner:
            return tr("desk.case.owner.nobody")
        if item.owner == str(self._office.member.number):
            return tr("desk.case.owner.you")
        return tr("desk.case.owner.other", name=item.owner_name or item.owner)

    # -- what it says --------------------------------------------------------------------------------------------------

    def _fill(self, column: QVBoxLayout) -> None:
        case, tr = self.case, self._office.tr
        self.note = DeskText(self._said, "notice")
        column.addWidget(self.note)
        self.note.setVisible(bool(self._said))  # in its place first: alone it would be a window
        self._fill_notices(column)
        column.addWidget(SectionHeading(tr("desk.case.reach")))
        column.addWidget(facts_card(self._reach()))
        if case.lines and case.explanation:
            column.addWidget(DeskText(case.explanation, "soft"))  # ours, and not the citizen's
        if case.lines or case.explanation:
            column.addWidget(SectionHeading(tr("desk.case.words")))
        if case.explanation and not case.lines:
            column.addWidget(OwnWords(case.explanation))
        if case.lines:
            card = Card()
            for place, line in enumerate(case.lines):
                if place:
                    card.column.addWidget(_rule())
                card.column.addWidget(LineOfCitizen(self._office, line))
            column.addWidget(card)
        if case.facts:
            column.addWidget(SectionHeading(tr("desk.case.facts")))
            column.addWidget(facts_card(case.facts))
        self._fill_documents(column)
        column.addWidget(SectionHeading(tr("desk.case.seen")))
        if case.seen:
            column.addWidget(Card(*(EventLine(self._office, event) for event in case.seen)))
        else:
            column.addWidget(DeskText(tr("desk.case.seen.none"), "soft"))
        column.addWidget(SectionHeading(tr("desk.case.history")))
        if case.history:
            column.addWidget(Card(*(EventLine(self._office, event) for event in reversed(case.history))))
        else:
            column.addWidget(DeskText(tr("desk.case.history.none"), "soft"))
        column.addStretch(1)

    def _fill_notices(self, column: QVBoxLayout) -> None:
        """Put what changes the whole case on top, the newest first."""
        case, texts, office = self.case, self._office.texts, self._office
        now = office.clock.now()
        if case.item.has_conflict:
            button = DeskButton(f"{texts.tr('desk.case.conflict')} (F8)", "danger", key="F8")
            button.setAccessibleName(texts.tr("desk.case.conflict"))
            button.clicked.connect(lambda _on=False: self._acts.conflict())
            self._picture(button, "call-split", "danger")
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        top = [event for event in reversed(case.history) if event.kind in _TOP_KINDS]
        if case.item.is_withdrawn and not any(event.kind == "withdrawal" for event in top):
            column.addWidget(DeskText(texts.tr("desk.case.withdrawn"), "danger"))
        for event in top:
            when = work_words.moment(texts, event.at, now)
            said = texts.tr(f"desk.case.top.{event.kind}", when=when, text=event.text)
            column.addWidget(OwnWords(said, "danger" if event.kind == "withdrawal" else "warn"))
        if case.filled_by.is_somebody:
            column.addWidget(DeskText(texts.tr("fill.by_staff"), "notice"))
        is_here = case.item.is_here or case.item.stage is Stage.HERE
        waits = [texts.tr("desk.case.here")] if is_here else []
        if case.item.acts_waiting:
            waits.append(texts.tr_number("desk.case.waiting", case.item.acts_waiting))
        if waits and office.is_practice:
            # There all of it waits for ever, and that is no trouble of anybody.
            waits = [] if self._said else [texts.tr("desk.work.practice")]
        if waits:
            # In one box: else the case itself is pushed out of sight.
            column.addWidget(DeskText(" ".join(waits), "notice"))
        if not is_here and case.fetched_at is not None:
            when = work_words.moment(texts, case.fetched_at, now)
            column.addWidget(DeskText(texts.tr("desk.case.fetched", when=when), "small"))

    def _reach(self) -> list[tuple[str, str]]:
        tr, who = self._office.tr, self.case.initiator
        born = who.birth_date
        reach = tr(f"desk.case.reach.{who.reach}") if who.reach else tr("desk.case.reach.unknown")
        return [
            (tr("desk.case.name"), who.name or tr("desk.case.name.none")),
            (tr("desk.case.reach.how"), reach),
            (tr("desk.case.phone"), readable_phone(who.phone) if who.phone else ""),
            (tr("desk.case.email"), who.email),
            (tr("desk.case.address"), who.address),
            (tr("desk.case.language"), self._speaks),
            (tr("desk.case.born"), _day(born)),
            (tr("case_page.filled_by"), case_words.filled_by(self._office.texts, self.case.filled_by)),
        ]

    def _fill_documents(self, column: QVBoxLayout) -> None:
        if not self.case.documents:
            return
        texts = self._office.texts
        column.addWidget(SectionHeading(texts.tr("desk.case.documents")))
        holder = QWidget()
        beneath = QVBoxLayout(holder)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(8)
        for document in self.case.documents:
            said = " · ".join(filter(None, (document.title, case_words.size(texts, document))))
            button = DeskButton(said.replace("&", "&&"), "choice")
            button.setAccessibleName(said)
            button.clicked.connect(lambda _on=False, chosen=document: self._acts.document(chosen))
            self._picture(button, case_words.document_icon(document), "primary")
            self.documents.append(button)
            beneath.addWidget(button)
        column.addWidget(holder)

    # -- what can be done ----------------------------------------------------------------------------------------------

    def _show_actions(self) -> None:
        tr = self._office.tr
        self.action_buttons = []
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        for sheet in sheets_for(self._ports.sheets, self.case, self._office.member):
            button = ActionButton(self._office.look, tr(sheet.title), sheet.icon, sheet.key, is_first=sheet.is_first)
            button.clicked.connect(lambda _on=False, chosen=sheet: self.open_sheet(chosen))
            self.action_buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        scrolling = _side_scrolling(holder)
        self._side.setAccessibleName(tr("desk.case.actions"))
        self._fill_side(_ACTIONS_WIDTH, scrolling)
        self._side.setVisible(bool(self.action_buttons))

    def open_sheet(self, sheet: CaseSheet) -> None:
        """Open a sheet beside the case, or do at once what needs no asking."""
        hand = SheetHand(self._office, self.case, self._ports.acts, self._acts.done, self.close_sheet)
        made = sheet.make(hand)
        if made is None:
            return
        self._leave_sheet()
        self.sheet = made
        tr = self._office.tr
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(DeskHeading(tr(sheet.title), "section"), 1)
        close = DeskButton(f"{tr('desk.case.sheet.close')} (Esc)", "quiet")
        close.setAccessibleName(tr("desk.case.sheet.close"))
        close.clicked.connect(lambda _on=False: made.ask_to_close())
        row.addWidget(close)
        is_roomy = self.width() >= _ROOMY
        self._fill_side(_ROOMY_SHEET_WIDTH if is_roomy else _SHEET_WIDTH, head, _side_scrolling(made))
        self.action_buttons = []
        made.first().setFocus(Qt.FocusReason.OtherFocusReason)
        if made.sends:
            self._office.say(tr("desk.case.sheet.keys", send=made.sends))

    @property
    def was_typed_in(self) -> bool:
        """Tell whether closing would lose what somebody typed in a sheet."""
        return self.sheet is not None and self.sheet.was_typed_in

    def close_sheet(self) -> None:
        """Take the sheet away; nothing was done."""
        if self.sheet is None:
            return
        self._leave_sheet()
        self._show_actions()
        (self.action_buttons[0] if self.action_buttons else self.heading).setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.left()
            self.sheet = None

    def _fill_side(self, width: int, *items: QWidget) -> None:
        # Else Qt gives the focus to any button of the window while the old ones go.
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        while (taken := self._side_column.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for item in items:
            self._side_column.addWidget(item)
        self._side_column.setStretch(len(items) - 1, 1)
        self._side.setFixedWidth(width)
        self._side.show()

    # -- what the page asks --------------------------------------------------------------------------------------------

    def areas(self) -> Sequence[QWidget]:
        found: list[QWidget] = [self.heading, *self.documents[:1]]
        if self.sheet is not None:
            return (*found, self.sheet.first())
        return (*found, *self.action_buttons[:1])

    def went_back(self) -> bool:
        """Let Esc close the sheet first."""
        if self.sheet is None:
            return False
        self.sheet.ask_to_close()
        return True

    def dressed(self) -> None:
        for button, icon, colour in self._pictures:
            button.setIcon(self._office.look.icon(icon, colour))
        if self.sheet is not None:
            self.sheet.dressed()

    def left(self) -> None:
        self._leave_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scrolling.verticalScrollBar()
        page = round(bar.pageStep() * 0.9)
        steps = {
            Qt.Key.Key_Down: 60,
            Qt.Key.Key_Up: -60,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scrolling.inside.setMaximumWidth(max(self._office.look.px("reading") + 240, 0))

    def _picture(self, button: DeskButton, icon: str, colour: str) -> None:
        side = self._office.look.px("icon")
        button.setIconSize(QSize(side, side))
        button.setIcon(self._office.look.icon(icon, colour))
        self._pictures.append((button, icon, colour))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("kind", "rule")
    return rule


def _side_scrolling(inside: QWidget) -> Scrolling:
    scrolling = Scrolling()
    scrolling.column.setContentsMargins(0, 0, 0, 0)
    scrolling.column.addWidget(inside)
    return scrolling


def _day(iso: str) -> str:
    """Write a day as people do; what is no day stays as it is."""
    try:
        return format_date(date.fromisoformat(iso)) if iso else ""
    except ValueError:
        return iso
