# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content key`, `build`, `install`, `rollback`, `show`: a municipality's signed content, and what a device has.

What may be in a package is `domain.content_package`'s, whether it is good `commands.content_judge`'s.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.content_in_force import content_shelf, content_standing, theme_trouble
from commands.content_judge import judge_content
from commands.content_source import pack_source
from commands.doctor_check import Check, broken_by, fine, warning
from commands.system_clock import SystemClock
from domain.content_package import ContentManifest
from domain.errors import ContentError, ContentNotKeptError, ContentProblemsError
from domain.loket_version import VERSION
from domain.ports import Clock
from domain.settings import Settings
from sync.content_archive import write_archive
from sync.content_install import ContentInstaller, Installed, made_at
from sync.content_seal import make_content_keys, read_private, sealed

VERBS = frozenset({"key", "build", "install", "rollback", "show"})


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs of packages to those of `loket content`."""
    key = verbs.add_parser("key", help="make the pair of keys that signs packages")
    key.add_argument("--private", type=Path, default=Path("content.key"), metavar="FILE", help="the key that signs")
    key.add_argument("--public", type=Path, metavar="FILE", help="the key of the devices; left out: beside the other")
    build = verbs.add_parser("build", help="check a municipality's content and make a signed package of it")
    build.add_argument("source", type=Path, metavar="SOURCE", help="the folder with what differs from Loket's own")
    build.add_argument("--key", type=Path, required=True, metavar="FILE", help="the key that signs")
    build.add_argument("--out", type=Path, metavar="FILE", help="the package; left out: named after what is in it")
    build.add_argument("--municipality", help="left out: of the settings")
    build.add_argument("--serial", type=int, metavar="N", help="left out: the seconds since 1970")
    build.add_argument("--needs", default=VERSION, metavar="VERSION", help="the oldest Loket that may take it")
    install = verbs.add_parser("install", help="check a package and put it in force, whole or not at all")
    install.add_argument("package", type=Path, metavar="FILE")
    rollback = verbs.add_parser("rollback", help="go back to the content before this one")
    show = verbs.add_parser("show", help="which content is in force here, and whether it is as it was signed")
    for verb in (install, rollback, show, build):
        verb.add_argument("--json", action="store_true", help="for programs")


def run_verb(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    match arguments.verb:
        case "key":
            public = arguments.public or arguments.private.with_suffix(".pub")
            make_content_keys(public, arguments.private)
            print(
                f"{public.name}: for every device; {arguments.private.name}: for who may publish content, nobody else"
            )
            return FINE
        case "build":
            return _build(arguments)
        case "install":
            return _install(arguments)
        case "rollback":
            return _rollback(arguments)
        case _:
            return _show(load_settings(arguments.config), as_json=arguments.json)


def build(
    source: Path, key: Path, out: Path | None, manifest: ContentManifest, clock: Clock
) -> tuple[Path, ContentManifest]:
    """Make a package of a folder; `manifest` says all but the files.

    Raises: ContentError, SealingError.
    """
    signs = read_private(key)
    with tempfile.TemporaryDirectory(prefix="loket-content-") as into:
        packed = Path(into)
        try:
            files = pack_source(source, packed)
        except OSError as error:
            raise ContentNotKeptError(f"{source.name} cannot be packed: {error.strerror}", "look at it") from None
        judge_content(packed, clock)
        whole = replace(manifest, files=files)
        signature, content = sealed(whole, signs)
        path = out or Path(f"loket-inhoud-{_slug(whole.municipality)}-{whole.serial}.loket")
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with draft.open("wb") as file:
                write_archive(file, signature, content, ((each, packed / each.name) for each in whole.files))
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ContentNotKeptError(
                f"{path.name} cannot be written: {error.strerror}", "name another --out"
            ) from None
    return path, whole


@dataclass(frozen=True, slots=True)
class _Then:
    """A clock that stands at one moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def install(settings: Settings, package: Path) -> Installed:
    """Install a package on this device.

    Raises: ContentError, SealingError; then what was in force is in force.
    """

    def check(folder: Path) -> None:
        # As of the day it was made: a fact that has grown old since is told by the doctor, and refuses nothing.
        judge_content(folder, _Then(made_at(folder)))

    return ContentInstaller(content_shelf(settings), settings.device.municipality, check).install(package)


def check_package(settings: Settings) -> Check | None:
    """Look at the content in force, for the doctor; None where nobody's packages count here."""
    standing = content_standing(settings, is_thorough=True)
    if standing is None:
        return None
    if standing.trouble is not None:
        return broken_by("content", standing.trouble)
    if standing.content is None:
        return warning(
            "content", "no content package is in force: Loket's own content is", "loket content install FILE"
        )
    trouble = theme_trouble(standing.content.folder)
    if trouble is not None:
        return broken_by("content", trouble)
    found = standing.content.manifest
    return fine("content", f"content {found.serial} of {found.municipality} is as it was signed")


def _build(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    municipality = arguments.municipality or load_settings(arguments.config).device.municipality
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    made_at = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else clock.now().replace(microsecond=0)
    # Seconds since 1970: higher than any before, also where the last package was lost.
    serial = arguments.serial if arguments.serial is not None else int(made_at.timestamp())
    manifest = ContentManifest(municipality, serial, made_at, arguments.needs, ())
    try:
        path, made = build(arguments.source, arguments.key, arguments.out, manifest, clock)
    except ContentProblemsError as error:
        for problem in error.problems:
            print(f"{problem.file}:{problem.line}: {problem.says}")
        raise
    if arguments.json:
        print(json.dumps({"package": path.name, **_told(made)}, ensure_ascii=False))
    else:
        print(f"{path.name}: content {made.serial} of {made.municipality}, {len(made.files)} files")
    return FINE


def _install(arguments: argparse.Namespace) -> int:
    settings = load_settings(arguments.config)
    try:
        done = install(settings, arguments.package)
    except ContentProblemsError as error:
        for problem in error.problems:
            print(f"{problem.file}:{problem.line}: {problem.says}")
        raise
    if arguments.json:
        print(json.dumps({"installed": not done.was_in_force, **_told(done.manifest)}, ensure_ascii=False))
    elif done.was_in_force:
        print(f"content {done.manifest.serial} is in force already")
    else:
        print(f"content {done.manifest.serial} is in force: windows take it at the next visit")
    return FINE


def _rollback(arguments: argparse.Namespace) -> int:
    settings = load_settings(arguments.config)

    def check(_folder: Path) -> None:
        """Nothing new comes in."""

    serial = ContentInstaller(content_shelf(settings), settings.device.municipality, check).rollback()
    if arguments.json:
        print(json.dumps({"serial": serial}))
    else:
        print(f"content {serial} is in force again" if serial else "Loket's own content is in force again")
    return FINE


def _show(settings: Settings, *, as_json: bool) -> int:
    standing = content_standing(settings, is_thorough=True)
    if standing is None:
        raise ContentError("the settings name no key for content", "name public_key_file in [content]")
    content, trouble = standing.content, standing.trouble
    if as_json:
        told = _told(content.manifest) if content is not None else {"serial": 0}
        reason = {"refused": trouble.slug, "says": trouble.says} if trouble is not None else {"refused": ""}
        print(json.dumps({**told, "before": list(standing.before), **reason}, ensure_ascii=False))
        return PROBLEM if trouble is not None else FINE
    if content is None:
        print("Loket's own content is in force")
    else:
        made = content.manifest
        print(
            f"content {made.serial} of {made.municipality}, made {made.made_at:%Y-%m-%d %H:%M}, {len(made.files)} files"
        )
    print(f"before it: {', '.join(map(str, standing.before)) or 'only that of Loket'}")
    if trouble is not None:
        raise trouble
    return FINE


def _told(manifest: ContentManifest) -> dict[str, object]:
    return {
        "serial": manifest.serial,
        "municipality": manifest.municipality,
        "made_at": manifest.made_at.isoformat(),
        "needs": manifest.needs,
        "files": len(manifest.files),
    }


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "gemeente"
