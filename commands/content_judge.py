# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a municipality's content is good: all that `loket content check` asks of what it makes, and its colours.

Both who builds a package and the device that installs one ask here.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from commands.content_merge import OWN_PREFIX, merge
from commands.content_report import Report, check_content
from commands.content_translations import read_messages
from domain.errors import ContentProblemsError, ContentThemeError, DefinitionError, DefinitionProblem
from domain.ports import Clock
from domain.toml_lines import find_text_line
from i18n.laid_texts import read_words
from i18n.texts import FOLDER as PROGRAMME_TEXTS
from resources.laid_over import STREETS, TEXTS, THEME, laid_over
from resources.own_help import read_help
from resources.streets import load_town
from resources.theme import own_colours

_QUOTED = re.compile(r'"([^"]+)"')


def judge_content(content: Path, clock: Clock | None = None) -> Report:
    """Check what this content makes of Loket's own.

    Raises: ContentProblemsError with every problem, ContentThemeError that names the pair.
    """
    check_theme(content)
    problems = [*_help_problems(content), *_town_problems(content), *_key_problems(content / TEXTS)]
    with tempfile.TemporaryDirectory(prefix="loket-content-") as into:
        try:
            made = merge(content, Path(into))
        except (tomllib.TOMLDecodeError, AttributeError, TypeError):
            raise ContentProblemsError(
                (DefinitionProblem("services", 1, "a list beside the services is no TOML: mend it"),)
            ) from None
        report = check_content(made.services, made.programme, clock, directory=made.directory)
    if report.problems:
        # What is wrong with Loket's own (a fact that grew old) is no reason to refuse a municipality's.
        own = {(problem.file, problem.says) for problem in check_content(clock=clock).problems}
        found = [problem for problem in report.problems if (problem.file, problem.says) not in own]
        problems.extend(_as_written(problem, content) for problem in found)
    if problems:
        raise ContentProblemsError(tuple(problems))
    return report


def check_in_force(clock: Clock | None = None) -> Report:
    """Check the content that is in force here; what is wrong with a municipality's lists is its package's trouble."""
    content = laid_over()
    if content is None:
        return check_content(clock=clock)
    with tempfile.TemporaryDirectory(prefix="loket-content-") as into:
        try:
            made = merge(content, Path(into))
        except (tomllib.TOMLDecodeError, AttributeError, TypeError, OSError):
            return check_content(clock=clock)
        return check_content(made.services, made.programme, clock, directory=made.directory)


def check_theme(content: Path) -> None:
    """See to it that everything stands out with the colours of this content.

    Raises: ContentThemeError.
    """
    path = content / THEME
    if path.exists():
        own_colours(_read(path))


def _help_problems(content: Path) -> Iterator[DefinitionProblem]:
    try:
        read_help(content)
    except DefinitionError as error:
        yield from error.problems


def _town_problems(content: Path) -> Iterator[DefinitionProblem]:
    path = content / STREETS
    if path.exists():
        try:
            load_town(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            yield DefinitionProblem(STREETS, 1, "the map or the list of streets is not whole: see the one of Loket")


def _key_problems(texts: Path) -> Iterator[DefinitionProblem]:
    """Say of each changed word of the programme whether there is one such, with as many forms."""
    if not texts.exists():
        return
    forms = {
        (message.id if isinstance(message.id, str) else message.id[0]): not isinstance(message.id, str)
        for message in read_messages(PROGRAMME_TEXTS / "nl.po")
    }
    for path in sorted(texts.glob("*.json")):
        file = f"texts/{path.stem}.po"
        words = read_words(texts, path.stem)
        if not words or len(words) != len(json.loads(_read(path))):
            yield DefinitionProblem(file, 1, "it holds no words, or something else than words")
        for key, text in words.items():
            if key not in forms:
                yield DefinitionProblem(file, 1, f'nothing asks for the text "{key[:80]}": mend or remove it')
            elif forms[key] == isinstance(text, str):
                yield DefinitionProblem(file, 1, f'"{key}" has another number of forms than that of Loket')


def _as_written(problem: DefinitionProblem, content: Path) -> DefinitionProblem:
    """Name the line in the municipality's own file, which is not that of the merged one."""
    file = problem.file.replace(OWN_PREFIX, "")
    own = content / "services" / file
    if own.name == "service.toml" or not own.exists() or (own.parent / "service.toml").exists():
        return replace(problem, file=file)
    source = own.read_text(encoding="utf-8-sig")
    lines = (find_text_line(source, key) for key in _QUOTED.findall(problem.says))
    return replace(problem, line=next((line for line in lines if line > 1), 1))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ContentThemeError(f"{path.name} cannot be read", "save it as UTF-8") from None
