# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a counter reach cases by, and in which lane each may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assisted.case_sheets import CaseSheet
from domain.case_act import ActBook
from domain.counter import CounterDesk, WorkList
from kiosk.background import Lane

OTHER_PROCESS = Lane.DEVICES
"""For `CounterDesk`: another process answers, and the list of this device must not wait for it."""


@dataclass(frozen=True, slots=True)
class CounterPorts:
    """Joined by `commands`."""

    work: WorkList  # the store's lane
    desk: CounterDesk  # OTHER_PROCESS
    acts: ActBook  # the store's lane
    sheets: Sequence[CaseSheet] = ()
