# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a reading ends, and how far it is: one word each, which texts, JSON and tests share."""

from __future__ import annotations

from enum import StrEnum


class CardState(StrEnum):
    """How one reading ended. Each has a text a person understands."""

    DONE = "done"  # read; which checks held stands in the document
    SERVICE_DOWN = "service_down"  # pcscd does not answer
    NO_READER = "no_reader"
    READER_GONE = "reader_gone"  # unplugged while reading
    CARD_REMOVED = "card_removed"  # taken away, or another laid down, while reading
    UNSUPPORTED_CARD = "unsupported_card"  # no travel document, or one in a way we do not speak
    WRONG_KEY = "wrong_key"  # the number or lines typed are not this card's
    BLOCKED = "blocked"  # the card takes no more attempts now
    PROTOCOL_VIOLATION = "protocol_violation"  # the card's answer is against the rules
    TIMEOUT = "timeout"
    FILE_DENIED = "file_denied"  # a file that we need may not be read
    PASSIVE_FAILED = "passive_failed"  # contents and signature do not belong together
    UNTRUSTED_ISSUER = "untrusted_issuer"  # signed well, by somebody whom we cannot trace to a country we trust
    CLONE_SUSPECTED = "clone_suspected"  # the chip could not prove that it is the one that was issued


class Step(StrEnum):
    """How far a reading is, for who waits."""

    WAITING = "waiting"  # for a card
    ACCESS = "access"  # opening it with number or lines
    FILES = "files"  # reading
    CHECKS = "checks"  # is it genuine?


class Verdict(StrEnum):
    """What one check came to."""

    HELD = "held"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"  # nothing to check with: no trusted certificates here
    ABSENT = "absent"  # the document does not offer it
