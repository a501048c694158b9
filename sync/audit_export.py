# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the audit log of a store out, line by line, for the data protection officer; signing it is the caller's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

from sync import audit_log
from sync.audit_check import snapshot

FIELDS = ("number", "at", "event", "case_id", "detail", "hash")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_lines(store: Path, file: Path, *, is_csv: bool) -> tuple[int, str]:
    """Write all lines as CSV or JSON lines, whole or not at all; give how many, and the sum of the file.

    Raises: StoreError, OSError.
    """
    number, whole = 0, hashlib.blake2b(digest_size=32)
    draft = file.with_name(f".{file.name}.draft")
    with snapshot(store) as connection, draft.open("wb") as opened:
        if is_csv:
            heading = (",".join(FIELDS) + "\r\n").encode()
            whole.update(heading)
            opened.write(heading)
        for line in audit_log.lines(connection):
            row = (line.number, line.at, line.event, line.case_id, line.detail, line.hash.hex())
            written = _as_csv(row) if is_csv else json.dumps(dict(zip(FIELDS, row, strict=True))).encode() + b"\n"
            whole.update(written)
            opened.write(written)
            number += 1
    draft.replace(file)
    return number, whole.hexdigest()


def sum_of(file: Path) -> str:
    """Give the sum of a file that was written out.

    Raises: OSError.
    """
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


def has_line(store: Path, number: int, hash_: str) -> bool:
    """Tell whether the log has a line with this number and hash.

    Raises: StoreError.
    """
    with snapshot(store) as connection:
        line = audit_log.line_at(connection, number)
    return line is not None and line.hash.hex() == hash_


def _as_csv(row: tuple[int | str, ...]) -> bytes:
    # A spreadsheet takes a field with such a first sign for a formula.
    safe = [f"'{field}" if isinstance(field, str) and field.startswith(_FORMULA) else field for field in row]
    text = io.StringIO()
    csv.writer(text).writerow(safe)
    return text.getvalue().encode()
