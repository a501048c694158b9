# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case says to who opened it, in words and a picture: who gave an answer, what happened, where a file is for."""

from __future__ import annotations

from domain.answers import AnswerKind, Origin
from domain.case_act import CaseAct
from domain.counter import CaseDocument, CaseEvent
from domain.filled_by import FilledBy
from domain.submission import SubmissionLine
from i18n.texts import Texts

_ORIGINS = {
    Origin.SELF: "account-outline",
    Origin.TOGETHER: "account-group-outline",
    Origin.HELPER: "hand-heart",
    Origin.CHIP: "nfc",
    Origin.TAKEN_OVER: "file-import-outline",
}
_KINDS = {
    "status": "sync",
    "contact": "account-voice",
    "call": "phone-outline",
    "act": "briefcase-outline",
    "correction": "pencil-outline",
    "withdrawal": "undo-variant",
    "reminder": "bell-outline",
}


def origin(texts: Texts, line: SubmissionLine) -> tuple[str, str]:
    """Say who gave an answer, and its picture; an origin that nobody knows shows itself."""
    try:
        known = Origin(line.origin)
    except ValueError:
        return line.origin, "account-outline"
    return texts.tr(f"desk.case.origin.{known.value}"), _ORIGINS[known]


def how_answered(texts: Texts, line: SubmissionLine) -> str:
    """Say when somebody must ask again; empty for an ordinary answer."""
    known = (AnswerKind.UNKNOWN.value, AnswerKind.DECLINED.value, AnswerKind.DIFFERENT.value)
    return texts.tr(f"desk.case.answer.{line.kind}") if line.kind in known else ""


def filled_by(texts: Texts, found: FilledBy) -> str:
    """Say which member of staff typed it for the citizen, and how that one was there; empty where nobody did."""
    if not found.is_somebody:
        return ""
    told = [texts.tr("case_page.filled_by.member", number=found.number), texts.tr(f"case_page.filled_by.{found.how}")]
    if found.is_namesake:
        told.append(texts.tr("case_page.filled_by.namesake"))
    return ", ".join(told)


def event_icon(event: CaseEvent) -> str:
    """Give the picture of what happened."""
    return _KINDS.get(event.kind, "information-outline")


def document_icon(document: CaseDocument) -> str:
    """Give the picture of a file."""
    return "image-outline" if document.media_type.startswith("image/") else "file-document-outline"


def size(texts: Texts, document: CaseDocument) -> str:
    """Say how large a file is; empty when nobody knows."""
    if document.size <= 0:
        return ""
    return texts.tr("desk.case.document.size", number=str(max(1, round(document.size / 1000))))


def deed(texts: Texts, act: CaseAct) -> str:
    """Say what somebody did, in a few words."""
    return texts.tr(f"desk.case.act.{act.header.kind.value}")


def done(texts: Texts, act: CaseAct, *, is_practice: bool) -> str:
    """Say that it was kept, and what becomes of it: in practice nothing."""
    then = texts.tr("desk.work.practice" if is_practice else "desk.case.done.then")
    return f"{texts.tr(f'desk.case.done.{act.header.kind.value}')} {then}"
