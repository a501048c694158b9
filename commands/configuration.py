# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds and reads the settings for every command, and fills in what only a machine knows: where its data lives.

What a municipality's content says comes in here too (`commands.content_in_force`), so that no command can forget it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from commands.content_in_force import take_content
from domain.errors import SettingsError
from domain.settings import Settings, defaults, parse_settings

LARGEST = 256 * 1024


def load_settings(config: Path | None) -> Settings:
    """Read the settings, or take the defaults when no file is named, and put the content of this device in force.

    Raises: SettingsError, naming file and key.
    """
    settings = defaults() if config is None else _read(config)
    if settings.device.data_dir is None:
        import platformdirs

        data_dir = Path(platformdirs.user_data_dir("loket", appauthor=False))
        settings = replace(settings, device=replace(settings.device, data_dir=data_dir))
    return take_content(settings)


def _read(config: Path) -> Settings:
    try:
        if config.stat().st_size > LARGEST:
            raise SettingsError(f"{config.name} is larger than 256 KB", "name the settings file with --config")
        text = config.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{config.name} cannot be read: {error.strerror}", "name the file with --config") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{config.name} is not UTF-8 text", "save it as UTF-8") from None
    return parse_settings(text, str(config.resolve().parent), config.name)
