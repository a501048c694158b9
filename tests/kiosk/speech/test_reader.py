# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reader says its queue in order, stops when told, and never waits for a broken voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from domain.service import Privacy
from kiosk.speech.privacy import Route
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.speech.utterance import Utterance
from tests.kiosk.speech.fakes import SAMPLES_PER_WORD, Diary, FakeOutput, FakeVoice


@dataclass
class Stage:
    voice: FakeVoice = field(default_factory=FakeVoice)
    output: FakeOutput = field(default_factory=FakeOutput)
    diary: Diary = field(default_factory=Diary)
    route: Route = Route.LOUDSPEAKER

    def __post_init__(self) -> None:
        self.reader = Reader(
            self.voice,
            self.output,
            lambda news: news(),
            self.diary,
            route=lambda: self.route,
            instead_of_private=lambda _language: "Dit staat op het scherm.",
        )

    def play_all(self, clips: int) -> None:
        for count in range(1, clips + 1):
            self.output.wait_for_clip(count)
            self.output.finish()

    @property
    def spoken(self) -> list[str]:
        return [spoken.text for spoken in self.reader.spoken]


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.reader.close()


def test_says_everything_in_order_and_then_finishes(stage: Stage) -> None:
    stage.reader.say([Utterance("title", "Goedemorgen. Welkom."), Utterance("next", "Verder")])
    stage.play_all(3)
    stage.diary.wait_for("finished")
    assert stage.spoken == ["Goedemorgen.", "Welkom.", "Verder"]
    assert not stage.reader.is_reading


def test_tells_sentence_and_words_at_their_place_in_the_shown_text(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "Kom. Op 14-12-2026 graag.")])
    stage.play_all(2)
    stage.diary.wait_for("finished")
    assert stage.diary.entries == [
        ("sentence", "a", 0, 4),
        ("word", "a", 0, 4),
        ("sentence", "a", 5, 25),
        ("word", "a", 5, 7),
        ("word", "a", 8, 18),
        ("word", "a", 19, 25),
        ("finished",),
    ]


def test_tells_a_word_only_when_it_is_heard(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "een twee drie")])
    stage.output.wait_for_clip(1)
    stage.output.advance(SAMPLES_PER_WORD)
    stage.diary.wait_for("word", "a", 4, 8)
    assert ("word", "a", 9, 13) not in stage.diary.entries


def test_makes_the_next_sentence_while_the_present_one_plays(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "Een."), Utterance("b", "Twee."), Utterance("c", "Drie.")])
    stage.output.wait_for_clip(1)
    stage.output.finish()
    stage.output.wait_for_clip(2)
    stage.output.advance(0)
    stage.diary.wait_for("word", "b", 0, 5)
    assert [text for text, _, _ in stage.voice.requests] == ["Een.", "Twee.", "Drie."]


def test_tells_nothing_more_after_stop(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "een twee")])
    stage.output.wait_for_clip(1)
    stage.reader.stop()
    before = list(stage.diary.entries)
    assert not stage.output.is_playing
    stage.output.finish()
    stage.reader.close()
    assert stage.diary.entries == before
    assert ("finished",) not in before


def test_delivers_nothing_that_was_under_way_when_stop_came() -> None:
    stage = Stage()
    late: list[Callable[[], None]] = []
    reader = Reader(stage.voice, stage.output, late.append, stage.diary)
    reader.say([Utterance("a", "een")])
    stage.output.wait_for_clip(1)
    reader.stop()
    for news in late:
        news()
    reader.close()
    assert late
    assert stage.diary.entries == []


def test_stops_at_once_while_the_voice_is_still_busy(stage: Stage) -> None:
    stage.voice.holds = True
    stage.reader.say([Utterance("a", "Langzaam.")])
    stage.voice.holds = False
    stage.reader.say([Utterance("b", "Snel.")])
    stage.play_all(1)
    stage.diary.wait_for("finished")
    assert stage.spoken == ["Snel."]


def test_repeats_the_last_utterance(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "Een."), Utterance("b", "Twee. Drie.")])
    stage.play_all(3)
    stage.diary.wait_for("finished")
    stage.reader.repeat()
    stage.output.wait_for_clip(4)
    assert stage.spoken[-1] == "Twee."


def test_goes_to_the_next_and_the_previous_utterance(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "Een."), Utterance("b", "Twee.")])
    stage.output.wait_for_clip(1)
    stage.reader.next()
    stage.output.wait_for_clip(2)
    stage.reader.previous()
    stage.output.wait_for_clip(3)
    assert stage.spoken == ["Een.", "Twee.", "Een."]


def test_says_the_sentence_again_at_the_new_rate(stage: Stage) -> None:
    stage.reader.say([Utterance("a", "Een. Twee.")])
    stage.output.wait_for_clip(1)
    stage.output.finish()
    stage.output.wait_for_clip(2)
    stage.reader.rate = Rate.FASTEST
    stage.output.wait_for_clip(3)
    assert stage.spoken == ["Een.", "Twee.", "Twee."]
    assert stage.voice.requests[-1] == ("Twee.", "nl", Rate.FASTEST.words_per_minute)


def test_asks_the_voice_once_for_a_fixed_text_and_each_time_for_a_private_one(stage: Stage) -> None:
    stage.route = Route.HEADPHONES
    said = [Utterance("a", "Vast."), Utterance("b", "Jansen", privacy=Privacy.PERSONAL)]
    stage.reader.say(said)
    stage.play_all(2)
    stage.diary.wait_for("finished")
    stage.reader.say(said)
    stage.output.wait_for_clip(3)
    stage.output.finish()
    stage.output.wait_for_clip(4)
    assert [text for text, _, _ in stage.voice.requests] == ["Vast.", "Jansen", "Jansen"]


def test_says_something_else_once_instead_of_private_texts_on_the_loudspeaker(stage: Stage) -> None:
    private = [Utterance("b", "Jansen. Piet.", privacy=Privacy.PERSONAL), Utterance("c", "7", privacy=Privacy.PERSONAL)]
    stage.reader.say([Utterance("a", "Uw naam."), *private, Utterance("d", "Verder")])
    stage.play_all(3)
    stage.diary.wait_for("finished")
    assert stage.spoken == ["Uw naam.", "Dit staat op het scherm.", "Verder"]
    assert ("sentence", "b", 0, 0) in stage.diary.entries


def test_says_what_fits_instead_of_each_kind_of_private_text(stage: Stage) -> None:
    field = Utterance("b", "9876 ZX", privacy=Privacy.PERSONAL, instead="Postcode: dat staat op het scherm.")
    answers = [Utterance(part, part, privacy=Privacy.PERSONAL, instead="Uw antwoord.") for part in ("c", "d")]
    stage.reader.say([field, *answers])
    stage.play_all(2)
    stage.diary.wait_for("finished")
    assert stage.spoken == ["Postcode: dat staat op het scherm.", "Uw antwoord."]


@pytest.mark.parametrize("route", Route)
def test_never_says_a_secret(stage: Stage, route: Route) -> None:
    stage.route = route
    stage.reader.say([Utterance("a", "1234", privacy=Privacy.SECRET), Utterance("b", "Verder")])
    stage.play_all(1)
    stage.diary.wait_for("finished")
    assert stage.spoken == ["Verder"]


def test_goes_on_in_silence_and_says_so_once_when_the_voice_fails(stage: Stage) -> None:
    stage.voice.fails = True
    stage.reader.say([Utterance("a", "Een. Twee.")])
    stage.play_all(2)
    stage.diary.wait_for("finished")
    assert stage.diary.entries.count(("voice_failed",)) == 1
    assert ("word", "a", 5, 10) in stage.diary.entries
    assert not any(any(clip.pcm) for clip in stage.output.played)


def test_finishes_at_once_when_there_is_nothing_to_say(stage: Stage) -> None:
    stage.reader.say([Utterance("a", " ... ")])
    stage.diary.wait_for("finished")
    assert stage.spoken == []
