# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which screen belongs to which place in a visit: a situation goes in, a view comes out. The same gives the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.case import CaseState
from domain.journey import Ask, Check, Explain, Hurry, Journey, Overview, Result, Step
from domain.receipt import Receipt
from domain.service import ServiceDefinition
from kiosk.card_page import SPOT as CARD
from kiosk.card_page import CardPage
from kiosk.later_page import LaterPage
from kiosk.screens import (
    card,
    correction,
    ending,
    hours,
    language,
    later,
    out_of_service,
    pauses,
    photo_answer,
    question,
    rehearsal,
    result,
    service_page,
    start,
    status,
    tell_back,
)
from kiosk.screens.asked import Beside, QuestionState
from kiosk.screens.correction import CorrectionPage
from kiosk.screens.language import Names
from kiosk.screens.outage import outage_view
from kiosk.screens.walk import walk_view
from kiosk.screens.words import Words
from kiosk.sheet_desk import CODE_PAPER
from kiosk.spots import Spot
from kiosk.status_desk import StatusPage
from kiosk.view import View
from resources.walk_book import WalkBook


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a screen of a visit can depend on, besides its words."""

    spot: Spot
    journey: Journey | None  # of the service that was chosen
    step: Step | None  # where in the journey
    on_screen: QuestionState
    beside: Beside  # photos and recordings
    receipt: Receipt | None
    state: CaseState
    print_state: str
    sheets: Mapping[str, str]  # what became of letters, strip and phone card
    unfolded: str
    told_back: str  # what was chosen after the receipt
    idle_seconds: int
    language_names: Callable[[], Names]  # asked only where they show: each is another catalogue to read
    call_back: ServiceDefinition | None
    walk_book: WalkBook
    status: StatusPage  # of "Hoe ver is mijn vraag?"
    correction: CorrectionPage | None  # of "Ik heb een fout gemaakt"
    moment: datetime
    later: LaterPage  # of "Ik wil later verder"
    card: CardPage  # of "Leg uw kaart neer"
    is_unsure: bool = False  # whether what failed is kept after all
    has_begun: bool = False  # whether the service of now was begun, so that closing it comes too late

    @property
    def is_kept(self) -> bool:
        """Tell whether nothing would be lost by ending now."""
        return self.receipt is not None or self.spot.name == "later-kept"


def show(words: Words, now: Situation) -> View:
    """Give the view of a situation.

    Raises: RuntimeError for a place that has no screen: a mistake of the program.
    """
    if now.spot.name.startswith(("status", "correct", "later")):
        return _status_view(words, now)
    match now.spot.name:
        case "start":
            return start.start_view(words)
        case "more":
            return start.more_view(words)
        case "lost":
            return walk_view(words, now.walk_book, now.spot.detail, now.call_back)
        case "human":
            return start.human_view(words, now.call_back)
        case "closed":
            return start.closed_view(words)
        case out_of_service.SPOT:
            return out_of_service.out_of_service_view(words)
        case hours.SPOT:
            return hours.closed_now_view(words, now.moment)
        case "language":
            return language.language_view(words, now.language_names())
        case "neutral" | "stop" | "idle" | "keeping" | "failure":
            return _ending_view(words, now)
        case _:
            if now.journey is None:
                raise RuntimeError(f"no screen for the place {now.spot.name}")
            return _service_view(words, now, now.journey)


def _ending_view(words: Words, now: Situation) -> View:
    match now.spot.name:
        case "stop":
            return ending.stop_view(words, can_keep=now.later.can_keep)
        case "idle":
            return ending.idle_view(words, now.idle_seconds, is_kept=now.is_kept)
        case "keeping":
            return ending.keeping_view(words)
        case "failure":
            return ending.failure_view(words, can_print=words.place.has_printer, is_unsure=now.is_unsure)
        case _:
            return ending.neutral_view(words)


def _status_view(words: Words, now: Situation) -> View:
    if now.spot.name.startswith("later"):
        return _later_view(words, now)
    match now.spot.name:
        case "status-reply":
            return status.reply_view(words, now.status, now.call_back, now.moment)
        case "correct" if now.correction is not None:
            return correction.pick_view(words, now.correction)
        case "correct-answer" if now.correction is not None and (asked := now.correction.question) is not None:
            return correction.answer_view(words, now.correction, asked)
        case "correct-check" if now.correction is not None:
            return correction.check_view(words, now.correction, failed=now.status.adding_failed)
        case "status-withdraw":
            return status.withdraw_view(words)
        case _:
            return status.ask_view(words, now.status, now.call_back)


def _later_view(words: Words, now: Situation) -> View:
    match now.spot.name:
        case "later-wait":
            return later.wait_view(words)
        case "later-kept" if now.later.kept is not None:
            return later.kept_view(words, now.later, now.later.kept, now.sheets.get(CODE_PAPER, ""))
        case "later-opened" if now.journey is not None:
            return later.opened_view(words, now.journey, now.later)
        case "later-wiped":
            return later.wiped_view(words)
        case "later":
            return later.keep_view(words, now.later)
        case _:
            return later.code_view(words, now.later)


def _service_view(words: Words, now: Situation, journey: Journey) -> View:
    match now.spot.name:
        case "phone-card":
            return rehearsal.phone_card_view(words, journey.definition, now.sheets)
        case "rehearse":
            return rehearsal.rehearsal_view(words, journey.definition, int(now.spot.detail))
        case _ if now.spot.name == CARD:
            return card.card_view(words, journey, now.card)
        case "pictures":
            return photo_answer.shelf_view(words, now.beside)
        case "large-number" if now.receipt is not None:
            return ending.large_number_view(words, now.receipt)
        case "tell-back" if now.receipt is not None and (duty := tell_back.promised(journey)) is not None:
            return tell_back.tell_back_view(words, journey, duty, now.told_back)
        case _ if now.receipt is not None:
            return ending.confirmation_view(words, journey, now.receipt, now.state, now.print_state, now.sheets)
        case _:
            return _step_view(words, now, journey)


def _step_view(words: Words, now: Situation, journey: Journey) -> View:
    match now.step:
        case Ask():
            return question.question_view(words, journey, now.step, now.on_screen, now.beside)
        case Hurry():
            return pauses.haste_view(words, journey, now.step, now.print_state)
        case Explain():
            return pauses.explain_view(words, journey, now.step)
        case Overview():
            return pauses.overview_view(words, journey, now.step.number)
        case Result():
            return result.result_view(words, journey, now.sheets)
        case Check():
            return pauses.check_view(words, journey)
        case None if not now.has_begun and (outage := words.place.outages.get(journey.definition.id)) is not None:
            return outage_view(words, journey, outage, now.call_back, now.unfolded, now.sheets)
        case None:
            return service_page.service_view(words, journey, now.unfolded, now.sheets)
