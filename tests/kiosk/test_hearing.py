# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is heard is also shown (EN 301 549 5.1.5): every sound Loket makes, and the words on the screen that go with it.

A new sound must be put in the list here, with a test of its words.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from domain.attachment import FileContent
from i18n.texts import Texts
from kiosk.screens.ending import idle_view
from kiosk.screens.words import Words
from kiosk.speech.reading import utterances
from kiosk.view import Heading, Notice, Preferences, View
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, Citizen, library, texts_of
from tests.journeys.test_tell_back import confirmed

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = {
    "kiosk/speech/reader.py": "the voice: it says what stands on the screen",
    "kiosk/speech/chime.py": "the soft sound of the idle warning: heading and words stand on the screen",
    "kiosk/tray_sound.py": "what the visitor said, played back: the screen says that it was kept, and how long it is",
}
# What the voice adds to what stands there; each is to be seen in another way.
SEEN = {
    "voice.button": "a button looks like one",
    "voice.chosen": "what was chosen has a mark",
    "voice.choice": "how many choices there are can be seen",
    "voice.field_empty": "an empty field is empty",
    "voice.number_twice": "the number stays on the screen",
}


def test_the_list_of_sounds_is_whole() -> None:
    playing = set()
    for path in [*ROOT.glob("kiosk/**/*.py"), *ROOT.glob("assisted/**/*.py")]:
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        if any(
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "play"
            and ast.unparse(call.func.value).endswith("_output")
            for call in calls
        ):
            playing.add(path.relative_to(ROOT).as_posix())

    assert playing == set(SOUNDS)


def test_nothing_beeps_in_another_way() -> None:
    beeping = [
        path.name
        for path in ROOT.glob("kiosk/**/*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("QSoundEffect", "beep(", "QMediaPlayer"))
    ]

    assert beeping == []


def added_without_a_place(view: View) -> list[str]:
    """Give what is said of a view and neither stands there nor is in the list."""
    texts = Texts("nl")
    known = {texts.tr(key) for key in SEEN if key != "voice.choice"}
    buttons = {button.spoken for button in (*view.bar, *view.tools)}
    return [
        utterance.text
        for utterance in utterances(view)
        if not utterance.is_shown
        and utterance.text not in known
        and utterance.text not in buttons
        and not utterance.text.startswith("Keuze ")
        and utterance.part_id not in {row.id for part in view.parts if hasattr(part, "rows") for row in part.rows}
    ]


@pytest.mark.parametrize("service_id", ["bel", "schulden", "straat", "verhuizen"])
def test_what_the_voice_says_stands_on_the_screen_or_is_seen_in_another_way(service_id: str) -> None:
    citizen = Citizen()
    citizen.open(service_id)
    seen = [citizen.view]
    citizen.go_on()
    for _ in range(60):
        seen.append(citizen.view)
        if citizen.view.name.endswith(".check"):
            break
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
    seen += [confirmed(service_id).view]

    assert [text for view in seen for text in added_without_a_place(view)] == []


def test_the_soft_sound_of_the_idle_warning_has_words_and_a_picture() -> None:
    view = idle_view(Words(texts_of("nl"), library(), PLACE, Preferences(), FakeClock().now().date()), 60)
    notice = next(part for part in view.parts if isinstance(part, Notice))

    assert any(isinstance(part, Heading) and part.text for part in view.parts)
    assert "60" in notice.title
    assert notice.icon


def test_a_recording_that_can_be_played_has_words_on_the_screen() -> None:
    citizen = Citizen(place=replace(PLACE, has_microphone=True))
    citizen.open("fout").go_on()
    desk = citizen.navigator.desk
    for _ in range(40):
        if "spoken.start" in citizen.buttons():
            break
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
    citizen.press("spoken.start")
    desk.recorded(FileContent("audio/wav", b"RIFF", seconds=42))

    assert "spoken.play" in citizen.buttons()
    assert "Uw bericht is opgenomen: 0:42" in " ".join(citizen.notices)
