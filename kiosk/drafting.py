# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a tap or a key does to the question on the screen: a state goes in, another comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.answers import AnswerKind
from domain.service import AnswerType, Question
from kiosk.screens import place_answer, question, time_wish_answer
from kiosk.screens.asked import QuestionState
from kiosk.view import Chose, Typed


def filled(state: QuestionState, fields: Mapping[str, str]) -> QuestionState:
    """Show these fields as the answer; what was wrong before is not any more."""
    return QuestionState(fields=fields, shows_why=state.shows_why, way=state.way)


def typed(state: QuestionState, event: Typed) -> QuestionState:
    """Take over what stands in a field now."""
    is_about_different = state.kind is AnswerKind.DIFFERENT and event.field_id == "text"
    kind = AnswerKind.DIFFERENT if is_about_different else AnswerKind.GIVEN
    return replace(state, kind=kind, fields={**state.fields, event.field_id: event.text}, problem=None)


def chosen(state: QuestionState, asked: Question, event: Chose) -> QuestionState:
    """Choose an option, or choose it off where several may be chosen."""
    fields = dict(state.fields)
    is_given = state.kind is AnswerKind.GIVEN
    if asked.type is AnswerType.CHOICES:
        before = fields.get("choices", "").split() if is_given else []
        others = [choice for choice in before if choice != event.option_id]
        fields["choices"] = " ".join(others if event.option_id in before else [*before, event.option_id])
    elif asked.type is AnswerType.TIME_WISH:
        fields = dict(time_wish_answer.with_chosen(fields if is_given else {}, event.part_id, event.option_id))
    elif event.part_id == place_answer.SQUARE_FIELD:
        fields = dict(place_answer.with_square(fields, event.option_id))
    elif event.part_id == question.ANSWER:
        fields["choice"] = event.option_id
    else:
        fields[event.part_id] = event.option_id
    return filled(state, fields)


def pressed(state: QuestionState, button: str) -> QuestionState:
    """Answer a button inside a question; another button changes nothing."""
    fields = dict(state.fields)
    if button.startswith(question.OFFER):
        kind = AnswerKind(button.removeprefix(question.OFFER))
        return replace(state, kind=AnswerKind.GIVEN if kind is state.kind else kind, problem=None)
    if button == question.WHY:
        return replace(state, shows_why=not state.shows_why)
    if button.startswith(place_answer.WAY):
        return replace(state, way=button.removeprefix(place_answer.WAY))
    if button.startswith(place_answer.STREET):
        return filled(state, {**fields, "street": button.removeprefix(place_answer.STREET)})
    if button == time_wish_answer.ALWAYS:
        return filled(state, time_wish_answer.with_always(fields))
    if button == question.NO_ADDRESS:
        return replace(state, fields={**fields, "none": "" if fields.get("none") else "yes"}, problem=None)
    if button == question.ADD_PERSON:
        name = f"name.{len(question.person_numbers(fields)) + 1}"
        return replace(state, fields={**fields, name: ""}, problem=None)
    if button.startswith(question.REMOVE_PERSON):
        number = button.removeprefix(question.REMOVE_PERSON)
        gone = {f"name.{number}", f"birth.{number}"}
        left = {name: text for name, text in fields.items() if name not in gone}
        return replace(state, fields=left, problem=None)
    return state


def is_filled(state: QuestionState) -> bool:
    """Tell whether anything stands on the screen that would be lost."""
    return state.kind is not AnswerKind.GIVEN or any(text.strip() for text in state.fields.values())
