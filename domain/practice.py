# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mark of a practice case (H15): it stands in the case's own id, so that nothing can take it off.

The id is in the header, in the sealed submission and in every row about the case. It is a UUID4 like any other, whose
first fifteen digits spell it; that a real case would get them by chance is once in 10 to the power of 18.
"""

from __future__ import annotations

import uuid

from domain.case import CaseId

_MARK = "0efe0efe-0efe-4efe-"


def new_practice_case_id() -> CaseId:
    """Make the id of a case that is only practice."""
    return CaseId(_MARK + str(uuid.uuid4())[len(_MARK) :])


def is_practice_case(case_id: str) -> bool:
    """Tell whether a case is only practice: it is never kept among real ones, and never sent."""
    return case_id.casefold().startswith(_MARK)
