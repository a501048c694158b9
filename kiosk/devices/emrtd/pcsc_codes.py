# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What PC/SC answers, and how a reading ends by it: one table. Names and numbers are those of winscard.h."""

from __future__ import annotations

from types import MappingProxyType

from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

SUCCESS = 0
F_INTERNAL_ERROR = 0x80100001
E_CANCELLED = 0x80100002
E_INVALID_HANDLE = 0x80100003
E_INVALID_PARAMETER = 0x80100004
E_NO_MEMORY = 0x80100006
E_INSUFFICIENT_BUFFER = 0x80100008
E_UNKNOWN_READER = 0x80100009
E_TIMEOUT = 0x8010000A
E_SHARING_VIOLATION = 0x8010000B
E_NO_SMARTCARD = 0x8010000C
E_PROTO_MISMATCH = 0x8010000F
E_NOT_READY = 0x80100010
E_SYSTEM_CANCELLED = 0x80100012
F_COMM_ERROR = 0x80100013
F_UNKNOWN_ERROR = 0x80100014
E_NOT_TRANSACTED = 0x80100016
E_READER_UNAVAILABLE = 0x80100017
E_PCI_TOO_SMALL = 0x80100019
E_READER_UNSUPPORTED = 0x8010001A
E_CARD_UNSUPPORTED = 0x8010001C
E_NO_SERVICE = 0x8010001D
E_SERVICE_STOPPED = 0x8010001E
E_UNEXPECTED = 0x8010001F
E_UNSUPPORTED_FEATURE = 0x80100022
E_NO_ACCESS = 0x80100027
E_NO_READERS_AVAILABLE = 0x8010002E
E_COMM_DATA_LOST = 0x8010002F
E_SERVER_TOO_BUSY = 0x80100031
W_UNSUPPORTED_CARD = 0x80100065
W_UNRESPONSIVE_CARD = 0x80100066
W_UNPOWERED_CARD = 0x80100067
W_RESET_CARD = 0x80100068
W_REMOVED_CARD = 0x80100069
W_SECURITY_VIOLATION = 0x8010006A

# A code that stands here for no state ends as SERVICE_DOWN: the service did something that we do not know.
STATE_OF = MappingProxyType(
    {
        F_INTERNAL_ERROR: CardState.SERVICE_DOWN,
        E_CANCELLED: CardState.TIMEOUT,  # only we cancel, and only because it took too long
        E_INVALID_HANDLE: CardState.SERVICE_DOWN,  # the service is another than the one that gave the handle
        E_INVALID_PARAMETER: CardState.SERVICE_DOWN,
        E_NO_MEMORY: CardState.SERVICE_DOWN,
        E_INSUFFICIENT_BUFFER: CardState.PROTOCOL_VIOLATION,  # more than an answer can be
        E_UNKNOWN_READER: CardState.READER_GONE,
        E_TIMEOUT: CardState.TIMEOUT,
        E_SHARING_VIOLATION: CardState.TIMEOUT,  # another program holds the card, and did not let go while we waited
        E_NO_SMARTCARD: CardState.CARD_REMOVED,
        E_PROTO_MISMATCH: CardState.UNSUPPORTED_CARD,
        E_NOT_READY: CardState.CARD_REMOVED,
        E_SYSTEM_CANCELLED: CardState.SERVICE_DOWN,
        F_COMM_ERROR: CardState.SERVICE_DOWN,  # between us and the service
        F_UNKNOWN_ERROR: CardState.SERVICE_DOWN,
        E_NOT_TRANSACTED: CardState.CARD_REMOVED,  # between reader and card
        E_READER_UNAVAILABLE: CardState.READER_GONE,
        E_PCI_TOO_SMALL: CardState.SERVICE_DOWN,
        E_READER_UNSUPPORTED: CardState.READER_GONE,
        E_CARD_UNSUPPORTED: CardState.UNSUPPORTED_CARD,
        E_NO_SERVICE: CardState.SERVICE_DOWN,
        E_SERVICE_STOPPED: CardState.SERVICE_DOWN,
        E_UNEXPECTED: CardState.SERVICE_DOWN,
        E_UNSUPPORTED_FEATURE: CardState.SERVICE_DOWN,
        E_NO_ACCESS: CardState.SERVICE_DOWN,
        E_NO_READERS_AVAILABLE: CardState.NO_READER,
        E_COMM_DATA_LOST: CardState.CARD_REMOVED,
        E_SERVER_TOO_BUSY: CardState.SERVICE_DOWN,
        W_UNSUPPORTED_CARD: CardState.UNSUPPORTED_CARD,
        W_UNRESPONSIVE_CARD: CardState.UNSUPPORTED_CARD,
        W_UNPOWERED_CARD: CardState.CARD_REMOVED,
        W_RESET_CARD: CardState.CARD_REMOVED,  # another program, or another card
        W_REMOVED_CARD: CardState.CARD_REMOVED,
        W_SECURITY_VIOLATION: CardState.SERVICE_DOWN,  # polkit lets this user not in
    }
)

REFUSED = frozenset({W_SECURITY_VIOLATION, E_NO_ACCESS})

# The same code stands for a reader pulled out, a card taken away and a service that died: who gets one looks again.
AMBIGUOUS = frozenset(
    {
        E_INVALID_HANDLE,
        F_COMM_ERROR,
        F_INTERNAL_ERROR,
        F_UNKNOWN_ERROR,
        E_NOT_READY,
        E_NOT_TRANSACTED,
        E_READER_UNAVAILABLE,
        E_COMM_DATA_LOST,
        E_UNKNOWN_READER,
        W_REMOVED_CARD,
        W_RESET_CARD,
        W_UNPOWERED_CARD,
    }
)


class PcscError(CardError):
    """PC/SC said no; `code` is its own number for it."""

    def __init__(self, code: int, call: str, state: CardState | None = None, *, is_library: bool = False) -> None:
        super().__init__(state or STATE_OF.get(code, CardState.SERVICE_DOWN), f"{call} gave {code:#010x}")
        self.code = code
        self.call = call
        self.is_library = is_library  # there is none to call

    @property
    def is_refused(self) -> bool:
        """Tell whether this user may not ask (polkit). A service that dies in the middle of a wait says so too."""
        return self.code in REFUSED and self.call == "SCardEstablishContext"
