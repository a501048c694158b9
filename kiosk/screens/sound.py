# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page about listening: where am I, louder, slower, screen off; and the page to practise the keys on.

Both stand over the screen one was at, which comes back exactly as it was.
"""

from __future__ import annotations

from dataclasses import replace

from domain.key_names import KeyAction
from kiosk.screens.frame import page
from kiosk.screens.where import where_parts
from kiosk.screens.words import Words
from kiosk.speech.rate import Rate
from kiosk.speech.volume import MOST_VOLUME
from kiosk.view import (
    AGAIN,
    EAR,
    FASTER,
    LOUDER,
    PRACTISE,
    SCREEN,
    SLOWER,
    SOFTER,
    Button,
    ButtonRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Tone,
    View,
)


def sound_view(words: Words, under: View, volume: int) -> View:
    """Tell where one is and offer all that can be done about the voice."""
    is_off = words.preferences.is_screen_off
    parts: tuple[Part, ...] = (
        Heading("title", words.tr("sound.title")),
        *where_parts(words, under),
        ButtonRow(
            "hear",
            (
                Button(EAR, words.tr("sound.ear"), icon="mdi6.ear-hearing"),
                Button(AGAIN, words.tr("sound.again"), icon="mdi6.repeat"),
                Button(
                    SCREEN,
                    words.tr("sound.screen_on" if is_off else "sound.screen_off"),
                    icon="mdi6.monitor" if is_off else "mdi6.monitor-off",
                ),
                Button(PRACTISE, words.tr("sound.practise"), icon="mdi6.gesture-tap-button"),
            ),
        ),
        ButtonRow(
            "voice",
            (
                Button(SOFTER, words.tr("sound.softer"), icon="mdi6.volume-minus"),
                Button(LOUDER, words.tr("sound.louder"), icon="mdi6.volume-plus"),
                Button(SLOWER, words.tr("tool.slower"), icon="mdi6.tortoise"),
                Button(FASTER, words.tr("tool.faster"), icon="mdi6.rabbit"),
            ),
        ),
        Paragraph("volume", volume_text(words, volume), is_strong=True),
        Paragraph("rate", rate_text(words), is_strong=True),
        # Below what a finger looks for here; who walks the page with keys heard it before they come to it.
        Paragraph("keys", words.tr("sound.keys"), is_soft=True),
    )
    shown = page(words, "sound", parts, title=words.tr("sound.title"), focus=EAR)
    return replace(shown, is_over=True)


def volume_text(words: Words, volume: int) -> str:
    """Say how loud it is."""
    return words.tr("sound.volume", number=str(volume), total=str(MOST_VOLUME))


def rate_text(words: Words) -> str:
    """Say how fast it is."""
    return words.tr("sound.rate", number=str(words.preferences.speech_rate), total=str(len(Rate)))


def practice_view(words: Words, tried: str) -> View:
    """Say of each key what it does; nothing else happens."""
    parts: list[Part] = [
        Heading("title", words.tr("keys.title")),
        Paragraph("text", words.tr("keys.text")),
        Paragraph("leave", words.tr("keys.leave")),
    ]
    if tried in frozenset(KeyAction):
        name, does = words.tr(f"key.{tried}"), words.tr(f"key.{tried}.does")
        parts.append(Notice("key", name, does, tone=Tone.PLAIN, icon="mdi6.gesture-tap-button"))
    elif tried:
        parts.append(Notice("key", words.tr("key.other"), words.tr("key.other.does"), tone=Tone.PLAIN))
    shown = page(words, "keys", tuple(parts), title=words.tr("keys.title"))
    return replace(shown, is_over=True, is_trying_keys=True)
