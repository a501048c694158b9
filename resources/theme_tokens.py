# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's own colours, by the token names of NL Design System, turned into those of `theme.toml`.

The table of both names is in docs/themes.md. Sizes and distances are never a municipality's: fingers and eyes are the
same everywhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from domain.errors import ContentThemeError
from resources.colour_pairs import FaintPair, faint_pairs

OWN = "loket."
# A general token first, the one of a component after it: what is said later goes before what was said in general.
TOKENS: Mapping[str, str] = {
    "basis.color.default.bg-subtle": "canvas",
    "basis.color.default.bg-document": "paper",
    "basis.color.default.color-document": "ink",
    "basis.color.default.color-subtle": "ink_soft",
    "basis.color.default.border-subtle": "line",
    "basis.color.default.border-default": "edge",
    "basis.color.action-1.bg-default": "primary",
    "basis.color.action-1.bg-active": "primary_pressed",
    "basis.color.action-1.color-default": "on_primary",
    "basis.color.accent-1.bg-subtle": "tint",
    "basis.color.accent-2.color-default": "human",
    "basis.color.accent-2.bg-subtle": "human_paper",
    "basis.color.negative.color-default": "danger",
    "basis.color.negative.bg-subtle": "danger_paper",
    "basis.color.positive.color-default": "good",
    "basis.color.positive.bg-subtle": "good_paper",
    "basis.color.warning.color-default": "warn",
    "basis.color.warning.bg-subtle": "warn_paper",
    "basis.focus.background-color": "focus",
    "basis.focus.outline-color": "focus_edge",
    "utrecht.document.background-color": "canvas",
    "utrecht.document.color": "ink",
    "utrecht.form-control.border-color": "edge",
    "utrecht.button.primary-action.background-color": "primary",
    "utrecht.button.primary-action.active.background-color": "primary_pressed",
    "utrecht.button.primary-action.color": "on_primary",
    "utrecht.alert.error.color": "danger",
    "utrecht.alert.error.background-color": "danger_paper",
    "utrecht.alert.ok.color": "good",
    "utrecht.alert.ok.background-color": "good_paper",
    "utrecht.alert.warning.color": "warn",
    "utrecht.alert.warning.background-color": "warn_paper",
    "utrecht.focus.background-color": "focus",
    "utrecht.focus.outline-color": "focus_edge",
}
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)

Colours = Mapping[str, Mapping[str, str]]


def parse_tokens(text: str, built_in: Colours) -> Colours:
    """Read the colours of a municipality: for each theme, its own colours by the names of `theme.toml`.

    Raises: ContentThemeError that names the token.
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise ContentThemeError("theme.toml is no TOML", "see docs/themes.md") from None
    found: dict[str, Mapping[str, str]] = {}
    for theme, table in tables.items():
        if theme not in built_in or not isinstance(table, dict):
            raise ContentThemeError(f'theme.toml: there is no theme "{theme[:40]}"', f"write {_listed(built_in)}")
        found[theme] = _colours(theme, dict(_flat("", table)), built_in[theme])
    return found


def check_colours(built_in: Colours, own: Colours) -> None:
    """See to it that everything stands out in every theme.

    Raises: ContentThemeError that names the first pair, and how many more.
    """
    faint = [pair for theme, base in built_in.items() for pair in faint_pairs(theme, {**base, **own.get(theme, {})})]
    if faint:
        raise ContentThemeError(_told(faint), "choose colours that are further apart")


def _told(faint: list[FaintPair]) -> str:
    more = f" (and {len(faint) - 1} more)" if len(faint) > 1 else ""
    return f"theme.toml: {faint[0]}{more}"


def _colours(theme: str, tokens: Mapping[str, object], base: Mapping[str, str]) -> Mapping[str, str]:
    known = [*TOKENS, *(f"{OWN}{name}" for name in base)]
    for token, value in tokens.items():
        if token not in known:
            near = get_close_matches(token[:80], known, n=1, cutoff=0.6)
            hint = f'did you mean "{near[0]}"?' if near else "docs/themes.md lists the tokens that Loket knows"
            raise ContentThemeError(f'theme.toml: [{theme}]: Loket has no use for "{token[:80]}"', hint)
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise ContentThemeError(f'theme.toml: [{theme}]: "{token}" is no colour', 'write it as "#00566b"')
    return {_own_name(token): _long(str(tokens[token])) for token in known if token in tokens}


def _own_name(token: str) -> str:
    return token.removeprefix(OWN) if token.startswith(OWN) else TOKENS[token]


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give tokens by their whole name, written with dots or as tables in tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(f"[{name}]" for name in names)
