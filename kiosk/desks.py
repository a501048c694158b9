# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desks of one visit, joined: each has its own part of the visit, and they share the road, the answers, the case.

Which desk a press is for is `kiosk.press_desk`'s. No desk holds a closure of the visitor: a copy of a visit has to go
on by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from domain.ports import Clock
from i18n.texts import Texts
from kiosk.answer_book import AnswerBook
from kiosk.card_desk import CardAsker, CardDesk
from kiosk.case_desk import CaseDesk
from kiosk.closing_desk import ClosingDesk
from kiosk.consent_desk import ConsentDesk, Consenting
from kiosk.draft_desk import DraftAsker, DraftDesk
from kiosk.follow_up_desk import FollowUpDesk
from kiosk.guide import Guide
from kiosk.paper_desk import PaperAsker, PaperDesk
from kiosk.phone_desk import PhoneDesk
from kiosk.question_desk import QuestionDesk
from kiosk.road import Road
from kiosk.tell_back_desk import TellBackDesk
from kiosk.tray_desk import AnswerScreen, TrayDesk


class Visitor(PaperAsker, AnswerScreen, DraftAsker, Consenting, CardAsker, Protocol):
    """Whom the desks are for; `kiosk.navigator.Navigator` is the real one."""


@dataclass(frozen=True, slots=True)
class Desks:
    """All desks of a visit, and what they share."""

    road: Road
    book: AnswerBook
    case: CaseDesk
    question: QuestionDesk
    guide: Guide
    papers: PaperDesk
    phone: PhoneDesk
    follow_up: FollowUpDesk
    told_back: TellBackDesk
    tray: TrayDesk
    later: DraftDesk
    consent: ConsentDesk
    closing: ClosingDesk
    card: CardDesk


def desks_for(visitor: Visitor, texts_of: Callable[[str], Texts], clock: Clock) -> Desks:
    """Open the desks for a visit that begins."""
    road, book = Road(), AnswerBook()
    case = CaseDesk(book, clock)
    question = QuestionDesk(road, case, book)
    guide = Guide(road, case, question, book)
    return Desks(
        road=road,
        book=book,
        case=case,
        question=question,
        guide=guide,
        papers=PaperDesk(visitor, case, guide, texts_of),
        phone=PhoneDesk(visitor, case, road, guide),
        follow_up=FollowUpDesk(visitor, road, guide),
        told_back=TellBackDesk(),
        tray=TrayDesk(visitor),
        later=DraftDesk(visitor, road, case, guide, book),
        consent=ConsentDesk(visitor, road, case, question, book, clock),
        closing=ClosingDesk(guide),
        card=CardDesk(visitor, road, guide, case, question, clock),
    )
