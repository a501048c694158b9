# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answer that closes a case: in plain words, and for a decision who, which rule and how to object (S10).

Whether it may be closed is `domain.case_answer`'s: never as "not received" before calling was tried (S05, S13).
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assisted.call_panel import still_line
from assisted.case_sheets import CaseSheet, SheetHand
from assisted.desk_parts import DeskText
from assisted.legible_text import LegibleText
from assisted.sheet_form import Field, SheetForm, line
from domain.call_attempts import CallAttempt, CallAttemptBook
from domain.case_act import ActKind
from domain.case_answer import AnswerProblem, CaseAnswer, Result, objection_day, problems
from domain.counter import CounterCase, Stage
from domain.kind_request import can_be_called
from domain.staff import StaffMember
from i18n.dates import format_date

_HERE = ZoneInfo("Europe/Amsterdam")


class AnswerSheet(SheetForm):
    """Result, words, and the decision's own fields where it is one."""

    def __init__(self, hand: SheetHand, calls: CallAttemptBook) -> None:
        super().__init__(hand)
        tr, office = self.tr_sheet, hand.office
        self._today = office.clock.now().astimezone(_HERE).date()
        self._object_by = objection_day(self._today)
        self._attempts: tuple[CallAttempt, ...] = ()
        words = [(result.value, tr(f"result.{result.name.lower()}")) for result in Result]
        self._result_field, self.result = self.add_picks(tr("answer.result"), words)
        self.result.picked = lambda _word: self._on_result_picked()
        self.tried = line(tr("answer.tried"), tr("answer.tried.example"))
        self._tried_field = self.add_field(tr("answer.tried"), self.tried, tr("answer.tried.says"))
        self._tried_field.hide()
        self.text = LegibleText(office.texts, tr("answer.text"), 7)
        self._text_field = self.add_field(tr("answer.text"), self.text, tr("answer.text.says"))
        self._decision = QWidget()
        column = QVBoxLayout(self._decision)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(DeskText(tr("answer.decides", name=office.member.name)))
        self.rule = line(tr("answer.rule"), tr("answer.rule.example"))
        self._rule_field = Field(tr("answer.rule"), self.rule)
        column.addWidget(self._rule_field)
        object_by = format_date(self._object_by, with_weekday=True)
        column.addWidget(DeskText(tr("answer.object", day=object_by), "notice"))
        self.fields.append(self._rule_field)
        self._decision.hide()
        self.column.addWidget(self._decision)
        self.add_foot(tr("answer.send"), self._on_send)
        reference = hand.case.item.reference
        office.progress.run(tr("looking"), lambda: tuple(calls.attempts(reference)), self._on_attempts)

    @property
    def answer(self) -> CaseAnswer:
        """Give what is filled in."""
        result = Result(self.result.value) if self.result.value else None
        is_decision = result is not None and result.is_decision
        return CaseAnswer(
            result,
            self.text.text,
            self.rule.text().strip() if is_decision else "",
            self._object_by if is_decision else None,
            self.tried.text().strip() if not self._tried_field.isHidden() else "",
        )

    def _on_attempts(self, attempts: tuple[CallAttempt, ...]) -> None:
        self._attempts = attempts

    def _on_result_picked(self) -> None:
        result = Result(self.result.value) if self.result.value else None
        self._decision.setVisible(result is not None and result.is_decision)
        cannot_call = not can_be_called(self.hand.case.initiator)
        self._tried_field.setVisible(result is Result.NOT_RECEIVED and cannot_call)
        wrong = problems(self.answer, self.hand.case, self._attempts, self._today)
        # Said at once: nobody writes an answer to hear only then that it may not go yet.
        too_early = [one for one in wrong if one in (AnswerProblem.NOT_CALLED_ENOUGH, AnswerProblem.NOT_ASKED)]
        said = self._said_of(too_early[0]) if too_early else ""
        self._result_field.refuse(said)
        if said:
            self.hand.office.say(said)

    def _said_of(self, problem: AnswerProblem) -> str:
        said = self.tr_sheet(f"answer.problem.{problem.value}")
        if problem is AnswerProblem.NOT_CALLED_ENOUGH:
            return f"{said} {still_line(self._attempts, self.hand.office.texts)}"
        return said

    def _field_of(self, problem: AnswerProblem) -> Field:
        match problem:
            case AnswerProblem.NO_TEXT:
                return self._text_field
            case AnswerProblem.NO_RULE | AnswerProblem.NO_OBJECTION_DAY:
                return self._rule_field
            case AnswerProblem.NOTHING_TRIED:
                return self._tried_field
            case _:
                return self._result_field

    def _on_send(self) -> None:
        answer = self.answer
        wrong: dict[Field, str] = {}
        for problem in problems(answer, self.hand.case, self._attempts, self._today):
            wrong.setdefault(self._field_of(problem), self._said_of(problem))
        if said := self.wrong_in_message(answer.text):
            wrong[self._text_field] = said
        for field, note in ((self._rule_field, answer.rule), (self._tried_field, answer.tried)):
            if said := self.wrong_in_note(note):
                wrong[field] = said
        if self.refuse(wrong) or answer.result is None:
            return
        given = {"result": answer.result.value}
        if answer.object_by is not None:
            given |= {"rule": answer.rule, "object_by": answer.object_by.isoformat()}
        if answer.tried:
            given["tried"] = answer.tried
        self.record(ActKind.ANSWER, self._whole(answer), given)

    def _whole(self, answer: CaseAnswer) -> str:
        """Give the words that the citizen reads: the answer, and for a decision who, which rule and how to object."""
        if answer.object_by is None:
            return answer.text
        office = self.hand.office
        said = office.texts.dutch.tr(
            "desk.ask.object",
            name=office.member.name,
            rule=answer.rule,
            day=format_date(answer.object_by, with_weekday=True),
            phone=office.settings.kiosk.help.phone,
        )
        return f"{answer.text}\n\n{said}"


def _was_taken_on(case: CounterCase, _member: StaffMember) -> bool:
    return bool(case.item.owner)


def answer_sheet(calls: CallAttemptBook) -> CaseSheet:
    """Give the sheet that looks in this book whether enough was called."""
    return CaseSheet(
        "answer",
        "desk.sheet.answer",
        "message-reply-text-outline",
        "Ctrl+Shift+A",
        frozenset({Stage.HERE, Stage.TAKEN, Stage.ASKED}),
        lambda hand: AnswerSheet(hand, calls),
        _was_taken_on,
    )
