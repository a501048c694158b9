# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message in the visitor's own voice, or typed instead: record, listen, erase; always with a field to type in."""

from __future__ import annotations

from domain.attachment import Attachment
from kiosk.screens.asked import Asked, Phase, field_of
from kiosk.view import Button, ButtonRow, Notice, Paragraph, Part, Tone, Weight

START, STOP, PLAY, ERASE = "spoken.start", "spoken.stop", "spoken.play", "spoken.erase"
FIELD = "recording"


def spoken_parts(asked: Asked) -> tuple[Part, ...]:
    """Give the parts of what the microphone is doing, and the field."""
    return (*_recording(asked), field_of(asked, "text", "spoken_text", width=56, lines=3))


def _recording(asked: Asked) -> tuple[Part, ...]:
    words, beside = asked.words, asked.beside
    kept = beside.attachments.get(asked.state.fields.get(FIELD, ""))
    if beside.phase is Phase.RECORDING:
        title = words.tr("spoken.busy", time=clock_time(beside.heard.seconds))
        level = words.tr(f"spoken.level.{beside.heard.loudness.value}")
        stop = Button(STOP, words.tr(STOP), icon="mdi6.stop-circle-outline", weight=Weight.PRIMARY)
        return (
            Notice("spoken.state", title, level, Tone.WARN, "mdi6.microphone"),
            ButtonRow("spoken", (stop,)),
        )
    if kept is not None:
        return _kept(asked, kept)
    if not words.place.has_microphone:
        return (Paragraph("spoken.none", words.tr("spoken.not_here")),)
    start = Button(START, words.tr(START), icon="mdi6.microphone-outline")
    failed = (Notice("spoken.state", words.tr("spoken.failed"), tone=Tone.WARN),)
    return (
        *(failed if beside.phase is Phase.FAILED else ()),
        ButtonRow("spoken", (start,)),
        Paragraph("spoken.about", words.tr("spoken.about"), is_soft=True),
    )


def _kept(asked: Asked, kept: Attachment) -> tuple[Part, ...]:
    words = asked.words
    title = words.tr("spoken.kept", time=clock_time(kept.file.seconds))
    play = Button(PLAY, words.tr(PLAY), icon="mdi6.play-circle-outline")
    erase = Button(ERASE, words.tr(ERASE), icon="mdi6.trash-can-outline", weight=Weight.QUIET)
    return (
        Notice("spoken.state", title, words.tr("spoken.play_note"), Tone.GOOD, "mdi6.microphone"),
        ButtonRow("spoken", (play, erase)),
    )


def clock_time(seconds: int) -> str:
    """Write a length of time as minutes and seconds: "0:42"."""
    return f"{seconds // 60}:{seconds % 60:02}"
