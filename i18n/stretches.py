# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text in another language inside a text: marked where it stands, so that the voice changes and the order stays right.

The marks are Unicode's own: a language tag, and an isolate that keeps the order of the words inside. Nobody sees
them, and they stay when texts are joined: there is no road from a text to the eye or the ear that loses its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur", "qps"})
DUTCH_SIGN = "[NL]"  # before a text that is there in Dutch only; the Dutch voice says it too

_OPEN, _CLOSE = "\U000e0001", "\U000e007f"
_TAGS = 0xE0000
_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"
_STRETCH = re.compile(f"{_OPEN}([\U000e0061-\U000e007a]{{2,3}})[{_LTR}{_RTL}]([^{_CLOSE}]*){_END}{_CLOSE}")


def in_language(text: str, language: str) -> str:
    """Mark each line of a text as being in this language; nothing stays nothing."""
    tag = _OPEN + "".join(chr(_TAGS + ord(letter)) for letter in language)
    isolate = _RTL if language in RIGHT_TO_LEFT else _LTR
    # A line by itself: the lines of a text are often shown one by one.
    return "\n".join(
        f"{tag}{isolate}{unmarked(line)}{_END}{_CLOSE}" if line.strip() else line for line in text.split("\n")
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
        code = "".join(chr(ord(tag) - _TAGS) for tag in found.group(1))
        yield *found.span(2), code
        done = found.end()
    if done < len(text):
        yield done, len(text), language


def unmarked(text: str) -> str:
    """Give a text without the marks, for what knows no languages."""
    return _STRETCH.sub(r"\2", text) if _OPEN in text else text
