# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A voice pack: clips of fixed sentences, recorded or rendered beforehand, played before any synthesiser is asked.

A folder a language under `[speech] voice_dir`, with `manifest.json` and the clips it names (docs/voice-packs.md). A
sentence, speed or file that the pack does not have, or that is not what the manifest says, goes to the voice behind it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.errors import ExpectedError
from kiosk.speech.clip import Clip, WordMark
from kiosk.speech.voice import Voice

MANIFEST = "manifest.json"
FORMAT = 1
SAMPLE_RATE = 22_050
_LARGEST_MANIFEST = 64 * 1024 * 1024
_LARGEST_CLIP = 32 * 1024 * 1024


class VoicePackError(ExpectedError):
    """A pack that cannot be used; the voice behind it goes on."""

    slug = "voice-pack"


@dataclass(frozen=True, slots=True)
class PackedClip:
    """One sentence of a pack: of which text it is, how it is said, and the file with its fingerprint."""

    key: str
    sentence: int
    said: str
    file: str
    sha256: str
    words: tuple[WordMark, ...]


@dataclass(frozen=True, slots=True)
class VoicePack:
    """The pack of one language at one speed."""

    folder: Path
    language: str
    name: str
    licence: str
    words_per_minute: int
    clips: tuple[PackedClip, ...]

    def sound(self, packed: PackedClip) -> Clip:
        """Read a clip.

        Raises: VoicePackError when the file is not there, or is not the file that the manifest means.
        """
        path = self.folder / packed.file
        try:
            if path.stat().st_size > _LARGEST_CLIP:
                raise VoicePackError(f"the clip {packed.file} is too large", "build the pack again")
            content = path.read_bytes()
        except OSError:
            raise VoicePackError(f"the clip {packed.file} cannot be read", "copy the whole pack again") from None
        if hashlib.sha256(content).hexdigest() != packed.sha256:
            raise VoicePackError(
                f"the clip {packed.file} is not what the manifest says", "build or copy the pack again"
            )
        return Clip(SAMPLE_RATE, decoded(content, packed.file), packed.words)


def decoded(content: bytes, file: str) -> bytes:
    """Give the samples of a sound file (wav, flac, mp3, ogg): 16-bit, mono, at `SAMPLE_RATE`.

    Raises: VoicePackError.
    """
    import miniaudio  # noqa: PLC0415  slow to import, and only packs need it here

    try:
        sound = miniaudio.decode(content, nchannels=1, sample_rate=SAMPLE_RATE)
    except miniaudio.DecodeError:
        raise VoicePackError(f"the clip {file} is no sound", "use wav, flac, mp3 or ogg") from None
    return bytes(sound.samples)


def read_pack(folder: Path) -> VoicePack:
    """Read the manifest of a pack.

    Raises: VoicePackError that names what is wrong with it.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            raise VoicePackError(f"{path.name} is too large", "build the pack again")
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise VoicePackError(f"{path.name} is of another format", "build the pack with this version of Loket")
        return VoicePack(
            folder,
            str(found["language"]),
            str(found["name"]),
            str(found["licence"]),
            int(found["words_per_minute"]),
            tuple(_clip(row) for row in found["clips"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise VoicePackError(f"{path.name} cannot be understood", "build the pack again: loket voice build") from None


def _clip(row: Mapping[str, Any]) -> PackedClip:
    file = str(row["file"])
    if Path(file).name != file or file.startswith("."):
        raise ValueError(file)  # a clip lies in the folder of its manifest and nowhere else
    words = tuple(WordMark(int(start), int(end), int(sample)) for start, end, sample in row["words"])
    return PackedClip(str(row["key"]), int(row["sentence"]), str(row["said"]), file, str(row["sha256"]), words)


class PackedVoice:
    """Gives clips from the packs of a folder, and else those of the voice behind it. Belongs to the reader's thread."""

    def __init__(self, folder: Path, behind: Voice) -> None:
        self._folder = folder
        self._behind = behind
        self._packs: dict[str, tuple[VoicePack | None, Mapping[str, PackedClip]]] = {}

    def warm_up(self) -> None:
        """Get the voice behind ready; a pack is read when its language is first spoken."""
        self._behind.warm_up()

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        """Give the clip of a sentence; fails with VoiceError when the voice behind does."""
        pack, clips = self._pack(language)
        packed = clips.get(text)
        if pack is not None and packed is not None and pack.words_per_minute == rate_wpm:
            try:
                clip = pack.sound(packed)
            except VoicePackError:
                pass  # `loket voice check` and `loket doctor` tell; a visitor hears the other voice
            else:
                future: Future[Clip] = Future()
                future.set_result(clip)
                return future
        return self._behind.request(text, language, rate_wpm)

    def close(self) -> None:
        """End the voice behind."""
        self._behind.close()

    def _pack(self, language: str) -> tuple[VoicePack | None, Mapping[str, PackedClip]]:
        if language not in self._packs:
            nothing: tuple[VoicePack | None, Mapping[str, PackedClip]] = (None, MappingProxyType({}))
            folder = self._folder / language
            try:
                pack = read_pack(folder) if language.isalpha() and (folder / MANIFEST).exists() else None
            except (VoicePackError, OSError):
                pack = None
            self._packs[language] = nothing if pack is None else (pack, {clip.said: clip for clip in pack.clips})
        return self._packs[language]
