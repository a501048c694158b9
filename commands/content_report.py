# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `loket content check` finds out; the parts are the other `content_` modules, printing is `commands.content`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commands.content_directory import check_directory
from commands.content_facts import check_facts
from commands.content_personas import check_personas
from commands.content_places import Places
from commands.content_screens import check_screens
from commands.content_states import LanguageReport, all_languages, pairs_of, report_of
from commands.content_translations import (
    check_programme_translations,
    check_service_translations,
    forms_of,
    is_for_staff,
    read_messages,
)
from commands.content_versions import check_version, read_versions
from commands.content_words import WordList, too_hard, wrong_with
from commands.system_clock import SystemClock
from domain.errors import DefinitionError, DefinitionProblem
from domain.ports import Clock
from domain.text_table import parse_texts
from domain.toml_lines import find_text_line
from i18n import passive_dutch, plain_dutch
from i18n.texts import FOLDER as PROGRAMME_TEXTS
from resources.directory_book import DIRECTORY
from resources.service_library import SERVICES, SHARED, ServiceLibrary
from resources.walk_book import WALK, WalkBook


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What was measured of one service."""

    personas: Mapping[str, bool]
    flesch_douma: float
    longest_sentence: int
    passive: float  # of a hundred sentences
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found."""

    services: Mapping[str, ServiceReport]
    problems: tuple[DefinitionProblem, ...]
    programme_missing: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, LanguageReport] = field(default_factory=dict)


def check_content(
    folder: Path = SERVICES,
    programme: Path = PROGRAMME_TEXTS,
    clock: Clock | None = None,
    walk: Path = WALK,
    directory: Path | None = None,
) -> Report:
    """Check all services of a folder, the walk of who is lost, the desk's directory and the programme's words.

    As of today. The directory of Loket names services of Loket: beside others it is checked only where one is given.
    """
    today = (clock or SystemClock()).now().date()
    library = ServiceLibrary.load(folder)
    words = WordList.read(folder)
    recorded = read_versions(folder)
    problems = [problem for _, error in library.closed for problem in error.problems]
    problems.extend(_text_problems(folder / SHARED / "nl.toml", words))
    problems.extend(_walk_problems(walk, words))
    problems.extend(_programme_problems(programme / "nl.po", words))
    programme_missing, broken = check_programme_translations(programme)
    problems.extend(broken)
    known = {service.id for service in library.services} | {service_id for service_id, _ in library.closed}
    if directory is None and folder == SERVICES:
        directory = DIRECTORY
    if directory is not None:
        problems.extend(check_directory(known, today, directory, folder))
    services = {}
    for service in library.services:
        places = Places(folder, service)
        path = folder / service.id / "nl.toml"
        dutch = library.dutch(service.id)
        own = _own_texts(path, service.settings)
        problems.extend(_text_problems(path, words, service.settings, dutch))
        problems.extend(check_version(places, recorded))
        problems.extend(check_facts(places, known, dutch, today))
        unseen = tuple(check_screens(places, library, today))
        problems.extend(unseen)
        personas, stuck = check_personas(places, today) if not unseen else ({}, [])
        problems.extend(stuck)
        missing, broken = check_service_translations(folder, service, dutch)
        problems.extend(broken)
        figures = plain_dutch.measure(own.values())
        passive = passive_dutch.share(tuple(part for text in own.values() for part in plain_dutch.sentences(text)))
        services[service.id] = ServiceReport(personas, figures.flesch_douma, figures.longest_sentence, passive, missing)
        problems.extend(too_hard(f"{service.id}/nl.toml", own.values()))
    languages = {}
    for language in all_languages(folder, programme):
        languages[language] = report_of(folder, tuple(pairs_of(folder, programme, walk, language)), language)
        if languages[language].is_falsely_whole:
            says = "says that all was checked, which is not so any more: sign anew with `loket content checked`"
            problems.append(DefinitionProblem(f"checked-{language}.toml", 1, says))
    unique = tuple(dict.fromkeys(problems))
    in_order = tuple(sorted(unique, key=lambda problem: (problem.file, problem.line)))
    return Report(services, in_order, programme_missing, languages)


def _own_texts(path: Path, settings: Iterable[str]) -> Mapping[str, str]:
    return parse_texts(path.read_text(encoding="utf-8-sig"), f"{path.parent.name}/{path.name}", "nl", settings)


def _text_problems(
    path: Path, words: WordList, settings: Iterable[str] = (), dutch: Mapping[str, str] | None = None
) -> Iterator[DefinitionProblem]:
    """Check the texts of one file; `dutch` is everything that its service says."""
    file = f"{path.parent.name}/{path.name}"
    try:
        source = path.read_text(encoding="utf-8-sig")
        texts = parse_texts(source, file, "nl", settings)
    except (DefinitionError, OSError, UnicodeDecodeError):
        return  # said already, by the library
    for key, text in texts.items():
        for says in (*wrong_with(key, text), *words.wrong_with(text, dutch or texts)):
            yield DefinitionProblem(file, find_text_line(source, key), f'"{key}" {says}')


def _walk_problems(walk: Path, words: WordList) -> Iterator[DefinitionProblem]:
    error = WalkBook(walk).error
    if error is not None:
        yield from error.problems
        return
    yield from _text_problems(walk / "nl.toml", words)
    yield from too_hard(f"{walk.name}/nl.toml", _own_texts(walk / "nl.toml", ()).values())


def _programme_problems(path: Path, words: WordList) -> Iterator[DefinitionProblem]:
    texts: list[str] = []
    messages = read_messages(path)
    around = {str(number): form for number, message in enumerate(messages) for form in forms_of(message)}
    for message in messages:
        forms = forms_of(message)
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts += forms
        hard = () if is_for_staff(key) else (says for form in forms for says in words.wrong_with(form, around))
        found = [*(says for form in forms for says in wrong_with(key, form)), *hard]
        for says in found if all(forms) else ["has no text: write it"]:
            yield DefinitionProblem(f"i18n/{path.name}", message.lineno or 1, f'"{key}" {says}')
    yield from too_hard(f"i18n/{path.name}", texts)
