# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `loket content check` finds out; printing is `commands.content`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.content_personas import check_personas
from commands.content_places import Places
from commands.system_clock import SystemClock
from commands.walk_report import also_problems, lost_owners, text_line, walk_of
from domain.errors import DefinitionError, DefinitionProblem
from domain.ports import Clock
from domain.service import ServiceDefinition
from domain.text_table import missing_texts, parse_texts
from domain.toml_lines import find_text_line
from i18n import plain_dutch
from i18n.texts import FOLDER as PROGRAMME_TEXTS
from resources.service_library import SERVICES, SHARED, ServiceLibrary


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What was measured of one service."""

    personas: Mapping[str, bool]
    flesch_douma: float
    longest_sentence: int
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found."""

    services: Mapping[str, ServiceReport]
    problems: tuple[DefinitionProblem, ...]


def check_content(folder: Path = SERVICES, programme: Path = PROGRAMME_TEXTS, clock: Clock | None = None) -> Report:
    """Check all services of a folder, and the words of the programme, as of the day on the clock."""
    today = (clock or SystemClock()).now().date()
    library = ServiceLibrary.load(folder)
    problems = [problem for _, error in library.closed for problem in error.problems]
    problems.extend(_text_problems(folder / SHARED / "nl.toml"))
    problems.extend(_programme_problems(programme / "nl.po"))
    known = {service.id for service in library.services} | {service_id for service_id, _ in library.closed}
    services = {}
    for service in library.services:
        path = folder / service.id / "nl.toml"
        problems.extend(_text_problems(path, service.settings))
        problems.extend(_link_problems(service, known))
        definition = (folder / service.id / "service.toml").read_text(encoding="utf-8-sig")
        problems.extend(also_problems(service, known, definition))
        figures = plain_dutch.measure(_own_texts(path, service).values())
        missing, broken = _translations(folder, service)
        problems.extend(broken)
        personas, stuck = check_personas(Places(folder, service), today)
        problems.extend(stuck)
        services[service.id] = ServiceReport(personas, figures.flesch_douma, figures.longest_sentence, missing)
        problems.extend(_too_hard(f"{service.id}/nl.toml", figures))
    if folder == SERVICES:
        problems.extend(_walk_problems(known))
    unique = tuple(dict.fromkeys(problems))
    return Report(services, tuple(sorted(unique, key=lambda problem: (problem.file, problem.line))))


def _own_texts(path: Path, service: ServiceDefinition) -> Mapping[str, str]:
    return parse_texts(path.read_text(encoding="utf-8-sig"), f"{path.parent.name}/{path.name}", "nl", service.settings)


def _text_problems(path: Path, settings: Iterable[str] = ()) -> Iterator[DefinitionProblem]:
    file = f"{path.parent.name}/{path.name}"
    try:
        source = path.read_text(encoding="utf-8-sig")
        texts = parse_texts(source, file, "nl", settings)
    except (DefinitionError, OSError, UnicodeDecodeError):
        return  # said already, by the library
    for key, text in texts.items():
        for says in wrong_with(key, text):
            yield DefinitionProblem(file, find_text_line(source, key), f'"{key}" {says}')


def _programme_problems(path: Path) -> Iterator[DefinitionProblem]:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file)
    texts = []
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts += forms
        line = message.lineno or 1
        says = (
            ["has no text: write it"]
            if not all(forms)
            else [found for form in forms for found in wrong_with(key, form)]
        )
        yield from (DefinitionProblem(f"i18n/{path.name}", line, f'"{key}" {found}') for found in says)
    yield from _too_hard(f"i18n/{path.name}", plain_dutch.measure(texts))


def wrong_with(key: str, text: str) -> Iterator[str]:
    """Say what is not plain enough in one text."""
    for sentence in plain_dutch.sentences(text):
        count = len(plain_dutch.words(sentence))
        if count > plain_dutch.LONGEST_SENTENCE:
            most = plain_dutch.LONGEST_SENTENCE
            yield f'has a sentence of {count} words: at most {most}; make two of "{sentence[:40]}..."'
    if key.endswith(".why"):
        count = len(plain_dutch.words(text))
        if count > plain_dutch.LONGEST_WHY:
            yield f"has {count} words: a reason has at most {plain_dutch.LONGEST_WHY}"
    for word in plain_dutch.refused_words(text):
        yield f'uses "{word}": say it in plain words, and blame nobody'
    if key.startswith("problem.") and "fout" in text.lower():
        yield 'uses "fout": say what to do'


def _too_hard(file: str, figures: plain_dutch.Figures) -> Iterator[DefinitionProblem]:
    least = plain_dutch.LEAST_FLESCH_DOUMA
    if figures.flesch_douma < least:
        yield DefinitionProblem(file, 1, f"Flesch-Douma {figures.flesch_douma} is under {least:.0f}: use shorter words")


def _link_problems(service: ServiceDefinition, known: set[str]) -> Iterator[DefinitionProblem]:
    for other in service.see_also:
        if other not in known:
            yield DefinitionProblem(
                f"{service.id}/service.toml", 1, f'see_also names "{other}", which is no service here'
            )


def _walk_problems(known: set[str]) -> Iterator[DefinitionProblem]:
    walk, texts, problems = walk_of()
    yield from problems
    for key, text in texts.items():
        yield from (
            DefinitionProblem("walk/nl.toml", text_line(key), f'"{key}" {says}') for says in wrong_with(key, text)
        )
    if walk is not None:
        yield from lost_owners(walk, known)
        yield from _too_hard("walk/nl.toml", plain_dutch.measure(texts.values()))


def _translations(folder: Path, service: ServiceDefinition) -> tuple[dict[str, int], list[DefinitionProblem]]:
    missing: dict[str, int] = {}
    broken: list[DefinitionProblem] = []
    languages = {path.stem for path in folder.glob("*/*.toml") if path.stem not in ("service", "nl")}
    for language in sorted(languages):
        texts: dict[str, str] = {}
        for name in (SHARED, service.id):
            path = folder / name / f"{language}.toml"
            if not path.exists():
                continue
            try:
                source = path.read_text(encoding="utf-8-sig")
                texts.update(parse_texts(source, f"{name}/{path.name}", language, service.settings))
            except DefinitionError as error:
                broken.extend(error.problems)
        missing[language] = len(missing_texts(service, texts))
    return missing, broken
