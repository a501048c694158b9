# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the screens of "Ik wil later verder" are made of, and the ids of their buttons (feature C25)."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.draft import DraftReply, KeptDraft

KEEP = "later.keep"
PRINT = "later.print"
HEAR = "later.hear"
WIPE = "later.wipe"
CODE = "draft_code"  # the field
WAIT = "later-wait"


@dataclass(frozen=True, slots=True)
class LaterPage:
    """What the screens are made of."""

    can_keep: bool = False  # there is something to keep, and this device does
    has_files: bool = False  # a photo or recording that stays out
    kept: KeptDraft | None = None
    is_broken: bool = False  # the last thing asked for could not be done
    typed: str = field(default="", repr=False)
    is_no_code: bool = False  # what was typed is no code
    is_taken: bool = False  # a BSN was taken out of the field
    reply: DraftReply | None = None
    is_busy_visit: bool = False  # something was answered already: no draft is opened over it
    is_changed: bool = False  # the service is not as it was
    lost: int = 0  # answers that do not fit any more
