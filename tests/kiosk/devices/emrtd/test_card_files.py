# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files are read whole from easy and picky cards, in few commands, and from liars not at all."""

from dataclasses import dataclass, field

import pytest

from kiosk.devices.emrtd.apdu import Command, Ins, Response
from kiosk.devices.emrtd.card_files import CardFiles, File, Habits, read_open_card_access, select_application
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.tlv import encode

OK, FILE_END, ABSENT, DENIED = 0x9000, 0x6282, 0x6A82, 0x6982
SOD = encode(0x77, bytes(range(256)) * 9)
SMALL = encode(0x61, bytes(93))


@dataclass(slots=True)
class Shelf:
    """A channel to a card with files, as picky as a test wants it."""

    files: dict[File, bytes]
    largest_answer: int = 223
    takes_extended: bool = False
    limits: Limits = field(default_factory=Limits)
    knows_short_names: bool = True
    gives_what_there_is: bool = True  # when asked for more than the file has
    says_how_much: bool = False  # 6C xx in its stead; else 67 00
    at_once: int = 1024  # a request for more is too long
    crumbs: int = 1 << 20  # gives no more than this, whatever was asked
    refuses: dict[File, int] = field(default_factory=dict)
    sent: list[Command] = field(default_factory=list)
    _file: File | None = None

    def send(self, command: Command) -> Response:
        self.sent.append(command)
        match command.ins:
            case Ins.SELECT if command.p1 == 0x02:
                return self._select(command.data)
            case Ins.READ_BINARY if command.p1 & 0x80:
                if not self.knows_short_names:
                    return Response(b"", 0x6A86)
                found = [file for file in File if file.short_name == command.p1 & 0x1F]
                answer = self._select(found[0].identifier)
                return self._read(command.p2, command) if answer.is_ok else answer
            case Ins.READ_BINARY:
                return self._read(command.p1 << 8 | command.p2, command)
            case _:
                return Response(b"", OK)

    def _select(self, identifier: bytes) -> Response:
        (file,) = [one for one in File if one.identifier == identifier]
        if file in self.refuses:
            return Response(b"", self.refuses[file])
        if file not in self.files:
            return Response(b"", ABSENT)
        self._file = file
        return Response(b"", OK)

    def _read(self, offset: int, command: Command) -> Response:
        assert self._file is not None
        wanted = command.answer_length or 0
        rest = self.files[self._file][offset:]
        if wanted > self.at_once:
            return Response(b"", 0x6700)
        if wanted > len(rest) and not self.gives_what_there_is:
            return Response(b"", 0x6C00 | len(rest) & 0xFF if self.says_how_much else 0x6700)
        data = rest[: min(wanted, self.crumbs)]
        return Response(data, OK if len(data) == wanted else FILE_END)


def whole(files: CardFiles, file: File) -> bytes:
    return bytes(files.read(file) or b"")


@pytest.mark.parametrize("knows_short_names", [True, False])
@pytest.mark.parametrize("gives_what_there_is", [True, False])
@pytest.mark.parametrize("says_how_much", [True, False])
@pytest.mark.parametrize("reads_beyond_end", [True, False])
@pytest.mark.parametrize("at_once", [1024, 223, 64, 32])
@pytest.mark.parametrize("largest_answer", [223, 900])
def test_reads_a_file_whole_from_any_card(
    knows_short_names: bool,
    gives_what_there_is: bool,
    says_how_much: bool,
    reads_beyond_end: bool,
    at_once: int,
    largest_answer: int,
) -> None:
    shelf = Shelf(
        {File.SOD: SOD, File.DG1: SMALL},
        largest_answer,
        knows_short_names=knows_short_names,
        gives_what_there_is=gives_what_there_is,
        says_how_much=says_how_much,
        at_once=at_once,
    )
    files = CardFiles(shelf, Habits(reads_beyond_end=reads_beyond_end))
    assert whole(files, File.SOD) == SOD
    assert whole(files, File.DG1) == SMALL
    assert files.read(File.DG14) is None


def test_reads_a_small_file_in_one_command_where_the_card_gives_what_there_is() -> None:
    shelf = Shelf({File.DG1: SMALL})
    assert whole(CardFiles(shelf, Habits(reads_beyond_end=True)), File.DG1) == SMALL
    assert len(shelf.sent) == 1


def test_reads_a_small_file_in_two_commands_from_any_card_with_short_names() -> None:
    shelf = Shelf({File.DG1: SMALL}, gives_what_there_is=False)
    assert whole(CardFiles(shelf, Habits()), File.DG1) == SMALL
    assert [command.answer_length for command in shelf.sent] == [8, len(SMALL) - 8]


def test_asks_no_question_twice() -> None:
    shelf = Shelf({File.SOD: SOD, File.DG1: SMALL}, knows_short_names=False, at_once=200)
    files = CardFiles(shelf, Habits())
    files.read(File.SOD)
    shelf.sent.clear()
    files.read(File.DG1)
    assert [(command.ins, command.answer_length) for command in shelf.sent] == [
        (Ins.SELECT, None),
        (Ins.READ_BINARY, 8),
        (Ins.READ_BINARY, len(SMALL) - 8),
    ]
    assert files.habits.most == 160


def test_leaves_off_what_stands_behind_the_object() -> None:
    shelf = Shelf({File.DG1: SMALL + bytes(40)})
    assert whole(CardFiles(shelf, Habits(reads_beyond_end=True)), File.DG1) == SMALL


def test_tells_how_far_it_is() -> None:
    shares: list[float] = []
    CardFiles(Shelf({File.SOD: SOD}), Habits()).read(File.SOD, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 5


@pytest.mark.parametrize("sw", [0x6982, 0x6985, 0x6988, 0x6987])
def test_says_denied_where_a_file_may_not_be_read(sw: int) -> None:
    with pytest.raises(CardError) as caught:
        CardFiles(Shelf({}, refuses={File.DG1: sw}), Habits()).read(File.DG1)
    assert caught.value.state is CardState.FILE_DENIED


@pytest.mark.parametrize(
    ("case", "shelf"),
    [
        ("another tag", Shelf({File.DG1: encode(0x75, bytes(50))})),
        ("longer than any", Shelf({File.DG1: bytes.fromhex("6183FFFFFF") + bytes(100)})),
        ("shorter than it says", Shelf({File.DG1: SMALL[:-1]})),
        ("no object", Shelf({File.DG1: b"\x61"})),
        ("nothing", Shelf({File.DG1: b""})),
        ("another status word", Shelf({}, refuses={File.DG1: 0x6F00})),
        ("crumbs", Shelf({File.DG1: SOD.replace(b"\x77", b"\x61", 1)}, crumbs=8)),
        ("too little at once", Shelf({File.DG1: SMALL}, at_once=16)),
    ],
)
@pytest.mark.parametrize("reads_beyond_end", [True, False])
def test_refuses_a_file_that_is_none(case: str, shelf: Shelf, reads_beyond_end: bool) -> None:
    shelf.sent.clear()
    with pytest.raises(CardError) as caught:
        CardFiles(shelf, Habits(reads_beyond_end=reads_beyond_end)).read(File.DG1)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
    assert len(shelf.sent) < 150


def test_refuses_a_file_longer_than_any_before_it_reads_on() -> None:
    shelf = Shelf({File.SOD: encode(0x77, bytes(40_000))})
    with pytest.raises(CardError) as caught:
        CardFiles(shelf, Habits()).read(File.SOD)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
    assert len(shelf.sent) == 1


def test_refuses_more_than_was_asked_for() -> None:
    class Generous(Shelf):
        def send(self, command: Command) -> Response:
            return Response(encode(0x61, bytes(200)), OK)

    with pytest.raises(CardError) as caught:
        CardFiles(Generous({}), Habits()).read(File.DG1)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


ACCESS = bytes.fromhex("31143012060A04007F0007020204020402010202010D")[:22]


def test_learns_from_the_open_file_what_the_card_can_do() -> None:
    habits = Habits()
    shelf = Shelf({File.CARD_ACCESS: ACCESS})
    data, length = read_open_card_access(shelf, habits, (1024, 224))
    assert (bytes(data or b""), length, habits.reads_beyond_end, len(shelf.sent)) == (ACCESS, 1024, True, 1)


@pytest.mark.parametrize(
    ("shelf", "learned", "reads_beyond_end"),
    [
        (Shelf({File.CARD_ACCESS: ACCESS}, at_once=256), 224, True),
        (Shelf({File.CARD_ACCESS: ACCESS}, gives_what_there_is=False), 0, False),
        (Shelf({File.CARD_ACCESS: ACCESS}, gives_what_there_is=False, says_how_much=True), 0, False),
        (Shelf({File.CARD_ACCESS: ACCESS}, knows_short_names=False), 0, False),
        (Shelf({File.CARD_ACCESS: ACCESS}, crumbs=10), 0, False),
    ],
)
def test_reads_the_open_file_from_picky_cards(shelf: Shelf, learned: int, reads_beyond_end: bool) -> None:
    habits = Habits()
    data, length = read_open_card_access(shelf, habits, (1024, 224))
    assert (bytes(data or b""), length) == (ACCESS, learned)
    assert habits.reads_beyond_end is reads_beyond_end


@pytest.mark.parametrize("sw", [0x6A82, 0x6A81, 0x6982, 0x6985, 0x6986, 0x6D00, 0x6E00, 0x6700])
def test_takes_a_card_that_will_not_select_the_open_file_for_one_without(sw: int) -> None:
    shelf = Shelf({}, refuses={File.CARD_ACCESS: sw})
    assert read_open_card_access(shelf, Habits(), (224,)) == (None, 0)
    tops = [command for command in shelf.sent if (command.ins, command.p1, command.data) == (Ins.SELECT, 0, b"\x3f\0")]
    assert tops, "it looks from the top before it says so"


def test_does_not_take_an_open_file_that_cannot_be_read_for_none() -> None:
    shelf = Shelf({File.CARD_ACCESS: ACCESS}, at_once=0)
    with pytest.raises(CardError):
        read_open_card_access(shelf, Habits(), (224,))


@pytest.mark.parametrize("sw", [0x6A82, 0x6D00, 0x6999, 0x6982])
def test_says_unsupported_where_there_is_no_application(sw: int) -> None:
    class Without(Shelf):
        def send(self, command: Command) -> Response:
            assert command.encode(self.limits).hex().upper() == "00A4040C07A0000002471001"
            return Response(b"", sw)

    with pytest.raises(CardError) as caught:
        select_application(Without({}))
    assert caught.value.state is CardState.UNSUPPORTED_CARD


def test_knows_no_file_with_a_face_fingers_or_a_citizen_number() -> None:
    assert {file.identifier.hex() for file in File} == {"011c", "011e", "011d", "0101", "010e", "010f"}
