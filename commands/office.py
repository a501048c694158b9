# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The office behind a window: joins filing and paper to the store, the key and the printer.

Made after the first paint (its imports cost a quarter of a second). Its store is opened and used in the store lane,
its printer in the device lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from commands.fault_lines import tell_of
from commands.joining import mend_store, open_draft_book, open_outages, open_status_book, open_store, read_public_key
from commands.profile_standing import profile_standing
from domain.clock_doubt import clock_doubt
from domain.draft import DraftBook, DraftReply, KeptDraft
from domain.errors import BsnRefusedError, PaperError, StoreDamagedError, StoreError
from domain.intake import BsnRules, Intake
from domain.journey import Journey
from domain.outage import Outage
from domain.ports import CaseStore, Clock, OutageBook, StatusBook
from domain.receipt import Receipt
from domain.settings import Settings
from domain.status_check import StatusReply
from i18n.texts import Texts
from kiosk.adding import Adding
from kiosk.code_paper import code_paper
from kiosk.effects import (
    AddToCase,
    AskStatus,
    ForgetDraft,
    KeepDraft,
    OpenDraft,
    Order,
    PrintDraftCode,
    PrintLetter,
    PrintPhoneCard,
    PrintStrip,
    Sheet,
)
from kiosk.filing import Filing
from kiosk.letters import letter_page
from kiosk.paper.code_strip import code_strip_pdf
from kiosk.paper.letter import letter_pdf
from kiosk.paper.paper_road import paper_road_pdf
from kiosk.paper.paper_size import Paper
from kiosk.paper.phone_card import phone_card_pdf
from kiosk.paper.receipt_page import receipt_pdf
from kiosk.paper.strip import strip_pdf
from kiosk.printing import Printer, PrintOutcome, PrintResult
from kiosk.screens.words import Surroundings, Words
from kiosk.staff_pages import paper_road
from kiosk.take_home import phone_card, strip
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary

OUTCOMES = {
    PrintOutcome.DONE: "printed",
    PrintOutcome.NO_PRINTER: "no_printer",
    PrintOutcome.PAPER_OUT: "paper_out",
    PrintOutcome.FAILED: "print_failed",
}


class KioskOffice:
    """Keeps and prints for one device (`kiosk.visit.Office`)."""

    def __init__(
        self,
        settings: Settings,
        library: ServiceLibrary,
        texts_of: Callable[[str], Texts],
        place: Surroundings,
        clock: Clock,
        printer: Printer,
    ) -> None:
        self._settings = settings
        self._library = library
        self._texts_of = texts_of
        self._place = place
        self._clock = clock
        self._printer = printer
        self._paper = Paper.A4 if settings.kiosk.paper == "a4" else Paper.ROLL_80
        self._store: CaseStore | None = None
        self._filing: Filing | None = None
        self._intake: Intake | None = None
        self._status_book: StatusBook | None = None
        self._draft_book: DraftBook | None = None
        self._outage_book: OutageBook | None = None

    @property
    def store(self) -> CaseStore:
        """Give the store, opened when first asked for.

        Raises: StoreError when it cannot be opened; it is tried again the next time.
        """
        if self._store is None:
            self._store = open_store(self._settings)
        return self._store

    def open(self) -> None:
        """Open store and key now, so that confirming is quick.

        Raises: StoreError, SealingError.
        """
        if self._filing is None:
            self.is_clock_doubtful()
            self._intake = Intake(
                self.store,
                read_public_key(self._settings),
                self._bsn_rules(),
                is_practice=self._settings.device.is_practice,
            )
            self._filing = self._filing_of(self._intake)

    def _bsn_rules(self) -> BsnRules:
        standing = profile_standing(self._settings, self._clock)
        return BsnRules(self._settings.device.rsin, may_be_asked=standing.may_ask_bsn)

    def is_clock_doubtful(self) -> bool:
        """Look at the clock, and at what the store saw last; what is kept and printed from now on holds to it."""
        try:
            seen, gap = self.store.last_seen(), self.store.clock_gap()
        except StoreError:
            seen, gap = None, None  # a store that cannot be read is told of when somebody confirms
        is_doubtful = clock_doubt(self._clock.now(), seen, gap) is not None
        if is_doubtful is not self._place.is_clock_doubtful:
            self._place = replace(self._place, is_clock_doubtful=is_doubtful)
            if self._intake is not None:
                self._filing = self._filing_of(self._intake)
        return is_doubtful

    def _filing_of(self, intake: Intake) -> Filing:
        return Filing(intake, self._library, self._texts_of, self._place, self._clock, self._settings.device.id)

    def file(self, order: Order) -> Receipt:
        """Keep a case durably; what its answers were kept under meanwhile goes.

        Raises: StoreError, SealingError; then nothing was kept.
        """
        receipt = self._file(order)
        if order.draft_id:
            try:
                self._drafts().forget(order.draft_id)
            except StoreError as error:
                tell_of(error)  # the case is safe; its draft goes on its last day
        return receipt

    def _file(self, order: Order) -> Receipt:
        try:
            return self._opened().file(order)
        except StoreDamagedError:
            # Set aside as it is; the new store takes the case. When it cannot be mended, the paper road is left.
            self._store, self._filing, self._intake = None, None, None
            mend_store(self._settings)
            return self._opened().file(order)

    def keep_copies(self) -> None:
        """Write the second copy of what was kept; the citizen has been told already."""
        if self._store is not None:
            self._store.write_copies()

    def _opened(self) -> Filing:
        self.open()
        self.is_clock_doubtful()
        if self._filing is None:  # `open` has raised, or made it
            raise AssertionError
        return self._filing

    def status(self, asked: AskStatus) -> StatusReply:
        """Tell how far a case is.

        Raises: StoreError.
        """
        return self._book().look_up(asked.reference, asked.status_code, self._clock.now())

    def add_to_case(self, added: AddToCase) -> None:
        """Keep durably what a citizen adds to a case.

        Raises: StoreError, SealingError; then nothing was kept.
        """
        sealer = read_public_key(self._settings)
        Adding(self._book(), sealer, self._texts_of, self._clock, self._bsn_rules()).add(added)

    def keep_draft(self, asked: KeepDraft) -> KeptDraft:
        """Keep answers durably, closed with a new code.

        Raises: StoreError, SealingError; then nothing was kept.
        """
        is_doubtful = self.is_clock_doubtful()
        return self._drafts().keep(
            asked.draft, self._clock.now(), is_clock_doubtful=is_doubtful, instead_of=asked.instead_of
        )

    def open_draft(self, asked: OpenDraft) -> DraftReply:
        """Answer a code.

        Raises: StoreError, SealingError.
        """
        is_doubtful = self.is_clock_doubtful()
        return self._drafts().open(asked.code, self._clock.now(), is_clock_doubtful=is_doubtful)

    def forget_draft(self, asked: ForgetDraft) -> None:
        """Take away what was kept under a code.

        Raises: StoreError.
        """
        self._drafts().forget(asked.draft_id)

    def _drafts(self) -> DraftBook:
        if self._draft_book is None:
            self._draft_book = open_draft_book(self._settings)
        return self._draft_book

    def _book(self) -> StatusBook:
        if self._status_book is None:
            self._status_book = open_status_book(self._settings)
        return self._status_book

    def outages(self) -> Mapping[str, Outage]:
        """Give what the municipality closed for now; what cannot be read closes nothing.

        Raises: SealingError when the municipality's key cannot be read.
        """
        if self._outage_book is None:
            self._outage_book = open_outages(self._settings)
        return {} if self._outage_book is None else self._outage_book.outages(self._clock.now())

    def print_receipt(self, receipt: Receipt) -> str:
        """Print the receipt and tell truthfully whether it came out."""
        try:
            pdf = receipt_pdf(receipt, self._paper)
        except PaperError:
            return "print_failed"
        return self._printed(self._printer.print_pdf(pdf, self._paper))

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        """Print the paper for the counter; works without store and key."""
        try:
            if not self._bsn_rules().may_be_asked:  # this paper is made where the case was not kept too
                given = (text for answer in order.answers for text in answer.fields.values())
                self._bsn_rules().refuse_texts(given)
            pdf = self._paper_road(order, is_haste=is_haste)
        except (BsnRefusedError, PaperError):
            return "print_failed"
        return self._printed(self._printer.print_pdf(pdf, Paper.A4))

    def print_sheet(self, sheet: Sheet) -> str:
        """Print a letter, the strip of a result or a phone card; works without store and key."""
        paper = self._paper if isinstance(sheet, PrintStrip | PrintDraftCode) else Paper.A4
        try:
            pdf = self._sheet(sheet, paper)
        except PaperError:
            return "print_failed"
        return self._printed(self._printer.print_pdf(pdf, paper))

    def _sheet(self, sheet: Sheet, paper: Paper) -> bytes:
        match sheet:
            case PrintPhoneCard():
                own, dutch = self._both_words(sheet.language, sheet.today)
                return phone_card_pdf(phone_card(own, dutch, sheet.definition))
            case PrintDraftCode():
                own, dutch = self._both_words(sheet.language, sheet.today)
                return code_strip_pdf(code_paper(own, dutch, sheet.kept), paper)
            case PrintLetter() | PrintStrip():
                order = sheet.order
                own, dutch = self._both_words(order.language, order.today)
                journey = Journey(order.definition, order.answers, order.today, is_flagged=bool(order.flag))
                if isinstance(sheet, PrintStrip):
                    return strip_pdf(strip(own, dutch, journey), paper)
                letter = next(found for found in journey.letters if found.id == sheet.letter_id)
                return letter_pdf(letter_page(own, dutch, journey, letter))

    def _both_words(self, language: str, today: date) -> tuple[Words, Words]:
        own, dutch = (
            Words(
                self._texts_of(code),
                self._library,
                self._place,
                Preferences(language=code),
                today,
                is_beside_dutch=True,
            )
            for code in (language, "nl")
        )
        return own, dutch

    def _paper_road(self, order: Order, *, is_haste: bool) -> bytes:
        journey = Journey(order.definition, order.answers, order.today, is_flagged=bool(order.flag))
        own, dutch = self._both_words(order.language, order.today)
        return paper_road_pdf(paper_road(own, dutch, journey, order, self._clock.now(), is_haste=is_haste))

    @staticmethod
    def _printed(result: PrintResult) -> str:
        return OUTCOMES[result.outcome]
