# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the desk's directory: dead links, stale reviews, entries that nobody can use, Dutch that is hard.

Reading the files is `resources.directory_book`; each problem names file and line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from commands.content_words import WordList, too_hard, wrong_with
from domain.directory_file import parse_directory, parse_search_words
from domain.errors import DefinitionError, DefinitionProblem
from domain.knowledge import (
    AngerCard,
    Course,
    Directory,
    KnowledgeCard,
    MayICard,
    RedFlag,
    Referral,
    oldest_days,
)
from domain.toml_lines import find_line
from domain.toml_reading import did_you_mean
from resources.directory_book import DIRECTORY, SYNONYMS, directory_files, shown_name

_LEAST_REFERRALS = 30  # feature H10
_Entry = KnowledgeCard | MayICard | Referral | Course | RedFlag | AngerCard


def check_directory(
    services: set[str], today: date, folder: Path = DIRECTORY, known_words: Path | None = None
) -> Iterator[DefinitionProblem]:
    """Check all files; `services` are the ids of Loket's services, `known_words` a folder with a list of its own."""
    read: list[tuple[Path, str, Directory]] = []
    for path in directory_files(folder):
        file = shown_name(path, folder)
        try:
            source = path.read_text(encoding="utf-8-sig")
            read.append((path, source, parse_directory(source, file)))
        except DefinitionError as error:
            yield from error.problems
        except (OSError, UnicodeDecodeError):
            yield DefinitionProblem(file, 1, "the file cannot be read: put it back, saved as UTF-8")
    yield from _synonym_problems(folder)
    ids = _Ids(services, [directory for _, _, directory in read])
    words = _words(folder, known_words)
    for path, source, directory in read:
        file = shown_name(path, folder)
        for table, index, entry in _entries(directory):
            for key, says in (*_links(entry, ids), *_age(entry, today), *_doubles(table, entry, ids)):
                yield DefinitionProblem(file, find_line(source, table, index, key), f'"{entry.id}" {says}')
            yield from _hard_words(file, source, table, index, entry, words)
        yield from too_hard(file, [text for _, _, entry in _entries(directory) for _, text in _texts(entry)])
    if read and (count := ids.count("referral")) < _LEAST_REFERRALS and folder == DIRECTORY:
        says = f"there are {count} referrals: at least {_LEAST_REFERRALS}"
        yield DefinitionProblem(f"{folder.name}/referrals.toml", 1, says)


class _Ids:
    """All ids there are, by kind."""

    def __init__(self, services: set[str], directories: Iterable[Directory]) -> None:
        self._counts: dict[str, Counter[str]] = {"service": Counter(services)}
        for directory in directories:
            for table, _, entry in _entries(directory):
                self._counts.setdefault(table, Counter())[entry.id] += 1

    def known(self, kind: str) -> list[str]:
        return sorted(self._counts.get(kind, ()))

    def is_double(self, kind: str, entry_id: str) -> bool:
        return self._counts.get(kind, Counter())[entry_id] > 1

    def count(self, kind: str) -> int:
        return len(self._counts.get(kind, ()))


def _entries(directory: Directory) -> Iterator[tuple[str, int, _Entry]]:
    """Give each entry with its table in the file and its place among those."""
    for index, card in enumerate(directory.cards):
        yield "card", index, card
    for index, may_i in enumerate(directory.may_i):
        yield "may_i", index, may_i
    for index, referral in enumerate(directory.referrals):
        yield "referral", index, referral
    for index, course in enumerate(directory.courses):
        yield "course", index, course
    for index, flag in enumerate(directory.flags):
        yield "flag", index, flag
    if directory.anger is not None:
        yield "anger", 0, directory.anger


def _links(entry: _Entry, ids: _Ids) -> Iterator[tuple[str, str]]:
    services: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    if isinstance(entry, KnowledgeCard | RedFlag):
        services, referrals = entry.services, entry.referrals
    elif isinstance(entry, AngerCard):
        services = entry.services
    courses, see = (entry.courses, entry.see) if isinstance(entry, KnowledgeCard) else ((), ())
    for key, kind, asked in (
        ("services", "service", services),
        ("referrals", "referral", referrals),
        ("courses", "course", courses),
        ("see", "card", see),
    ):
        known = ids.known(kind)
        for name in asked:
            if name not in known:
                yield key, f'leads to a {kind} "{name}" that is not there{did_you_mean(name, known)}: mend or remove it'
    if entry.id in see:
        yield "see", "leads to itself: take it out"
    if isinstance(entry, KnowledgeCard | RedFlag) and not (services or referrals or courses or see):
        yield "id", "leads nowhere: name a service, a referral or a course"


def _age(entry: _Entry, today: date) -> Iterator[tuple[str, str]]:
    if isinstance(entry, RedFlag):
        return
    most = oldest_days(entry)
    age = (today - entry.checked.reviewed_on).days
    if age > most:
        says = f"was last reviewed {age} days ago: look at {entry.checked.url} and write the day (at most {most} days)"
        yield "reviewed_on", says
    elif age < 0:
        yield "reviewed_on", "was reviewed on a day still to come: mend it"


def _doubles(table: str, entry: _Entry, ids: _Ids) -> Iterator[tuple[str, str]]:
    if ids.is_double(table, entry.id):
        yield "id", "stands in more than one file: choose another id"


def _hard_words(
    file: str, source: str, table: str, index: int, entry: _Entry, words: WordList
) -> Iterator[DefinitionProblem]:
    texts = dict(enumerate(text for _, text in _texts(entry)))
    said = {str(number): text for number, text in texts.items()}
    for key, text in _texts(entry):
        line = find_line(source, table, index, key, text) if text in source else find_line(source, table, index, key)
        for says in (*wrong_with(key, text), *words.wrong_with(text, said)):
            yield DefinitionProblem(file, line, f'"{entry.id}" {key} {says}')


def _texts(entry: _Entry) -> Iterator[tuple[str, str]]:
    """Give what is read, by key: names and search words are not."""
    match entry:
        case KnowledgeCard():
            yield from (("title", entry.title), ("summary", entry.summary))
            yield from (("steps", step) for step in entry.steps)
            yield from (("bring", item) for item in entry.bring)
            if entry.deadline:
                yield "deadline", entry.deadline
        case MayICard():
            yield from (("title", entry.title), ("text", entry.text), ("why", entry.why))
            yield from (("instead", line) for line in entry.instead)
        case Referral():
            yield "what", entry.what
        case Course():
            yield from (("what", entry.what), ("where", entry.where))
        case RedFlag():
            yield from (("title", entry.title), ("say", entry.say))
            yield from (("steps", step) for step in entry.steps)
        case AngerCard():
            yield from (("title", entry.title), ("say", entry.say))
            yield from (("steps", step) for step in (*entry.steps, *entry.stop, *entry.after))


def _words(folder: Path, known_words: Path | None) -> WordList:
    own = WordList.read(folder)
    if known_words is None:
        return own
    others = WordList.read(known_words)
    # What a service must explain, a helper reads with the visitor; it is a plain word here.
    return WordList(own.known | others.known | frozenset(others.explained), own.explained)


def _synonym_problems(folder: Path) -> Iterator[DefinitionProblem]:
    path = folder / SYNONYMS
    file = shown_name(path, folder)
    if not path.exists():
        yield DefinitionProblem(file, 1, "the file is not there: the search needs it")
        return
    try:
        parse_search_words(path.read_text(encoding="utf-8-sig"), file)
    except DefinitionError as error:
        yield from error.problems
