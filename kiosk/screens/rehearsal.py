# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The phone card on the screen, and "Eerst oefenen": the other side of the call, line by line (PEOPLE 6).

Phoning is the fear. Works offline, keeps nothing, and may be left at any line.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.service import ServiceDefinition
from i18n.stretches import in_language
from i18n.texts import DUTCH
from kiosk.screens.frame import forward, page
from kiosk.screens.words import Words
from kiosk.view import (
    NEXT,
    Button,
    ButtonRow,
    Card,
    CardLine,
    Columns,
    Heading,
    Notice,
    Paragraph,
    Part,
    Tone,
    View,
    Where,
)

PRINT_CARD = "phone_card.print"
HEAR_CARD = "phone_card.hear"
REHEARSE = "phone_card.rehearse"
HEAR_OTHER = "rehearse.hear_other"
HEAR_YOU = "rehearse.hear_you"
OPEN_CARD = "confirm.phone_card"
SAID_BY = {HEAR_CARD: ("unfolded",), HEAR_OTHER: ("other",), HEAR_YOU: ("you",)}
BUTTONS = frozenset({OPEN_CARD, PRINT_CARD, REHEARSE, *SAID_BY})
CARD = "phone_card"  # what became of its paper
_QUOTE = "mdi6.format-quote-open"
_MIDDLE = ("rehearse.other_more", "rehearse.other_listens", "rehearse.other_asks", "rehearse.other_explains")


def said_lines(words: Words, service: ServiceDefinition) -> tuple[tuple[str, str], ...]:
    """Give each sentence to say in Dutch, and what it means in the visitor's language (empty where that is Dutch)."""
    found = words.library.text(service.id, DUTCH, "phone_card")[0].splitlines()
    if words.language == DUTCH:
        return tuple((line, "") for line in found)
    # Said in Dutch by the voice too, and in its own order inside right-to-left words.
    dutch = [in_language(line, DUTCH) for line in found]
    text, is_own = words.library.text(service.id, words.language, "phone_card")
    own = words.service(service, "phone_card").splitlines() if is_own and text else []
    if len(own) != len(dutch):
        return tuple((line, "") for line in dutch)
    return tuple(zip(dutch, own, strict=True))


def phone_card_parts(words: Words, service: ServiceDefinition, states: Mapping[str, str]) -> tuple[Part, ...]:
    """Give the card with what can be done with it: hear it, practise, print it."""
    lines = said_lines(words, service)
    icon = "mdi6.message-text-outline"
    cards = [
        Card(
            "unfolded.card",
            words.tr("service.phone_card"),
            icon,
            tuple(CardLine(said, icon=_QUOTE, privacy=service.title_privacy) for said, _ in lines),
        )
    ]
    if any(meant for _, meant in lines):
        meanings = tuple(CardLine(meant, icon=_QUOTE, privacy=service.title_privacy) for _, meant in lines)
        cards.append(Card("unfolded.meaning", words.tr("phone_card.meaning"), "mdi6.earth", meanings))
    parts: list[Part] = [Columns("unfolded", tuple(cards))]
    if state := states.get(CARD):
        tone = Tone.GOOD if state == "printed" else Tone.INFO
        parts.append(Notice("card_state", words.tr(f"sheet.{state}"), tone=tone, icon="mdi6.printer-outline"))
    buttons = [
        Button(REHEARSE, words.tr(REHEARSE), icon="mdi6.phone-in-talk-outline"),
        Button(HEAR_CARD, words.tr(HEAR_CARD), icon="mdi6.volume-high"),
    ]
    if words.place.has_printer:
        buttons.append(Button(PRINT_CARD, words.tr(PRINT_CARD), icon="mdi6.printer-outline"))
    parts.append(ButtonRow("card_buttons", tuple(buttons)))
    return tuple(parts)


def phone_card_view(words: Words, service: ServiceDefinition, states: Mapping[str, str]) -> View:
    """Show the card by itself, reached from the confirmation."""
    title = words.tr("service.phone_card")
    parts = (Heading("title", title), Paragraph("calm", words.tr("phone_card.calm"), is_soft=True))
    return page(
        words,
        f"{service.id}.phone-card",
        (*parts, *phone_card_parts(words, service, states)),
        title=title,
        has_stop=False,
        is_wide=True,
        focus=REHEARSE,
    )


def rehearsal_view(words: Words, service: ServiceDefinition, number: int) -> View:
    """Show one turn of the call: what the other says, and what can be said back; after the last, a good word."""
    lines = said_lines(words, service)
    where = Where("where", words.tr("rehearse.where", number=str(min(number, len(lines))), total=str(len(lines))))
    name = f"{service.id}.rehearse-{number}"
    if number > len(lines):
        title = words.tr("rehearse.done")
        parts: tuple[Part, ...] = (
            Heading("title", title),
            Paragraph("text", words.tr("rehearse.done_text")),
            Paragraph("calm", words.tr("phone_card.calm"), is_soft=True),
        )
        primary = forward(words, "rehearse.close", icon="mdi6.check")
        return page(words, name, parts, title=title, primary=primary, has_stop=False, focus=NEXT)
    said, meant = lines[number - 1]
    title = words.tr("rehearse.title")
    yours = tuple(
        CardLine(text, icon=icon, privacy=service.title_privacy)
        for text, icon in ((said, _QUOTE), (meant, "mdi6.earth"))
        if text
    )
    cards = (
        Card(
            "other",
            words.tr("rehearse.other"),
            "mdi6.phone",
            (CardLine(_other(words, number, len(lines)), icon=_QUOTE),),
        ),
        Card("you", words.tr("rehearse.you"), "mdi6.account-voice", yours),
    )
    parts = (
        where,
        Heading("title", title),
        Columns("call", cards),
        ButtonRow(
            "hear",
            (
                Button(HEAR_OTHER, words.tr(HEAR_OTHER), icon="mdi6.volume-high"),
                Button(HEAR_YOU, words.tr(HEAR_YOU), icon="mdi6.volume-high"),
            ),
        ),
        Paragraph("try", words.tr("rehearse.try"), is_soft=True),
    )
    primary = forward(words)
    return page(words, name, parts, title=title, primary=primary, has_stop=False, is_wide=True, focus=NEXT)


def turns(words: Words, service: ServiceDefinition) -> int:
    """Give how many screens the exercise has, the good word at the end among them."""
    return len(said_lines(words, service)) + 1


def _other(words: Words, number: int, total: int) -> str:
    if number == 1:
        return words.tr("rehearse.other_first")
    if number == total:
        return words.tr("rehearse.other_last")
    return words.tr(_MIDDLE[(number - 2) % len(_MIDDLE)])
