# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers, on the screens of "Hoe ver is mijn vraag?", what was typed, what the store answered and what was asked.

Number and code are forgotten as soon as they were right. The screens are `kiosk.screens.status`'s; asking the store is
`kiosk.status_work`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.follow_up import ChangedLine, FollowUpKind, new_follow_up_id
from domain.reference import parse_reference
from domain.reference_slips import ReferenceSlip, slip_in
from domain.status_check import StatusOutcome, StatusReply
from kiosk.effects import AddToCase, AskStatus
from kiosk.view import Typed

NUMBER, CODE = "reference", "status_code"  # the fields
REMIND = "status.remind"
CORRECT = "status.correct"
WITHDRAW = "status.withdraw"
YES_WITHDRAW = "status.withdraw.yes"
_OFTEN = frozenset({FollowUpKind.CORRECTION})
_CODE = re.compile(r"[0-9]{4}")


class CodeSlip(StrEnum):
    """What is the matter with the code."""

    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the screens of a status are made of."""

    fields: Mapping[str, str] = field(default_factory=dict)
    slip: ReferenceSlip | None = None
    code_slip: CodeSlip | None = None
    reply: StatusReply | None = None
    is_asking: bool = False
    is_broken: bool = False  # the store cannot be asked now
    kept: frozenset[FollowUpKind] = frozenset()  # what was added on this page, and is safe
    adding_failed: bool = False
    taken: str = ""  # the field that a BSN was taken out of


class StatusDesk:
    """The status that one visitor asks for."""

    def __init__(self) -> None:
        self.page = StatusPage()
        self._ids: dict[FollowUpKind, str] = {}  # made once, so that trying again can never double it

    @property
    def is_filled(self) -> bool:
        """Tell whether anything stands on the screen that would be lost."""
        return any(text.strip() for text in self.page.fields.values())

    def begin(self) -> None:
        """Begin anew: nothing of an earlier question is left."""
        self.page = StatusPage()
        self._ids.clear()

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now."""
        if event.field_id in (NUMBER, CODE):
            fields = {**self.page.fields, event.field_id: event.text}
            self.page = replace(self.page, fields=fields, slip=None, code_slip=None, is_broken=False, taken="")

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        self.page = replace(self.page, taken=field_id)

    def ask(self) -> tuple[AskStatus, ...]:
        """Ask the store, when number and code can be right; else say what to look at."""
        if self.page.is_asking:
            return ()
        typed, code = self.page.fields.get(NUMBER, ""), self._code()
        reference = parse_reference(typed)
        code_slip = None if _CODE.fullmatch(code) else CodeSlip.MISSING
        self.page = replace(self.page, slip=slip_in(typed), code_slip=code_slip, reply=None, is_broken=False)
        if reference is None or code_slip is not None:
            return ()
        self.page = replace(self.page, is_asking=True)
        return (AskStatus(reference, code),)

    def answered(self, reply: StatusReply | None) -> bool:
        """Take the store's answer, None when there was none; tell whether it has a screen of its own."""
        self.page = replace(self.page, is_asking=False, reply=reply, is_broken=reply is None)
        if reply is None:
            return False
        if reply.outcome is StatusOutcome.WRONG_CODE:
            self.page = replace(self.page, code_slip=CodeSlip.WRONG)
            return False
        self.page = StatusPage(reply=reply)
        self._ids.clear()
        return True

    def add(self, kind: FollowUpKind, lines: tuple[ChangedLine, ...] = ()) -> tuple[AddToCase, ...]:
        """Add something to the case on the screen; a reminder and a withdrawal once."""
        reply = self.page.reply
        if reply is None or reply.case is None or self.page.is_asking or kind in self.page.kept - _OFTEN:
            return ()
        self.page = replace(self.page, is_asking=True, adding_failed=False)
        return (AddToCase(kind, reply.case, self._ids.setdefault(kind, new_follow_up_id()), lines),)

    def added(self, kind: FollowUpKind, *, is_kept: bool) -> None:
        """Take the news that it is safe, or is not."""
        kept = self.page.kept | {kind} if is_kept else self.page.kept
        if is_kept:
            self._ids.pop(kind, None)  # what comes next is another one
        self.page = replace(self.page, is_asking=False, kept=kept, adding_failed=not is_kept)

    def _code(self) -> str:
        typed = self.page.fields.get(CODE, "")
        # Digits of any script count: an Arabic keyboard types others.
        return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed if not sign.isspace())
