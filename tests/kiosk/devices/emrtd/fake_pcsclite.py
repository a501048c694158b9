# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""libpcsclite in memory, called as ctypes calls the real one: readers come and go, the service dies and comes back."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

from kiosk.devices.emrtd import pcsc_codes as codes
from kiosk.devices.emrtd.pcsc import HOT_PLUG

SIGNED = 1 << 32  # what C gives as a negative LONG


@dataclass
class FakePcsclite:
    """Holds what the service knows. `readers`: name to the card's answer to a command, None: no card there."""

    readers: dict[str, Callable[[bytes], bytes] | None] = field(default_factory=dict)
    is_up: bool = True
    fails: dict[str, int] = field(default_factory=dict)  # a call, and what it gives from now on
    attributes: dict[int, bytes] = field(default_factory=dict)
    properties: bytes | None = None  # what a reader tells of itself by PC/SC part 10
    contexts: set[int] = field(default_factory=set)
    handles: dict[int, str] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)  # how each card was let go
    shared: list[int] = field(default_factory=list)
    events: dict[str, int] = field(default_factory=dict)
    news: Event = field(default_factory=Event)
    is_cancelled: bool = False
    _last: int = 0

    def plug(self, name: str) -> None:
        self.readers[name] = None
        self.news.set()

    def unplug(self, name: str) -> None:
        del self.readers[name]
        self.handles = {handle: reader for handle, reader in self.handles.items() if reader != name}
        self.news.set()

    def lay(self, name: str, answer: Callable[[bytes], bytes] = lambda _: b"\x90\x00") -> None:
        self.readers[name] = answer
        self.events[name] = self.events.get(name, 0) + 1
        self.news.set()

    def lift(self, name: str) -> None:
        self.readers[name] = None
        self.events[name] = self.events.get(name, 0) + 1
        self.news.set()

    def die(self) -> None:
        self.is_up = False
        self.contexts.clear()
        self.handles.clear()
        self.news.set()

    def come_back(self) -> None:
        self.is_up = True

    # --- what ctypes calls --------------------------------------------------------------------------------------

    def SCardEstablishContext(self, scope: Any, _one: None, _two: None, context: Any) -> int:  # noqa: N802
        if (code := self._trouble("SCardEstablishContext")) or not self.is_up:
            return code or codes.E_NO_SERVICE - SIGNED
        self._last += 1
        self.contexts.add(self._last)
        context._obj.value = self._last
        return 0

    def SCardReleaseContext(self, context: Any) -> int:  # noqa: N802
        self.contexts.discard(context.value)
        return self._trouble("SCardReleaseContext")

    def SCardCancel(self, context: Any) -> int:  # noqa: N802
        self.is_cancelled = True
        self.news.set()
        return 0

    def SCardListReaders(self, context: Any, _groups: None, room: Any, length: Any) -> int:  # noqa: N802
        if code := self._trouble("SCardListReaders", context):
            return code
        if not self.readers:
            return codes.E_NO_READERS_AVAILABLE - SIGNED
        names = b"\0".join(name.encode() for name in self.readers) + b"\0\0"
        length._obj.value = len(names)
        if room is not None:
            room.raw = names
        return 0

    def SCardGetStatusChange(self, context: Any, timeout_ms: Any, states: Any, count: Any) -> int:  # noqa: N802
        if code := self._trouble("SCardGetStatusChange", context):
            return code
        ends = monotonic() + timeout_ms.value / 1000
        while not self._look(states):
            if self.is_cancelled:
                self.is_cancelled = False
                return codes.E_CANCELLED - SIGNED
            if not self.news.wait(max(0, ends - monotonic())):
                return codes.E_TIMEOUT - SIGNED
            self.news.clear()
            if code := self._trouble("SCardGetStatusChange", context):
                return code
        return 0

    def _look(self, states: Any) -> bool:
        """Fill in how each reader is; tell whether one is otherwise than known."""
        is_news = False
        for state in states:
            name = state.reader.decode()
            if name == HOT_PLUG:
                continue
            now = 0x20 if self.readers.get(name) else 0x10 if name in self.readers else 0x4
            now |= self.events.get(name, 0) << 16
            state.event_state = now | (0x2 if now != state.current_state else 0)
            is_news |= now != state.current_state
        return is_news

    def SCardConnect(  # noqa: N802
        self, context: Any, reader: bytes, mode: Any, protocols: Any, handle: Any, protocol: Any
    ) -> int:
        if code := self._trouble("SCardConnect", context):
            return code
        name = reader.decode()
        if name not in self.readers:
            return codes.E_UNKNOWN_READER - SIGNED
        if self.readers[name] is None:
            return codes.E_NO_SMARTCARD - SIGNED
        if name in self.handles.values():
            return codes.E_SHARING_VIOLATION - SIGNED
        self._last += 1
        self.handles[self._last] = name
        self.shared.append(mode.value)
        handle._obj.value, protocol._obj.value = self._last, 2
        return 0

    def SCardDisconnect(self, handle: Any, leave: Any) -> int:  # noqa: N802
        self.left.append(leave.value)
        self.handles.pop(handle.value, None)
        return 0

    def SCardTransmit(  # noqa: N802
        self, handle: Any, sent: Any, command: Any, length: Any, _received: None, answer: Any, room: Any
    ) -> int:
        if code := self._trouble("SCardTransmit"):
            return code
        if not self.is_up:
            return codes.F_COMM_ERROR - SIGNED
        name = self.handles.get(handle.value)
        if name is None:
            return codes.E_READER_UNAVAILABLE - SIGNED
        card = self.readers[name]
        if card is None:
            return codes.W_REMOVED_CARD - SIGNED
        assert sent._obj.protocol == 2, "the protocol that the card was opened with"
        said = card(command.raw[: length.value])
        ctypes.memmove(answer, said, len(said))
        room._obj.value = len(said)
        return 0

    def SCardGetAttrib(self, handle: Any, attribute: Any, room: Any, length: Any) -> int:  # noqa: N802
        value = self.attributes.get(attribute.value)
        if value is None:
            return codes.E_UNSUPPORTED_FEATURE - SIGNED
        return _fill(value, room, length)

    def SCardControl(  # noqa: N802
        self, handle: Any, code: Any, _sent: None, _length: Any, room: Any, _room: Any, length: Any
    ) -> int:
        if self.properties is None:
            return codes.E_UNSUPPORTED_FEATURE - SIGNED
        is_properties = code.value == 0x330006
        return _fill(self.properties if is_properties else bytes.fromhex("060400330001 120400330006"), room, length)

    def _trouble(self, call: str, context: Any = None) -> int:
        if call in self.fails:
            return self.fails[call] - SIGNED
        if context is not None and context.value not in self.contexts:
            return codes.E_INVALID_HANDLE - SIGNED
        return 0


def _fill(value: bytes, room: Any, length: Any) -> int:
    ctypes.memmove(room, value, len(value))
    length._obj.value = len(value)
    return 0
