# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the files of a chip that we need, in as few commands as the card allows. The others have no name here.

A file is asked for by its short name and whole; a card that will not have that is asked by SELECT, its first bytes
first, and for less at a time. What stands in a file is for `data_groups`, `sod` and `passive`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.apdu import Channel, Command, Ins, Response, Sw
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

TRAVEL_DOCUMENT = bytes.fromhex("A0000002471001")  # the application's name, Doc 9303 part 10
TOP = b"\x3f\x00"
LARGEST_FILE = 0x7FFF  # as far as READ BINARY reaches; without pictures a document stays far below
LARGEST_TRIAL = 1024  # bytes, of what a reader with long commands is asked for at first
FIRST_BYTES = 8  # holds tag and length of any file
SMALLER = (224, 223, 160, 112, 64, 32)  # what to ask for when a card says that it was too much
SHORT_NAME = 0x80  # in P1: the other bits are a short name
NO_ANSWER = 0x0C  # in P2 of SELECT

DENIED = {Sw.SECURITY_STATUS, Sw.CONDITIONS, Sw.SM_OBJECTS_MISSING, Sw.SM_OBJECTS_WRONG}
ABSENT = {Sw.FILE_NOT_FOUND, 0x6A83}
NOT_SO = {Sw.FILE_NOT_FOUND, Sw.FUNCTION_NOT_SUPPORTED, Sw.INS_NOT_SUPPORTED, Sw.CLA_NOT_SUPPORTED}


class File(Enum):
    """The files we read: identifier, short name, first tag."""

    CARD_ACCESS = (0x011C, 0x1C, 0x31)
    COM = (0x011E, 0x1E, 0x60)
    SOD = (0x011D, 0x1D, 0x77)
    DG1 = (0x0101, 0x01, 0x61)
    DG14 = (0x010E, 0x0E, 0x6E)
    DG15 = (0x010F, 0x0F, 0x6F)

    @property
    def identifier(self) -> bytes:
        return self.value[0].to_bytes(2, "big")

    @property
    def short_name(self) -> int:
        return self.value[1]

    @property
    def tag(self) -> int:
        return self.value[2]


@dataclass(slots=True)
class Habits:
    """What was found out about a card while it was read, so that no question is asked twice."""

    knows_short_names: bool = True
    reads_beyond_end: bool = False  # gives what there is when asked for more
    most: int | None = None  # bytes at once, where it took no more


def select_application(channel: Channel, name: bytes = TRAVEL_DOCUMENT) -> None:
    """Turn to the application that holds the document.

    Raises CardError: UNSUPPORTED_CARD where there is none.
    """
    answer = channel.send(Command(Ins.SELECT, 0x04, NO_ANSWER, name))
    if answer.is_ok:
        return
    if answer.sw in {Sw.SM_OBJECTS_MISSING, Sw.SM_OBJECTS_WRONG}:
        raise _broken("the session ends when the application is selected")
    raise CardError(CardState.UNSUPPORTED_CARD, "the card has no travel document")


class CardFiles:
    """The files of one card, over one channel."""

    def __init__(self, channel: Channel, habits: Habits) -> None:
        self.channel = channel
        self.habits = habits

    def read(self, file: File, advanced: Callable[[float], None] = lambda _share: None) -> bytearray | None:
        """Give a file whole, None where the card has none such.

        Raises CardError: FILE_DENIED, PROTOCOL_VIOLATION, or those of the channel.
        """
        data = self._begin_by_short_name(file) if self.habits.knows_short_names else None
        if data is None:
            data = self._begin_by_select(file)
        if data is None:
            return None
        header = tlv.read_header(data)
        if header.tag != file.tag:
            raise _broken("a file begins with another tag")
        if header.end > LARGEST_FILE:
            raise _broken("a file is longer than any of its kind")
        rounds = header.end // SMALLER[-1] + len(SMALLER) + 2
        while len(data) < header.end:
            rounds -= 1
            if not rounds:
                raise _broken("a file comes in crumbs")
            data += self._piece(len(data), header.end - len(data))
            advanced(min(1.0, len(data) / header.end))
        del data[header.end :]
        return data

    def _begin_by_short_name(self, file: File) -> bytearray | None:
        length = self._generous() if self.habits.reads_beyond_end else FIRST_BYTES
        answer = self._read(SHORT_NAME | file.short_name, 0, length)
        if answer.data and _has_data(answer, length):
            return bytearray(answer.data)
        if answer.sw not in ABSENT:
            self.habits.reads_beyond_end = False  # perhaps it was too much
        return None

    def _begin_by_select(self, file: File) -> bytearray | None:
        if file is File.CARD_ACCESS:  # it lies at the top, where a card that kept its power may not be any more
            self.channel.send(Command(Ins.SELECT, 0x00, NO_ANSWER, TOP))
        answer = self.channel.send(Command(Ins.SELECT, 0x02, NO_ANSWER, file.identifier))
        if answer.sw in ABSENT or (file is File.CARD_ACCESS and not answer.is_ok):
            return None  # older cards, and other kinds, refuse an open file in many ways
        if not answer.is_ok:
            raise _refused(answer)
        answer = self._read(0, 0, FIRST_BYTES)
        if not _has_data(answer, FIRST_BYTES):
            raise _refused(answer)
        self.habits.knows_short_names = False  # it had the file all along
        return bytearray(answer.data)

    def _piece(self, offset: int, missing: int) -> bytes:
        for _ in range(len(SMALLER) + 2):
            length = min(missing, self._generous())
            answer = self._read(offset >> 8, offset & 0xFF, length)
            if _has_data(answer, length):
                return answer.data
            if answer.sw == Sw.WRONG_LENGTH or answer.sw & 0xFF00 == 0x6C00:
                self._ask_for_less(length)
                continue
            raise _refused(answer)
        raise _broken("no length suits the card")

    def _read(self, p1: int, p2: int, length: int) -> Response:
        """Read so many bytes, or as many as a status word 6C xx says there are."""
        answer = self.channel.send(Command(Ins.READ_BINARY, p1, p2, answer_length=length))
        exact = answer.sw & 0xFF
        if answer.sw & 0xFF00 == 0x6C00 and 0 < exact < length:
            answer = self.channel.send(Command(Ins.READ_BINARY, p1, p2, answer_length=exact))
        return answer

    def _generous(self) -> int:
        most = self.channel.largest_answer
        return most if self.habits.most is None else min(most, self.habits.most)

    def _ask_for_less(self, length: int) -> None:
        less = [size for size in SMALLER if size < length]
        if not less:
            raise _broken("no length suits the card")
        self.habits.most = less[0]


def read_open_card_access(
    channel: Channel, habits: Habits, trial_lengths: tuple[int, ...]
) -> tuple[bytearray | None, int]:
    """Read EF.CardAccess, and find out on the way how much the card gives at once; give both.

    It lies open, so a card that does not like the question loses no session over it.
    Raises CardError: as `CardFiles.read`.
    """
    file = File.CARD_ACCESS
    for length in trial_lengths:
        command = Command(Ins.READ_BINARY, SHORT_NAME | file.short_name, 0, answer_length=length)
        answer = channel.send(command)
        if answer.data and _has_data(answer, length) and answer.data[0] == file.tag:
            header = tlv.read_header(answer.data)
            if header.end <= len(answer.data):
                habits.reads_beyond_end = len(answer.data) < length
                return bytearray(answer.data[: header.end]), length
            break
        if answer.sw in NOT_SO:
            break
    return CardFiles(channel, habits).read(file), 0


def _has_data(answer: Response, length: int) -> bool:
    if answer.sw not in {Sw.OK, Sw.END_OF_FILE}:
        return False
    if len(answer.data) > length:
        raise _broken("more than was asked for")
    if not answer.data:
        raise _broken("nothing where contents are due")
    return True


def _refused(answer: Response) -> CardError:
    if answer.sw in DENIED:
        return CardError(CardState.FILE_DENIED, "a file may not be read")
    return _broken("a file cannot be read")


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"files: {says}")
