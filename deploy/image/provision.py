# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of this machine: from a stick called LOKET the first time, from the data partition ever after.

Until a stick was taken nothing else of Loket starts, and this is all that the screen shows. A stick is copied once,
whole, checked by `loket config check`, and taken or refused in words; the stick itself is only read. Once taken, no
stick counts any more, but one that is in the machine when it starts and knows the word of the first one. No content of
a file is ever printed: the check names keys and files.
"""

from __future__ import annotations

import hmac
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import traceback
from collections.abc import Iterator
from pathlib import Path

from deploy.image.machine import Machine, WrongMachineError, read_machine

STICK = Path("/dev/disk/by-label/LOKET")
KEPT = Path("/var/lib/loket-image")
RUN = Path("/run/loket-image")
LARGEST = 64 * 1024 * 1024
# A word on both sticks: who knows it may change the settings of a machine that has some.
WORD = "keys/maintenance-word"
SHORTEST_WORD = 20
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}")
# Folders that other systems leave on every stick.
_NOT_OURS = {"system volume information", "$recycle.bin", "found.000"}

WAITING = """
   Dit apparaat werkt nog niet. Er zijn nog geen instellingen.
   Voor de beheerder: steek de usb-stick LOKET erin.

   This machine has no settings yet.
   For the engineer: put in the USB stick called LOKET.
"""
REFUSED = """
   De stick is niet goed. Er is niets veranderd.
   Voor de beheerder: haal hem eruit, en lees wat er mis is.

   The stick is not right. Nothing was changed. What is wrong:

{says}
"""
TAKEN = """
   De instellingen zijn goed. U kunt de stick eruit halen.
   The settings are right. You can take the stick out.
"""


class RefusedError(Exception):
    """The stick cannot be used; the text is for the engineer, and holds nothing of a secret."""


def plain_files(stick: Path) -> Iterator[Path]:
    """Give every file of the stick that is ours, relative to it. Hidden files and links are not."""
    total = 0
    for folder, folders, names in os.walk(stick, followlinks=False):
        folders[:] = sorted(each for each in folders if each.lower() not in _NOT_OURS and not each.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            relative = path.relative_to(stick)
            if not all(_PLAIN.fullmatch(part) for part in relative.parts) or len(relative.parts) > 6:
                raise RefusedError(f"{relative}: use letters, digits, dots and dashes in names")
            total += path.stat().st_size
            if total > LARGEST:
                raise RefusedError("there is more than 64 MB on it; it is for settings alone")
            yield relative


def copy_stick(stick: Path, to: Path) -> None:
    """Copy all of it, readable for root alone.

    Raises: RefusedError.
    """
    if not (stick / "loket.toml").is_file():
        raise RefusedError("there is no loket.toml on it")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True, mode=0o700)
    try:
        for relative in plain_files(stick):
            copy = to / relative
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write((stick / relative).read_bytes())
                os.fsync(out.fileno())
    except OSError as error:
        raise RefusedError(f"it cannot be copied: {error.strerror}") from None


def check(folder: Path, loket: tuple[str, ...] = ("/usr/bin/loket",)) -> Machine:
    """Look at the copy as the program will; give what it says of the machine.

    Raises: RefusedError.
    """
    try:
        machine = read_machine(folder)
    except WrongMachineError as error:
        raise RefusedError(str(error)) from None
    done = subprocess.run(
        [*loket, "config", "check", "--config", str(folder / "loket.toml")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise RefusedError(done.stderr.strip() or done.stdout.strip() or "loket.toml is not right")
    settings = tomllib.loads((folder / "loket.toml").read_text("utf-8"))
    where = settings.get("device", {}).get("data_dir", "")
    if where != "/var/lib/loket":
        raise RefusedError('loket.toml: device.data_dir is "/var/lib/loket" on this machine')
    for key, name in _named_files(settings):
        if not Path(name).is_absolute() and not (folder / name).exists() and key not in _MADE_HERE:
            raise RefusedError(f"loket.toml: {key} names {name}, which is not on the stick")
    return machine


# A pair of keys that is not on the stick is made here; then both are missing.
_MADE_HERE = {"sealing.public_key_file", "sealing.private_key_file"}


def _named_files(part: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _named_files(value, f"{key}.{name}".lstrip("."))
    elif isinstance(part, str) and key.endswith("_file"):
        yield key, part


def is_keyless(folder: Path) -> bool:
    """Say whether the pair of keys must be made here: the settings name a private one and neither is on the stick.

    Raises: RefusedError, when there is no public key and none can be made.
    """
    sealing = tomllib.loads((folder / "loket.toml").read_text("utf-8")).get("sealing", {})
    public, private = sealing.get("public_key_file", ""), sealing.get("private_key_file", "")
    if public and (folder / public).exists():
        if private and not (folder / private).exists():
            raise RefusedError(f"loket.toml: sealing.private_key_file names {private}, which is not on the stick")
        return False
    if not private or (folder / private).exists():
        raise RefusedError("keys: there is no public key on the stick, and without a private one none can be made here")
    return True


def give_to_the_service(folder: Path) -> None:
    """Give keys and secrets to the sync service alone; the rest may be read by the window too."""
    shutil.chown(folder, "root", "loket")
    folder.chmod(0o750)
    for path in sorted(folder.rglob("*")):
        is_public = path.suffix in {".pub", ".toml", ".pem", ".crt", ".json", ".network"} or "keys" not in path.parts
        if path.is_dir():
            shutil.chown(path, "loket-sync" if path.name == "keys" else "root", "loket")
            path.chmod(0o2750 if path.name == "keys" else 0o755)
        else:
            shutil.chown(path, "loket-sync" if "keys" in path.relative_to(folder).parts else "root", "loket")
            path.chmod(0o640 if is_public else 0o600)


def may_change(stick: Path, settings: Path) -> bool:
    """Say whether this stick may replace the settings: it holds the word that came with them."""
    try:
        ours, theirs = (settings / WORD).read_bytes().strip(), (stick / WORD).read_bytes().strip()
    except OSError:
        return False
    return len(ours) >= SHORTEST_WORD and hmac.compare_digest(ours, theirs)


def carry_keys(before: Path, fresh: Path) -> None:
    """Take along the keys that the new stick does not bring: what waits opens with nothing else."""
    for path in sorted((before / "keys").glob("*")):
        copy = fresh / "keys" / path.name
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(exist_ok=True, mode=0o700)
            shutil.copyfile(path, copy)


def mend(kept: Path) -> None:
    """After a power cut in the middle of a change: the settings that were there, or the new ones, never none."""
    if not (kept / "settings").exists() and (kept / "settings.old").exists():
        (kept / "settings.old").rename(kept / "settings")
    shutil.rmtree(kept / "settings.old", ignore_errors=True)


def make_keys(
    folder: Path,
    loket: tuple[str, ...] = (
        "/usr/bin/setpriv",
        "--reuid=loket-sync",
        "--regid=loket",
        "--init-groups",
        "/usr/bin/loket",
    ),
) -> None:
    """Make the pair that the settings name, as the service that holds the private one.

    Raises: RefusedError.
    """
    done = subprocess.run(
        [*loket, "keys", "create", "--config", str(folder / "loket.toml")], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RefusedError(f"keys: they could not be made: {done.stderr.strip()}")


def take(stick: Path, kept: Path) -> None:
    """Copy, check and keep: all of it or nothing.

    Raises: RefusedError.
    """
    fresh = kept / "settings.new"
    try:
        copy_stick(stick, fresh)
        carry_keys(kept / "settings", fresh)
        check(fresh)
        keyless = is_keyless(fresh)
        (fresh / "keys").mkdir(exist_ok=True)
        give_to_the_service(fresh)
        if keyless:
            make_keys(fresh)
        os.sync()
        if (kept / "settings").exists():
            (kept / "settings").rename(kept / "settings.old")
        fresh.rename(kept / "settings")
        os.sync()
        mend(kept)
    except Exception:
        shutil.rmtree(fresh, ignore_errors=True)
        mend(kept)
        raise


def ready(kept: Path, run: Path) -> None:
    """Lay the kept settings where every program looks for them, for as long as the machine runs."""
    for name, target in (
        ("settings", "/etc/loket"),
        ("cups", "/etc/cups"),
        ("credentials", "/etc/credstore.encrypted"),
    ):
        folder = kept / name
        if name == "cups" and not folder.exists():
            shutil.copytree("/etc/cups", kept / "cups.new", dirs_exist_ok=True)
            (kept / "cups.new").chmod(0o755)
            shutil.chown(kept / "cups.new", "root", "lp")
            (kept / "cups.new").rename(folder)
        folder.mkdir(exist_ok=True, mode=0o700)
        _run("/bin/mount", "-o", "bind,nodev,nosuid,noexec", str(folder), target)
    machine = read_machine(kept / "settings")
    Path("/proc/sys/kernel/hostname").write_text(machine.hostname, "ascii")
    if machine.printer:
        (run / "printer").write_text(f"URI={machine.printer}\n", "ascii")
    if machine.time_servers:
        folder = Path("/run/systemd/timesyncd.conf.d")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "loket.conf").write_text(f"[Time]\nNTP={' '.join(machine.time_servers)}\nFallbackNTP=\n", "ascii")
    for network in sorted((kept / "settings" / "network").glob("*.network")):
        folder = Path("/run/systemd/network")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(network, folder / f"05-{network.name}")


def fill_var(kept: Path, factory: Path = Path("/usr/share/factory/var")) -> None:
    """Lay on a new data partition what Debian's packages laid in /var, and remember which machine this is."""
    if (kept / "machine-id").exists():
        return
    subprocess.run(["/bin/cp", "-a", "--no-clobber", f"{factory}/.", "/var/"], check=True)
    _run("/usr/bin/systemd-tmpfiles", "--create", "--prefix=/var")
    kept.mkdir(parents=True, exist_ok=True)
    kept.chmod(0o755)
    fresh = kept / "machine-id.new"
    fresh.write_text(Path("/etc/machine-id").read_text("ascii"), "ascii")
    os.sync()
    fresh.rename(kept / "machine-id")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _say(text: str) -> None:
    sys.stdout.write("\033[2J\033[H\033[?25l" + text)
    sys.stdout.flush()


def _change(run: Path) -> None:
    """Take new settings from a stick that is in the machine at its start, if it may; a wrong one changes nothing."""
    ends = 30 if (KEPT / "settings" / WORD).exists() else 0
    # The bus is slow to tell what is plugged in.
    while not STICK.exists() and ends:
        threading.Event().wait(0.1)
        ends -= 1
    if not STICK.exists():
        return
    if not _try(run / "stick", is_first=False):
        _say(TAKEN)


def _try(mount_at: Path, *, is_first: bool = True) -> str:
    """Try the stick that is there; give why it was refused, nothing when it was taken."""
    try:
        _one_stick(mount_at, is_first=is_first)
    except RefusedError as error:
        refused = str(error)
    except Exception as error:  # noqa: BLE001  whatever it is: who stands there can try another stick
        traceback.print_exc()
        refused = f"something went wrong that was not thought of: {type(error).__name__}. The log says more."
    else:
        return ""
    print(f"stick refused: {refused}", file=sys.stderr)
    return refused


def _one_stick(mount_at: Path, *, is_first: bool = True) -> None:
    mount_at.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["/bin/mount", "-t", "vfat", "-o", "ro,nodev,nosuid,noexec,umask=0077", str(STICK), str(mount_at)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError("it cannot be read: a stick for Loket has one FAT file system, called LOKET")
    try:
        if not is_first and not may_change(mount_at, KEPT / "settings"):
            raise RefusedError("it does not know the word of the first one")
        take(mount_at, KEPT)
    finally:
        _run("/bin/umount", str(mount_at))


def main() -> None:
    """Wait for a stick as long as there are no settings, then lay them ready."""
    RUN.mkdir(parents=True, exist_ok=True)
    fill_var(KEPT)
    mend(KEPT)
    if (KEPT / "settings").exists():
        _change(RUN)
    shown = ""
    while not (KEPT / "settings").exists():
        if not STICK.exists():
            if shown != WAITING:
                _say(shown := WAITING)
        else:
            refused = _try(RUN / "stick")
            if refused:
                _say(shown := REFUSED.format(says="\n".join(f"   {line}" for line in refused.splitlines()[:12])))
                while STICK.exists():
                    threading.Event().wait(1)
                continue
            _say(TAKEN)
            break
        threading.Event().wait(1)
    ready(KEPT, RUN)


if __name__ == "__main__":
    main()
