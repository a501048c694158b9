# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an event does around "Ik wil later verder": keeping a draft, its code, and going on with it another day.

Nothing is handed out to be kept before the citizen chose it. The screens are `kiosk.screens.later`'s, what they are
made of `kiosk.later_page`'s; keeping and opening are `kiosk.draft_work`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from domain.draft import Draft, DraftOutcome, DraftReply, KeptDraft, draft_of, fitting, has_files
from domain.draft_code import parse_draft_code
from domain.service import ServiceDefinition
from kiosk.answer_book import AnswerBook
from kiosk.case_desk import CaseDesk
from kiosk.effects import Effect, EndVisit, ForgetDraft, KeepDraft, OpenDraft, Order, PrintDraftCode, SayParts
from kiosk.guide import Guide
from kiosk.later_page import CODE, HEAR, KEEP, PRINT, WAIT, WIPE, LaterPage
from kiosk.road import Road
from kiosk.screens import ending, start
from kiosk.screens.words import Words
from kiosk.spots import STEPS, Spot
from kiosk.view import Preferences, Typed


class DraftAsker(Protocol):
    """Who wants to go on later; `kiosk.navigator.Navigator` is the real one."""

    preferences: Preferences

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


class DraftDesk:
    """Takes the events and the news about the draft of one visit."""

    def __init__(self, asker: DraftAsker, road: Road, case: CaseDesk, guide: Guide, book: AnswerBook) -> None:
        self._asker = asker
        self._road = road
        self._case = case
        self._guide = guide
        self._book = book
        self._page = LaterPage()
        self._draft_id = ""  # of what this visit kept or opened
        self._service_id = ""
        self._place = Spot("service")  # where the citizen goes on
        self._from = Spot("start")  # where a wait goes back to

    @property
    def page(self) -> LaterPage:
        """Give what the screens are made of."""
        service = self._case.service
        files = service is not None and has_files(service, self._book.of(service))
        return replace(self._page, can_keep=self._can_keep, has_files=files)

    @property
    def is_filled(self) -> bool:
        """Tell whether a code stands on the screen."""
        return self._road.spot.name == "later-code" and bool(self._page.typed.strip())

    @property
    def is_kept(self) -> bool:
        """Tell whether the screen of now shows a code under which all of this is kept."""
        return self._road.spot.name == "later-kept"

    @property
    def _can_keep(self) -> bool:
        service = self._case.service
        if service is None or self._case.receipt is not None or not self._asker.words.place.draft_days:
            return False
        return bool(self._draft(service).answers)

    def _draft(self, service: ServiceDefinition) -> Draft:
        spot = self._guide.back_to
        place = (spot.name, spot.detail) if spot.name in STEPS else ("service", "")
        return draft_of(service, self._book.of(service), self._asker.preferences.language, place)

    def marked(self, order: Order) -> Order:
        """Let the draft of a case go with the case."""
        return replace(order, draft_id=self._draft_id) if order.definition.id == self._service_id else order

    # -- events ----------------------------------------------------------------------------------------------------

    @property
    def has_fields(self) -> bool:
        """Tell whether there is a field of ours on the screen."""
        return self._road.spot.name == "later-code"

    @property
    def asked(self) -> None:
        """Give no question: a code is asked."""
        return

    @property
    def entered(self) -> Mapping[str, str]:
        """Give what stands in the field on the screen."""
        return {CODE: self._page.typed}

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        self._page = replace(self._page, is_taken=field_id == CODE)

    def typed(self, event: Typed) -> None:
        """Take over what stands in the field of the code."""
        if event.field_id == CODE and self._road.spot.name == "later-code":
            self._page = replace(
                self._page, typed=event.text, is_no_code=False, is_taken=False, reply=None, is_broken=False
            )

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a button around later; None when it is another button."""
        page = self._page
        if button == ending.LATER and self._can_keep:
            self._page = LaterPage()
            self._road.spot = Spot("later")
        elif button == KEEP and self._can_keep and self._road.spot.name == "later":
            return self._keep()
        elif button == start.LATER and self._asker.words.place.draft_days:
            self._page = LaterPage(is_busy_visit=not self._book.is_empty)
            self._guide.go(Spot("later-code"))
        elif button == PRINT and page.kept is not None:
            words = self._asker.words
            return self._case.sheets.ask(PrintDraftCode(page.kept, words.language, words.today))
        elif button == HEAR:
            return (SayParts(("code", "day")),)
        elif button == WIPE and self._draft_id:
            return self._wait(ForgetDraft(self._draft_id))
        else:
            return None
        return ()

    def next(self) -> tuple[Effect, ...]:
        """Go on from a screen of ours."""
        match self._road.spot.name:
            case "later-kept":
                return (EndVisit(),)
            case "later-code":
                return self._open()
            case "later-opened" | "later-wiped":
                self._guide.go_to(self._place)
            case _:
                pass
        return ()

    def _keep(self) -> tuple[Effect, ...]:
        service = self._case.service
        if service is None:
            return ()
        draft = self._draft(service)
        self._place, self._service_id = Spot(*draft.place), service.id
        return self._wait(KeepDraft(draft, self._draft_id))

    def _open(self) -> tuple[Effect, ...]:
        code = parse_draft_code(self._page.typed)
        if self._page.is_busy_visit:
            return ()
        if code is None:
            self._page = replace(self._page, is_no_code=True, reply=None)
            return ()
        return self._wait(OpenDraft(code))

    def _wait(self, effect: KeepDraft | OpenDraft | ForgetDraft) -> tuple[Effect, ...]:
        self._page = replace(self._page, is_broken=False)
        self._from, self._road.spot = self._road.spot, Spot(WAIT)
        return (effect,)

    # -- news ------------------------------------------------------------------------------------------------------

    def kept(self, kept: KeptDraft | None) -> None:
        """Take the code; None when nothing was kept."""
        if kept is None:
            self._failed()
            return
        self._draft_id = kept.draft_id
        self._page = LaterPage(kept=kept)
        self._road.spot = Spot("later-kept")

    def answered(self, reply: DraftReply | None) -> None:
        """Take the answer to a code; None when there was none."""
        if reply is None:
            self._failed()
            return
        if reply.outcome is not DraftOutcome.OPENED or reply.draft is None:
            is_over = reply.outcome is DraftOutcome.EXPIRED
            self._page = LaterPage(typed="" if is_over else self._page.typed, reply=reply)
            self._road.spot = Spot("later-code")
            return
        self._take_up(reply.draft, reply.draft_id)

    def forgotten(self, *, is_gone: bool) -> None:
        """Take whether it is gone."""
        if not is_gone:
            self._failed()
            return
        self._draft_id, self._page = "", LaterPage()
        self._road.spot = Spot("later-wiped")

    def filed(self) -> None:
        """Take the news that the case is kept: its draft went with it."""
        if self._case.service is not None and self._case.service.id == self._service_id:
            self._draft_id = self._service_id = ""
            self._page = LaterPage()

    def _failed(self) -> None:
        self._page = replace(self._page, is_broken=True)
        self._road.spot = self._from

    def _take_up(self, draft: Draft, draft_id: str) -> None:
        words = self._asker.words
        service = next((found for found in words.library.services if found.id == draft.service_id), None)
        if service is None:
            self._road.spot = Spot("closed")
            return
        answers = fitting(draft, service, words.today)
        if draft.language in words.place.languages:
            self._asker.preferences = replace(self._asker.preferences, language=draft.language)
        self._draft_id, self._service_id, self._place = draft_id, service.id, Spot(*draft.place)
        self._page = LaterPage(
            is_changed=draft.service_version != service.version, lost=len(draft.answers) - len(answers)
        )
        self._guide.take_up(service, answers)
        self._guide.go(Spot("later-opened"))
