# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The state of each translated text: missing, a machine's, checked by somebody, or older than its Dutch.

`checked-LANG.toml` beside the services says who checked what (`resources.checked_texts` reads it for the kiosk);
`translated-LANG.toml` says which Dutch each translation was made from, so that a change of the Dutch is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commands.content_translations import forms_of, is_asked_of, is_only_dutch, languages_of, read_messages
from domain.errors import DefinitionError
from domain.text_table import parse_texts
from i18n.texts import DUTCH
from resources.checked_texts import PROGRAMME, WALK, CheckedTexts, Signature, sum_of
from resources.service_library import SHARED

_HEAD = """\
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""
_CHECKED = """\
# Who checked which text, and when. Made by `loket content checked {language} --by NAME`; never by hand. What is not
# here, nobody checked. A signature holds for the Dutch and the translation as they were: `sum` is of both.
"""
_TRANSLATED = """\
# Of each text: the sum of the Dutch it was translated from, and of the translation. Made by
# `loket content translated {language}`; `loket content check` tells by it which Dutch changed since.
"""
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TextPair:
    """One text in Dutch and in another language; `own` is empty where it is missing."""

    place: str  # a service, "shared", "walk" or "programme"
    key: str
    dutch: str
    own: str

    @property
    def sums(self) -> str:
        """Give the sum of each."""
        return f"{_short(self.dutch)} {_short(self.own)}"


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """How far a language is."""

    texts: int
    missing: int
    machine: int
    checked: int
    stale: tuple[str, ...]  # "bel: duty.antwoord": the Dutch changed and the translation did not
    is_whole: bool  # as its file says

    @property
    def is_falsely_whole(self) -> bool:
        """Tell whether the file says more than is true."""
        return self.is_whole and self.checked < self.texts


def all_languages(folder: Path, programme: Path) -> tuple[str, ...]:
    """Give every language of which there is anything."""
    return tuple(sorted({*languages_of(folder), *(path.stem for path in programme.glob("*.po"))} - {DUTCH}))


def pairs_of(folder: Path, programme: Path, walk: Path, language: str) -> Iterator[TextPair]:
    """Give every text of the programme, the services and the walk with its translation."""
    shared = _texts(folder / SHARED, DUTCH)
    for place in sorted(path.parent.name for path in folder.glob("*/nl.toml")):
        dutch, own = _texts(folder / place, DUTCH), _texts(folder / place, language)
        for key in (*dutch, *(key for key in own if key not in dutch and key in shared)):
            if not is_only_dutch(key):
                yield TextPair(place, key, dutch.get(key) or shared[key], own.get(key, ""))
    dutch, own = _texts(walk, DUTCH), _texts(walk, language)
    yield from (TextPair(WALK, key, text, own.get(key, "")) for key, text in dutch.items())
    dutch, own = _messages(programme / f"{DUTCH}.po"), _messages(programme / f"{language}.po")
    for key, text in dutch.items():
        if is_asked_of(key, language):
            yield TextPair(PROGRAMME, key, text, own.get(key, ""))


def report_of(folder: Path, pairs: Sequence[TextPair], language: str) -> LanguageReport:
    """Count the states of a language."""
    checked = CheckedTexts(folder)
    made_from = read_translated(folder, language)
    there = [pair for pair in pairs if pair.own]
    signed = sum(checked.signature(language, (one.place,), one.key, one.dutch, one.own) is not None for one in there)
    stale = tuple(
        f"{one.place}: {one.key}" for one in there if is_stale(made_from.get(one.place, {}).get(one.key, ""), one)
    )
    missing = len(pairs) - len(there)
    return LanguageReport(len(pairs), missing, len(there) - signed, signed, stale, checked.of(language).is_whole)


def is_stale(recorded: str, pair: TextPair) -> bool:
    """Tell whether the Dutch changed after the translation was made, and the translation did not."""
    dutch, _, own = recorded.partition(" ")
    return bool(own) and own == _short(pair.own) and dutch != _short(pair.dutch)


def sign(
    folder: Path, pairs: Iterable[TextPair], language: str, *, by: str, on: date, place: str = ""
) -> tuple[int, int]:
    """Write down that somebody checked all texts there are, or those of one place; give how many, and how many in all.

    Older signatures stay where they still hold, and go where they do not.
    """
    checked = CheckedTexts(folder)
    found: dict[str, dict[str, Signature]] = {}
    new = total = 0
    for pair in pairs:
        total += 1
        if not pair.own:
            continue
        signature = checked.signature(language, (pair.place,), pair.key, pair.dutch, pair.own)
        if signature is None and place in ("", pair.place):
            signature = Signature(by, on, sum_of(pair.dutch, pair.own))
            new += 1
        if signature is not None:
            found.setdefault(pair.place, {})[pair.key] = signature
    signed = sum(map(len, found.values()))
    lines = [_HEAD + _CHECKED.format(language=language), f"is_whole = {json.dumps(signed == total)}"]
    for name, table in sorted(found.items()):
        lines.append(f"\n[{json.dumps(name)}]")
        lines.extend(
            f"{json.dumps(key)} = {{ by = {json.dumps(one.by, ensure_ascii=False)}, on = {one.on.isoformat()}, "
            f'sum = "{one.sum}" }}'
            for key, one in sorted(table.items())
        )
    checked.path(language).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return new, signed


def read_translated(folder: Path, language: str) -> Mapping[str, Mapping[str, str]]:
    """Read which Dutch each translation was made from."""
    path = _translated_path(folder, language)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def record(folder: Path, pairs: Iterable[TextPair], language: str) -> int:
    """Write down that the translations there are were made from the present Dutch; give how many."""
    found: dict[str, dict[str, str]] = {}
    for pair in pairs:
        if pair.own:
            found.setdefault(pair.place, {})[pair.key] = pair.sums
    lines = [_HEAD + _TRANSLATED.format(language=language)]
    for name, table in sorted(found.items()):
        lines.append(f"[{json.dumps(name)}]")
        lines.extend(f'{json.dumps(key)} = "{sums}"' for key, sums in sorted(table.items()))
        lines.append("")
    _translated_path(folder, language).write_text("\n".join(lines), encoding="utf-8")
    return sum(map(len, found.values()))


def _translated_path(folder: Path, language: str) -> Path:
    return folder / f"translated-{language}.toml"


def _texts(folder: Path, language: str) -> Mapping[str, str]:
    path = folder / f"{language}.toml"
    try:
        source = path.read_text(encoding="utf-8-sig")
        # Which names may stand between braces is not asked here: whoever checks the texts does.
        return parse_texts(source, path.name, language, _FIELD.findall(source))
    except (DefinitionError, OSError, UnicodeDecodeError):
        return {}


def _messages(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    found = ((message.id if isinstance(message.id, str) else message.id[0], message) for message in read_messages(path))
    return {key: "\n".join(forms_of(message)) for key, message in found if all(forms_of(message))}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
