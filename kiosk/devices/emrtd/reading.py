# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One reading of one document, from the first command to the verdict (Doc 9303 part 11, 4.2).

Opens the chip, reads what we need, lets the chip prove itself and checks the signature. It ends in a `Reading`,
whatever the card does. How each step goes is in the modules below it; time-outs and readers are for those above.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.devices.emrtd import chip_authentication, tlv
from kiosk.devices.emrtd.active import check_active
from kiosk.devices.emrtd.apdu import EXTENDED_ANSWER, SHORT_ANSWER, Command, Ins, PlainChannel
from kiosk.devices.emrtd.bac import open_with_lines
from kiosk.devices.emrtd.card_files import (
    LARGEST_TRIAL,
    NO_ANSWER,
    CardFiles,
    File,
    Habits,
    read_open_card_access,
    select_application,
)
from kiosk.devices.emrtd.confirmation import issued_groups, refuse_other_objects, unconfirmed_access
from kiosk.devices.emrtd.connection import CardConnection, ShortConnection
from kiosk.devices.emrtd.data_groups import SecurityInfos, read_card_access, read_com, read_dg1, read_dg14, read_dg15
from kiosk.devices.emrtd.document import AccessKey, Checks, Document, MrzKey, Reading
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.pace import open_with_pace
from kiosk.devices.emrtd.passive import PassiveResult, check_passive
from kiosk.devices.emrtd.secure_messaging import LARGEST_SHORT_READ, SecureChannel
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.emrtd.trust import TrustStore

Progress = Callable[[Step, float], None]
Random = Callable[[int], bytes]

CHALLENGE = 8
BROKEN_OFF = {CardState.PROTOCOL_VIOLATION, CardState.FILE_DENIED}
LONG_SIGNATURE_KEY = 270  # a DG15 longer than this holds an RSA key whose signature fits no short answer
# Shares of the whole, by how long a Dutch card takes over each.
FOUND, OPEN, SELECTED, LISTED, SIGNED, LINES, ABILITIES, PROVEN, WHOLE = (
    0.03,
    0.40,
    0.43,
    0.46,
    0.70,
    0.75,
    0.85,
    0.95,
    1.0,
)


def read_document(
    connection: CardConnection,
    key: AccessKey,
    trust: TrustStore,
    *,
    now: datetime,
    progress: Progress = lambda _step, _share: None,
    challenge: Random = os.urandom,
    random: Random = os.urandom,
) -> Reading:
    """Read one document with one attempt at its key. Never raises CardError: the state of what comes back says it.

    A card that took long commands in the open and breaks off at one under secure messaging is opened once more, with
    the key that it took before, and spoken to in short ones.
    """
    forward = _Forward(progress)
    run = _Run(connection, key, trust, now, forward.tell, challenge, random)
    try:
        return run.read()
    except CardError as error:
        if not run.was_too_long or error.state not in BROKEN_OFF:
            return _ended_early(error)
    finally:
        run.forget()
    run = _Run(ShortConnection(connection), key, trust, now, forward.tell, challenge, random)
    try:
        return run.read()
    except CardError as error:
        return _ended_early(error)
    finally:
        run.forget()


@dataclass(slots=True)
class _Forward:
    """Tells how far a reading is, and never goes back."""

    progress: Progress
    share: float = 0.0
    step: Step = Step.ACCESS

    def tell(self, step: Step, share: float) -> None:
        if share >= self.share:
            self.step, self.share = step, share
        self.progress(self.step, self.share)


@dataclass(slots=True)
class _Run:
    """What one reading holds while it goes on."""

    connection: CardConnection
    key: AccessKey = field(repr=False)
    trust: TrustStore = field(repr=False)
    now: datetime
    progress: Progress
    challenge: Random
    random: Random
    habits: Habits = field(default_factory=Habits)
    contents: dict[int, bytearray] = field(default_factory=dict, repr=False)
    channel: SecureChannel | None = None

    @property
    def was_too_long(self) -> bool:
        """Tell whether the session ended at a command that was too long for the card."""
        return self.channel is not None and self.channel.was_too_long

    def read(self) -> Reading:
        self.progress(Step.ACCESS, 0.0)
        channel, access = self._opened()
        self.channel = channel
        self.progress(Step.FILES, SELECTED)
        files = CardFiles(channel, self.habits)
        named = self._named(files)
        sod = files.read(File.SOD, self._share(Step.FILES, LISTED, SIGNED)) or bytearray()
        issued = issued_groups(bytes(sod)) if sod else frozenset()
        named |= issued
        self.progress(Step.FILES, SIGNED)
        if not self._keep(files, File.DG1, 1):
            raise CardError(CardState.PROTOCOL_VIOLATION, "the document has no lines")
        refuse_other_objects(self.contents[1])
        self.progress(Step.FILES, LINES)
        abilities = self._abilities(files) if 14 in named else _Abilities()
        if 15 in named:
            self._keep(files, File.DG15, 15)
        self.progress(Step.CHECKS, ABILITIES)
        passive = self._passive(sod)
        if passive.state is CardState.PASSIVE_FAILED:
            return self._not_as_signed(passive, issued)
        if abilities.fault is not None:
            raise abilities.fault
        unconfirmed = unconfirmed_access(access, abilities.infos)
        document = self._document()
        proofs = self._proofs(channel, abilities, issued)
        self.progress(Step.CHECKS, WHOLE)
        return _ended(document, passive, proofs, unconfirmed)

    def forget(self) -> None:
        """Overwrite what was read: the lines may hold a BSN, which no object ever held by itself."""
        for data in self.contents.values():
            data[:] = bytes(len(data))
        self.contents.clear()

    def _opened(self) -> tuple[SecureChannel, SecurityInfos | None]:
        """Open the chip the one way it offers and turn to its document; give what EF.CardAccess says."""
        plain = PlainChannel(self.connection)
        longest = min(self.connection.limits.longest_answer, LARGEST_TRIAL)
        lengths = (longest, LARGEST_SHORT_READ) if self.connection.limits.is_extended else (LARGEST_SHORT_READ,)
        data, learned = read_open_card_access(plain, self.habits, lengths)
        plain.takes_extended = learned > SHORT_ANSWER
        self.progress(Step.ACCESS, FOUND)
        if data is None:
            return self._opened_with_lines(plain), None
        access = read_card_access(bytes(data))
        advanced = self._share(Step.ACCESS, FOUND, OPEN)
        channel = open_with_pace(plain, access.pace, self.key, random=self.random, advanced=advanced)
        select_application(channel)
        return channel, access

    def _opened_with_lines(self, plain: PlainChannel) -> SecureChannel:
        select_application(plain)
        if not isinstance(self.key, MrzKey):
            raise CardError(CardState.WRONG_KEY, "the card opens with its lines, not with a number")
        self.progress(Step.ACCESS, OPEN / 2)
        channel = open_with_lines(plain, self.key, random=self.random)
        self.progress(Step.ACCESS, OPEN)
        return channel

    def _named(self, files: CardFiles) -> frozenset[int]:
        """Give the data groups that EF.COM names. It is not signed, and newer documents may lack it."""
        data = files.read(File.COM)
        self.progress(Step.FILES, LISTED)
        return frozenset() if data is None else read_com(bytes(data))

    def _keep(self, files: CardFiles, file: File, number: int) -> bytearray | None:
        data = files.read(file)
        if data is not None:
            self.contents[number] = data
        return data

    def _abilities(self, files: CardFiles) -> _Abilities:
        data = self._keep(files, File.DG14, 14)
        if data is None:
            return _Abilities(is_gone=True)
        tlv.refuse_deep(bytes(data))
        try:
            infos = read_dg14(bytes(data))
            chip_key = chip_authentication.choose(infos)
        except CardError as error:
            return _Abilities(fault=error)  # perhaps it is not as it was signed: that has the first word
        if chip_key is not None and not chip_key.fits(self.connection.limits):
            chip_key = None
        return _Abilities(infos, chip_key)

    def _proofs(self, channel: SecureChannel, abilities: _Abilities, issued: frozenset[int]) -> Checks:
        """Let the chip prove itself in the best way that it offers: one is enough."""
        active = Verdict.NOT_CHECKED if 15 in issued else Verdict.ABSENT
        if abilities.chip_key is not None:
            return Checks(active=active, chip=self._chip(channel, abilities.chip_key))
        if abilities.is_gone and 14 in issued:
            return Checks(active=active, chip=Verdict.FAILED)  # a true chip has what it was issued with
        if 15 in issued:
            active = self._active(channel, abilities.infos) if 15 in self.contents else Verdict.FAILED
        is_beyond_us = abilities.infos is not None and bool(abilities.infos.chip_keys)
        return Checks(active=active, chip=Verdict.NOT_CHECKED if is_beyond_us else Verdict.ABSENT)

    def _chip(self, channel: SecureChannel, chip_key: chip_authentication.ChipKey) -> Verdict:
        select = Command(Ins.SELECT, 0x02, NO_ANSWER, File.DG1.identifier)
        try:
            fresh = chip_authentication.authenticate(channel, chip_key, random=self.random)
            self.progress(Step.CHECKS, PROVEN)
            chip_authentication.prove(fresh, select)
        except CardError as error:
            if error.state is not CardState.CLONE_SUSPECTED:
                raise
            return Verdict.FAILED
        return Verdict.HELD

    def _active(self, channel: SecureChannel, infos: SecurityInfos | None) -> Verdict:
        public_key = read_dg15(bytes(self.contents[15]))
        challenge = self.challenge(CHALLENGE)
        is_long = len(public_key) > LONG_SIGNATURE_KEY and self.connection.limits.is_extended
        most = EXTENDED_ANSWER if is_long else SHORT_ANSWER
        answer = channel.send(Command(Ins.INTERNAL_AUTHENTICATE, 0, 0, challenge, answer_length=most))
        self.progress(Step.CHECKS, PROVEN)
        if not (answer.is_ok and answer.is_protected):
            return Verdict.FAILED
        return Verdict.HELD if check_active(public_key, infos, challenge, answer.data) else Verdict.FAILED

    def _document(self) -> Document:
        return read_dg1(self.contents[1]).document(self.now.date())

    def _not_as_signed(self, passive: PassiveResult, issued: frozenset[int]) -> Reading:
        """End early: a proof with keys that nobody signed for would prove nothing."""
        try:
            document = self._document()
        except CardError:
            document = None
        unchecked = Verdict.NOT_CHECKED if issued & {14, 15} else Verdict.ABSENT
        checks = Checks(passive=passive.verdict, active=unchecked, chip=unchecked)
        return Reading(passive.state, document, checks, says=passive.says)

    def _passive(self, sod: bytearray) -> PassiveResult:
        if not sod:
            return PassiveResult(Verdict.FAILED, CardState.PASSIVE_FAILED, "there is no SOD")
        return check_passive(bytes(sod), self.contents, self.trust, self.now)

    def _share(self, step: Step, start: float, end: float) -> Callable[[float], None]:
        return lambda share: self.progress(step, start + share * (end - start))


def _ended_early(error: CardError) -> Reading:
    return Reading(error.state, tries_left=error.tries_left, says=str(error))


@dataclass(frozen=True, slots=True)
class _Abilities:
    """What DG14 says the chip can do, or the fault in it."""

    infos: SecurityInfos | None = None
    chip_key: chip_authentication.ChipKey | None = None
    fault: CardError | None = None
    is_gone: bool = False


def _ended(document: Document, passive: PassiveResult, proofs: Checks, unconfirmed: str) -> Reading:
    checks = replace(proofs, passive=passive.verdict)
    if Verdict.FAILED in {checks.active, checks.chip}:
        return Reading(CardState.CLONE_SUSPECTED, document, checks, says="the chip could not prove itself")
    if unconfirmed:
        return Reading(CardState.PASSIVE_FAILED, document, checks, says=unconfirmed)
    return Reading(passive.state, document, checks, says=passive.says)
