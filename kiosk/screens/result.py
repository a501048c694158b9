# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result for who only wanted to know: what it is, the last day, the first step, whom to call (feature C29).

No case was made and nothing is kept; who wants a case after all goes on.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.journey import Explain, Journey
from domain.text_privacy import of_text
from kiosk.screens.deadlines import with_dutch
from kiosk.screens.deal import clock_notice
from kiosk.screens.frame import forward, page, passing_name
from kiosk.screens.letters import letter_parts
from kiosk.screens.pauses import advice_notice, haste_texts
from kiosk.screens.words import Words
from kiosk.view import NEXT, Button, ButtonRow, Heading, Notice, Paragraph, Part, Tone, View, Where

PRINT_STRIP = "result.print"
GO_ON = "result.go_on"


def result_view(words: Words, journey: Journey, states: Mapping[str, str]) -> View:
    """Show all that the answers led to; `states` tells what became of the papers."""
    service = journey.definition
    parts: list[Part] = [Where("where", passing_name(words, service)), Heading("title", words.tr("result.title"))]
    parts.extend(
        Notice(f"haste.{number}", title, text, Tone.DANGER, "mdi6.clock-alert-outline", service.title_privacy)
        for number, (title, text) in enumerate(haste_texts(words, journey))
    )
    parts.append(last_day_notice(words, journey))
    parts.extend(clock_notice(words))
    if state := states.get("strip"):
        tone = Tone.GOOD if state == "printed" else Tone.INFO
        parts.append(Notice("strip_state", words.tr(f"sheet.{state}"), tone=tone, icon="mdi6.printer-outline"))
    buttons = [Button(GO_ON, words.tr("result.go_on"), icon="mdi6.account-multiple-outline")]
    if words.place.has_printer:
        buttons.insert(0, Button(PRINT_STRIP, words.tr("result.print"), icon="mdi6.printer-outline"))
    parts.append(ButtonRow("result", tuple(buttons), fills=True))
    parts.extend(letter_parts(words, journey, states))
    parts.extend(advice_notice(words, journey, Explain(advice)) for advice in journey.advice)
    parts.append(
        Notice("person", words.tr("human.person"), words.tr("human.reach"), tone=Tone.HUMAN, icon="mdi6.phone")
    )
    parts.append(Paragraph("nothing_kept", words.tr("result.nothing_kept"), is_soft=True))
    return page(
        words,
        f"{service.id}.result",
        tuple(parts),
        title=words.tr("result.title"),
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_stop=False,
        is_wide=True,
        focus=PRINT_STRIP if words.place.has_printer else NEXT,
    )


def last_day_notice(words: Words, journey: Journey) -> Notice:
    """Say the last day to act, how far away it is and what to do by then."""
    found = journey.last_day
    if found is None:
        return Notice(
            "last_day", words.tr("result.no_last_day"), words.tr("result.no_last_day_text"), icon="mdi6.calendar-blank"
        )
    last_day, day = found
    key = f"last_day.{last_day.id}"
    # How far away a day is, nobody knows without knowing today.
    knows_today = not words.place.is_clock_doubtful
    is_past = knows_today and day < words.today

    def say(asked: Words) -> tuple[str, str]:
        said = asked.counted_day(day, last_day.term)
        text = asked.service(journey.definition, key, date=said)
        away = asked.texts.days_from(asked.today, day) if knows_today else ""
        title = asked.tr("result.last_day_past" if is_past else "result.last_day_is", date=said)
        return title, f"{away} {text}".strip()

    title, text = with_dutch(words, journey.definition, (key,), say)
    tone = Tone.DANGER if is_past else Tone.WARN
    privacy = of_text(journey.definition, last_day.term)
    return Notice("last_day", title, text, tone=tone, icon="mdi6.calendar-alert", privacy=privacy)
