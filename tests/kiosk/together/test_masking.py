# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing that is private of any part reaches the line, and all that is there comes over it as it was."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from domain.consent import ConsentKind
from domain.service import Privacy
from domain.together import HelperTyped, HelpState
from kiosk.parts.catalogue import EXAMPLES
from kiosk.sight import Sight
from kiosk.together.masking import DOTS, masked
from kiosk.together.messages import Refused, Shown, Waits
from kiosk.together.wire import LONGEST, read, written
from kiosk.view import (
    AnswerRow,
    AnswerRows,
    BigNumber,
    Choices,
    Field,
    FieldRow,
    Heading,
    Notice,
    Option,
    Paragraph,
    Part,
    Snapshot,
    Snapshots,
    Understood,
    View,
)

MARK = "Zwartewaterplein"
PERSONAL = Privacy.PERSONAL
PRIVATE: tuple[Part, ...] = (
    Field("a", "Straat", MARK),
    FieldRow("b", (Field("c", "Straat", MARK), Field("d", "Plaats", MARK))),
    Understood("e", MARK, MARK),
    AnswerRows("f", (AnswerRow("change:adres", "Uw adres?", MARK),)),
    BigNumber("g", MARK),
    Paragraph("code", MARK, privacy=PERSONAL),
    Paragraph("h", MARK, privacy=PERSONAL),
    Heading("i", MARK, PERSONAL, "Uw vraag"),
    Notice("j", MARK, MARK, privacy=PERSONAL),
    Snapshots("k", (Snapshot("l", MARK, "Weg", MARK.encode(), spoken=MARK),)),
    Choices("m", (Option("x", "X"), Option(MARK, "Y")), frozenset({"x"}), privacy=PERSONAL),
)


def a_view(*parts: Part) -> View:
    return View("verhuizen.adres", "Uw adres", parts)


@pytest.mark.parametrize("part", PRIVATE, ids=lambda part: type(part).__name__)
def test_lets_no_private_text_onto_the_line(part: Part) -> None:
    seen = masked(a_view(part), Sight())
    if isinstance(part, Choices):
        assert '"chosen":{"set":[]}' in written(seen).decode()
    else:
        assert MARK not in written(seen).decode()


@pytest.mark.parametrize("part", PRIVATE[:-1], ids=lambda part: type(part).__name__)
def test_shows_the_same_whatever_was_typed(part: Part) -> None:
    def with_text(value: Any, text: str) -> Any:
        if type(value) is str:
            return value.replace(MARK, text)
        if isinstance(value, bytes):
            return value.replace(MARK.encode(), text.encode())
        if isinstance(value, tuple):
            return tuple(with_text(item, text) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{item.name: with_text(getattr(value, item.name), text) for item in fields(value)})
        return value

    short, long = with_text(part, "A"), with_text(part, "Een heel lang antwoord")
    assert short != long
    assert masked(a_view(short), Sight()) == masked(a_view(long), Sight())


def test_never_shows_a_secret_or_a_code_whatever_was_allowed() -> None:
    all_allowed = Sight(sees_answer=True, sees_row=lambda question_id: True, sees_told=True)
    secret = Privacy.SECRET
    parts: tuple[Part, ...] = (
        Field("a", "Code", MARK, privacy=secret),
        FieldRow("b", (Field("c", "Code", MARK, privacy=secret),)),
        Understood("e", MARK, privacy=secret),
        AnswerRows("f", (AnswerRow("change:code", "Code?", MARK, privacy=secret),)),
        BigNumber("g", MARK),
        Paragraph("code", MARK, privacy=PERSONAL),
        Paragraph("h", MARK, privacy=secret),
    )
    assert MARK not in written(masked(a_view(*parts), all_allowed)).decode()
    assert MARK in written(masked(a_view(Field("a", "Straat", MARK)), all_allowed)).decode()


def test_masks_a_field_that_is_empty_like_a_full_one() -> None:
    assert masked(a_view(Field("a", "Straat")), Sight()).parts == (Field("a", "Straat", DOTS),)


def test_brings_every_part_over_the_line_as_it_is() -> None:
    view = a_view(*EXAMPLES)
    shown = Shown(view, HelpState.COMING, ConsentKind.CONTACT, may_type=True, held=(ConsentKind.REST,))
    assert read(written(shown)) == shown
    for message in (Refused("a"), Waits(HelpState.CALLED), HelperTyped("a", "\ud83d half")):
        assert read(written(message)) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nonsense",
        b'{"kind":"Path","has":{}}',
        b'{"kind":"Point","has":{"wrong":1}}',
        b'{"enum":"Role","is":"king"}',
        b"[" * 100_000,
        b" " * (LONGEST + 1),
        b"\xff",
    ],
)
def test_reads_nothing_that_is_not_listed(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        read(line)
