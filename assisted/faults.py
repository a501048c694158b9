# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fouten: what goes wrong at the government and in Loket, who sees to it, and the answer that citizens get (L04)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from assisted import fault_words
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText
from assisted.fault_forms import AnswerForm, GiveForm
from assisted.fault_words import ChoiceText
from assisted.key_button import key_button
from assisted.lines_table import Cell, Line, LinesTable, lay_out_lines, show_unless_empty
from assisted.one_of import OneOf
from assisted.pages import FAULTS, DeskOffice, DeskPage, DeskPageWidget, PageKey
from domain.staff import Role
from domain.system_fault import FaultAnswer, FaultBook, FaultGroup, FaultOwner

_COLUMNS = ("what", "count", "since", "owner", "state")
_WIDTHS = (0, 112, 196, 176, 236)
_BUTTONS, _GIVE, _ANSWER = range(3)


@dataclass(frozen=True, slots=True)
class FaultPorts:
    """Joined by `commands.desk_faults`; all of it is for the store's lane, but for the words."""

    book: FaultBook
    people: Callable[[], Sequence[FaultOwner]]  # who may own a fault: staff and departments
    choice: ChoiceText


class FaultsPage(DeskPageWidget):
    """The table of groups, and below it the one of now with what can be done."""

    def __init__(self, office: DeskOffice, ports: FaultPorts) -> None:
        super().__init__(office)
        self._ports = ports
        self._groups: dict[str, FaultGroup] = {}
        tr = office.tr
        self.summary = DeskHeading("", "lead")
        headers = [tr(f"desk.faults.column.{name}") for name in _COLUMNS]
        self.table = LinesTable(office.look, tr("desk.faults.table"), headers, _WIDTHS, tr("desk.faults.none"))
        self.table.moved.connect(self._on_moved)
        self.table.pressed_enter.connect(self._on_enter)
        self._what = DeskHeading("", "section")
        self._facts = DeskText("")
        self._answered = DeskText("", "notice")
        self.own: DeskButton = key_button(tr("desk.faults.own"), "F2", self._on_own, "primary")
        self.give: DeskButton = key_button(tr("desk.faults.give"), "F3", self._on_give)
        self.answer: DeskButton = key_button(tr("desk.faults.answer"), "F4", self._on_answer)
        self._give_form, self._answer_form = GiveForm(office), AnswerForm(office)
        self._giving: FaultGroup | None = None
        self._give_form.given.connect(self._on_given)
        self._answer_form.answered.connect(self._on_answered)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for button in (self.own, self.give, self.answer):
            row.addWidget(button)
        row.addStretch(1)
        self._below = OneOf((buttons, self._give_form, self._answer_form))
        self._card = Card(self._what, self._facts, self._answered, self._below)
        lay_out_lines(self, self.summary, self.table, self._card)

    # -- what the window asks ----------------------------------------------------------------------------------------

    def opened(self) -> None:
        self._read()

    def areas(self) -> Sequence[QWidget]:
        if self._below.number == _GIVE:
            return (self._give_form.who, self.table)
        if self._below.number == _ANSWER:
            return (self._answer_form.text, self.table)
        if self.table.isHidden():
            return (self,)
        return (self.table, self.own) if self.own.isVisible() else (self.table,)

    def went_back(self) -> bool:
        if self._below.number == _BUTTONS:
            return False
        self._show_buttons()
        self.table.setFocus()
        return True

    def dressed(self) -> None:
        self.table.viewport().update()

    # -- reading -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        book = self._ports.book
        self.office.progress.run(self.office.tr("desk.faults.reading"), book.groups, self._on_read)

    def _on_read(self, groups: Sequence[FaultGroup]) -> None:
        self._groups = {str(group.number): group for group in groups}
        now, texts = self.office.clock.now(), self.office.texts
        open_ones = [group for group in groups if group.answer is None]
        late = sum(group.is_escalated(now) for group in groups)
        said = [texts.tr_number("desk.faults.open", len(open_ones)) if open_ones else texts.tr("desk.faults.empty")]
        if late:
            said.append(texts.tr_number("desk.faults.escalated", late))
        self.summary.setText(" ".join(said))
        self.table.fill([self._line(group) for group in groups])
        show_unless_empty(self.table, self)
        if not self._answer_form.is_begun:
            self._show(self._group)

    def _line(self, group: FaultGroup) -> Line:
        texts = self.office.texts
        what = fault_words.what(texts, group.key, self._ports.choice)
        owner = group.owner.name if group.owner is not None else texts.tr("desk.faults.nobody")
        return Line(
            str(group.number),
            (
                Cell(what, is_strong=True),
                Cell(texts.tr_number("desk.faults.times", group.count)),
                Cell(fault_words.day(group.opened_at, texts)),
                Cell(owner, colour="ink" if group.owner is not None else "ink_soft"),
                self._state(group),
            ),
        )

    def _state(self, group: FaultGroup) -> Cell:
        texts, now = self.office.texts, self.office.clock.now()
        if group.answer is not None:
            is_done = group.told >= group.citizens
            icon = "check-circle" if is_done else "send-clock-outline"
            return Cell(fault_words.told(texts, group), icon, "good" if is_done else "ink")
        if group.is_escalated(now):
            return Cell(fault_words.without_owner(texts, group, now), "alert-circle", "danger", is_strong=True)
        if group.owner is None:
            return Cell(fault_words.without_owner(texts, group, now), "account-question-outline", "warn")
        return Cell(texts.tr("desk.faults.working"), "account-check-outline")

    @property
    def _group(self) -> FaultGroup | None:
        return self._groups.get(self.table.key)

    def _on_enter(self, _key: str) -> None:
        next((button for button in (self.own, self.answer) if button.isVisible()), self.table).setFocus()

    def _on_moved(self, _key: str) -> None:
        if not self._answer_form.is_begun:
            self._show(self._group)

    def _show(self, group: FaultGroup | None) -> None:
        self._card.setVisible(group is not None)
        if group is None:
            return
        texts = self.office.texts
        self._what.setText(fault_words.what(texts, group.key, self._ports.choice))
        first, last = fault_words.day(group.first_at, texts), fault_words.day(group.last_at, texts)
        key = "desk.faults.facts.day" if first == last else "desk.faults.facts"
        said = [texts.tr_number(key, group.count, first=first, last=last)]
        if group.citizens and group.answer is None:
            said.append(texts.tr_number("desk.faults.citizens", group.citizens))
        if group.key.is_our_mistake and group.answer is None:
            said.append(
                fault_words.what_to_do(texts, group.key.kind) if group.key.about in ("rejected", "waiting") else ""
            )
        self._facts.setText(" ".join(filter(None, said)))
        answer = group.answer
        self._answered.setVisible(answer is not None)
        if answer is not None:
            by = texts.tr("desk.faults.answered", name=answer.by.name, date=fault_words.day(answer.at, texts))
            self._answered.setText(f"{by}\n{answer.text}\n{fault_words.told(texts, group)}")
        self._show_buttons()

    def _open_part(self, number: int) -> None:
        self._below.show_part(number)
        self._facts.setVisible(number != _ANSWER)

    def _show_buttons(self) -> None:
        group = self._group
        self._open_part(_BUTTONS)
        is_open = group is not None and group.answer is None
        is_mine = group is not None and group.owner is not None and group.owner.staff_number == self._me.staff_number
        self.own.setVisible(is_open and not is_mine)
        self.give.setVisible(is_open)
        self.answer.setVisible(is_open)

    @property
    def _me(self) -> FaultOwner:
        return FaultOwner(self.office.member.name, str(self.office.member.number))

    # -- what a person does ------------------------------------------------------------------------------------------

    def _on_own(self) -> None:
        self._give_to(self._group, self._me)

    def _on_give(self) -> None:
        self._giving = self._group
        if self._giving is None:
            return
        self._open_part(_GIVE)
        self.office.progress.run(self.office.tr("desk.faults.reading"), self._ports.people, self._give_form.begin)

    def _on_given(self, owner: FaultOwner) -> None:
        self._give_to(self._giving, owner)

    def _give_to(self, group: FaultGroup | None, owner: FaultOwner) -> None:
        book, now = self._ports.book, self.office.clock.now()
        if group is None:
            return
        self.office.progress.run(
            self.office.tr("desk.faults.keeping"),
            lambda: book.own(group.number, owner, now),
            lambda was_kept: self._on_kept(was_kept, self.office.tr("desk.faults.owned", name=owner.name)),
        )

    def _on_answer(self) -> None:
        group = self._group
        if group is not None and group.answer is None:
            self._open_part(_ANSWER)
            self._answer_form.begin(group)

    def _on_answered(self, text: str, closes: bool) -> None:
        group, book = self._answer_form.group, self._ports.book
        if group is None:
            return
        self._answer_form.group = None
        answer = FaultAnswer(text, self._me, self.office.clock.now(), closes)
        said = self.office.tr("desk.faults.answered.goes" if group.citizens else "desk.faults.answered.kept")
        self.office.progress.run(
            self.office.tr("desk.faults.keeping"),
            lambda: book.answer(group.number, answer),
            lambda was_kept: self._on_kept(was_kept, said),
        )

    def _on_kept(self, was_kept: bool, said: str) -> None:
        self.office.say(said if was_kept else self.office.tr("desk.faults.too_late"))
        self._open_part(_BUTTONS)
        self.table.setFocus()
        self._read()


def faults_page(ports: FaultPorts) -> DeskPage:
    """Give the page of faults."""
    return DeskPage(
        FAULTS,
        "desk.faults",
        "alert-octagon-outline",
        lambda office: FaultsPage(office, ports),
        says="desk.faults.tile",
        roles=frozenset({Role.COUNTER, Role.IT}),
        is_on_home=False,
        keys=(
            PageKey("F2", "desk.faults.own"),
            PageKey("F3", "desk.faults.give"),
            PageKey("F4", "desk.faults.answer"),
        ),
    )
