# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at the profile: who signed for this device, until when, and what was changed."""

from __future__ import annotations

from datetime import timedelta

from commands.doctor_check import Check, broken, broken_by, fine, warning
from commands.profile_standing import HERE, profile_standing
from domain.ports import Clock
from domain.settings import Settings

_SOON = timedelta(days=30)


def check_profile(settings: Settings, clock: Clock) -> Check:
    """Look at the signed profile; nothing is taken or changed."""
    standing = profile_standing(settings, clock, takes=False)
    if standing.trouble is not None:
        return broken_by("profile", standing.trouble)
    found = standing.profile
    if found is None:
        says = f"nobody signed for {settings.device.profile.value}: no BSN anywhere, and the screens say so"
        remedy = "sign a profile: `loket profile sign` (docs/profiles.md)"
        # Practice needs no signature; a device that sends cases to a real case system does.
        return broken("profile", says, remedy) if settings.sync.is_configured else warning("profile", says, remedy)
    says = f"{found.profile.value} is signed until {found.valid_until}"
    if found.valid_until - clock.now().astimezone(HERE).date() < _SOON:
        return warning("profile", says, "have the next one signed in time")
    return fine("profile", says)
