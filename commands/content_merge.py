# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what a municipality's content makes of Loket's own, as folders that `loket content check` can read.

Only for that check, in a folder that is thrown away: a device reads both (`resources.laid_over`) and merges nothing.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.content_versions import VERSIONS
from commands.content_words import WORDS
from domain.errors import DefinitionError
from domain.text_table import parse_texts
from i18n.laid_texts import Words, read_words
from i18n.texts import FOLDER as PROGRAMME_TEXTS
from resources.directory_book import DIRECTORY
from resources.service_library import DUTCH, SERVICES

OWN_PREFIX = "eigen-"
_CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mo")
_BLOCK = re.compile(r"^\[\[?(\w+)\]?\]", re.MULTILINE)
_ID = re.compile(r'^id\s*=\s*"([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Merged:
    """Where the parts stand."""

    services: Path
    programme: Path
    directory: Path


def merge(content: Path, into: Path) -> Merged:
    """Write all of it.

    Raises: OSError; tomllib.TOMLDecodeError where a list of words or versions is no TOML.
    """
    made = Merged(into / "services", into / "i18n", into / "directory")
    shutil.copytree(SERVICES, made.services, ignore=_CACHES)
    shutil.copytree(DIRECTORY, made.directory, ignore=_CACHES)
    shutil.copytree(PROGRAMME_TEXTS, made.programme, ignore=shutil.ignore_patterns("*.py", "*.mo", "__pycache__"))
    services = content / "services"
    for folder in sorted(path for path in services.glob("*") if path.is_dir()):
        wanted = made.services / folder.name
        if (folder / "service.toml").exists():
            shutil.rmtree(wanted, ignore_errors=True)
            shutil.copytree(folder, wanted)
        else:
            _lay_words(folder, wanted)
    _join_lists(services, made.services)
    _lay_programme(content / "texts", made.programme)
    _lay_directory(content / "directory", made.directory)
    return made


def _lay_words(folder: Path, wanted: Path) -> None:
    """Lay the words of one service over those of Loket; a translation of Dutch that was changed goes."""
    wanted.mkdir(exist_ok=True)
    changed = _words(folder / f"{DUTCH}.toml")
    languages = {path.stem for path in (*folder.glob("*.toml"), *wanted.glob("*.toml"))} - {"service"}
    for language in sorted(languages):
        path, own = wanted / f"{language}.toml", _words(folder / f"{language}.toml")
        if own is None:  # it cannot be read: the check says so, of the file as it is
            shutil.copy(folder / f"{language}.toml", path)
            continue
        before = _words(path) or {}
        if language != DUTCH:
            before = {key: text for key, text in before.items() if key not in (changed or {})}
        lines = (f"{json.dumps(key)} = {_toml_text(text)}" for key, text in {**before, **own}.items())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _words(path: Path) -> Mapping[str, str] | None:
    if not path.exists():
        return {}
    try:
        source = path.read_text(encoding="utf-8-sig")
        # Any name may stand between braces here: which may, the check says.
        names = set(re.findall(r"\{([^{}]*)\}", source))
        return parse_texts(source, path.name, path.stem, names)
    except (DefinitionError, OSError, UnicodeDecodeError):
        return None


def _toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _join_lists(own: Path, wanted: Path) -> None:
    if (own / VERSIONS).exists():
        base, laid = _table(wanted / VERSIONS), _table(own / VERSIONS)
        both = {name: {**laid.get(name, {}), **base.get(name, {})} for name in sorted({*base, *laid})}
        tables = [
            "\n".join([f"[{name}]", *(f"{version} = {_toml_text(str(value))}" for version, value in table.items())])
            for name, table in both.items()
        ]
        (wanted / VERSIONS).write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    if (own / WORDS).exists():
        base, laid = _table(wanted / WORDS), _table(own / WORDS)
        known = [*base.get("known", []), *laid.get("known", [])]
        explained = {**base.get("explained", {}), **laid.get("explained", {})}
        lines = [f"known = {json.dumps(known, ensure_ascii=False)}", "[explained]"]
        lines += [f"{json.dumps(word)} = {json.dumps(says, ensure_ascii=False)}" for word, says in explained.items()]
        (wanted / WORDS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for path in wanted.glob("checked-*.toml"):  # who signed all of it signed that of Loket
        path.write_text(path.read_text(encoding="utf-8").replace("is_whole = true", "is_whole = false"), "utf-8")


def _table(path: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _lay_programme(own: Path, wanted: Path) -> None:
    if not own.exists():
        return
    changed = read_words(own, DUTCH)
    for path in sorted(wanted.glob("*.po")):
        words = read_words(own, path.stem)
        gone = frozenset(changed) - frozenset(words) if path.stem != DUTCH else frozenset()
        if words or gone:
            _write_catalogue(path, words, gone)


def _write_catalogue(path: Path, words: Words, gone: frozenset[str]) -> None:
    from babel.messages.pofile import read_po, write_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = words.get(key)
        # Another number of forms is told by `commands.content_judge`, and cannot be written.
        if found is not None and key and isinstance(found, str) == isinstance(message.id, str):
            message.string = found
        elif key in gone:
            message.string = "" if isinstance(message.id, str) else ("",) * catalogue.num_plurals
    with path.open("wb") as file:
        write_po(file, catalogue)


def _lay_directory(own: Path, wanted: Path) -> None:
    """Put the municipality's entries beside those of Loket, and take away those of the same id."""
    files = sorted(own.rglob("*.toml"))
    mine = {entry for path in files for entry in _entries(path)}
    if not mine:
        return
    for path in wanted.rglob("*.toml"):
        source = path.read_text(encoding="utf-8")
        starts = [found.start() for found in _BLOCK.finditer(source)]
        blocks = [source[begin:end] for begin, end in zip(starts, [*starts[1:], len(source)], strict=True)]
        kept = [block for block in blocks if _entry(block) not in mine]
        if len(kept) < len(blocks):
            path.write_text(source[: starts[0]] + "".join(kept), encoding="utf-8")
    for path in files:
        place = wanted / path.relative_to(own).with_name(OWN_PREFIX + path.name)
        shutil.copy(path, place)


def _entries(path: Path) -> set[tuple[str, str]]:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return set()
    starts = [found.start() for found in _BLOCK.finditer(source)]
    return {_entry(source[begin:end]) for begin, end in zip(starts, [*starts[1:], len(source)], strict=True)}


def _entry(block: str) -> tuple[str, str]:
    table, named = _BLOCK.match(block), _ID.search(block)
    return (table[1] if table else "", named[1] if named else "")
