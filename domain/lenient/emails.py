# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an e-mail address: spoken signs, stray spaces and commas for dots are mended; what is missing is not guessed."""

from __future__ import annotations

import re
import unicodedata

from domain.lenient.characters import LONGEST, squeeze
from domain.lenient.faults import Fault

_LONGEST = 254  # RFC 5321
_AT = re.compile(
    r"[(\[{]\s*(?:at|a|apenstaartje)\s*[)\]}]| (?:at|apenstaartje|apestaartje|apenstaart|arroba|malpa) ", re.IGNORECASE
)
_SIGNS = (
    (re.compile(r" (?:punt|dot|point|kropka) ", re.IGNORECASE), "."),
    (re.compile(r" (?:streepje|minteken) ", re.IGNORECASE), "-"),
)
_NAME = re.compile(r"[^\s<>()\[\]\\,;:\"@.]+(?:\.[^\s<>()\[\]\\,;:\"@.]+)*")
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?")


def read_email(text: str) -> str | Fault:
    """Read an e-mail address; its domain is given in lower case."""
    text = text.strip()
    if len(text) > LONGEST:
        return Fault("email-too-long")
    typed = squeeze(unicodedata.normalize("NFKC", text))
    if not typed:
        return Fault("empty")
    if "<" in typed and typed.endswith(">"):
        typed = typed[typed.rindex("<") + 1 : -1]  # "Jan Jansen <jan@voorbeeld.nl>"
    typed = _AT.sub("@", typed)
    for sign, character in _SIGNS:
        typed = sign.sub(character, typed)
    typed = re.sub(r"^(?:mailto|e-?mail)\s*:", "", typed, flags=re.IGNORECASE)
    typed = typed.replace(" ", "").replace(",", ".").strip(".;:'\"")
    typed = re.sub(r"\.{2,}", ".", typed)
    if "@" not in typed:
        return Fault("email-no-at")
    if typed.count("@") > 1:
        return Fault("email-two-ats")
    name, domain = (part.strip(".") for part in typed.split("@"))
    if not name:
        return Fault("email-no-name")
    labels = domain.casefold().split(".")
    if not domain or len(labels) < 2 or len(labels[-1]) < 2:
        return Fault("email-no-ending")
    if not _NAME.fullmatch(name) or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdecimal():
        return Fault("email-form")
    if len(name) + 1 + len(domain) > _LONGEST:
        return Fault("email-too-long")
    return f"{name}@{'.'.join(labels)}"
