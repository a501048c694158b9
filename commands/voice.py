# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket voice`: renders a voice pack, and says what a pack lacks or what in it is no longer true."""

from __future__ import annotations

import argparse
import hashlib
import json
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.voice_engines import CommandEngine, Engine, EspeakEngine, as_wav
from commands.voice_texts import FixedSentence, fixed_sentences
from kiosk.speech.rate import Rate
from kiosk.speech.voice_pack import FORMAT, MANIFEST, PackedClip, VoicePack, VoicePackError, read_pack

_STEP = 50  # sentences between two lines of progress, and between two times that the manifest is kept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["build", "check"], help="render a pack, or look at one")
    parser.add_argument("--lang", default="nl", metavar="XX", help="the language (nl)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the packs' folder; default: [speech] voice_dir")
    parser.add_argument(
        "--engine",
        metavar="COMMAND",
        default="",
        help='reads a sentence, writes sound: "piper --model nl.onnx --output_file {file}"; default: espeak-ng',
    )
    parser.add_argument("--name", default="", help="what the voice is called")
    parser.add_argument("--licence", default="", help="under which terms the voice may be used")
    parser.add_argument("--only", default="", metavar="KEY", help="only texts whose key begins like this")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Render or check; a failure names the clip and the remedy."""
    folder = arguments.out or load_settings(arguments.config).speech.voice_dir
    if folder is None:
        raise VoicePackError("no folder for voice packs", "give --out DIR, or set [speech] voice_dir")
    folder = folder / arguments.lang
    wanted = [row for row in fixed_sentences(arguments.lang) if row.key.startswith(arguments.only)]
    if not wanted:
        raise VoicePackError(f"there are no texts in {arguments.lang}", "see `loket content check` for the languages")
    if arguments.action == "build":
        _build(folder, wanted, arguments)
    return _report(folder, wanted, as_json=arguments.json)


def _build(folder: Path, wanted: Iterable[FixedSentence], arguments: argparse.Namespace) -> None:
    rate = Rate.NORMAL.words_per_minute
    engine: Engine = (
        CommandEngine(shlex.split(arguments.engine)) if arguments.engine else EspeakEngine(arguments.lang, rate)
    )
    folder.mkdir(parents=True, exist_ok=True)
    pack = VoicePack(
        folder,
        arguments.lang,
        arguments.name or engine.name,
        arguments.licence or "not stated",
        rate,
        _still_good(folder, arguments),
    )
    clips = {clip.said: clip for clip in pack.clips}
    rows = tuple(wanted)
    try:
        for number, row in enumerate(rows, start=1):
            if row.said not in clips:
                clips[row.said] = _rendered(folder, engine, row)
            if number % _STEP == 0 or number == len(rows):
                _write_manifest(pack, clips)
                print(f"{number}/{len(rows)} sentences", file=sys.stderr, flush=True)
    finally:
        engine.close()


def _still_good(folder: Path, arguments: argparse.Namespace) -> tuple[PackedClip, ...]:
    """Give the clips of an earlier, perhaps interrupted build with the same voice; of another voice none."""
    if not (folder / MANIFEST).exists():
        return ()
    pack = read_pack(folder)
    if arguments.name and pack.name != arguments.name:
        return ()
    return tuple(clip for clip in pack.clips if not _damage(pack, clip))


def _rendered(folder: Path, engine: Engine, row: FixedSentence) -> PackedClip:
    clip = engine.render(row.said)
    content = as_wav(clip)
    digest = hashlib.sha256(content).hexdigest()
    file = f"{hashlib.sha256(row.said.encode()).hexdigest()[:24]}.wav"
    _replace(folder / file, content)
    return PackedClip(row.key, row.sentence, row.said, file, digest, clip.words)


def _write_manifest(pack: VoicePack, clips: Mapping[str, PackedClip]) -> None:
    rows = [
        {
            "key": clip.key,
            "sentence": clip.sentence,
            "said": clip.said,
            "file": clip.file,
            "sha256": clip.sha256,
            "words": [[mark.start, mark.end, mark.sample] for mark in clip.words],
        }
        for clip in clips.values()
    ]
    found = {
        "format": FORMAT,
        "language": pack.language,
        "name": pack.name,
        "licence": pack.licence,
        "words_per_minute": pack.words_per_minute,
        "clips": rows,
    }
    _replace(pack.folder / MANIFEST, json.dumps(found, ensure_ascii=False, indent=1).encode())


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def _report(folder: Path, wanted: Iterable[FixedSentence], *, as_json: bool) -> int:
    pack = read_pack(folder)
    rows = tuple(wanted)
    fixed = {row.said for row in fixed_sentences(pack.language)}
    have = {clip.said for clip in pack.clips}
    missing = [row.key for row in rows if row.said not in have]
    stale = [clip.key for clip in pack.clips if clip.said not in fixed]
    damaged = [clip.file for clip in pack.clips if _damage(pack, clip)]
    if as_json:
        print(json.dumps({"clips": len(pack.clips), "missing": missing, "stale": stale, "damaged": damaged}))
    else:
        print(f"{pack.name} ({pack.language}, {pack.licence}): {len(pack.clips)} clips")
        for word, keys in (("no clip for", missing), ("text changed since", stale), ("damaged", damaged)):
            for key in keys:
                print(f"  {word}: {key}")
    return PROBLEM if missing or stale or damaged else FINE


def _damage(pack: VoicePack, clip: PackedClip) -> bool:
    try:
        pack.sound(clip)
    except VoicePackError:
        return True
    return False
