# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second road at name and birth date: "Leg uw kaart neer" (feature C36), from which document to what it says.

Never a condition: "Zelf typen" stands on every screen. What a chip says of a document is put kindly; a chip that cannot
be read or checked is no fault of the person.
"""

from __future__ import annotations

from dataclasses import replace

from domain.document_seen import SeenCheck
from domain.intake import APPLICANT
from domain.journey import Journey
from domain.service import Privacy, Question
from i18n.dates import format_date
from kiosk.card_page import (
    AGAIN,
    BIRTH,
    CAN,
    EXPIRY,
    KIND,
    LAY,
    NUMBER,
    OTHER_KEY,
    TYPE,
    USE,
    CardPage,
    Found,
    Stage,
)
from kiosk.devices.emrtd.document import DocumentKind
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.screens import start
from kiosk.screens.frame import forward, page, passing_name
from kiosk.screens.words import Words
from kiosk.view import (
    AnswerRow,
    AnswerRows,
    Button,
    ButtonRow,
    Choices,
    Drawing,
    ErrorText,
    Field,
    FieldRow,
    Heading,
    Keyboard,
    Notice,
    Option,
    Paragraph,
    Part,
    Sketch,
    Tone,
    View,
    Weight,
    Where,
)

BIRTH_DATE = "geboortedatum"
_FILLS = frozenset({APPLICANT, BIRTH_DATE})  # of `resources/services/shared`: about who asks, and nobody else
_ICONS = {
    DocumentKind.PASSPORT: "mdi6.passport",
    DocumentKind.ID_CARD: "mdi6.card-account-details-outline",
    DocumentKind.RESIDENCE_PERMIT: "mdi6.card-account-details-star-outline",
}
_STEPS = tuple(Step)
_STEP_ICONS = {
    Step.WAITING: "mdi6.tray-arrow-down",
    Step.ACCESS: "mdi6.key-outline",
    Step.FILES: "mdi6.text-box-search-outline",
    Step.CHECKS: "mdi6.shield-search",
}
_TO_DESK = frozenset({CardState.PASSIVE_FAILED, CardState.CLONE_SUSPECTED, CardState.BLOCKED})


def is_offered(words: Words, asked: Question) -> bool:
    """Tell whether a document can answer this question here and now."""
    return words.place.has_id_reader and asked.is_shared and asked.id in _FILLS


def second_road(words: Words, asked: Question) -> tuple[Part, ...]:
    """Give the way in, beside the field."""
    if not is_offered(words, asked):
        return ()
    button = Button(LAY, words.tr("card.lay"), icon=_ICONS[DocumentKind.ID_CARD], spoken=words.tr("card.lay_spoken"))
    return (ButtonRow("card", (button,), fills=True),)


def card_view(words: Words, journey: Journey, now: CardPage) -> View:
    """Give the screen of a stage."""
    where = Where("where", passing_name(words, journey.definition))
    match now.stage:
        case Stage.KIND:
            return _kind_view(words, where, now)
        case Stage.KEY:
            return _lines_view(words, where, now) if now.is_by_lines else _can_view(words, where, now)
        case Stage.READING:
            return _reading_view(words, where, now)
        case Stage.READ if now.found is not None:
            return _read_view(words, where, now, now.found)
        case _:
            return _ended_view(words, where, now)


def _kind_view(words: Words, where: Where, now: CardPage) -> View:
    title = words.tr("card_kind.title")
    parts: list[Part] = [
        where,
        Heading("title", title),
        Paragraph("text", words.tr("card_kind.text")),
    ]
    if now.asks_kind:
        parts.append(ErrorText("problem", words.tr("problem.choose-one"), about=KIND))
    options = tuple(Option(kind.value, words.tr(f"card_kind.{kind.value}"), icon) for kind, icon in _ICONS.items())
    chosen = frozenset({now.kind.value}) if now.kind is not None else frozenset[str]()
    parts += [
        Choices(KIND, options, chosen, label=title),
        Paragraph("reads", words.tr("card_kind.reads"), is_soft=True),
        _by_hand(words),
    ]
    return page(words, "card-kind", tuple(parts), title=title, primary=forward(words), focus=KIND)


def _can_view(words: Words, where: Where, now: CardPage) -> View:
    title = words.tr("card_can.title")
    error = _error(words, now, CAN)
    parts: list[Part] = [
        where,
        Heading("title", title),
        *_tries(words, now),
        Drawing("picture", Sketch.CARD_NUMBER, words.tr("card_can.text")),
        *_problem(CAN, error),
        Field(CAN, words.tr("card_can.field"), now.fields.get(CAN, ""), Keyboard.DIGITS, 8, error=error),
        ButtonRow(
            "roads",
            (
                Button(OTHER_KEY, words.tr("card_can.other"), icon="mdi6.card-search-outline"),
                *_by_hand(words).buttons,
            ),
        ),
    ]
    return page(words, "card-number", tuple(parts), title=title, primary=forward(words), focus=CAN)


def _lines_view(words: Words, where: Where, now: CardPage) -> View:
    is_passport = now.kind is DocumentKind.PASSPORT
    title = words.tr("card_lines.title_passport" if is_passport else "card_lines.title")
    number_error = _error(words, now, NUMBER)
    parts: list[Part] = [
        where,
        Heading("title", title),
        *_tries(words, now),
        Drawing("picture", Sketch.PASSPORT_PAGE if is_passport else Sketch.CARD_DATA, words.tr("card_lines.text")),
        *_problem(NUMBER, number_error),
        Field(
            NUMBER,
            words.tr("card_lines.number"),
            now.fields.get(NUMBER, ""),
            Keyboard.POSTCODE,
            14,
            error=number_error,
        ),
        *_date(words, now, BIRTH, "card_lines.birth"),
        *_date(words, now, EXPIRY, "card_lines.expiry"),
    ]
    others = (
        ()
        if is_passport
        else (Button(OTHER_KEY, words.tr("card_lines.other"), icon="mdi6.card-account-details-outline"),)
    )
    parts.append(ButtonRow("roads", (*others, *_by_hand(words).buttons)))
    first = next((name for name in (NUMBER, BIRTH, EXPIRY) if name in now.slips), NUMBER)
    focus = first if first == NUMBER else f"{first}.day"
    return page(words, "card-lines", tuple(parts), title=title, primary=forward(words), focus=focus)


def _date(words: Words, now: CardPage, name: str, label: str) -> tuple[Part, ...]:
    error = _error(words, now, name)
    picks = tuple(Option(str(number), words.texts.month(number)) for number in range(1, 13))

    def field(part: str, width: int) -> Field:
        field_id = f"{name}.{part}"
        text = now.fields.get(field_id, "")
        return Field(field_id, words.tr(f"field.{part}"), text, Keyboard.DIGITS, width, error=error)

    row = FieldRow(
        name, (field("day", 4), replace(field("month", 12), picks=picks), field("year", 6)), label=words.tr(label)
    )
    return (*_problem(name, error), row)


def _reading_view(words: Words, where: Where, now: CardPage) -> View:
    is_passport = now.kind is DocumentKind.PASSPORT
    title = words.tr("card_lay.title_passport" if is_passport else "card_lay.title")
    number = _STEPS.index(now.step) + 1
    told = words.tr("card_lay.two") if now.are_two else words.tr(f"card_lay.{now.step.value}")
    step = words.tr("card_lay.step", number=str(number), total=str(len(_STEPS)))
    parts: tuple[Part, ...] = (
        where,
        Heading("title", title),
        Notice("progress", told, step, tone=Tone.WARN if now.are_two else Tone.INFO, icon=_STEP_ICONS[now.step]),
        Drawing(
            "picture",
            Sketch.PASSPORT_ON_READER if is_passport else Sketch.CARD_ON_READER,
            words.tr("card_lay.text_passport" if is_passport else "card_lay.text"),
            step=number,
            steps=len(_STEPS),
        ),
        _by_hand(words),
    )
    return page(words, "card-reading", parts, title=title, focus=TYPE)


def _read_view(words: Words, where: Where, now: CardPage, found: Found) -> View:
    is_genuine = SeenCheck.SIGNATURE in found.checks
    key = "card_read.genuine" if is_genuine else f"card_read.{now.state.value}"
    title = words.tr("card_read.genuine.title" if is_genuine else "card_read.unchecked.title")
    rows = [_row("name", words.tr("card_read.name"), found.name)]
    if found.birth_date is not None:
        rows.append(_row("born", words.tr("card_read.birth"), format_date(found.birth_date, words.language)))
    tone, icon = (Tone.GOOD, "mdi6.check-decagram-outline") if is_genuine else (Tone.INFO, "mdi6.shield-outline")
    parts: list[Part] = [
        where,
        Heading("title", title),
        Notice("verdict", words.tr(f"{key}.text"), tone=tone, icon=icon),
        AnswerRows("found", tuple(rows)),
        *_no_birth(words, found),
        ButtonRow(
            "choice",
            (
                Button(USE, words.tr("card.use"), icon="mdi6.check", weight=Weight.PRIMARY),
                Button(TYPE, words.tr("card.type"), icon="mdi6.keyboard-outline"),
            ),
            fills=True,
        ),
        *_remarks(words, found),
        Paragraph("gone", words.tr("card_read.gone"), is_soft=True),
    ]
    return page(words, "card-read", tuple(parts), title=title, focus=USE)


def _row(row_id: str, label: str, text: str) -> AnswerRow:
    return AnswerRow(f"card.found.{row_id}", label, text, privacy=Privacy.PERSONAL)


def _no_birth(words: Words, found: Found) -> tuple[Part, ...]:
    if found.birth_date is not None:
        return ()
    return (Notice("no_birth", words.tr("card_read.no_birth"), icon="mdi6.calendar-question"),)


def _remarks(words: Words, found: Found) -> tuple[Part, ...]:
    key = "card_read.cut_off" if found.is_cut_off else "card_read.signs"
    signs = Paragraph("signs", words.tr(key))
    if not found.is_expired:
        return (signs,)
    return (Notice("expired", words.tr("card_read.expired"), icon="mdi6.calendar-alert"), signs)


def _ended_view(words: Words, where: Where, now: CardPage) -> View:
    key = f"card_state.{now.state.value}"
    title = words.tr(f"{key}.title")
    parts: list[Part] = [where, Heading("title", title), Paragraph("text", words.tr(f"{key}.text"))]
    parts += _tries(words, now)
    if now.state in _TO_DESK:
        parts.append(start.person(words))
    by_hand = _by_hand(words).buttons
    again = (Button(AGAIN, words.tr("card.again"), icon="mdi6.refresh"),) if now.may_try_again else ()
    parts.append(ButtonRow("choice", (*again, *by_hand), fills=True))
    # Where another try may lock the chip for good, typing comes first.
    focus = AGAIN if now.may_try_again and now.tries_left != 1 else TYPE
    return page(words, f"card-{now.state.value.replace('_', '-')}", tuple(parts), title=title, focus=focus)


def _tries(words: Words, now: CardPage) -> tuple[Part, ...]:
    """Warn before the card's own counter runs out."""
    left = now.tries_left
    if left is None:
        return ()
    if left == 0:
        return (Notice("tries", words.tr("card_tries.none"), tone=Tone.INFO, icon="mdi6.lock-outline"),)
    title = words.tr("card_tries.last") if left == 1 else words.tr("card_tries.more", tries=str(left))
    return (Notice("tries", title, words.tr("card_tries.text"), tone=Tone.WARN, icon="mdi6.alert-circle-outline"),)


def _by_hand(words: Words) -> ButtonRow:
    return ButtonRow("by_hand", (Button(TYPE, words.tr("card.type"), icon="mdi6.keyboard-outline"),), fills=True)


def _error(words: Words, now: CardPage, name: str) -> str:
    if now.taken.startswith(name):
        return words.tr("problem.bsn")
    slip = now.slips.get(name)
    return words.tr(f"card_slip.{slip.value}") if slip is not None else ""


def _problem(name: str, error: str) -> tuple[ErrorText, ...]:
    return (ErrorText(f"{name}.problem", error, about=name),) if error else ()
