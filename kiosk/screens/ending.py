# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a visit ends: kept, stopped, idle, left in a hurry, or our own failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.case import CaseState
from domain.journey import Explain, Journey
from domain.receipt import Receipt
from domain.service import Also, AlsoKind, Privacy
from domain.text_privacy import strictest
from kiosk.screens.deal import bring, clock_notice, deal, owner_text
from kiosk.screens.filled_in import given_along
from kiosk.screens.frame import forward, hall_name, page, tools
from kiosk.screens.letters import letter_parts
from kiosk.screens.pauses import advice_notice, haste_texts
from kiosk.screens.rehearsal import OPEN_CARD
from kiosk.screens.start import SERVICE
from kiosk.screens.words import Words
from kiosk.view import (
    BACK,
    BigNumber,
    Button,
    ButtonRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Subheading,
    Tone,
    View,
    Weight,
)

PRINT = "confirm.print"
HEAR = "confirm.hear"
LARGE_NUMBER = "confirm.large"
YES_STOP = "stop.yes"
LATER = "stop.later"
STAY = "idle.stay"
AWAKE = "neutral.awake"
TRY_AGAIN = "failure.again"
PRINT_ANSWERS = "failure.print"

STATUS_ICONS = {
    CaseState.PENDING: "mdi6.inbox-arrow-down-outline",
    CaseState.SENDING: "mdi6.truck-outline",
    CaseState.RETRYING: "mdi6.inbox-arrow-down-outline",
    CaseState.REJECTED: "mdi6.account-voice",
}


def keeping_view(words: Words) -> View:
    """Show that the case is being written; stays until it is durable."""
    return View(
        name="keeping",
        title=words.tr("keeping.title"),
        parts=(Heading("title", words.tr("keeping.title")),),
        tools=tools(words),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        is_practice=words.place.is_practice,
        is_unsigned=words.place.is_unsigned,
    )


def confirmation_view(
    words: Words,
    journey: Journey,
    receipt: Receipt,
    state: CaseState,
    print_state: str,
    sheets: Mapping[str, str] = MappingProxyType({}),
) -> View:
    """Show the number, an honest status, the deal and what now (features C18, C21)."""
    service = journey.definition
    parts: list[Part] = [
        Notice("saved", words.tr("confirm.saved"), tone=Tone.GOOD, icon="mdi6.check-circle"),
        BigNumber("number", receipt.reference, words.tr("confirm.number")),
        _code(words, receipt),
        *given_along(words, receipt),
        Notice(
            "status",
            words.tr(f"status.{state.value}.title"),
            words.tr(f"status.{state.value}.text"),
            icon=STATUS_ICONS.get(state, "mdi6.check-circle-outline"),
        ),
    ]
    parts.extend(
        Notice(f"haste.{number}", title, text, Tone.DANGER, "mdi6.clock-alert-outline", service.title_privacy)
        for number, (title, text) in enumerate(haste_texts(words, journey))
    )
    if print_state:
        tone = Tone.GOOD if print_state == "printed" else Tone.INFO
        parts.append(Notice("print_state", words.tr(f"confirm.{print_state}"), tone=tone, icon="mdi6.printer-outline"))
    parts.append(_confirm_buttons(words, print_state))
    parts.extend(letter_parts(words, journey, sheets))
    parts.extend(clock_notice(words))
    parts.append(deal(words, journey))
    parts.extend(advice_notice(words, journey, Explain(advice)) for advice in journey.advice)
    parts.extend(bring(words, journey))
    if words.has(service, "effect"):
        effect = words.service(service, "effect")
        privacy = service.title_privacy
        parts.append(Notice("effect", effect, tone=Tone.WARN, icon="mdi6.information-outline", privacy=privacy))
    parts.extend(also_parts(words, journey))
    late = " ".join(filter(None, (words.tr("late.text"), owner_text(words, service))))
    parts.append(Paragraph("late", late, is_soft=True))
    return page(
        words,
        f"{service.id}.confirmation",
        tuple(parts),
        title=words.tr("confirm.saved"),
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_back=False,
        has_stop=False,
        is_wide=True,
        focus=PRINT if words.place.has_printer else HEAR,
    )


def _code(words: Words, receipt: Receipt) -> Paragraph:
    """Give the code: with the number beside it, it opens the case, so the hall does not hear it."""
    text = words.tr("confirm.code", code=receipt.status_code)
    instead = words.tr("voice.private_headphones" if words.preferences.is_screen_off else "voice.private_code")
    return Paragraph("code", text, is_strong=True, privacy=Privacy.PERSONAL, instead=instead)


def also_parts(words: Words, journey: Journey) -> tuple[Part, ...]:
    """Point out what may help as well, each with why; nothing of it is stored (feature L08)."""
    parts: list[Part] = []
    for kind in AlsoKind:
        found = [also for also in journey.also if also.kind is kind]
        if found:
            parts.append(Subheading(f"also.{kind.value}", words.tr(f"also.{kind.value}")))
            parts.extend(part for also in found for part in _also(words, journey, also))
    return tuple(parts)


def _also(words: Words, journey: Journey, also: Also) -> tuple[Part, ...]:
    title = words.service(journey.definition, f"also.{also.id}.title")
    why = words.service(journey.definition, f"also.{also.id}.why")
    service = next((item for item in words.library.services if item.id == also.service), None)
    icon = service.icon if service else "mdi6.lightbulb-on-outline"
    linked = service.title_privacy if service else Privacy.OPEN
    privacy = strictest(journey.definition.title_privacy, linked)
    notice = Notice(f"also.{also.id}", title, why, icon=icon, privacy=privacy)
    if service is None:
        return (notice,)
    text = words.tr("also.go", name=words.service(service, "tile"))
    instead = words.tr("also.go", name=hall_name(words, service)) if linked is not Privacy.OPEN else ""
    go = Button(SERVICE + service.id, text, service.icon, privacy=linked, instead=instead)
    return notice, ButtonRow(f"also.{also.id}.go", (go,))


def _confirm_buttons(words: Words, print_state: str) -> ButtonRow:
    buttons = []
    if words.place.has_printer:
        key = "confirm.print_again" if print_state == "printed" else "confirm.print"
        buttons.append(Button(PRINT, words.tr(key), icon="mdi6.printer-outline"))
    buttons.append(Button(HEAR, words.tr("confirm.hear"), icon="mdi6.volume-high"))
    buttons.append(Button(LARGE_NUMBER, words.tr("confirm.large"), icon="mdi6.magnify-plus-outline"))
    buttons.append(Button(OPEN_CARD, words.tr("service.phone_card"), icon="mdi6.message-text-outline"))
    return ButtonRow("receipt", tuple(buttons), fills=True)


def large_number_view(words: Words, receipt: Receipt) -> View:
    """Show the number in 20 mm digits, to write down when nothing can be printed (feature I10)."""
    return page(
        words,
        "large-number",
        (
            Heading("title", words.tr("confirm.write_down")),
            BigNumber("number", receipt.reference, words.tr("confirm.number"), is_whole_screen=True),
            _code(words, receipt),
        ),
        title=words.tr("confirm.write_down"),
        has_stop=False,
        is_wide=True,
        focus="bar.back",
    )


def stop_view(words: Words, *, can_keep: bool = False) -> View:
    """Ask before wiping what was typed (PEOPLE 1); "Nee, ga terug" comes first, then what keeps it (feature C25)."""
    later = (Button(LATER, words.tr("stop.later"), icon="mdi6.key-outline"),) if can_keep else ()
    return page(
        words,
        "stop",
        (
            Heading("title", words.tr("stop.title")),
            Paragraph("text", words.tr("stop.text"), is_soft=True),
            ButtonRow(
                "choice",
                (
                    Button(BACK, words.tr("stop.no"), icon="mdi6.arrow-left", weight=Weight.PRIMARY),
                    *later,
                    Button(YES_STOP, words.tr("stop.yes"), icon="mdi6.close-circle-outline"),
                ),
                fills=True,
            ),
        ),
        title=words.tr("stop.title"),
        has_back=False,
        has_stop=False,
        focus=BACK,
    )


def idle_view(words: Words, seconds: int, *, is_kept: bool = False) -> View:
    """Warn that the visit will be wiped, and let it be put off as often as wanted (feature C13)."""
    key = "idle.text_kept" if is_kept else "idle.text"
    view = page(
        words,
        "idle",
        (
            Heading("title", words.tr("idle.title")),
            Notice(
                "left",
                words.tr(key, seconds=str(seconds)),
                words.tr("idle.any_key"),
                icon="mdi6.timer-sand",
            ),
            ButtonRow(
                "choice",
                (
                    Button(STAY, words.tr("idle.stay"), icon="mdi6.hand-back-right-outline", weight=Weight.PRIMARY),
                    Button(YES_STOP, words.tr("idle.stop"), icon="mdi6.check"),
                ),
                fills=True,
            ),
        ),
        title=words.tr("idle.title"),
        has_back=False,
        has_stop=False,
        focus=STAY,
    )
    return replace(view, is_over=True)


def neutral_view(words: Words) -> View:
    """Show a screen that tells nobody what was done here ("Snel weg")."""
    return View(
        name="neutral",
        title=words.tr("neutral.title"),
        parts=(
            Heading("title", words.tr("neutral.title")),
            Paragraph("text", words.tr("neutral.text")),
            ButtonRow("go", (Button(AWAKE, words.tr("neutral.go"), icon="mdi6.arrow-right", icon_after=True),)),
        ),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=AWAKE,
    )


def failure_view(words: Words, *, can_print: bool, is_unsure: bool = False) -> View:
    """Say that we failed, what happened to the answers, and what can be done now."""
    buttons = [Button(TRY_AGAIN, words.tr("failure.again"), icon="mdi6.refresh", weight=Weight.PRIMARY)]
    if can_print:
        buttons.append(Button(PRINT_ANSWERS, words.tr("failure.print"), icon="mdi6.printer-outline"))
    return page(
        words,
        "failure",
        (
            Heading("title", words.tr("failure.title")),
            Paragraph("text", words.tr("failure.unsure" if is_unsure else "failure.text")),
            *([Paragraph("paper", words.tr("failure.paper"))] if can_print else []),
            Notice(
                "person", words.tr("human.person"), words.tr("human.reach"), tone=Tone.HUMAN, icon="mdi6.account-voice"
            ),
            ButtonRow("choice", tuple(buttons)),
        ),
        title=words.tr("failure.title"),
        focus=TRY_AGAIN,
    )
