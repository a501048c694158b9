# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A one-process ZGW back end for practice, demo, tests and a first run.

It imitates Open Zaak 1.30 and Open Klant 2.18, their quirks too. Only on the loopback address, only for an unsigned
profile; nothing here is used with a real back end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from domain.ports import Clock
from sync.practice.admission import ALL_SCOPES
from sync.practice.back_end import PracticeBackEnd, PracticeBrokenError, PracticeRefusedError, Urls
from sync.practice.exchange import Client, RecordedRequest
from sync.practice.faults import Fault, FaultKind
from sync.practice.summary import RegisteredCase, RegisteredDocument, Totals

__all__ = [
    "ALL_SCOPES",
    "Client",
    "Fault",
    "FaultKind",
    "PracticeBackEnd",
    "PracticeBrokenError",
    "PracticeRefusedError",
    "RecordedRequest",
    "RegisteredCase",
    "RegisteredDocument",
    "Totals",
    "Urls",
    "serve",
]


def serve(
    port: int,
    case_types: Mapping[str, Sequence[str]],
    *,
    clock: Clock,
    profile_is_signed: bool,
    announce: Callable[[PracticeBackEnd], None],
    until: threading.Event,
    client_id: str = "",
    secret: str = "",
    journal: Path | None = None,
    faults: bool = False,
) -> None:
    """Run a practice back end until the event is set; `announce` gets it once it answers.

    Raises: PracticeRefusedError for a signed profile.
    """
    back_end = PracticeBackEnd(
        case_types,
        clock=clock,
        profile_is_signed=profile_is_signed,
        port=port,
        client_id=client_id,
        secret=secret,
        journal=journal,
        faults=faults,
    )
    with back_end:
        announce(back_end)
        until.wait()
