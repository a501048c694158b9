# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells whether somebody else changed a case since an act was based on it, and who did what (feature S07).

What this device did itself before, and what of this act arrived already, is no change of somebody else. What is found
is sealed beside the act; a person chooses by it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from domain.case_act import ActConflict, ActHeader
from domain.errors import DeliveryError, ExpectedError
from domain.ports import Sealer
from sync.act_book import opened_of
from sync.act_ledger import ActLedger
from sync.act_words import when
from sync.case_version import CaseStanding, handler_name_of, is_handler
from sync.counter_file import CounterFile
from sync.database import moment_of
from sync.key_ring import KeyRing
from sync.sealing import Opener
from sync.zgw.act_steps import mark_of
from sync.zgw.case_look import CaseLook, last_of, moment_in

SEEN, THEIRS, VERSION = "seen", "theirs", "version"
"""Steps that only look: the case before the act, the case in a conflict, the case after the act."""

_DEVICE = re.compile(r"Loket (\S{1,40})")


class ActConflictError(DeliveryError):
    """Somebody else changed the case; a person must choose."""

    slug = "act-conflict"

    def __init__(self, base: Seen | None, look: CaseLook, own: Ours) -> None:
        super().__init__("somebody else changed the case too", "choose at the desk")
        self.base = base
        self.look = look
        self.own = own


class CaseClosedError(ActConflictError):
    """Somebody closed the case, and the case system lets nobody add to it; a person must choose."""

    slug = "case-closed"


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it was looked at before."""

    standing: CaseStanding
    statuses: frozenset[str]

    @classmethod
    def of(cls, look: CaseLook) -> Seen:
        """Remember a look."""
        return cls(look.standing, frozenset(look.status_ids))

    @classmethod
    def read(cls, text: str) -> Seen:
        """Read it back."""
        found = json.loads(text)
        standing = found["standing"]
        return cls(CaseStanding(**{**standing, "handlers": tuple(standing["handlers"])}), frozenset(found["statuses"]))

    def written(self) -> str:
        """Write it down; it holds no name."""
        return json.dumps({"standing": asdict(self.standing), "statuses": sorted(self.statuses)})


@dataclass(slots=True)
class Ours:
    """What an act itself may have changed by now."""

    statuses: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    suspended: set[bool] = field(default_factory=set)
    result_type: str = ""
    result: str = ""
    may_end: bool = False


def ours_of(ledger: ActLedger, look: CaseLook) -> Ours:
    """Read from the ledger what was sent, answered or not."""
    found = Ours()
    by_moment = {
        moment_in(status, "datumStatusGezet"): last_of(str(status.get("url") or "")) for status in look.statuses
    }
    for record in ledger.records:
        if record.state == "left_out":
            continue
        if record.step in ("status", "end"):
            found.may_end = found.may_end or record.step == "end"
            sent = by_moment.get(datetime.fromisoformat(record.identifier))
            found.statuses |= {last_of(record.result)} if record.result else set()
            found.statuses |= {sent} if sent else set()
        elif record.step in ("handler", "unit"):
            found.added.add(record.identifier)
        elif record.step.startswith("gone-"):
            found.removed.add(record.step.split("-")[1])
        elif record.step in ("suspend", "resume"):
            found.suspended.add(record.step == "suspend")
        elif record.step == "result":
            # Unanswered, it is ours when a result is there: a case has one, and before it there was none.
            found.result = last_of(record.result) if record.result else look.standing.result
    return found


def is_foreign(base: Seen, look: CaseLook, own: Ours) -> bool:
    """Tell whether something changed since `base` that is not ours."""
    before, now = base.standing, look.standing
    handlers, kept = set(now.handlers), set(before.handlers)
    return bool(
        set(look.status_ids) - base.statuses - own.statuses
        or handlers - kept - own.added
        or kept - handlers - own.removed
        or now.is_suspended not in {before.is_suspended} | own.suspended
        or now.result not in {before.result, own.result}
        or (now.ended_on != before.ended_on and not own.may_end)
    )


def accepted(file: CounterFile, header: ActHeader, number: int) -> set[str]:
    """Give the versions on which an act may go: the one it is based on, with what this device did since."""
    whole = late = header.based_on
    for row in file.rows(
        "SELECT a.based_on, s.identifier AS before, s.result AS after FROM counter_acts AS a"
        " JOIN counter_act_steps AS s ON s.act_id = a.act_id AND s.step = ?"
        " WHERE a.reference = ? AND a.number < ? AND a.state = 'delivered' AND a.choice IN ('', 'mine')"
        " ORDER BY a.number",
        (VERSION, header.reference, number),
    ):
        after, _, told_at = row["after"].partition(" ")
        if whole in (row["before"], row["based_on"]):
            whole = after
        # What had arrived before the act was made may have been seen by who made it, or not.
        if moment_of(told_at) > header.at and late in (row["before"], row["based_on"]):
            late = after
    return {whole, late}


def is_untouched(look: CaseLook) -> bool:
    """Tell whether nobody handled the case: for an act on a case that the case system did not have yet."""
    return look.standing == CaseStanding(status=look.standing.status) and len(look.statuses) <= 1


def their_change(base: Seen | None, look: CaseLook, own: Ours, me: str) -> dict[str, str]:
    """Say in Dutch what another did, who, when and on which device, as far as the case system tells."""
    said, who, at, device = [], "", None, ""
    before = base.standing if base is not None else CaseStanding(handlers=(me,))
    now = look.standing
    for role in _new_handlers(look, set(before.handlers) | own.added | {me}):
        who, at = handler_name_of(role) or who, moment_in(role, "registratiedatum")
        device = _device_of(role) or device
        said.append(f"{who or 'Iemand anders'} heeft de zaak opgepakt.")
    if base is not None and set(before.handlers) - set(now.handlers) - own.removed:
        said.append("Iemand gaf de zaak terug.")
    if now.is_suspended and not before.is_suspended and True not in own.suspended:
        suspended = look.zaak.get("opschorting")
        reason = str(suspended.get("reden") or "") if isinstance(suspended, Mapping) else ""
        said.append(f"De termijn staat stil. {reason}".strip())
    if before.is_suspended and not now.is_suspended and False not in own.suspended:
        said.append("De termijn loopt weer.")
    known = (base.statuses if base is not None else frozenset()) | own.statuses
    for status in look.statuses if base is not None else look.statuses[-1:]:
        if last_of(str(status.get("url") or "")) in known:
            continue
        at = moment_in(status, "datumStatusGezet") or at
        text = str(status.get("statustoelichting") or "").strip()
        said.append(f"Nieuwe status{': ' + text if text else '.'}")
    if now.result and now.result not in (before.result, own.result):
        said.append("De zaak kreeg een resultaat.")
    if now.ended_on and now.ended_on != before.ended_on and not own.may_end:
        said.append(f"De zaak is afgesloten op {now.ended_on}.")
    return {
        "what": " ".join(said) or "De zaak is veranderd.",
        "who": who,
        "at": at.isoformat() if at is not None else "",
        "device": device,
    }


def sealed_change(sealer: Sealer, change: Mapping[str, str]) -> bytes:
    """Close it for the key of the sync service, with the name of that key before it."""
    return f"{sealer.key_id}\n".encode() + sealer.seal(json.dumps(dict(change), ensure_ascii=False).encode())


def conflict_of(file: CounterFile, act_id: str, keys: KeyRing | Opener) -> ActConflict | None:
    """Open both sides of a conflict; None where there is none.

    Raises: SealingError, TamperedError, StoreError and its kinds.
    """
    row = file.row("SELECT * FROM counter_acts WHERE act_id = ? AND theirs <> x''", (act_id,))
    if row is None:
        return None
    key_id, _, sealed = row["theirs"].partition(b"\n")
    change: Any = json.loads(keys.for_key(key_id.decode("ascii", "replace")).open(sealed))
    at = change.get("at") or ""
    return ActConflict(
        mine=opened_of(row, keys),
        their_what=str(change.get("what") or ""),
        their_who=str(change.get("who") or ""),
        their_at=datetime.fromisoformat(at) if at else None,
        their_device=str(change.get("device") or ""),
    )


def told(conflict: ActConflict) -> str:
    """Say it in one line, for a note on the case."""
    at = f", {when(conflict.their_at)}" if conflict.their_at is not None else ""
    return f"{conflict.their_what} ({conflict.their_who or 'onbekend'}{at})"


def slug_of(failure: Exception) -> str:
    """Name a failure without its text."""
    return failure.slug if isinstance(failure, ExpectedError) else f"mistake-{type(failure).__name__}"


def _new_handlers(look: CaseLook, known: Iterable[str]) -> list[Mapping[str, Any]]:
    there = set(known)
    return [role for role in look.roles if is_handler(role) and mark_of(role) not in there]


def _device_of(role: Mapping[str, Any]) -> str:
    found = _DEVICE.fullmatch(str(role.get("roltoelichting") or ""))
    return found.group(1) if found else ""
