# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A task to call somebody back, for a department, a group or a person (S03): when, and in which language."""

from __future__ import annotations

from assisted.call_panel import day_part_words
from assisted.case_sheets import OPEN, CaseSheet, SheetHand
from assisted.legible_text import NoteField
from assisted.sheet_form import SheetForm, line
from domain.case_act import ActKind
from domain.kind_request import can_be_called
from i18n.language_names import dutch_name_of

TO = {"department": "afdeling", "group": "groep", "person": "medewerker"}
"""As the contact register and the settings name them."""

_ANY = "any"
_LANGUAGES = ("nl", "en", "ar", "uk", "tr", "pl", "de", "fr")


class TaskSheet(SheetForm):
    """Who calls, when, and in what language."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        tr, own = self.tr_sheet, hand.case.initiator.language
        if not can_be_called(hand.case.initiator):
            self.add_text(tr("ask.no_call"), "warn")
        _, self.to = self.add_picks(tr("task.to"), [(word, tr(f"task.{word}")) for word in TO], "department")
        self.name = line(tr("task.name"), tr("task.name.example"), 80)
        self._name_field = self.add_field(tr("task.name"), self.name)
        parts = ((_ANY, tr("part.any")), *day_part_words(hand.office))
        _, self.part = self.add_picks(tr("task.part"), parts, _ANY)
        languages = list(dict.fromkeys((own, *_LANGUAGES)))
        _, self.language = self.add_picks(tr("task.language"), [(one, self._name_of(one)) for one in languages], own)
        self.note = NoteField(tr("task.note"), 3)
        self._note_field = self.add_field(tr("task.note"), self.note, tr("note.says"))
        self.add_foot(tr("task.keep"), self._on_keep)

    def _name_of(self, language: str) -> str:
        # Babel, which knows all others, takes a while to wake.
        return self.tr_sheet(f"language.{language}") if language in _LANGUAGES else dutch_name_of(language)

    def _on_keep(self) -> None:
        name, note = self.name.text().strip(), self.note.toPlainText().strip()
        problems = {}
        if not name:
            problems[self._name_field] = self.tr_sheet("task.problem.name")
        elif wrong := self.wrong_in_note(name):
            problems[self._name_field] = wrong
        if wrong := self.wrong_in_note(note):
            problems[self._note_field] = wrong
        if self.refuse(problems):
            return
        who, part = self.hand.case.initiator, self.part.value or _ANY
        given = {
            "to": f"{TO[self.to.value or 'department']}:{name}",
            "day_part": "" if part == _ANY else part,
            "language": self.language.value or "nl",
            "name": who.name,
            "phone": who.phone,
            "email": who.email,
        }
        self.record(ActKind.CALL_BACK, note, given)


TASK = CaseSheet("task", "desk.sheet.task", "account-arrow-right-outline", "Ctrl+T", OPEN, TaskSheet)
