# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worked examples of Doc 9303 part 11, read where they lie; none of them is copied into our tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kiosk.devices.emrtd.connection import Limits


def worked_example(shared_dir: Path, name: str) -> dict[str, Any]:
    whole: dict[str, dict[str, Any]] = json.loads((shared_dir / "vectors" / "icao9303-part11.json").read_text("utf-8"))
    return whole[name]


def octets(example: dict[str, Any], *names: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(example[name]) for name in names)


class ScriptedCard:
    """A card that expects these commands, in this order, and has an answer ready for each; None takes any command."""

    def __init__(self, *script: tuple[str | bytes | None, str | bytes], limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._script = [(_bytes(command), _bytes(answer) or b"") for command, answer in script]
        self.sent: list[bytes] = []

    def transmit(self, command: bytes) -> bytes:
        assert self._script, f"a command too many: {command.hex()}"
        wanted, answer = self._script.pop(0)
        assert wanted is None or command.hex() == wanted.hex()
        self.sent.append(command)
        return answer

    def close(self) -> None:
        pass

    @property
    def is_done(self) -> bool:
        return not self._script


def drawn(*values: bytes | str) -> Any:
    """Give a source of random bytes that hands out these values in turn."""
    left = [bytes.fromhex(value) if isinstance(value, str) else value for value in values]

    def draw(length: int) -> bytes:
        value = left.pop(0)
        assert len(value) == length, f"{length} bytes were asked"
        return value

    return draw


def _bytes(value: str | bytes | None) -> bytes | None:
    return bytes.fromhex(value) if isinstance(value, str) else value
