# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads every value of every table, so that a proof can look whether anything of a visitor stands there.

It reads only and knows no table by name: one that is added later is looked through as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from sync.database import Database


def every_value(database: Database) -> Iterator[bytes]:
    """Give every value of the store as bytes, and the text of its tables.

    Raises: StoreError.
    """
    for table in database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        yield str(table["sql"]).encode()
        quoted = '"' + str(table["name"]).replace('"', '""') + '"'
        for row in database.rows(f"SELECT * FROM {quoted}"):  # noqa: S608  a name out of the store's own list, quoted
            for value in row.values():
                if value is not None:
                    yield value if isinstance(value, bytes) else str(value).encode()
