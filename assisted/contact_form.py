# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a contact moment (S03): how, how many questions, what about, and whether somebody stays unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assisted.legible_text import NoteField
from assisted.sheet_form import Field, Picks, SheetForm, tick

CHANNELS = ("phone", "desk", "mail", "post")
MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class ContactFields:
    """The fields of a contact moment in a form."""

    channel: Picks
    questions: Picks
    note_field: Field
    note: NoteField
    anonymous: Field | None

    def given(self) -> Mapping[str, str]:
        """Give the words of the act."""
        is_anonymous = self.anonymous is None or bool(self.anonymous.editor.property("checked"))
        return {
            "channel": self.channel.value or CHANNELS[0],
            "questions": self.questions.value or "1",
            "anonymous": "yes" if is_anonymous else "no",
        }

    def text(self) -> str:
        return self.note.toPlainText().strip()


def add_contact_fields(form: SheetForm, *, is_about_case: bool = True) -> ContactFields:
    """Put the fields in a form; a contact about no case is unnamed always."""
    tr = form.tr_sheet
    words = [(word, tr(f"channel.{word}")) for word in CHANNELS]
    _, how = form.add_picks(tr("contact.channel"), words, CHANNELS[0])
    numbers = [(str(number), str(number)) for number in range(1, MOST_QUESTIONS)]
    # The last one is "or more".
    numbers.append((str(MOST_QUESTIONS), tr("contact.many", number=str(MOST_QUESTIONS))))
    _, questions = form.add_picks(tr("contact.questions"), numbers, "1")
    note = NoteField(tr("contact.note"), 3)
    note_field = form.add_field(tr("contact.note"), note, tr("contact.note.says"))
    anonymous = form.add_field(tr("contact.who"), tick(tr("contact.anonymous"))) if is_about_case else None
    return ContactFields(how, questions, note_field, note, anonymous)


def wrong_in_contact(form: SheetForm, fields: ContactFields) -> dict[Field, str]:
    """Say what is wrong with it."""
    text = fields.text()
    wrong = form.wrong_in_note(text) if text else form.tr_sheet("contact.problem.note")
    return {fields.note_field: wrong} if wrong else {}
