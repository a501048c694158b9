# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kiosk and its sync on one store, one act for each line that it is given; tells what was kept after it was kept."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from domain.intake import Intake, Prepared
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.sealing import make_key_pair, read_sealer
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission, summary

SUBMIT, DELIVER, TIDY = "submit", "deliver", "tidy"


class _Careless(Database):
    """The control: synchronous = NORMAL all along."""

    def _begin(self, *, survives_power_cut: bool) -> None:
        super()._begin(survives_power_cut=survives_power_cut and False)


def main(folder: Path, *, is_careless: bool) -> None:
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    sealer = read_sealer(folder / "loket.pub")
    with closing((_Careless if is_careless else Database)(folder / "loket.db")) as database:
        intake, outbox = Intake(SqliteCaseStore(database), sealer), Outbox(database)
        for line in sys.stdin:
            told = ""
            if line.strip() == SUBMIT:
                made = submission(key_id=sealer.key_id)
                intake.submit(Prepared(made, summary(made)), "4711")
                told = made.header.case_id
            elif line.strip() == DELIVER:
                claim = outbox.claim(TUESDAY)
                if claim is not None:
                    outbox.delivered(claim, TUESDAY)
                    told = f"delivered {claim.header.case_id}"
            else:
                database.empty_log()
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_careless=sys.argv[2] == "careless")
