# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How this device stands with the profile of its settings: the one place that reads its file, key and serial."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from domain.errors import ProfileError, ProfileUnreadableError, SealingError
from domain.ports import Clock
from domain.profile import SignedProfile, Standing, judge, unsigned
from domain.settings import Settings

HERE = ZoneInfo("Europe/Amsterdam")


def profile_standing(settings: Settings, clock: Clock, *, takes: bool = True) -> Standing:
    """Tell how this device stands; never raises. What is taken is noted down, unless somebody only looks."""
    if settings.device.profile_file is None and settings.device.profile_key_file is None:
        return unsigned()
    try:
        return Standing(profile=_held(settings, clock, takes=takes), is_named=True)
    except SealingError as error:
        return Standing(trouble=ProfileUnreadableError(error.says, error.remedy), is_named=True)
    except ProfileError as error:
        return Standing(trouble=error, is_named=True)


def refuse_to_open(settings: Settings, clock: Clock) -> None:
    """See to it that nobody opens cases by a profile that was changed.

    Raises: ProfileError.
    """
    standing = profile_standing(settings, clock)
    if not standing.may_open_cases and standing.trouble is not None:
        raise standing.trouble


def _held(settings: Settings, clock: Clock, *, takes: bool) -> SignedProfile:
    # Not at the top: a window paints before it knows of signatures.
    from sync.profile_seal import last_taken, note_taken, read_profile, read_public

    device = settings.device
    if device.profile_file is None or device.profile_key_file is None:
        raise ProfileUnreadableError(
            "a profile needs its file and its key", "name both: profile_file and profile_key_file in [device]"
        )
    if device.data_dir is None:
        raise ProfileUnreadableError("device.data_dir is empty", "name a folder")
    key = read_public(device.profile_key_file)
    found = read_profile(device.profile_file, key)
    held = judge(found, device, clock.now().astimezone(HERE).date(), last_taken(device.data_dir, key))
    if takes:
        note_taken(device.data_dir, key, held.serial)
    return held
