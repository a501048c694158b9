# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stopping now and going on another day, without e-mail: "Ik wil later verder" and "Verder met mijn code" (C25).

The code opens everything, so the hall never hears it. Which service it is stands on no screen before it is opened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.draft import DraftOutcome, DraftReply, KeptDraft
from domain.journey import Journey
from domain.service import Privacy
from kiosk.later_page import CODE, HEAR, KEEP, PRINT, WIPE, LaterPage
from kiosk.screens import start
from kiosk.screens.frame import forward, page, passing_name, tools
from kiosk.screens.pauses import answer_rows
from kiosk.screens.words import Words
from kiosk.view import (
    BACK,
    NEXT,
    BigNumber,
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
    Where,
)

_HERE = ZoneInfo("Europe/Amsterdam")


def keep_view(words: Words, now: LaterPage) -> View:
    """Say what is kept, where and how long; only then is there a choice."""
    title = words.tr("later.title")
    parts: list[Part] = [
        Heading("title", title),
        Paragraph("text", words.tr("later.text", days=str(words.place.draft_days))),
        Notice("code", words.tr("later.code_title"), words.tr("later.code_text"), icon="mdi6.key-outline"),
    ]
    if now.is_broken:
        parts.insert(1, _broken(words))
    if now.has_files:
        parts.append(Notice("files", words.tr("later.files"), tone=Tone.WARN, icon="mdi6.image-off-outline"))
    choice = (
        Button(KEEP, words.tr("later.keep"), icon="mdi6.check", weight=Weight.PRIMARY),
        Button(BACK, words.tr("stop.no"), icon="mdi6.arrow-left"),
    )
    parts.append(ButtonRow("choice", choice, fills=True))
    return page(words, "later", tuple(parts), title=title, has_back=False, focus=KEEP)


def wait_view(words: Words) -> View:
    """Show that it takes a moment; nothing can be pressed but the ways out."""
    title = words.tr("later_wait.title")
    return View(
        name="later-wait",
        title=title,
        parts=(Heading("title", title), Paragraph("text", words.tr("later_wait.text"), is_soft=True)),
        tools=tools(words),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        is_practice=words.place.is_practice,
        is_unsigned=words.place.is_unsigned,
    )


def kept_view(words: Words, now: LaterPage, kept: KeptDraft, print_state: str) -> View:
    """Show the code, until when it works and where; it is told this once."""
    title = words.tr("later_kept.title")
    parts: list[Part] = [
        Heading("title", title),
        BigNumber("code", kept.code, words.tr("later_kept.code"), privacy=Privacy.PERSONAL),
        Notice("day", last_day_text(words, kept), tone=Tone.GOOD, icon="mdi6.check-circle"),
        Paragraph("where", words.tr("later_kept.where")),
        Paragraph("once", words.tr("later_kept.once")),
    ]
    if now.is_broken:
        parts.append(_broken(words))
    if print_state:
        tone = Tone.GOOD if print_state == "printed" else Tone.INFO
        is_well = print_state in ("printing", "printed")
        key = f"confirm.{print_state}" if is_well else "later_kept.not_printed"
        parts.append(Notice("print_state", words.tr(key), tone=tone, icon="mdi6.printer-outline"))
    buttons = [Button(HEAR, words.tr("later_kept.hear"), icon="mdi6.volume-high")]
    if words.place.has_printer:
        key = "confirm.print_again" if print_state == "printed" else "later_kept.print"
        buttons.insert(0, Button(PRINT, words.tr(key), icon="mdi6.printer-outline", weight=Weight.PRIMARY))
    buttons.append(_wipe(words))
    parts.append(ButtonRow("paper", tuple(buttons), fills=True))
    return page(
        words,
        "later-kept",
        tuple(parts),
        title=title,
        primary=forward(words, "bar.done", icon="mdi6.check"),
        has_back=False,
        has_stop=False,
        is_wide=True,
        focus=PRINT if words.place.has_printer else HEAR,
    )


def last_day_text(words: Words, kept: KeptDraft) -> str:
    """Say until when it is kept; a day only when it was counted from a clock that can be right."""
    if kept.last_day is None:
        return words.tr("later_kept.days", days=str(kept.days))
    return words.tr("later_kept.day", date=words.day(kept.last_day))


def code_view(words: Words, now: LaterPage) -> View:
    """Ask for the code."""
    title = words.tr("start.later")
    if now.is_busy_visit:
        parts: tuple[Part, ...] = (Heading("title", title), Paragraph("busy", words.tr("later_code.busy")))
        return page(words, "later-code", parts, title=title)
    reply = now.reply
    if reply is not None and reply.outcome is not DraftOutcome.WRONG_CODE:
        return _refused_view(words, title, reply)
    error = words.tr("later_code.no_code") if now.is_no_code else ""
    if reply is not None:
        error = words.tr("later_code.wrong", tries=str(reply.tries_left))
    error = words.tr("problem.bsn") if now.is_taken else error
    parts = (
        Heading("title", title),
        Paragraph("text", words.tr("later_code.text"), is_soft=True),
        *((_broken(words),) if now.is_broken else ()),
        *((ErrorText(f"{CODE}.problem", error, about=CODE),) if error else ()),
        Field(CODE, words.tr("later_code.label"), now.typed, Keyboard.TEXT, 12, error=error),
        Paragraph("no_code", words.tr("later_code.lost"), is_soft=True),
    )
    return page(words, "later-code", parts, title=title, primary=forward(words), focus=CODE)


def _refused_view(words: Words, title: str, reply: DraftReply) -> View:
    is_locked = reply.outcome is DraftOutcome.LOCKED
    text = words.tr("later_code.locked", time=_time(reply.locked_until)) if is_locked else words.tr("later_code.over")
    parts = (Heading("title", title), Paragraph("text", text), start.person(words))
    return page(words, "later-code", parts, title=title)


def _time(moment: datetime | None) -> str:
    return moment.astimezone(_HERE).strftime("%H:%M") if moment else ""


def opened_view(words: Words, journey: Journey, now: LaterPage) -> View:
    """Show what was filled in, before going on where it stopped."""
    title = words.tr("later_opened.title")
    parts: list[Part] = [
        Where("where", passing_name(words, journey.definition)),
        Heading("title", title),
        Paragraph("help", words.tr("later_opened.help"), is_soft=True),
    ]
    if now.is_broken:
        parts.append(_broken(words))
    if now.is_changed:
        text = words.tr("later_opened.lost") if now.lost else ""
        parts.append(
            Notice("changed", words.tr("later_opened.changed"), text, tone=Tone.WARN, icon="mdi6.alert-circle-outline")
        )
    rows = answer_rows(words, journey)
    parts.append(replace(rows, rows=tuple(replace(row, change="", change_spoken="") for row in rows.rows)))
    parts.append(ButtonRow("own", (_wipe(words),)))
    return page(words, "later-opened", tuple(parts), title=title, primary=forward(words), focus=NEXT)


def wiped_view(words: Words) -> View:
    """Say that the code opens nothing any more."""
    title = words.tr("later_wiped.title")
    parts = (Heading("title", title), Paragraph("text", words.tr("later_wiped.text")))
    return page(words, "later-wiped", parts, title=title, primary=forward(words), has_back=False, focus=NEXT)


def _wipe(words: Words) -> Button:
    return Button(WIPE, words.tr("later.wipe"), icon="mdi6.delete-outline", weight=Weight.QUIET)


def _broken(words: Words) -> Notice:
    return Notice("broken", words.tr("later.broken"), tone=Tone.WARN, icon="mdi6.alert-circle-outline")
