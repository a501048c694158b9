# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket card read`: reads one ID document, and prints what Loket would use of it and which checks held.

The same child process reads as in the window. Nothing is kept; what is printed is for the eyes of who asked.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from types import MappingProxyType
from typing import Any

from commands.cli import FINE, PROBLEM, WRONG_USE
from commands.configuration import load_settings
from commands.system_clock import SystemClock
from domain.settings import IdDocumentSettings
from kiosk.devices.emrtd.document import AccessKey, Can, Reading
from kiosk.devices.emrtd.mrz_fields import MrzError
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.emrtd.typed_lines import key_of_typed_lines
from kiosk.devices.id_reader import make_id_reader
from kiosk.devices.id_reader_port import IdReaderPort, Progress

_STDIN = "-"
_LONGEST_STDIN = 1000  # characters
_GRACE_S = 30.0  # after every time-out of the reader itself

_SAYS = MappingProxyType(
    {
        CardState.DONE: "read",
        CardState.SERVICE_DOWN: "the service for readers (pcscd) does not answer: run `loket doctor`",
        CardState.NO_READER: "there is no reader: put it in, or see `loket doctor`",
        CardState.READER_GONE: "the reader was unplugged: put it in, and try again",
        CardState.CARD_REMOVED: "the card was taken away too early: let it lie still, and try again",
        CardState.UNSUPPORTED_CARD: "this is no passport, identity card or residence permit, or not one we can read",
        CardState.WRONG_KEY: "the number or the lines are not those of this document",
        CardState.BLOCKED: "the chip takes no more attempts now: look at the number again, and try later",
        CardState.PROTOCOL_VIOLATION: "the chip answered against the rules: try again; if it stays so, it is damaged",
        CardState.TIMEOUT: "it took too long: lay the card down anew, and try again",
        CardState.FILE_DENIED: "the chip does not let its files be read",
        CardState.PASSIVE_FAILED: "the contents are not as they were signed: look at the document itself",
        CardState.UNTRUSTED_ISSUER: "signed well, by a country that is not in [id_documents] trusted_csca",
        CardState.CLONE_SUSPECTED: "the chip could not prove that it is the one that was issued: look at the document",
    }
)
_VERDICTS = MappingProxyType(
    {
        Verdict.HELD: "held",
        Verdict.FAILED: "did not hold",
        Verdict.NOT_CHECKED: "not checked: there is nothing to check with, see [id_documents] trusted_csca",
        Verdict.ABSENT: "this document does not offer it",
    }
)
_STEPS = MappingProxyType(
    {
        Step.WAITING: "waiting for a card",
        Step.ACCESS: "opening the chip",
        Step.FILES: "reading",
        Step.CHECKS: "checking",
    }
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["read"], help="read the document that lies on the reader, or is laid there")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--mrz", metavar="LINES", help=f"the printed lines that open its chip; {_STDIN}: standard input")
    key.add_argument("--can", metavar="N", help=f"the six digits on its front; {_STDIN}: standard input")
    parser.add_argument("--reader", metavar="NAME", help="part of the reader's name, when there are more")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Read once; exit code 0 when the document was read and every check that it offers held."""
    typed = arguments.mrz if arguments.mrz is not None else arguments.can
    if typed == _STDIN:
        typed = sys.stdin.read(_LONGEST_STDIN)
    else:
        print("loket card: an argument is seen by every program here; better: - and standard input", file=sys.stderr)
    try:
        key = _can(typed) if arguments.mrz is None else key_of_typed_lines(typed)
    except MrzError as error:
        print(f"loket card: the lines do not hold together ({error.fault.value})", file=sys.stderr)
        return WRONG_USE
    except ValueError as error:
        print(f"loket card: {error}", file=sys.stderr)
        return WRONG_USE
    settings = load_settings(arguments.config).id_documents
    reader = make_id_reader(settings, SystemClock(), reader=arguments.reader)
    try:
        reading = read_once(reader, key, settings, is_silent=arguments.json)
    finally:
        reader.close()
    if arguments.json:
        print(json.dumps(as_object(reading), ensure_ascii=False))
    else:
        print(*as_lines(reading), sep="\n")
    return FINE if reading.state is CardState.DONE else PROBLEM


def read_once(reader: IdReaderPort, key: AccessKey, settings: IdDocumentSettings, *, is_silent: bool) -> Reading:
    """Wait for the end of one reading; each step is told, when somebody looks."""
    ended = threading.Event()
    found: list[Reading] = []
    told: list[Step] = []

    def progress(how_far: Progress) -> None:
        if not is_silent and how_far.step not in told:
            told.append(how_far.step)
            print(f"{_STEPS[how_far.step]} ...", file=sys.stderr, flush=True)

    def done(reading: Reading) -> None:
        found.append(reading)
        ended.set()

    progress(Progress(Step.WAITING, 0.0))
    reader.read(key, progress, done)
    if not ended.wait(2 * settings.all_s + _GRACE_S):
        return Reading(CardState.TIMEOUT)
    return found[0]


def as_object(reading: Reading) -> dict[str, Any]:
    """Give what programs rely on (DESIGN, section 5), and a little more."""
    document, checks = reading.document, reading.checks
    return {
        "state": reading.state.value,
        "document": document and document.kind.value,
        "issuer": document and document.issuer,
        "surname": document and document.surname,
        "given_names": document and document.given_names,
        "birth_date": document and document.birth_date,
        "expiry_date": document and document.expiry_date,
        "is_expired": document and document.is_expired,
        "checks": {"passive": checks.passive.value, "active": checks.active.value, "chip": checks.chip.value},
        "tries_left": reading.tries_left,
        "says": reading.says,
    }


def as_lines(reading: Reading) -> list[str]:
    """Word it for a person."""
    lines = [f"{reading.state.value}: {_SAYS[reading.state]}"]
    document = reading.document
    if document is not None:
        ended = "  (no longer valid)" if document.is_expired else ""
        lines += [
            f"document     {document.kind.value.replace('_', ' ')}, {document.issuer}",
            f"surname      {document.surname}{'  (may be cut off)' if document.is_cut_off else ''}",
            f"given names  {document.given_names}",
            f"born         {document.birth_date}",
            f"valid until  {document.expiry_date}{ended}",
            f"contents are as the country signed them  {_VERDICTS[reading.checks.passive]}",
            f"the chip is the one issued (active)      {_VERDICTS[reading.checks.active]}",
            f"the chip is the one issued (chip)        {_VERDICTS[reading.checks.chip]}",
        ]
    if reading.tries_left is not None:
        lines.append(f"attempts left at this chip: {reading.tries_left}")
    if reading.says:
        lines.append(f"for an engineer: {reading.says}")
    return lines


def _can(typed: str) -> Can:
    digits = re.sub(r"\s", "", typed)
    if re.fullmatch(r"[0-9]{6}", digits) is None:
        raise ValueError("a CAN is six digits")
    return Can(digits)
