# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A red flag about a case that was sent already (H18): the act that makes it urgent, whoever sits at the desk.

Before it is sent the flag goes with the case itself (`domain.together.RaiseFlag`). The days are `domain.haste`'s.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.case_act import ActHeader, ActKind, CaseAct
from domain.haste import due_on
from domain.knowledge import RedFlag
from domain.staff import StaffMember

_DUTCH = ZoneInfo("Europe/Amsterdam")
_SPACE = uuid.UUID("5b0a6a5e-3a7b-5d0c-9a53-2f6a3f0c7d18")


def urgent_act(flag: RedFlag, reference: str, member: StaffMember, at: datetime, care: str = "") -> CaseAct:
    """Make the act; `care` is what to mind when home is not safe.

    The same flag on the same case is the same act, however often somebody taps. It adds and changes nothing of
    another's, so it is based on no version of the case.
    """
    header = ActHeader(
        act_id=str(uuid.uuid5(_SPACE, f"{reference} {flag.id}")),
        reference=reference,
        kind=ActKind.URGENT,
        at=at,
        staff_number=str(member.number),
        based_on="",
        key_id="",
    )
    due = due_on(at.astimezone(_DUTCH).date())
    return CaseAct(header, member.name, care, {"flag": flag.title, "kind": flag.id, "due_on": due.isoformat()})
