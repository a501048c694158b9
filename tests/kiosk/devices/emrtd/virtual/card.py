# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The card: a file system behind access control (ISO 7816-4, Doc 9303 part 10), and which files were asked for.

A bad card is a subclass that does one thing otherwise (`bad`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from tests.kiosk.devices.emrtd.virtual import ber
from tests.kiosk.devices.emrtd.virtual.bac import answer_authenticate
from tests.kiosk.devices.emrtd.virtual.commands import Answer, Command, read_command
from tests.kiosk.devices.emrtd.virtual.curves import Entropy
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging, MessagingError
from tests.kiosk.devices.emrtd.virtual.pace import Pace, PaceInfo, RefusedError
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, Profile
from tests.kiosk.devices.emrtd.virtual.proofs import CHIP_OIDS

LDS1 = bytes.fromhex("A0000002471001")
ATR = bytes.fromhex("3B80800101")  # contactless, without a word about itself
OK = Answer()


class GoneError(Exception):
    """The card is not on the reader any more."""


class SilentError(Exception):
    """The card never answers this."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How long a card thinks, in seconds; none by default, and then as quick as this machine."""

    each: float = 0  # every command
    point: float = 0  # every step of PACE that multiplies a point, and Chip Authentication
    proof: float = 0  # Active Authentication
    per_kilobyte: float = 0  # of answer


# PACE, four files and both proofs in about 7 s, as Dutch documents of 2014 and later.
DUTCH = Delays(each=0.06, point=1.1, proof=0.9, per_kilobyte=0.25)


@dataclass(slots=True)
class VirtualCard:
    """One card. `process` takes a command APDU and gives the answer."""

    profile: Profile
    entropy: Entropy = os.urandom
    delays: Delays = Delays()
    tries: int | None = None  # wrong keys that it still bears; None: it does not count
    removed_at: int | None = None  # taken away when this command arrives, counted from 0
    asked_for: list[int] = field(default_factory=list)  # files selected or read by their short name, in order
    count: int = 0  # of commands since it was made
    delay: float = 0  # of the last answer
    _in_application: bool = False
    _file: int | None = None
    _challenge: bytes = b""
    _pace: Pace | None = None
    _chip_is_asked: bool = False
    _session: Messaging | None = None
    _new_session: Messaging | None = None
    _failed: bool = False

    def reset(self) -> None:
        """Lose power."""
        self._in_application, self._file, self._challenge = False, None, b""
        self._pace, self._chip_is_asked, self._session, self._new_session = None, False, None, None

    def process(self, raw: bytes) -> bytes:
        """Answer one command, sealed where a session is open."""
        if self.removed_at is not None and self.count >= self.removed_at:
            raise GoneError
        self.count += 1
        self.delay = self.delays.each
        command = read_command(raw)
        if command is None:
            return bytes(Answer(sw=0x6700))
        answer = self._secured(command) if command.is_secured else self._plain(command)
        self.delay += self.delays.per_kilobyte * len(answer) / 1024
        return answer

    def _plain(self, command: Command) -> bytes:
        self._session = None
        answer = self.obey(command)
        self._session, self._new_session = self._new_session, None
        return bytes(answer)

    def _secured(self, command: Command) -> bytes:
        if self._session is None:
            return bytes(Answer(sw=0x6987))
        session = self._session
        try:
            inner = session.open(command)
        except MessagingError as error:
            self._session = None
            return bytes(Answer(sw=error.sw))
        answer = self.seal(session, self.obey(inner))
        if self._new_session is not None:
            self._session, self._new_session = self._new_session, None
        return answer

    def seal(self, session: Messaging, answer: Answer) -> bytes:
        return bytes(session.seal(answer))

    @property
    def is_open(self) -> bool:
        """Tell whether a session protects what is said now."""
        return self._session is not None

    def obey(self, command: Command) -> Answer:
        """Do what an opened command asks."""
        match command.ins:
            case 0xA4:
                return self.select(command)
            case 0xB0:
                return self.read_binary(command)
            case 0x84:
                return self.get_challenge(command)
            case 0x82:
                return self.external_authenticate(command)
            case 0x22:
                return self.set_environment(command)
            case 0x86:
                return self.general_authenticate(command)
            case 0x88:
                return self.internal_authenticate(command)
            case _:
                return Answer(sw=0x6D00)

    # --- Files ---

    def select(self, command: Command) -> Answer:
        if command.p2 & 0x0C == 0x0C and command.le is not None:
            return Answer(sw=0x6700)  # German cards end here
        if command.p1 == 0x04:
            return self.select_application(command.data)
        if command.p1 == 0x00 and command.data in {b"", b"\x3f\x00"}:
            self._in_application, self._file = False, None
            return OK
        if command.p1 != 0x02 or len(command.data) != 2:
            return Answer(sw=0x6A86)
        return self._choose(int.from_bytes(command.data, "big"))

    def select_application(self, name: bytes) -> Answer:
        if name != LDS1:
            return Answer(sw=0x6A82)
        if self._session is None and not self.profile.has_bac:
            return Answer(sw=0x6982)
        self._in_application, self._file = True, None
        return OK

    def _choose(self, fid: int) -> Answer:
        self.asked_for.append(fid)
        self._file = None
        if fid not in self.profile.files or (fid == CARD_ACCESS) == self._in_application:
            return Answer(sw=0x6A82)
        if fid != CARD_ACCESS and not self.is_open:
            return Answer(sw=0x6982)
        self._file = fid
        return OK

    def read_binary(self, command: Command) -> Answer:
        offset = command.p1p2
        if command.p1 & 0x80:
            chosen = self._choose((CARD_ACCESS & 0xFF00) | command.p1 & 0x1F)
            if chosen.sw != 0x9000:
                return chosen
            offset = command.p2
        if self._file is None:
            return Answer(sw=0x6986)
        if self._file != CARD_ACCESS and not self.is_open:
            return Answer(sw=0x6982)
        return self.read_part(self._file, offset, command.le or 256)

    def contents(self, fid: int) -> bytes:
        return self.profile.files[fid]

    def read_part(self, fid: int, offset: int, count: int) -> Answer:
        contents = self.contents(fid)
        if offset > len(contents):
            return Answer(sw=0x6B00)
        part = contents[offset : offset + count]
        return Answer(part, 0x9000 if len(part) == count else 0x6282)

    # --- Basic Access Control ---

    def get_challenge(self, command: Command) -> Answer:
        if not self.profile.has_bac:
            return Answer(sw=0x6D00)
        if not self._in_application:
            return Answer(sw=0x6985)
        self._challenge = self.entropy(8)
        return Answer(self._challenge)

    def external_authenticate(self, command: Command) -> Answer:
        challenge, self._challenge = self._challenge, b""
        if not self.profile.has_bac or not challenge:
            return Answer(sw=0x6985)
        if self.tries == 0:
            return Answer(sw=0x6983)
        opened = answer_authenticate(self.profile.secret_of_mrz[:16], challenge, command.data, self.entropy)
        if opened is None:
            return self.refuse_key(0x6300)
        self._new_session = opened.messaging
        return Answer(opened.answer)

    def refuse_key(self, sw: int) -> Answer:
        if sw == 0x6300 and self.tries is not None:
            self.tries -= 1
            self._failed = True
            return Answer(sw=0x63C0 | self.tries)
        return Answer(sw=sw)

    # --- PACE, and Chip Authentication on the same instructions ---

    def set_environment(self, command: Command) -> Answer:
        if command.le is not None:
            return Answer(sw=0x6700)
        try:
            objects = dict(ber.parse(command.data))
        except ber.BerError:
            return Answer(sw=0x6A80)
        match command.p1p2:
            case 0xC1A4:
                return self._begin_pace(objects)
            case 0x41A4:
                return self._begin_chip_authentication(objects)
            case 0x41A6:
                return self._agree(objects.get(0x91, b""))
            case _:
                return Answer(sw=0x6A86)

    def _begin_pace(self, objects: dict[int, bytes]) -> Answer:
        fitting = [info for info in self.profile.pace if info.oid == objects.get(0x80)]
        if 0x84 in objects:
            fitting = [info for info in fitting if info.parameter == int.from_bytes(objects[0x84], "big")]
        if len(fitting) != 1 or len(objects.get(0x83, b"")) != 1:
            return Answer(sw=0x6A80)
        password = self.profile.password(objects[0x83][0])
        if password is None:
            return Answer(sw=0x6A88)
        if self.tries == 0:
            return Answer(sw=0x6983)
        self._pace = self.new_pace(fitting[0], password)
        if self.tries is not None and self._failed:
            return Answer(sw=0x63C0 | self.tries)
        return OK

    def new_pace(self, info: PaceInfo, password: bytes) -> Pace:
        return Pace(info, password, self.entropy)

    def general_authenticate(self, command: Command) -> Answer:
        if self._chip_is_asked:
            self._chip_is_asked = False
            return self._chip_authentication(command.data)
        pace = self._pace
        if pace is None:
            return Answer(sw=0x6985)
        if pace.is_last_step == bool(command.cla & 0x10):
            self._pace = None
            return Answer(sw=0x6883)
        self.delay += self.delays.point
        try:
            data = pace.step(command.data)
        except RefusedError as error:
            self._pace = None
            return self.refuse_key(error.sw)
        if not command.cla & 0x10:
            self._new_session, self._pace, self._failed = pace.messaging(), None, False
        return Answer(data)

    def _begin_chip_authentication(self, objects: dict[int, bytes]) -> Answer:
        chip = self.profile.chip
        if chip is None or not self.is_open:
            return Answer(sw=0x6985)
        number = int.from_bytes(objects[0x84], "big") if 0x84 in objects else None
        if objects.get(0x80) != ber.oid(CHIP_OIDS[chip.suite]) or number != chip.number:
            return Answer(sw=0x6A80)
        self._chip_is_asked = True
        return OK

    def _chip_authentication(self, data: bytes) -> Answer:
        try:
            outer, inner, _ = ber.first(data)
            tag, point, _ = ber.first(inner)
        except ber.BerError:
            return Answer(sw=0x6A80)
        if (outer, tag) != (0x7C, 0x80):
            return Answer(sw=0x6A80)
        agreed = self._agree(point)
        return Answer(ber.tlv(0x7C)) if agreed.sw == 0x9000 else agreed

    def _agree(self, point: bytes) -> Answer:
        if self.profile.chip is None or not self.is_open:
            return Answer(sw=0x6985)
        self.delay += self.delays.point
        try:
            self._new_session = self.chip_session(point)
        except ValueError:
            return Answer(sw=0x6A80)
        return OK

    def chip_session(self, point: bytes) -> Messaging:
        assert self.profile.chip is not None
        return self.profile.chip.agree(point)

    # --- Active Authentication ---

    def internal_authenticate(self, command: Command) -> Answer:
        if self.profile.active is None or not self.is_open:
            return Answer(sw=0x6985)
        if len(command.data) != 8:
            return Answer(sw=0x6A80)
        self.delay += self.delays.proof
        signature = self.sign(command.data)
        return Answer(signature) if len(signature) <= (command.le or 0) else Answer(sw=0x6700)

    def sign(self, challenge: bytes) -> bytes:
        assert self.profile.active is not None
        return self.profile.active.sign(challenge, self.entropy)
