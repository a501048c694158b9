# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the clips of fixed texts that were said lately, in memory only, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from kiosk.speech.clip import Clip

ROOM_BYTES = 8 * 1024 * 1024  # about three minutes of speech


@dataclass(frozen=True, slots=True)
class ClipKey:
    """What a clip is the sound of."""

    text: str
    language: str
    rate_wpm: int


class ClipCache:
    """Forgets the clip that was not used for longest. Belongs to one thread."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._room_bytes = room_bytes
        self._used_bytes = 0
        self._clips: OrderedDict[ClipKey, Clip] = OrderedDict()

    def get(self, key: ClipKey) -> Clip | None:
        """Give the clip, if it is still there."""
        clip = self._clips.get(key)
        if clip is not None:
            self._clips.move_to_end(key)
        return clip

    def put(self, key: ClipKey, clip: Clip) -> None:
        """Keep the clip, and forget old ones when there is no room."""
        if len(clip.pcm) > self._room_bytes // 4:
            return
        replaced = self._clips.pop(key, None)
        self._used_bytes += len(clip.pcm) - (len(replaced.pcm) if replaced else 0)
        self._clips[key] = clip
        while self._used_bytes > self._room_bytes:
            _, oldest = self._clips.popitem(last=False)
            self._used_bytes -= len(oldest.pcm)
