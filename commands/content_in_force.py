# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which content holds on this device, decided in one place.

It reads the pointer, holds the files against their signature, and lays them over those of Loket. Every command comes
here by way of `commands.configuration`. Without a package, or without a key in the settings, it costs a look at one
file. Nothing here ever keeps Loket from starting.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.content_mark import NO_MARK, SHELF, content_mark
from domain.errors import ContentError, ContentForgedError, ContentThemeError, DefinitionError, ExpectedError
from domain.settings import Settings
from resources.laid_over import HELP, THEME, VOICES, lay_over

if TYPE_CHECKING:
    from sync.content_shelf import ContentShelf, ContentStanding

ORIGIN = "content"


def take_content(settings: Settings) -> Settings:
    """Lay the content in force over that of Loket, and give the settings with what it says of them; never raises."""
    folder = None
    if has_package(settings):
        standing = content_standing(settings)
        folder = standing.content.folder if standing is not None and standing.content is not None else None
        if standing is not None and standing.trouble is not None:
            _tell(standing.trouble)
    lay_over(folder)
    return _with_content(settings, folder) if folder is not None else settings


def has_package(settings: Settings) -> bool:
    """Tell whether a package was ever put in force here, and somebody's signature counts; quick."""
    data_dir = settings.device.data_dir
    if settings.content.public_key_file is None or data_dir is None:
        return False
    return content_mark(data_dir) != NO_MARK


def content_shelf(settings: Settings) -> ContentShelf:
    """Open the shelf of this device.

    Raises: ContentError where the settings name no key, SealingError where it cannot be read.
    """
    # Not at the top: a window paints before it knows of signatures.
    from sync.content_seal import read_public
    from sync.content_shelf import ContentShelf as Shelf

    key, data_dir = settings.content.public_key_file, settings.device.data_dir
    if key is None or data_dir is None:
        raise ContentError(
            "the settings name no key for content", "name public_key_file in [content] (docs/content-packages.md)"
        )
    return Shelf(data_dir / SHELF, read_public(key), settings.device.municipality)


def content_standing(settings: Settings, *, is_thorough: bool = False) -> ContentStanding | None:
    """Tell which content holds; None where nobody's packages count here. Never raises."""
    if settings.content.public_key_file is None or settings.device.data_dir is None:
        return None
    from sync.content_shelf import ContentStanding as Standing

    try:
        return content_shelf(settings).standing(is_thorough=is_thorough)
    except ContentError as error:
        return Standing(trouble=error)
    except ExpectedError as error:
        return Standing(trouble=ContentForgedError(error.says, error.remedy))
    except OSError:
        return Standing(trouble=ContentForgedError("the content cannot be read", "look at the data folder"))


def theme_trouble(folder: Path) -> ContentThemeError | None:
    """Tell why the colours of this content are not used; None when they are, or when it has none."""
    path = folder / THEME
    if not path.exists():
        return None
    from resources.theme import own_colours

    try:
        own_colours(path.read_text(encoding="utf-8-sig"))
    except ContentThemeError as error:
        return error
    except (OSError, UnicodeDecodeError):
        return ContentThemeError("theme.toml cannot be read", "install the package again")
    return None


def _with_content(settings: Settings, folder: Path) -> Settings:
    """Put in the settings what the content says and the settings file does not."""
    said: dict[str, str] = {}
    trouble = theme_trouble(folder)
    if trouble is not None:
        _tell(trouble)
    kiosk, speech = settings.kiosk, settings.speech
    if (folder / HELP).exists():
        from resources.own_help import read_help

        try:
            help_at = read_help(folder)
        except DefinitionError as error:
            _tell(error)
        else:
            for name in ("phone", "desk"):
                value = getattr(help_at, name)
                if value and settings.origins.get(f"kiosk.help.{name}") != "file":
                    kiosk = replace(kiosk, help=replace(kiosk.help, **{name: value}))
                    said[f"kiosk.help.{name}"] = ORIGIN
    if speech.voice_dir is None and (folder / VOICES).exists():
        speech = replace(speech, voice_dir=folder / VOICES)
        said["speech.voice_dir"] = ORIGIN
    return replace(settings, kiosk=kiosk, speech=speech, origins=MappingProxyType({**settings.origins, **said}))


def _tell(error: ExpectedError) -> None:
    # Why, and what to do, is what `loket content show` and `loket doctor` say.
    print(f"loket: {error.slug} -> `loket content show` tells what holds instead", file=sys.stderr)
