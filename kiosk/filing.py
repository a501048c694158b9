# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a confirmed order into a kept case and a receipt: words the lines, makes the PDF, hands it to the intake.

Runs off the UI thread and is imported there (reportlab costs 90 ms). The receipt exists only when the case is
durable; no Qt and no store of its own here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.case import CaseState, CaseSummary
from domain.errors import PaperError, StoreDamagedError, StoreError, StoreUnsureError
from domain.intake import Intake, initiator_from, prepare
from domain.journey import Explain, Journey
from domain.ports import Clock
from domain.receipt import Receipt, ReceiptTexts
from domain.service import Privacy, Side
from domain.submission import Document, SubmissionLine
from i18n.texts import Texts
from kiosk.effects import Order
from kiosk.paper.case_page import case_pdf
from kiosk.screens.deal import date_line, duty_text, owner_text
from kiosk.screens.language import UNCHECKED, is_checked
from kiosk.screens.letter_words import letter_notice
from kiosk.screens.pauses import advice_notice, haste_texts
from kiosk.screens.words import Surroundings, Words
from kiosk.staff_pages import case_lines, case_page, consent_lines, language_name
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary

# The title and the ending of the file name of what went with the answers, by media type.
ATTACHED = {
    "image/jpeg": ("attachment.photo", "jpg"),
    "image/png": ("attachment.photo", "png"),
    "application/pdf": ("attachment.paper", "pdf"),
    "audio/wav": ("attachment.spoken", "wav"),
}


class Filing:
    """Files orders of one device."""

    def __init__(
        self,
        intake: Intake,
        library: ServiceLibrary,
        texts_of: Callable[[str], Texts],
        place: Surroundings,
        clock: Clock,
        device_id: str,
    ) -> None:
        self._intake = intake
        self._library = library
        self._texts_of = texts_of
        self._place = place
        self._clock = clock
        self._device_id = device_id

    def file(self, order: Order) -> Receipt:
        """Keep the case durably and give its receipt; the same order twice is one case.

        Raises: StoreUnsureError when the disk cannot tell, and then only the same order may be tried again; StoreError,
        SealingError; then nothing was kept.
        """
        journey = Journey(order.definition, order.answers, order.today, is_flagged=bool(order.flag))
        dutch = self._words("nl", order)
        lines = (*case_lines(dutch, journey), *consent_lines(dutch, order.consents))
        prepared = prepare(
            journey=journey,
            lines=lines,
            documents=(*self._case_file(order, journey, lines), *self._attachments(order)),
            title=dutch.title(order.definition),
            explanation=_explanation(dutch, journey, order),
            language=order.language,
            reference=order.reference,
            case_id=order.case_id,
            now=self._clock.now(),
            key_id=self._intake.sealer.key_id,
            device_id=self._device_id,
            initiator=initiator_from(journey, order.language),
            filled_by=order.filled_by,
            document_seen=order.document_seen,
        )
        # Worded before the commit: whatever can still go wrong goes wrong while nothing is kept, so trying again, or
        # going back and confirming anew, never makes a second case.
        receipt = self.receipt(order, prepared.summary.state)
        if order.is_changed and not self._intake.store.forget(order.case_id):
            raise StoreError("an earlier form of this case is on its way already", "give the paper to the counter")
        try:
            state = self._intake.submit(prepared, order.status_code).state
        except (StoreUnsureError, StoreDamagedError):
            raise  # whoever mends the store files the same order again
        except StoreError:
            # The commit may have come through after all, or this is the second try: then the case is safe, once.
            kept = self._kept(order)
            if kept is None:
                raise
            state = kept.state
        return receipt if state is receipt.state else self.receipt(order, state)

    def _kept(self, order: Order) -> CaseSummary | None:
        try:
            return self._intake.store.summary(order.case_id)
        except StoreError as error:
            raise StoreUnsureError("the store cannot be read after a case was kept, or not", "look at it") from error

    def _case_file(self, order: Order, journey: Journey, lines: tuple[SubmissionLine, ...]) -> tuple[Document, ...]:
        dutch = self._words("nl", order)
        try:
            content = case_pdf(case_page(dutch, journey, order, lines, self._clock.now()))
        except PaperError:
            # The readable JSON goes with every case, so a page that cannot be made loses nothing.
            return ()
        name = f"{order.reference}.pdf"
        return (Document(dutch.tr("case_page.title"), name, "application/pdf", content),)

    def _attachments(self, order: Order) -> tuple[Document, ...]:
        """Give what goes with the answers as documents; their names say nothing of what is in them."""
        dutch = self._words("nl", order)
        found = []
        for number, attachment in enumerate(order.attachments, start=1):
            key, ending = ATTACHED[attachment.file.media_type]
            title = dutch.tr(key, number=str(number))
            name = f"{order.reference}-{number}.{ending}"
            found.append(Document(title, name, attachment.file.media_type, attachment.file.content))
        return tuple(found)

    def receipt(self, order: Order, state: CaseState) -> Receipt:
        """Word the receipt of an order."""
        journey = Journey(order.definition, order.answers, order.today, is_flagged=bool(order.flag))
        own = self._words(order.language, order)
        dutch = self._words("nl", order)
        is_unchecked, is_by_staff = not is_checked(own), order.filled_by.is_somebody
        haste = haste_texts(own, journey)
        dutch_haste = haste_texts(dutch, journey)
        return Receipt(
            reference=order.reference,
            status_code=order.status_code,
            submitted_at=self._clock.now(),
            promised_on=journey.promised_on,
            state=state,
            municipality=self._place.municipality,
            phone=self._place.phone,
            language=order.language,
            texts=replace(
                receipt_texts(own, journey, state),
                unchecked=own.tr(UNCHECKED) if is_unchecked else "",
                filled_by=own.tr("fill.by_staff") if is_by_staff else "",
            ),
            dutch=replace(
                receipt_texts(dutch, journey, state),
                unchecked=dutch.tr(UNCHECKED) if is_unchecked else "",
                filled_by=dutch.tr("fill.by_staff") if is_by_staff else "",
            ),
            is_urgent=journey.is_urgent,
            haste=" ".join(text for pair in haste for text in pair),
            dutch_haste=" ".join(text for pair in dutch_haste for text in pair),
        )

    def _words(self, language: str, order: Order) -> Words:
        return Words(
            self._texts_of(language),
            self._library,
            self._place,
            Preferences(language=language),
            order.today,
            is_beside_dutch=True,
        )


def _explanation(dutch: Words, journey: Journey, order: Order) -> str:
    """Say for staff by when, and in which language, the citizen hears."""
    clock = f" {dutch.tr('case_page.clock')}" if dutch.place.is_clock_doubtful else ""
    found = dutch.tr("case_page.explanation", date=dutch.counted_day(journey.promised_on))
    name = language_name(order.language)
    language_line = f" {dutch.tr('case_page.language')}: {name}." if name else ""
    by_staff = f" {dutch.tr('fill.by_staff')}" if order.filled_by.is_somebody else ""
    flagged = f" {dutch.tr('case_page.flag', flag=order.flag)}" if order.flag else ""
    return f"{found}{clock}{language_line}{by_staff}{flagged}"


def receipt_texts(words: Words, journey: Journey, state: CaseState) -> ReceiptTexts:
    """Word a receipt in one language; a private title does not get onto the paper."""
    service = journey.definition
    is_open = service.title_privacy is Privacy.OPEN
    # What has a last day comes first: it may not end up on a second page.
    with_last_day_first = sorted(journey.advice, key=lambda found: found.term is None)
    explained = (advice_notice(words, journey, Explain(found)) for found in with_last_day_first)

    effect = words.service(service, "effect") if words.has(service, "effect") else ""
    terms = [duty.term for duty in journey.duties]
    terms += [advice.term for advice in journey.advice]
    terms += [letter.term for letter in journey.letters]
    due = [(journey.due(term), term) for term in terms if term is not None]

    def duties(side: Side) -> tuple[str, ...]:
        return tuple(duty_text(words, journey, duty)[0] for duty in journey.duties if duty.side is side)

    def brought(bring_id: str) -> str:
        key = f"bring.{bring_id}"
        return f"{words.service(service, f'{key}.title')}. {words.service(service, f'{key}.otherwise')}"

    return ReceiptTexts(
        title=words.title(service) if is_open else words.service(service, "privacy_title"),
        saved=words.tr("confirm.saved"),
        number_label=words.tr("receipt.number"),
        code_label=words.tr("receipt.code"),
        status=f"{words.tr(f'status.{state.value}.title')} {words.tr(f'status.{state.value}.text')}",
        you_do_title=words.tr("service.you_do"),
        we_do_title=words.tr("service.we_do"),
        you_do=duties(Side.CITIZEN),
        we_do=duties(Side.GOVERNMENT),
        bring_title=words.tr("service.bring"),
        bring=tuple(brought(item.id) for item in journey.bring),
        advice=tuple(f"{notice.title} {notice.text}" for notice in explained),
        effect=" ".join(filter(None, (effect, *(letter_notice(words, journey, letter) for letter in journey.letters)))),
        late=words.tr("late.text"),
        contact=" ".join(filter(None, (words.tr("receipt.contact"), owner_text(words, service)))),
        date_line=date_line(words, journey.today),
        dates=tuple(words.counted_day(day, term) for day, term in due if day is not None),
    )
