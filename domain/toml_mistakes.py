# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody who does not know TOML did wrong, in words that say what to do; the parser's words come after it.

Only a guess from the line that the parser stopped at: it points the way and decides nothing.
"""

from __future__ import annotations

import re

_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_PLAIN_VALUE = re.compile(r"=\s*[^\s\"'\[{\d+-]")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"")


def what_to_mend(text: str, line: int, says: str) -> str:
    """Give what to do about the line (from 1) where the parser stopped with these words; empty when nothing fits."""
    lines = text.splitlines()
    there = lines[line - 1] if 0 < line <= len(lines) else ""
    bare = _STRING.sub('""', there)
    if any(sign in bare for sign in _CURLY):
        return 'these are curly quotation marks: type straight ones, "..."'
    if "Illegal character '\\n'" in says or "Illegal character '\\r" in says or "Unterminated string" in says:
        return 'the text on this line has no " at its end: add it'
    if "Cannot declare" in says or "Cannot overwrite" in says or "Cannot mutate" in says:
        return _twice(lines, line)
    return _by_sign(bare, says)


def _by_sign(bare: str, says: str) -> str:
    if "after a statement" in says:
        return "something stands behind the text: is there a \" inside it? Write ' there, or leave it out"
    if "Expected '='" in says:
        return 'a name is followed by = and a text: name = "..."'
    if "Unclosed array" in says:
        return "a comma is missing at the end of the line above, or a list has no ] at its end"
    if "inline table" in says or "initial character for a key part" in says:
        return "keep everything from { to } on one line, with commas between and none before }"
    if "Invalid value" in says:
        if _PLAIN_VALUE.search(bare):
            return 'a text stands between ", and true and false have no capital'
        return "a value is missing here, or a list above has no ] at its end"
    return ""


def _twice(lines: list[str], line: int) -> str:
    for start in range(min(line, len(lines)) - 1, -1, -1):
        found = _HEADER.match(lines[start])
        if found is None:
            continue
        brackets, name = found.group(1), found.group(2)
        others = [match.group(1) for match in map(_HEADER.match, lines) if match and match.group(2) == name]
        if "[" in others and "[[" in others:
            return f"[{name}] and [[{name}]] both stand in this file: give every one of them two brackets"
        if brackets == "[" and others.count("[") > 1:
            return f"[{name}] stands twice in this file: put what belongs to it together"
        break
    return "this name stands twice in the same table: keep one"
