# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a receipt says: the same facts for the screen, the paper and the voice. Words come by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.case import CaseState


@dataclass(frozen=True, slots=True)
class DealLine:
    """One promise, already worded, in the citizen's language and in Dutch."""

    text: str
    dutch: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReceiptTexts:
    """All sentences of a receipt in one language, already worded."""

    title: str  # what was asked; a neutral title when the service's title is private
    saved: str  # "Uw vraag is bewaard."
    number_label: str
    code_label: str
    status: str  # honest: "Uw vraag ligt nog hier. De gemeente heeft hem nog niet."
    you_do_title: str
    we_do_title: str
    you_do: tuple[str, ...]
    we_do: tuple[str, ...]
    bring_title: str
    bring: tuple[str, ...]
    advice: tuple[str, ...]
    effect: str  # "Dit is nog geen aangifte." or empty
    late: str  # "Zijn wij te laat? Dan is dat onze fout. Bel {phone}."
    contact: str  # who and which phone
    date_line: str
    dates: tuple[str, ...] = ()  # the dates as they are worded in the sentences; paper sets them bold
    filled_by: str = ""  # that a member of staff filled it in; empty where the citizen did
    unchecked: str = ""  # that no person has checked the translation; empty in Dutch, and where one has


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt; never a BSN, never the answers themselves, never a subject that harms."""

    reference: str
    status_code: str  # four digits
    submitted_at: datetime
    promised_on: date
    state: CaseState
    municipality: str
    phone: str
    language: str
    texts: ReceiptTexts
    dutch: ReceiptTexts  # equals `texts` when the language is Dutch
    is_urgent: bool = False
    haste: str = ""
    dutch_haste: str = ""
