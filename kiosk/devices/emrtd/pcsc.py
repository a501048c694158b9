# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""PC/SC by ctypes: the few functions of libpcsclite that a reading needs, with Python's types.

Written for winscard (Windows) and the framework of macOS as well, as far as their types go; nobody has tried it there.
Which card is meant, and what to do when a call fails, is for `readers`.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import PurePath
from typing import Any

from kiosk.devices.emrtd.pcsc_codes import E_NO_READERS_AVAILABLE, E_NO_SERVICE, SUCCESS, PcscError

HOT_PLUG = r"\\?PnP?\Notification"  # the reader that is no reader: it wakes who waits when one comes or goes
LONGEST_ANSWER = 4 + 3 + (1 << 16) + 3 + 2  # what pcscd itself has room for
T0, T1 = 1, 2
MAX_INPUT = (7 << 16) | 0xA007  # attribute: how many bytes a reader takes in one command

_IS_WINDOWS = sys.platform == "win32"
_IS_APPLE = sys.platform == "darwin"
_LIBRARY = {
    "win32": "winscard.dll",
    "darwin": "/System/Library/Frameworks/PCSC.framework/PCSC",
}.get(sys.platform, "libpcsclite.so.1")
_SYSTEM = 2
_EXCLUSIVE, _SHARED, _DIRECT = 1, 2, 3
_GET_FEATURES = ((0x31 << 16) | (3400 << 2)) if _IS_WINDOWS else 0x42000000 + 3400
_FEATURE_PROPERTIES = 0x12
_PROPERTY_LONGEST_DATA = 0x0A  # dwMaxAPDUDataSize of PC/SC part 10
_ATTRIBUTE_ROOM = 264

_Dword = ctypes.c_uint32 if _IS_WINDOWS or _IS_APPLE else ctypes.c_ulong
_Long = ctypes.c_int32 if _IS_WINDOWS or _IS_APPLE else ctypes.c_long
_Context = ctypes.c_size_t if _IS_WINDOWS else _Long
_ATR_ROOM = 36 if _IS_WINDOWS else 33


class _ReaderState(ctypes.Structure):
    if _IS_APPLE:
        _pack_ = 1
    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current_state", _Dword),
        ("event_state", _Dword),
        ("atr_length", _Dword),
        ("atr", ctypes.c_ubyte * _ATR_ROOM),
    )


class _IoRequest(ctypes.Structure):
    _fields_ = (("protocol", _Dword), ("length", _Dword))


class ReaderEvent(IntFlag):
    """What PC/SC tells of a reader (SCARD_STATE_...); above 16 bits it counts what happened."""

    UNAWARE = 0
    CHANGED = 0x0002
    UNKNOWN = 0x0004
    UNAVAILABLE = 0x0008
    EMPTY = 0x0010
    PRESENT = 0x0020
    MUTE = 0x0200


class Leave(IntEnum):
    """What becomes of a card that is let go."""

    AS_IT_IS = 0
    RESET = 1
    UNPOWERED = 2


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card that PC/SC gave us; nobody else may speak with it meanwhile."""

    handle: int
    protocol: int


class Pcsc:
    """The library, call by call. Each raises PcscError. One context may wait in one thread only."""

    def __init__(self, library: Any = None) -> None:
        self._library = library if library is not None else _load()

    def establish(self) -> int:
        """Begin to speak with the service, which may be started by this."""
        context = _Context(0)
        self._call("SCardEstablishContext", _Dword(_SYSTEM), None, None, ctypes.byref(context))
        return context.value

    def release(self, context: int) -> None:
        """End what `establish` began."""
        self._call("SCardReleaseContext", _Context(context))

    def cancel(self, context: int) -> None:
        """Wake the thread that waits in `wait` with this context; any thread may."""
        self._call("SCardCancel", _Context(context))

    def readers(self, context: int) -> tuple[str, ...]:
        """Name the readers that are there."""
        length = _Dword(0)
        name = _plain("SCardListReaders")
        try:
            self._call(name, _Context(context), None, None, ctypes.byref(length))
            room = ctypes.create_string_buffer(max(length.value, 1))
            self._call(name, _Context(context), None, room, ctypes.byref(length))
        except PcscError as error:
            if error.code == E_NO_READERS_AVAILABLE:
                return ()
            raise
        names = room.raw[: length.value].split(b"\0")
        return tuple(each.decode("utf-8", "replace") for each in names if each)

    def wait(self, context: int, known: Mapping[str, int], timeout_ms: int) -> dict[str, int]:
        """Wait until one of these readers is otherwise than known; give how each is. Raises E_TIMEOUT too."""
        states = (_ReaderState * len(known))()
        for state, (name, value) in zip(states, known.items(), strict=True):
            state.reader = name.encode("utf-8")
            state.current_state = value
        self._call(_plain("SCardGetStatusChange"), _Context(context), _Dword(timeout_ms), states, _Dword(len(known)))
        return {name: int(state.event_state) for name, state in zip(known, states, strict=True)}

    def connect(self, context: int, reader: str) -> OpenCard:
        """Take the card on this reader for ourselves alone."""
        return self._connect(context, reader, _EXCLUSIVE, T0 | T1)

    def disconnect(self, handle: int, leave: Leave) -> None:
        """Let the card go."""
        self._call("SCardDisconnect", _Context(handle), _Dword(leave))

    def transmit(self, card: OpenCard, command: bytes) -> bytes:
        """Send a command and give the answer, as it came."""
        protocol = _IoRequest(card.protocol, ctypes.sizeof(_IoRequest))
        answer = (ctypes.c_ubyte * LONGEST_ANSWER)()
        length = _Dword(LONGEST_ANSWER)
        self._call(
            "SCardTransmit",
            _Context(card.handle),
            ctypes.byref(protocol),
            ctypes.create_string_buffer(command, len(command)),
            _Dword(len(command)),
            None,
            answer,
            ctypes.byref(length),
        )
        return bytes(answer[: length.value])

    def attribute(self, handle: int, attribute: int) -> bytes:
        """Ask what a reader says of itself."""
        room = (ctypes.c_ubyte * _ATTRIBUTE_ROOM)()
        length = _Dword(_ATTRIBUTE_ROOM)
        self._call("SCardGetAttrib", _Context(handle), _Dword(attribute), room, ctypes.byref(length))
        return bytes(room[: length.value])

    def longest_data(self, handle: int) -> int | None:
        """Ask how much data one command may carry (256: short length only); None: the reader does not tell."""
        for tag, value in _small_tlv(self._control(handle, _GET_FEATURES)):
            if tag == _FEATURE_PROPERTIES and len(value) == 4:
                code = int.from_bytes(value, "big")
                properties = dict(_small_tlv(self._control(handle, code)))
                told = properties.get(_PROPERTY_LONGEST_DATA)
                return None if told is None else int.from_bytes(told, "little")
        return None

    def look_at(self, context: int, reader: str) -> OpenCard:
        """Speak with a reader that may have no card, to ask what it can."""
        return self._connect(
            context, reader, _DIRECT if not _IS_WINDOWS else _SHARED, 0 if not _IS_WINDOWS else T0 | T1
        )

    def _connect(self, context: int, reader: str, mode: int, protocols: int) -> OpenCard:
        handle, protocol = _Context(0), _Dword(0)
        self._call(
            _plain("SCardConnect"),
            _Context(context),
            reader.encode("utf-8"),
            _Dword(mode),
            _Dword(protocols),
            ctypes.byref(handle),
            ctypes.byref(protocol),
        )
        return OpenCard(handle.value, protocol.value)

    def _control(self, handle: int, code: int) -> bytes:
        room = (ctypes.c_ubyte * _ATTRIBUTE_ROOM)()
        length = _Dword(0)
        self._call(
            "SCardControl",
            _Context(handle),
            _Dword(code),
            None,
            _Dword(0),
            room,
            _Dword(_ATTRIBUTE_ROOM),
            ctypes.byref(length),
        )
        return bytes(room[: length.value])

    def _call(self, name: str, *arguments: Any) -> None:
        function = getattr(self._library, name)
        code = int(function(*arguments)) & 0xFFFFFFFF
        if code != SUCCESS:
            raise PcscError(code, name)


def _load() -> Any:
    try:
        if sys.platform == "win32":
            library = ctypes.WinDLL(_LIBRARY)
        else:
            library = ctypes.CDLL(_LIBRARY)
        for name in (
            "SCardEstablishContext",
            "SCardReleaseContext",
            "SCardCancel",
            _plain("SCardListReaders"),
            _plain("SCardGetStatusChange"),
            _plain("SCardConnect"),
            "SCardDisconnect",
            "SCardTransmit",
            "SCardGetAttrib",
            "SCardControl",
        ):
            getattr(library, name).restype = _Long
    except (OSError, AttributeError):
        raise PcscError(E_NO_SERVICE, f"loading {PurePath(_LIBRARY).name}", is_library=True) from None
    return library


def _plain(name: str) -> str:
    """Name the function that takes bytes; on Windows there are two of those that take a text."""
    return f"{name}A" if _IS_WINDOWS else name


def _small_tlv(data: bytes) -> list[tuple[int, bytes]]:
    """Take apart what a reader tells of itself: one byte tag, one byte length; half a part at the end is left out."""
    found: list[tuple[int, bytes]] = []
    while len(data) >= 2 and len(data) >= 2 + data[1]:
        found.append((data[0], data[2 : 2 + data[1]]))
        data = data[2 + data[1] :]
    return found
