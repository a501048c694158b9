# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens one case at a time for somebody who signed in: a copy of the case system's, or one that still waits here.

What staff did on this device is put on top of it, opened too. Each opening is a row in the audit log, with the number
of the case and the id of the member of staff, and nothing of the citizen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.case_act import ActConflict, ActKind, ActState, CaseAct
from domain.counter import CaseDocument, CaseEvent, CounterCase, WorkItem
from domain.errors import CounterError, SealingError, TamperedError
from domain.ports import Clock
from domain.staff import StaffId
from domain.submission import Submission
from sync import act_words, audit_log
from sync.act_book import opened_of
from sync.act_conflict import conflict_of
from sync.case_reading import seen_of
from sync.counter_file import CounterFile
from sync.counter_form import KeptCase, kept_of
from sync.database import Database, Row, stamp
from sync.key_ring import KeyRing
from sync.outbox import header_of
from sync.sealing import open_submission
from sync.work_list import SqliteWorkList

OPENED, FILE_OPENED = "case-opened", "case-file-opened"
_CONTACTS = (ActKind.CONTACT, ActKind.CALL_BACK)
_SETTLED = (ActState.DELIVERED, ActState.DROPPED)
_MARKS = ("owner", "is_urgent", "is_withdrawn")


@dataclass(frozen=True, slots=True)
class CaseOpening:
    """What opens cases of one device. `ring` is None where the key is not, `fetch` where no case system is."""

    counter: CounterFile
    store: Database
    work: SqliteWorkList
    ring: KeyRing | None
    clock: Clock
    fetch: Callable[[str], bytes] | None = None  # the file at an address

    def open(self, reference: str, who: StaffId) -> CounterCase:
        """Give one case.

        Raises: CounterError, StoreError and its kinds.
        """
        kept, _own = self._found(reference)
        item = self.work.item(reference)
        case = kept.case if item is None else replace(kept.case, item=_with_inner(item, kept.case.item))
        acts = tuple(self._acts(reference))
        seen = [_event(act, row) for act, row in acts if act.header.kind is ActKind.DOCUMENT_SEEN]
        # What was told to the case system and read back from it is there already.
        done = [
            _event(act, row)
            for act, row in acts
            if act.header.kind is not ActKind.DOCUMENT_SEEN and act.header.act_id not in kept.acts
        ]
        self._note(OPENED, reference, who)
        return replace(
            case,
            seen=_in_order(case.seen, [event for event in seen if event.text not in {old.text for old in case.seen}]),
            history=_in_order(case.history, done),
        )

    def document(self, reference: str, key: str, who: StaffId) -> bytes:
        """Give a file of a case.

        Raises: CounterError, DeliveryError and its kinds, StoreError and its kinds.
        """
        kept, own = self._found(reference)
        self._note(FILE_OPENED, reference, who)
        for number, document in enumerate(own.documents if own is not None else (), start=1):
            if key == f"own-{number}":
                return document.content
        address = kept.files.get(key)
        if address is None:
            raise CounterError("this case has no such file", "open the case again")
        if self.fetch is None:
            raise CounterError("there is no case system to fetch it from", "see [sync] in the settings")
        return self.fetch(address)

    def conflicts(self, reference: str = "") -> Sequence[ActConflict]:
        """Give what two changed, of one case or of all.

        Raises: CounterError, StoreError and its kinds.
        """
        rows = self.counter.rows(
            "SELECT act_id FROM counter_acts WHERE state = 'conflict' AND (? = '' OR reference = ?) ORDER BY number",
            (reference, reference),
        )
        try:
            found = [conflict_of(self.counter, row["act_id"], self._key()) for row in rows]
        except (SealingError, TamperedError, ValueError):
            raise _does_not_open() from None
        return tuple(conflict for conflict in found if conflict is not None)

    def _found(self, reference: str) -> tuple[KeptCase, Submission | None]:
        self._key()
        row = self.counter.row("SELECT * FROM counter_cases WHERE reference = ?", (reference,))
        if row is not None:
            try:
                kept = kept_of(self._key().for_key(row["key_id"]).open(row["sealed"]))
            except (SealingError, ValueError):
                self._read_again(reference)
                raise _does_not_open() from None
            if not _is_as_sealed(row, kept.case):
                self._read_again(reference)
                raise CounterError("the copy of this case was changed on the disk", "wait a moment and open it again")
            return kept, None
        row = self.store.row("SELECT * FROM submissions WHERE reference = ?", (reference,))
        if row is None:
            raise CounterError("this case is not on this device", "ask the case system once more")
        if not row["sealed"]:
            raise CounterError("the case system has this case, and it was not fetched yet", "ask it once more")
        header = header_of(row)
        try:
            submission = open_submission(header, row["sealed"], self._key().for_key(header.key_id))
        except (SealingError, TamperedError):
            raise _does_not_open() from None
        return self._own(submission), submission

    def _read_again(self, reference: str) -> None:
        """Have the next round read this case from the case system, whatever its list says."""
        with self.counter.writing() as connection:
            connection.execute("UPDATE counter_cases SET mark = '' WHERE reference = ?", (reference,))

    def _own(self, submission: Submission) -> KeptCase:
        item = self.work.item(submission.header.reference)
        if item is None:
            raise CounterError("the case system has this case, and it was not fetched yet", "ask it once more")
        item = replace(
            item,
            language=submission.language,
            asks_call=item.asks_call or submission.initiator.reach == "phone",
            device_id=submission.device_id,
        )
        documents = tuple(
            CaseDocument(
                f"own-{number}", document.title, document.file_name, document.media_type, len(document.content)
            )
            for number, document in enumerate(submission.documents, start=1)
        )
        return KeptCase(
            CounterCase(
                item=item,
                version="",
                initiator=submission.initiator,
                explanation=submission.explanation,
                lines=submission.lines,
                documents=documents,
                seen=seen_of(submission),
                filled_by=submission.filled_by,
            )
        )

    def _acts(self, reference: str) -> Iterator[tuple[CaseAct, Row]]:
        rows = self.counter.rows("SELECT * FROM counter_acts WHERE reference = ? ORDER BY number", (reference,))
        for row in rows:
            if row["state"] == ActState.DROPPED:
                continue
            try:
                yield opened_of(row, self._key()), row
            except (SealingError, TamperedError):
                raise _does_not_open() from None

    def _key(self) -> KeyRing:
        if self.ring is None:
            raise CounterError(
                "the key is not on this device, so no case can be opened here", "only the municipality can open them"
            )
        return self.ring

    def _note(self, event: str, reference: str, who: StaffId) -> None:
        with self.store.writing() as connection:
            audit_log.append(connection, self.clock.now(), event, "", f"{reference} {who}")


def _event(act: CaseAct, row: Row) -> CaseEvent:
    kind, is_seen = act.header.kind, act.header.kind is ActKind.DOCUMENT_SEEN
    title = act_words.TITLES.get(kind, act_words.NOTE)
    text = act_words.seen(act) if is_seen else ": ".join(filter(None, (title, act.text)))
    is_waiting = row["state"] not in _SETTLED
    text = " ".join(filter(None, (text, act_words.LEFT_OUT.get(row["reason"], ""))))
    return CaseEvent(act.header.at, "contact" if kind in _CONTACTS else "act", text, act.staff_name, is_waiting)


def _in_order(there: Sequence[CaseEvent], added: Sequence[CaseEvent]) -> tuple[CaseEvent, ...]:
    return tuple(sorted((*there, *added), key=lambda event: event.at))


def _with_inner(item: WorkItem, inner: WorkItem) -> WorkItem:
    """Give the line of the list with what only the opened case knows."""
    return replace(item, language=inner.language, asks_call=inner.asks_call, device_id=inner.device_id)


def _is_as_sealed(row: Row, case: CounterCase) -> bool:
    """Tell whether the readable columns are those of the case that is sealed beside them, and no other's."""
    item = case.item
    days = tuple(day.isoformat() if day is not None else "" for day in (item.due_on, item.planned_on))
    marks = (item.owner, item.is_urgent, item.is_withdrawn)
    sealed = (item.reference, item.service_id, item.title, stamp(item.submitted_at), *days, *marks, case.version)
    columns = ("reference", "service_id", "title", "submitted_at", "due_on", "planned_on", *_MARKS, "version")
    return tuple(row[column] for column in columns) == sealed


def _does_not_open() -> CounterError:
    return CounterError("this case does not open with the keys on this device", "see `loket keys check`")
