# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the visit tells the helper's window; what the helper says is `domain.together`'s."""

from __future__ import annotations

from dataclasses import dataclass

from domain.consent import ConsentKind
from domain.help_log import HelpedStep
from domain.together import HelpState
from kiosk.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """The screen of now, masked already, and what the helper may do on it."""

    view: View
    help: HelpState = HelpState.NONE
    kind: ConsentKind | None = None  # what a consent for the question on the screen is called; None: nothing to ask
    may_type: bool = False
    held: tuple[ConsentKind, ...] = ()  # what the visitor allowed, and did not take back
    is_asking: bool = False  # the visitor is being asked
    service_id: str = ""  # what it is about; empty before something was chosen
    helped: tuple[HelpedStep, ...] = ()  # where the helper stepped in (U13)
    flag: str = ""  # the red flag that the helper raised (H18)
    reference: str = ""  # of what was sent in this visit already; a number, nothing of whose it is


@dataclass(frozen=True, slots=True)
class Refused:
    """What the helper did is the visitor's: nothing of it was kept."""

    item_id: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Nobody looks along: whether a person was asked for; nothing of the visit."""

    help: HelpState


VisitSaid = Shown | Refused | Waits
