# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens between questions: haste, an explanation, the overview after four questions, and check answers."""

from __future__ import annotations

from domain.answers import Answer, Origin
from domain.journey import Ask, Explain, Hurry, Journey
from domain.service import Haste, LegalEffect, Privacy, ServiceDefinition
from domain.text_privacy import of_text
from kiosk.screens.deadlines import with_dutch
from kiosk.screens.filled_in import by_staff, origin_key
from kiosk.screens.frame import forward, page, passing_name
from kiosk.screens.wording import answer_text
from kiosk.screens.words import Words
from kiosk.view import (
    HUMAN,
    NEXT,
    AnswerRow,
    AnswerRows,
    Button,
    ButtonRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Tone,
    View,
    Where,
)

CHANGE = "change:"  # + question id
PRINT_PAPER_ROAD = "haste.print"


def haste_texts(words: Words, journey: Journey) -> tuple[tuple[str, str], ...]:
    """Give title and text of everything that cannot wait."""
    return tuple(_haste_text(words, journey.definition, haste, haste.phone) for haste in journey.hastes)


def _haste_text(words: Words, service: ServiceDefinition, haste: Haste, phone: str) -> tuple[str, str]:
    keys = (f"haste.{haste.id}.title", f"haste.{haste.id}.text")
    values = {"phone": phone} if phone else {}
    return with_dutch(
        words, service, keys, lambda asked: (asked.service(service, keys[0]), asked.service(service, keys[1], **values))
    )


def haste_view(words: Words, journey: Journey, hurry: Hurry, print_state: str = "") -> View:
    """Say at once that this cannot wait for a queue (PEOPLE 1), and whom to call."""
    service, haste = journey.definition, hurry.haste
    phone = haste.phone or words.place.phone
    title, text = _haste_text(words, service, haste, phone)
    # Above a condolence no shouting; the hall hears this heading, so it tells nothing.
    own_heading = f"haste.{haste.id}.heading"
    heading = words.service(service, own_heading) if words.has(service, own_heading) else words.tr("haste.title")
    parts: list[Part] = [
        Where("where", passing_name(words, service)),
        Heading("title", heading),
        Notice(
            "haste",
            title,
            text,
            tone=Tone.DANGER,
            icon="mdi6.clock-alert-outline",
            privacy=service.title_privacy,
        ),
        Notice("call", words.tr("haste.call", phone=phone), words.tr("haste.desk"), tone=Tone.HUMAN, icon="mdi6.phone"),
        Paragraph("go_on", words.tr("haste.go_on")),
    ]
    if words.place.has_printer:
        parts.append(
            ButtonRow("print", (Button(PRINT_PAPER_ROAD, words.tr("haste.print"), icon="mdi6.printer-outline"),))
        )
    if print_state:
        is_well = print_state in ("printing", "printed")
        text = words.tr(f"confirm.{print_state}" if is_well else "haste.not_printed")
        tone = Tone.GOOD if print_state == "printed" else Tone.INFO
        parts.append(Notice("print_state", text, tone=tone, icon="mdi6.printer-outline"))
    return page(
        words,
        f"{service.id}.haste.{haste.id}",
        tuple(parts),
        title=heading,
        primary=forward(words),
        focus=HUMAN,
    )


def advice_notice(words: Words, journey: Journey, explain: Explain) -> Notice:
    """Word an explanation that the answers led to."""
    service, advice = journey.definition, explain.advice
    day = journey.due(advice.term) if advice.term else None
    text_name = "text" if day is not None or advice.term is None else "text_no_date"
    keys = (f"advice.{advice.id}.title", f"advice.{advice.id}.{text_name}")

    def say(asked: Words) -> tuple[str, str]:
        values = {"date": asked.counted_day(day, advice.term)} if day else {}
        if advice.phone:
            values["phone"] = advice.phone
        return asked.service(service, keys[0], **values), asked.service(service, keys[1], **values)

    title, text = with_dutch(words, service, keys, say) if advice.term is not None else say(words)
    privacy = of_text(service, advice.term)
    return Notice(f"advice.{advice.id}", title, text, icon="mdi6.lightbulb-on-outline", privacy=privacy)


def explain_view(words: Words, journey: Journey, explain: Explain) -> View:
    """Show one explanation by itself, right after the answer that led to it."""
    service = journey.definition
    notice = advice_notice(words, journey, explain)
    return page(
        words,
        f"{service.id}.advice.{explain.advice.id}",
        (
            Where("where", passing_name(words, service)),
            Heading("title", notice.title, notice.privacy),
            Paragraph("text", notice.text, privacy=notice.privacy),
        ),
        title=notice.title if notice.privacy is Privacy.OPEN else passing_name(words, service),
        primary=forward(words),
        focus=NEXT,
    )


def answer_rows(words: Words, journey: Journey) -> AnswerRows:
    """Give every question that was answered, with the way to change it."""
    service = journey.definition
    rows = []
    for step in journey.steps():
        if not isinstance(step, Ask):
            continue
        question = step.question
        answer = journey.answers.get(question.id)
        if answer is None:
            continue
        asked = words.service(service, f"question.{question.id}.title")
        rows.append(
            AnswerRow(
                CHANGE + question.id,
                with_origin(words, asked, answer),
                answer_text(words, journey, question, answer),
                words.tr("check.change"),
                words.tr("check.change_spoken", question=asked),
                privacy=question.privacy,
            )
        )
    return AnswerRows("answers", tuple(rows))


def with_origin(words: Words, asked: str, answer: Answer) -> str:
    """Say beside a question who filled it in (feature U06); what somebody did alone needs no word."""
    return asked if answer.origin is Origin.SELF else words.tr(origin_key(words, answer.origin), question=asked)


def overview_view(words: Words, journey: Journey, number: int) -> View:
    """Show what was answered so far (feature C17)."""
    service = journey.definition
    return page(
        words,
        f"{service.id}.overview-{number}",
        (
            Where("where", passing_name(words, service)),
            Heading("title", words.tr("overview.title")),
            Paragraph("help", words.tr("overview.help"), is_soft=True),
            answer_rows(words, journey),
        ),
        title=words.tr("overview.title"),
        primary=forward(words),
        focus=NEXT,
    )


def check_view(words: Words, journey: Journey) -> View:
    """Show every answer before it is kept (feature C16)."""
    service = journey.definition
    parts: list[Part] = [
        Where("where", passing_name(words, service)),
        Heading("title", words.tr("check.title")),
        Paragraph("help", words.tr("check.help"), is_soft=True),
        *by_staff(words),
        answer_rows(words, journey),
    ]
    if service.legal_effect is not LegalEffect.NONE:
        effect = words.service(service, "effect")
        privacy = service.title_privacy
        parts.append(Notice("effect", effect, tone=Tone.WARN, icon="mdi6.information-outline", privacy=privacy))
    if journey.needs_person:
        parts.append(Notice("person", words.tr("check.person"), icon="mdi6.account-voice", tone=Tone.HUMAN))
    return page(
        words,
        f"{service.id}.check",
        tuple(parts),
        title=words.tr("check.title"),
        primary=forward(words, "bar.send", icon="mdi6.check"),
        focus=NEXT,
    )
