# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder in which a municipality keeps what it changes, made into the files of a package.

What does not belong in a package is refused by name, never left out in silence; only notes for people are.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from commands.content_translations import read_messages
from domain.content_package import PackedFile, is_allowed
from domain.errors import ContentUnreadableError

_PIECE = 256 * 1024


def pack_source(source: Path, into: Path) -> tuple[PackedFile, ...]:
    """Write the files of a package under a folder, and give them by name.

    Raises: ContentUnreadableError that names what does not belong; OSError.
    """
    if not source.is_dir():
        raise ContentUnreadableError(f"{source.name} is no folder", "name the folder with services, texts, theme.toml")
    for path in _files(source):
        name = path.relative_to(source).as_posix()
        is_catalogue = path.parent == source / "texts" and path.suffix == ".po"
        packed = name.removesuffix(".po") + ".json" if is_catalogue else name
        if (
            path.is_symlink()
            or not path.is_file()
            or not is_allowed(packed)
            or name.startswith("texts/") != is_catalogue
        ):
            raise ContentUnreadableError(
                f"{name} does not belong in a content package", "take it out, or mend its name"
            )
        wanted = into / packed
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if is_catalogue:
            wanted.write_text(_as_json(path), encoding="utf-8")
        else:
            shutil.copyfile(path, wanted)
    found = tuple(sorted(_packed(into), key=lambda file: file.name))
    if not found:
        raise ContentUnreadableError(f"there is nothing in {source.name}", "put in it what differs here")
    return found


def _files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        is_note = len(parts) == 1 and path.suffix == ".md"
        if any(part.startswith(".") for part in parts) or is_note or (path.is_dir() and not path.is_symlink()):
            continue
        yield path


def _as_json(path: Path) -> str:
    try:
        messages = read_messages(path)
    except (OSError, ValueError):
        raise ContentUnreadableError(f"texts/{path.name} cannot be read", "is it a .po file, saved as UTF-8?") from None
    words: dict[str, str | list[str]] = {}
    for message in messages:
        if isinstance(message.id, str):
            words[message.id] = str(message.string)
        else:
            words[message.id[0]] = [str(form) for form in message.string or ()]
    return json.dumps(words, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _packed(folder: Path) -> Iterator[PackedFile]:
    for path in folder.rglob("*"):
        if path.is_file():
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
            yield PackedFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest.hexdigest())
