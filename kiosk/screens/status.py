# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a case is, by its number and code: "Hoe ver is mijn vraag?" (features C22, U04).

No name, no answer. Which service it is stays unsaid too: who found the paper learns no more than a state and a day.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.case import CaseState
from domain.follow_up import FollowUpKind
from domain.reference_slips import ReferenceSlip, Slip
from domain.service import ServiceDefinition
from domain.status_check import FoundCase, Lateness, StatusOutcome, StatusReply, lateness
from kiosk.screens import start
from kiosk.screens.deal import clock_notice
from kiosk.screens.ending import STATUS_ICONS
from kiosk.screens.frame import forward, page
from kiosk.screens.words import Words
from kiosk.status_desk import CODE, CORRECT, NUMBER, REMIND, WITHDRAW, YES_WITHDRAW, CodeSlip, StatusPage
from kiosk.view import (
    BACK,
    Button,
    ButtonRow,
    ErrorText,
    Field,
    Heading,
    Keyboard,
    Notice,
    Paragraph,
    Part,
    Tone,
    View,
    Weight,
)

COMPLAINT = "fout"  # the service that takes a complaint
_HERE = ZoneInfo("Europe/Amsterdam")
_CHANGEABLE = frozenset(CaseState) - {CaseState.DRAFT, CaseState.DONE, CaseState.WITHDRAWN}


def ask_view(words: Words, now: StatusPage, call_back: ServiceDefinition | None) -> View:
    """Ask for number and code."""
    title = words.tr("start.status")
    slip, code_slip = _slip_text(words, now.slip), _code_text(words, now)
    bsn = words.tr("problem.bsn") if now.taken else ""
    slip, code_slip = (bsn or slip, code_slip) if now.taken != CODE else (slip, bsn)
    parts: list[Part] = [Heading("title", title), Paragraph("text", words.tr("status_ask.text"), is_soft=True)]
    if now.is_broken:
        parts.append(Notice("broken", words.tr("status_ask.broken"), tone=Tone.WARN, icon="mdi6.alert-circle-outline"))
    for part_id, label, error, keyboard, width in (
        (NUMBER, "status_ask.number", slip, Keyboard.TEXT, 20),
        (CODE, "status_ask.code", code_slip, Keyboard.DIGITS, 6),
    ):
        if error:
            parts.append(ErrorText(f"{part_id}.problem", error, about=part_id))
        parts.append(Field(part_id, words.tr(label), now.fields.get(part_id, ""), keyboard, width, error=error))
    parts += [
        Paragraph("no_paper", words.tr("status_ask.no_paper"), is_soft=True),
        *start.call_back_row(words, call_back),
    ]
    return page(
        words,
        "status",
        tuple(parts),
        title=title,
        primary=forward(words),
        focus=CODE if code_slip and not slip else NUMBER,
    )


def _slip_text(words: Words, slip: ReferenceSlip | None) -> str:
    if slip is None:
        return ""
    key = "wrong_somewhere" if slip.kind is Slip.WRONG and not slip.places else slip.kind.value
    places = ", ".join(str(place) for place in slip.places)
    return words.tr(f"status_slip.{key}", places=places, typed=str(slip.signs))


def _code_text(words: Words, now: StatusPage) -> str:
    if now.code_slip is None:
        return ""
    tries = now.reply.tries_left if now.code_slip is CodeSlip.WRONG and now.reply else 0
    return words.tr(f"status_code.{now.code_slip.value}", tries=str(tries))


def reply_view(words: Words, now: StatusPage, call_back: ServiceDefinition | None, moment: datetime) -> View:
    """Show what the store answered."""
    reply = now.reply
    if reply is None or reply.outcome is StatusOutcome.WRONG_CODE:
        return ask_view(words, now, call_back)
    if reply.case is not None:
        return _found_view(words, now, reply.case, call_back, moment)
    if reply.outcome is StatusOutcome.LOCKED:
        return _person_view(words, "locked", (words.tr("status_locked.text", time=_clock_time(reply)),), call_back)
    return _person_view(
        words, "unknown", (words.tr("status_unknown.text"), words.tr("status_question.text")), call_back
    )


def _clock_time(reply: StatusReply) -> str:
    return reply.locked_until.astimezone(_HERE).strftime("%H:%M") if reply.locked_until else ""


def _person_view(words: Words, name: str, texts: tuple[str, ...], call_back: ServiceDefinition | None) -> View:
    title = words.tr(f"status_{name}.title")
    parts: tuple[Part, ...] = (
        Heading("title", title),
        *(Paragraph(f"text.{number}", text) for number, text in enumerate(texts, start=1)),
        start.person(words),
        *start.call_back_row(words, call_back),
    )
    return page(words, f"status-{name}", parts, title=title)


def _found_view(
    words: Words, now: StatusPage, case: FoundCase, call_back: ServiceDefinition | None, moment: datetime
) -> View:
    is_doubtful = words.place.is_clock_doubtful
    late = Lateness.NO if is_doubtful else lateness(case, moment, words.today)
    parts: list[Part] = [Heading("title", words.tr(f"status.{case.state.value}.title")), _state(words, case)]
    if case.state in _CHANGEABLE and late is Lateness.NO and case.is_promise_sure and not case.is_withdrawn:
        parts.append(
            Paragraph(
                "promise", words.tr("status_found.promise", date=words.counted_day(case.promised_on)), is_strong=True
            )
        )
    parts += clock_notice(words)
    if case.is_withdrawn or FollowUpKind.WITHDRAWAL in now.kept:
        parts.append(_kept(words, "withdrawn"))
    elif case.corrections or FollowUpKind.CORRECTION in now.kept:
        parts.append(_kept(words, "corrected"))
    if now.adding_failed:
        parts.append(
            Notice("failed", words.tr("status_found.failed"), tone=Tone.WARN, icon="mdi6.alert-circle-outline")
        )
    if late is not Lateness.NO:
        parts += _late(words, now, case, late)
    parts += _own_steps(words, now, case)
    parts += start.call_back_row(words, call_back)
    return page(
        words,
        "status-found",
        tuple(parts),
        title=words.tr("start.status"),
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_stop=False,
        focus="title",
    )


def _state(words: Words, case: FoundCase) -> Notice:
    """Say where it is, in the words of the receipt: never that it was sent before a server said so (U04)."""
    icon = STATUS_ICONS.get(case.state, "mdi6.check-circle-outline")
    return Notice("status", words.tr(f"status.{case.state.value}.text"), icon=icon)


def _kept(words: Words, what: str) -> Notice:
    return Notice(what, words.tr(f"status_found.{what}"), tone=Tone.GOOD, icon="mdi6.check-circle")


def _late(words: Words, now: StatusPage, case: FoundCase, late: Lateness) -> list[Part]:
    if late is Lateness.NOT_KNOWN:
        return [Notice("late", words.tr("late.offline"), tone=Tone.WARN, icon="mdi6.calendar-alert")]
    parts: list[Part] = [Notice("late", words.tr("late.known"), tone=Tone.WARN, icon="mdi6.calendar-alert")]
    if case.reminded_on == words.today or FollowUpKind.REMINDER in now.kept:
        parts.append(_kept(words, "reminded"))
    else:
        button = Button(REMIND, words.tr("status_found.remind"), icon="mdi6.bell-ring-outline", weight=Weight.PRIMARY)
        parts.append(ButtonRow("remind", (button,)))
    complaint = next((found for found in words.library.services if found.id == COMPLAINT), None)
    if complaint is not None:
        parts.append(Paragraph("complain", words.tr("status_found.complain"), is_soft=True))
        go = Button(start.SERVICE + complaint.id, words.service(complaint, "tile"), icon=complaint.icon)
        parts.append(ButtonRow("complaint", (go,)))
    parts.append(Paragraph("ombudsman", words.tr("status_found.ombudsman"), is_soft=True))
    return parts


def _own_steps(words: Words, now: StatusPage, case: FoundCase) -> list[Part]:
    is_over = case.state not in _CHANGEABLE or case.is_withdrawn or FollowUpKind.WITHDRAWAL in now.kept
    if is_over:
        return []
    button = Button(WITHDRAW, words.tr("status_found.withdraw"), icon="mdi6.close-circle-outline", weight=Weight.QUIET)
    buttons = [button]
    if any(found.id == case.service_id for found in words.library.services):
        buttons.insert(0, Button(CORRECT, words.tr("status_found.correct"), icon="mdi6.pencil-outline"))
    return [ButtonRow("own", tuple(buttons))]


def withdraw_view(words: Words) -> View:
    """Ask once whether somebody really wants to stop; nothing is lost by going back."""
    title = words.tr("withdraw.title")
    return page(
        words,
        "status-withdraw",
        (
            Heading("title", title),
            Paragraph("text", words.tr("withdraw.text")),
            ButtonRow(
                "choice",
                (
                    Button(BACK, words.tr("withdraw.no"), icon="mdi6.arrow-left", weight=Weight.PRIMARY),
                    Button(YES_WITHDRAW, words.tr("withdraw.yes"), icon="mdi6.check"),
                ),
                fills=True,
            ),
        ),
        title=title,
        has_back=False,
        focus=BACK,
    )
