# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the desk has of cases: the list that lies readable here, and what opens a case (the sync service beside it).

Neither needs a network; both need no key.
"""

from __future__ import annotations

from domain.counter import CounterDesk, WorkList
from domain.settings import Settings


def open_work_list(settings: Settings) -> WorkList:
    """Give the work list of this device, for the store's lane.

    Raises: StoreError and its kinds.
    """
    from commands.counter_desk import joined_work_list

    return joined_work_list(settings)


def counter_desk(settings: Settings) -> CounterDesk:
    """Give what opens cases; nothing is asked of the sync service before `begin`."""
    from commands.counter_desk import SocketCounterDesk

    return SocketCounterDesk(settings)
