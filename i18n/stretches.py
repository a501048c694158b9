# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text in another language inside a text: marked where it stands, so that the voice changes and the order stays right.

The marks are invisible characters that spell the language, and an isolate that keeps the order of the words inside.
They stay when texts are joined: there is no road from a text to the eye or the ear that loses its language. Unicode's
own language tags would say it too, but Qt cuts their surrogate pairs where a direction changes, and draws the halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur", "qps"})
DUTCH_SIGN = "[NL]"  # before a text that is there in Dutch only; the Dutch voice says it too

_EDGE = "\u2063"
_DIGITS = "\u2061\u2062\u2064"  # a letter is a number below 27: three digits of three
_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"
_STRETCH = re.compile(f"{_EDGE}((?:[{_DIGITS}]{{3}}){{2,3}})[{_LTR}{_RTL}]([^{_EDGE}]*){_END}{_EDGE}")


def in_language(text: str, language: str) -> str:
    """Mark each line of a text as being in this language; nothing stays nothing."""
    tag = _EDGE + "".join(map(_spelt, language.partition("-")[0]))
    isolate = _RTL if language in RIGHT_TO_LEFT else _LTR
    # A line by itself: the lines of a text are often shown one by one.
    return "\n".join(
        f"{tag}{isolate}{unmarked(line)}{_END}{_EDGE}" if line.strip() else line for line in text.split("\n")
    )


def only_dutch(text: str) -> str:
    """Mark a text that has no translation: in Dutch for the ear, with a sign for the eye."""
    return in_language("\n".join(f"{DUTCH_SIGN} {line}" if line.strip() else line for line in text.split("\n")), "nl")


def stretches(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and language of each piece of a text that is itself in `language`, without the marks."""
    done = 0
    for found in _STRETCH.finditer(text):
        if done < found.start():
            yield done, found.start(), language
        yield *found.span(2), _language(found.group(1))
        done = found.end()
    if done < len(text):
        yield done, len(text), language


def unmarked(text: str) -> str:
    """Give a text without the marks, for what knows no languages."""
    return _STRETCH.sub(r"\2", text) if _EDGE in text else text


def _spelt(letter: str) -> str:
    number = ord(letter) - ord("a")
    return _DIGITS[number // 9] + _DIGITS[number // 3 % 3] + _DIGITS[number % 3]


def _language(spelt: str) -> str:
    digits = [_DIGITS.index(sign) for sign in spelt]
    numbers = (9 * digits[at] + 3 * digits[at + 1] + digits[at + 2] for at in range(0, len(digits), 3))
    return "".join(chr(number + ord("a")) for number in numbers)
