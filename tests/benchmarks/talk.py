# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Talks with a visit that tells where its buttons are (`told_room`)."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from tests.benchmarks.processes import running


@dataclass(frozen=True, slots=True)
class Talk:
    """One line to the visit, one line back."""

    process: Popen[str]

    def wait_for(self, word: str) -> str:
        """Read until this word comes; give the rest of its line.

        Raises: EOFError when the visit is gone.
        """
        if self.process.stdout is not None:
            for line in self.process.stdout:
                said, _, rest = line.strip().partition(" ")
                if said == word:
                    return rest
        raise EOFError(f"the visit ended before it said {word}")

    def ask(self, what: str) -> Mapping[str, Any]:
        if self.process.stdin is None:
            raise EOFError("nobody listens")
        self.process.stdin.write(f"show {what}\n")
        self.process.stdin.flush()
        told: Mapping[str, Any] = json.loads(self.wait_for("told"))
        return told

    def where(self, item: str) -> tuple[int, int]:
        spot = self.ask(f"where {item}")["spot"]
        if spot is None:
            raise LookupError(f"there is no {item} on the screen")
        return spot[0], spot[1]


@contextlib.contextmanager
def told_visit(surroundings: Mapping[str, str], settings: Path, service: str = "verhuizen") -> Iterator[Talk]:
    """Run a visit on the screen, painted."""
    command = [sys.executable, "-m", "tests.benchmarks.told_room", "--config", str(settings), "--service", service]
    with running(command, surroundings, is_talking=True) as process:
        talk = Talk(process)
        talk.wait_for("shown")
        yield talk
