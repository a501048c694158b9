# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a view and a helper's wish are written on the line between two processes: JSON with the name of each kind.

Only what is listed here can be read back, so that whoever should get hold of the line can make nothing else of it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from domain import together
from domain.consent import ConsentKind
from domain.help_log import HelpedStep
from domain.service import Privacy
from domain.staff import Role
from kiosk import view
from kiosk.together.messages import Refused, Shown, Waits

LONGEST = 2_000_000  # bytes; a view with pictures is far below
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(found for found in vars(view).values() if isinstance(found, type) and is_dataclass(found)),
        *(found for found in vars(together).values() if isinstance(found, type) and is_dataclass(found)),
        HelpedStep,
        Shown,
        Refused,
        Waits,
    )
}
_ENUM_KINDS: tuple[type[StrEnum], ...] = (
    view.Direction,
    view.TextSize,
    view.ThemeName,
    view.Tone,
    view.Weight,
    view.Keyboard,
    view.Sketch,
    Privacy,
    Role,
    ConsentKind,
    together.HelpState,
)
_ENUMS = {kind.__name__: kind for kind in _ENUM_KINDS}


def written(message: object) -> bytes:
    """Write a message down."""
    return json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def read(line: bytes) -> object:
    """Read a message.

    Raises: ValueError when it is none of ours.
    """
    if len(line) > LONGEST:
        raise ValueError("a message too long")
    try:
        return _made(json.loads(line.decode(errors="surrogatepass")))
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("not a message") from None


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return {"enum": type(value).__name__, "is": value.value}
    if is_dataclass(value) and not isinstance(value, type):
        found = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {"kind": type(value).__name__, "has": found}
    if isinstance(value, frozenset):
        return {"set": sorted(_plain(item) for item in value)}  # type: ignore[type-var]  # ids: text only
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(type(value).__name__)


def _made(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_made(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    if "kind" in plain:
        return _KINDS[plain["kind"]](**{name: _made(item) for name, item in plain["has"].items()})
    if "enum" in plain:
        return _ENUMS[plain["enum"]](plain["is"])
    if "set" in plain:
        return frozenset(plain["set"])
    return base64.b64decode(plain["bytes"], validate=True)
