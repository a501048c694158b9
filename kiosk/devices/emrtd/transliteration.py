# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names between a passport's capitals and the way people write them (ICAO Doc 9303 part 3, section 6).

The road back is not exact: MUELLER may be Müller or Mueller, OBRIEN lost its apostrophe, a hyphen became a space. So
nothing is put back that is a guess; only the case is made readable, and the person sees the name before it is used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Words before a Dutch surname. The population register writes them small ("de Vries"); so do we, for Dutch people.
# Others write them as their own register does (Belgian "Van den Berg"): there each word begins with a capital.
DUTCH_PREFIXES = frozenset(
    [
        "aan",
        "af",
        "bij",
        "bin",
        "d",
        "da",
        "dal",
        "dan",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "dell",
        "della",
        "den",
        "der",
        "des",
        "di",
        "die",
        "do",
        "don",
        "dos",
        "du",
        "el",
        "en",
        "het",
        "i",
        "in",
        "l",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "n",
        "o",
        "of",
        "onder",
        "op",
        "over",
        "s",
        "sur",
        "t",
        "te",
        "ten",
        "ter",
        "tho",
        "thoe",
        "thor",
        "to",
        "toe",
        "tot",
        "uijt",
        "uit",
        "van",
        "vande",
        "vanden",
        "vander",
        "ver",
        "vom",
        "von",
        "voor",
        "vor",
        "zu",
        "zum",
        "zur",
    ]
)
APOSTROPHE = frozenset("dlnst")  # van 't Hof, 's Jongers, d' Hondt, in 'n

# Table A of section 6, where a letter is more than its base letter with a mark; two ways for some.
SPELLED = {
    "ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "OE", "Þ": "TH", "Ð": "D", "Đ": "D", "Ħ": "H", "ı": "I", "Ĳ": "IJ",
    "ĸ": "Q", "Ł": "L", "Ŋ": "N", "Ŧ": "T", "Ə": "E",
}  # fmt: skip
WIDENED = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ñ": "NXX"}


def in_readable_case(words: Sequence[str], *, is_dutch: bool, is_surname: bool) -> str:
    """Write capital words as a name: "van der Berg", "Anna Maria"."""
    return " ".join(
        _prefix(word.lower())
        if is_dutch and is_surname and _is_prefix(words, at)
        else _capital(word, is_dutch=is_dutch)
        for at, word in enumerate(words)
    )


def in_capitals(name: str) -> frozenset[str]:
    """Give the ways in which a document may print a name, in capitals with single spaces."""
    plain = " ".join(_letters(name, {}).replace("-", " ").split())
    widened = " ".join(_letters(name, WIDENED).replace("-", " ").split())
    return frozenset({plain, widened})


def is_same_name(typed: str, read: str) -> bool:
    """Tell whether what a person wrote can be the name that a document prints: marks, case and apostrophes aside."""
    return bool(in_capitals(typed) & in_capitals(read))


def _is_prefix(words: Sequence[str], at: int) -> bool:
    """Tell whether this word and all before it are small words, with a name still to come."""
    return at < len(words) - 1 and all(word.lower() in DUTCH_PREFIXES for word in words[: at + 1])


def _prefix(word: str) -> str:
    if word in APOSTROPHE:
        return f"{word}'" if word in {"d", "l"} else f"'{word}"
    return word


def _capital(word: str, *, is_dutch: bool) -> str:
    if is_dutch and word.startswith("IJ"):
        return "IJ" + word[2:].lower()
    return word[:1] + word[1:].lower()


def _letters(name: str, widened: dict[str, str]) -> str:
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", name).upper():
        spelled = SPELLED.get(letter) or widened.get(letter)
        if spelled is None:
            base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
            spelled = "".join(SPELLED.get(part, part) for part in base)
        out.append(spelled)
    return "".join(letter for letter in "".join(out) if letter.isalnum() or letter in "- ")
