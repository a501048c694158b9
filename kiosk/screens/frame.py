# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame that never moves: the tools above and the bar below, the same on every screen."""

from __future__ import annotations

from dataclasses import replace

from domain.service import Privacy, ServiceDefinition
from kiosk.screens.words import Words
from kiosk.view import (
    BACK,
    COLOURS,
    HUMAN,
    LANGUAGE,
    LEAVE,
    LOW,
    NEXT,
    READ,
    SIZE,
    SOUND,
    STOP,
    Button,
    Part,
    Preferences,
    TextSize,
    ThemeName,
    Tone,
    View,
    Weight,
)


def tools(words: Words) -> tuple[Button, ...]:
    """Give the tools; "Snel weg" last, at the far end."""
    is_reading = words.preferences.is_reading
    found = [
        Button(
            READ,
            words.tr("tool.read_stop" if is_reading else "tool.read"),
            icon="mdi6.stop-circle-outline" if is_reading else "mdi6.ear-hearing",
            is_on=is_reading,
        ),
        Button(SOUND, words.tr("tool.sound"), icon="mdi6.volume-high"),
        Button(SIZE, words.tr("tool.size"), icon="mdi6.format-size"),
        Button(COLOURS, words.tr("tool.colours"), icon="mdi6.circle-half-full"),
    ]
    if len(words.place.languages) > 1:
        found.append(Button(LANGUAGE, words.tr("tool.language"), icon="mdi6.earth"))
    found.append(Button(LEAVE, words.tr("tool.leave"), icon="mdi6.exit-run"))
    return tuple(found)


def human(words: Words) -> Button:
    """Give "Hulp van een mens", at the same place on every screen (feature C23)."""
    return Button(HUMAN, words.tr("bar.human"), icon="mdi6.account-voice", tone=Tone.HUMAN)


def back(words: Words) -> Button:
    """Give "Terug"."""
    return Button(BACK, words.tr("bar.back"), icon="mdi6.arrow-left")


def low(words: Words) -> Button:
    """Give the button that brings everything within reach of who sits; it stands low itself."""
    is_low = words.preferences.is_low
    key, icon = ("bar.high", "mdi6.arrow-collapse-up") if is_low else ("bar.low", "mdi6.arrow-collapse-down")
    return Button(LOW, words.tr(key), icon=icon, weight=Weight.QUIET, is_on=is_low)


def stop(words: Words) -> Button:
    """Give "Stoppen"."""
    return Button(STOP, words.tr("bar.stop"), icon="mdi6.close-circle-outline", weight=Weight.QUIET)


def forward(words: Words, key: str = "bar.next", icon: str = "mdi6.arrow-right", spoken: str = "") -> Button:
    """Give the one primary button at the far end."""
    return Button(NEXT, words.tr(key), icon=icon, weight=Weight.PRIMARY, icon_after=True, spoken=spoken)


def passing_name(words: Words, service: ServiceDefinition) -> str:
    """Name a service on the screens inside it, for who reads or hears along: a private title stays with the visitor."""
    return words.service(service, "tile" if service.title_privacy is Privacy.OPEN else "privacy_title")


def hall_name(words: Words, service: ServiceDefinition) -> str:
    """Give what the hall hears in place of a private title; empty where the title is open."""
    return "" if service.title_privacy is Privacy.OPEN else words.service(service, "privacy_title")


def page(
    words: Words,
    name: str,
    parts: tuple[Part, ...],
    *,
    title: str,
    primary: Button | None = None,
    has_back: bool = True,
    has_stop: bool = True,
    is_wide: bool = False,
    note: str = "",
    focus: str = "",
) -> View:
    """Put parts into the frame."""
    bar = [back(words)] if has_back else []
    bar.append(human(words))
    if words.place.is_portrait:
        bar.append(low(words))
    if has_stop:
        bar.append(stop(words))
    if primary is not None:
        bar.append(primary)
    return View(
        name=name,
        title=title,
        parts=parts,
        tools=tools(words),
        bar=tuple(bar),
        bar_note=note,
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=focus,
        is_wide=is_wide,
        is_practice=words.place.is_practice,
        is_unsigned=words.place.is_unsigned,
    )


def with_tool(now: Preferences, tool: str) -> Preferences:
    """Give what a tool makes of the preferences: reading on or off, the next size, the next colours.

    After the largest letters come large ones set wide apart: lines, words and letters (WCAG 1.4.12).
    """
    if tool == READ:
        # Without a voice a dark screen would be the end of the way.
        return replace(now, is_reading=not now.is_reading, is_screen_off=False)
    if tool == LOW:
        return replace(now, is_low=not now.is_low)
    if tool == SIZE:
        steps = [(size, False) for size in TextSize] + [(TextSize.LARGE, True)]
        at = (now.text_size, now.is_spaced)
        size, is_spaced = steps[(steps.index(at) + 1) % len(steps)] if at in steps else steps[0]
        return replace(now, text_size=size, is_spaced=is_spaced)
    themes = list(ThemeName)
    return replace(now, theme=themes[(themes.index(now.theme) + 1) % len(themes)])
