# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence that a voice pack can hold: the fixed ones of the programme, the services and the walk, by key.

A sentence with a name between braces differs from visit to visit and stays for the synthesiser.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.content_translations import forms_of, read_messages
from i18n.texts import FOLDER
from kiosk.speech.script import lines_of
from kiosk.speech.utterance import Utterance
from resources.service_library import SERVICES
from resources.walk_book import WALK


@dataclass(frozen=True, slots=True)
class FixedSentence:
    """The nth sentence of a text, and how it is said."""

    key: str
    sentence: int
    said: str


def fixed_sentences(language: str) -> tuple[FixedSentence, ...]:
    """Give each sentence once, under the first key that has it."""
    found: dict[str, FixedSentence] = {}
    for key, text in _texts(language):
        for number, line in enumerate(lines_of((Utterance(key, text, language),), 0, 0)):
            said = line.said.text
            if "{" not in said and line.language == language:
                found.setdefault(said, FixedSentence(key, number, said))
    return tuple(found.values())


def _texts(language: str) -> Iterator[tuple[str, str]]:
    catalogue = FOLDER / f"{language}.po"
    if catalogue.exists():
        for message in read_messages(catalogue):
            key = message.id if isinstance(message.id, str) else message.id[0]
            for form in forms_of(message):
                yield f"programme/{key}", form
    folders = {f"services/{path.parent.name}": path for path in sorted(SERVICES.glob(f"*/{language}.toml"))}
    for name, path in {**folders, "walk": WALK / f"{language}.toml"}.items():
        if path.exists():
            yield from _flat(_read(path), f"{name}/")


def _read(path: Path) -> Mapping[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield f"{prefix}{name}", value
        elif isinstance(value, list):
            yield f"{prefix}{name}", "\n".join(str(line) for line in value)
        elif isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
