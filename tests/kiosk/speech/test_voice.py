# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The voice process answers whatever it is sent, and the client outlives its death and its silence."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator

import pytest

from kiosk.speech.voice import EspeakVoice, VoiceError
from kiosk.speech.voice_process import LONGEST_TEXT, answer, leading_silence, words_by_token


class SilentSynthesiser:
    sample_rate = 1_000

    def use(self, language: str, rate: int) -> str:
        return "nl"

    def say(self, text: str) -> tuple[array[int], list[tuple[int, int]]]:
        return array("h", [0] * 50 + [5_000] * 10), [(0, 50)]


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice()
    yield voice
    voice.close()


def test_gives_sound_with_a_mark_for_each_word(voice: EspeakVoice) -> None:
    clip = voice.request("Wat is uw nieuwe adres?", "nl", 140).result(20)
    assert [(word.start, word.end) for word in clip.words] == [(0, 3), (4, 6), (7, 9), (10, 16), (17, 23)]
    assert 0.5 < clip.duration_s < 5
    assert any(clip.pcm)


def test_speaks_slower_at_a_lower_rate(voice: EspeakVoice) -> None:
    slow = voice.request("Dit is een zin.", "nl", 95).result(20)
    fast = voice.request("Dit is een zin.", "nl", 230).result(20)
    assert slow.duration_s > fast.duration_s * 1.4


def test_moves_the_word_marks_forward_only(voice: EspeakVoice) -> None:
    clip = voice.request("U betaalt 1.234,56 op 14-12-2026 (echt), 123.456 keer!", "nl", 140).result(20)
    assert [word.start for word in clip.words] == sorted({word.start for word in clip.words})
    assert [word.sample for word in clip.words] == sorted(word.sample for word in clip.words)
    assert all(0 <= word.sample <= clip.n_samples for word in clip.words)


@pytest.mark.parametrize("language", ["nl", "en", "ar", "uk", "tr", "pl", "de", "fr"])
def test_speaks_each_language_of_the_programme(voice: EspeakVoice, language: str) -> None:
    assert voice.request("123", language, 140).result(20).n_samples > 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01\x02",
        "😀 hallo 😀",
        "\ud800",
        "<speak>hallo</speak>",
        "[[h@l'oU]]",
        "x" * 100_000,
        "a " * 50_000,
        "؟",
    ],
    ids=["empty", "space", "control", "emoji", "surrogate", "markup", "phonemes", "long word", "long text", "sign"],
)
def test_answers_any_text(voice: EspeakVoice, text: str) -> None:
    clip = voice.request(text, "nl", 450).result(20)
    assert all(0 <= word.start < word.end <= LONGEST_TEXT for word in clip.words)


def test_falls_back_to_dutch_for_a_language_without_voice(voice: EspeakVoice) -> None:
    dutch = voice.request("Goedemorgen", "nl", 140).result(20)
    other = voice.request("Goedemorgen", "xx-../..", 140).result(20)
    # Not equal: espeak-ng carries a little of the sentence before into the next.
    assert other.n_samples == pytest.approx(dutch.n_samples, rel=0.02)


@pytest.mark.parametrize(
    "line",
    [
        b"garbage\n",
        b"\n",
        b"[1]\n",
        b"null\n",
        b'{"id": 1}\n',
        b'{"id":1,"text":2,"language":3,"rate":4}\n',
        b"[" * 100_000,
    ],
)
def test_answers_a_line_that_makes_no_sense(line: bytes) -> None:
    header, sound = answer(line, SilentSynthesiser())
    assert header["error"] == "request_not_understood"
    assert header["n_samples"] == 0
    assert sound == b""


def test_trims_the_silence_at_the_head_and_moves_the_words_with_it() -> None:
    header, sound = answer(b'{"id": 7, "text": "ja", "language": "nl", "rate": 140}\n', SilentSynthesiser())
    assert header["id"] == 7
    assert header["n_samples"] == len(sound) // 2 == 14
    assert header["words"] == [[0, 2, 4]]


def test_finds_no_silence_in_a_clip_without_sound() -> None:
    assert leading_silence(array("h", [0] * 50), 1_000) == 0


def test_snaps_split_and_backward_word_events_to_the_words_between_spaces() -> None:
    events = [(0, 0), (3, 10), (5, 20), (4, 15), (9, 12)]
    assert words_by_token("om 12.34 uur", events, 5) == [[0, 2, 0], [3, 8, 5], [9, 12, 7]]


def test_starts_the_voice_again_after_it_was_killed() -> None:
    voice = EspeakVoice()
    voice.request("Een.", "nl", 140).result(20)
    child = voice._child
    assert child is not None
    child.kill()
    child.wait()
    assert voice.request("Twee.", "nl", 140).result(20).n_samples > 0
    voice.close()


def test_ends_a_voice_that_hangs() -> None:
    voice = EspeakVoice([sys.executable, "-c", "import threading; threading.Event().wait()"], start_s=0.2)
    with pytest.raises(VoiceError):
        voice.request("Een.", "nl", 140).result(20)
    assert voice._child is None
    voice.close()


@pytest.mark.parametrize("says", ["", "print('hello')", 'print(\'{"id":1,"sample_rate":1,"n_samples":9,"words":[]}\')'])
def test_gives_up_on_a_voice_that_answers_nonsense(says: str) -> None:
    voice = EspeakVoice([sys.executable, "-c", says])
    with pytest.raises(VoiceError):
        voice.request("Een.", "nl", 140).result(20)
    voice.close()


def test_gives_up_when_there_is_no_voice_program() -> None:
    voice = EspeakVoice(["/no/such/program"])
    with pytest.raises(VoiceError):
        voice.request("Een.", "nl", 140).result(20)
    voice.close()


def test_keeps_the_text_out_of_the_error() -> None:
    voice = EspeakVoice([sys.executable, "-c", ""])
    error = voice.request("Jansen", "nl", 140).exception(20)
    assert "Jansen" not in str(error)
    voice.close()


def test_leaves_a_cancelled_order_alone_and_carries_out_the_next(voice: EspeakVoice) -> None:
    first = voice.request("Een lange zin die niemand meer wil horen.", "nl", 140)
    assert first.cancel()
    assert voice.request("Ja.", "nl", 140).result(20).n_samples > 0


def test_cancels_what_is_asked_after_closing() -> None:
    voice = EspeakVoice()
    voice.close()
    assert voice.request("Een.", "nl", 140).cancelled()
