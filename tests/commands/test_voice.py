# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Voice packs: rendered for real, found by what is said, and never trusted further than their fingerprints."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from commands.cli import FINE, PROBLEM
from commands.cli import run as loket
from commands.voice_engines import estimated_words
from commands.voice_texts import fixed_sentences
from kiosk.speech.clip import Clip
from kiosk.speech.rate import Rate
from kiosk.speech.voice_pack import MANIFEST, PackedVoice, VoicePackError, read_pack

NORMAL = Rate.NORMAL.words_per_minute
_RENDER = (
    "import sys, wave;"
    "said = sys.stdin.read(); file = wave.open(sys.argv[1], 'wb');"
    "file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050);"
    "file.writeframes(bytes(200) + bytes([1, 2]) * 100 * len(said)); file.close()"
)
ENGINE = f'{sys.executable} -c "{_RENDER}" {{file}}'


class Behind:
    """Counts what the voice behind the packs is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def warm_up(self) -> None:
        """Be ready."""

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        """Give nothing but silence."""
        self.asked.append(text)
        future: Future[Clip] = Future()
        future.set_result(Clip(22_050, b""))
        return future

    def close(self) -> None:
        """End."""


def build(folder: Path, *more: str) -> int:
    return loket(["voice", "build", "--out", str(folder), "--only", "programme/bar.", *more])


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    assert build(tmp_path, "--engine", ENGINE, "--name", "Proef", "--licence", "none") == FINE
    return tmp_path


def test_renders_every_fixed_sentence_and_plays_it_instead_of_the_voice_behind(voices: Path) -> None:
    behind = Behind()
    voice = PackedVoice(voices, behind)
    wanted = [row for row in fixed_sentences("nl") if row.key.startswith("programme/bar.")]
    assert len(wanted) >= 4
    for row in wanted:
        clip = voice.request(row.said, "nl", NORMAL).result()
        assert clip.n_samples == 100 + 100 * len(row.said)
        assert clip.words == estimated_words(row.said, clip.n_samples)
    assert behind.asked == []


def test_renders_with_espeak_where_no_engine_is_named(tmp_path: Path) -> None:
    assert build(tmp_path, "--lang", "de") == FINE
    pack = read_pack(tmp_path / "de")
    assert pack.name == "espeak-ng"
    assert all(pack.sound(clip).duration_s > 0.1 and clip.words for clip in pack.clips)


def test_asks_the_voice_behind_for_other_sentences_speeds_and_languages(voices: Path) -> None:
    behind = Behind()
    voice = PackedVoice(voices, behind)
    voice.request("Dat staat nergens.", "nl", NORMAL)
    voice.request("Terug", "nl", Rate.SLOW.words_per_minute)
    voice.request("Terug", "uk", NORMAL)
    voice.request("Terug", "../nl", NORMAL)
    assert len(behind.asked) == 4


def test_a_damaged_clip_is_told_and_said_by_the_voice_behind(voices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = next(clip for clip in read_pack(voices / "nl").clips if clip.said == "Terug")
    file = voices / "nl" / clip.file
    file.write_bytes(file.read_bytes()[:-2] + b"xx")
    behind = Behind()
    PackedVoice(voices, behind).request("Terug", "nl", NORMAL)
    assert behind.asked == ["Terug"]
    assert loket(["voice", "check", "--out", str(voices), "--only", "programme/bar."]) == PROBLEM
    assert f"damaged: {clip.file}" in capsys.readouterr().out
    assert build(voices, "--engine", ENGINE) == FINE


def test_a_text_that_changed_since_is_told(voices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = voices / "nl" / MANIFEST
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"said": "Terug"', '"said": "Achteruit"'))
    assert loket(["voice", "check", "--json", "--out", str(voices), "--only", "programme/bar."]) == PROBLEM
    found = json.loads(capsys.readouterr().out)
    assert found["stale"] == ["programme/bar.back"]
    assert found["missing"] == ["programme/bar.back"]


def test_an_interrupted_build_goes_on_where_it_was(voices: Path) -> None:
    manifest = voices / "nl" / MANIFEST
    before = {clip.file: (voices / "nl" / clip.file).stat().st_mtime_ns for clip in read_pack(voices / "nl").clips}
    found = json.loads(manifest.read_text(encoding="utf-8"))
    lost = found["clips"].pop()
    manifest.write_text(json.dumps(found))
    assert build(voices, "--engine", ENGINE) == FINE
    after = {clip.file: (voices / "nl" / clip.file).stat().st_mtime_ns for clip in read_pack(voices / "nl").clips}
    assert {file for file in before if before[file] != after[file]} == {lost["file"]}


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"format": 2}', '{"format": 1, "language": "nl"}', "[" * 100_000],
)
def test_a_broken_manifest_is_one_clear_error_and_no_silence(voices: Path, damage: str) -> None:
    (voices / "nl" / MANIFEST).write_text(damage)
    with pytest.raises(VoicePackError):
        read_pack(voices / "nl")
    behind = Behind()
    PackedVoice(voices, behind).request("Terug", "nl", NORMAL)
    assert behind.asked == ["Terug"]


def test_a_clip_outside_the_folder_is_refused(voices: Path) -> None:
    manifest = voices / "nl" / MANIFEST
    found = json.loads(manifest.read_text(encoding="utf-8"))
    found["clips"][0]["file"] = "../geheim.wav"
    manifest.write_text(json.dumps(found))
    with pytest.raises(VoicePackError):
        read_pack(voices / "nl")


def test_a_command_that_makes_no_sound_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(tmp_path, "--engine", "false {file}") == PROBLEM
    assert "false made no sound" in capsys.readouterr().err
    assert build(tmp_path, "--engine", "true") == PROBLEM
    assert "{file}" in capsys.readouterr().err
