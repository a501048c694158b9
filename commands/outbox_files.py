# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes waiting cases to files for people: sealed, to be taken along, or as a page for the counter.

What is written is for its owner alone (mode 600), never over a file that is there, and named by the reference only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from domain.case import CaseSummary
from domain.errors import ExpectedError
from domain.ports import Clock
from sync.outbox import Outbox
from sync.sealing import Opener, open_submission

_PDF = "application/pdf"


class NotWrittenError(ExpectedError):
    """A file could not be made."""

    slug = "not-written"


def write_sealed(outbox: Outbox, cases: Sequence[CaseSummary], file: Path) -> None:
    """Write cases as they are, into one file.

    Raises: NotWrittenError, StoreError.
    """
    exported = [json.loads(outbox.export(case.case_id)) for case in cases]
    _write(file, json.dumps({"format": 1, "cases": exported}).encode("ascii"))


def write_paper(outbox: Outbox, case: CaseSummary, folder: Path, opener: Opener | None, clock: Clock) -> Path:
    """Write the page that staff would find at the zaak; without the key the sealed parcel. Gives the file.

    That somebody did so is written down before the file is there.

    Raises: NotWrittenError, SealingError, StoreError and TamperedError.
    """
    header, sealed = outbox.sealed(case.case_id)
    page: bytes | None = None
    if opener is not None:
        made = open_submission(header, sealed, opener)
        page = next((document.content for document in made.documents if document.media_type == _PDF), None)
    if page is None:
        outbox.put_on_paper(case.case_id, clock.now(), "sealed")
        file = folder / f"{header.reference}.loket.json"
        write_sealed(outbox, [case], file)
        return file
    return write_page(outbox, case, folder, page, clock)


def write_page(outbox: Outbox, case: CaseSummary, folder: Path, page: bytes, clock: Clock) -> Path:
    """Write the page of a case that somebody opened already. Gives the file.

    Raises: NotWrittenError, StoreError.
    """
    outbox.put_on_paper(case.case_id, clock.now(), "readable")
    file = folder / f"{case.reference}.pdf"
    _write(file, page)
    return file


def _write(file: Path, content: bytes) -> None:
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise NotWrittenError(f"{file.name} cannot be made: {error.strerror}", "name another place") from None
