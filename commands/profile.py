# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket profile`: the municipality makes the key and signs what a device may do, a device looks whether it holds."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.profile_standing import HERE, profile_standing
from commands.system_clock import SystemClock
from domain.errors import ProfileError, ProfileUnreadableError
from domain.profile import SignedProfile, as_table
from domain.setting_types import Profile
from domain.settings import Settings
from sync.profile_seal import make_profile_keys, read_private, sealed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["key", "sign", "check"], help="make a pair of keys, sign, look")
    parser.add_argument("--private", type=Path, default=Path("profile.key"), metavar="FILE", help="the key that signs")
    parser.add_argument("--public", type=Path, metavar="FILE", help="key: where the key of the devices goes")
    parser.add_argument("--file", type=Path, default=Path("profile.json"), help="sign: the profile to write")
    parser.add_argument("--profile", choices=[kind.value for kind in Profile], help="sign: left out: of the settings")
    parser.add_argument("--municipality", help="sign: left out: of the settings")
    parser.add_argument("--rsin", help="sign: left out: of the settings")
    parser.add_argument("--device", help='sign: the id of one device, or "*" for all; left out: of the settings')
    parser.add_argument("--legal-basis", default="", help="sign: the law that lets a town hall ask for a BSN")
    parser.add_argument("--from", dest="valid_from", metavar="DATE", help="sign: the first day; left out: today")
    parser.add_argument("--until", metavar="DATE", help="sign: the last day")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; what cannot be is said with its remedy."""
    if arguments.action == "key":
        public = arguments.public or arguments.private.with_suffix(".pub")
        make_profile_keys(public, arguments.private)
        print(f"{public.name}: for every device; {arguments.private.name}: for who may sign a profile, nobody else")
        return FINE
    settings = load_settings(arguments.config)
    if arguments.action == "sign":
        profile = _asked(arguments, settings)
        _write(arguments.file, sealed(profile, read_private(arguments.private)))
        _tell(profile, as_json=arguments.json)
        return FINE
    return _check(settings, as_json=arguments.json)


def _check(settings: Settings, *, as_json: bool) -> int:
    standing = profile_standing(settings, SystemClock(), takes=False)
    if standing.profile is not None:
        _tell(standing.profile, as_json=as_json)
        return FINE
    trouble = standing.trouble or ProfileError(
        "nobody signed for this device: it keeps the strictest rules", "see docs/profiles.md"
    )
    if as_json:
        print(json.dumps({"signed": False, "reason": trouble.slug, "says": trouble.says}))
        return PROBLEM
    raise trouble


def _asked(arguments: argparse.Namespace, settings: Settings) -> SignedProfile:
    now = SystemClock().now()
    return SignedProfile(
        profile=Profile(arguments.profile or settings.device.profile.value),
        municipality=arguments.municipality or settings.device.municipality,
        rsin=arguments.rsin or settings.device.rsin,
        device=arguments.device or settings.device.id,
        # Seconds since 1970: higher than any before, also where the last file was lost.
        serial=int(now.timestamp()),
        valid_from=_day(arguments.valid_from) if arguments.valid_from else now.astimezone(HERE).date(),
        valid_until=_day(arguments.until or ""),
        legal_basis=arguments.legal_basis.strip(),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ProfileUnreadableError("--from or --until is no day", "write it as 2027-12-31") from None


def _write(file: Path, content: bytes) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    except OSError:
        raise ProfileUnreadableError(f"{file.name} cannot be written", "look at the folder and its owner") from None


def _tell(profile: SignedProfile, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"signed": True, **as_table(profile)}, ensure_ascii=False))
        return
    print(f"{profile.profile.value}: {profile.municipality}, device {profile.device}, serial {profile.serial}")
    print(f"  from {profile.valid_from} until {profile.valid_until}")
    print(f"  a BSN may be asked: {profile.legal_basis}" if profile.may_ask_bsn else "  no BSN anywhere")
