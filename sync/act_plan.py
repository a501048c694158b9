# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an act of staff becomes at the case system: which steps for which kind, in which order (docs/counter.md).

Where the catalogue or the municipality lacks a place for something, that step is left out and said so; the words
always arrive, at least as a document of the case. Whether an act may be sent at all is `sync.act_sender`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.case_act import ActKind, CaseAct
from domain.haste import TERM
from domain.promise import due_date, working_days_between
from domain.service import Term
from domain.submission import Document
from sync import act_words as words
from sync.act_conflict import Seen
from sync.act_ledger import ActLedger
from sync.case_version import is_handler
from sync.klantinteracties.act_contact import ActContact
from sync.remote_step import RemoteStep
from sync.zgw.act_steps import ActSteps, Handler, document_step, mark_of, parcel_of, unit
from sync.zgw.bodies import dutch_day, fitted
from sync.zgw.case_look import CaseLook, moment_in
from sync.zgw.handling import HandlingType

_TERM_ENDS = "uiterlijkeEinddatumAfdoening"


@dataclass(frozen=True, slots=True)
class ActPlan:
    """The steps of one act on one zaak. `base` is what the act is based on; None for acts that only add."""

    act: CaseAct
    me: Handler
    look: CaseLook
    base: Seen | None
    type: HandlingType
    steps: ActSteps
    ledger: ActLedger
    do: Callable[[RemoteStep], str]
    contact: ActContact | None

    def run(self) -> None:
        """Do what is left to do.

        Raises: DeliveryError and its kinds.
        """
        {
            ActKind.TAKE_ON: self._take_on,
            ActKind.GIVE_BACK: self._give_back,
            ActKind.ASK_MISSING: self._ask_missing,
            ActKind.RESUME: self._resume,
            ActKind.CONTACT: self._contact,
            ActKind.CALL_BACK: self._call_back,
            ActKind.DOCUMENT_SEEN: self._document_seen,
            ActKind.FORWARD: self._forward,
            ActKind.URGENT: self._urgent,
            ActKind.CORRECTION: self._correction,
            ActKind.ANSWER: self._answer,
        }[self.act.header.kind]()

    def note(self, about: str) -> None:
        """Add the act as a note beside what another did: nothing of either is lost."""
        title = f"{words.NOTE}: {words.TITLES[self.act.header.kind].lower()}"
        given = tuple(f"{name}: {value}" for name, value in self.act.given.items() if value)
        if self.contact is not None and self.look.standing.ended_on:
            self.contact.walk(self.do, is_outgoing=True)
            return
        self._page(title, (*given, about))

    def undo(self) -> None:
        """Take back what can be taken back: another's choice stands. What was said stays in the history of the case."""
        for name in ("handler", "unit"):
            record = self.ledger.get(name)
            if record is None or record.state == "left_out":
                continue
            for role in self._handlers():
                if mark_of(role) == record.identifier:
                    self.do(self.steps.remove_handler(role))

    def _take_on(self) -> None:
        self._add(self.me, "handler")
        for role in self._handlers():
            # Whoever had it when this member saw the case: it was taken over knowingly.
            if self._was_there(role) and role.get("betrokkeneType") == "medewerker" and mark_of(role) != self.me.mark:
                self.do(self.steps.remove_handler(role))
        statuses = self.type.statuses
        is_first = not self.look.statuses or self.look.status_type == (statuses[0].url if statuses else "")
        if len(statuses) > 1 and not statuses[1].is_end and (is_first or self.ledger.get("status") is not None):
            self.do(self.steps.status("status", statuses[1].url, self.act.text, self.act.header.at))
        elif self.act.text.strip():
            self._page()

    def _give_back(self) -> None:
        for role in self._handlers():
            if mark_of(role) == self.me.mark:
                self.do(self.steps.remove_handler(role))
        if self.act.text.strip():
            self._page()

    def _ask_missing(self) -> None:
        what = words.one_line(self.act.given.get("what", ""))
        reason = words.cut(f"{words.SUSPENDED} {what}".strip(), 200)
        self._page()
        self._tell_status(" ".join(filter(None, (words.ASKED, words.one_line(self.act.text)))))
        self.do(self.steps.put("suspend", {"opschorting": {"indicatie": True, "reden": reason}}))
        if self.contact is not None:
            self.contact.walk(self.do, is_outgoing=True)

    def _resume(self) -> None:
        fields: dict[str, Any] = {"opschorting": {"indicatie": False, "reden": words.RESUMED}}
        known = self.ledger.get("term")
        until = known.identifier if known is not None else self._moved_on()
        if until:
            # Fixed at the first look: a repeat moves nothing a second time.
            self.ledger.write("term", until)
            fields |= {_TERM_ENDS: until}
        else:
            self.ledger.leave_out("no-term", "no-term")
        self.do(self.steps.put("resume", fields))
        if not self._tell_status(words.one_line(self.act.text) or words.RESUMED) and self.act.text.strip():
            self._page()

    def _contact(self) -> None:
        if self.contact is not None:
            self.contact.walk(self.do)
        if self.contact is None or not self.contact.has_room():
            self._page(more=self._given("channel", "questions"))

    def _call_back(self) -> None:
        if self.contact is not None:
            self.contact.call_back(self.do)
        if self.contact is None or not self.contact.has_room():
            self._page(more=self._given("to", "day_part", "language", "name", "phone", "email"))

    def _document_seen(self) -> None:
        said = words.seen(self.act)
        if not self._place(words.SEEN_NAMES, said):
            self._page(more=() if self.act.text.strip() else (said,))

    def _forward(self) -> None:
        to = self.act.given.get("to", "").partition(":")[2].strip() or self.act.given.get("to", "").strip()
        self._page(more=(words.FORWARDED.format(to=to), *self._given("letter")))
        if to:
            self._add(unit(to), "unit")
            for role in self._handlers():
                if self._was_there(role) and mark_of(role) != unit(to).mark:
                    self.do(self.steps.remove_handler(role))
        self._tell_status(words.FORWARDED.format(to=to))

    def _urgent(self) -> None:
        flag = self.act.given.get("flag", "") or "ja"
        if not self._place(words.URGENT_NAMES, flag) or self.act.text.strip():
            self._page(more=(f"{words.TITLES[ActKind.URGENT]}: {flag}",))
        wanted = due_date(TERM, dutch_day(self.act.header.at))
        there = self.look.day(_TERM_ENDS)
        if there is None or there > wanted or self.ledger.get("put-term") is not None:
            self.do(self.steps.put("put-term", {_TERM_ENDS: wanted.isoformat()}))

    def _correction(self) -> None:
        self._page(more=(words.ROUTES.get(self.act.given.get("route", ""), ""),))

    def _answer(self) -> None:
        self._page(more=self._given("rule", "object_by", "tried"))
        if self.act.given.get("channel", "") in words.CHANNELS and self.contact is not None:
            self.contact.walk(self.do, is_outgoing=True)
        known = self.ledger.get("result")
        result = self.type.result_named(self.act.given.get("result", ""))
        if not result and known is None:
            self.ledger.leave_out("no-result", "no-result-type")
            return
        self.do(self.steps.result(result, words.closing(self.act)))
        if self.type.end is None:
            self.ledger.leave_out("no-end", "no-status-type")
            return
        self.do(self.steps.status("end", self.type.end.url, "", self.act.header.at))

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _add(self, who: Handler, name: str) -> None:
        if not self.type.handler_role:
            self.ledger.leave_out(name, "no-handler-role")
            self._page(more=(who.name,))
            return
        is_there = self.base is not None and who.mark in self.base.standing.handlers
        if not is_there or self.ledger.get(name) is not None:
            self.do(self.steps.add_handler(name, who, self.type.handler_role))

    def _handlers(self) -> list[Mapping[str, Any]]:
        return [role for role in self.look.roles if is_handler(role)]

    def _was_there(self, role: Mapping[str, Any]) -> bool:
        return self.base is not None and mark_of(role) in self.base.standing.handlers

    def _tell_status(self, text: str) -> bool:
        """Say it in a status of the kind that it has: the history of a zaak is read there."""
        first = self.type.statuses[0].url if self.type.statuses else ""
        kind = self.look.status_type or first
        if not kind:
            self.ledger.leave_out("status", "no-status-type")
            return False
        self.do(self.steps.status("status", kind, text, self.act.header.at))
        return True

    def _place(self, names: frozenset[str], value: str) -> bool:
        property_ = self.type.property_named(names)
        said = fitted(value, property_) if property_ is not None else None
        if property_ is None or said is None:
            return False
        self.do(self.steps.property(property_, said))
        record = self.ledger.get("property")
        return record is not None and record.state == "done"

    def _page(self, title: str = "", more: tuple[str, ...] = ()) -> None:
        """Put the words of the act in a document of the case."""
        title = title or words.TITLES[self.act.header.kind]
        step = page_step(self.steps, self.act, title, more, self.type.document_type)
        self.do(self.steps.link("link", self.do(step), title))

    def _given(self, *names: str) -> tuple[str, ...]:
        found = ((name, self.act.given.get(name, "")) for name in names)
        return tuple(f"{words.GIVEN.get(name, name)}: {value}" for name, value in found if value)

    def _moved_on(self) -> str:
        """Give the day on which the term ends now: as many working days later as it stood still."""
        asked = [
            at
            for status in self.look.statuses
            if str(status.get("statustoelichting") or "").startswith(words.ASKED)
            and (at := moment_in(status, "datumStatusGezet")) is not None
        ]
        ends = self.look.day(_TERM_ENDS) or self._first_term()
        if not asked or ends is None:
            return ""
        stood_still = working_days_between(dutch_day(asked[-1]), dutch_day(self.act.header.at))
        return due_date(Term(working_days=stood_still), ends).isoformat() if stood_still > 0 else ends.isoformat()

    def _first_term(self) -> date | None:
        began = self.look.day("startdatum")
        return began + timedelta(days=self.type.term_days) if began is not None and self.type.term_days else None


def page_step(steps: ActSteps, act: CaseAct, title: str, more: tuple[str, ...], kind: str) -> RemoteStep:
    """Make the step of a document with the words of an act."""
    header = act.header
    number = f"{header.reference or 'LK'}-{header.act_id.replace('-', '')[:12]}"
    document = Document(title, f"{number}.txt", "text/plain", words.page(title, act, more).encode())
    parcel = parcel_of(header.act_id, header.reference or number, header.at)
    return document_step(steps.api, parcel, "document", number, document, kind)
