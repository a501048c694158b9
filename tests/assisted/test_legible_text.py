# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a counter hears of a text for a citizen: plain, a long sentence, an office word, long words (L01)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from assisted.legible_text import LegibleText, legibility, said_of
from domain.call_attempts import CallAttempt
from domain.kind_request import Missing
from i18n.texts import Texts

TEXTS = Texts("nl", is_strict=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("   \n", ""),
        ("U krijgt de kaart. Haal hem op.", "Leesbaar: ja. Langste zin: 4 woorden."),
        (" ".join(["dag"] * 16) + ".", "Lange zin: 16 woorden. Maak er twee zinnen van."),
        ("Helaas gaat dat niet.", "Moeilijk woord: “helaas”. Zeg het gewoner."),
        (
            (
                "Gemeentelijke belastingverordeningen regelen uitvoeringsvoorschriften. "
                "Administratieve bezwaarprocedures vereisen ontvankelijkheidsbeoordelingen. "
                "Parkeervergunninghouders ontvangen informatiebrochures. Vergunningsvoorwaarden veranderen periodiek."
            ),
            "Veel lange woorden. Kies kortere woorden.",
        ),
    ],
)
def test_says_what_is_hard(text: str, said: str) -> None:
    assert said_of(text, TEXTS) == said


def test_says_it_below_the_field_and_to_a_screen_reader(qtbot: QtBot) -> None:
    field = LegibleText(TEXTS, "Bericht")
    qtbot.addWidget(field)
    field.put("Indien u komt.")
    assert "indien" in field.figure.text()
    assert field.field.accessibleDescription() == field.figure.text()


@pytest.mark.parametrize("missing", list(Missing))
def test_our_own_words_to_citizens_are_plain(missing: Missing) -> None:
    thing = TEXTS.tr(f"desk.ask.{missing.value}.thing")
    said = (
        TEXTS.tr("desk.ask.one_thing", thing=thing),
        TEXTS.tr(f"desk.ask.{missing.value}.how"),
        TEXTS.tr("desk.ask.by", day="dinsdag 8 december 2026"),
        TEXTS.tr("desk.ask.cannot", phone="14 000"),
    )
    assert legibility(" ".join(said)).is_plain


@pytest.mark.parametrize("key", ["desk.ask.card", "desk.ask.forward", "desk.ask.forward.us", "desk.ask.object"])
def test_our_own_letters_are_plain(key: str) -> None:
    fields = {
        "title": "Parkeren",
        "phone": "14 000",
        "to": "het UWV",
        "day": "dinsdag 8 december",
        "name": "Omar Aydin",
        "rule": "artikel 4",
    }
    assert legibility(TEXTS.tr(key, **fields)).is_plain


@pytest.mark.parametrize(("hour", "word"), [(8, "morning"), (13, "afternoon"), (19, "evening")])
def test_every_hour_has_a_greeting(hour: int, word: str) -> None:
    part = CallAttempt("", "", datetime(2026, 11, 24, hour, tzinfo=UTC), was_reached=False).day_part
    assert part.value == word
    assert TEXTS.tr(f"desk.sheet.greeting.{part.value}").startswith("Goede")
