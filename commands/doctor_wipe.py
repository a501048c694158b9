# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at the proof of wiping: is this device in service, and how old is the last proof."""

from __future__ import annotations

from datetime import timedelta

from commands.doctor_check import Check, broken, fine, warning
from commands.joining import data_dir
from commands.out_of_service import is_out_of_service, places_found
from commands.wipe_report import last_report_at
from domain.ports import Clock
from domain.settings import Settings

OLDEST = timedelta(days=2)
_PROVE = "run `loket wipe --verify`"


def check_wipe(settings: Settings, clock: Clock) -> Check:
    """Look whether something of a visitor was found, and whether anybody looked."""
    folder = data_dir(settings)
    if is_out_of_service(folder):
        where = ", ".join(places_found(folder)) or "a place that was not written down"
        says = f"out of service: something of a visitor was found in {where}"
        return broken("wipe", says, f"see docs/wipe.md, then {_PROVE}")
    last = last_report_at(folder)
    if last is None:
        says = "it was never proved that nothing of a visit stays behind"
        return warning("wipe", says, _PROVE) if settings.sync.is_configured else fine("wipe", says)
    if clock.now() - last > OLDEST:
        return warning("wipe", f"the last proof that nothing stays behind is of {last:%Y-%m-%d}", _PROVE)
    return fine("wipe", f"nothing of a visit stayed behind, proved at {last:%Y-%m-%d %H:%M} UTC")
