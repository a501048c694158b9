# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice back end in a process of its own, so that whoever calls it does not share its processor time."""

from __future__ import annotations

import json
import sys
import threading

from commands.system_clock import SystemClock
from sync.practice import PracticeBackEnd, RecordedRequest
from tests.sync.road import CASE_TYPES


def main(answer_after_s: float) -> None:
    def wait(_request: RecordedRequest) -> None:
        threading.Event().wait(answer_after_s)

    slow = wait if answer_after_s else None
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock(), on_request=slow) as back_end:
        told = {"root": f"http://127.0.0.1:{back_end.port}", "client_id": back_end.client_id, "secret": back_end.secret}
        print(json.dumps(told), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(float(sys.argv[1]))
