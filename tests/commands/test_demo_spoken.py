# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Services done with six keys and the screen off: everything on every screen was spoken, in order."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands.demo_transcript import unspoken
from commands.view_texts import texts_of_view
from i18n.stretches import in_language
from kiosk.parts.catalogue import EXAMPLES
from kiosk.speech.reader import Spoken
from kiosk.speech.reading import utterances
from kiosk.speech.script import lines_of
from kiosk.view import Button, Option, Paragraph, Part, View
from tests.kiosk.window_views import SENDERS, choice_view

ROOT = Path(__file__).parents[2]


def said_of(view: View) -> list[Spoken]:
    """Give what a reader with headphones on would have said."""
    return [Spoken(found.part_id, found.text, found.text) for found in utterances(view)]


def demo(out: Path, *services: str) -> dict[str, list[dict[str, object]]]:
    asked = [argument for service in services for argument in ("--service", service)]
    command = [sys.executable, "main.py", "demo", "--keys-only", "--audio-only", "--json", "--out", str(out), *asked]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    found: dict[str, list[dict[str, object]]] = json.loads(ended.stdout.splitlines()[-1])
    return found


def check(cases: list[dict[str, object]], out: Path) -> None:
    for number, case in enumerate(cases, start=1):
        assert case["registered"] is True, case
        assert case["unspoken"] == [], case
        assert int(str(case["spoken_texts"])) > 100, case
        folder = out / "spoken" / f"{number:02}-{case['id']}"
        assert (folder / "transcript.txt").stat().st_size > 1000
        screens = json.loads((folder / "transcript.json").read_text(encoding="utf-8"))
        assert len(screens) == case["spoken_screens"]


@pytest.mark.timeout(240)
def test_two_services_are_done_by_ear_and_six_keys_and_every_text_was_spoken(tmp_path: Path) -> None:
    check(demo(tmp_path, "bel", "straat")["services"], tmp_path)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_all_services_are_done_by_ear_and_six_keys_and_every_text_was_spoken(tmp_path: Path) -> None:
    cases = demo(tmp_path)["services"]

    assert len(cases) == 17
    check(cases, tmp_path)


@pytest.mark.parametrize("part", EXAMPLES, ids=lambda part: f"{type(part).__name__}-{part.id}")
def test_every_text_of_every_kind_of_part_is_spoken(part: Part) -> None:
    view = View("example", "Voorbeeld", (part,))

    assert texts_of_view(view)
    assert unspoken(view, said_of(view)) == ()


def test_tells_the_part_whose_text_was_not_spoken() -> None:
    view = choice_view()
    heard = [said for said in said_of(view) if said.part_id != f"{SENDERS.id}.{SENDERS.options[1].id}"]

    assert [missing.part_id for missing in unspoken(view, heard)] == [SENDERS.options[1].id]


def test_tells_a_text_that_was_spoken_out_of_its_turn() -> None:
    view = choice_view()
    heard = said_of(view)
    heard.append(heard.pop(0))

    assert unspoken(view, heard)


def test_tells_a_button_of_the_bar_and_a_tool_that_were_not_spoken() -> None:
    view = choice_view()
    more = replace(
        view,
        parts=(*view.parts, replace(SENDERS, id="again", options=(Option("extra", "Nog een keuze"),))),
        bar=(*view.bar, Button("bar.extra", "Nog een knop")),
        tools=(*view.tools, Button("tool.extra", "Nog een hulpmiddel")),
    )

    assert [missing.part_id for missing in unspoken(more, said_of(view))] == ["extra", "bar.extra", "tool.extra"]


def test_a_piece_in_another_language_is_heard_in_its_sentence() -> None:
    text = f"Come to: {in_language('ma-vr 9-17, balie 1', 'nl')}."
    view = View("page", "", (Paragraph("text", text), Paragraph("more", "Bring your paper.")), language="en")
    said = [Spoken("text", line.written, line.said.text) for line in lines_of(utterances(view), 0, 0)]

    assert unspoken(view, said) == ()
    assert [found.part_id for found in unspoken(view, said[1:])] == ["text"]
