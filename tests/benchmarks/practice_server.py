# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice back end in a process of its own, so that whoever calls it does not share its processor time."""

from __future__ import annotations

import json
import sys

from commands.system_clock import SystemClock
from sync.practice import PracticeBackEnd
from tests.sync.road import CASE_TYPES


def main() -> None:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as back_end:
        told = {"root": f"http://127.0.0.1:{back_end.port}", "client_id": back_end.client_id, "secret": back_end.secret}
        print(json.dumps(told), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
