# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other languages miss or have too much, beside the services and in the programme's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import DefinitionError, DefinitionProblem
from domain.service import ServiceDefinition
from domain.text_table import known_texts, missing_texts, parse_texts
from domain.toml_lines import find_text_line
from domain.toml_reading import did_you_mean
from i18n.texts import DUTCH
from resources.service_library import SHARED

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_TOLD_OF_LETTERS = frozenset({"title", "notice", "notice_no_date"})
_FIELD = re.compile(r"\{([a-z_]+)\}")
# The desk is worked at in Dutch; English is there for developers. Its texts are no citizen's.
_DESK, _DESK_LANGUAGES = "desk.", frozenset({DUTCH, "en"})


def is_only_dutch(key: str) -> bool:
    """Tell whether a text is Dutch in every language: what a letter says goes to people who read Dutch."""
    if not key.startswith("letter."):
        return False
    return ".addressee_for." in key or key.rpartition(".")[2] not in _TOLD_OF_LETTERS


def is_asked_of(key: str, language: str) -> bool:
    """Tell whether a language has to have a text of the programme: what only staff read is Dutch and English."""
    return not is_for_staff(key) or language in _DESK_LANGUAGES


def is_for_staff(key: str) -> bool:
    """Tell whether only staff read a text: plain Dutch too, but with the words of their work (BSN, CAK)."""
    return key.startswith(_DESK)


def languages_of(folder: Path) -> tuple[str, ...]:
    """Give the languages of which any service has a file."""
    return tuple(sorted({path.stem for path in folder.glob("*/*.toml")} - {"service", DUTCH}))


def check_service_translations(
    folder: Path, service: ServiceDefinition, dutch: Mapping[str, str]
) -> tuple[dict[str, int], list[DefinitionProblem]]:
    """Count what each language misses of a service, and name what does not fit the Dutch."""
    missing: dict[str, int] = {}
    problems: list[DefinitionProblem] = []
    allowed = known_texts(service, dutch)
    for language in languages_of(folder):
        texts: dict[str, str] = {}
        for name in (SHARED, service.id):
            path = folder / name / f"{language}.toml"
            if not path.exists():
                continue
            file = f"{name}/{path.name}"
            try:
                source = path.read_text(encoding="utf-8-sig")
                found = parse_texts(source, file, language, service.settings)
            except DefinitionError as error:
                problems.extend(error.problems)
                continue
            texts.update(found)
            for key, text in found.items():
                if name != SHARED and key not in allowed:
                    hint = did_you_mean(key, sorted(allowed))
                    says = f'nothing asks for the text "{key}"{hint}: mend or remove it'
                    problems.append(DefinitionProblem(file, find_text_line(source, key), says))
                elif name != SHARED and key in dutch:
                    problems.extend(
                        DefinitionProblem(file, find_text_line(source, key), f'"{key}" {says}')
                        for says in _other_fields(dutch[key], text)
                    )
        missing[language] = sum(not is_only_dutch(key) for key in missing_texts(service, texts))
    return missing, problems


def check_programme_translations(folder: Path) -> tuple[dict[str, int], list[DefinitionProblem]]:
    """Count what each language misses of the programme's words, and name what does not fit the Dutch."""
    dutch = {_key(message): message for message in read_messages(folder / f"{DUTCH}.po")}
    missing: dict[str, int] = {}
    problems: list[DefinitionProblem] = []
    for path in sorted(folder.glob("*.po")):
        if path.stem == DUTCH:
            continue
        written = set()
        for message in read_messages(path):
            key, line = _key(message), message.lineno or 1
            if key not in dutch:
                says = f'nothing asks for "{key}"{did_you_mean(key, list(dutch))}: mend or remove it'
                problems.append(DefinitionProblem(f"i18n/{path.name}", line, says))
                continue
            if all(forms_of(message)):
                written.add(key)
            original = forms_of(dutch[key])[-1]
            problems.extend(
                DefinitionProblem(f"i18n/{path.name}", line, f'"{key}" {says}')
                for says in _other_fields(original, forms_of(message)[-1])
            )
        asked = {key for key in dutch if is_asked_of(key, path.stem)}
        missing[path.stem] = len(asked - written)
    return missing, problems


def read_messages(path: Path) -> tuple[Message, ...]:
    """Read the messages of a catalogue, without its head."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue: Catalog = read_po(file)
    return tuple(message for message in catalogue if message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    """Give the forms of a message: one, or one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _other_fields(dutch: str, text: str) -> Iterator[str]:
    if not text:
        return
    wanted, found = set(_FIELD.findall(dutch)), set(_FIELD.findall(text))
    for name in sorted(wanted - found):
        yield f"leaves out {{{name}}}, which the Dutch has: put it in"
    for name in sorted(found - wanted):
        yield f"asks for {{{name}}}, which the Dutch has not: take it out"
