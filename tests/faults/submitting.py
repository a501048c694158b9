# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kiosk that hands in one case after another until it is killed; tells each one after it was kept."""

from __future__ import annotations

import sys
from pathlib import Path

from domain.intake import Intake, Prepared
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.sealing import read_sealer
from tests.sync.samples import submission, summary


def main(folder: Path) -> None:
    sealer = read_sealer(folder / "loket.pub")
    intake = Intake(SqliteCaseStore(Database(folder / "loket.db")), sealer)
    while True:
        made = submission(key_id=sealer.key_id)
        intake.submit(Prepared(made, summary(made)), "4711")
        sys.stdout.write(f"{made.header.case_id} {made.header.reference}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
