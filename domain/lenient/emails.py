# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an e-mail address: spoken signs, stray spaces and commas for dots are mended; what is missing is no guess."""

from __future__ import annotations

import re
import unicodedata

from domain.lenient.characters import LONGEST, squeeze
from domain.lenient.faults import Fault

_LONGEST = 254  # RFC 5321
_AT = re.compile(
    r"[(\[{] ?(?:at|a|apenstaartje) ?[)\]}]| (?:at|apenstaartje|apestaartje|apenstaart|arroba|malpa) ", re.IGNORECASE
)
_DOT = re.compile(r" (?:punt|dot|point|kropka) ", re.IGNORECASE)
_HYPHEN = re.compile(r" (?:streepje|minteken) ", re.IGNORECASE)
_LABELLED = re.compile(r"^(?:mailto|e-?mail)\s*:", re.IGNORECASE)
_NAME = re.compile(r"[^\s<>()\[\]\\,;:\"@.]+(?:\.[^\s<>()\[\]\\,;:\"@.]+)*")
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?")


def read_email(text: str) -> str | Fault:
    """Read an e-mail address; its domain is given in lower case."""
    text = text.strip()
    if len(text) > LONGEST:
        return Fault("email-too-long")
    typed = _mended(squeeze(unicodedata.normalize("NFKC", text)))
    name, sign, domain = typed.partition("@")
    name, domain = name.strip("."), domain.strip(".").casefold()
    code = _slip("@" in typed, name, domain) if typed else "empty"
    return Fault(code) if code else name + sign + domain


def _mended(typed: str) -> str:
    """Give what was surely meant: signs for their words, no spaces, dots for commas."""
    if "<" in typed and typed.endswith(">"):
        typed = typed[typed.rindex("<") + 1 : -1]  # "Jan Jansen <jan@voorbeeld.nl>"
    typed = _HYPHEN.sub("-", _DOT.sub(".", _AT.sub("@", typed)))
    typed = _LABELLED.sub("", typed).replace(" ", "").replace(",", ".").strip(".;:'\"")
    return re.sub(r"\.{2,}", ".", typed)


def _slip(has_at: bool, name: str, domain: str) -> str:
    """Give the code of what is wrong, or nothing."""
    labels = domain.split(".")
    slips = (
        ("email-no-at", not has_at),
        ("email-two-ats", "@" in domain),
        ("email-no-name", not name),
        ("email-no-ending", len(labels) < 2 or len(labels[-1]) < 2),
        ("email-form", not (_NAME.fullmatch(name) and all(map(_LABEL.fullmatch, labels))) or labels[-1].isdecimal()),
        ("email-too-long", len(name) + 1 + len(domain) > _LONGEST),
    )
    return next((code for code, is_wrong in slips if is_wrong), "")
