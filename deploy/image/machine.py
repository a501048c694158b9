# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""machine.toml: what belongs to the machine and not to Loket, read whole and refused by name.

Screen, printer on the network, time and extra hosts. What Loket itself does stands in loket.toml; what is made of these
settings is for the programs beside this one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HOST_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_HOST = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:]{2,45}\])(?::([0-9]{1,5}))?")
_PRINTER = re.compile(r"ipps?://[A-Za-z0-9\[\]:._-]{1,260}/[A-Za-z0-9/._-]{0,200}")
ROTATIONS = (0, 90, 180, 270)


class WrongMachineError(Exception):
    """machine.toml cannot be used; the text names the key."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What machine.toml says, with what holds when it is silent."""

    hostname: str = "loket"
    rotate: int = 0  # degrees, clockwise
    touch: tuple[float, ...] = ()  # a calibration of its own, six numbers; empty: turned as the screen is
    printer: str = ""  # ipp://name/ipp/print; empty: no printer on the network
    time_servers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()  # name or name:port that loket.toml does not name


def read_machine(folder: Path) -> Machine:
    """Read machine.toml of a folder of settings; a file that is not there means the defaults.

    Raises: WrongMachineError.
    """
    try:
        text = (folder / "machine.toml").read_text("utf-8")
    except FileNotFoundError:
        return Machine()
    except (OSError, UnicodeDecodeError):
        raise WrongMachineError("machine.toml cannot be read") from None
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongMachineError(f"machine.toml: {error}") from None
    unknown = sorted(set(found) - set(Machine.__dataclass_fields__))
    if unknown:
        raise WrongMachineError(f"machine.toml: {unknown[0]} is not a setting")
    return Machine(
        hostname=_text(found, "hostname", _HOST_NAME, "loket"),
        rotate=_rotation(found),
        touch=_numbers(found),
        printer=_text(found, "printer", _PRINTER, ""),
        time_servers=_texts(found, "time_servers", _NAME),
        hosts=_texts(found, "hosts", _HOST),
    )


def split_host(host: str, port: int = 443) -> tuple[str, int]:
    """Part a host from its port; what has none gets the port of https."""
    match = _HOST.fullmatch(host)
    if match is None:
        raise WrongMachineError(f"{host} is not a host")
    return match[1].strip("[]"), int(match[2] or port)


def _text(found: dict[str, Any], key: str, form: re.Pattern[str], default: str) -> str:
    value = found.get(key, default)
    if value == default:
        return default
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise WrongMachineError(f"machine.toml: {key} is not right")
    return value


def _texts(found: dict[str, Any], key: str, form: re.Pattern[str]) -> tuple[str, ...]:
    value = found.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and form.fullmatch(each) for each in value):
        raise WrongMachineError(f"machine.toml: {key} is not right")
    return tuple(value)


def _rotation(found: dict[str, Any]) -> int:
    value = found.get("rotate", 0)
    if value not in ROTATIONS or isinstance(value, bool):
        raise WrongMachineError("machine.toml: rotate is 0, 90, 180 or 270")
    return int(value)


def _numbers(found: dict[str, Any]) -> tuple[float, ...]:
    value = found.get("touch", [])
    if not isinstance(value, list) or len(value) not in {0, 6}:
        raise WrongMachineError("machine.toml: touch is six numbers")
    if not all(isinstance(each, (int, float)) and not isinstance(each, bool) and abs(each) <= 10 for each in value):
        raise WrongMachineError("machine.toml: touch is six numbers")
    return tuple(float(each) for each in value)
