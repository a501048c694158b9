# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading answers that point at something kept beside them: pictures, papers, a recording."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.answers import AttachmentRefs, Spoken
from domain.lenient.characters import is_blank
from domain.lenient.faults import Fault

MOST_PHOTOS = 5
_ID = re.compile(r"[a-z0-9-]{1,40}")
_FIELD = re.compile(r"photo\.([1-9])")
_LONGEST_TEXT = 100_000


def read_photos(fields: Mapping[str, str]) -> AttachmentRefs | Fault:
    """Read photo.1, photo.2 ...; what is no id of ours is skipped, for nobody types these."""
    rows = sorted(name for name in fields if _FIELD.fullmatch(name))
    ids = tuple(fields[name] for name in rows if _ID.fullmatch(fields[name]))
    return AttachmentRefs(ids[:MOST_PHOTOS]) if ids else Fault("photo-gone", "photo.1")


def read_spoken(recording: str, text: str) -> Spoken | Fault:
    """Read a message: recorded, typed, or both."""
    if len(text) > _LONGEST_TEXT:
        return Fault("text-too-long", "text")
    found = Spoken(recording if _ID.fullmatch(recording) else "", "" if is_blank(text) else text)
    return found if found.recording or found.text else Fault("empty", "text")
