# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages at the kiosk: do you work here, number and PIN, what now.

A visitor who gets here learns nothing.
"""

from __future__ import annotations

from dataclasses import replace

from domain.service import Privacy
from domain.staff import Role
from kiosk.screens.frame import back, forward, tools
from kiosk.screens.out_of_service import out_of_service_view
from kiosk.screens.words import Words
from kiosk.staff_exit_desk import CLOSE, HELP, MAINTAIN, NUMBER, OPEN, PIN, REST, YES, Said, StaffPage, StaffSpot
from kiosk.view import (
    BACK,
    COLOURS,
    LEAVE,
    READ,
    SIZE,
    Button,
    ButtonRow,
    ErrorText,
    Field,
    Heading,
    Keyboard,
    Paragraph,
    Part,
    View,
    Weight,
)

_TOOLS = (READ, SIZE, COLOURS, LEAVE)


def staff_view(words: Words, page: StaffPage) -> View:
    """Give the page of now."""
    match page.spot:
        case StaffSpot.ASK:
            return _ask_view(words)
        case StaffSpot.SIGN_IN:
            return _sign_in_view(words, page)
        case StaffSpot.MENU | StaffSpot.MAINTENANCE:
            return _menu_view(words, page)
        case StaffSpot.REST:
            return replace(out_of_service_view(words), name=StaffSpot.REST.value)


def _ask_view(words: Words) -> View:
    """Ask before wiping what somebody typed: whoever rests a hand on the corner goes back (PEOPLE 1)."""
    title = words.tr("staff_ask.title")
    choice = ButtonRow(
        "choice",
        (
            Button(BACK, words.tr("stop.no"), icon="mdi6.arrow-left", weight=Weight.PRIMARY),
            Button(HELP, words.tr("staff_ask.help"), icon="mdi6.account-multiple-outline"),
            Button(YES, words.tr("staff_ask.yes"), icon="mdi6.badge-account-outline"),
        ),
        fills=True,
    )
    parts = (Heading("title", title), Paragraph("text", words.tr("staff_ask.text"), is_soft=True), choice)
    return replace(_page(words, StaffSpot.ASK, title, parts, focus=BACK), is_over=True)


def _sign_in_view(words: Words, page: StaffPage) -> View:
    title = words.tr("staff.title")
    parts: list[Part] = [Heading("title", title), Paragraph("text", words.tr("staff.text"), is_soft=True)]
    error = words.tr(f"staff.{page.said.value}") if page.said is not Said.NOTHING else ""
    if error:
        parts.append(ErrorText("problem", error, about=NUMBER))
    for field_id, key, text, width in ((NUMBER, "number", page.number, 6), (PIN, "pin", page.pin, 12)):
        parts.append(Field(field_id, words.tr(f"staff.{key}"), text, Keyboard.DIGITS, width, privacy=Privacy.SECRET))
    view = _page(words, StaffSpot.SIGN_IN, title, tuple(parts), focus=NUMBER)
    return replace(view, bar=(back(words), forward(words)))


def _menu_view(words: Words, page: StaffPage) -> View:
    title = words.tr("staff_menu.title")
    buttons = [
        Button(OPEN, words.tr("staff_menu.open"), icon="mdi6.door-open", weight=Weight.PRIMARY),
        Button(REST, words.tr("staff_menu.rest"), icon="mdi6.pause-circle-outline"),
        _maintain(words, page),
    ]
    if page.member is not None and page.member.role.may_close:
        buttons.append(Button(CLOSE, words.tr("staff_menu.close"), icon="mdi6.power"))
    parts = (Heading("title", title), ButtonRow("choice", tuple(buttons), fills=True))
    return _page(words, StaffSpot.MENU, title, parts, focus=OPEN)


def _maintain(words: Words, page: StaffPage) -> Button:
    """Give the way to look after the kiosk: all of it to IT, the paper to who else works here."""
    is_it = page.member is not None and page.member.role is Role.IT
    key, icon = ("maintain", "mdi6.wrench-outline") if is_it else ("refill", "mdi6.printer-outline")
    return Button(MAINTAIN, words.tr(f"desk.kiosk.menu.{key}"), icon=icon)


def _page(words: Words, spot: StaffSpot, title: str, parts: tuple[Part, ...], *, focus: str) -> View:
    return View(
        name=spot.value,
        title=title,
        parts=parts,
        tools=tuple(tool for tool in tools(words) if tool.id in _TOOLS),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=focus,
        is_practice=words.place.is_practice,
    )
