# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the practice back end keeps its records: in memory, and in a journal file when one is given.

The journal is one JSON object a write, a line each, readable by eye, in a file for the owner alone. What a record
means is decided elsewhere.
"""

from __future__ import annotations

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sync.practice.exchange import Body, Entry
from sync.practice.refusals import CrashError

# A list is looked up by these; without an index a long bench run would read every record at each call.
_INDEXED = ("identificatie", "zaak", "informatieobject", "object", "zaaktype", "referentienummer")


class Store:
    """Records by collection; each write is whole or not at all. Safe from any thread."""

    def __init__(self, base: str, journal: Path | None = None) -> None:
        self.lock = threading.RLock()
        self._records: dict[str, dict[str, Body]] = defaultdict(dict)
        self._unique: set[tuple[str, ...]] = set()
        self._index: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._base = base
        self._journal = journal
        if journal is not None:
            self._load(journal, base)

    def add(self, entries: Iterable[Entry]) -> None:
        """Write these records together.

        Raises: CrashError when a unique key is taken, as the database of the original does; then nothing was written.
        """
        entries = tuple(entries)
        with self.lock:
            if any(key in self._unique for entry in entries for key in entry.unique):
                raise CrashError("a unique key was taken in the meantime")
            for entry in entries:
                self._put(entry)
            self._write(entries)

    def seed(self, entry: Entry) -> None:
        """Keep a record that every start makes anew, and so never needs the journal."""
        with self.lock:
            self._put(entry)

    def replace(self, collection: str, uuid: str, record: Body) -> None:
        """Put a changed record in the place of the old one."""
        with self.lock:
            entry = Entry(collection, uuid, record)
            self._put(entry)
            self._write((entry,))

    def remove(self, collection: str, uuid: str) -> bool:
        """Take a record away; tell whether it was there."""
        with self.lock:
            gone = self._take(collection, uuid)
            if gone and self._journal is not None:
                line = json.dumps({"base": self._base, "gone": [collection, uuid]})
                with self._journal.open("a", encoding="utf-8") as file:
                    file.write(f"{line}\n")
            return gone

    def get(self, collection: str, uuid: str) -> Body | None:
        """Give one record."""
        with self.lock:
            return self._records[collection].get(uuid)

    def is_taken(self, key: tuple[str, ...]) -> bool:
        """Tell whether a record has this unique key."""
        with self.lock:
            return key in self._unique

    def select(self, collection: str, wanted: Mapping[str, str] | None = None) -> list[Body]:
        """Give the records whose fields have these values, oldest first."""
        wanted = wanted or {}
        with self.lock:
            records = self._records[collection]
            candidates: Iterable[Body] = records.values()
            for name in _INDEXED:
                if name in wanted:
                    candidates = [records[uuid] for uuid in self._index.get((collection, name, wanted[name]), ())]
                    break
            return [record for record in candidates if all(str(record.get(k, "")) == v for k, v in wanted.items())]

    def _take(self, collection: str, uuid: str) -> bool:
        old = self._records[collection].pop(uuid, None)
        for name in _INDEXED:
            if old is not None and name in old:
                self._index[(collection, name, str(old[name]))].pop(uuid, None)
        return old is not None

    def _put(self, entry: Entry) -> None:
        old = self._records[entry.collection].get(entry.uuid)
        for name in _INDEXED:
            if old is not None and name in old:
                self._index[(entry.collection, name, str(old[name]))].pop(entry.uuid, None)
            if name in entry.record:
                self._index[(entry.collection, name, str(entry.record[name]))][entry.uuid] = None
        self._records[entry.collection][entry.uuid] = entry.record
        self._unique.update(entry.unique)

    def _load(self, journal: Path, base: str) -> None:
        os.close(os.open(journal, os.O_CREAT | os.O_WRONLY, 0o600))
        content = journal.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            # The process was killed in the middle of a line; what stood there was never answered.
            os.truncate(journal, whole)
        for line in content[:whole].decode().splitlines():
            # Addresses hold the port of the earlier run; the records are the same ones at a new port.
            old = json.loads(line)["base"]
            row: dict[str, Any] = json.loads(line.replace(old, base))
            if "gone" in row:
                self._take(*row["gone"])
            for kept in row.get("entries", ()):
                unique = tuple(tuple(key) for key in kept["unique"])
                self._put(Entry(kept["collection"], kept["uuid"], kept["record"], unique))

    def _write(self, entries: Iterable[Entry]) -> None:
        if self._journal is None:
            return
        line = json.dumps({"base": self._base, "entries": [asdict(entry) for entry in entries]})
        with self._journal.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
